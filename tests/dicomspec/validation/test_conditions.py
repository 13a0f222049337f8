"""Three-valued evaluation, its truth table, and the scopes in which Attributes are looked for."""

import tomllib
from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from codegen.grammar.attribute_names import AttributeNames
from codegen.grammar.reading import Reader
from dicomspec import edition as editions
from dicomspec.model import condition as c
from dicomspec.validation import conditions
from dicomspec.validation.conditions import Outcome, decide, evaluate
from dicomspec.validation.predicates import Surroundings
from dicomspec.validation.scope import Place

_TABLE = tomllib.loads(Path(__file__).with_name("truth_table.toml").read_text(encoding="utf-8"))
_EDITION = editions.load("2024c")
_READER = Reader(AttributeNames(_EDITION.elements.values()))
_THERE, _NOT_THERE = c.Ref("(0010,0010)"), c.Ref("(0010,0020)")
_ROWS, _CODES = c.Ref("(0028,0010)"), c.Ref("(0008,9215)")
_LEAVES: dict[str, c.Expression] = {
    "T": c.Present(_THERE),
    "F": c.Present(_NOT_THERE),
    "U": c.Judgement("who knows"),
}
_TRUTHS = {True: "T", False: "F", None: "U"}


def _around() -> Surroundings:
    return Surroundings(_EDITION.keyword)


def _root(**elements: object) -> Dataset:
    dataset = Dataset()
    dataset.PatientName = "A"
    for keyword, value in elements.items():
        setattr(dataset, keyword, value)
    return dataset


def _truth(expression: c.Expression, *chain: Place) -> str:
    return _TRUTHS[evaluate(expression, chain or (Place(_root()),), _around()).truth]


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
    assert decide(condition, (Place(_root()),), _around()).outcome.value == result


def _outcome(wording: str, *chain: Place, around: Surroundings | None = None) -> str:
    return decide(_READER.read(wording), chain, around or _around()).outcome.value


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
    condition = _READER.read(f"Required when {wording}; may be present otherwise.")
    assert condition.required is not None
    assert _truth(condition.required, Place(_root(**elements))) == truth


def _item(**elements: object) -> Dataset:
    item = Dataset()
    for keyword, value in elements.items():
        setattr(item, keyword, value)
    return item


def test_the_nearest_item_that_has_the_attribute_counts():
    inner = _item(Modality="MR")
    root = _root(Modality="CT", ReferencedImageSequence=Sequence([inner]))
    wording = "Required when Modality is CT; not permitted otherwise."
    assert _outcome(wording, Place(root)) == "required"
    assert _outcome(wording, Place(root), Place(inner, None, 0x00081140, 1, 1)) == "forbidden"
    assert _outcome(wording, Place(root), Place(_item(), None, 0x00081140, 1, 1)) == "required"


def test_scopes_that_are_said():
    inner = _item()
    chain = (Place(_root(Modality="CT")), Place(inner, None, 0x00081140, 1, 1))
    for scope, outcome in (("in this Item", "forbidden"), ("at the root", "required"),
                           ("in the enclosing Item", "required")):  # fmt: skip
        assert (
            _outcome(f"Required when Modality {scope} is CT; not permitted otherwise.", *chain)
            == outcome
        )


def _frames(*types: str, shared: str = "") -> Dataset:
    def group(kind: str) -> Dataset:
        return (
            _item(MRImageFrameTypeSequence=Sequence([_item(FrameType=[kind, "PRIMARY"])]))
            if kind
            else _item()
        )

    return _root(
        SharedFunctionalGroupsSequence=Sequence([group(shared)]),
        PerFrameFunctionalGroupsSequence=Sequence([group(kind) for kind in types]),
    )


def _in_frame(root: Dataset, number: int) -> tuple[Place, ...]:
    frames = root.PerFrameFunctionalGroupsSequence
    return (
        Place(root),
        Place(frames[number - 1], None, 0x52009230, number, len(frames)),
        Place(_item(), None, 0x00189115, 1, 1),
    )


