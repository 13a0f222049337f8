"""Which reading counts: one by hand for this very text, else the grammar's, else none."""

import tomllib

import pytest

from codegen.docbook import digest
from codegen.errata import Errata, Problem
from codegen.extract.conditions import Unread, place_of
from codegen.extract.sentences import Paragraph
from codegen.grammar import apply as applied
from codegen.grammar.apply import READINGS, Conditions, HandReading, apply, load
from codegen.grammar.attribute_names import AttributeNames
from codegen.grammar.reading import Reader
from dicomspec import edition as editions
from dicomspec.model import (
    Attribute,
    Conditional,
    Include,
    ItemCount,
    Otherwise,
    Specialization,
    Type,
    Unparsed,
)
from tests.codegen.grammar.made import ELEMENTS, LIT, RED

TEXT = "Required if Lantern Colour is RED."
ODD = "Required if the lantern is lit."
GRAMMAR_SAYS = Conditional("p1", RED)
BY_HAND = "Required when Kettle is present; may be present otherwise."
HAND_SAYS = Conditional("p1", LIT, otherwise=Otherwise.MAY)


def unread(text: str = TEXT, paragraph: str = "p1") -> Unread:
    return Unread(paragraph, digest(text), text)


def conditions(*readings: HandReading) -> Conditions:
    found = {(place, each.digest): each for each in readings for place in each.paragraphs}
    return Conditions(ELEMENTS, Errata(), found)


def hand(reading: str = BY_HAND, text: str = TEXT, *paragraphs: str) -> HandReading:
    return HandReading(digest(text), paragraphs or ("p1",), reading)


def problems(given: Conditions) -> list[Problem]:
    return given._errata.problems


def test_the_grammar_reads_what_nobody_read_by_hand():
    given = conditions()
    assert given.read(unread()) == GRAMMAR_SAYS
    assert (given.by_grammar, given.by_hand) == ({("p1", digest(TEXT))}, set())
    assert problems(given) == []


@pytest.mark.parametrize("text", [TEXT, ODD])
def test_a_hand_reading_wins(text):
    given = conditions(hand(BY_HAND, text))
    assert given.read(unread(text)) == HAND_SAYS
    assert (given.by_grammar, given.by_hand) == (set(), {("p1", digest(text))})
    assert problems(given) == []


def test_a_hand_reading_counts_for_each_of_its_paragraphs_and_no_other():
    given = conditions(hand(BY_HAND, ODD, "p1", "p2"))
    assert given.read(unread(ODD, "p1")) == HAND_SAYS
    assert given.read(unread(ODD, "p2")) == Conditional("p2", LIT, otherwise=Otherwise.MAY)
    assert given.read(unread(ODD, "p3")) == Unparsed("p3", digest(ODD))


def test_another_text_never_takes_an_old_reading():
    given = conditions(hand(BY_HAND, "Required if the lantern was lit."))
    assert given.read(unread(ODD)) == Unparsed("p1", digest(ODD))
    assert problems(given) == [
        Problem("p1", digest(ODD), "the text changed since it was read by hand"),
        Problem("p1", digest(ODD), "a condition that isn't understood"),
    ]
    assert given.unparsed == {("p1", digest(ODD))}


def test_another_text_that_the_grammar_reads_is_named_all_the_same():
    given = conditions(hand(BY_HAND, ODD))
    assert given.read(unread(TEXT)) == GRAMMAR_SAYS
    assert problems(given) == [
        Problem("p1", digest(TEXT), "the text changed since it was read by hand")
    ]


def test_a_place_may_have_a_reading_for_each_text_it_had():
    given = conditions(hand(BY_HAND, ODD), hand("Not permitted otherwise.", TEXT))
    assert given.read(unread(ODD)) == HAND_SAYS
    assert given.read(unread(TEXT)) == Conditional("p1")
    assert problems(given) == []


def test_a_reading_that_can_not_be_read_is_named():
    given = conditions(hand("Required if it is lit."))
    assert given.read(unread()) == Unparsed("p1", digest(TEXT))
    (problem,) = problems(given)
    assert problem.place == "p1"
    assert problem.what.startswith("its hand reading can't be read: can't be read at 'required if")


