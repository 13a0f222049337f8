"""What an IOD's own sections lay down of its Attributes' presence (PS3.3 Annex A).

How it decides:
1. A constraint is for each Item at the place that its path leads to; a Sequence that holds itself
   (Content Sequence) counts once, at any depth.
2. What is forbidden there is a finding when it is there; what has to be there is one when it isn't,
   unless the Attribute's own Type already says so.
3. One whose condition is unknown is listed as not evaluated.
What is laid down of values is a list among those of the rows (see `lists`), Modules that are
excluded are as those whose condition forbids them (see `modules`).
"""

from collections.abc import Iterator
from dataclasses import replace

from dicomspec.findings import Finding, NotEvaluated
from dicomspec.model import Conditional, Otherwise, PresenceConstraint
from dicomspec.validation.conditions import Decision, Outcome, decide
from dicomspec.validation.level import DEMANDED, Level
from dicomspec.validation.plan import place
from dicomspec.validation.scope import number
from dicomspec.validation.visit import Found, ItemVisit, Run, names, reason


def has_constraints(run: Run, _level: Level, _tags: frozenset[int]) -> bool:
    """Say whether the IOD's own sections lay down anything."""
    return bool(run.plan.presence)


def presence(visit: ItemVisit) -> Iterator[Found]:
    """Report Attributes that the IOD forbids, or requires, beside what their rows say."""
    constraints = visit.run.plan.presence
    # PS3.3 Annex A: the constraints stand in the IOD's own sections
    for each in constraints.get(place(visit.steps), ()):
        tag = number(each.path[-1])
        if (tag in visit.dataset) is each.forbidden and not _said(visit, each, tag):
            yield from _found(visit, each, tag)


def _said(visit: ItemVisit, each: PresenceConstraint, tag: int) -> bool:
    """Say whether a row says it already, or a finding on the whole Module."""
    if not each.forbidden and not visit.steps and tag in visit.run.covered:
        return True
    slot = visit.slot(tag)
    return not each.forbidden and slot is not None and slot.base_type in DEMANDED


def _found(visit: ItemVisit, each: PresenceConstraint, tag: int) -> Iterator[Found]:
    decision = Decision(Outcome.REQUIRED)
    if each.condition is not None:
        decision = decide(each.condition, visit.chain, visit.run.around)
    if decision.outcome is Outcome.REQUIRED:
        yield _finding(visit, each, tag, decision)
    elif decision.outcome is Outcome.UNKNOWN:
        yield _undecided(visit, each, tag, decision)


def _finding(visit: ItemVisit, each: PresenceConstraint, tag: int, why: Decision) -> Finding:
    run = visit.run
    code = f"attribute/type-1{'c' if each.condition else ''}-missing"
    what = "is absent, and required"
    if each.forbidden:
        code, what = "attribute/not-permitted", "is present, and not permitted"
    message = f"{_name(visit, tag)} {what} in a {run.plan.iod.name}."
    citation = run.edition.cite_place(each.section, each.page)
    found = visit.finding(code, tag, message, citation)
    if each.condition is None:
        return found
    condition = each.condition
    if isinstance(condition, Conditional):
        # nothing is forbidden by what only requires it
        condition = replace(condition, otherwise=Otherwise.MAY)
    return replace(found, condition=run.wording.said(condition), because=why.because)


def _undecided(visit: ItemVisit, each: PresenceConstraint, tag: int, why: Decision) -> NotEvaluated:
    run = visit.run
    assert each.condition is not None  # what has none is decided
    return NotEvaluated(
        location=visit.location(tag),
        module=run.plan.iod.name,
        type="1C",
        reason=reason(each.condition, why),
        citation=run.edition.cite_place(each.section, each.page, each.condition.paragraph),
        what=run.wording.said(each.condition),
        because=why.because,
    )


def _name(visit: ItemVisit, tag: int) -> str:
    element = visit.run.edition.element(tag)
    return (
        element.name if element is not None and element.name else names(visit.run.edition, tag)[0]
    )
