"""Module presence, SEMANTICS 1 to 6."""

from pydicom.dataset import Dataset

from dicomspec import edition as editions
from dicomspec.report import Presence
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, check, found


def ct() -> Dataset:
    return minimal.instance(editions.load("2024c"), CT)


def presence(dataset, name):
    outline = check(dataset, outline=True).outline
    return next(each.presence for each in outline if each.name == name)


def test_a_mandatory_module_without_any_attribute_is_one_finding():
    dataset = ct()
    del dataset.PixelSpacing, dataset.ImageOrientationPatient, dataset.ImagePositionPatient
    del dataset.SliceThickness
    assert found(dataset) == [("module/mandatory-missing", "")]
    assert presence(dataset, "Image Plane") is Presence.MISSING


def test_a_mandatory_module_with_one_attribute_is_asked_for_each():
    dataset = ct()
    del dataset.ImageOrientationPatient, dataset.ImagePositionPatient
    assert found(dataset) == [
        ("attribute/type-1-missing", "ImageOrientationPatient"),
        ("attribute/type-1-missing", "ImagePositionPatient"),
    ]


def test_a_user_optional_module_is_enforced_once_it_is_present():
    dataset = ct()
    assert presence(dataset, "Clinical Trial Subject") is Presence.ABSENT
    dataset.ClinicalTrialSponsorName = "Sponsor"
    assert presence(dataset, "Clinical Trial Subject") is Presence.PRESENT
    assert ("attribute/type-1-missing", "ClinicalTrialProtocolID") in found(dataset)


def test_an_attribute_that_a_mandatory_module_explains_makes_no_other_present():
    dataset = ct()
    dataset.InstanceNumber = 3  # General Image, and others
    assert found(dataset) == []


def test_an_attribute_of_two_optional_modules_is_explained_by_the_one_that_lacks_least():
    dataset = Dataset()
    edition = editions.load("2024c")
    dataset = minimal.instance(edition, "1.2.840.10008.5.1.4.1.1.1")  # CR
    dataset.WindowCenter, dataset.WindowWidth = 1, 1
    assert presence(dataset, "VOI LUT") is Presence.PRESENT
    assert found(dataset) == []


def test_a_module_of_usage_c_is_listed_and_enforced_if_present():
    dataset = ct()
    dataset.ContrastBolusRoute = "ORAL"
    report = check(dataset)
    assert [(f.code, f.location.keywords) for f in report.findings] == [
        ("attribute/type-2-missing", "ContrastBolusAgent")
    ]
    assert ("Contrast/Bolus", "C", "judgement") in {
        (each.module, each.type, each.reason) for each in report.not_evaluated
    }


def test_the_strictest_type_holds_and_names_its_module():
    dataset = ct()
    del dataset.ImageType  # Type 3 in General Image, Type 1 in CT Image
    report = check(dataset)
    assert [(f.code, f.module) for f in report.findings] == [
        ("attribute/type-1-missing", "CT Image")
    ]


def test_a_repeating_group_is_asked_for_in_each_group_that_is_there():
    dataset = ct()
    dataset.add_new(0x60020010, "US", 4)
    missing = {keywords for code, keywords in found(dataset) if code == "attribute/type-1-missing"}
    paths = {each.location.path for each in check(dataset).findings}
    assert "(6002,3000)" in paths
    assert not any(path.startswith("(6000") for path in paths)
    assert "OverlayData" in missing
