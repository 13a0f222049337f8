"""Three-valued evaluation of conditions, with the reasons (SEMANTICS: Conditions).

How it decides:
1. `predicates` tells the truth of what asks one Attribute, one Item or the surroundings.
2. `And` is false if a part is, unknown if one is unknown otherwise; `Or` likewise the other way
   round; the reasons are those of the parts that decided.
3. Where only the truth is asked for, `truths` has it without the reasons.
4. The outcome of a condition: required if `required` is true; else forbidden or permitted if these
   are; else what holds otherwise. What is unknown leaves open every outcome that it could lead to:
   if they are the same, that is the outcome, else it is unknown.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from dicomspec.model import condition as c
from dicomspec.validation.predicates import PREDICATES, by_element, equal_values, values_of
from dicomspec.validation.scope import Chain, Found, find, number
from dicomspec.validation.truths import Ask, compiled
from dicomspec.validation.verdict import Evaluator, Reason, Surroundings, Truth, Verdict


class Outcome(Enum):
    """What a condition makes of an Attribute or Module in one place."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"


class Decision(NamedTuple):
    """An outcome, and what decided it; `doubted` where what would decide it is missing.

    `asked` is the condition that decided, and from where it was asked; its reasons are found when
    they are to be shown.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    keyword: Callable[[int], str] = str
    doubted: bool = False
    asked: tuple[c.Conditional, Chain, Surroundings] | None = None

    @property
    def because(self) -> tuple[str, ...]:
        """The reasons in words, each once."""
        if self.asked is None:
            return _worded(self.reasons, self.keyword)
        condition, chain, around = self.asked
        if condition.forbidden is not None or condition.permitted is not None:
            return _worded(_why(condition, chain, around), around.keyword)
        if isinstance(condition.required, c.Judgement):
            return _judged(condition.required)
        if condition.required is not None and self.outcome is Outcome.UNKNOWN:
            return _worded(_open(condition.required, chain, around), around.keyword)
        return _worded(_clause(condition.required, chain, around).reasons, around.keyword)


def decide(condition: c.Condition, chain: Chain, around: Surroundings) -> Decision:
    """Return what a condition makes of what stands at the end of a Chain."""
    return decision(outcome(condition, chain, around), condition, chain, around)


def outcome(condition: c.Condition, chain: Chain, around: Surroundings) -> Outcome:
    """Return what a condition comes to, without what decided it."""
    known = _asks.get(id(condition)) or _compiled(condition)
    return known[1](chain, around)


def decision(
    outcome: Outcome, condition: c.Condition, chain: Chain, around: Surroundings
) -> Decision:
    """Return an outcome with what decided it."""
    if isinstance(condition, c.Unparsed):
        return Decision(outcome, (Reason("a text that is not read"),))
    return Decision(outcome, asked=(condition, chain, around))


_Ask = Callable[[Chain, Surroundings], Outcome]
_asks: dict[int, tuple[c.Condition, _Ask]] = {}  # by id: to hash a condition takes longer
_KEPT = 1 << 16


def _compiled(condition: c.Condition) -> tuple[c.Condition, _Ask]:
    """Compile what asks the outcome of a condition, and keep it."""
    if len(_asks) >= _KEPT:
        _asks.clear()
    ask = _undecided if isinstance(condition, c.Unparsed) else _compile(condition)
    known = _asks[id(condition)] = (condition, ask)
    return known


def _undecided(_: Chain, __: Surroundings) -> Outcome:
    return Outcome.UNKNOWN


def _compile(condition: c.Conditional) -> _Ask:
    required, forbidden, permitted = (
        compiled(clause, _truth)
        for clause in (condition.required, condition.forbidden, condition.permitted)
    )
    otherwise = condition.otherwise
    if condition.forbidden is None and condition.permitted is None:
        return _simple(required, next(iter(_possible(otherwise, False, False))))  # noqa: FBT003

    def ask(chain: Chain, around: Surroundings) -> Outcome:
        needed = required(chain, around)
        if needed:
            return Outcome.REQUIRED
        outcomes = _possible(otherwise, forbidden(chain, around), permitted(chain, around))
        if len(outcomes) == 1 and needed is False:
            return next(iter(outcomes))
        return Outcome.UNKNOWN

    return ask


def _simple(required: Ask, otherwise: Outcome) -> _Ask:
    """Return what asks the outcome of a condition that says when it requires, and no more."""

    def ask(chain: Chain, around: Surroundings) -> Outcome:
        needed = required(chain, around)
        if needed is False:
            return otherwise
        return Outcome.REQUIRED if needed else Outcome.UNKNOWN

    return ask


def _truth(expression: c.Expression, chain: Chain, around: Surroundings) -> Truth:
    return evaluate(expression, chain, around).truth


def _why(condition: c.Conditional, chain: Chain, around: Surroundings) -> tuple[Reason, ...]:
    """Return the reasons of what a condition of several clauses comes to."""
    required = _clause(condition.required, chain, around)
    if required.truth:
        return required.reasons
    forbidden = _clause(condition.forbidden, chain, around)
    permitted = _clause(condition.permitted, chain, around)
    return required.reasons + forbidden.reasons + permitted.reasons


def _open(expression: c.Expression, chain: Chain, around: Surroundings) -> tuple[Reason, ...]:
    """Return the reasons of an expression that is unknown: those of its parts that are."""
    if not isinstance(expression, c.And | c.Or):
        return evaluate(expression, chain, around).reasons
    parts = [part for part in expression.of if _ask(part)(chain, around) is None]
    return tuple(reason for part in parts for reason in _open(part, chain, around))


_truths: dict[int, tuple[c.Expression, Ask]] = {}  # as `_asks`


def _ask(part: c.Expression) -> Ask:
    known = _truths.get(id(part))
    if known is None:
        if len(_truths) >= _KEPT:
            _truths.clear()
        known = _truths[id(part)] = (part, compiled(part, _truth))
    return known[1]


@lru_cache(maxsize=_KEPT)
def _judged(judgement: c.Judgement) -> tuple[str, ...]:
    return _worded(_EVALUATORS[c.Judgement](judgement, (), _NOTHING).reasons, str)


def _worded(reasons: tuple[Reason, ...], keyword: Callable[[int], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.words(keyword) for reason in reasons))


_NOTHING = Surroundings(str)
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


def _item(e: c.SomeItem | c.EveryItem, found: Found | None, around: Surroundings) -> Verdict:
    if found is None or len(found.chain) > 1 or found.chain[0].group:
        return _of_items(e, found, around)
    if e not in around.seen:  # Items at the root are the same from wherever they are looked for
        around.seen[e] = _of_items(e, found, around)
    known: Verdict = around.seen[e]
    return known


def _of_items(e: c.SomeItem | c.EveryItem, found: Found | None, around: Surroundings) -> Verdict:
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
    wanted = values_of(e.by, by)
    if not wanted or sequence is None:
        return Verdict(None, (Reason("refers to no Item here", e.by),))
    for inner in sequence.places(number(e.ref.tag)):
        key = find(c.Ref(e.key.tag, e.key.number, c.Scope.ITEM), inner)
        values = values_of(e.key, key)
        if values and equal_values(values[0], wanted[0]):
            return evaluate(e.holds, inner, around)
    return Verdict(None, (Reason("refers to no Item here", e.by),))


def _not(e: c.Not, chain: Chain, around: Surroundings) -> Verdict:
    verdict = evaluate(e.of, chain, around)
    return Verdict(None if verdict.truth is None else not verdict.truth, verdict.reasons)


_EVALUATORS: Mapping[type, Evaluator] = {
    **PREDICATES,
    c.SomeItem: by_element(_item),
    c.EveryItem: by_element(_item),
    c.ItemReferredTo: _referred,
    c.Not: _not,
    c.And: lambda e, chain, around: _all([evaluate(part, chain, around) for part in e.of]),
    c.Or: lambda e, chain, around: _any([evaluate(part, chain, around) for part in e.of]),
}
