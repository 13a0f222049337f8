"""What an element is, raw or decoded, from here or in a user's own data set."""

import datetime as dt
import io
import logging
import warnings

import pydicom
import pytest
from pydicom import config
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence
from pydicom.tag import Tag
from pydicom.uid import UID
from pydicom.valuerep import DSfloat, PersonName

from dicomspec.dataset import (
    BadElement,
    element,
    from_dataset,
    from_json,
    is_empty,
    items,
    quiet,
    read,
    vr,
)
from tests.dicomspec.dataset.build import implicit, item, shipped

TEXT = ["AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "PN", "SH", "TM", "UC", "UI"]
SINGLE = ["LT", "ST", "UR", "UT"]
BYTES = ["OB", "OD", "OF", "OL", "OV", "OW", "UN"]
NUMBERS = ["AT", "FD", "FL", "SL", "SS", "SV", "UL", "US", "UV"]


def raw(vr, value, tag=0x00091010, *, implicit_vr=False):
    length = 4000 if value is None else len(value)
    return RawDataElement(Tag(tag), vr, length, value, 0, implicit_vr, is_little_endian=True)


def decoded(vr, value, tag=0x00091010):
    return DataElement(Tag(tag), vr, value, already_converted=True)


@pytest.mark.parametrize("vr", [*TEXT, *SINGLE, *BYTES, *NUMBERS, "SQ", None, "ZZ"])
def test_zero_length_is_empty_and_a_value_in_the_file_is_not(vr):
    assert is_empty(raw(vr, b""))
    assert not is_empty(raw(vr, None)) or vr == "SQ"
    assert is_empty(raw(vr, b"")._replace(value=None))


@pytest.mark.parametrize("vr", TEXT)
def test_text_of_padding_and_delimiters_is_empty(vr):
    for value in (b"  ", b"\0", b"\\", b" \\ \\\0 "):
        assert is_empty(raw(vr, value))
        assert is_empty(decoded(vr, value.decode()))
    for value in (b"x ", b"\\x", b" 0", b"\\\\."):
        assert not is_empty(raw(vr, value))
        assert not is_empty(decoded(vr, value.decode()))


@pytest.mark.parametrize("vr", SINGLE)
def test_a_backslash_is_a_character_where_there_is_one_value_only(vr):
    assert is_empty(raw(vr, b" \0"))
    assert is_empty(decoded(vr, " "))
    assert not is_empty(raw(vr, b"\\ "))
    assert not is_empty(decoded(vr, "\\"))


@pytest.mark.parametrize("vr", [*BYTES, *NUMBERS, None, "ZZ"])
def test_padding_is_a_value_of_bytes_and_numbers(vr):
    assert not is_empty(raw(vr, b"\0\0"))
    assert not is_empty(raw(vr, b"  "))


def test_implicit_vr_is_looked_up():
    assert is_empty(raw(None, b"  ", 0x00100020, implicit_vr=True))
    assert not is_empty(raw(None, b"\0\0", 0x00280010, implicit_vr=True))
    assert vr(raw(None, b"", 0x00100020)) == "LO"
    assert vr(raw(None, b"", 0x00283002)) == "US or SS"
    assert vr(raw(None, b"", 0x60023000)) == "OB or OW"
    assert vr(raw(None, b"", 0x00090010)) == "LO"
    assert vr(raw(None, b"", 0x00091010)) is None
    assert vr(raw("CS", b"", 0x00100020)) == "CS"
    assert vr(Dataset().setdefault("PatientID", "x")) == "LO"
    assert type(vr(decoded("LO", "x"))) is str


@pytest.mark.parametrize(
    ("vr", "value"),
    [
        ("LO", None),
        ("LO", ""),
        ("LO", []),
        ("LO", ["", " ", None]),
        ("LO", MultiValue(str, ["", ""])),
        ("PN", PersonName("")),
        ("PN", PersonName("  ")),
        ("PN", [PersonName(""), PersonName(" ")]),
        ("UI", UID("")),
        ("US", None),
        ("US", []),
        ("OB", b""),
        ("OB", io.BytesIO()),
        ("SQ", None),
        ("SQ", []),
        ("SQ", Sequence()),
    ],
)
def test_values_in_memory_that_are_empty(vr, value):
    assert is_empty(decoded(vr, value))


@pytest.mark.parametrize(
    ("vr", "value"),
    [
        ("LO", ["", "x"]),
        ("LO", MultiValue(str, ["", "x"])),
        ("PN", PersonName("Doe")),
        ("PN", [PersonName(""), PersonName("Doe")]),
        ("UI", UID("1.2")),
        ("US", 0),
        ("US", [0, 0]),
        ("FL", 0.0),
        ("DS", DSfloat("0")),
        ("DS", [DSfloat("0")]),
        ("AT", Tag(0)),
        ("DA", dt.date(1970, 1, 1)),
        ("OB", b"\0"),
        ("OB", b" "),
        ("OB", io.BytesIO(b"\0")),
        ("SQ", [Dataset()]),
        ("SQ", Sequence([Dataset()])),
    ],
)
def test_values_in_memory_that_are_not(vr, value):
    assert not is_empty(decoded(vr, value))


def test_a_stream_stays_where_it_stands():
    stream = io.BytesIO(b"abcd")
    stream.seek(2)
    assert not is_empty(decoded("OB", stream))
    assert stream.tell() == 2
    stream.close()
    assert not is_empty(decoded("OB", stream))


def test_items_of_a_sequence_in_memory():
    inner = Dataset()
    dataset = Dataset()
    dataset.ReferencedImageSequence = [inner]
    assert list(items(dataset.get_item(0x00081140)) or ()) == [inner]
    assert list(items(decoded("SQ", None)) or ()) == []
    assert items(decoded("LO", "x")) is None
    assert items(decoded("UN", b"abcd")) is None
    with pytest.raises(BadElement):
        items(decoded("SQ", "x"))


def test_items_of_bytes_in_memory():
    content = item(implicit(0x00100010, "Jané".encode()))
    parent = Dataset()
    parent.set_original_encoding(None, None, ["utf8"])
    for found in (
        raw(None, content, 0x00081140, implicit_vr=True),
        raw("UN", content, 0x00081140),
        raw("UN", content),
        decoded("UN", content),
    ):
        (only,) = items(found, within=parent) or ()
        assert only.PatientName == "Jané"
        (only,) = items(found) or ()
        assert str(only.PatientName) == "JanÃ©"


def test_items_of_a_value_that_pydicom_has_deferred():
    with pytest.raises(BadElement, match="isn't in memory"):
        items(raw("SQ", None, 0x00081140))
    assert items(raw("LO", None, 0x00081140)) is None


def test_items_of_what_pydicom_read():
    dataset = pydicom.dcmread(shipped("rtplan.dcm"))
    element = dataset.get_item(0x300A00B0)
    assert element.is_raw
    assert [len(one) for one in items(element, within=dataset) or ()] == [
        len(one) for one in dataset.BeamSequence
    ]


def test_an_element_as_it_is():
    dataset = pydicom.dcmread(shipped("CT_small.dcm"), defer_size=1000)
    found = element(dataset, 0x7FE00010)
    assert isinstance(found, RawDataElement)
    assert (found.value, is_empty(found)) == (None, False)
    assert element(dataset, 0x00081140) is None


def test_a_data_set_in_memory():
    dataset = Dataset()
    dataset.PatientID = "x"
    found = from_dataset(dataset)
    assert found.dataset is dataset
    assert (found.path, found.transfer_syntax_uid, found.file_meta) == ("<dataset>", None, None)
    path = shipped("CT_small.dcm")
    of_file = pydicom.dcmread(path)
    found = from_dataset(of_file)
    assert (found.path, found.transfer_syntax_uid) == (path, "1.2.840.10008.1.2.1")
    assert found.file_meta is of_file.file_meta
    with pytest.raises(TypeError, match="not dict"):
        from_dataset({})  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, "", UID("1.2.840.10008.1.2"), "1.2.840.10008.1.2"])
