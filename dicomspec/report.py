"""What a run found: instances with their verdicts, findings, tallies and provenance.

How it decides:
1. Tallies count what the instances hold; nothing is counted twice.
2. Exit status: 1 for a finding at or above the threshold, 3 if only reading or the SOP Class
   failed, 0 otherwise; 2 belongs to the command line.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from dicomspec.catalogue import NOT_COUNTED_AS_FAILURE, Severity
from dicomspec.findings import Finding
from dicomspec.outcomes import (
    AttributeOutcome,
    InstanceReport,
    ModuleOutcome,
    Presence,
    SkippedFile,
    Status,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """Tallies of a run; the names are those of the JSON report."""

    instances: int = 0
    passed: int = 0
    fail: int = 0
    unreadable: int = 0
    unknown_sop_class: int = 0
    error: int = 0
    warning: int = 0
    note: int = 0
    not_evaluated: int = 0
    requirements_checked: int = 0
    filtered: int = 0

    def __add__(self, other: "Summary") -> "Summary":
        return Summary(*map(int.__add__, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class Report:
    """A run: the edition it was held against, the tool's version, and every instance."""

    edition: str
    tool_version: str
    instances: tuple[InstanceReport, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all instances, in order."""
        return tuple(finding for instance in self.instances for finding in instance.findings)

    @property
    def summary(self) -> Summary:
        """The tallies over all instances."""
        return summarize(self.instances)


def summarize(instances: Iterable[InstanceReport]) -> Summary:
    """Return the tallies over instances."""
    every = tuple(instances)
    verdicts = [instance.verdict for instance in every]
    severities = [finding.severity for instance in every for finding in instance.findings]
    return Summary(
        instances=len(every),
        passed=verdicts.count(Verdict.PASS),
        fail=verdicts.count(Verdict.FAIL),
        unreadable=verdicts.count(Verdict.UNREADABLE),
        unknown_sop_class=verdicts.count(Verdict.UNKNOWN_SOP_CLASS),
        error=severities.count(Severity.ERROR),
        warning=severities.count(Severity.WARNING),
        note=severities.count(Severity.NOTE),
        not_evaluated=sum(len(instance.not_evaluated) for instance in every),
        requirements_checked=sum(instance.requirements_checked for instance in every),
        filtered=sum(instance.filtered for instance in every),
    )


__all__ = [
    "AttributeOutcome",
    "InstanceReport",
    "ModuleOutcome",
    "Presence",
    "Report",
    "SkippedFile",
    "Status",
    "Summary",
    "Verdict",
    "exit_status",
    "summarize",
]

_WEIGHT = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.NOTE: 0}


def exit_status(instances: Iterable[InstanceReport], fail_on: Severity | None) -> int:
    """Return 1, 3 or 0 as the head of this file says; `fail_on` None never fails on findings."""
    worst = 0
    for instance in instances:
        if fail_on is not None and any(
            _WEIGHT[finding.severity] >= _WEIGHT[fail_on]
            and finding.code not in NOT_COUNTED_AS_FAILURE
            for finding in instance.findings
        ):
            return 1
        if instance.verdict in {Verdict.UNREADABLE, Verdict.UNKNOWN_SOP_CLASS}:
            worst = 3
    return worst
