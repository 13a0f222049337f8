"""Three-valued evaluation: its truth table, what each predicate asks, and the reasons."""

import tomllib
from pathlib import Path

import pytest
from pydicom.sequence import Sequence

from dicomspec.model import condition as c
from dicomspec.validation.conditions import Outcome, decide, evaluate
from dicomspec.validation.scope import Place
from dicomspec.validation.verdict import Surroundings
from tests.dicomspec.validation.worded import (
    EDITION,
    READER,
    make_item,
    make_root,
    outcome_of,
    surroundings,
)

_TABLE = tomllib.loads(Path(__file__).with_name("truth_table.toml").read_text(encoding="utf-8"))
_THERE, _NOT_THERE = c.Ref("(0010,0010)"), c.Ref("(0010,0020)")
_ROWS, _CODES = c.Ref("(0028,0010)"), c.Ref("(0008,9215)")
_LEAVES: dict[str, c.Expression] = {
    "T": c.Present(_THERE),
    "F": c.Present(_NOT_THERE),
    "U": c.Judgement("who knows"),
}
_TRUTHS = {True: "T", False: "F", None: "U"}


def _truth(expression: c.Expression, *chain: Place) -> str:
    return _TRUTHS[evaluate(expression, chain or (Place(make_root()),), surroundings()).truth]


@pytest.mark.parametrize("row", _TABLE["and"])
def test_and(row):
    (left, right), result = row.split()
    assert _truth(c.And((_LEAVES[left], _LEAVES[right]))) == result


@pytest.mark.parametrize("row", _TABLE["or"])
def test_or(row):
    (left, right), result = row.split()
    assert _truth(c.Or((_LEAVES[left], _LEAVES[right]))) == result


@pytest.mark.parametrize("row", _TABLE["not"])
def test_not(row):
    given, result = row.split()
    assert _truth(c.Not(_LEAVES[given])) == result


@pytest.mark.parametrize("row", _TABLE["outcome"])
def test_outcomes(row):
    required, forbidden, permitted, otherwise, result = row.split()
    condition = c.Conditional(
        "para_x",
        _LEAVES.get(required),
        _LEAVES.get(permitted),
        _LEAVES.get(forbidden),
        c.Otherwise.MAY if otherwise == "may" else c.Otherwise.SHALL_NOT,
    )
    assert decide(condition, (Place(make_root()),), surroundings()).outcome.value == result


