"""What is asked of tags in values, of text, and of all that an Item holds."""

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec import dataset as data
from dicomspec import requirement
from dicomspec.validation.scope import Place
from dicomspec.validation.verdict import Surroundings
from tests.dicomspec.validation.worded import EDITION, make_item, make_root, outcome_of

_OUTCOMES = {"T": "required", "F": "optional", "U": "unknown"}


def truth(wording: str, item: Dataset) -> str:
    worded = f"Required when {wording}; may be present otherwise."
    around = Surroundings(EDITION.keyword, element=EDITION.element)
    outcome = outcome_of(worded, Place(item), around=around)
    return next(letter for letter, each in _OUTCOMES.items() if each == outcome)


@pytest.mark.parametrize(
    ("tags", "private", "sequence", "code"),
    [
        (0x00091001, "T", "U", "U"),
        (0x00081140, "F", "T", "F"),  # Referenced Image Sequence
        (0x0040A043, "F", "T", "T"),  # Concept Name Code Sequence
        (0x00080060, "F", "F", "F"),
        ([0x00080060, 0x00091001], "T", "U", "U"),
        ([0x00080060, 0x0040A043], "F", "T", "T"),
        (0x00280106, "F", "U", "F"),  # Smallest Image Pixel Value is US or SS
        (0x00080007, "F", "U", "U"),  # nothing has this tag
        (None, "F", "F", "F"),
    ],
)
def test_what_a_value_is_the_tag_of(tags, private, sequence, code):
    item = make_item(FrameIncrementPointer=tags)
    pointer = "any Value of Frame Increment Pointer is the tag of"
    assert truth(f"{pointer} a private Attribute", item) == private
    assert truth(f"{pointer} an Attribute of VR SQ", item) == sequence
    assert truth(f'{pointer} an Attribute whose name ends in "Code Sequence"', item) == code
    assert truth(f"{pointer} a private Attribute", make_item()) == "F"


def test_a_value_that_is_no_tag_is_not_looked_up():
    wording = "Modality is the tag of a private Attribute"
    assert truth(wording, make_item(Modality="CT")) == "U"


@pytest.mark.parametrize(
    ("points", "closed"),
    [
        ([1.0, 2.0, 3.0, 4.0, 1.0, 2.0], "T"),
        ([1.0, 2.0, 3.0, 4.0, 1.0, 2.5], "F"),
        ([1.0, 2.0, 1.0, 2.0], "T"),
        ([1.0, 2.0], "F"),  # one point
        ([], "F"),
    ],
)
def test_a_graphic_that_ends_where_it_begins(points, closed):
    wording = "Graphic Data begins and ends with the same 2 Values"
    item = make_item(GraphicData=points)
    assert truth(wording, item) == closed
    assert truth(wording, make_item()) == "F"


def test_an_item_with_attributes():
    assert truth("this Item has Attributes", make_item()) == "F"
    assert truth("this Item has Attributes", make_item(Rows=1)) == "T"


def _within(**elements: object) -> Dataset:
    return make_root(RequestAttributesSequence=Sequence([make_item(**elements)]))


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (make_root(), "F"),
        (make_item(PatientName="M\xfcller"), "T"),
        (make_item(PatientComments="\x1b$B"), "T"),
        (make_item(OtherPatientNames=["A", "\xc4"]), "T"),
        (make_item(CodeMeaning=None), "F"),
        (_within(ScheduledProcedureStepDescription="\xc4"), "T"),
        (_within(SpecificCharacterSet="ISO_IR 100", ScheduledProcedureStepID="\xc4"), "F"),
        (_within(ScheduledProcedureStepID="A"), "F"),
    ],
)
def test_text_beyond_the_default_repertoire(item, expected):
    assert truth("text of this Item goes beyond the default repertoire", item) == expected


def test_private_text_and_what_stays_in_the_file_leave_it_open():
    private = make_root()
    private.add_new(0x00091001, "LO", "\xc4")
    assert data.beyond_default(private) is None
    private.StudyDescription = "\xc4"
    assert data.beyond_default(private) is True


