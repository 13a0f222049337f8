"""Presence findings against dciodvfy and dicom-validator, on files that nobody here made.

Every disagreement is in presence.toml with its decision: one that isn't there fails, and one that
no longer shows in its file.
"""

import tomllib

import pytest

from tests.differential import inputs, run
from tests.differential.presence import Kind, Opinion, Remark, only_in

ENTRIES = tomllib.loads(run.DECISIONS.read_text(encoding="utf-8"))["decision"]
PIXEL_DATA, MODALITY = "(7FE0,0010)", "(0008,0060)"


@pytest.mark.parametrize("peer", run.PEERS)
def test_every_disagreement_is_decided(peer):
    if why := run.missing(peer):
        pytest.skip(why)
    decided, figures = run.decisions(peer), run.compare(peer)
    assert figures.agreed > 0
    assert sorted(figures.undecided(decided)) == []
    assert sorted(figures.stale(decided)) == []


def test_a_decision_says_who_is_right_by_which_clause_and_where_it_shows():
    labels = {*inputs.folders(), "pydicom", "pydicom-data", "deid-data", "shared"}
    for entry in ENTRIES:
        assert set(entry["peers"]) <= set(run.PEERS)
        assert entry["says"] in {"ours", "theirs"}
        assert entry["decision"] in {"ours", "theirs", "open"}
        assert entry["clause"].startswith("PS3.")
        assert entry["reason"].endswith(".")
        assert {file.split("/")[0] for _, file, _ in entry["places"]} <= labels
        assert all(places for _, _, places in entry["places"])
    assert all(run.decisions(peer) for peer in run.PEERS)  # which names one that is decided twice


def opinion(*remarks: Remark, not_in_iod: str = "") -> Opinion:
    return Opinion(set(remarks), {not_in_iod} - {""})


def missing(place: str, *covers: str) -> Remark:
    return Remark(Kind.MISSING, place, "x", frozenset(covers))


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        (missing(MODALITY), missing(MODALITY), True),
        (missing(MODALITY), missing(PIXEL_DATA), False),
        (missing(MODALITY), Remark(Kind.EMPTY, MODALITY, "x"), False),
        (missing("Module A", MODALITY, PIXEL_DATA), missing(MODALITY), True),
        (missing(MODALITY), missing("Module A", MODALITY), True),
        (missing("(5200,9229).(0028,9110)"), missing("(5200,9230).(0028,9110)"), True),
        (missing("(5200,9229)"), missing("(5200,9230)"), False),
    ],
)
def test_what_agrees(left, right, agree):
    assert list(only_in(opinion(left), opinion(right))) == ([] if agree else [left])


def test_what_is_not_permitted_agrees_with_what_is_not_in_the_iod():
    here = Remark(Kind.NOT_PERMITTED, MODALITY, "x")
    assert list(only_in(opinion(here), opinion(not_in_iod=MODALITY))) == []
    assert list(only_in(opinion(here), opinion(not_in_iod=PIXEL_DATA))) == [here]
    absent = missing(MODALITY)
    assert list(only_in(opinion(absent), opinion(not_in_iod=MODALITY))) == [absent]


def test_what_is_undecided_and_what_is_stale():
    figures = run.Figures()
    figures.add("a", "CT", run.DCIODVFY, opinion(missing(MODALITY)), opinion())
    key = run.Disagreement(run.DCIODVFY, "ours", "x", "CT", MODALITY)
    other = key._replace(place=PIXEL_DATA)
    assert figures.undecided([]) == {key}
    decided = {key: run.Decision("ours", "a"), other: run.Decision("ours", "a")}
    assert figures.undecided(decided) == set()
    assert figures.stale(decided) == {other}
    assert figures.stale({other: run.Decision("ours", "not compared")}) == set()
