"""A report as files: one page, or a first page with others in a folder beside it.

How it decides:
1. A run that takes at most ROOM rows is one page, and that page holds everything.
2. A larger run is a first page (verdict, findings told once, table of instances) and a page for
   each instance; an instance, or a list of the first page, that is too long goes on on more pages.
3. Pages are named by numbers, never by data. Pages of an earlier run are removed from the folder.
4. A page of an instance is written as soon as the next instance is there, and then forgotten.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dicomspec.render.format import write_text
from dicomspec.render.html.index import Index
from dicomspec.render.html.instance import Instance, lay_out
from dicomspec.render.html.pages import (
    Listing,
    Neighbour,
    Run,
    first_page,
    instance_page,
    listing_page,
)
from dicomspec.report import InstanceReport, SkippedFile

_NOUNS = {"groups": "Findings", "lines": "Instances", "skipped": "Skipped"}
_OURS = re.compile(r"(instance|instances|findings|skipped)-\d{4,}(-\d+)?\.html")


@dataclass(frozen=True, slots=True)
class Room:
    """How much a page takes: rows (at about 450 bytes), findings told once, lines of the table."""

    rows: int = 5000
    groups: int = 300
    lines: int = 2000


ROOM = Room()


def same_page(_number: int, _part: int) -> str:
    """Return the name of an instance's page where that is the page one is on."""
    return ""


def _page_name(number: int, part: int) -> str:
    return f"instance-{number:04}-{part + 1}.html" if part else f"instance-{number:04}.html"


def pages_folder(path: Path) -> Path:
    """Return the folder of the further pages of a report."""
    return path.with_name(f"{path.stem}-pages")


def pages_there(path: Path) -> list[Path]:
    """Return what writing the report may replace or remove in the folder of its pages."""
    folder = pages_folder(path)
    if not folder.is_dir():
        return []
    return [each for each in folder.iterdir() if _OURS.fullmatch(each.name)]


class Site:
    """Takes the instances of a run one by one and writes the pages of its report.

    Its methods raise OSError where a page cannot be written.
    """

    def __init__(self, run: Run, path: Path, room: Room = ROOM) -> None:
        self._run, self._path, self._room = run, path, room
        self._folder = pages_folder(path)
        self._index = Index(same_page)
        self._waiting: list[Instance] = []
        self._skipped: list[SkippedFile] = []
        self._count = self._weight = 0
        self._is_split = False
        self._written: list[Path] = []

    def add(self, found: InstanceReport | SkippedFile) -> None:
        """Take in one more instance, or one more file that was skipped."""
        if isinstance(found, SkippedFile):
            self._skipped.append(found)
            self._weight += 1
        else:
            self._lay_out(found)
        if self._weight > self._room.rows and not self._is_split:
            self._split()
        while self._is_split and len(self._waiting) > 1:  # the last waits for a page to link to
            self._write_instance(self._waiting.pop(0), is_last=False)

    def _lay_out(self, report: InstanceReport) -> None:
        self._count += 1
        instance = lay_out(report, self._count, self._run.options, self._room.rows)
        self._waiting.append(instance)
        self._weight += instance.weight

    def _split(self) -> None:
        self._is_split = True
        self._index = Index(_page_name)
        self._folder.mkdir(parents=True, exist_ok=True)

    def close(self) -> tuple[Path, ...]:
        """Write what waits, and the first page; return the pages written, the first page first."""
        if self._is_split:
            for instance in self._waiting:
                self._write_instance(instance, is_last=True)
            self._write_lists()
        else:
            self._write_only_page()
        self._remove_stale()
        *pages, first = self._written
        return (first, *pages)

    def _write(self, path: Path, chunks: Iterator[str]) -> None:
        self._written.append(write_text(chunks, path))

    def _write_only_page(self) -> None:
        for instance in self._waiting:
            self._index.add(instance)
        groups = self._index.groups(show_values=self._run.options.show_values)
        listing = Listing(groups, self._index.lines, self._skipped)
        self._write(self._path, first_page(self._run, self._index, listing, self._waiting))

    def _write_instance(self, instance: Instance, *, is_last: bool) -> None:
        self._index.add(instance)
        number = instance.facts.number
        neighbours = [self._home]
        if number > 1:
            neighbours.append(Neighbour(_page_name(number - 1, 0), "Previous instance"))
        if not is_last:
            neighbours.append(Neighbour(_page_name(number + 1, 0), "Next instance"))
        pages = [_page_name(number, part) for part in range(len(instance.parts))]
        for part, name in enumerate(pages):
            page = instance_page(self._run, instance, part, pages, neighbours)
            self._write(self._folder / name, page)

    @property
    def _home(self) -> Neighbour:
        return Neighbour(f"../{_quoted(self._path.name)}", "Whole report")

    @property
    def _base(self) -> str:
        return f"{_quoted(self._folder.name)}/"

    def _write_lists(self) -> None:
        """Write the first page, and those on which its lists go on."""
        groups = self._index.groups(show_values=self._run.options.show_values)
        lines, skipped, room = self._index.lines, self._skipped, self._room
        further = {
            "groups": self._write_further("groups", groups, room.groups),
            "lines": self._write_further("lines", lines, room.lines),
            "skipped": self._write_further("skipped", skipped, room.lines),
        }
        first = (groups[: room.groups], lines[: room.lines], skipped[: room.lines])
        listing = Listing(*first, self._base, further)
        self._write(self._path, first_page(self._run, self._index, listing))

    def _write_further(self, name: str, some: list[Any], size: int) -> list[Neighbour]:
        """Write the pages on which a list goes on behind the first `size`; return links to them."""
        noun, further = _NOUNS[name], []
        for number, start in enumerate(range(size, len(some), size), 2):
            stretch: dict[str, Any] = {name: some[start : start + size]}
            listing = Listing()._replace(**stretch)
            file = f"{noun.lower()}-{number:04}.html"
            page = listing_page(self._run, f"{noun}, page {number}", listing, [self._home])
            self._write(self._folder / file, page)
            further.append(Neighbour(self._base + file, f"page {number}"))
        return further

    def _remove_stale(self) -> None:
        """Remove pages of an earlier run: they tell of instances that aren't in this one."""
        kept = set(self._written)
        stale = [path for path in pages_there(self._path) if path not in kept]
        for path in stale:
            path.unlink()
        if stale and not any(self._folder.iterdir()):
            self._folder.rmdir()


def _quoted(name: str) -> str:
    return quote(os.fsencode(name))