def test_functional_groups_of_the_same_frame_then_the_shared_ones():
    wording = "Required when Frame Type Value 1 is ORIGINAL; may be present otherwise."
    root = _frames("ORIGINAL", "DERIVED")
    assert _outcome(wording, *_in_frame(root, 1)) == "required"
    assert _outcome(wording, *_in_frame(root, 2)) == "optional"
    assert _outcome(wording, *_in_frame(_frames("", "", shared="ORIGINAL"), 2)) == "required"


def test_from_a_shared_group_the_frames_count_where_they_agree():
    wording = "Required when Frame Type Value 1 is ORIGINAL; may be present otherwise."

    def shared(root: Dataset) -> tuple[Place, ...]:
        return (Place(root), Place(root.SharedFunctionalGroupsSequence[0], None, 0x52009229, 1, 1))

    assert _outcome(wording, *shared(_frames("ORIGINAL", "ORIGINAL"))) == "required"
    assert _outcome(wording, *shared(_frames("ORIGINAL", "DERIVED"))) == "unknown"


def _shared(root: Dataset) -> tuple[Place, ...]:
    return (Place(root), Place(root.SharedFunctionalGroupsSequence[0], None, 0x52009229, 1, 1))


@pytest.mark.parametrize(
    ("what", "frames", "outcome"),
    [
        ("Frame Type is present", ("ORIGINAL", "DERIVED"), "required"),
        ("Frame Type is present", ("ORIGINAL", ""), "unknown"),
        ("Frame Type is present", ("", "ORIGINAL"), "unknown"),
        ("Frame Type is absent", ("", ""), "required"),
        ("Frame Type has a value", ("ORIGINAL", "DERIVED"), "required"),
        ("Frame Type has a value", ("ORIGINAL", ""), "unknown"),
        ("Frame Type Value 1 is ORIGINAL", ("ORIGINAL", ""), "unknown"),
        ("Frame Type Value 2 is PRIMARY", ("ORIGINAL", "DERIVED"), "required"),
        ("Frame Type Value 1 is not MIXED", ("ORIGINAL", "DERIVED"), "required"),
        ("Frame Type equals Image Type", ("ORIGINAL", "ORIGINAL"), "required"),
        ("Frame Type equals Image Type", ("ORIGINAL", "DERIVED"), "unknown"),
        ("the number of Values of Frame Type is 2", ("ORIGINAL", "DERIVED"), "required"),
        ("the number of Items of MR Image Frame Type Sequence is 1", ("ORIGINAL", ""), "unknown"),
        (
            "some Item of MR Image Frame Type Sequence has (Frame Type Value 1 is ORIGINAL)",
            ("ORIGINAL", "DERIVED"),
            "unknown",
        ),
        (
            "some Item of MR Image Frame Type Sequence has (Frame Type Value 1 is ORIGINAL)",
            ("ORIGINAL", "ORIGINAL"),
            "required",
        ),
    ],
)
def test_from_a_shared_group_each_frame_is_asked(what, frames, outcome):
    root = _frames(*frames)
    root.ImageType = ["ORIGINAL", "PRIMARY"]
    wording = f"Required when {what}; not permitted otherwise."
    assert _outcome(wording, *_shared(root)) == outcome
    if outcome == "unknown":
        decision = decide(_READER.read(wording), _shared(root), _around())
        assert len(decision.because) == 1


def test_items_at_the_root_are_asked_once_for_all_frames(monkeypatch):
    """Else a condition on some frame, of each frame, takes the square of their number."""
    asked, of_items = [], conditions._of_items

    def counted(*given):
        asked.append(given)
        return of_items(*given)

    monkeypatch.setattr(conditions, "_of_items", counted)
    root, around = _frames("DERIVED", "DERIVED", "ORIGINAL"), _around()
    wording = (
        "Required when some Item of Per-Frame Functional Groups Sequence has (some Item of "
        "MR Image Frame Type Sequence has (Frame Type Value 1 is ORIGINAL)); "
        "not permitted otherwise."
    )
    for frame in (1, 2, 3):
        assert _outcome(wording, *_in_frame(root, frame), around=around) == "required"
    assert len(asked) == 1 + 3


