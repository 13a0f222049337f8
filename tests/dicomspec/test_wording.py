"""Every kind of expression has its wording. (That it is read back is for the grammar to show.)"""

from typing import get_args

import pytest

from dicomspec import edition as editions
from dicomspec.model import condition as c
from dicomspec.wording import Wording

EDITION = editions.load("2024c")
WORDING = Wording(EDITION)

MODALITY, NAME = c.Ref("(0008,0060)"), c.Ref("(0010,0010)")
BEAMS, CODES = c.Ref("(300A,00B0)"), c.Ref("(0008,9215)")
CT, NAMED = c.Is(MODALITY, ("CT",)), c.Present(NAME)
WORDED: list[tuple[c.Expression, str]] = [
    (NAMED, "Patient's Name is present"),
    (c.Absent(NAME), "Patient's Name is absent"),
    (c.HasValue(NAME), "Patient's Name has a value"),
    (c.Not(c.HasValue(NAME)), "Patient's Name has no value"),
    (CT, "Modality is CT"),
    (c.Is(MODALITY, ("CT", "MR")), "Modality is any of CT, MR"),
    (c.Is(MODALITY, ("two words", "no")), 'Modality is any of "two words", "no"'),
    (c.IsNot(MODALITY, ("CT",)), "Modality is not CT"),
    (c.IsNot(MODALITY, ("CT", "MR")), "Modality is none of CT, MR"),
    (c.IsNot(MODALITY, ("CT",), or_absent=True), "Modality is absent or not CT"),
    (c.IsNot(MODALITY, ("CT", "MR"), or_absent=True), "Modality is absent or none of CT, MR"),
    (c.Is(c.Ref("(0008,0008)", 3), ("AXIAL",)), "Image Type Value 3 is AXIAL"),
    (c.Is(c.Ref("(0008,0008)", 0), ("MIXED",)), "any Value of Image Type is MIXED"),
    (c.Present(c.Ref("(0010,0010)", None, c.Scope.ITEM)), "Patient's Name in this Item is present"),
    (c.Present(c.Ref("(0010,0010)", None, c.Scope.ROOT)), "Patient's Name at the root is present"),
    (
        c.Present(c.Ref("(0010,0010)", None, c.Scope.ENCLOSING)),
        "Patient's Name in the enclosing Item is present",
    ),
    (
        c.HasValue(c.Ref("(0008,0008)", 2, c.Scope.ANYWHERE)),
        "Image Type Value 2 anywhere has a value",
    ),
    (
        c.Compare(c.Ref("(0028,0008)"), c.Comparison.GREATER, "1"),
        "Number of Frames is greater than 1",
    ),
    (
        c.Compare(c.Ref("(0018,0050)"), c.Comparison.AT_MOST, "-0.5"),
        "Slice Thickness is at most -0.5",
    ),
    (c.Same(NAME, MODALITY), "Patient's Name equals Modality"),
    (c.Different(NAME, MODALITY), "Patient's Name differs from Modality"),
    (c.Closed(NAME, "2"), "Patient's Name begins and ends with the same 2 Values"),
    (c.PrivateTag(NAME), "Patient's Name is the tag of a private Attribute"),
    (c.TagOfVR(NAME, "SQ"), "Patient's Name is the tag of an Attribute of VR SQ"),
    (
        c.TagNamed(NAME, "Code Sequence"),
        'Patient\'s Name is the tag of an Attribute whose name ends in "Code Sequence"',
    ),
    (
        c.ItemsNumber(BEAMS, c.Comparison.UNEQUAL, "1"),
        "the number of Items of Beam Sequence is not 1",
    ),
    (
        c.ValuesNumber(c.Ref("(0008,0008)"), c.Comparison.AT_LEAST, "3"),
        "the number of Values of Image Type is at least 3",
    ),
    (
        c.HasCode(CODES, (c.Code("113097", "DCM"),)),
        "Derivation Code Sequence is the code (113097, DCM)",
    ),
    (
        c.HasCode(CODES, (c.Code("1", "99 X", "made up"), c.Code("1", "DCM"))),
        'Derivation Code Sequence is any of the codes (1, "99 X", "made up"), (1, DCM)',
    ),
    (
        c.HasNoCode(CODES, (c.Code("113097", "DCM"), c.Code("T-1"))),
        "Derivation Code Sequence is none of the codes (113097, DCM), (T-1)",
    ),
    (c.SomeItem(BEAMS, CT), "some Item of Beam Sequence has (Modality is CT)"),
    (c.EveryItem(BEAMS, CT), "every Item of Beam Sequence has (Modality is CT)"),
    (
        c.ItemReferredTo(BEAMS, c.Ref("(300A,00C0)"), c.Ref("(300C,0006)"), CT),
        (
            "the Item of Beam Sequence whose Beam Number equals Referenced Beam Number "
            "has (Modality is CT)"
        ),
    ),
    (c.FirstItem(), "this Item is the first"),
    (c.LastItem(enclosing=True), "the enclosing Item is the last"),
    (c.Filled(), "this Item has Attributes"),
    (c.BeyondDefault(), "text of this Item goes beyond the default repertoire"),
    (
        c.Present(c.Ref("(0010,0010)", None, c.Scope.INSIDE)),
        "Patient's Name at any depth is present",
    ),
    (c.Within(("(300A,00B0)",)), "this Item is in Beam Sequence"),
    (
        c.Within(("(300A,00B0)", "(0008,9215)")),
        "this Item is in any of Beam Sequence, Derivation Code Sequence",
    ),
    (c.IODIs(("CT Image", "MR Image")), 'the IOD is any of "CT Image", "MR Image"'),
    (c.ModulePresent("RT Beams"), 'the Module "RT Beams" is present'),
    (c.TransferSyntaxIs(("1.2.840.10008.1.2",)), "the Transfer Syntax is 1.2.840.10008.1.2"),
    (c.Judgement("it hurts"), 'people judge that "it hurts"'),
    (c.Not(c.And((CT, NAMED))), "not (Modality is CT and Patient's Name is present)"),
    (
        c.And((CT, c.Or((NAMED, c.FirstItem())))),
        "Modality is CT and (Patient's Name is present or this Item is the first)",
    ),
    (
        c.Or((c.And((CT, NAMED)), c.FirstItem())),
        "Modality is CT and Patient's Name is present, or this Item is the first",
    ),
    # two Attributes of one name are told apart by their tags
    (c.Present(c.Ref("(0008,0202)")), "Retired-blank (0008,0202) is present"),
    (c.Present(c.Ref("(0018,0061)")), "(0018,0061) is present"),  # it has no name
    (c.Present(c.Ref("(60xx,3000)")), "Overlay Data is present"),
    (c.Present(c.Ref("(0009,1001)")), "(0009,1001) is present"),
]


