"""Everything that can be found: the catalogue of codes, and what one finding holds.

How it decides:
1. A code is in CATALOGUE or it doesn't exist: a Finding with another code raises KeyError.
2. A code never says its severity; the catalogue gives the default, a profile may set another.
3. A Finding carries its code, its place in the data set, and its citation of the standard.
4. A fingerprint depends on code, path without Item numbers, citation's table and row, and SOP
   Class: it is the same from run to run, and for the same fault in many Items or instances.
"""

import hashlib
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


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the standard. Every id is an xml:id; `page` the id that starts the published page.

    `part` is "PS3.3"; `edition` "2024c". Any id may be empty where the place has none.
    """

    edition: str
    part: str
    table: str = ""
    section: str = ""
    row: str = ""
    page: str = ""

    @property
    def url(self) -> str:
        """The very paragraph in the published standard of that edition; empty without a page."""
        if not self.page:
            return ""
        part = "part" + self.part.removeprefix("PS3.").zfill(2)
        anchor = self.row or self.table or self.section
        return (
            f"https://dicom.nema.org/medical/dicom/{self.edition}/output/chtml/{part}/"
            f"{self.page}.html" + (f"#{anchor}" if anchor else "")
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a Location: an element, and the Item of it (from one) that the next step is in.

    `tag` is written "(0040,0275)"; `keyword` is the tag again where the element has no keyword.
    """

    tag: str
    keyword: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a data set, from its root. The root itself has no steps."""

    steps: tuple[Step, ...] = ()

    @property
    def path(self) -> str:
        """As tags: "(0040,0275)[1].(0040,0007)"."""
        return ".".join(_numbered(step.tag, step.item) for step in self.steps)

    @property
    def keywords(self) -> str:
        """As keywords: "RequestAttributesSequence[1].ScheduledProcedureStepDescription"."""
        return ".".join(_numbered(step.keyword, step.item) for step in self.steps)

    @property
    def unnumbered(self) -> str:
        """The path without Item numbers: "(0040,0275).(0040,0007)"."""
        return ".".join(step.tag for step in self.steps)


def _numbered(name: str, item: int | None) -> str:
    return name if item is None else f"{name}[{item}]"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or one thing to look at.

    `message` never holds a value of the data set; `value` does, and is shown only where values may
    be. `because` names the elements that decided.
    Raises KeyError for a code that isn't in the catalogue.
    """

    code: str
    location: Location
    message: str
    citation: Citation
    module: str = ""
    type: str = ""
    value: str | None = None
    condition: str = ""
    because: tuple[str, ...] = ()
    sop_class_uid: str = ""

    def __post_init__(self) -> None:
        CATALOGUE[self.code]

    @property
    def path(self) -> str:
        """The path of tags, as in the JSON report; "" for the data set as a whole."""
        return self.location.path

    @property
    def severity(self) -> Severity:
        """The default severity of the code."""
        return CATALOGUE[self.code].severity

    @property
    def fingerprint(self) -> str:
        """16 hex digits, the same for the same fault from run to run."""
        parts = (
            self.code,
            self.location.unnumbered,
            self.citation.table,
            self.citation.row,
            self.sop_class_uid,
        )
        # A UID of a broken file may hold anything, lone surrogates too.
        encoded = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.sha256(encoded).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A requirement that was not decided, and why: "unparsed" or "judgement".

    `what` words the condition, `because` names what left it open.
    """

    location: Location
    module: str
    type: str
    reason: str
    citation: Citation
    what: str = ""
    because: tuple[str, ...] = ()
