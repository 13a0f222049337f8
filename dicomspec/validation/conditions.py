"""Three-valued evaluation of conditions, with the reasons (SEMANTICS: Conditions).

How it decides:
1. A truth is True, False or None (unknown), with the elements that decided it, by keyword.
2. `And` is false if a part is, unknown if one is unknown otherwise; `Or` likewise the other way
   round; the reasons are those of the parts that decided.
3. A value that can't be decoded is unknown; so is a code of a retired SNOMED scheme held against
   one of SCT.
4. The outcome of a condition: required if `required` is true; else forbidden or permitted if these
   are; else what holds otherwise. What is unknown leaves open every outcome that it could lead to:
   if they are the same, that is the outcome, else it is unknown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from dicomspec import dataset as data
from dicomspec.model import condition as c
from dicomspec.validation.scope import Chain, Found, Place, find, number

Truth = bool | None
_RETIRED_SNOMED = frozenset({"SRT", "SNM3", "99SDM"})


class Outcome(Enum):
    """What a condition makes of an Attribute or Module in one place."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A truth, and what decided it."""

    truth: Truth
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome, and what decided it."""

    outcome: Outcome
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a condition may ask of beside the data set; None where it isn't known.

    `keyword` names a tag; `module_present` tells whether a Module of the IOD is.
    """

    keyword: Callable[[int], str]
    iod: str | None = None
    transfer_syntax_uid: str | None = None
    module_present: Callable[[str], Truth] = lambda _: None


def decide(condition: c.Condition, chain: Chain, around: Surroundings) -> Decision:
    """Return what a condition makes of what stands at the end of a Chain."""
    if isinstance(condition, c.Unparsed):
        return Decision(Outcome.UNKNOWN, ("a text that is not read",))
    required = _clause(condition.required, chain, around)
    if required.truth:
        return Decision(Outcome.REQUIRED, required.because)
    forbidden = _clause(condition.forbidden, chain, around)
    permitted = _clause(condition.permitted, chain, around)
    outcomes = _possible(condition.otherwise, forbidden.truth, permitted.truth)
    if required.truth is None:
        outcomes.add(Outcome.REQUIRED)
    because = (*required.because, *forbidden.because, *permitted.because)
    return Decision(outcomes.pop() if len(outcomes) == 1 else Outcome.UNKNOWN, because)


def _clause(expression: c.Expression | None, chain: Chain, around: Surroundings) -> Verdict:
    return Verdict(truth=False) if expression is None else evaluate(expression, chain, around)


def _possible(otherwise: c.Otherwise, forbidden: Truth, permitted: Truth) -> set[Outcome]:
    """Return the outcomes that are possible where nothing is required."""
    if forbidden:
        return {Outcome.FORBIDDEN}
    outcomes = {Outcome.FORBIDDEN} if forbidden is None else set()
    if permitted:
        return outcomes | {Outcome.OPTIONAL}
    if permitted is None:
        outcomes.add(Outcome.OPTIONAL)
    may = otherwise is c.Otherwise.MAY
    return outcomes | {Outcome.OPTIONAL if may else Outcome.FORBIDDEN}


def evaluate(expression: c.Expression, chain: Chain, around: Surroundings) -> Verdict:
    """Return the truth of an expression, seen from the Item at the end of a Chain."""
    return _EVALUATORS[type(expression)](expression, chain, around)


def _say(around: Surroundings, ref: c.Ref, what: str) -> str:
    name = around.keyword(number(ref.tag))
    if ref.number:
        name += f" Value {ref.number}"
    return f"{name} {what}"


def _present(e: c.Present | c.Absent, chain: Chain, around: Surroundings) -> Verdict:
    there = find(e.ref, chain) is not None
    because = (_say(around, e.ref, "is present" if there else "is absent"),)
    return Verdict(there is isinstance(e, c.Present), because)


def _has_value(e: c.HasValue, chain: Chain, around: Surroundings) -> Verdict:
    found = find(e.ref, chain)
    if found is None:
        return Verdict(truth=False, because=(_say(around, e.ref, "is absent"),))
    empty = data.is_empty(found.element)
    return Verdict(not empty, (_say(around, e.ref, "has no value" if empty else "has a value"),))


def _values(ref: c.Ref, found: Found) -> tuple[str, ...] | None:
    """Return the values meant by a Ref, None if they can't be decoded."""
    values = data.strings(found.element) if found.certain else None
    if values is None or not ref.number:
        return values
    return values[ref.number - 1 : ref.number]


def _is(e: c.Is | c.IsNot, chain: Chain, around: Surroundings) -> Verdict:
    negated = isinstance(e, c.IsNot)
    found = find(e.ref, chain)
    values = _values(e.ref, found) if found is not None else ()
    if values is None:
        return Verdict(None, (_say(around, e.ref, "can't be decoded"),))
    given = [value for value in values if value]
    if not given:
        what = "is absent" if found is None else "has no value"
        return Verdict(negated and getattr(e, "or_absent", False), (_say(around, e.ref, what),))
    equal = any(_equal(value, wanted) for value in given for wanted in e.values)
    what = f"is {'' if equal else 'not '}{' or '.join(e.values)}"
    return Verdict(equal is not negated, (_say(around, e.ref, what),))


