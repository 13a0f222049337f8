"""Context Groups and Templates that a description names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.extract.groups import read_uses
from codegen.extract.sentences import Paragraph
from dicomspec.model import TemplateUse
from tests.codegen.test_names import NAMES

COLOUR, CODES, SHADE = "(0011,0001)", "(0011,0002)", "(0011,0003)"


def read(*texts: str):
    return read_uses((Paragraph(f"p{n}", text) for n, text in enumerate(texts, 1)), NAMES)


def uses(text: str) -> list[tuple[str, str, str | None, bool]]:
    """Return (CID, B or D, tag, whether a condition) of each use."""
    return [
        (use.cid, "B" if use.baseline else "D", use.tag, use.condition is not None)
        for use in read(text).groups
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B[sect_CID_7].", [("7", "B", None, False)]),
        ("D[sect_CID_7] .", [("7", "D", None, False)]),
        ('Defined CID 7 "Kinds of Paint".', [("7", "D", None, False)]),
        ("Defined Context Group DCID 7 Reason for Painting.", [("7", "D", None, False)]),
        ("Baseline [sect_CID_7].", [("7", "B", None, False)]),
        ("Defined CID is [sect_CID_7].", [("7", "D", None, False)]),
        ("Baseline CID 7b is one.", []),
        ("No Baseline CID is defined, see [sect_CID_7].", []),
        ("B[sect_CID_7]. B[sect_CID_8].", [("7", "B", None, False), ("8", "B", None, False)]),
        ("No Baseline CID is defined.", []),
    ],
)
def test_a_use_without_more_is_the_rows_own(text, expected):
    assert uses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Shade of Colour B[sect_CID_7].",
        "Shade of Colour Baseline [sect_CID_7].",
        "Baseline CID for the Shade of Colour (0011,0003) is 7.",
        "The Baseline CID for the Shade of Colour (0011,0003) shall be [sect_CID_7].",
        "Shade of Colour (0011,0003) B[sect_CID_7].",
        "B[sect_CID_7] for Shade of Colour (0011,0003).",
        "B[sect_CID_7] shall be used for the Shade of Colour.",
        "B[sect_CID_7] is specified for the Shade of Colour.",
        "For Shade of Colour (0011,0003) B[sect_CID_7].",
        "In this Module Attribute Shade of Colour (0011,0003) is Type 1 and the B[sect_CID_7].",
        "Shade of Colour (0011,0003) within [sect_C.1] B[sect_CID_7].",
        "Shade of Colour in the Paint Reference Macro B[sect_CID_7].",
        "Colour (0011,0001) shall be RED, and B[sect_CID_7] is specified for Shade of Colour.",
    ],
)
def test_a_use_is_for_the_attribute_named_beside_it(text):
    assert uses(text) == [("7", "B", SHADE, False)]


def test_uses_that_stand_together_share_their_attributes():
    assert uses("Colour B[sect_CID_7] and B[sect_CID_8].") == [
        ("7", "B", COLOUR, False),
        ("8", "B", COLOUR, False),
    ]
    assert uses("Colour (0011,0001) and Shade of Colour (0011,0003) D[sect_CID_7].") == [
        ("7", "D", COLOUR, False),
        ("7", "D", SHADE, False),
    ]


def test_a_reference_without_a_letter_goes_on_with_the_one_before_it():
    assert uses("Colour has the D[sect_CID_7] and [sect_CID_8].") == [
        ("7", "D", COLOUR, False),
        ("8", "D", COLOUR, False),
    ]
    assert uses("Colour has the Defined CIDs 7 and 8.") == [
        ("7", "D", COLOUR, False),
        ("8", "D", COLOUR, False),
    ]


def test_each_use_has_its_own_condition_and_goes_on_with_the_attribute():
    assert uses("Colour D[sect_CID_7]for walls, and [sect_CID_8] for doors.") == [
        ("7", "D", COLOUR, True),
        ("8", "D", COLOUR, True),
    ]
    assert uses("Colour D[sect_CID_7] if Shade of Colour is RED; otherwise, D[sect_CID_8].") == [
        ("7", "D", COLOUR, True),
        ("8", "D", COLOUR, True),
    ]


def test_a_condition_before_the_first_use_holds_for_all():
    text = (
        "For oil paint, D[sect_CID_7] is specified for the Colour"
        " and D[sect_CID_8] is specified for the Shade of Colour."
    )
    assert uses(text) == [("7", "D", COLOUR, True), ("8", "D", SHADE, True)]


@pytest.mark.parametrize(
    "text",
    [
        "B[sect_CID_7] for doors.",
        "For doors, B[sect_CID_7].",
        "For doors with Colour (0011,0001) equal to RED, B[sect_CID_7].",
        "If Colour (0011,0001) has the value RED, Baseline CID is 7.",
        "B[sect_CID_7] unless otherwise specified.",
        "B[sect_CID_7], or as specified in the invocation.",
        "B[sect_CID_7] is defined for the [sect_A.1] for doors.",
    ],
)
def test_other_words_are_a_condition_and_no_attribute(text):
    assert uses(text) == [("7", "B", None, True)]


def test_a_condition_and_an_attribute_can_both_be_there():
    assert uses("For oil paint, for Colour, B[sect_CID_7]") == [("7", "B", COLOUR, True)]


def test_templates_are_told_from_context_groups():
    found = read("B[sect_TID_15]. Others may be defined.")
    assert found.templates == (TemplateUse("15", baseline=True),)
    assert found.groups == ()


def test_a_reference_that_says_neither_baseline_nor_defined_is_named():
    found = read("As in [sect_TID_15].", "See [sect_CID_7], where they are listed.")
    assert (found.groups, found.templates) == ((), ())
    assert found.unread == ("p1", "p2")


@given(st.text(alphabet="BD[sect_CID_7] forandtheif;,.Colour", max_size=80))
def test_no_text_is_too_odd(text):
    read(text)
