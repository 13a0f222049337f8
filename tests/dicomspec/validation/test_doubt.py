"""What is forbidden only because of a missing Attribute is not a second finding."""

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec import edition as editions
from dicomspec import requirement
from dicomspec.findings import NotEvaluated
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, check, found

_PET, _SC = "1.2.840.10008.5.1.4.1.1.128", "1.2.840.10008.5.1.4.1.1.7"
_ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1"


def _rgb() -> Dataset:
    dataset = minimal.instance(editions.load("2024c"), _SC)
    dataset.PhotometricInterpretation = "RGB"
    dataset.SamplesPerPixel, dataset.PlanarConfiguration = 3, 0
    return dataset


def _listed(dataset: Dataset, name: str) -> list[NotEvaluated]:
    every = check(dataset).not_evaluated
    return [each for each in every if name in {each.location.keywords, each.module}]


def test_an_attribute_that_a_missing_one_would_permit():
    dataset = _rgb()
    assert found(dataset) == []
    del dataset.SamplesPerPixel
    assert found(dataset) == [("attribute/type-1-missing", "SamplesPerPixel")]
    (listed,) = _listed(dataset, "PlanarConfiguration")
    assert (listed.type, listed.reason) == ("1C", "missing")
    assert listed.because == ("SamplesPerPixel is missing, though it is required",)
    # asked for itself, it is as SEMANTICS say: "X is Y" is false where X is absent
    assert requirement(dataset, "PlanarConfiguration").status == "forbidden"


def test_an_attribute_of_type_1_without_a_value_is_missing_too():
    dataset = _rgb()
    dataset.SamplesPerPixel = None
    assert found(dataset) == [("attribute/type-1-empty", "SamplesPerPixel")]


def test_what_is_there_forbids_as_before():
    dataset = _rgb()
    dataset.PhotometricInterpretation, dataset.SamplesPerPixel = "MONOCHROME2", 1
    assert found(dataset) == [("attribute/not-permitted", "PlanarConfiguration")]
    assert _listed(dataset, "PlanarConfiguration") == []


def test_an_absent_attribute_that_is_not_demanded_forbids_as_before():
    """Multi-energy CT Acquisition is of Type 3: nothing tells that it is missing."""
    dataset = minimal.instance(editions.load("2024c"), CT)
    dataset.MultienergyCTAcquisitionSequence = Sequence([Dataset()])
    assert found(dataset) == [("module/not-permitted", "")]


def test_a_module_that_a_missing_attribute_would_permit():
    dataset = minimal.instance(editions.load("2024c"), _PET)
    dataset.SeriesType = ["STATIC", "IMAGE"]
    dataset.BeatRejectionFlag = "N"
    assert ("module/not-permitted", "") in found(dataset)
    del dataset.SeriesType
    codes = found(dataset)
    assert ("attribute/type-1-missing", "SeriesType") in codes
    assert ("module/not-permitted", "") not in codes
    (listed,) = _listed(dataset, "PET Multi-gated Acquisition")
    assert (listed.type, listed.reason) == ("C", "missing")
    assert listed.because == ("SeriesType Value 1 is missing, though it is required",)


def test_a_functional_group_that_a_missing_attribute_would_permit():
    """Real World Value Mapping may be there in images of MONOCHROME2 only."""
    dataset = minimal.instance(editions.load("2024c"), _ENHANCED_MR)
    group = dataset.SharedFunctionalGroupsSequence[0]
    group.RealWorldValueMappingSequence = Sequence([Dataset()])
    dataset.PhotometricInterpretation = "RGB"
    assert "functional-group/not-permitted" in {code for code, _ in found(dataset)}
    del dataset.PhotometricInterpretation
    codes = found(dataset)
    assert ("attribute/type-1-missing", "PhotometricInterpretation") in codes
    assert "functional-group/not-permitted" not in {code for code, _ in codes}
    assert [each.reason for each in _listed(dataset, "Real World Value Mapping")][:1] == ["missing"]