@pytest.mark.parametrize("reading", ["May be present otherwise.", "may be present otherwise"])
def test_a_reading_that_says_nothing_of_presence(reading):
    assert conditions(hand(reading)).read(unread()) is None
    assert conditions(hand("Not permitted otherwise.")).read(unread()) == Conditional("p1")


def test_every_unread_text_in_a_definition_is_read_however_deep():
    inner = Attribute("(0099,0004)", "Kettle Count", Type.TYPE_1C, "r2", unread())
    include = Include(
        "table_1", "r3", condition=unread(ODD, "p3"), entries=(inner,),
        specializations=(Specialization("(0099,0001)", Type.TYPE_1C, unread(ODD, "p4")),),
    )  # fmt: skip
    counted = (ItemCount(1, 2), Unparsed("p9", "0" * 16))
    outer = Attribute(
        "(0099,0002)", "Lantern Colour Sequence", Type.TYPE_3, "r1",
        item_counts_if=(counted,), entries=(include,),
    )  # fmt: skip
    given = conditions(hand(BY_HAND, ODD, "p3"), hand("May be present otherwise.", ODD, "p4"))
    (found,) = apply((outer,), given)
    assert found.item_counts_if == (counted,)  # it isn't one of presence
    (read,) = found.entries
    assert read.condition == Conditional("p3", LIT, otherwise=Otherwise.MAY)
    assert read.specializations == (Specialization("(0099,0001)", Type.TYPE_1C, None),)
    assert read.entries == (
        Attribute("(0099,0004)", "Kettle Count", Type.TYPE_1C, "r2", GRAMMAR_SAYS),
    )
    assert (outer.entries[0], found.name) == (include, "Lantern Colour Sequence")


def test_a_definition_without_conditions_is_the_same_object():
    plain = Attribute("(0099,0003)", "Kettle", Type.TYPE_1, "r1")
    assert apply(plain, conditions()) is plain


def test_the_digest_is_of_the_text_from_the_condition_on():
    """What stands before "Required if" may change without a new reading."""
    rest = [Paragraph("p2", "Required if:"), Paragraph("p3", "it is lit.", depth=1)]
    first, other = Paragraph("p1", "It glows."), Paragraph("p9", "It is bright.")
    found = place_of([first, *rest], "row")
    assert found == place_of([other, *rest], "row")
    assert found == Unread(
        "p2", digest("Required if: it is lit."), "Required if: \u00b6 \u2022 it is lit."
    )
    assert place_of([Paragraph("", "Required if it is lit.")], "row").paragraph == "row"
    assert place_of([first, Paragraph("p4", "It smokes.")], "row").paragraph == "p1"


_TOML = """
[[reading]]
digest = "0123456789abcdef"
paragraphs = ["p1", "p2"]
reading = "Required always; may be present otherwise."
note = "made up"
"""


def test_readings_in_a_file(tmp_path):
    path = tmp_path / "readings.toml"
    assert load(path) == {}
    path.write_text(_TOML, encoding="utf-8")
    entry = HandReading(
        "0123456789abcdef", ("p1", "p2"), "Required always; may be present otherwise.", "made up"
    )
    assert load(path) == {("p1", entry.digest): entry, ("p2", entry.digest): entry}


def test_without_readings_given_those_of_the_file_count(monkeypatch):
    monkeypatch.setattr(applied, "load", lambda: {("p1", digest(ODD)): hand(BY_HAND, ODD)})
    assert Conditions(ELEMENTS, Errata()).read(unread(ODD)) == HAND_SAYS


def test_no_place_has_two_readings_of_one_text():
    entries = tomllib.loads(READINGS.read_text(encoding="utf-8"))["reading"]
    assert len(load(READINGS)) == sum(len(each["paragraphs"]) for each in entries)


def test_each_committed_reading_can_be_read():
    reader = Reader(AttributeNames(editions.load("2024c").elements.values()))
    for each in set(load(READINGS).values()):
        assert isinstance(reader.read(each.reading), Conditional)


def test_each_committed_reading_is_used(edition_2024c, reading):
    used = edition_2024c.conditions.by_hand | reading("2024a").conditions.by_hand
    assert set(load(READINGS)) - used == set()
