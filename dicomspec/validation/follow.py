"""A path followed to the Item that would hold its last Attribute, with what is asked there.

How it goes:
1. By an IOD's Levels from the root on; by a table's from the Item on where the table is included:
   the table's row is the longest tail of the path that the table has.
2. A step without a number means the first Item. An Item that isn't there ends it.
"""

from collections.abc import Callable
from typing import Any

from dicomspec import dataset as data
from dicomspec.validation.level import Level, Slot
from dicomspec.validation.path import NoSuchRequirementError, Step
from dicomspec.validation.plan import Levels
from dicomspec.validation.scope import Chain, Place

LevelOf = Callable[[Levels, Chain, Step, int], Level | None]


def items_of(dataset: Any, tag: int) -> list[Any]:
    """Return the Items of a Sequence, none where it isn't there or can't be followed."""
    if tag not in dataset:
        return []
    try:
        return list(data.items(dataset.get_item(tag)) or ())
    except data.BadElement:
        return []


def followed(root: Chain, steps: tuple[Step, ...], levels: Levels, level_of: LevelOf) -> Chain:
    """Follow a path to the Item that would hold its last Attribute."""
    chain = root
    for depth, step in enumerate(steps[:-1]):
        items = items_of(chain[-1].dataset, step.own)
        item = 1 if step.item is None else step.item
        if not 1 <= item <= len(items):
            raise NoSuchRequirementError(
                f"the data set has no Item {item} at step {depth + 1} of the path"
            )
        level = level_of(levels, chain, step, depth)
        chain = (*chain, Place(items[item - 1], level, step.tag, item, len(items)))
    return chain


def of_slots(levels: Levels, chain: Chain, step: Step, _: int) -> Level | None:
    """Return what is asked of the Items that a step leads to."""
    level = chain[-1].level
    slot = level.slots.get(step.tag) if level is not None else None
    return _children(levels, slot)


def _children(levels: Levels, slot: Slot | None) -> Level | None:
    return (
        levels.children(slot)
        if slot is not None and any(rule.children for rule in slot.rules)
        else None
    )


def of_table(level: Level, before: int) -> LevelOf:
    """Return how a path gets its Levels when a table is included `before` steps deep."""

    def level_of(levels: Levels, chain: Chain, step: Step, depth: int) -> Level | None:
        if depth + 1 < before:
            return None
        return level if depth + 1 == before else of_slots(levels, chain, step, depth)

    return level_of


def steps_before(steps: tuple[Step, ...], level: Level, levels: Levels) -> int | None:
    """Return how many steps lie before the longest tail of a path that a table has."""
    for before in range(len(steps)):
        inner: Level | None = level
        for step in steps[before:-1]:
            inner = _children(levels, inner.slots.get(step.tag)) if inner is not None else None
        if inner is not None and steps[-1].tag in inner.slots:
            return before
    return None
