"""What is to be asked of an Item, as far as its like tells it: most Items are like another.

How it decides:
1. Items of one Level are alike if they have the same tags, and `telling` says the same of what
   conditions ask besides.
2. Of Items that are alike these are asked once: the Types of absent Attributes, and whether those
   that are there are permitted. How much of it was decided, and what was not evaluated, is kept.
3. A finding is never kept, nor is what a check that raises comes to; what nothing tells is asked
   of each Item. An Attribute without a value is asked for all that concerns it.
4. What is kept goes when it becomes much: hostile data sets have ever other tags.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from dicomspec.findings import Finding, Location, NotEvaluated, Step
from dicomspec.model import Condition
from dicomspec.validation.checks import OF_ITEM, bound, types
from dicomspec.validation.checks.codes import CODE_VALUES
from dicomspec.validation.conditions import Outcome
from dicomspec.validation.level import Level, Slot
from dicomspec.validation.scope import Chain, is_repeating
from dicomspec.validation.telling import Item, Teller, Tellers, tellers
from dicomspec.validation.visit import Check, Found, ItemVisit, Run, Visit, step

_ROOM = 1 << 17  # tags and Slots


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

    Of those that are `plain` nothing is to be said unless they are empty, `telling` are the others.
    `there` are the tags of those that are, `decided` is the number of requirements that are decided
    beforehand, `checks` are those that concern the Item as a whole.
    """

    asked: tuple[Asked, ...]
    telling: tuple[Asked, ...]
    plain: frozenset[int]
    there: tuple[int, ...]
    decided: int
    checks: tuple[Callable[[ItemVisit], Iterator[Found]], ...]


@dataclass(slots=True)
class _Alike:
    """Items of one Level with the same tags; `slots` are in order, each with what tells of it.

    `known` is by what the tellers say.
    """

    settled: Level
    level: Level
    tags: frozenset[int]
    slots: list[tuple[Slot, Tellers | None]]
    tellers: tuple[Teller, ...]
    known: dict[Any, Ahead] = field(default_factory=dict)


def look_ahead(run: Run, settled: Level, chain: Chain) -> Ahead:
    """Return what is asked of the Item at the end of a Chain, by the Level that its values settle.

    It is kept with the Plan, whose Levels live as long.
    """
    place, plan = chain[-1], run.plan
    tags = frozenset(map(hash, place.dataset.keys()))  # as plain numbers
    key = (id(settled), tags, run.presence if len(chain) == 1 else None)
    alike: _Alike | None = plan.foreseen.get(key)
    if alike is None:
        assert place.level is not None  # the walk goes by Levels
        alike = _alike(settled, place.level, chain, tags)
        plan.foreseen[key] = alike
    answers = _answers(alike, run, chain)
    ahead = alike.known.get(answers)
    if ahead is None:
        ahead = alike.known[answers] = _ahead(run, alike, chain, told=answers is not None)
        plan.foreseen_size += len(tags) + len(ahead.asked)
        if plan.foreseen_size > _ROOM:
            plan.foreseen.clear()
            plan.foreseen_size = 0
    return ahead


def _alike(settled: Level, level: Level, chain: Chain, tags: frozenset[int]) -> _Alike:
    item = Item.at(chain, tags)
    slots = [
        (slot, tellers(_conditions(slot, level), item)) for slot in _slots(settled, level, tags)
    ]
    told = {teller for _, tells in slots for teller in tells or ()}
    return _Alike(settled, level, tags, slots, tuple(told))


def _answers(alike: _Alike, run: Run, chain: Chain) -> tuple[object, ...] | None:
    """Return what the tellers say, None where one can't."""
    try:
        return tuple([ask(tag, chain, run.around) for ask, tag in alike.tellers])
    except Exception:  # noqa: BLE001 - who asks again tells it
        return None


def _slots(settled: Level, level: Level, tags: frozenset[int]) -> Iterator[Slot]:
    """Yield the Slots of which there may be something to say, in order."""
    for tag in settled.visited(tags):
        slot = settled.slots[tag]
        # what another Rule may permit counts where none names it for certain
        yield slot if tag not in tags or slot.sure else slot.whole or slot
    if settled is not level:
        out = level.slots.keys() - settled.slots.keys()
        yield from (level.slots[tag] for tag in sorted(tags & out))


def _ahead(run: Run, alike: _Alike, chain: Chain, *, told: bool) -> Ahead:
    asked = list(_each(run, alike, chain, told=told))
    decided = alike.settled.checked + sum(each.decided for each in asked if not each.there)
    asked = [each for each in asked if each.there or each.notes != ()]
    there = tuple(each.slot.tag for each in asked if each.there)
    telling = tuple(each for each in asked if not _is_plain(each))
    plain = frozenset(each.slot.tag for each in asked if _is_plain(each))
    checks = tuple(check for concerns, check in OF_ITEM if concerns(run, alike.level, alike.tags))
    return Ahead(tuple(asked), telling, plain, there, decided, checks)


def _is_plain(asked: Asked) -> bool:
    slot = asked.slot
    return asked.there and not (slot.conditional or slot.sequence or asked.checks)


def _each(run: Run, alike: _Alike, chain: Chain, *, told: bool) -> Iterator[Asked]:
    covered = run.covered if len(chain) == 1 else ()
    groups = any(map(is_repeating, alike.tags))
    for slot, tells in alike.slots:
        foretold = tells is not None and (told or not tells)
        if slot.repeating and slot.tag in alike.settled.slots:
            if groups:
                yield Asked(slot, there=False)
        elif slot.tag in alike.tags:
            yield _present(run, slot, chain, foretold=foretold)
        elif slot.tag not in covered:
            yield _absent(run, slot, chain, foretold=foretold)


def _absent(run: Run, slot: Slot, chain: Chain, *, foretold: bool) -> Asked:
    none = Asked(slot, there=False)
    if slot.demanded or not foretold:
        return none
    return _asked(Visit(run, slot, slot.tag, (), chain), types.absent) or none


def _present(run: Run, slot: Slot, chain: Chain, *, foretold: bool) -> Asked:
    checks = bound(slot)
    if not slot.conditional:
        return Asked(slot, there=True, notes=(), checks=checks)
    found = None
    if foretold:
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
    if len(notes) < len(found):
        return None
    decided = len(outcomes) - outcomes.count(Outcome.UNKNOWN)
    return Asked(visit.slot, there=False, notes=notes, decided=decided)


def _conditions(slot: Slot, level: Level) -> Iterable[Condition | None]:
    """Yield the conditions on which it hangs what is said of a Slot."""
    for rule in slot.conditional:
        yield from rule.source.includes
        yield rule.condition
    if slot.tag in CODE_VALUES:  # see `codes.has_no_code`
        for tag in CODE_VALUES:
            for rule in level.slots[tag].rules if tag in level.slots else ():
                yield from rule.source.includes