def _overlays(*groups: int) -> Dataset:
    root = _root()
    for group in groups:
        root.add_new(group << 16 | 0x0011, "US", group & 0xFF)  # Overlay Columns
    return root


@pytest.mark.parametrize(
    ("groups", "own", "outcome"),
    [
        ((), 0, "forbidden"),
        ((0x6000,), 0, "required"),
        ((0x6004,), 0, "required"),  # the first that there is
        ((0x6004,), 0x6004, "required"),
        ((0x6000,), 0x6004, "forbidden"),  # another group is another overlay
        ((0x6000, 0x6004), 0x6004, "required"),
        ((0x6001,), 0, "forbidden"),  # a private group
        ((0x5000,), 0, "forbidden"),  # a curve
    ],
)
def test_a_repeating_group_is_the_own_one_or_any(groups, own, outcome):
    wording = "Required when Overlay Columns is present; not permitted otherwise."
    assert _outcome(wording, Place(_overlays(*groups), group=own)) == outcome


def test_values_of_one_repeating_group_are_not_taken_for_those_of_another():
    """What is seen from the root is kept; each group is another place."""
    root, around = _overlays(0x6000, 0x6002), Surroundings(_EDITION.keyword)
    wording = "Required when Overlay Columns is 2; not permitted otherwise."
    for group, outcome in ((0x6000, "forbidden"), (0x6002, "required"), (0, "forbidden")):
        assert _outcome(wording, Place(root, group=group), around=around) == outcome


def test_items():
    groups = Sequence([_item(NumberOfBeams=0), _item(NumberOfBeams=2)])
    root = _root(FractionGroupSequence=groups)
    some = (
        "Required when some Item of Fraction Group Sequence has "
        "(Number of Beams is greater than 0); not permitted otherwise."
    )
    every = some.replace("some", "every")
    assert _outcome(some, Place(root)) == "required"
    assert _outcome(every, Place(root)) == "forbidden"
    assert _outcome(some, Place(_root())) == "forbidden"
    many = (
        "Required when the number of Items of Fraction Group Sequence is greater than 1; "
        "not permitted otherwise."
    )
    assert _outcome(many, Place(root)) == "required"


def test_the_item_that_a_number_refers_to():
    wording = (
        "Required when the Item of Beam Sequence whose Beam Number equals Referenced Beam Number "
        "has (Beam Type is DYNAMIC); not permitted otherwise."
    )
    beams = Sequence(
        [_item(BeamNumber=1, BeamType="STATIC"), _item(BeamNumber=2, BeamType="DYNAMIC")]
    )
    root = _root(BeamSequence=beams)
    for number, outcome in ((1, "forbidden"), (2, "required"), (3, "unknown")):
        inner = Place(_item(ReferencedBeamNumber=number), None, 0x300C0004, 1, 1)
        assert _outcome(wording, Place(root), inner) == outcome


def test_codes():
    code = _item(CodeValue="113097", CodingSchemeDesignator="DCM", CodeMeaning="x")
    wording = (
        "Required when Derivation Code Sequence is the code (113097, DCM); "
        "may be present otherwise."
    )
    assert _outcome(wording, Place(_root(DerivationCodeSequence=Sequence([code])))) == "required"
    code.CodingSchemeDesignator = "99X"
    assert _outcome(wording, Place(_root(DerivationCodeSequence=Sequence([code])))) == "optional"
    sct = wording.replace("113097, DCM", "81745001, SCT")
    old = _item(CodeValue="T-AA000", CodingSchemeDesignator="SRT", CodeMeaning="Eye")
    assert _outcome(sct, Place(_root(DerivationCodeSequence=Sequence([old])))) == "unknown"


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
    item = _item(CodingSchemeDesignator="99X")
    setattr(item, keyword, value)
    wording = (
        'Required when Derivation Code Sequence is {} ("urn:made:up"{}); may be present otherwise.'
    )
    root = _root(DerivationCodeSequence=Sequence([item]))
    assert _outcome(wording.format("the code", ""), Place(root)) == status
    assert _outcome(wording.format("the code", ", 99X"), Place(root)) == status
    assert _outcome(wording.format("the code", ", 99Y"), Place(root)) == "optional"
    other = "optional" if status == "required" else "required"
    assert _outcome(wording.format("not the code", ""), Place(root)) == other


