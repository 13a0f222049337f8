"""What a tool says of presence in a file, and where two tools disagree.

How they are compared:
1. Only what a tool says of presence counts: something is missing, has no value, or is there and may
   not be. What else it says is counted by kind (`set_aside`), so that nothing gets lost unseen. No
   value of a data set is kept.
2. A place is a path of tags without Item numbers: the same thing said of many Items is one Remark.
3. A missing Module is one finding of ours, and with the peers one for each of its Attributes: it
   agrees with any of these. What is missing in the shared Item of Functional Groups may be said of
   the frames' Items as well.
4. What isn't permitted agrees with a peer's word that the IOD doesn't have it at all.
5. A tool that crashes, can't read a file or doesn't know its SOP Class has no opinion on it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

SHARED, PER_FRAME = "(5200,9229)", "(5200,9230)"


class Kind(Enum):
    """What is wrong with the presence of an Attribute."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_PERMITTED = "not permitted"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a tool says of one place: an Attribute's path, or "Module …".

    `code` is our code, or the peer's kind. `covers` are the places for which it stands besides.
    """

    kind: Kind
    place: str
    code: str
    covers: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def places(self) -> frozenset[str]:
        """Every place that it is said of."""
        return self.covers | {self.place, _in_other_groups(self.place)}


@dataclass(slots=True)
class Opinion:
    """What a tool says of one file; `none` is why it has nothing to say."""

    remarks: set[Remark] = field(default_factory=set)
    not_in_iod: set[str] = field(default_factory=set)
    set_aside: Counter[str] = field(default_factory=Counter)
    none: str = ""


def only_in(left: Opinion, right: Opinion) -> Iterator[Remark]:
    """Yield, in order, the Remarks of one Opinion that the other doesn't share."""
    for remark in sorted(left.remarks, key=lambda each: (each.place, each.code)):
        if not any(_agree(remark, other) for other in right.remarks) and not (
            remark.kind is Kind.NOT_PERMITTED and remark.places & right.not_in_iod
        ):
            yield remark


def _agree(left: Remark, right: Remark) -> bool:
    return left.kind is right.kind and bool(left.places & right.places)


def _in_other_groups(place: str) -> str:
    """Return the same place in the frames' Items for one in the shared Item, and the reverse."""
    for one, other in ((SHARED, PER_FRAME), (PER_FRAME, SHARED)):
        if place.startswith(f"{one}."):
            return place.replace(one, other, 1)
    return place
