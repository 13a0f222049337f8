"""Types 1 and 2 of the Attributes themselves (PS3.5 7.4); 1C and 2C are not decided yet."""

from collections.abc import Iterator

from dicomspec.model import Type
from dicomspec.validation.visit import Found, Visit


def absent(visit: Visit) -> Iterator[Found]:
    """Report an absent Attribute that its Type demands."""
    slot, rule = visit.slot, visit.slot.base
    if rule is not None:
        # PS3.5 7.4.1
        if slot.base_type is Type.TYPE_1:
            yield visit.finding("attribute/type-1-missing", rule, f"{_name(visit)} is absent.")
        # PS3.5 7.4.3
        elif slot.base_type is Type.TYPE_2:
            yield visit.finding("attribute/type-2-missing", rule, f"{_name(visit)} is absent.")
    for conditional in slot.conditional:
        yield visit.undecided(conditional)


def empty(visit: Visit) -> Iterator[Found]:
    """Report an Attribute without a value that has to have one."""
    slot, rule = visit.slot, visit.slot.base
    # PS3.5 7.4.1; a Functional Group's own Type 1 holds wherever it is present
    if rule is not None and rule.type is Type.TYPE_1 and visit.empty:
        what = "has no Items" if visit.items is not None else "has no value"
        yield visit.finding("attribute/type-1-empty", rule, f"{_name(visit)} {what}.")
    for conditional in slot.conditional:
        yield visit.undecided(conditional)


def _name(visit: Visit) -> str:
    return visit.slot.first.attribute.name
