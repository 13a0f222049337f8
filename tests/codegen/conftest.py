"""The standard's XML, read once for a session; without it the tests that need it are skipped."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from codegen import errata as errata_files
from codegen import source
from codegen.docbook import Book
from codegen.read import PARTS, Reading, read_books

ORIGINALS = source.ROOT / "../shared/standard/originals"


@cache
def _folder(edition: str) -> Path | None:
    try:
        return source.folder(edition)
    except source.SourceError:
        return None


@cache
def _part(edition: str, number: str) -> Book:
    where = _folder(edition)
    assert where is not None
    return Book(source.open_part(edition, number, where).root)


@cache
def _reading(edition: str) -> Reading:
    part3, part4, part6 = (_part(edition, number) for number in PARTS)
    return read_books(edition, part3, part4, part6, errata_files.load(edition))


def read_session(edition: str) -> Reading:
    """Return what codegen reads of an edition, read once."""
    return _reading(edition)


def opened_part(edition: str, number: str) -> Book:
    """Return a Part of an edition, read once."""
    return _part(edition, number)


def needs(edition: str) -> None:
    """Skip the test if the edition's XML isn't there."""
    if _folder(edition) is None:
        pytest.skip(
            f"the XML of edition {edition} is neither in standard/ nor in ../shared/standard/"
        )


@pytest.fixture(scope="session")
def part() -> Callable[[str, str], Book]:
    """Return a Part of an edition by its number ("03")."""

    def opened(edition: str, number: str) -> Book:
        needs(edition)
        return _part(edition, number)

    return opened


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    """Return what codegen reads of an edition."""

    def read(edition: str) -> Reading:
        needs(edition)
        return _reading(edition)

    return read


@pytest.fixture(scope="session")
def part3(part: Callable[[str, str], Book]) -> Book:
    """Return Part 3 of 2024c."""
    return part("2024c", "03")


@pytest.fixture(scope="session")
def edition_2024c(reading: Callable[[str], Reading]) -> Reading:
    """Return what codegen reads of 2024c."""
    return reading("2024c")


@cache
def opened_original(name: str) -> Book:
    """Return one of NEMA's own files, of other editions."""
    path = ORIGINALS / name
    if not path.is_file():
        pytest.skip(f"{name} is not in ../shared/standard/originals/")
    return Book(source.parse(path.read_bytes(), name))


@pytest.fixture(scope="session")
def original() -> Callable[[str], Book]:
    """Return what opens one of NEMA's own files."""
    return opened_original