def test_no_code_of_none_asks_for_items():
    wording = (
        "Required when Derivation Code Sequence is not the code (1); may be present otherwise."
    )
    assert _outcome(wording, Place(_root())) == "optional"
    assert _outcome(wording, Place(_root(DerivationCodeSequence=Sequence([])))) == "optional"
    assert _outcome(wording, Place(_root(DerivationCodeSequence=Sequence([_item()])))) == "required"


def test_positions():
    wording = "Required when this Item is the first; not permitted otherwise."
    for number, outcome in ((1, "required"), (2, "forbidden")):
        assert (
            _outcome(wording, Place(_root()), Place(_item(), None, 0x300A0111, number, 2))
            == outcome
        )


def test_surroundings():
    around = Surroundings(
        _EDITION.keyword, "CT Image", "1.2.840.10008.1.2.4.50", {"RT Beams": True}.get
    )
    for what, outcome in (
        ('the IOD is "CT Image"', "required"),
        ('the IOD is "MR Image"', "forbidden"),
        ('the Module "RT Beams" is present', "required"),
        ("the Transfer Syntax is 1.2.840.10008.1.2.4.50", "required"),
    ):
        wording = f"Required when {what}; not permitted otherwise."
        assert _outcome(wording, Place(_root()), around=around) == outcome
        assert _outcome(wording, Place(_root())) == "unknown"


def test_reasons_name_the_elements_that_decided():
    condition = _READER.read(
        "Required when Modality is CT and Rows is present; may be present otherwise."
    )
    decision = decide(condition, (Place(_root(Modality="CT")),), _around())
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
        (c.HasValue(_ROWS), 5, "Rows has a value"),
        (c.ValuesNumber(_ROWS, c.Comparison.GREATER, "1"), 5, "Rows has 1 Values"),
        (c.Same(_ROWS, c.Ref("(0028,0011)")), 4, "Rows equals Columns"),
        (c.Different(_ROWS, c.Ref("(0028,0011)")), 4, "Rows equals Columns"),
        (c.Different(_ROWS, c.Ref("(0028,0011)")), 5, "Rows differs from Columns"),
        (c.Same(_ROWS, _NOT_THERE), 5, "PatientID is absent or has no value"),
        (c.HasCode(_CODES, (c.Code("1"),)), 4, "DerivationCodeSequence has the code 1"),
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
        (c.TransferSyntaxIs(("1.2",)), 4, "the Transfer Syntax is 1.2.3"),
        (c.FirstItem(), 4, "there is no Item around it"),
        (c.Within(("(0008,1140)",)), 4, "it is not within that Sequence"),
        (c.Judgement("it hurts"), 4, "people judge: it hurts"),
        (c.Unparsed("para_x", ""), 4, "not read: para_x"),
    ],
)
def test_a_reason_says_what_is_so(expression, rows, said):
    code = _item(CodeValue="1", CodingSchemeDesignator="SRT")
    root = _root(Rows=rows, Columns=4, DerivationCodeSequence=Sequence([code]))
    around = Surroundings(_EDITION.keyword, "MR Image", "1.2.3", {"A": True, "B": False}.get)
    decision = decide(c.Conditional("p", expression), (Place(root),), around)
    assert decision.because == (said,)


def test_a_text_that_is_not_read_is_unknown():
    decision = decide(c.Unparsed("para_x", "0" * 16), (Place(_root()),), _around())
    assert decision.outcome is Outcome.UNKNOWN
