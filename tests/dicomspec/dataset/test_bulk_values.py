"""Bulk values without loading them: lengths, pieces, fragments, the heads of codestreams."""

import io
from struct import pack

import hypothesis.strategies as st
import pytest
from hypothesis import given
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.tag import BaseTag

from dicomspec import dataset as data
from dicomspec.dataset import Codestream, from_json
from tests.dicomspec.dataset import build
from tests.dicomspec.dataset.build import JPEG, UNDEFINED, explicit, get, item, part10, read_bytes

PIXELS = 0x7FE00010


def encapsulated(*fragments: bytes) -> bytes:
    content = b"".join(map(item, fragments)) + build.SEQUENCE_END
    return part10(explicit(PIXELS, "OB", content, UNDEFINED), JPEG)


def pixels(file: bytes):
    return get(read_bytes(file).dataset, PIXELS)


def raw(value: bytes, vr: str = "OB", *, little: bool = True, length: int | None = None):
    said = len(value) if length is None else length
    return RawDataElement(
        BaseTag(PIXELS), vr, said, value, 0, is_implicit_VR=False, is_little_endian=little
    )


@pytest.mark.parametrize("size", [10, 5000])
def test_fragments_of_a_file_whether_its_value_was_read_or_not(size):
    element = pixels(encapsulated(b"", bytes(size), b"\1\2"))
    assert data.is_encapsulated(element) is True
    found = data.fragments(element)
    assert found is not None
    assert list(found.starts) == [0, 8, 16 + size]
    assert list(found.lengths) == [0, size, 2]
    assert data.piece(element, found.starts[2] + 8, 99) == b"\1\2"


def test_fragments_of_bytes_in_memory():
    dataset = Dataset()
    dataset.PixelData = item() + item(b"\1\2")
    assert data.is_encapsulated(get(dataset, PIXELS)) is None  # it may be, once it is written
    dataset["PixelData"].is_undefined_length = True
    assert data.is_encapsulated(get(dataset, PIXELS)) is True
    found = data.fragments(get(dataset, PIXELS))
    assert found is not None
    assert list(found.lengths) == [0, 2]


@pytest.mark.parametrize("value", [b"\0\0", item(b"\1\2")[:-1], item() + b"\0", b"no Item at all"])
def test_what_is_no_series_of_fragments(value):
    assert data.fragments(raw(value, length=UNDEFINED)) is None


def test_fragments_in_big_endian():
    value = pack(">HHL", 0xFFFE, 0xE000, 2) + b"\1\2"
    found = data.fragments(raw(value, little=False))
    assert found is not None
    assert list(found.lengths) == [2]


@pytest.mark.parametrize("size", [6, 5000])
def test_the_length_of_a_value_is_told_without_loading_it(size):
    element = pixels(part10(explicit(PIXELS, "OW", bytes(size))))
    assert data.value_length(element) == size
    assert data.is_encapsulated(element) is False
    assert data.piece(element, size - 2, 10) == b"\0\0"


def test_what_is_elsewhere_has_no_length_that_is_known():
    found = from_json({"7FE00010": {"vr": "OB", "BulkDataURI": "https://example.com/1"}})
    element = get(found.dataset, PIXELS)
    assert data.value_length(element) is None
    assert data.is_encapsulated(element) is None
    assert data.fragments(element) is None
    assert data.piece(element, 0, 4) is None
    assert list(data.unsigned(element, 2)) == []


@pytest.mark.parametrize(
    ("vr", "value", "length"),
    [
        ("OW", b"1234", 4),
        ("US", [1, 2, 3], 6),
        ("US", 1, 2),
        ("OV", b"12345678", 8),
        ("UT", "text", None),
        ("US", None, 0),
    ],
)
def test_lengths_of_what_was_decoded(vr, value, length):
    element = DataElement(0x00283006, vr, value, already_converted=True)
    assert data.value_length(element) == length


