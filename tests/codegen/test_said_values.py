"""Sentences that lay down values."""

import pytest

from codegen.extract.names import Names
from codegen.extract.said_values import Said, read_said

COLOUR, SHADE, WALLS = "(0011,0001)", "(0011,0003)", "(0011,0010)"
NAMES = Names(
    {"Colour": COLOUR, "Number of Shades": SHADE, "Wall Sequence": WALLS, "Item": "(FFFE,E000)"},
    sequences=[WALLS],
    whole=[SHADE],
)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Colour (0011,0001) shall be RED.", Said(COLOUR, (), None, ("RED",))),
        ("Colour shall have the value RED", Said(COLOUR, (), None, ("RED",))),
        (
            "The value of Colour shall be RED or DARK_RED.",
            Said(COLOUR, (), None, ("RED", "DARK_RED")),
        ),
        ("Colour shall be set to “RED”.", Said(COLOUR, (), None, ("RED",))),
        ("Colour, Value 3 shall be A, B, or C.", Said(COLOUR, (), 3, ("A", "B", "C"))),
        ("Colour shall be 1 (a colour) or 2 (none).", Said(COLOUR, (), None, ("1", "2"))),
        ("The value shall be RED.", Said(None, (), None, ("RED",))),
        ("Shall be RED.", Said(None, (), None, ("RED",))),
        (
            "The value of Colour in each Wall Sequence (0011,0010) Item shall be RED.",
            Said(COLOUR, (WALLS,), None, ("RED",)),
        ),
        (
            "Number of Shades shall be between 2 and 4, inclusive.",
            Said(SHADE, (), None, ("2", "3", "4")),
        ),
        ("Colour ([sect_1], [sect_2]) shall be RED.", Said(COLOUR, (), None, ("RED",))),
    ],
)
def test_a_sentence_that_lays_down_values(sentence, said):
    assert read_said(sentence, NAMES) == said


@pytest.mark.parametrize(
    "sentence",
    [
        "Colour shall be RED if the wall is.",
        "If the wall is old, Colour shall be RED.",
        "For old walls Colour shall be RED.",
        "Colour shall be one less than Number of Shades.",
        "Colour shall be present.",
        "Colour shall not be RED.",
        "Colour may be RED.",
        "Colour of a Number of Shades shall be RED.",
        "Colour shall be between 2 and 4, inclusive.",
        "Number of Shades shall be between 1 and 1000, inclusive.",
        "The number of Wall Sequence Items shall be 1.",
        "Wall Sequence shall be 1.",
        "Only one Item shall be included.",
        "Shall be Type 1.",
    ],
)
def test_a_sentence_that_says_something_else_is_not_read(sentence):
    assert read_said(sentence, NAMES) is None
