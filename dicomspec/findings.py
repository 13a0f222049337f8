"""What one finding holds, and its place in the data set and in the standard.

How it decides:
1. A Finding carries its code, its place in the data set, and its citation of the standard.
2. A fingerprint depends on code, path without Item numbers, citation's table and row, and SOP
   Class: it is the same from run to run, and for the same fault in many Items or instances.
"""

import hashlib
from dataclasses import dataclass

from dicomspec.catalogue import CATALOGUE, Severity


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
    be. `because` names the elements that decided. `offset` is the byte of the file that it is
    about, where that can be had.
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
    offset: int | None = None

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
    """A requirement that was not decided, and why: "unparsed", "missing" or "judgement".

    `what` words the condition, `because` names what left it open.
    """

    location: Location
    module: str
    type: str
    reason: str
    citation: Citation
    what: str = ""
    because: tuple[str, ...] = ()
