"""Enumerated Values and Defined Terms (PS3.5 6.3): values that no list has.

How it decides:
1. A list counts if the Includes above its row and its own condition hold, and the row doesn't
   forbid the Attribute. One for "Value n" is for that Value alone; another for every Value.
2. Enumerated Values are closed: a Value has to be in every such list that counts, since the row of
   a general Module and that of a special one both hold. Where these have no value in common, as of
   two Modules that each describe a use of their own, it has to be in one of them.
3. Defined Terms may be extended: where no closed list counts, a Value is remarked that none of the
   open ones has.
4. A list whose condition is unknown is not applied. Where it could make a finding, or take one
   away, the Attribute is listed as not evaluated, once.
5. An empty Value, one that can't be decoded and one that is no number where numbers are listed are
   not compared: Types, multiplicity and representation are other checks.
6. What several Values of an Attribute lack in the same list is one finding, which names them all.
"""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import NamedTuple

from dicomspec import dataset as data
from dicomspec.findings import NotEvaluated
from dicomspec.model import Conditional
from dicomspec.validation.conditions import Decision, decide
from dicomspec.validation.level import Listed, Slot
from dicomspec.validation.permitted import KINDS, Compared, Permitted, is_good, key
from dicomspec.validation.plan import place
from dicomspec.validation.visit import Found, Visit, reason

_SHOWN = 12
_TOLD = frozenset({0x54001004})  # Waveform Bits Allocated is told as an error: `waveform/bits`
_CODES = {True: "value/not-enumerated", False: "value/not-a-defined-term"}
_KINDS = {True: "Enumerated Values", False: "Defined Terms"}


def has_lists(slot: Slot) -> bool:
    """Say whether there are lists of values for a Slot's Attribute."""
    return slot.tag not in _TOLD and any(rule.lists for rule in slot.rules)


def not_listed(visit: Visit) -> Iterator[Found]:
    """Report Values that lists which count don't have."""
    permitted = Permitted.of(visit.slot)
    known = key(visit.element)
    if known in permitted.good or visit.empty:
        return
    vr = _vr(visit)
    values = data.strings(visit.element) if vr in KINDS else None
    if not values:
        return
    held = [KINDS[vr].held(value) if value else None for value in values]
    lists = permitted.compared(vr)
    if all(each is None or is_good(each, n, lists) for n, each in enumerate(held, start=1)):
        if known is not None:
            permitted.keep(known)
        return
    yield from _Judge(visit, lists).found(held)


def _vr(visit: Visit) -> str:
    """Return the VR by which an element's values are read, as `data.strings` does."""
    vr = data.vr(visit.element)
    return (data.dictionary_vr(visit.tag) if vr == "UN" else vr) or ""


class _Fault(NamedTuple):
    """A Value that a list lacks; `unknown` where that list isn't known to count."""

    by: Compared
    unknown: bool = False


