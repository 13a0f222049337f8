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
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

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


class Reason(NamedTuple):
    """What decided: an Attribute, if it was one, and what is said of it; worded when asked for."""

    what: str
    ref: c.Ref | None = None
    values: tuple[str, ...] = ()

    def words(self, keyword: Callable[[int], str]) -> str:
        """Return the reason in words, the Attribute by its keyword."""
        what = f"{self.what} {' or '.join(self.values)}" if self.values else self.what
        if self.ref is None:
            return what
        value = f" Value {self.ref.number}" if self.ref.number else ""
        return f"{keyword(number(self.ref.tag))}{value} {what}"


class Verdict(NamedTuple):
    """A truth, and what decided it."""

    truth: Truth
    reasons: tuple[Reason, ...] = ()


class Decision(NamedTuple):
    """An outcome, and what decided it."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    keyword: Callable[[int], str] = str

    @property
    def because(self) -> tuple[str, ...]:
        """The reasons in words, each once."""
        return tuple(dict.fromkeys(reason.words(self.keyword) for reason in self.reasons))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a condition may ask of beside the data set; None where it isn't known.

    `keyword` names a tag; `module_present` tells whether a Module of the IOD is. `seen` keeps what
    was looked up from the root: Surroundings are of one data set.
    """

    keyword: Callable[[int], str]
    iod: str | None = None
    transfer_syntax_uid: str | None = None
    module_present: Callable[[str], Truth] = lambda _: None
    seen: dict[c.Ref, Any] = field(default_factory=dict, compare=False)


def decide(condition: c.Condition, chain: Chain, around: Surroundings) -> Decision:
    """Return what a condition makes of what stands at the end of a Chain."""
    if isinstance(condition, c.Unparsed):
        return Decision(Outcome.UNKNOWN, (Reason("a text that is not read"),))
    required = _clause(condition.required, chain, around)
    if required.truth:
        return Decision(Outcome.REQUIRED, required.reasons, around.keyword)
    forbidden = _clause(condition.forbidden, chain, around)
    permitted = _clause(condition.permitted, chain, around)
    outcomes = _possible(condition.otherwise, forbidden.truth, permitted.truth)
    if required.truth is None:
        outcomes = outcomes | {Outcome.REQUIRED}
    reasons = required.reasons + forbidden.reasons + permitted.reasons
    outcome = next(iter(outcomes)) if len(outcomes) == 1 else Outcome.UNKNOWN
    return Decision(outcome, reasons, around.keyword)


_NO_CLAUSE = Verdict(truth=False)


def _clause(expression: c.Expression | None, chain: Chain, around: Surroundings) -> Verdict:
    return _NO_CLAUSE if expression is None else evaluate(expression, chain, around)


def _possible(otherwise: c.Otherwise, forbidden: Truth, permitted: Truth) -> frozenset[Outcome]:
    """Return the outcomes that are possible where nothing is required."""
    if forbidden:
        return _FORBIDDEN
    outcomes = _FORBIDDEN if forbidden is None else _NONE
    if permitted:
        return outcomes | _OPTIONAL
    if permitted is None:
        outcomes = outcomes | _OPTIONAL
    return outcomes | (_OPTIONAL if otherwise is c.Otherwise.MAY else _FORBIDDEN)


_NONE: frozenset[Outcome] = frozenset()
_OPTIONAL = frozenset({Outcome.OPTIONAL})
_FORBIDDEN = frozenset({Outcome.FORBIDDEN})


def evaluate(expression: c.Expression, chain: Chain, around: Surroundings) -> Verdict:
    """Return the truth of an expression, seen from the Item at the end of a Chain."""
    return _EVALUATORS[type(expression)](expression, chain, around)


Values = tuple[str, ...] | None


def _look(ref: c.Ref, chain: Chain, around: Surroundings) -> tuple[Found | None, Values]:
    """Return where a Ref is found, and its values; what is seen from the root is looked up once."""
    if len(chain) > 1:
        found = find(ref, chain)
        return found, _values(ref, found) if found is not None else ()
    seen = around.seen.get(ref)
    if seen is None:
        found = find(ref, chain)
        seen = (found, _values(ref, found) if found is not None else ())
        around.seen[ref] = seen
    return seen


