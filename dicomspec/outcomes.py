"""What became of one instance: its verdict, its findings, and its IOD as the standard lays it out.

How it decides:
1. Verdict of an instance: `unreadable` and `unknown-sop-class` are set by who read it; else `fail`
   with an error, `pass` without.
2. The outline (IE, Module, Attribute) is kept when asked for, since only some faces show it.
"""

from dataclasses import dataclass
from enum import Enum

from dicomspec.findings import Citation, Finding, Location, NotEvaluated


class Verdict(Enum):
    """What is said of one instance."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    UNREADABLE = "unreadable"
    UNKNOWN_SOP_CLASS = "unknown-sop-class"


class Presence(Enum):
    """What became of a Module (or Functional Group Macro) of the IOD in one instance."""

    PRESENT = "present"
    ABSENT = "absent"
    MISSING = "missing"


class Status(Enum):
    """What became of one Attribute of the IOD in one instance."""

    OK = "ok"
    EMPTY = "empty"  # present without a value, and that is permitted
    ABSENT = "absent"  # and need not be there
    FAULT = "fault"  # see the findings at this location
    NOT_EVALUATED = "not evaluated"


@dataclass(frozen=True, slots=True)
class AttributeOutcome:
    """One Attribute (present, or required) in one place of the data set."""

    location: Location
    name: str
    type: str
    status: Status
    citation: Citation


@dataclass(frozen=True, slots=True)
class ModuleOutcome:
    """One Module of the IOD; `usage` is "M", "C", "U" or empty."""

    information_entity: str
    name: str
    usage: str
    presence: Presence
    citation: Citation
    attributes: tuple[AttributeOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class InstanceReport:
    """What was found in one instance; `filtered` findings were taken out (see `selection`)."""

    path: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()
    requirements_checked: int = 0
    sop_class_uid: str = ""
    sop_class_name: str = ""
    sop_instance_uid: str = ""
    iod: str = ""
    iod_citation: Citation | None = None
    outline: tuple[ModuleOutcome, ...] = ()
    filtered: int = 0


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of a walked folder that evidently isn't DICOM; it is counted, not an instance."""

    path: str
    reason: str
