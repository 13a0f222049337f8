"""How many Values, and which numbers, without decoding."""

import io

import pytest
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec.dataset import how_many, numbers, read
from dicomspec.dataset.limits import TEXT
from tests.dicomspec.dataset.build import explicit, part10


def raw(vr: str, value: bytes, tag: int = 0x00280030) -> RawDataElement:
    return RawDataElement(
        BaseTag(tag), vr, len(value), value, 0, is_implicit_VR=False, is_little_endian=True
    )


@pytest.mark.parametrize(
    ("element", "count"),
    [
        (raw("DS", b""), 0),
        (raw("DS", b"\\ "), 0),
        (raw("DS", b"1"), 1),
        (raw("DS", b"1\\2\\"), 3),
        (raw("LT", b"1\\2"), None),
        (raw("US", b"\1\0\2\0"), 2),
        (raw("US", b"\1\0\2"), None),
        (raw("AT", bytes(8)), 2),
        (DataElement(0x00280030, "DS", ["1", "2"]), 2),
        (DataElement(0x00280030, "DS", "1"), 1),
        (DataElement(0x00660016, "OF", bytes(12)), 3),
        (DataElement(0x00660016, "OF", bytes(11)), None),
        (DataElement(0x00660016, "OF", io.BytesIO(bytes(12))), None),
        (DataElement(0x00081140, "SQ", Sequence([Dataset(), Dataset()])), 2),
        (raw("SQ", b"not Items", 0x00081140), None),
    ],
)
def test_how_many(element, count):
    assert how_many(element) == count


@pytest.mark.parametrize(
    ("value", "found"),
    [(b"1\\-2.5e1 ", (1.0, -25.0)), (b"", ()), (b"x", None), (b"1\\", None), (b"1e999", None)],
)
def test_numbers_are_finite_or_none(value, found):
    assert numbers(raw("DS", value)) == found


def test_what_stays_in_the_file_is_counted_in_pieces(tmp_path):
    many = TEXT // 2 + 7
    path = tmp_path / "long.dcm"
    path.write_bytes(part10(explicit(0x00080119, "UC", b"1\\" * (many - 1) + b"12")))
    (instance,) = read(path)
    element = instance.dataset.get_item(0x00080119)
    assert element.value is None
    assert how_many(element) == many
