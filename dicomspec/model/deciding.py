"""What can decide a condition: every data set, some data sets, or only people.

How it classes:
1. A condition with a text that isn't read is unparsed; one without a Judgement is of the class
   machine.
2. Another is partly if there is a data set that settles its outcome whatever people would judge,
   else judgement. That two parts may contradict each other isn't looked at.
"""

from enum import Enum

from dicomspec.model.condition import (
    And,
    Condition,
    Conditional,
    EveryItem,
    Expression,
    ItemReferredTo,
    Judgement,
    Not,
    Or,
    Otherwise,
    SomeItem,
    Unparsed,
    parts,
)


class Class(Enum):
    """What can decide a condition: every data set, some, only people; or it isn't read."""

    MACHINE = "machine"
    PARTLY = "partly"
    JUDGEMENT = "judgement"
    UNPARSED = "unparsed"


def classify(condition: Condition) -> Class:
    """Return whether every data set decides a condition, some do, or only people can."""
    every = tuple(parts(condition))
    if isinstance(condition, Unparsed) or any(isinstance(part, Unparsed) for part in every):
        return Class.UNPARSED
    if not any(isinstance(part, Judgement) for part in every):
        return Class.MACHINE
    return Class.PARTLY if _decidable(condition) else Class.JUDGEMENT


def _decidable(condition: Conditional) -> bool:
    """Say whether a data set can decide the outcome, whatever people would judge."""
    if can_be(condition.required, truth=True):
        return True
    if not can_be(condition.required, truth=False):
        return False
    may, permitted = condition.otherwise is Otherwise.MAY, condition.permitted
    absent = can_be(permitted, truth=False)
    settled = may or absent or can_be(permitted, truth=True)
    if can_be(condition.forbidden, truth=True):
        return True
    return settled if can_be(condition.forbidden, truth=False) else absent and not may


def can_be(of: Expression | None, *, truth: bool) -> bool:
    """Say whether a data set can make an expression true (or false) beyond people's judgement.

    That two parts may contradict each other isn't looked at; no expression at all is false.
    """
    if of is None:
        return not truth
    if isinstance(of, Judgement | Unparsed):
        return False
    if isinstance(of, And | Or):
        together = truth is isinstance(of, And)
        return (all if together else any)(can_be(part, truth=truth) for part in of.of)
    if isinstance(of, Not):
        return can_be(of.of, truth=not truth)
    if isinstance(of, SomeItem | EveryItem):
        return not truth or can_be(of.holds, truth=True)
    return not isinstance(of, ItemReferredTo) or can_be(of.holds, truth=truth)
