"""What dicomspec says of the presence of Attributes in a file."""

from functools import lru_cache
from pathlib import Path

from dicomspec import run
from dicomspec.catalogue import Severity
from dicomspec.edition import DEFAULT, load
from dicomspec.findings import Finding
from dicomspec.outcomes import Verdict
from dicomspec.report import InstanceReport
from dicomspec.validation.plan import Plan
from tests.differential.presence import Kind, Opinion, Remark

_ENDINGS = (
    ("missing", Kind.MISSING),
    ("empty", Kind.EMPTY),
    ("not-permitted", Kind.NOT_PERMITTED),
    ("in-both", Kind.NOT_PERMITTED),
)
_OF_PRESENCE = ("attribute/type-", "attribute/not-permitted", "functional-group/", "module/")


def report(path: Path) -> InstanceReport:
    """Return the report on a file."""
    (found,) = run.run([path], force=True)
    assert isinstance(found, InstanceReport)  # only a folder has files that are passed over
    return found


def opinion(found: InstanceReport) -> Opinion:
    """Return what a report says of presence."""
    if found.verdict in {Verdict.UNREADABLE, Verdict.UNKNOWN_SOP_CLASS}:
        return Opinion(none=found.verdict.value)
    said = Opinion()
    for finding in found.findings:
        kind = _kind(finding)
        if kind is None:
            said.set_aside[f"{finding.severity.value}s: {finding.code}"] += 1
        else:
            said.remarks.add(_remark(finding, kind, found.iod))
    return said


def _kind(finding: Finding) -> Kind | None:
    if finding.severity is not Severity.ERROR or not finding.code.startswith(_OF_PRESENCE):
        return None
    return next((kind for ending, kind in _ENDINGS if finding.code.endswith(ending)), None)


def _remark(finding: Finding, kind: Kind, iod: str) -> Remark:
    if finding.code.startswith("module/"):
        covers = _attributes(iod, finding.module)
        return Remark(kind, f"Module {finding.module}", finding.code, covers)
    return Remark(kind, finding.location.unnumbered, finding.code)


@lru_cache(maxsize=256)
def _attributes(iod: str, module: str) -> frozenset[str]:
    """Return the tags of a Module's own Attributes."""
    plan = Plan(load(DEFAULT), iod)
    index = next(owner.index for owner in plan.modules if owner.name == module)
    slots = plan.module_slots[index].slots
    return frozenset(f"({tag >> 16:04X},{tag & 0xFFFF:04X})" for tag in slots)