def test_transfer_syntax_in_memory(value):
    dataset = Dataset()
    dataset.file_meta = pydicom.dataset.FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = value
    assert from_dataset(dataset).transfer_syntax_uid == (value or None)


def test_quiet_sets_everything_back(caplog):
    logger = logging.getLogger("pydicom")
    before = warnings.filters[:]
    with caplog.at_level("DEBUG"), quiet() as caught:
        logger.warning("Doe^Jane")
        warnings.warn("Doe^Jane", stacklevel=1)
    assert [str(one.message) for one in caught] == ["Doe^Jane"]
    assert caplog.records == []
    assert warnings.filters == before
    assert not logger.disabled
    with pytest.raises(ZeroDivisionError), quiet():
        _ = 1 / 0
    assert not logger.disabled


def test_settings_of_users_are_left_alone_and_make_no_difference(monkeypatch):
    monkeypatch.setattr(config.settings, "reading_validation_mode", config.RAISE)
    monkeypatch.setattr(config, "use_none_as_empty_text_VR_value", True)
    before = dict(vars(config.settings))
    (found,) = read(shipped("test-SR.dcm"))
    assert len(found.dataset) > 0
    assert is_empty(from_json({"00100020": {"vr": "LO"}}).dataset.get_item(0x00100020))
    assert dict(vars(config.settings)) == before