def _equal(value: str, wanted: str) -> bool:
    if value == wanted:
        return True
    left, right = _float(value), _float(wanted)
    return left is not None and left == right and not _coded(value) and not _coded(wanted)


def _coded(value: str) -> bool:
    """Say whether digits stand for a code ("01"), not for a number."""
    return len(value) > 1 and value[0] == "0" and value.isdigit()


def _float(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


_COMPARISONS: Mapping[c.Comparison, Callable[[float, float], bool]] = {
    c.Comparison.EQUAL: lambda left, right: left == right,
    c.Comparison.UNEQUAL: lambda left, right: left != right,
    c.Comparison.GREATER: lambda left, right: left > right,
    c.Comparison.LESS: lambda left, right: left < right,
    c.Comparison.AT_LEAST: lambda left, right: left >= right,
    c.Comparison.AT_MOST: lambda left, right: left <= right,
}


def _compare(e: c.Compare, chain: Chain, around: Surroundings) -> Verdict:
    found = find(e.ref, chain)
    values = _values(e.ref, found) if found is not None else ()
    numbers = [_float(value) for value in values or () if value]
    if values is None or any(each is None for each in numbers):
        return Verdict(None, (_say(around, e.ref, "is not a number"),))
    if not numbers:
        return Verdict(truth=False, because=(_say(around, e.ref, "is absent or has no value"),))
    holds = any(_COMPARISONS[e.comparison](each or 0.0, float(e.number)) for each in numbers)
    not_ = "" if holds else "not "
    what = f"{e.comparison.value.replace('is ', f'is {not_}', 1)} {e.number}"
    return Verdict(holds, (_say(around, e.ref, what),))


def _same(e: c.Same | c.Different, chain: Chain, around: Surroundings) -> Verdict:
    sides = []
    for ref in (e.left, e.right):
        found = find(ref, chain)
        values = _values(ref, found) if found is not None else ()
        if values is None:
            return Verdict(None, (_say(around, ref, "can't be decoded"),))
        if not any(values):
            return Verdict(truth=False, because=(_say(around, ref, "is absent or has no value"),))
        sides.append(values)
    equal = len(sides[0]) == len(sides[1]) and all(map(_equal, *sides))
    what = f"{'equals' if equal else 'differs from'} {around.keyword(number(e.right.tag))}"
    return Verdict(equal is isinstance(e, c.Same), (_say(around, e.left, what),))


def _counted(e: c.ItemsNumber | c.ValuesNumber, chain: Chain, around: Surroundings) -> Verdict:
    found = find(e.ref, chain)
    if found is None:
        count = 0
    elif isinstance(e, c.ItemsNumber):
        count = len(found.items())
    else:
        values = data.strings(found.element)
        if values is None:
            return Verdict(None, (_say(around, e.ref, "can't be decoded"),))
        count = len(values)
    unit = "Items" if isinstance(e, c.ItemsNumber) else "Values"
    holds = _COMPARISONS[e.comparison](count, float(e.number))
    return Verdict(holds, (_say(around, e.ref, f"has {count} {unit}"),))


def _code(e: c.HasCode | c.HasNoCode, chain: Chain, around: Surroundings) -> Verdict:
    found = find(e.ref, chain)
    items = found.items() if found is not None else []
    if not items:
        return Verdict(truth=False, because=(_say(around, e.ref, "has no Items"),))
    truths = [_matches(item, code) for item in items for code in e.codes]
    truth: Truth = True if True in truths else None if None in truths else False
    what = "has" if truth else "has not" if truth is False else "may have"
    meant = " or ".join(code.value for code in e.codes)
    because = (_say(around, e.ref, f"{what} the code {meant}"),)
    if truth is None or isinstance(e, c.HasCode):
        return Verdict(truth, because)
    return Verdict(not truth, because)


def _matches(item: Any, code: c.Code) -> Truth:
    values = [_first(item, tag) for tag in (0x00080100, 0x00080119, 0x00080120)]
    scheme = _first(item, 0x00080102)
    if code.value in values:
        return not code.scheme or scheme == code.scheme
    return None if code.scheme == "SCT" and scheme in _RETIRED_SNOMED else False


def _first(item: Any, tag: int) -> str:
    if tag not in item:
        return ""
    values = data.strings(item.get_item(tag, keep_deferred=True))
    return values[0] if values else ""


def _item(e: c.SomeItem | c.EveryItem, chain: Chain, around: Surroundings) -> Verdict:
    found = find(e.ref, chain)
    inner = list(found.places(number(e.ref.tag))) if found is not None else []
    if not inner:
        return Verdict(truth=False, because=(_say(around, e.ref, "has no Items"),))
    verdicts = [evaluate(e.holds, each, around) for each in inner]
    return _any(verdicts) if isinstance(e, c.SomeItem) else _all(verdicts)


def _any(verdicts: list[Verdict]) -> Verdict:
    for verdict in verdicts:
        if verdict.truth:
            return verdict
    open_ = [verdict for verdict in verdicts if verdict.truth is None]
    return Verdict(None if open_ else False, _reasons(open_ or verdicts))


def _all(verdicts: list[Verdict]) -> Verdict:
    for verdict in verdicts:
        if verdict.truth is False:
            return verdict
    open_ = [verdict for verdict in verdicts if verdict.truth is None]
    return Verdict(None if open_ else True, _reasons(open_ or verdicts))


def _reasons(verdicts: list[Verdict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for verdict in verdicts for reason in verdict.because))


def _referred(e: c.ItemReferredTo, chain: Chain, around: Surroundings) -> Verdict:
    by, sequence = find(e.by, chain), find(e.ref, chain)
    wanted = _values(e.by, by) if by is not None else None
    if not wanted or sequence is None:
        return Verdict(None, (_say(around, e.by, "refers to no Item here"),))
    for inner in sequence.places(number(e.ref.tag)):
        key = find(c.Ref(e.key.tag, e.key.number, c.Scope.ITEM), inner)
        values = _values(e.key, key) if key is not None else None
        if values and _equal(values[0], wanted[0]):
            return evaluate(e.holds, inner, around)
    return Verdict(None, (_say(around, e.by, "refers to no Item here"),))


def _position(e: c.FirstItem | c.LastItem, chain: Chain, _: Surroundings) -> Verdict:
    inside = chain[1:-1] if e.enclosing else chain[1:]
    if not inside:
        return Verdict(None, ("there is no Item around it",))
    place: Place = inside[-1]
    which, holds = (
        ("first", place.number == 1)
        if isinstance(e, c.FirstItem)
        else ("last", place.number == place.of)
    )
    return Verdict(holds, (f"Item {place.number} is {'' if holds else 'not '}the {which}",))


def _within(e: c.Within, chain: Chain, around: Surroundings) -> Verdict:
    wanted = {number(tag) for tag in e.tags}
    inside = next((place.sequence for place in chain if place.sequence in wanted), None)
    if inside is None:
        return Verdict(truth=False, because=("it is not within that Sequence",))
    return Verdict(truth=True, because=(f"it is within {around.keyword(inside)}",))


def _iod(e: c.IODIs, _: Chain, around: Surroundings) -> Verdict:
    if around.iod is None:
        return Verdict(None, ("the IOD is not known",))
    return Verdict(around.iod in e.names, (f"the IOD is {around.iod}",))


def _module(e: c.ModulePresent, _: Chain, around: Surroundings) -> Verdict:
    there = around.module_present(e.name)
    what = "may be" if there is None else "is" if there else "is not"
    return Verdict(there, (f"the Module {e.name} {what} present",))


def _transfer_syntax(e: c.TransferSyntaxIs, _: Chain, around: Surroundings) -> Verdict:
    if around.transfer_syntax_uid is None:
        return Verdict(None, ("the Transfer Syntax is not known",))
    return Verdict(
        around.transfer_syntax_uid in e.uids,
        (f"the Transfer Syntax is {around.transfer_syntax_uid}",),
    )


def _not(e: c.Not, chain: Chain, around: Surroundings) -> Verdict:
    verdict = evaluate(e.of, chain, around)
    return Verdict(None if verdict.truth is None else not verdict.truth, verdict.because)


_EVALUATORS: Mapping[type, Callable[[Any, Chain, Surroundings], Verdict]] = {
    c.Present: _present,
    c.Absent: _present,
    c.HasValue: _has_value,
    c.Is: _is,
    c.IsNot: _is,
    c.Compare: _compare,
    c.Same: _same,
    c.Different: _same,
    c.ItemsNumber: _counted,
    c.ValuesNumber: _counted,
    c.HasCode: _code,
    c.HasNoCode: _code,
    c.SomeItem: _item,
    c.EveryItem: _item,
    c.ItemReferredTo: _referred,
    c.FirstItem: _position,
    c.LastItem: _position,
    c.Within: _within,
    c.IODIs: _iod,
    c.ModulePresent: _module,
    c.TransferSyntaxIs: _transfer_syntax,
    c.Judgement: lambda e, _, __: Verdict(None, (f"people judge: {e.what}",)),
    c.Unparsed: lambda e, _, __: Verdict(None, (f"not read: {e.paragraph}",)),
    c.Not: _not,
    c.And: lambda e, chain, around: _all([evaluate(part, chain, around) for part in e.of]),
    c.Or: lambda e, chain, around: _any([evaluate(part, chain, around) for part in e.of]),
}
