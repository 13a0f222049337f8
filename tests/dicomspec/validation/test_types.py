"""The table of Types, SEMANTICS (PS3.5 7.4), row by row, as far as it doesn't need conditions."""

import pytest
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec import edition as editions
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, ENHANCED_CT, check, found


def ct() -> Dataset:
    return minimal.instance(editions.load("2024c"), CT)


@pytest.mark.parametrize("value", [b"", b" ", b"\0", b"\\", b" \\ "])
def test_type_1_without_a_value(value):
    dataset = ct()
    modality = BaseTag(0x00080060)
    dataset[modality] = RawDataElement(
        modality, "CS", len(value), value, 0, is_implicit_VR=False, is_little_endian=True
    )
    assert found(dataset) == [("attribute/type-1-empty", "Modality")]


def test_one_value_of_several_satisfies_type_1():
    dataset = ct()
    dataset.ImageType = ["", "PRIMARY"]
    assert found(dataset) == []


def test_a_sequence_without_items_doesnt_satisfy_type_1():
    edition = editions.load("2024c")
    dataset = minimal.instance(edition, "1.2.840.10008.5.1.4.1.1.88.11")  # Basic Text SR
    dataset.ConceptNameCodeSequence = Sequence([])
    dataset.VerifyingObserverSequence = Sequence([])
    codes = found(dataset)
    assert ("attribute/type-1-empty", "ConceptNameCodeSequence") not in codes  # 1C: not decided
    dataset.ReferencedPerformedProcedureStepSequence = Sequence([])
    assert ("attribute/type-1-empty", "ReferencedPerformedProcedureStepSequence") not in found(
        dataset
    )


def test_type_2_may_be_empty_but_not_absent():
    dataset = ct()
    dataset.PatientName = None
    assert found(dataset) == []
    del dataset.PatientName
    assert found(dataset) == [("attribute/type-2-missing", "PatientName")]


def test_type_3_may_be_anything():
    dataset = ct()
    dataset.ImageComments = None
    assert found(dataset) == []


@pytest.mark.parametrize("present", [True, False])
def test_type_1c_and_2c_are_listed_as_not_evaluated(present):
    dataset = ct()
    if present:
        dataset.Laterality = "L"
    listed = [
        each for each in check(dataset).not_evaluated if each.location.keywords == "Laterality"
    ]
    assert [(each.type, each.module, each.reason) for each in listed] == [
        ("2C", "General Series", "judgement")
    ]


@pytest.mark.parametrize(
    ("keyword", "sop_class"),
    [
        ("ResponsiblePersonRole", CT),  # not required, and nothing permits it otherwise
        ("PixelAspectRatio", CT),  # only people know whether it is required
        ("PixelPaddingRangeLimit", CT),  # required, since Pixel Padding Value is there
        ("DeidentificationMethod", CT),  # not required, may be present otherwise
    ],
)
def test_type_1c_without_a_value(keyword, sop_class):
    dataset = minimal.instance(editions.load("2024c"), sop_class)
    dataset.PixelPaddingValue = 0
    setattr(dataset, keyword, None)
    assert ("attribute/type-1c-empty", keyword) in found(dataset)
    assert ("attribute/not-permitted", keyword) not in found(dataset)


def test_a_row_of_another_type_may_permit_no_value():
    """Referenced Performed Procedure Step Sequence: 1C in a CT Series, 3 in a General Series."""
    dataset = minimal.instance(editions.load("2024c"), ENHANCED_CT)
    dataset.ReferencedPerformedProcedureStepSequence = Sequence([])
    assert found(dataset) == []
    listed = [each.location.keywords for each in check(dataset).not_evaluated]
    assert "ReferencedPerformedProcedureStepSequence" in listed
    dataset = ct()
    dataset.Laterality = None  # 2C
    assert found(dataset) == []


def test_what_is_nested_is_asked_of_each_item_whatever_the_sequence_is():
    dataset = ct()
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "1", "99X", "one"
    dataset.ProcedureCodeSequence = Sequence([code, Dataset()])  # Type 3
    assert found(dataset) == [
        ("attribute/type-1c-missing", "ProcedureCodeSequence[2].CodeValue"),
        ("attribute/type-1-missing", "ProcedureCodeSequence[2].CodeMeaning"),
    ]


CODES = ("CodeValue", "LongCodeValue", "URNCodeValue")


@pytest.mark.parametrize("given", [None, *CODES])
def test_a_coded_entry_has_a_code_of_one_kind_or_another(given):
    """PS3.3 8.1."""
    dataset, code = ct(), Dataset()
    code.CodingSchemeDesignator, code.CodeMeaning = "99X", "one"
    if given:
        setattr(code, given, "urn:1")
    dataset.ProcedureCodeSequence = Sequence([code])
    missing = [("attribute/type-1c-missing", "ProcedureCodeSequence[1].CodeValue")]
    assert found(dataset) == ([] if given else missing)
    listed = [each.location.keywords.partition(".")[2] for each in check(dataset).not_evaluated]
    assert not set(CODES).intersection(listed)


def test_an_include_specializes_a_type():
    """PS3.3 Table C.8-5: Code Meaning is Type 3 in these Code Sequences."""
    edition = editions.load("2024c")
    dataset = minimal.instance(edition, "1.2.840.10008.5.1.4.1.1.20")  # Nuclear Medicine
    orientation = dataset.PatientOrientationCodeSequence
    assert "CodeMeaning" not in orientation[0]
    assert found(dataset) == []


def test_the_number_of_items():
    dataset = ct()
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = "1", "99X", "one"
    dataset.AnatomicRegionSequence = Sequence([item])
    assert found(dataset) == []
    dataset.AnatomicRegionSequence = Sequence([item, item])
    report = check(dataset)
    counted = [(f.code, f.location.keywords) for f in report.findings]
    assert ("sequence/item-count", "AnatomicRegionSequence") in counted


def test_a_sequence_that_is_none():
    dataset = ct()
    dataset.add_new(0x00081032, "LO", "text")  # Procedure Code Sequence
    assert found(dataset) == [("sequence/not-a-sequence", "ProcedureCodeSequence")]


def test_requirements_checked_counts_what_was_asked():
    few, more = ct(), ct()
    more.OtherPatientIDsSequence = Sequence([Dataset()])
    more.OtherPatientIDsSequence[0].PatientID = "1"
    assert check(more).requirements_checked > check(few).requirements_checked > 40
