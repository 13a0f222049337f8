"""What isn't presence, against dciodvfy: how remarks are read, what agrees, and what is decided."""

import tomllib

import pytest

from dicomspec.catalogue import CATALOGUE, Ours
from tests.differential import run, values
from tests.differential.values import Disagreement, Figures, Said

ORIENTATION, SPACING = "(0020,0037)", "(0028,0030)"
ABOUT = {
    "presence", "representation", "multiplicity", "charset", "terms", "identity", "encoding",
    "file-meta", "pixel-data", "relation", "directory", "code", "advice",
}  # fmt: skip


def test_every_disagreement_is_decided():
    if why := run.missing(run.DCIODVFY):
        pytest.skip(why)
    figures = values.compare()
    for about in ("relation", "identity", "terms", "pixel-data", "representation"):
        assert figures.agreed["theirs", about, True] > 0
    assert list(values.undecided(figures)) == []
    assert sorted(values.stale(figures)) == []


def test_forms_are_told_apart_and_say_what_they_are_about():
    forms = list(values.forms().values())
    entries = tomllib.loads(values.FORMS.read_text(encoding="utf-8"))["form"]
    assert len(forms) == len(entries)
    for number, form in enumerate(forms):
        earlier = [each.words for each in forms[:number] if each.words in form.words]
        assert earlier == []
        assert form.about in ABOUT
        assert form.what
        assert not (form.codes and form.aside == "compared apart")


def test_codes_of_decisions_are_in_the_catalogue():
    for says, kind, place in values.decisions():
        assert kind in (CATALOGUE if says == "ours" else values.forms())
        assert place


def test_what_is_ours_alone_is_in_no_form_on_relations():
    forms = [form for form in values.forms().values() if form.about == "relation"]
    for code, entry in CATALOGUE.items():
        if entry.ours is not None:
            assert any(form.has(code) for form in forms) == (entry.ours is not Ours.ALONE)


def test_a_decision_says_who_is_right_by_which_clause():
    for made in values.decisions().values():
        assert made.decision in {"ours", "theirs", "open"}
        assert made.clause.startswith("PS3.")
        assert made.reason.endswith(".")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Error - </ImageOrientationPatient(0020,0037)> - Orientation vector is not unit",
            Said("vector is not unit", ORIENTATION, error=True),
        ),
        (
            "Warning - </PixelSpacing(0028,0030)[1]> - Value is zero",
            Said("Value is zero", SPACING, error=False),
        ),
        (
            "Error - What it never said before, and much of it",
            Said("What it never said before, and much of i", "", error=True),
        ),
    ],
)
def test_a_line_is_read_by_its_form(line, said):
    assert values.remarks(f"CTImage\n{line}\n") == {said}


def ours(code: str, place: str = SPACING) -> Said:
    return Said(code, place, error=True)


def theirs(words: str, place: str = SPACING) -> Said:
    return Said(words, place, error=True)


@pytest.mark.parametrize(
    ("mine", "other", "agree"),
    [
        (ours("relation/range"), theirs("Value is zero"), True),
        (ours("relation/range", ORIENTATION), theirs("Value is zero"), False),
        (ours("relation/count"), theirs("Value is zero"), False),
        (ours("relation/same-uid", "(0020,0052)"), theirs("has same value as"), True),
        (
            ours("relation/range", f"(5200,9229).{SPACING}"),
            theirs("Value is zero", f"(5200,9230).{SPACING}"),
            True,
        ),
    ],
)
def test_what_agrees(mine, other, agree):
    figures = Figures()
    figures.add("a", {mine}, {other})
    both = {Disagreement("ours", mine.kind, mine.place), Disagreement("theirs", *other[:2])}
    assert set(figures.seen) == (set() if agree else both)


def test_what_is_compared_apart_is_no_disagreement():
    figures = Figures()
    figures.add("a", set(), {theirs("Missing attribute")})
    assert not figures.seen