def test_what_is_at_any_depth():
    wording = "Referenced SOP Instance UID at any depth is present"
    deep = make_item(ReferencedSOPInstanceUID="1.2")
    middle = make_item(ReferencedSOPSequence=Sequence([make_item(), deep]))
    assert truth(wording, make_root(ContentSequence=Sequence([make_item(), middle]))) == "T"
    assert truth(wording, make_root(ReferencedSOPInstanceUID="1.2")) == "T"
    assert truth(wording, make_root(ContentSequence=Sequence([make_item()]))) == "F"


def _selector(**elements: object) -> Dataset:
    return make_root(FilterOperationsSequence=Sequence([make_item(**elements)]))


@pytest.mark.parametrize(
    ("keyword", "path", "tag", "status"),
    [
        ("DimensionIndexPointer", "DimensionIndexPrivateCreator", 0x00091001, "required"),
        ("DimensionIndexPointer", "DimensionIndexPrivateCreator", 0x00209056, "forbidden"),
        ("FunctionalGroupPointer", "FunctionalGroupPrivateCreator", 0x00091001, "required"),
        ("FunctionalGroupPointer", "FunctionalGroupPrivateCreator", 0x00209111, "forbidden"),
    ],
)
def test_private_creators_of_dimensions(keyword, path, tag, status):
    root = make_root(DimensionIndexSequence=Sequence([make_item(**{keyword: tag})]))
    found = requirement(root, f"DimensionIndexSequence[1].{path}", table="table_C.7.6.17-1")
    assert (found.type, found.status) == ("1C", status)


@pytest.mark.parametrize(
    ("elements", "path", "status"),
    [
        ({"SelectorAttribute": 0x00091001}, "SelectorAttributePrivateCreator", "required"),
        ({"SelectorAttribute": 0x00080060}, "SelectorAttributePrivateCreator", "forbidden"),
        (
            {"SelectorSequencePointer": [0x00081140, 0x00091001]},
            "SelectorSequencePointerPrivateCreator",
            "required",
        ),
        ({"SelectorAttribute": 0x00080060}, "SelectorValueNumber", "required"),
        ({"SelectorAttribute": 0x00081140}, "SelectorValueNumber", "forbidden"),
        ({"SelectorAttribute": 0x00091001}, "SelectorValueNumber", "unknown"),
        (
            {"SelectorAttribute": 0x00091001, "SelectorAttributeVR": "SH"},
            "SelectorValueNumber",
            "required",
        ),
    ],
)
def test_selected_attributes(elements, path, status):
    found = requirement(make_item(**elements), path, table="table_10-20")
    assert found.status == status, found


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        (0x0040A043, "required"),  # Concept Name Code Sequence
        (0x00082218, "required"),  # Anatomic Region Sequence
        (0x00081140, "forbidden"),  # Referenced Image Sequence
        (0x003A0300, "forbidden"),  # Multiplexed Audio Channels Description Code Sequence
        (0x00091001, "unknown"),
    ],
)
def test_the_value_of_a_code_sequence(tag, status):
    item = make_item(SelectorAttribute=tag, SelectorAttributeVR="SQ")
    assert requirement(item, "SelectorCodeSequenceValue", table="table_10.26-1").status == status


@pytest.mark.parametrize(
    ("elements", "status"),
    [
        ({}, "forbidden"),
        ({"PatientName": "M\xfcller"}, "required"),
        ({"PatientName": "M\xfcller", "SpecificCharacterSet": "ISO_IR 100"}, "required"),
        ({"SpecificCharacterSet": "ISO_IR 100"}, "unknown"),
    ],
)
def test_the_character_set_of_text(elements, status):
    root = make_root(**elements)
    assert requirement(root, "SpecificCharacterSet", table="table_C.12-1").status == status


@pytest.mark.parametrize(
    ("kind", "last", "status"),
    [
        ("CIRCLE", 9.0, "required"),
        ("POLYLINE", 1.0, "required"),
        ("INTERPOLATED", 9.0, "forbidden"),
        ("POINT", 1.0, "forbidden"),
    ],
)
def test_a_closed_graphic_is_filled_or_not(kind, last, status):
    item = make_item(GraphicType=kind, GraphicData=[1.0, 2.0, 3.0, 4.0, last, 2.0])
    graphics = make_item(GraphicObjectSequence=Sequence([item]))
    root = make_root(GraphicAnnotationSequence=Sequence([graphics]))
    path = "GraphicAnnotationSequence[1].GraphicObjectSequence[1].GraphicFilled"
    assert requirement(root, path, table="table_C.10-5").status == status
