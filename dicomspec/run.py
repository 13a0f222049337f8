"""A run: inputs → instances → their reports, one after the other; and `validate`, the Python API.

How it goes on:
1. What can't be read is an InstanceReport with the verdict `unreadable`, and the rest of the run
   goes on.
2. A file of a folder that evidently isn't DICOM is not an instance; it is handed on, to be counted.
3. Anything that a validator raises on one instance is a finding on that instance,
   `internal/check-crashed`.
4. A file that a report is to be written to is no input: the run ends before anything is written.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import dicomspec
from dicomspec import dataset as data
from dicomspec import edition as editions
from dicomspec.dataset import Instance, Skipped, Unreadable
from dicomspec.findings import Location
from dicomspec.report import InstanceReport, Report, SkippedFile, Verdict
from dicomspec.selection import Selection
from dicomspec.validation.validator import Validator, unreadable
from dicomspec.validation.walk import crashed

STDIN = "-"
_EVERYTHING = Selection()
_Identity = tuple[int, int]


class OverwriteError(ValueError):
    """An input is a file that a report would be written over."""


def run(
    paths: Iterable[str | Path],
    edition: str = editions.DEFAULT,
    *,
    force: bool = False,
    outline: bool = False,
    keep_from: Iterable[Path] = (),
) -> Iterator[InstanceReport | SkippedFile]:
    """Yield the report on every instance that the paths hold, and the files that were passed over.

    A path is a file, a folder (walked) or "-" for standard input. With `force`, files without
    preamble or File Meta Information are read too. `keep_from` are files that a report will be
    written over. Raises UnknownEditionError, and OverwriteError for an input that is one of those.
    """
    validator = Validator(editions.load(edition))
    written = {each for each in map(_identity, keep_from) if each}
    with data.quiet():
        for path in paths:
            for found in _inputs(path):
                if isinstance(found, Skipped):
                    yield SkippedFile(found.path, found.reason)
                elif isinstance(found, Unreadable):
                    yield unreadable(found, validator.edition.name)
                else:
                    if written and _identity(found) in written:
                        raise OverwriteError(f"a report would be written over its input {found}")
                    yield from _read(found, validator, force=force, outline=outline)


def _identity(path: Path | str) -> _Identity | None:
    """Return what a regular file is known by, whatever it is called; None for anything else."""
    try:
        status = os.fstat(0) if path == STDIN else os.stat(path)  # noqa: PTH116 - as it was given
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _inputs(path: str | Path) -> Iterator[Any]:
    if str(path) == STDIN:
        yield STDIN
    else:
        yield from data.discover([path])


def _read(
    found: Path | str, validator: Validator, *, force: bool, outline: bool
) -> Iterator[InstanceReport]:
    name = "<stdin>" if found == STDIN else str(found)
    if found == STDIN and sys.stdin is None:
        closed = Unreadable(name, "standard input is closed")
        yield unreadable(closed, validator.edition.name)
        return
    source = sys.stdin.buffer if found == STDIN else Path(found)
    instances = data.read(source, name=name, force=force)
    while True:
        try:
            instance = next(instances)
        except StopIteration:
            return
        except Unreadable as fault:
            yield unreadable(fault, validator.edition.name)
        else:
            yield _guarded(validator.validate, instance, outline=outline)


def _guarded(
    check: Callable[..., InstanceReport], instance: Instance, *, outline: bool
) -> InstanceReport:
    try:
        return check(instance, outline=outline)
    except Exception as crash:  # noqa: BLE001 - no instance may end a run
        finding = crashed(check, crash, Location(), "")
        return InstanceReport(instance.path, Verdict.FAIL, (finding,))


def validate(
    source: Any,
    edition: str = editions.DEFAULT,
    *,
    force: bool = False,
    outline: bool = False,
) -> Report:
    """Validate a path (file or folder), a pydicom Dataset, or DICOM JSON (a dict, or a list).

    `edition` is one of `dicomspec.edition.available()`, or the folder of a generated one. The
    report's outlines, which the HTML report shows, are made when asked for.
    Raises UnknownEditionError, and TypeError for a source of another kind; never for what it holds.
    """
    if isinstance(source, str | Path):
        found = list(run([source], edition, force=force, outline=outline))
        return report(found, edition)
    validator = Validator(editions.load(edition))
    with data.quiet():
        given = source if isinstance(source, list) else [source]
        return report([_given(each, validator, outline=outline) for each in given], edition)


def _given(source: Any, validator: Validator, *, outline: bool) -> InstanceReport:
    try:
        instance = data.from_json(source) if isinstance(source, dict) else data.from_dataset(source)
    except Unreadable as fault:
        return unreadable(fault, validator.edition.name)
    return _guarded(validator.validate, instance, outline=outline)


def report(
    found: Iterable[InstanceReport | SkippedFile],
    edition: str,
    selection: Selection = _EVERYTHING,
) -> Report:
    """Return the report of a run, with the findings that a Selection lets stay."""
    every = tuple(
        selection.of(each) if isinstance(each, InstanceReport) else each for each in found
    )
    return Report(
        edition=editions.load(edition).name,
        tool_version=dicomspec.__version__,
        instances=tuple(each for each in every if isinstance(each, InstanceReport)),
        skipped=tuple(each for each in every if isinstance(each, SkippedFile)),
    )
