"""A CT file with four faults shows exactly these four, with path, Module and link."""

import pytest
from pydicom import dcmread
from pydicom.data import get_testdata_file

import dicomspec
from dicomspec.catalogue import Severity


def faults(path):
    return [each for each in dicomspec.validate(path).findings if each.severity is Severity.ERROR]


@pytest.fixture
def faulty(tmp_path):
    dataset = dcmread(str(get_testdata_file("CT_small.dcm")))
    del dataset.RescaleSlope
    dataset.PhotometricInterpretation = ""
    del dataset.FrameOfReferenceUID
    del dataset.PositionReferenceIndicator
    del dataset.OtherPatientIDsSequence[1].PatientID
    path = tmp_path / "ct.dcm"
    dataset.save_as(path)
    return path


def test_the_file_as_it_is_passes():
    report = dicomspec.validate(get_testdata_file("CT_small.dcm"))
    codes = [each.code for each in report.findings]
    assert codes == ["file-meta/preamble-used", *["attribute/private"] * 9]  # a TIFF's preamble
    assert report.summary.passed == 1


def test_exactly_these_four(faulty):
    assert [
        (each.code, each.location.path, each.location.keywords, each.module, each.type)
        for each in faults(faulty)
    ] == [
        ("module/mandatory-missing", "", "", "Frame of Reference", "M"),
        (
            "attribute/type-1-missing",
            "(0010,1002)[2].(0010,0020)",
            "OtherPatientIDsSequence[2].PatientID",
            "Patient",
            "1",
        ),
        (
            "attribute/type-1-empty",
            "(0028,0004)",
            "PhotometricInterpretation",
            "Image Pixel",
            "1",
        ),
        ("attribute/type-1-missing", "(0028,1053)", "RescaleSlope", "CT Image", "1"),
    ]


def test_each_links_to_its_row(faulty):
    base = "https://dicom.nema.org/medical/dicom/2024c/output/chtml/part03/"
    links = [each.citation.url for each in faults(faulty)]
    pages = [link.removeprefix(base).partition("#") for link in links]
    assert [page for page, _, _ in pages] == [
        "sect_A.3.3.html", "sect_C.7.html", "sect_C.7.6.3.3.html", "sect_C.8.2.html",
    ]  # fmt: skip
    assert all(anchor.startswith("para_") for _, _, anchor in pages)
