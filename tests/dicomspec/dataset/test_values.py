"""The values of an element as strings: raw, and as pydicom's users have them."""

import io
from struct import pack

import pytest
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec.dataset import strings

TAG = BaseTag(0x00081030)


def raw(vr, value, *, little=True, tag=TAG, length=None):
    size = len(value or b"") if length is None else length
    element = RawDataElement(
        tag, vr, size, value, 0, is_implicit_VR=vr is None, is_little_endian=little
    )
    return strings(element)


@pytest.mark.parametrize(
    ("vr", "value", "expected"),
    [
        ("CS", b"ORIGINAL\\PRIMARY ", ("ORIGINAL", "PRIMARY")),
        ("CS", b" A \\\\ B", ("A", "", "B")),
        ("CS", b"  ", ("",)),
        ("CS", b"", ()),
        ("UI", b"1.2.840\0", ("1.2.840",)),
        ("DS", b" 1.50\\-2 ", ("1.50", "-2")),
        ("PN", b"Doe^J\xe9r\xf4me", ("Doe^J\u00e9r\u00f4me",)),
        # PS3.5 6.2: text that may not have several values holds backslashes, and leading spaces
        ("LT", b"  a\\b ", ("  a\\b",)),
        ("UT", b"a\r\nb\0", ("a\r\nb",)),
        ("UR", b"http://x/?a=\\b ", ("http://x/?a=\\b",)),
    ],
)
def test_text(vr, value, expected):
    assert raw(vr, value) == expected
    assert raw(vr, value, little=False) == expected


@pytest.mark.parametrize(
    ("vr", "form", "numbers", "expected"),
    [
        ("US", "H", (1, 65535), ("1", "65535")),
        ("SS", "h", (-2,), ("-2",)),
        ("UL", "L", (1 << 31,), ("2147483648",)),
        ("SL", "l", (-1,), ("-1",)),
        ("UV", "Q", (1 << 63,), ("9223372036854775808",)),
        ("SV", "q", (-1,), ("-1",)),
        ("FL", "f", (1.5, -0.25), ("1.5", "-0.25")),
        ("FD", "d", (0.1,), ("0.1",)),
        ("AT", "HH", (0x0018, 0x00FF, 0x7FE0, 0x0010), ("(0018,00FF)", "(7FE0,0010)")),
    ],
)
def test_numbers_in_both_byte_orders(vr, form, numbers, expected):
    form *= len(numbers) // len(form)
    assert raw(vr, pack("<" + form, *numbers)) == expected
    assert raw(vr, pack(">" + form, *numbers), little=False) == expected


def test_a_vr_that_only_the_dictionary_has():
    assert raw(None, b"\2\0", tag=BaseTag(0x00280010)) == ("2",)  # Rows: US
    assert raw(None, b"\2\0", tag=BaseTag(0x00280106)) == ("2",)  # US or SS
    assert raw(None, b"CT", tag=BaseTag(0x00080060)) == ("CT",)
    assert raw(None, b"CT", tag=BaseTag(0x00091001)) is None  # private


@pytest.mark.parametrize("little", [True, False])
def test_un_is_decoded_by_the_dictionary_in_little_endian(little):
    """PS3.5 6.2.2."""
    assert raw("UN", b"\2\0", tag=BaseTag(0x00280010), little=little) == ("2",)  # Rows
    assert raw("UN", b"1.2\0", tag=BaseTag(0x00080016), little=little) == ("1.2",)
    assert raw("UN", b"", tag=BaseTag(0x00080016), little=little) == ()
    assert raw("UN", b"\0\0", tag=BaseTag(0x7FE00010), little=little) is None  # Pixel Data
    assert raw("UN", b"A", tag=BaseTag(0x00091001), little=little) is None  # private


@pytest.mark.parametrize(
    ("vr", "value"),
    [
        ("US", b"\1"),
        ("FD", b"1234"),
        ("AT", b"\x18\0"),
        ("OB", b"\0\1"),
        ("SQ", b"\xfe\xff\x00\xe0\0\0\0\0"),
        ("??", b"A"),
        ("LO", b"A" * ((1 << 16) + 2)),
    ],
)
def test_what_cannot_be_decoded_is_none(vr, value):
    assert raw(vr, value) is None


def test_a_value_that_was_left_in_the_file_is_none():
    assert raw("LO", None, length=70000) is None


@pytest.mark.parametrize(
    ("keyword", "value", "expected"),
    [
        ("Modality", "CT", ("CT",)),
        ("ImageType", ["ORIGINAL", "PRIMARY"], ("ORIGINAL", "PRIMARY")),
        ("ImageType", ["", "PRIMARY"], ("", "PRIMARY")),
        ("ImageType", "A\\B ", ("A", "B")),
        ("ImageType", [], ()),
        ("PatientName", "Doe^Jane", ("Doe^Jane",)),
        ("PatientName", None, ()),
        ("PatientID", "", ()),
        ("PixelSpacing", ["0.50", "1"], ("0.50", "1")),
        ("SeriesNumber", 3, ("3",)),
        ("Rows", 512, ("512",)),
        ("FrameIncrementPointer", 0x00181063, ("(0018,1063)",)),
        ("FrameIncrementPointer", [0x00181063, 0x00181065], ("(0018,1063)", "(0018,1065)")),
        ("TextValue", "  a\\b ", ("  a\\b",)),
        ("PixelData", b"\0\0", None),
        ("EncapsulatedDocument", io.BytesIO(b"%PDF"), None),
        ("RequestAttributesSequence", Sequence([Dataset()]), None),
    ],
)
def test_values_in_memory(keyword, value, expected):
    dataset = Dataset()
    setattr(dataset, keyword, value)
    assert strings(dataset[keyword]) == expected


def test_several_values_one_of_which_cannot_be_decoded():
    element = DataElement(0x00091001, "UN", b"", already_converted=True)
    element._value = ["A", b"B"]
    assert strings(element) is None
