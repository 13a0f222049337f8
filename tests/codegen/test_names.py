"""Attributes that a text names."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from codegen.extract.names import Names, chain
from dicomspec.model import DataElement

NAMES = Names.of(
    [
        DataElement("(0011,0001)", "Colour", "Colour", ("CS",), "1"),
        DataElement("(0011,0002)", "Colour Code Sequence", "ColourCodeSequence", ("SQ",), "1"),
        DataElement("(0011,0003)", "Shade of Colour", "ShadeOfColour", ("LO",), "1"),
        DataElement("(0011,0004)", "Faded", "Faded", ("LO",), "1", retired=True),
        DataElement("(0011,0005)", "Maker's Paint Role Code Sequence", "X", ("SQ",), "1"),
    ]
)


def mentions(text: str) -> list[tuple[str, str]]:
    return [(text[found.start : found.end], found.tag) for found in NAMES.mentions(text)]


def test_the_longest_name_wins():
    assert mentions("The Shade of Colour and Colour.") == [
        ("Shade of Colour", "(0011,0003)"),
        ("Colour", "(0011,0001)"),
    ]


def test_a_tag_behind_a_name_belongs_to_it_and_is_what_counts():
    assert mentions("if Colour (0011,0003) is") == [("Colour (0011,0003)", "(0011,0003)")]


def test_a_tag_alone_counts():
    assert mentions("if Something Else (0011,0009) is") == [("(0011,0009)", "(0011,0009)")]


def test_a_name_has_a_capital_and_is_in_force():
    assert mentions("the colour of the Faded") == []


def test_code_sequence_may_be_left_out_before_a_reference_or_the_end():
    assert mentions("Maker's Paint Role B[sect_CID_1]") == [("Maker's Paint Role", "(0011,0005)")]
    assert mentions("Maker's Paint Role") == [("Maker's Paint Role", "(0011,0005)")]
    assert mentions("Maker's Paint Role is such") == []


def test_names_are_looked_up_without_regard_to_case():
    assert NAMES.tag("Shade Of Colour") == "(0011,0003)"
    assert NAMES.tag("Faded") is None


def test_tags_of_names_leave_sequences_out_and_want_every_name():
    assert NAMES.tags(["Colour", "Colour Code Sequence"]) == ["(0011,0001)"]
    assert NAMES.tags(["Colour", "Sound"]) == []


def test_mentions_are_chained_by_and_or_a_comma_either_way():
    text = "Colour, Shade of Colour and the Colour Code Sequence, then Colour"
    found = NAMES.mentions(text)
    assert chain(text, found) == 3
    assert chain(text, found[:3][::-1]) == 3
    assert chain(text, found[2:]) == 1


@given(st.text(alphabet="Colour ShadefCqSn(0011,)[].;'", max_size=60))
def test_mentions_never_overlap(text):
    found = NAMES.mentions(text)
    for left, right in pairwise(found):
        assert left.end <= right.start
