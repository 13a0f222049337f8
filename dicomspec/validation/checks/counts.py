"""Numbers of Values that rows and sections narrow, beyond the registry's multiplicity (PS3.5 6.4).

How it decides:
1. A number counts if the Includes above its row and its own condition hold, and the row doesn't
   forbid the Attribute. Of several that count, the first that is broken makes the finding.
2. One fault is one finding: what the registry's multiplicity doesn't allow is told by `values`.
3. An element without a Value is a matter of its Type; an empty one of several is there all the
   same. Where the number of Values can't be told, nothing is said.
4. A number whose condition is unknown is listed as not evaluated where it is broken.
"""

from collections.abc import Iterator
from dataclasses import replace

from dicomspec import dataset as data
from dicomspec.findings import NotEvaluated
from dicomspec.model import Conditional, ValueCount
from dicomspec.validation.checks import multiplicity
from dicomspec.validation.conditions import decide
from dicomspec.validation.level import Counted, Rule, Slot
from dicomspec.validation.visit import Found, Visit, reason

_Broken = tuple[Rule, Counted]


def has_counts(slot: Slot) -> bool:
    """Say whether a row or section narrows how many Values a Slot's Attribute may have."""
    return any(rule.counts for rule in slot.rules)


def not_so_many(visit: Visit) -> Iterator[Found]:
    """Report more or fewer Values than a row, or the section that it refers to, allows."""
    number = 0 if visit.empty else data.how_many(visit.element)
    if not number:
        return
    broken = [
        (rule, each)
        for rule in visit.slot.rules
        for each in rule.counts
        if not _within(number, each.count)
    ]
    if not broken or not _registered(visit, number):
        return
    unknown: _Broken | None = None
    for rule, each in broken:
        applies = visit.applies(rule, each.count.condition)
        # PS3.5 6.4
        if applies:
            yield _finding(visit, rule, each, number)
            return
        if applies is None and unknown is None:
            unknown = rule, each
    if unknown is not None:
        yield _undecided(visit, *unknown)


def _within(number: int, count: ValueCount) -> bool:
    return number >= count.minimum and (count.maximum is None or number <= count.maximum)


def _registered(visit: Visit, number: int) -> bool:
    """Say whether the registry allows so many Values."""
    known = visit.setting.edition.element(visit.tag)
    return known is None or known.retired or multiplicity.allows(known.vm, number)


def _finding(visit: Visit, rule: Rule, each: Counted, number: int) -> Found:
    message = multiplicity.words(_wanted(each.count), number, rule.attribute.name)
    condition = each.count.condition
    because = () if condition is None else _because(visit, each)
    found = visit.finding("value/multiplicity", rule, message, because)
    return replace(found, citation=each.citation, condition=_said(visit, each))


def _because(visit: Visit, each: Counted) -> tuple[str, ...]:
    condition = each.count.condition
    assert condition is not None  # who asks has looked
    return decide(condition, visit.chain, visit.setting.around).because


def _undecided(visit: Visit, rule: Rule, each: Counted) -> NotEvaluated:
    why, condition = visit.included(rule), each.count.condition
    if why is not None:
        return replace(visit.undecided(rule, why), type="values", citation=each.citation)
    assert condition is not None  # one without is known to count
    decision = decide(condition, visit.chain, visit.setting.around)
    return NotEvaluated(
        location=visit.location,
        module=rule.source.owner.name,
        type="values",
        reason=reason(condition, decision),
        citation=each.citation,
        what=_said(visit, each),
        because=decision.because,
    )


def _said(visit: Visit, each: Counted) -> str:
    """Return on what condition a number counts, as a sentence."""
    wording, condition = visit.setting.wording, each.count.condition
    if isinstance(condition, Conditional) and condition.required is not None:
        return f"So many Values when {wording.named(wording.expression(condition.required))}."
    return "" if condition is None else wording.said(condition)


def _wanted(count: ValueCount) -> str:
    """Return a number of Values as the registry prints one."""
    if count.minimum == count.maximum:
        return f"{count.minimum}"
    return f"{count.minimum}-{'n' if count.maximum is None else count.maximum}"