def _present(e: c.Present | c.Absent, chain: Chain, around: Surroundings) -> Verdict:
    there = _look(e.ref, chain, around)[0] is not None
    reasons = (Reason("is present" if there else "is absent", e.ref),)
    return Verdict(there is isinstance(e, c.Present), reasons)


def _has_value(e: c.HasValue, chain: Chain, _: Surroundings) -> Verdict:
    found = find(e.ref, chain)
    if found is None:
        return Verdict(truth=False, reasons=(Reason("is absent", e.ref),))
    empty = data.is_empty(found.element)
    return Verdict(not empty, (Reason("has no value" if empty else "has a value", e.ref),))


def _values(ref: c.Ref, found: Found) -> tuple[str, ...] | None:
    """Return the values meant by a Ref, None if they can't be decoded."""
    values = data.strings(found.element) if found.certain else None
    if values is None or not ref.number:
        return values
    return values[ref.number - 1 : ref.number]


def _is(e: c.Is | c.IsNot, chain: Chain, around: Surroundings) -> Verdict:
    negated = isinstance(e, c.IsNot)
    found, values = _look(e.ref, chain, around)
    if values is None:
        return Verdict(None, (Reason("can't be decoded", e.ref),))
    given = [value for value in values if value]
    if not given:
        what = "is absent" if found is None else "has no value"
        return Verdict(negated and getattr(e, "or_absent", False), (Reason(what, e.ref),))
    equal = any(_equal(value, wanted) for value in given for wanted in e.values)
    return Verdict(equal is not negated, (Reason("is" if equal else "is not", e.ref, e.values),))


def _equal(value: str, wanted: str) -> bool:
    if value == wanted:
        return True
    if wanted[:1].isalpha():
        return False
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
    _, values = _look(e.ref, chain, around)
    numbers = [_float(value) for value in values or () if value]
    if values is None or any(each is None for each in numbers):
        return Verdict(None, (Reason("is not a number", e.ref),))
    if not numbers:
        return Verdict(truth=False, reasons=(Reason("is absent or has no value", e.ref),))
    holds = any(_COMPARISONS[e.comparison](each or 0.0, float(e.number)) for each in numbers)
    not_ = "" if holds else "not "
    what = f"{e.comparison.value.replace('is ', f'is {not_}', 1)} {e.number}"
    return Verdict(holds, (Reason(what, e.ref),))


def _same(e: c.Same | c.Different, chain: Chain, around: Surroundings) -> Verdict:
    sides = []
    for ref in (e.left, e.right):
        found = find(ref, chain)
        values = _values(ref, found) if found is not None else ()
        if values is None:
            return Verdict(None, (Reason("can't be decoded", ref),))
        if not any(values):
            return Verdict(truth=False, reasons=(Reason("is absent or has no value", ref),))
        sides.append(values)
    equal = len(sides[0]) == len(sides[1]) and all(map(_equal, *sides))
    what = f"{'equals' if equal else 'differs from'} {around.keyword(number(e.right.tag))}"
    return Verdict(equal is isinstance(e, c.Same), (Reason(what, e.left),))


def _counted(e: c.ItemsNumber | c.ValuesNumber, chain: Chain, _: Surroundings) -> Verdict:
    found = find(e.ref, chain)
    if found is None:
        count = 0
    elif isinstance(e, c.ItemsNumber):
        count = len(found.items())
    else:
        values = data.strings(found.element)
        if values is None:
            return Verdict(None, (Reason("can't be decoded", e.ref),))
        count = len(values)
    unit = "Items" if isinstance(e, c.ItemsNumber) else "Values"
    holds = _COMPARISONS[e.comparison](count, float(e.number))
    return Verdict(holds, (Reason(f"has {count} {unit}", e.ref),))


