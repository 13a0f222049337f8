"""What is to be asked of an Item, as far as the tags that it has tell it: most Items are alike.

How it decides:
1. What only the presence of the Item's own Attributes decides is the same for all Items with the
   same tags, and is asked once: the Types of absent Attributes, and whether those that are there
   are permitted. What is kept of it is how much was decided, and what was not evaluated.
2. Presence decides a condition if it decides each part that asks something: one that asks for
   an Attribute's presence, or for more of one that is absent; people's judgement, and what was not
   read, never depend on the data set, nor does the IOD.
3. An Attribute is the Item's own if it can't be found elsewhere (see `scope`): at the root, or
   where the Item has it, or its definition does.
4. A finding is never kept, nor is what a check that raises comes to. An Attribute without a value
   is asked for all that concerns it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from dicomspec.findings import Finding, Location, NotEvaluated, Step
from dicomspec.model import Condition, Unparsed
from dicomspec.model import condition as c
from dicomspec.validation.checks import OF_ITEM, bound, types
from dicomspec.validation.conditions import Outcome
from dicomspec.validation.level import Level, Rule, Slot
from dicomspec.validation.scope import FRAMES, SHARED, Chain, is_repeating, number
from dicomspec.validation.visit import Check, Found, ItemVisit, Run, Visit, step

_PRESENCE = (c.Present, c.Absent)
_OF_ONE = (
    *(c.Present, c.Absent, c.HasValue, c.Is, c.IsNot, c.Compare, c.HasCode, c.HasNoCode),
    *(c.SomeItem, c.EveryItem),
)
_FIXED = (c.Judgement, c.IODIs)
_GROUPS = frozenset({*FRAMES, SHARED})


class Asked(NamedTuple):
    """What is asked of an Attribute: its Slot, and whether it is there.

    `notes` is what is said of it whatever its value, None where that isn't foreseen; `decided` the
    number of conditional requirements that are, `checks` those left where it has a value.
    """

    slot: Slot
    there: bool
    notes: tuple[NotEvaluated, ...] | None = None
    decided: int = 0
    checks: tuple[Check, ...] = ()

    def at(self, steps: tuple[Step, ...], run: Run) -> tuple[NotEvaluated, ...]:
        """Return the notes as they are for an Item."""
        if not self.notes or not steps:
            return self.notes or ()
        location = Location((*steps, step(run.edition, self.slot.tag)))
        return tuple(replace(note, location=location) for note in self.notes)


class Ahead(NamedTuple):
    """What is asked of an Item: of each Attribute in order, then of those that its values rule out.

    `decided` is the number of requirements that are decided beforehand, `checks` are those that
    concern the Item as a whole.
    """

    asked: tuple[Asked, ...]
    decided: int
    checks: tuple[Callable[[ItemVisit], Iterator[Found]], ...]


def look_ahead(run: Run, level: Level, chain: Chain) -> Ahead:
    """Return what is asked of the Item at the end of a Chain, by the Level that its values settle.

    It is kept with the Plan, whose Levels live as long.
    """
    tags = frozenset(map(hash, chain[-1].dataset.keys()))  # as plain numbers
    kept, key = run.plan.foreseen, (id(level), tags, run.presence if len(chain) == 1 else None)
    known: Ahead | None = kept.get(key)
    if known is None:
        known = _ahead(run, level, chain, tags)
        if len(kept) >= _KEPT:
            kept.clear()
        if len(tags) <= _MANY:
            kept[key] = known
    return known


_KEPT = 1024  # hostile data sets have ever other tags
_MANY = 256


def _ahead(run: Run, settled: Level, chain: Chain, tags: frozenset[int]) -> Ahead:
    level = chain[-1].level
    assert level is not None  # the walk goes by Levels
    asked = list(_each(run, settled, chain, tags))
    if settled is not level:
        out = level.slots.keys() - settled.slots.keys()
        tags_out = (tag for tag in map(hash, chain[-1].dataset.keys()) if tag in out)
        asked.extend(_present(run, level.slots[tag], chain, tags) for tag in tags_out)
    decided = settled.checked + sum(each.decided for each in asked if not each.there)
    asked = [each for each in asked if each.there or each.notes != ()]
    checks = tuple(check for concerns, check in OF_ITEM if concerns(run, level, tags))
    return Ahead(tuple(asked), decided, checks)


def _each(run: Run, level: Level, chain: Chain, tags: frozenset[int]) -> Iterator[Asked]:
    covered = run.covered if len(chain) == 1 else ()
    groups = any(map(is_repeating, tags))
    for tag in level.visited(tags):
        slot = level.slots[tag]
        if slot.repeating:
            if groups:
                yield Asked(slot, there=False)
        elif tag in tags:
            # what another Rule may permit counts where none names it for certain
            yield _present(run, slot if slot.sure else slot.whole or slot, chain, tags)
        elif tag not in covered:
            yield _absent(run, slot, chain, tags)


def _absent(run: Run, slot: Slot, chain: Chain, tags: frozenset[int]) -> Asked:
    if slot.demanded or not _foreseen(slot, chain, tags):
        return Asked(slot, there=False)
    return _asked(Visit(run, slot, slot.tag, (), chain), types.absent) or Asked(slot, there=False)


def _present(run: Run, slot: Slot, chain: Chain, tags: frozenset[int]) -> Asked:
    checks = bound(slot)
    if not slot.conditional:
        return Asked(slot, there=True, notes=(), checks=checks)
    found = None
    if _foreseen(slot, chain, tags):
        visit = Visit(run, slot, slot.tag, (), chain)
        found = _asked(visit, types.not_permitted if types.not_permitted in checks else None)
    left = tuple(check for check in checks if check is not types.not_permitted)
    return Asked(slot, there=True) if found is None else found._replace(there=True, checks=left)


def _asked(visit: Visit, check: Check | None) -> Asked | None:
    """Return what a check leaves to be asked of an Attribute, None if it has more to say."""
    try:
        outcomes = visit.outcomes
        if check is types.not_permitted and set(outcomes) == {Outcome.FORBIDDEN}:
            return None  # what else is there may put it in doubt
        found = tuple(check(visit)) if check is not None else ()
    except Exception:  # noqa: BLE001 - it is told where it is asked again
        return None
    notes = tuple(each for each in found if not isinstance(each, Finding))
    decided = len(outcomes) - outcomes.count(Outcome.UNKNOWN)
    return (
        Asked(visit.slot, there=False, notes=notes, decided=decided)
        if len(notes) == len(found)
        else None
    )


def _foreseen(slot: Slot, chain: Chain, tags: frozenset[int]) -> bool:
    """Say whether presence decides all conditions of a Slot."""
    level = chain[-1].level
    own = None if len(chain) == 1 or level is None else frozenset(level.slots)
    return all(
        _by_presence(condition, tags, own)
        for rule in slot.conditional
        for condition in _conditions(rule)
    )


def _conditions(rule: Rule) -> Iterator[Condition | None]:
    yield from rule.source.includes
    yield rule.condition


def _by_presence(
    condition: Condition | None, tags: frozenset[int], own: frozenset[int] | None
) -> bool:
    if condition is None or isinstance(condition, Unparsed):
        return True
    clauses = (condition.required, condition.permitted, condition.forbidden)
    return all(clause is None or _is_told(clause, tags, own) for clause in clauses)


def _is_told(e: c.Expression, tags: frozenset[int], own: frozenset[int] | None) -> bool:
    """Say whether presence decides an expression; `own` is what an Item's definition has."""
    if isinstance(e, c.And | c.Or):
        return all(_is_told(part, tags, own) for part in e.of)
    if isinstance(e, c.Not):
        return _is_told(e.of, tags, own)
    if isinstance(e, _FIXED):
        return True
    if not isinstance(e, _OF_ONE) or "x" in e.ref.tag:
        return False
    tag = number(e.ref.tag)
    there = tag in tags
    if not _is_own(e.ref.scope, tags, own, there=there, named=own is None or tag in own):
        return False
    return not there or (isinstance(e, _PRESENCE) and not e.ref.number)


def _is_own(
    scope: c.Scope, tags: frozenset[int], own: frozenset[int] | None, *, there: bool, named: bool
) -> bool:
    """Say whether an Attribute is only looked for in the Item."""
    if scope is c.Scope.ITEM:
        return True
    if scope is c.Scope.NEAREST:
        return there or named
    if own is None:
        anywhere = scope is c.Scope.ANYWHERE and (there or _GROUPS.isdisjoint(tags))
        return scope is c.Scope.ROOT or anywhere
    return False
