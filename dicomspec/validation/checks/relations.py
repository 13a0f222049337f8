"""Relations between the elements of a data set: which check is asked of which element.

How it goes:
1. An Item that has none of the elements that a relation is about is done with at once.
2. The relations of `relation_tables` are asked where a row of the IOD names the element; those
   that have a check of their own ask for themselves.
"""

from collections.abc import Callable, Iterator

from dicomspec.validation.checks import (
    relation_content,
    relation_dates,
    relation_frames,
    relation_geometry,
    relation_kinds,
    relation_points,
)
from dicomspec.validation.level import Level
from dicomspec.validation.visit import Found, ItemVisit, Run

Check = Callable[[ItemVisit, int], Iterator[Found]]

_OWN: dict[int, Check] = {
    **relation_geometry.ASKED,
    **relation_frames.ASKED,
    **relation_points.ASKED,
    **relation_content.ASKED,
    **relation_dates.ASKED,
}
_LAID_DOWN = relation_kinds.asked()
_TAGS = frozenset(_OWN) | frozenset(_LAID_DOWN)


def has_related(_run: Run, _level: Level, tags: frozenset[int]) -> bool:
    """Say whether there are elements that a relation is about."""
    return not tags.isdisjoint(_TAGS)


def between_elements(visit: ItemVisit) -> Iterator[Found]:
    """Report what the elements of an Item have to do with others, and haven't."""
    tags = visit.dataset.keys()
    for tag in [int(tag) for tag in tags if tag in _TAGS]:
        if tag in _OWN:
            yield from _OWN[tag](visit, tag)
        if tag in _LAID_DOWN and visit.slot(tag) is not None:
            for check, relation in _LAID_DOWN[tag]:
                yield from check(visit, relation)