@pytest.mark.parametrize(
    ("wording", "elements", "truth"),
    [
        ("Image Type Value 1 is ORIGINAL", {"ImageType": ["ORIGINAL", "PRIMARY"]}, "T"),
        ("Image Type Value 2 is ORIGINAL", {"ImageType": ["ORIGINAL", "PRIMARY"]}, "F"),
        ("Image Type Value 3 is not LABEL", {"ImageType": ["ORIGINAL", "PRIMARY"]}, "F"),
        ("any Value of Image Type is PRIMARY", {"ImageType": ["ORIGINAL", "PRIMARY"]}, "T"),
        ("Modality is CT", {}, "F"),
        ("Modality is not CT", {}, "F"),
        ("Modality is absent or not CT", {}, "T"),
        ("Modality is not CT", {"Modality": ""}, "F"),
        ("Modality is not CT", {"Modality": "MR"}, "T"),
        ("Modality is present", {"Modality": ""}, "T"),
        ("Modality has a value", {"Modality": ""}, "F"),
        ("Modality has no value", {}, "T"),
        ("Number of Frames is greater than 1", {"NumberOfFrames": 2}, "T"),
        ("Number of Frames is greater than 1", {"NumberOfFrames": 1}, "F"),
        ("Number of Frames is greater than 1", {}, "F"),
        ("Samples per Pixel is 1", {"SamplesPerPixel": 1}, "T"),
        ("Lossy Image Compression is 01", {"LossyImageCompression": "01"}, "T"),
        ("Lossy Image Compression is 01", {"LossyImageCompression": "1"}, "F"),
        ("Pixel Data is X", {"PixelData": b"\0\0"}, "U"),
        ("Rows equals Columns", {"Rows": 4, "Columns": 4}, "T"),
        ("Rows differs from Columns", {"Rows": 4, "Columns": 4}, "F"),
        ("Rows differs from Columns", {"Rows": 4}, "F"),
        # a Value by its number
        ("Image Type Value 2 is present", {"ImageType": ["ORIGINAL", ""]}, "T"),
        ("Image Type Value 2 is present", {"ImageType": ["ORIGINAL"]}, "F"),
        ("Image Type Value 2 is absent", {"ImageType": ["ORIGINAL"]}, "T"),
        ("Image Type Value 1 is absent", {}, "T"),
        ("Image Type Value 2 has a value", {"ImageType": ["ORIGINAL", "PRIMARY"]}, "T"),
        ("Image Type Value 2 has a value", {"ImageType": ["ORIGINAL", "", "X"]}, "F"),
        ("Image Type Value 4 has a value", {"ImageType": ["ORIGINAL", "", "X"]}, "F"),
        ("Image Type Value 4 has no value", {"ImageType": ["ORIGINAL", "", "X"]}, "T"),
        ("Pixel Data Value 1 is present", {"PixelData": b"\0\0"}, "U"),
        ("Pixel Data Value 1 has a value", {"PixelData": b"\0\0"}, "U"),
        ("Image Type Value 3 is absent or not X", {"ImageType": ["ORIGINAL"]}, "T"),
        # numbers
        ("Slice Thickness is 2", {"SliceThickness": "2.0"}, "T"),
        ("Slice Thickness is at least 2", {"SliceThickness": "2.0"}, "T"),
        ("Slice Thickness is at most 2", {"SliceThickness": "2.5"}, "F"),
        ("Slice Thickness is at most 2", {"SliceThickness": "2"}, "T"),
        ("Slice Thickness is less than 2", {"SliceThickness": "2"}, "F"),
        ("Slice Thickness is 0", {"SliceThickness": "0.0"}, "T"),
        ("Lossy Image Compression is 1", {"LossyImageCompression": "01"}, "F"),
        ("Slice Thickness is less than 0", {"SliceThickness": "-1E-3"}, "T"),
        ("Modality is greater than 1", {"Modality": "CT"}, "U"),
        ("Modality is greater than 1", {"Modality": "1_0"}, "U"),
        ("Modality is greater than 1", {"Modality": "INF"}, "U"),
        ("Modality is 10", {"Modality": "1_0"}, "F"),
        ("Modality is INF", {"Modality": "INFINITY"}, "F"),
        # how many
        ("the number of Values of Image Type is at least 3", {"ImageType": ["A", "B"]}, "F"),
        ("the number of Values of Image Type is 2", {"ImageType": ["A", "B"]}, "T"),
        ("the number of Values of Image Type is 0", {}, "T"),
        ("the number of Values of Pixel Data is 1", {"PixelData": b"\0\0"}, "U"),
        ("the number of Items of Beam Sequence is not 0", {}, "F"),
        # tags
        (
            'any Value of Frame Increment Pointer is "(0018,1063)"',
            {"FrameIncrementPointer": [0x00181065, 0x00181063]},
            "T",
        ),
    ],
)
def test_predicates(wording, elements, truth):
    condition = READER.read(f"Required when {wording}; may be present otherwise.")
    assert condition.required is not None
    assert _truth(condition.required, Place(make_root(**elements))) == truth


def test_items():
    groups = Sequence([make_item(NumberOfBeams=0), make_item(NumberOfBeams=2)])
    root = make_root(FractionGroupSequence=groups)
    some = (
        "Required when some Item of Fraction Group Sequence has "
        "(Number of Beams is greater than 0); not permitted otherwise."
    )
    every = some.replace("some", "every")
    assert outcome_of(some, Place(root)) == "required"
    assert outcome_of(every, Place(root)) == "forbidden"
    assert outcome_of(some, Place(make_root())) == "forbidden"
    many = (
        "Required when the number of Items of Fraction Group Sequence is greater than 1; "
        "not permitted otherwise."
    )
    assert outcome_of(many, Place(root)) == "required"


