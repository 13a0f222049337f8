"""Types 1, 1C, 2 and 2C of the Attributes themselves (PS3.5 7.4, the table in SEMANTICS: Types).

How they decide:
1. A certain Type 1 or 2 comes first; a conditional row is looked at only where it could ask for
   more.
2. Of several rows that are required, the strictest makes the finding; one fault is one finding.
3. "Not permitted" holds only where every row that has the Attribute forbids it.
4. What is forbidden only because of what is missing (see `doubt`) is listed as not decided.
5. What can't be decided is listed, unless every outcome that is left open comes to the same: an
   Attribute of Type 1C without a value is a fault in any case, and so is an Item of a Code Sequence
   with none of the three Values that hold a code.
"""

from collections.abc import Iterator

from dicomspec.model import Otherwise, Type, Unparsed
from dicomspec.validation.checks.codes import CODE_VALUE, CODE_VALUES, has_no_code
from dicomspec.validation.conditions import Decision, Outcome
from dicomspec.validation.doubt import doubt
from dicomspec.validation.level import Rule, Slot
from dicomspec.validation.visit import Found, Run, Visit

_OF_TYPE_1 = frozenset({Type.TYPE_1, Type.TYPE_1C})


def absent(visit: Visit) -> Iterator[Found]:
    """Report an absent Attribute that its Type demands."""
    slot, rule = visit.slot, visit.slot.base
    if rule is not None and slot.demanded:
        # PS3.5 7.4.1, 7.4.3
        yield visit.finding(_code(rule, "missing"), rule, f"{_name(visit)} is absent.")
        return
    outcomes = visit.outcomes
    if not (
        Outcome.UNKNOWN in outcomes or Outcome.REQUIRED in outcomes or visit.tag in CODE_VALUES
    ):
        return
    pairs = zip(slot.conditional, outcomes, strict=True)
    asking = [(rule, outcome) for rule, outcome in pairs if rule.asks]
    for rule, outcome in asking:
        # PS3.5 7.4.2, 7.4.4
        if outcome is Outcome.REQUIRED:
            what = f"{_name(visit)} is absent, and required here."
            because = visit.decide(rule).because
            yield visit.finding(_code(rule, "missing"), rule, what, because)
            return
    if asking and has_no_code(visit):
        yield from _no_code(visit, asking[0][0])
        return
    for rule, outcome in asking:
        if outcome is Outcome.UNKNOWN:
            yield visit.undecided(rule, visit.decide(rule))


def _no_code(visit: Visit, rule: Rule) -> Iterator[Found]:
    """Report once, at Code Value, that an Item has none of the three Values that hold a code."""
    if visit.tag == CODE_VALUE:
        what = "Code Value is absent, and so are Long Code Value and URN Code Value."
        because = ("LongCodeValue is absent", "URNCodeValue is absent")
        yield visit.finding(_code(rule, "missing"), rule, what, because)


def empty(visit: Visit) -> Iterator[Found]:
    """Report an Attribute without a value that has to have one; it is known to have none."""
    what = f"{_name(visit)} {'has no Items' if visit.items is not None else 'has no value'}."
    rule = visit.slot.base
    # PS3.5 7.4.1; a Functional Group's own Type 1 holds wherever it is present
    if rule is not None and rule.type is Type.TYPE_1:
        yield visit.finding("attribute/type-1-empty", rule, what)
        return
    valued = [(rule, decision) for rule, decision in visit.decisions if rule.type in _OF_TYPE_1]
    for rule, decision in valued:
        # PS3.5 7.4.2: where it may be present, it shall have a value
        if decision.outcome in {Outcome.REQUIRED, Outcome.OPTIONAL} or _never_forbidden(rule):
            yield visit.finding(_code(rule, "empty"), rule, what, decision.because)
            return
    if valued and not _may_be_empty(visit):
        # PS3.5 7.4.2: required, it needs a value; not required, it shall not be there
        rule, decision = min(valued, key=lambda pair: pair[1].outcome is Outcome.FORBIDDEN)
        yield visit.finding(_code(rule, "empty"), rule, what, decision.because)
        return
    for rule, decision in valued:
        if decision.outcome is Outcome.UNKNOWN:
            yield visit.undecided(rule, decision)


def _may_be_empty(visit: Visit) -> bool:
    """Say whether a row of another Type than 1 and 1C may permit the Attribute without a value."""
    if visit.slot.sure:
        return True
    return any(
        decision.outcome is not Outcome.FORBIDDEN
        for rule, decision in visit.decisions
        if rule.type not in _OF_TYPE_1
    )


def may_forbid(slot: Slot) -> bool:
    """Say whether nothing names a Slot's Attribute for certain, so that it may be forbidden."""
    return not slot.sure and bool(slot.conditional)


def not_permitted(visit: Visit) -> Iterator[Found]:
    """Report an Attribute that every row that has it forbids here."""
    outcomes = visit.outcomes
    if Outcome.REQUIRED in outcomes or Outcome.OPTIONAL in outcomes:
        return
    rules = visit.slot.conditional
    if Outcome.UNKNOWN in outcomes:
        for each, outcome in zip(rules, outcomes, strict=True):
            if outcome is Outcome.UNKNOWN and not _never_forbidden(each) and not visit.empty:
                yield visit.undecided(each, visit.decide(each))
                return
    # PS3.5 7.4.2, 7.4.4; `empty` reports one of Type 1C without a value
    elif not visit.empty or rules[0].type not in _OF_TYPE_1:
        for each in rules:
            if unsure := _doubt(visit, each):
                yield visit.undecided(each, unsure)
                return
        what = f"{_name(visit)} is present, and not permitted here."
        because = visit.decide(rules[0]).because
        yield visit.finding("attribute/not-permitted", rules[0], what, because)


def _doubt(visit: Visit, rule: Rule) -> Decision | None:
    """Return why a rule may not forbid the Attribute after all, None if it does."""
    if not isinstance(visit.setting, Run):
        return None
    return doubt((*rule.source.includes, rule.condition), visit.chain, visit.setting)


def _never_forbidden(rule: Rule) -> bool:
    """Say whether a rule's condition, whatever it comes to, lets the Attribute be there."""
    condition = rule.condition
    if rule.source.includes or condition is None or isinstance(condition, Unparsed):
        return False
    return condition.otherwise is Otherwise.MAY and condition.forbidden is None


def _code(rule: Rule, what: str) -> str:
    assert rule.type is not None  # only rules of Types 1 to 2C get here
    return f"attribute/type-{rule.type.value.lower()}-{what}"


def _name(visit: Visit) -> str:
    return visit.slot.first.attribute.name
