"""Coded entries as a whole (PS3.3 8)."""

from dicomspec.validation.visit import Visit

CODE_VALUE = 0x00080100
CODE_VALUES = (CODE_VALUE, 0x00080119, 0x00080120)  # Long Code Value, URN Code Value


def has_no_code(visit: Visit) -> bool:
    """Say whether a Value is one of the three that hold a code, and its Item has none of them.

    Which of them has to be there hangs on the code, which isn't known then; that one has doesn't.
    """
    if visit.tag not in CODE_VALUES:
        return False
    place = visit.chain[-1]
    slots = place.level.slots if place.level is not None else {}
    # PS3.3 8.1: whatever the length of a code, and whether or not it is a URN, one of them holds it
    return not any(tag in place.dataset for tag in CODE_VALUES) and all(
        tag in slots and any(visit.included(rule) is None for rule in slots[tag].rules)
        for tag in CODE_VALUES
    )