def test_codes():
    code = make_item(CodeValue="113097", CodingSchemeDesignator="DCM", CodeMeaning="x")
    wording = (
        "Required when Derivation Code Sequence is the code (113097, DCM); "
        "may be present otherwise."
    )
    assert (
        outcome_of(wording, Place(make_root(DerivationCodeSequence=Sequence([code])))) == "required"
    )
    code.CodingSchemeDesignator = "99X"
    assert (
        outcome_of(wording, Place(make_root(DerivationCodeSequence=Sequence([code])))) == "optional"
    )
    sct = wording.replace("113097, DCM", "81745001, SCT")
    old = make_item(CodeValue="T-AA000", CodingSchemeDesignator="SRT", CodeMeaning="Eye")
    assert outcome_of(sct, Place(make_root(DerivationCodeSequence=Sequence([old])))) == "unknown"


@pytest.mark.parametrize(
    ("keyword", "value", "status"),
    [
        ("CodeValue", "urn:made:up", "required"),
        ("LongCodeValue", "urn:made:up", "required"),
        ("URNCodeValue", "urn:made:up", "required"),
        ("CodeMeaning", "urn:made:up", "optional"),
        ("CodeValue", "", "optional"),
    ],
)
def test_a_code_may_stand_in_three_attributes(keyword, value, status):
    item = make_item(CodingSchemeDesignator="99X")
    setattr(item, keyword, value)
    wording = (
        'Required when Derivation Code Sequence is {} ("urn:made:up"{}); may be present otherwise.'
    )
    root = make_root(DerivationCodeSequence=Sequence([item]))
    assert outcome_of(wording.format("the code", ""), Place(root)) == status
    assert outcome_of(wording.format("the code", ", 99X"), Place(root)) == status
    assert outcome_of(wording.format("the code", ", 99Y"), Place(root)) == "optional"
    other = "optional" if status == "required" else "required"
    assert outcome_of(wording.format("not the code", ""), Place(root)) == other


def test_no_code_of_none_asks_for_items():
    wording = (
        "Required when Derivation Code Sequence is not the code (1); may be present otherwise."
    )
    assert outcome_of(wording, Place(make_root())) == "optional"
    assert outcome_of(wording, Place(make_root(DerivationCodeSequence=Sequence([])))) == "optional"
    assert (
        outcome_of(wording, Place(make_root(DerivationCodeSequence=Sequence([make_item()]))))
        == "required"
    )


def test_surroundings():
    around = Surroundings(
        EDITION.keyword, "CT Image", "1.2.840.10008.1.2.4.50", {"RT Beams": True}.get
    )
    for what, outcome in (
        ('the IOD is "CT Image"', "required"),
        ('the IOD is "MR Image"', "forbidden"),
        ('the Module "RT Beams" is present', "required"),
        ("the Transfer Syntax is 1.2.840.10008.1.2.4.50", "required"),
    ):
        wording = f"Required when {what}; not permitted otherwise."
        assert outcome_of(wording, Place(make_root()), around=around) == outcome
        assert outcome_of(wording, Place(make_root())) == "unknown"


def test_a_text_that_is_not_read_is_unknown():
    decision = decide(c.Unparsed("para_x", "0" * 16), (Place(make_root()),), surroundings())
    assert decision.outcome is Outcome.UNKNOWN


def test_reasons_name_the_elements_that_decided():
    condition = READER.read(
        "Required when Modality is CT and Rows is present; may be present otherwise."
    )
    decision = decide(condition, (Place(make_root(Modality="CT")),), surroundings())
    assert decision.outcome is Outcome.OPTIONAL
    assert decision.because == ("Rows is absent",)


