"""What --select and --ignore leave in a report, and what is said of the rest."""

from dataclasses import replace

import pytest

from dicomspec.catalogue import Severity
from dicomspec.report import Verdict, exit_status, summarize
from dicomspec.selection import NoSuchCodeError, Selection
from tests.dicomspec.test_report import CRASHED, FAIL, NOTED, UNKNOWN, UNREADABLE


def codes(selection, instance):
    return [finding.code for finding in selection.of(instance).findings]


@pytest.mark.parametrize(
    ("selection", "kept", "verdict"),
    [
        (
            Selection(),
            ["attribute/type-1-missing", "sequence/item-count", "file-meta/preamble-used"],
            "fail",
        ),
        (Selection(("attribute/*",)), ["attribute/type-1-missing"], "fail"),
        (Selection((), ("attribute/*", "sequence/*")), ["file-meta/preamble-used"], "pass"),
        (
            Selection(("sequence/*", "file-meta/*"), ("*/item-count",)),
            ["file-meta/preamble-used"],
            "pass",
        ),
        (Selection(ignore=("*",)), [], "pass"),
    ],
)
def test_globs_of_codes(selection, kept, verdict):
    found = selection.of(FAIL)
    assert codes(selection, FAIL) == kept
    assert found.verdict == Verdict(verdict)
    assert found.filtered == 3 - len(kept) == summarize([found]).filtered
    assert exit_status([found], Severity.ERROR) == (verdict == "fail")


def test_what_could_not_be_checked_always_stays():
    for instance in (CRASHED, UNREADABLE, UNKNOWN):
        assert Selection(ignore=("*",)).of(instance) == instance


def test_a_verdict_never_gets_worse():
    assert Selection(("attribute/*",)).of(NOTED).verdict is Verdict.PASS
    assert Selection(ignore=("*",)).of(replace(UNKNOWN)).verdict is Verdict.UNKNOWN_SOP_CLASS


@pytest.mark.parametrize("glob", ["", "value", "Attribute/*", "attribute", "nothing/*"])
def test_a_glob_that_no_code_matches_raises(glob):
    with pytest.raises(NoSuchCodeError):
        Selection((glob,))
    with pytest.raises(NoSuchCodeError):
        Selection(ignore=(glob,))
