"""A finding about an element has its value; a report that is written to a file never shows it."""

import pytest
from click.testing import CliRunner
from pydicom.dataset import Dataset

import dicomspec
from dicomspec.faces.cli import cli
from dicomspec.findings import Finding
from tests.dicomspec.dataset.build import explicit, part10
from tests.dicomspec.files import sop_class

CT = "1.2.840.10008.5.1.4.1.1.2"
NAME = "DOE^JOHN 1977"


def data_set(calendar: bytes) -> bytes:
    """Return a CT Image with a calendar that nothing permits there, and a name for its UID."""
    return part10(
        sop_class(CT)
        + explicit(0x00080018, "UI", NAME.encode() + b"\0")
        + explicit(0x00100020, "LO", b"")
        + explicit(0x00100035, "CS", calendar)
        + explicit(0x00281201, "OW", b"SECRET" * 100)
    )


def findings(source: object) -> dict[str, Finding]:
    return {each.location.keywords: each for each in dicomspec.validate(source).findings}


def test_a_finding_about_a_present_element_has_its_value():
    dataset = Dataset()
    dataset.SOPClassUID = CT
    dataset.PatientID = ""
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.PatientAlternativeCalendar = "SECRET"
    dataset.RedPaletteColorLookupTableData = b"SECRET"
    found = findings(dataset)
    calendar = found["PatientAlternativeCalendar"]
    assert (calendar.code, calendar.value) == ("attribute/not-permitted", "SECRET")
    assert "SECRET" not in calendar.message
    assert found["RedPaletteColorLookupTableData"].code == "attribute/not-permitted"
    assert found["RedPaletteColorLookupTableData"].value is None
    assert found["PatientName"].value is None  # it is absent


def test_a_value_is_short_and_its_byte_is_known(tmp_path):
    path = tmp_path / "x.dcm"
    data = data_set(b"\\".join([b"GREGORIAN"] * 400))
    path.write_bytes(data)
    calendar = findings(path)["PatientAlternativeCalendar"]
    assert calendar.value is not None
    assert len(calendar.value) <= 64
    assert calendar.value.startswith("GREGORIAN\\GREGORIAN")
    assert calendar.offset == data.index(b"GREGORIAN")


@pytest.mark.parametrize("format_", ["json", "html", "text"])
def test_what_is_written_to_files_shows_no_value(tmp_path, format_):
    (tmp_path / "x.dcm").write_bytes(data_set(b"SECRET"))
    shown = []
    for option in ("--redact", "--show-values", ""):
        out = tmp_path / f"out{option}"
        words = ["validate", str(tmp_path / "x.dcm"), "--format", f"{format_}={out}", option]
        CliRunner().invoke(cli, list(filter(None, words)))
        shown.append(out.read_text())
    for text in (shown[0], shown[2]):
        assert not [value for value in ("DOE", "1977", "SECRET") if value in text]
    assert "SECRET" in shown[1]
    assert NAME in shown[1]  # a finding of its own: it is no UID