@pytest.mark.parametrize(
    ("expression", "rows", "said"),
    [
        (c.Compare(_ROWS, c.Comparison.EQUAL, "4"), 4, "Rows is 4"),
        (c.Compare(_ROWS, c.Comparison.EQUAL, "4"), 5, "Rows is not 4"),
        (c.Compare(_ROWS, c.Comparison.UNEQUAL, "4"), 4, "Rows is 4"),
        (c.Compare(_ROWS, c.Comparison.UNEQUAL, "4"), 5, "Rows is not 4"),
        (c.Compare(_ROWS, c.Comparison.GREATER, "4"), 5, "Rows is greater than 4"),
        (c.Compare(_ROWS, c.Comparison.GREATER, "4"), 4, "Rows is not greater than 4"),
        (c.Compare(_ROWS, c.Comparison.AT_MOST, "4"), 5, "Rows is not at most 4"),
        (c.Is(_ROWS, ("1", "2")), 5, "Rows is not 1 or 2"),
        (c.Is(_ROWS, ("1", "2", "5")), 5, "Rows is 5"),
        (c.IsNot(_ROWS, ("1", "2", "5")), 5, "Rows is 5"),
        (c.IsNot(_ROWS, ("1", "2")), 5, "Rows is not 1 or 2"),
        (c.HasValue(_ROWS), 5, "Rows has a value"),
        (c.ValuesNumber(_ROWS, c.Comparison.GREATER, "1"), 5, "Rows has 1 Values"),
        (c.Is(_NOT_THERE, ("1",)), 5, "PatientID is absent"),
        (c.Is(c.Ref("(0028,0010)", 2), ("1",)), 5, "Rows Value 2 has no value"),
        (c.And((_LEAVES["T"], _LEAVES["U"])), 5, "people judge: who knows"),
        (c.Or((_LEAVES["U"], _LEAVES["F"])), 5, "people judge: who knows"),
        (c.Or((_LEAVES["U"], _LEAVES["T"])), 5, "PatientName is present"),
        (c.Same(_ROWS, c.Ref("(0028,0011)")), 4, "Rows equals Columns"),
        (c.Different(_ROWS, c.Ref("(0028,0011)")), 4, "Rows equals Columns"),
        (c.Different(_ROWS, c.Ref("(0028,0011)")), 5, "Rows differs from Columns"),
        (c.Same(_ROWS, _NOT_THERE), 5, "PatientID is absent or has no value"),
        (c.HasCode(_CODES, (c.Code("1"),)), 4, "DerivationCodeSequence has the code 1"),
        (
            c.HasCode(_CODES, (c.Code("2", "", "two"), c.Code("1", "", "one"))),
            4,
            "DerivationCodeSequence has the code one",
        ),
        (c.HasCode(_CODES, (c.Code("2"),)), 4, "DerivationCodeSequence has not the code 2"),
        (
            c.HasNoCode(_CODES, (c.Code("3", "SCT"), c.Code("4", "SCT"))),
            4,
            "DerivationCodeSequence may have the code 3 or 4",
        ),
        (c.IODIs(("CT Image",)), 4, "the IOD is MR Image"),
        (c.ModulePresent("A"), 4, "the Module A is present"),
        (c.ModulePresent("B"), 4, "the Module B is not present"),
        (c.ModulePresent("C"), 4, "the Module C may be present"),
        (c.TransferSyntaxIs(("1.2",)), 4, "the Transfer Syntax is not 1.2"),
        (c.FirstItem(), 4, "there is no Item around it"),
        (c.Within(("(0008,1140)",)), 4, "this Item is not in ReferencedImageSequence"),
        (c.Judgement("it hurts"), 4, "people judge: it hurts"),
        (c.Unparsed("para_x", ""), 4, "not read: para_x"),
    ],
)
def test_a_reason_says_what_is_so(expression, rows, said):
    code = make_item(CodeValue="1", CodingSchemeDesignator="SRT")
    root = make_root(Rows=rows, Columns=4, DerivationCodeSequence=Sequence([code]))
    around = Surroundings(EDITION.keyword, "MR Image", "1.2.3", {"A": True, "B": False}.get)
    decision = decide(c.Conditional("p", expression), (Place(root),), around)
    assert decision.because == (said,)