@pytest.mark.parametrize(("expression", "words"), WORDED)
def test_an_expression_in_words(expression, words):
    assert WORDING.expression(expression) == words


def test_every_kind_of_expression_is_worded():
    told = {type(part) for expression, _ in WORDED for part in c.parts(expression)}
    assert told == set(get_args(c.Expression)) - {c.Unparsed}
    unread = WORDING.expression(c.Unparsed("para_1", "0" * 16))
    assert unread == 'people judge that "not read: para_1"'


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (c.Conditional("para_1", CT), "Required when Modality is CT; not permitted otherwise."),
        (
            c.Conditional("para_1", c.And(()), otherwise=c.Otherwise.MAY),
            "Required always; may be present otherwise.",
        ),
        (
            c.Conditional("para_1", CT, NAMED, c.FirstItem(), c.Otherwise.MAY),
            (
                "Required when Modality is CT; may be present when Patient's Name is present; "
                "not permitted when this Item is the first; may be present otherwise."
            ),
        ),
        (
            c.Conditional("para_1", forbidden=CT, otherwise=c.Otherwise.MAY),
            "Not permitted when Modality is CT; may be present otherwise.",
        ),
    ],
)
def test_a_condition_in_words(condition, words):
    assert WORDING.condition(condition) == words


def test_a_text_that_was_not_read_is_told_by_its_place():
    assert WORDING.condition(c.Unparsed("para_1", "0" * 16)) == "Not read: para_1."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CT", "CT"),
        ("PRE_ACQ", "PRE_ACQ"),
        ("1.2.840", "1.2.840"),
        ("-1", "-1"),
        ("FLOW-ENC", "FLOW-ENC"),
        ("", '""'),
        ("no", '"no"'),
        ("T1.", '"T1."'),
        ("TWO WORDS", '"TWO WORDS"'),
        ("(0010,0010)", '"(0010,0010)"'),
        ("KVP", '"KVP"'),  # the name of an Attribute
        ("KVP_1", '"KVP_1"'),
        ("X.Rows", '"X.Rows"'),
        ("Rows1", "Rows1"),
        ("Item", '"Item"'),  # a word of ours
        ("ITEM", "ITEM"),
        ("VR", '"VR"'),
    ],
)
def test_a_value_that_could_be_taken_for_words_is_quoted(text, words):
    assert WORDING.value(text) == words


def test_registered_uids_are_called_by_their_names():
    condition = c.Conditional("p", c.TransferSyntaxIs(("1.2.840.10008.1.2", "1.2.3")))
    assert WORDING.said(condition).startswith(
        'Required when the Transfer Syntax is any of "Implicit VR Little Endian: Default Transfer '
        'Syntax for DICOM", 1.2.3'
    )
    assert WORDING.named("1.2.840.10008.1.2.999 and 1.2.3") == "1.2.840.10008.1.2.999 and 1.2.3"
