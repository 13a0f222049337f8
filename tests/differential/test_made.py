"""Made data sets, against `requirement` and the peers: one row in PART, which ones never changes.

All rows: `python -m tests.differential.made`.
"""

import tomllib

import pytest

from dicomspec import edition as editions
from dicomspec.model import Conditional
from dicomspec.validation.scope import FRAMES, SHARED
from tests.differential import made, run
from tests.differential.made import Disagreement, Figures, asked, verdict
from tests.differential.made_cases import Made
from tests.differential.made_rows import Row, Site, in_groups
from tests.differential.made_sets import Maker
from tests.differential.presence import Kind, Opinion, Remark

PART = 40
ENTRIES = tomllib.loads(made.DECISIONS.read_text(encoding="utf-8"))["decision"]
SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
PLACE = "(5200,9229).(0018,9117)"


@pytest.fixture(scope="module")
def compared() -> tuple[Figures, list[tuple[str, str, str]]]:
    """Return the figures, and the cases for which `requirement` has another status."""
    otherwise: list[tuple[str, str, str]] = []

    def ask(each: Made) -> None:
        if (status := asked(each)) != each.outcome.value:
            otherwise.append((each.path or each.site.owner.name, each.case, status))

    peers = [peer for peer in run.PEERS if not run.missing(peer)]
    return made.compare(peers, PART, ask), otherwise


def test_we_say_what_each_data_set_was_made_for(compared):
    figures, otherwise = compared
    assert set(figures.cases) == set(made.EXPECTED)
    assert all(number > 20 for number in figures.cases.values())
    assert set(figures.rows) == {"attribute", "module", "functional group"}
    assert figures.wrong == []
    assert otherwise == []


@pytest.mark.parametrize("peer", run.PEERS)
def test_every_disagreement_is_decided(compared, peer):
    if why := run.missing(peer):
        pytest.skip(why)
    figures, _ = compared
    assert figures.numbers(peer)["agreed"] > 0
    assert made.undecided(figures, peer) == []
    assert made.stale(figures, peer) == []


def test_a_decision_says_who_is_right_and_why():
    for entry in ENTRIES:
        assert entry["peer"] in run.PEERS
        assert entry["decision"] in {"ours", "theirs", "open"}
        assert entry["theirs"] not in {made.EXPECTED[case] for case in entry["cases"]}
        assert entry["clause"].startswith("PS3.")
        assert entry["reason"].endswith(".")
    assert made.decisions()  # which names what is decided twice


@pytest.mark.parametrize(
    ("macro", "places", "cases"),
    [
        ("Frame Content", FRAMES[:1], {"required"}),  # absent is as good as empty
        ("Plane Position (Patient)", (FRAMES[0], SHARED), set(made.EXPECTED)),
    ],
)
def test_a_macro_is_made_alike_in_each_frame(macro, places, cases):
    """PS3.3 Table A.51-2: Frame Content of a Segmentation may not be shared."""
    maker = Maker(editions.load(editions.DEFAULT))
    plan = maker.plan("Segmentation")
    owner = next(each for each in plan.macros if each.name == macro)
    assert isinstance(owner.condition, Conditional)
    paths = in_groups(plan, owner)
    assert tuple(path[0] for path in paths) == places
    sites = [Site(SEGMENTATION, "Segmentation", owner, path) for path in paths]
    found = list(maker.made(Row("", "functional group", owner.condition, sites)))
    assert {each.case for each in found} == cases
    for each in found:
        tag, there = paths[0][1], each.case in {"required", "forbidden"}
        frames = each.dataset.PerFrameFunctionalGroupsSequence
        assert [tag in frame for frame in frames] == [there, there]
        assert not any(tag in item for item in each.dataset.SharedFunctionalGroupsSequence)


def opinion(kind: Kind, place: str) -> Opinion:
    return Opinion({Remark(kind, place, kind.value)})


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (Opinion(), "fine"),
        (opinion(Kind.MISSING, PLACE), "missing"),
        (opinion(Kind.MISSING, PLACE.replace("9229", "9230")), "missing"),
        (opinion(Kind.MISSING, "(0018,9117)"), "fine"),
        (opinion(Kind.NOT_PERMITTED, PLACE), "not permitted"),
        (Opinion(not_in_iod={PLACE}), "not in the IOD"),
        (Opinion({Remark(Kind.MISSING, "Module A", "x", frozenset({PLACE}))}), "missing"),
    ],
)
def test_what_an_opinion_says_of_a_place(said, found):
    assert verdict(said, {PLACE}) == found


def figures_of(**said: str) -> Figures:
    return Figures(said={run.DCIODVFY: {"a row": said}})


def test_a_peer_that_says_nothing_of_all_cases_is_silent():
    figures = figures_of(required="fine", violated="fine", forbidden="not in the IOD")
    assert figures.silent(run.DCIODVFY) == {"a row"}
    assert figures.disagreements(run.DCIODVFY) == set()


def test_a_peer_that_says_nothing_of_one_case_disagrees():
    figures = figures_of(required="missing", violated="missing", forbidden="fine")
    assert figures.disagreements(run.DCIODVFY) == {
        Disagreement(run.DCIODVFY, "a row", "required", "missing"),
        Disagreement(run.DCIODVFY, "a row", "forbidden", "fine"),
    }


def test_a_word_that_the_iod_does_not_have_it_is_as_good():
    figures = figures_of(required="fine", violated="missing", forbidden="not in the IOD")
    assert figures.disagreements(run.DCIODVFY) == set()
