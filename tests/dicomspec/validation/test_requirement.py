"""`requirement`: what is asked of one Attribute, Module or Macro; what it says if there is none.

These hold without any condition that is read; conditions are tested where they are evaluated.
"""

import json

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec import edition as editions
from dicomspec import requirement
from dicomspec.dataset import Unreadable
from dicomspec.edition import UnknownEditionError
from dicomspec.validation.requirement import NoSuchRequirementError
from tests.dicomspec import files
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, ENHANCED_CT


@pytest.fixture(scope="module")
def ct() -> Dataset:
    dataset = minimal.instance(editions.load("2024c"), CT)
    dataset.OtherPatientIDsSequence = Sequence([Dataset(), Dataset()])
    return dataset


@pytest.fixture(scope="module")
def enhanced() -> Dataset:
    return minimal.instance(editions.load("2024c"), ENHANCED_CT)


def told(*given, **named):
    found = requirement(*given, **named)
    return found.type, found.status, found.citation.table


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Modality", ("1", "required", "table_C.7-5a")),
        ("PatientName", ("2", "required", "table_C.7-1")),
        ("(0010,0010)", ("2", "required", "table_C.7-1")),
        ("ImageComments", ("3", "optional", "table_C.7-9")),
        ("OtherPatientIDsSequence", ("3", "optional", "table_C.7-1")),
        ("OtherPatientIDsSequence[2].PatientID", ("1", "required", "table_C.7-1")),
        ("(0010,1002)[1].(0010,0020)", ("1", "required", "table_C.7-1")),
        ("OtherPatientIDsSequence.PatientID", ("1", "required", "table_C.7-1")),
    ],
)
def test_an_attribute_as_the_iod_asks_for_it(ct, path, expected):
    found = requirement(ct, path)
    assert (found.type, found.status, found.citation.table) == expected
    assert (found.condition, found.because) == ("", ())
    assert found.citation.edition == "2024c"
    assert found.citation.url.startswith("https://dicom.nema.org/medical/dicom/2024c/")


def test_an_attribute_of_a_module_that_is_absent_is_optional(ct):
    found = requirement(ct, "ClinicalTrialSponsorName")
    assert (found.type, found.status) == ("1", "optional")
    assert found.because == ("the Module Clinical Trial Subject is not present",)


def test_the_iod_may_be_named(ct):
    assert told(ct, "KVP") == ("2", "required", "table_C.8-3")
    assert told(ct, "ScanningSequence", iod="MR Image") == ("1", "required", "table_C.8-4")


def test_a_missing_module_of_usage_m_asks_all_the_same():
    assert told(Dataset(), "PatientName", iod="CT Image") == ("2", "required", "table_C.7-1")
    assert told(Dataset(), "ImageComments", iod="CT Image")[1] == "optional"


def test_a_row_of_a_table_wherever_it_is_included(ct):
    assert told(ct, "PatientID", table="table_C.7-1") == ("2", "required", "table_C.7-1")
    assert told(Dataset(), "PatientID", table="table_C.7-1")[1] == "required"
    name = Dataset()
    name.PatientBreedCodeSequence = Sequence([Dataset()])
    path = "PatientBreedCodeSequence[1].CodeMeaning"
    assert told(name, path, table="table_8.8-1a") == ("1", "required", "table_8.8-1a")


def test_a_module(ct):
    assert told(ct, module="Patient") == ("M", "required", "table_A.3-1")
    assert told(ct, module="patient module") == ("M", "required", "table_A.3-1")
    assert told(ct, module="Clinical Trial Subject") == ("U", "optional", "table_A.3-1")
    assert told(Dataset(), module="Patient", table="table_A.3-1")[1] == "required"


def test_a_functional_group_macro(enhanced):
    assert told(enhanced, module="Pixel Measures") == ("M", "required", "table_A.38-2")
    assert told(enhanced, module="Pixel Measures Macro", iod="Enhanced CT Image")[1] == "required"
    assert told(enhanced, module="Frame Content", table="table_A.38-2")[0] == "M"


def test_every_kind_of_source(tmp_path):
    (tmp_path / "a").write_bytes(files.FAILING)
    expected = ("2", "required", "table_F.3-2")
    for source in (tmp_path / "a", str(tmp_path / "a"), json.loads(files.JSON)):
        assert told(source, "FileSetID") == expected
    (tmp_path / "b").write_bytes(files.CUT)
    with pytest.raises(Unreadable, match="the data end"):
        requirement(tmp_path / "b", "FileSetID")
    with pytest.raises(TypeError):
        requirement(42, "FileSetID")


@pytest.mark.parametrize(
    ("path", "named", "said"),
    [
        (None, {}, "neither a path nor a Module"),
        ("NoSuchKeyword", {}, "edition 2024c has no Attribute NoSuchKeyword"),
        ("PatientID]", {}, "is neither tag nor keyword"),
        ("", {}, "is neither tag nor keyword"),
        ("Columns", {"iod": "No IOD"}, "no IOD 'No IOD'"),
        ("Columns", {"table": "table_Z"}, "edition 2024c has no table table_Z"),
        ("Columns", {"table": "table_C.7-1"}, "table_C.7-1 has no row at the end of that path"),
        ("EchoTime", {}, "no such Attribute is defined there"),
        ("OtherPatientIDsSequence[3].PatientID", {}, "the data set has no Item 3 at step 1"),
        ("OtherPatientIDsSequence[0].PatientID", {}, "has no Item"),
        (None, {"module": "No Module"}, "the IOD CT Image has no Module or Macro 'No Module'"),
        (None, {"module": "Patient", "table": "table_C.7-1"}, "is no table of an IOD's"),
    ],
)
def test_what_the_standard_does_not_have(ct, path, named, said):
    with pytest.raises(NoSuchRequirementError, match=said.replace("(", r"\(")):
        requirement(ct, path, **named)


def test_a_data_set_without_an_iod():
    with pytest.raises(NoSuchRequirementError, match="the SOP Class tells no IOD"):
        requirement(Dataset(), "PatientName")


def test_an_edition_that_is_not_there(ct):
    with pytest.raises(UnknownEditionError):
        requirement(ct, "PatientName", edition="2023e")
    assert requirement(ct, "PatientName", edition="2024a").citation.edition == "2024a"
