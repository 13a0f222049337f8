"""Sequences: that they are ones, and the number of their Items (PS3.3 5.2)."""

from collections.abc import Iterator

from dicomspec.model import ItemCount
from dicomspec.validation.level import Slot
from dicomspec.validation.visit import Found, Visit


def has_rows(slot: Slot) -> bool:
    """Say whether rows are nested under a Slot's Attribute."""
    return slot.sequence


def counts_items(slot: Slot) -> bool:
    """Say whether a row of a Slot says how many Items there may be."""
    return any(rule.attribute.items is not None for rule in slot.rules)


def is_sequence(visit: Visit) -> Iterator[Found]:
    """Report an Attribute with nested rows whose element holds no Items, but a value."""
    rule = next((rule for rule in visit.slot.rules if rule.children), None)
    # PS3.5 7.5: a Sequence of Items is encoded with the VR SQ
    if rule is not None and visit.items is None and not visit.empty:
        name = visit.slot.first.attribute.name
        yield visit.finding(
            "sequence/not-a-sequence", rule, f"{name} is not encoded as a Sequence."
        )


def item_count(visit: Visit) -> Iterator[Found]:
    """Report a number of Items that isn't allowed; none at all is a matter of the Type."""
    if not visit.items:
        return
    count = len(visit.items)
    for rule in visit.slot.rules:
        allowed = rule.attribute.items
        # PS3.3 5.2
        if rule.certain and allowed is not None and not _within(count, allowed):
            name = rule.attribute.name
            yield visit.finding(
                "sequence/item-count", rule, f"{name} has {_items(count)}; {_wanted(allowed)}."
            )
            return


def _within(count: int, allowed: ItemCount) -> bool:
    return count >= allowed.minimum and (allowed.maximum is None or count <= allowed.maximum)


def _items(count: int) -> str:
    return f"{count} Item" if count == 1 else f"{count} Items"


def _wanted(allowed: ItemCount) -> str:
    if allowed.maximum is None:
        return f"at least {allowed.minimum} are asked for"
    if allowed.minimum == allowed.maximum:
        return (
            f"exactly {allowed.maximum} is allowed"
            if allowed.maximum == 1
            else (f"exactly {allowed.maximum} are allowed")
        )
    return f"at most {allowed.maximum} {'is' if allowed.maximum == 1 else 'are'} allowed"
