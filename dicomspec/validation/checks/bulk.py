"""Bulk values against what describes them: which check is asked of which element.

An Item that has none of these elements is done with at once. Nothing bulk is loaded: lengths are
those that the elements say, and of codestreams, tables and headers a few bytes are read.
"""

from collections.abc import Callable, Iterator, Mapping

from dicomspec.validation.checks import (
    bitstreams,
    bulk_lengths,
    encapsulated,
    icons,
    luts,
    overlays,
    pixel_syntax,
    pixel_values,
    pixels,
    segments,
)
from dicomspec.validation.level import Level
from dicomspec.validation.visit import Found, ItemVisit, Run

Check = Callable[[ItemVisit, int], Iterator[Found]]

_ROOMS: tuple[Mapping[int, Check], ...] = (
    pixels.ASKED,
    pixel_syntax.ASKED,
    encapsulated.ASKED,
    bitstreams.ASKED,
    pixel_values.ASKED,
    icons.ASKED,
    overlays.ASKED,
    luts.ASKED,
    segments.ASKED,
    bulk_lengths.ASKED,
)
_ASKED: dict[int, tuple[Check, ...]] = {
    tag: tuple(room[tag] for room in _ROOMS if tag in room)
    for tag in sorted({tag for room in _ROOMS for tag in room})
}
_TAGS = frozenset(_ASKED)


def has_bulk(_run: Run, _level: Level, tags: frozenset[int]) -> bool:
    """Say whether there are elements whose bulk something describes."""
    return not tags.isdisjoint(_TAGS)


def against_description(visit: ItemVisit) -> Iterator[Found]:
    """Report bulk values that aren't what their description says."""
    tags = visit.dataset.keys()
    for tag in [int(tag) for tag in tags if tag in _TAGS]:
        for check in _ASKED[tag]:
            yield from check(visit, tag)
