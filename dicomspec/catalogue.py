"""The whole catalogue: every code that a finding may have.

How it decides:
1. A code is in CATALOGUE or it doesn't exist: a Finding with another code raises KeyError.
2. A code never says its severity; the catalogue gives the default, a profile may set another.
"""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the catalogue: the code's default severity, its meaning, the clause it rests on."""

    severity: Severity
    meaning: str
    clause: str


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CATALOGUE: dict[str, Entry] = {
    "module/mandatory-missing": Entry(
        _E, "A Module of Usage M has none of its Attributes in the data set.", "PS3.3 A.1.3.1"
    ),
    "module/conditional-missing": Entry(
        _E, "A Module whose condition holds has none of its Attributes there.", "PS3.3 A.1.3.2"
    ),
    "module/not-permitted": Entry(
        _E, "A Module is present though its condition doesn't hold.", "PS3.3 A.1.3.2"
    ),
    "attribute/type-1-missing": Entry(_E, "An Attribute of Type 1 is absent.", "PS3.5 7.4.1"),
    "attribute/type-1-empty": Entry(
        _E, "An Attribute of Type 1 is present without a value.", "PS3.5 7.4.1"
    ),
    "attribute/type-1c-missing": Entry(
        _E, "An Attribute of Type 1C is absent though its condition holds.", "PS3.5 7.4.2"
    ),
    "attribute/type-1c-empty": Entry(
        _E, "An Attribute of Type 1C is present without a value.", "PS3.5 7.4.2"
    ),
    "attribute/type-2-missing": Entry(_E, "An Attribute of Type 2 is absent.", "PS3.5 7.4.3"),
    "attribute/type-2c-missing": Entry(
        _E, "An Attribute of Type 2C is absent though its condition holds.", "PS3.5 7.4.4"
    ),
    "attribute/not-permitted": Entry(
        _E,
        "A conditional Attribute is present though nothing permits it there.",
        "PS3.5 7.4.2, 7.4.4",
    ),
    "sequence/item-count": Entry(
        _E, "A Sequence has more or fewer Items than its description allows.", "PS3.3 5.2"
    ),
    "sequence/not-a-sequence": Entry(
        _E, "An Attribute that is a Sequence is encoded with another VR.", "PS3.5 6.2"
    ),
    "functional-group/missing": Entry(
        _E,
        "A Functional Group Macro of Usage M is neither shared nor in every frame.",
        "PS3.3 C.7.6.16.1.1",
    ),
    "functional-group/in-both": Entry(
        _E,
        "A Functional Group is both shared and in a frame's Item.",
        "PS3.3 C.7.6.16.1.1",
    ),
    "functional-group/not-permitted": Entry(
        _E,
        "A Functional Group stands where the IOD doesn't permit it: shared, or per frame.",
        "PS3.3 C.7.6.16.1.1",
    ),
    "functional-group/frame-count": Entry(
        _E,
        "The number of Per-frame Functional Groups Items is not Number of Frames.",
        "PS3.3 C.7.6.16",
    ),
    "instance/unreadable": Entry(_E, "The input could not be read as DICOM.", "PS3.10 7"),
    "instance/unknown-sop-class": Entry(
        _E, "The SOP Class is absent, or not one that this edition defines.", "PS3.4 B.5"
    ),
    "instance/retired-sop-class": Entry(
        _W, "The SOP Class is retired; this edition describes no IOD for it.", "PS3.4 B.6"
    ),
    "instance/remark": Entry(
        _N, "The encoding is not as it should be, though it can be read.", "PS3.5 7"
    ),
    "internal/check-crashed": Entry(
        _E, "A check of this tool failed; what it would have found is not known.", "none"
    ),
}

NOT_COUNTED_AS_FAILURE = frozenset(
    {"instance/unreadable", "instance/unknown-sop-class"}
)  # they have verdicts and an exit status of their own
