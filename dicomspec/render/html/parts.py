"""Sections laid on as many pages as they need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from dicomspec.render.html.outline import Section


@dataclass(slots=True)
class Part:
    """What of an instance stands on one page."""

    sections: list[Section] = field(default_factory=list)

    @property
    def outside(self) -> list[Section]:
        """Findings without a place among the Modules."""
        return [section for section in self.sections if section.kind == "outside"]

    @property
    def open(self) -> list[Section]:
        """Requirements not evaluated, by Module."""
        return [section for section in self.sections if section.kind == "open"]

    @property
    def entities(self) -> list[tuple[str, list[Section]]]:
        """Modules by IE, in order."""
        modules = (section for section in self.sections if section.kind == "module")
        return [(name, list(some)) for name, some in groupby(modules, lambda s: s.entity)]


def weigh(section: Section) -> int:
    """Return how much of a page's room a section takes, in rows."""
    return 1 + sum(row.weight for row in section.rows)


def parts(every: Iterable[Section], room: int) -> list[Part]:
    """Return the sections on pages of at most about `room` rows each, at least one page."""
    pages = [Part()]
    left = room
    for section in every:
        for piece in _pieces(section, room):
            size = weigh(piece)
            if size > left and pages[-1].sections:
                pages.append(Part())
                left = room
            pages[-1].sections.append(piece)
            left -= size
    return pages


def _pieces(section: Section, room: int) -> Iterator[Section]:
    """Yield the section whole where a page can hold it, else in pieces of a page each."""
    start, used = 0, 1
    for index, row in enumerate(section.rows):
        if used + row.weight > room and index > start:
            yield replace(section, rows=section.rows[start:index], continued=start > 0)
            start, used = index, 1
        used += row.weight
    yield replace(section, rows=section.rows[start:], continued=start > 0)
