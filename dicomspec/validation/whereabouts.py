"""Where an IOD has an Attribute, whatever holds there: which row, and in which Sequences.

How it looks:
1. At the rows of all Modules and Functional Group Macros of the IOD, Macros expanded, conditions
   set aside.
2. Of several rows for an Attribute that in the fewest Sequences counts, the first of equals. So
   each table is gone through once, where it is first met: where it is met again it lies deeper.
3. The Keys of Directory Records are left out: other Attributes may stand beside them in any case.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dicomspec.edition import Edition
from dicomspec.model import Attribute, Entry, Include


class Row(NamedTuple):
    """A row for an Attribute: its table, its id, and the tags of the Sequences around it."""

    table: str
    row: str
    sequences: tuple[int, ...]


class _Rows(NamedTuple):
    """Rows that are still to be gone through."""

    entries: tuple[Entry, ...]
    table: str
    sequences: tuple[int, ...]


class _Search:
    """One search through the tables of an IOD, the outer rows first."""

    def __init__(self, edition: Edition, groups: tuple[str, ...]) -> None:
        self.edition = edition
        self.groups = groups
        self.found: dict[int, Row] = {}
        self._seen: set[str] = set()
        self._deeper: list[_Rows] = []

    def go(self, tables: tuple[str, ...]) -> None:
        """Go through tables, and what they include and nest."""
        here = [_Rows(self.edition.table(table).entries, table, ()) for table in tables]
        while here:
            self._deeper = []
            for rows in here:
                self._look(rows)
            here = self._deeper

    def _look(self, rows: _Rows) -> None:
        for entry in rows.entries:
            if isinstance(entry, Attribute):
                tag = _number(entry.tag)
                self.found.setdefault(tag, Row(rows.table, entry.row, rows.sequences))
                self._nested(entry.entries, rows, tag)
            elif isinstance(entry, Include):
                self._include(entry, rows)

    def _nested(self, entries: tuple[Entry, ...], rows: _Rows, tag: int) -> None:
        if entries:
            self._deeper.append(_Rows(entries, rows.table, (*rows.sequences, tag)))

    def _include(self, entry: Include, rows: _Rows) -> None:
        for table in self._new(entry):
            self._look(_Rows(self.edition.table(table).entries, table, rows.sequences))
        if entry.entries and entry.table is not None:
            # PS3.3 5.4: rows nested below an Include belong to the last Sequence of its table
            for last in list(self._sequences(entry.table))[-1:]:
                self._nested(entry.entries, rows, last)

    def _new(self, entry: Include) -> list[str]:
        tables = self.groups if entry.what == "functional groups" else (entry.table or "",)
        new = [each for each in tables if each in self.edition.tables and each not in self._seen]
        self._seen.update(new)
        return new

    def _sequences(self, table: str) -> Iterator[int]:
        for entry in self.edition.table(table).entries:
            if isinstance(entry, Attribute) and entry.entries:
                yield _number(entry.tag)


def rows(edition: Edition, tables: tuple[str, ...], groups: tuple[str, ...]) -> Mapping[int, Row]:
    """Return the outermost Row of each tag, a repeating group as its first.

    `tables` are those of the Modules, `groups` those of the Functional Group Macros.
    """
    search = _Search(edition, groups)
    search.go(tables)
    return search.found


def _number(tag: str) -> int:
    return int((tag[1:5] + tag[6:10]).replace("x", "0"), 16)