def test_a_stream_that_was_closed_gives_no_piece():
    stream = io.BytesIO(part10(explicit(PIXELS, "OB", bytes(5000))))
    (found,) = data.read(stream)
    stream.close()
    assert data.piece(get(found.dataset, PIXELS), 0, 4) is None


def test_unsigned_numbers_are_read_in_pieces_and_in_the_byte_order():
    element = pixels(part10(explicit(PIXELS, "OW", pack("<40000H", *range(40000)))))
    assert list(data.unsigned(element, 2)) == list(range(40000))
    assert list(data.unsigned(element, 2, 4, 4)) == [2, 3]
    assert list(data.unsigned(raw(b"\0\1\0\2\3", little=False), 2)) == [1, 2]
    assert list(data.unsigned(DataElement(PIXELS, "US", [1, 2]), 2)) == [1, 2]


@pytest.mark.parametrize(
    ("vr", "value", "number"),
    [
        ("US", b"\1\2", 513),
        ("IS", b"12 ", 12),
        ("DS", b"1.5 ", None),
        ("US", b"\1\0\2\0", None),
        ("US", b"", None),
        ("SS", b"\xff\xff", -1),
    ],
)
def test_integers(vr, value, number):
    assert data.integer(raw(value, vr)) == number


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + pack(">H", len(content) + 2) + content


def frame(marker: int, precision=8, rows=2, columns=3, components=1) -> bytes:
    size = pack(">BHHB", precision, rows, columns, components)
    return segment(marker, size + bytes(3 * components))


SCAN = b"\1\1\0"
SIZ = pack(">H8LH", 0, 7, 9, 1, 2, 7, 9, 0, 0, 3) + b"\x8b\1\1" * 3


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (
            b"\xff\xd8" + segment(0xE0, b"JFIF") + frame(0xC0),
            Codestream("JPEG", 2, 3, 1, 8, process=0xC0),
        ),
        (
            b"\xff\xff\xff\xd8\xff" + frame(0xC3, 16) + segment(0xDA, SCAN + b"\1\0\0"),
            Codestream("JPEG", 2, 3, 1, 16, process=0xC3, predictor=1),
        ),
        (
            b"\xff\xd8" + frame(0xF7, 12) + segment(0xDA, SCAN + b"\3\0\0"),
            Codestream("JPEG-LS", 2, 3, 1, 12, process=0xF7, near=3),
        ),
        (b"\xff\xd8" + frame(0xC0, rows=0)[:-2], Codestream("JPEG", None, 3, 1, 8, process=0xC0)),
        (b"\xff\xd8\xff", Codestream("JPEG")),
        (
            b"\xff\x4f" + segment(0x51, SIZ) + segment(0x52, b"\0\0\0\1\1\5\4\4\0\0"),
            Codestream("JPEG 2000", 7, 6, 3, 12, signed=True, reversible=False, transformed=True),
        ),
        (b"\xff\x4f" + segment(0x51, SIZ)[:20], Codestream("JPEG 2000")),
        (b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff\x4f", Codestream("JP2")),
        (b"\0\1\2\3", Codestream("")),
        (b"", Codestream("")),
        (b"\xff\xd8\xff\xc0\0\1", Codestream("JPEG")),
    ],
)
def test_what_a_codestream_says_of_itself(start, said):
    assert data.codestream(start) == said


@given(
    st.sampled_from([b"", b"\xff\xd8\xff", b"\xff\x4f\xff\x51", b"\xff\xd8\xff\xf7\0\x0b"]),
    st.binary(max_size=200),
)
def test_no_codestream_crashes(start, rest):
    assert data.codestream(start + rest).kind in {"", "JPEG", "JPEG-LS", "JPEG 2000", "JP2"}


@given(st.binary(max_size=60), st.booleans())
def test_no_bytes_crash_the_walk_over_fragments(value, little):
    element = raw(item() + value, little=little, length=UNDEFINED)
    found = data.fragments(element)
    assert found is None or len(found.starts) <= len(value) // 8 + 1
