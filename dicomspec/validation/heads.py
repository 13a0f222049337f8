"""Where a path begins whose first Attribute isn't at the root.

How it decides:
1. In Functional Groups: in the shared Item if that holds it, else in the first of the frames' Items
   that does; where none does, in the first of these Items that there is.
2. Elsewhere where the IOD has the Attribute: in the one place that it has; of several places in the
   only one where the data set holds it. Otherwise the path has to say more.
3. Of the Items of a Sequence it is the first that holds the Attribute, else the first.
"""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from dicomspec import dataset as data
from dicomspec.edition import Edition
from dicomspec.validation.level import Level
from dicomspec.validation.path import NoSuchRequirementError, Step
from dicomspec.validation.plan import Levels
from dicomspec.validation.scope import FRAMES, SHARED, Found, Place

_GROUPS = (SHARED, *FRAMES)
_Way = tuple[int, ...]  # the tags of the Sequences that lead to an Attribute
_MOST = 20  # ways to one Attribute that are told apart
_SHOWN = 4


def in_groups(dataset: Any, tag: int) -> tuple[Step, ...]:
    """Return the Step to the Item of Functional Groups that holds an Attribute, none if none."""
    for steps, item in _followed(dataset, (SHARED,)):
        if tag in item:
            return steps
    return ()


def lead(dataset: Any, levels: Levels, root: Level, tag: int) -> tuple[Step, ...]:
    """Return the Steps to the Item in which an Attribute is meant that isn't at the root.

    Raises NoSuchRequirementError where the IOD has it nowhere, or in several places.
    """
    ways = _ways(levels, root, tag)
    if (SHARED,) in ways:
        ways = [(SHARED,)]
    elif len(ways) > 1:
        held = [way for way in ways if any(tag in item for _, item in _followed(dataset, way))]
        if len(held) != 1:
            raise NoSuchRequirementError(_ambiguous(levels.edition, tag, held or ways))
        ways = held
    if not ways:
        return ()
    first: tuple[Step, ...] | None = None
    for steps, item in _followed(dataset, ways[0]):
        if tag in item:
            return steps
        first = first or steps
    if first is None:
        name = ".".join(levels.edition.keyword(each) for each in ways[0])
        raise NoSuchRequirementError(f"the data set has no Item of {name}")
    return first


def _ambiguous(edition: Edition, tag: int, ways: list[_Way]) -> str:
    shown = ", ".join(".".join(map(edition.keyword, way)) for way in ways[:_SHOWN])
    more = f" and {len(ways) - _SHOWN} more" if len(ways) > _SHOWN else ""
    return f"{edition.keyword(tag)} stands in several places: {shown}{more}; give its path"


def _followed(dataset: Any, way: _Way) -> Iterator[tuple[tuple[Step, ...], Any]]:
    """Yield the Items at the end of a way, with the Steps to each."""
    if not way:
        yield (), dataset
        return
    for sequence in _GROUPS if way[0] == SHARED else way[:1]:
        element = data.element(dataset, sequence)
        if element is None:
            continue
        items = Found(element, (Place(dataset),)).items()
        for count, item in enumerate(items, start=1):
            for steps, inner in _followed(item, way[1:]):
                yield (Step(sequence, count), *steps), inner


def _ways(levels: Levels, root: Level, tag: int) -> list[_Way]:
    """Return the ways to an Attribute, that through all Functional Groups as one."""
    above: dict[int, list[tuple[Level, int]]] = {}
    waiting, holding = deque([root]), []
    while waiting:
        level = waiting.popleft()
        if level is not root and tag in level.slots:
            holding.append(level)
        for slot in level.slots.values():
            if slot.sequence:
                inner = levels.children(slot)
                if id(inner) not in above:
                    waiting.append(inner)
                above.setdefault(id(inner), []).append((level, slot.tag))
    found = (way for level in holding for way in _up(level, root, above, ()))
    joined = (tuple(SHARED if each in FRAMES else each for each in way) for way in found)
    return list(islice(dict.fromkeys(joined), _MOST))


def _up(
    level: Level, root: Level, above: dict[int, list[tuple[Level, int]]], below: tuple[Level, ...]
) -> Iterator[_Way]:
    """Yield the ways from the root to a Level, none through a Level twice."""
    if level is root:
        yield ()
        return
    for outer, tag in above.get(id(level), ()):
        if not any(each is outer for each in (level, *below)):
            for way in _up(outer, root, above, (level, *below)):
                yield (*way, tag)