class _Judge:
    """Holds the Values of one Attribute against the lists that count for it."""

    def __init__(self, visit: Visit, lists: tuple[Compared, ...]) -> None:
        self._visit = visit
        self._counts = [(each, _counts(visit, each)) for each in lists]

    def found(self, held: list[Hashable | None]) -> Iterator[Found]:
        """Yield a finding for each list that Values fail, and that one is not known to count."""
        faults: dict[int, tuple[Compared, list[int]]] = {}
        unknown = None
        for number, value in enumerate(held, start=1):
            fault = None if value is None else self._fault(value, number)
            if fault is not None and not fault.unknown:
                faults.setdefault(id(fault.by), (fault.by, []))[1].append(number)
            unknown = unknown or (fault if fault is not None and fault.unknown else None)
        for by, numbers in faults.values():
            yield self._finding(by, numbers, held)
        if unknown is not None and not faults:
            yield self._undecided(unknown.by)

    def _fault(self, value: Hashable, number: int) -> _Fault | None:
        lists = [pair for pair in self._counts if pair[0].number in {None, number}]
        closed = [each for each, counts in lists if each.closed and counts]
        # PS3.5 6.3
        if by := _lacking(value, closed):
            return _Fault(by)
        maybe = [each for each, counts in lists if counts is None]
        for each in maybe:
            if each.closed and value not in each.keys:
                return _Fault(each, unknown=True)
        return None if closed else _open_fault(value, lists, maybe)

    def _finding(self, by: Compared, numbers: list[int], held: list[Hashable | None]) -> Found:
        name = by.rule.attribute.name
        several = len(held) > 1 or by.number is not None
        of = f"{_values(numbers)} of {name}" if several else name
        lists = [by] if by.closed else [each for each, counts in self._counts if counts]
        terms = _terms(lists, numbers)
        message = f"{of} {'are' if len(numbers) > 1 else 'is'} not among the {_KINDS[by.closed]}"
        case = {str(each).upper() for each in by.keys}
        if any(str(held[n - 1]).upper() in case for n in numbers):
            terms += "; capital and small letters differ"
        condition = by.listed.values.condition
        decision = _decision(self._visit, by.listed)
        because = decision.because if decision is not None else ()
        found = self._visit.finding(_CODES[by.closed], by.rule, f"{message}: {terms}.", because)
        said = self._said(by.listed) if condition is not None else ""
        return replace(found, citation=by.listed.citation, condition=said)

    def _undecided(self, by: Compared) -> NotEvaluated:
        visit, condition = self._visit, by.listed.values.condition
        why = visit.included(by.rule)
        if why is not None:
            open_ = visit.undecided(by.rule, why)
            return replace(open_, type="values", citation=by.listed.citation)
        decision = _decision(visit, by.listed)
        assert condition is not None  # one without is known to count
        assert decision is not None
        return NotEvaluated(
            location=visit.location,
            module=by.rule.source.owner.name,
            type="values",
            reason=reason(condition, decision),
            citation=by.listed.citation,
            what=self._said(by.listed),
            because=decision.because,
        )

    def _said(self, listed: Listed) -> str:
        """Return on what condition a list counts, as a sentence."""
        wording, condition = self._visit.setting.wording, listed.values.condition
        if isinstance(condition, Conditional) and condition.required is not None:
            return f"These values when {wording.named(wording.expression(condition.required))}."
        return "" if condition is None else wording.said(condition)


def _lacking(value: Hashable, closed: list[Compared]) -> Compared | None:
    """Return the strictest of the closed lists that a Value isn't in, None if it may be so."""
    lacking = [each for each in closed if value not in each.keys]
    if not lacking:
        return None
    if len(lacking) < len(closed) and not frozenset.intersection(*(each.keys for each in closed)):
        return None
    return min(lacking, key=lambda each: len(each.keys))


def _open_fault(
    value: Hashable, lists: list[tuple[Compared, bool | None]], maybe: list[Compared]
) -> _Fault | None:
    """Return what is to be said of a Value by lists none of which is closed, and counts."""
    counting = [each for each, counts in lists if counts]
    if any(value in each.keys for each in counting):
        return None
    having = [each for each in maybe if value in each.keys]
    if counting:
        # PS3.5 6.3
        if having:
            return _Fault(having[0], unknown=True)
        return _Fault(max(counting, key=lambda each: len(each.keys)))
    lacking = [each for each in maybe if value not in each.keys]
    return _Fault(lacking[0], unknown=True) if lacking else None


def _counts(visit: Visit, each: Compared) -> bool | None:
    """Say whether a list counts here, None if that isn't known."""
    if each.listed.path and each.listed.path != place(visit.location.steps):
        return False
    return visit.applies(each.rule, each.listed.values.condition)


def _decision(visit: Visit, listed: Listed) -> Decision | None:
    condition = listed.values.condition
    return None if condition is None else decide(condition, visit.chain, visit.setting.around)


def _values(numbers: list[int]) -> str:
    """Return "Value 3" or "Values 1, 2 and 4"."""
    if len(numbers) == 1:
        return f"Value {numbers[0]}"
    return f"Values {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _terms(lists: list[Compared], numbers: list[int]) -> str:
    """Return the first values of the lists that are for some Values."""
    asked = [each for each in lists if each.number is None or each.number in numbers]
    terms = list(dict.fromkeys(term for each in asked for term in each.listed.values.values))
    more = f" and {len(terms) - _SHOWN} more" if len(terms) > _SHOWN else ""
    return ", ".join(terms[:_SHOWN]) + more
