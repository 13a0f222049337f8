"""Where an IOD has an Attribute: the paths from the data set's root, Includes followed.

How it decides:
1. The Attributes of the Modules are at the root, those of Functional Group Macros in the Items of
   the Shared and of the Per-Frame Functional Groups Sequence.
2. A Macro that includes itself (Content Items) is followed once: its Sequence stands for any depth.
3. Of the paths that end in what is asked for, the one at the root is meant where there is one, else
   every one.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from dicomspec.model import IOD, Attribute, Entry, Include, Table

_SHARED, _PER_FRAME = "(5200,9229)", "(5200,9230)"

Path = tuple[str, ...]


class Paths:
    """The paths of one IOD's Attributes."""

    def __init__(self, iod: IOD, tables: Mapping[str, Table]) -> None:
        self._iod = iod
        self._tables = tables

    def ending(self, wanted: Path) -> list[Path]:
        """Return the paths that end in `wanted`, the shortest first; one if it is at the root."""
        ends = [path for path in self._by_tag.get(wanted[-1], ()) if _holds(path, wanted)]
        return [wanted] if wanted in ends else sorted(set(ends), key=lambda p: (len(p), p))

    @cached_property
    def _by_tag(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for path in self._every():
            found.setdefault(path[-1], []).append(path)
        return found

    def _every(self) -> Iterator[Path]:
        for entity in self._iod.entities:
            for module in entity.modules:
                yield from self._table(module.table, (), ())
        for macro in self._iod.functional_groups:
            for sequence in (_SHARED, _PER_FRAME):
                yield from self._table(macro.table, (sequence,), ())

    def _table(self, name: str | None, above: Path, opened: Sequence[str]) -> Iterator[Path]:
        if name is not None and name in self._tables and name not in opened:
            yield from self._entries(self._tables[name].entries, above, (*opened, name))

    def _entries(
        self, entries: Sequence[Entry], above: Path, opened: Sequence[str]
    ) -> Iterator[Path]:
        for entry in entries:
            if isinstance(entry, Attribute):
                yield (*above, entry.tag)
                yield from self._entries(entry.entries, (*above, entry.tag), opened)
            elif isinstance(entry, Include):
                yield from self._table(entry.table, above, opened)


def _holds(path: Path, wanted: Path) -> bool:
    """Tell whether a path ends in the tag wanted, in Sequences that come in the order wanted."""
    rest = iter(path)
    return path[-1] == wanted[-1] and all(name in rest for name in wanted)
