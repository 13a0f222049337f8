import pytest

from dicomspec.findings import Citation
from dicomspec.render import words
from dicomspec.report import Summary, Verdict


@pytest.mark.parametrize(
    ("citation", "clause"),
    [
        (Citation("2024c", "PS3.3", "table_C.7-1", "sect_C.7.1.1"), "PS3.3 C.7.1.1, Table C.7-1"),
        (Citation("2024c", "PS3.3", "table_C.7-1"), "PS3.3, Table C.7-1"),
        (Citation("2024c", "PS3.10", "", "chapter_7"), "PS3.10 7"),
        (Citation("2024c", "PS3.4", "", "para_1234"), "PS3.4"),
        (Citation("2024c", ""), ""),
    ],
)
def test_a_clause_is_written_as_people_cite_it(citation, clause):
    assert words.clause(citation) == clause


@pytest.mark.parametrize(
    ("summary", "verdict", "tallies"),
    [
        (Summary(), None, ""),
        (Summary(instances=2, passed=2), Verdict.PASS, "2 pass"),
        (Summary(instances=3, passed=2, unreadable=1), Verdict.UNREADABLE, "2 pass, 1 unreadable"),
        (
            Summary(instances=3, passed=2, unknown_sop_class=1),
            Verdict.UNKNOWN_SOP_CLASS,
            "2 pass, 1 unknown SOP Class",
        ),
        (
            Summary(instances=1204, passed=1200, fail=1, unreadable=2, unknown_sop_class=1),
            Verdict.FAIL,
            "1 fail, 1,200 pass, 2 unreadable, 1 unknown SOP Class",
        ),
    ],
)
def test_a_run_is_as_good_as_its_worst_instance(summary, verdict, tallies):
    assert words.run_verdict(summary) is verdict
    assert words.verdict_tallies(summary) == tallies


def test_severities_are_counted_in_words():
    assert words.severity_tallies(Summary(error=2, warning=1)) == "2 errors, 1 warning"
    assert words.severity_tallies(Summary()) == "no findings"


def test_numbers_become_runs():
    assert words.ranges([1, 2, 3, 5, 8, 9]) == [(1, 3), (5, 5), (8, 9)]
    assert words.ranges([]) == []


def test_a_reason_of_another_version_stands_for_itself():
    assert words.reason("judgement") == "only people can judge the condition"
    assert words.reason("moonlight") == "moonlight"
