"""Tallies of a run, and the exit status that they come to."""

from dataclasses import replace

import pytest

from dicomspec.catalogue import Severity
from dicomspec.findings import Citation, Finding, Location, NotEvaluated
from dicomspec.report import InstanceReport, Report, Summary, Verdict, exit_status, summarize

CITATION = Citation("2024c", "PS3.3")


def finding(code: str) -> Finding:
    return Finding(code, Location(), "It is so.", CITATION)


OPEN = NotEvaluated(Location(), "Patient", "1C", "judgement", CITATION)
PASS = InstanceReport("a", Verdict.PASS, not_evaluated=(OPEN, OPEN), requirements_checked=7)
NOTED = replace(PASS, findings=(finding("file-meta/preamble-used"),))
FAIL = InstanceReport(
    "b",
    Verdict.FAIL,
    (
        finding("attribute/type-1-missing"),
        finding("sequence/item-count"),
        finding("file-meta/preamble-used"),
    ),
    requirements_checked=5,
)
UNREADABLE = InstanceReport("c", Verdict.UNREADABLE, (finding("instance/unreadable"),))
UNKNOWN = InstanceReport("d", Verdict.UNKNOWN_SOP_CLASS, (finding("instance/unknown-sop-class"),))
RETIRED = replace(UNKNOWN, findings=(finding("instance/retired-sop-class"),))
CRASHED = InstanceReport("e", Verdict.FAIL, (finding("internal/check-crashed"),))


def test_tallies_count_what_the_instances_hold():
    report = Report("2024c", "0", (PASS, NOTED, FAIL, UNREADABLE, UNKNOWN, RETIRED))
    assert report.summary == Summary(
        instances=6,
        passed=2,
        fail=1,
        unreadable=1,
        unknown_sop_class=2,
        error=4,
        warning=1,
        note=2,
        not_evaluated=4,
        requirements_checked=19,
    )
    assert len(report.findings) == 7
    assert [each.code for each in report.findings[:2]] == [
        "file-meta/preamble-used",
        "attribute/type-1-missing",
    ]


def test_tallies_of_nothing():
    assert Report("2024c", "0").summary == Summary() == summarize([])


def test_tallies_add_up():
    together = summarize([PASS, FAIL, UNREADABLE])
    assert summarize([PASS]) + summarize([FAIL, UNREADABLE]) == together
    assert together + Summary() == together


@pytest.mark.parametrize(
    ("instances", "error", "warning", "never"),
    [
        ((), 0, 0, 0),
        ((PASS,), 0, 0, 0),
        ((NOTED,), 0, 0, 0),
        ((FAIL,), 1, 1, 0),
        ((CRASHED,), 1, 1, 0),
        ((UNREADABLE,), 3, 3, 3),
        ((UNKNOWN,), 3, 3, 3),
        ((RETIRED,), 3, 1, 3),
        ((PASS, UNREADABLE), 3, 3, 3),
        ((UNREADABLE, FAIL), 1, 1, 3),
        ((FAIL, UNKNOWN, PASS), 1, 1, 3),
    ],
)
def test_exit_status(instances, error, warning, never):
    assert exit_status(instances, Severity.ERROR) == error
    assert exit_status(instances, Severity.WARNING) == warning
    assert exit_status(instances, None) == never


def test_a_note_fails_only_where_notes_are_to():
    assert exit_status([NOTED], Severity.NOTE) == 1
