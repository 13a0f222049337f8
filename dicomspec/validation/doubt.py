"""Whether something is forbidden only because of an Attribute that is missing, a fault of its own.

How it decides:
1. "X is Y" is false where X is absent (SEMANTICS: Conditions, 3). Where X is demanded, its absence
   is the fault that is reported; what hangs on its value isn't known.
2. An Attribute is missing where it is absent, or of Type 1 and without a value, though the Item
   where it would stand demands it for certain, or a Module does that is missing itself.
3. The condition is decided again with what asks for missing Attributes left open: where that comes
   to something else, it is in doubt.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from dicomspec import dataset as data
from dicomspec.model import Condition, Type, Unparsed
from dicomspec.model import condition as c
from dicomspec.validation.conditions import Decision, Outcome, decide
from dicomspec.validation.level import DEMANDED
from dicomspec.validation.scope import Chain, number
from dicomspec.validation.verdict import Reason
from dicomspec.validation.visit import Run

_OPEN = c.Judgement("what it would be")


def doubt(conditions: Iterable[Condition | None], chain: Chain, run: Run) -> Decision | None:
    """Return why one of the conditions is in doubt, None if none is."""
    for condition in conditions:
        if condition is None or isinstance(condition, Unparsed):
            continue
        missing = [ref for ref in _refs(condition) if _is_missing(ref, chain, run)]
        if not missing:
            continue
        open_ = _opened(condition, frozenset(missing))
        before = decide(condition, chain, run.around).outcome
        if decide(open_, chain, run.around).outcome is not before:
            reasons = tuple(Reason("is missing, though it is required", ref) for ref in missing)
            return Decision(Outcome.UNKNOWN, reasons, run.edition.keyword, doubted=True)
    return None


def _refs(condition: c.Conditional) -> Iterator[c.Ref]:
    """Yield what a condition asks for in the Item itself, not in Items that it looks into."""
    clauses = (condition.required, condition.permitted, condition.forbidden)
    waiting = [clause for clause in clauses if clause is not None]
    while waiting:
        part = waiting.pop()
        yield from _own(part)
        if isinstance(part, c.And | c.Or):
            waiting.extend(part.of)
        elif isinstance(part, c.Not):
            waiting.append(part.of)


def _own(part: c.Expression) -> Iterator[c.Ref]:
    values = (getattr(part, field.name) for field in fields(part))
    yield from (value for value in values if isinstance(value, c.Ref))


def _is_missing(ref: c.Ref, chain: Chain, run: Run) -> bool:
    if "x" in ref.tag or ref.scope in {c.Scope.ANYWHERE, c.Scope.INSIDE}:
        return False
    tag = number(ref.tag)
    for place in _places(ref.scope, chain):
        slot = place.level.slots.get(tag) if place.level is not None else None
        element = data.element(place.dataset, tag)
        if slot is not None and slot.base_type in DEMANDED:
            unvalued = slot.base_type is Type.TYPE_1 and element is not None
            return element is None or (unvalued and data.is_empty(element))
        if slot is not None or element is not None:
            return False
    slots = (run.plan.module_slots[index].slots.get(tag) for index in run.presence.missing)
    return any(slot is not None and slot.base_type in DEMANDED for slot in slots)


def _places(scope: c.Scope, chain: Chain) -> Chain:
    if scope is c.Scope.ITEM:
        return chain[-1:]
    if scope is c.Scope.ENCLOSING:
        return chain[-2:-1]
    return chain[:1] if scope is c.Scope.ROOT else chain[::-1]


def _opened(condition: c.Conditional, missing: frozenset[c.Ref]) -> c.Conditional:
    return replace(
        condition,
        required=_open(condition.required, missing),
        permitted=_open(condition.permitted, missing),
        forbidden=_open(condition.forbidden, missing),
    )


def _open(part: c.Expression | None, missing: frozenset[c.Ref]) -> c.Expression | None:
    if part is None:
        return None
    if isinstance(part, c.And | c.Or):
        return type(part)(tuple(each for one in part.of if (each := _open(one, missing))))
    if isinstance(part, c.Not):
        return c.Not(_open(part.of, missing) or part.of)
    return part if missing.isdisjoint(_own(part)) else _OPEN