def _code(e: c.HasCode | c.HasNoCode, chain: Chain, _: Surroundings) -> Verdict:
    found = find(e.ref, chain)
    items = found.items() if found is not None else []
    if not items:
        return Verdict(truth=False, reasons=(Reason("has no Items", e.ref),))
    truths = [_matches(item, code) for item in items for code in e.codes]
    truth: Truth = True if True in truths else None if None in truths else False
    what = "has" if truth else "has not" if truth is False else "may have"
    meant = " or ".join(code.value for code in e.codes)
    reasons = (Reason(f"{what} the code {meant}", e.ref),)
    if truth is None or isinstance(e, c.HasCode):
        return Verdict(truth, reasons)
    return Verdict(not truth, reasons)


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
        return Verdict(truth=False, reasons=(Reason("has no Items", e.ref),))
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


def _reasons(verdicts: list[Verdict]) -> tuple[Reason, ...]:
    return tuple(reason for verdict in verdicts for reason in verdict.reasons)


def _referred(e: c.ItemReferredTo, chain: Chain, around: Surroundings) -> Verdict:
    by, sequence = find(e.by, chain), find(e.ref, chain)
    wanted = _values(e.by, by) if by is not None else None
    if not wanted or sequence is None:
        return Verdict(None, (Reason("refers to no Item here", e.by),))
    for inner in sequence.places(number(e.ref.tag)):
        key = find(c.Ref(e.key.tag, e.key.number, c.Scope.ITEM), inner)
        values = _values(e.key, key) if key is not None else None
        if values and _equal(values[0], wanted[0]):
            return evaluate(e.holds, inner, around)
    return Verdict(None, (Reason("refers to no Item here", e.by),))


def _position(e: c.FirstItem | c.LastItem, chain: Chain, _: Surroundings) -> Verdict:
    inside = chain[1:-1] if e.enclosing else chain[1:]
    if not inside:
        return Verdict(None, (Reason("there is no Item around it"),))
    place: Place = inside[-1]
    which, holds = (
        ("first", place.number == 1)
        if isinstance(e, c.FirstItem)
        else ("last", place.number == place.of)
    )
    return Verdict(holds, (Reason(f"Item {place.number} is {'' if holds else 'not '}the {which}"),))


def _within(e: c.Within, chain: Chain, around: Surroundings) -> Verdict:
    wanted = {number(tag) for tag in e.tags}
    inside = next((place.sequence for place in chain if place.sequence in wanted), None)
    if inside is None:
        return Verdict(truth=False, reasons=(Reason("it is not within that Sequence"),))
    return Verdict(truth=True, reasons=(Reason(f"it is within {around.keyword(inside)}"),))


def _iod(e: c.IODIs, _: Chain, around: Surroundings) -> Verdict:
    if around.iod is None:
        return Verdict(None, (Reason("the IOD is not known"),))
    return Verdict(around.iod in e.names, (Reason(f"the IOD is {around.iod}"),))


def _module(e: c.ModulePresent, _: Chain, around: Surroundings) -> Verdict:
    there = around.module_present(e.name)
    what = "may be" if there is None else "is" if there else "is not"
    return Verdict(there, (Reason(f"the Module {e.name} {what} present"),))


def _transfer_syntax(e: c.TransferSyntaxIs, _: Chain, around: Surroundings) -> Verdict:
    if around.transfer_syntax_uid is None:
        return Verdict(None, (Reason("the Transfer Syntax is not known"),))
    return Verdict(
        around.transfer_syntax_uid in e.uids,
        (Reason(f"the Transfer Syntax is {around.transfer_syntax_uid}"),),
    )


def _not(e: c.Not, chain: Chain, around: Surroundings) -> Verdict:
    verdict = evaluate(e.of, chain, around)
    return Verdict(None if verdict.truth is None else not verdict.truth, verdict.reasons)


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
    c.Judgement: lambda e, _, __: Verdict(None, (Reason("people judge:", None, (e.what,)),)),
    c.Unparsed: lambda e, _, __: Verdict(None, (Reason("not read:", None, (e.paragraph,)),)),
    c.Not: _not,
    c.And: lambda e, chain, around: _all([evaluate(part, chain, around) for part in e.of]),
    c.Or: lambda e, chain, around: _any([evaluate(part, chain, around) for part in e.of]),
}
