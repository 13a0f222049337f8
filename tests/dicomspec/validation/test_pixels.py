"""Pixel Data against what describes it (PS3.5 8.1.1, 8.2; PS3.3 C.7.6.3.1)."""

import json

import pytest
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec.dataset import from_json
from tests.dicomspec.dataset.build import item
from tests.dicomspec.validation.images import (
    EXPLICIT,
    RLE,
    SC,
    changed,
    codes,
    color,
    file,
    fragments,
    gray,
    said,
)


@pytest.mark.parametrize(
    ("dataset", "length"),
    [
        (gray(), 4),
        (gray(3, 3), 10),
        (gray(3, 3, BitsAllocated=1, BitsStored=1, HighBit=0), 2),
        (gray(BitsAllocated=16, BitsStored=12, HighBit=11), 8),
        (gray(NumberOfFrames=3), 12),
        (gray(3, 3, BitsAllocated=1, BitsStored=1, HighBit=0, NumberOfFrames=3), 4),
        (color("RGB"), 12),
        (color("YBR_FULL_422"), 8),
        (color("YBR_PARTIAL_422"), 8),
    ],
)
def test_the_length_of_native_pixels(dataset, length):
    """PS3.5 8.1.1; padding makes it even, and no more."""
    for size, expected in ((length, []), (length + 2, ["too-long"]), (length - 2, ["too-short"])):
        if size:
            dataset.PixelData = bytes(size)
            assert codes(dataset) == expected
    del dataset.PixelData
    assert codes(file(dataset, EXPLICIT, bytes(length), undefined=False)) == []


@pytest.mark.parametrize(("tag", "bits"), [("FloatPixelData", 32), ("DoubleFloatPixelData", 64)])
def test_floating_point_pixels(tag, bits):
    """PS3.5 8.2."""
    dataset = gray(BitsAllocated=bits, BitsStored=None, HighBit=None, PixelRepresentation=None)
    setattr(dataset, tag, bytes(bits // 2))
    assert said(dataset) == []
    setattr(dataset, tag, bytes(bits // 2 - 4))
    assert said(dataset) == [("pixel-data/too-short", tag)]
    setattr(dataset, tag, bytes(bits // 2))
    assert said(changed(dataset, BitsAllocated=16)) == [
        ("pixel-data/bits-allocated", "BitsAllocated")
    ]
    found = file(changed(dataset, BitsAllocated=bits), RLE, None)
    assert said(found) == [("pixel-data/encapsulation", tag)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"BitsAllocated": 12}, ["bits-allocated"]),
        ({"BitsStored": 9, "HighBit": 8}, ["bits-stored"]),
        ({"BitsStored": 0}, ["bits-stored"]),
        ({"HighBit": 6}, ["high-bit"]),
        ({"SamplesPerPixel": 3, "PixelData": bytes(12)}, ["samples-per-pixel"]),
        ({"Rows": 0}, ["no-pixels"]),
        ({"PixelAspectRatio": [1, 0]}, ["aspect-ratio"]),
        ({"PixelAspectRatio": [2, 1]}, []),
        ({"SmallestImagePixelValue": 3, "LargestImagePixelValue": 2}, ["value-range"]),
        ({"LargestImagePixelValue": 256}, ["value-range"]),
        ({"SmallestPixelValueInSeries": 300, "LargestPixelValueInSeries": 301}, []),
        ({"PixelPaddingValue": 256}, ["padding"]),
        ({"PixelPaddingValue": 9, "PixelPaddingRangeLimit": 8}, ["padding"]),
        (
            {
                "PhotometricInterpretation": "MONOCHROME1",
                "PixelPaddingValue": 9,
                "PixelPaddingRangeLimit": 8,
            },
            [],
        ),
        ({"PixelRepresentation": 1, "PixelPaddingValue": 127}, []),
    ],
)
def test_what_describes_pixels(values, found):
    assert codes(gray(**{"PixelData": bytes(4), **values})) == found


@pytest.mark.parametrize("value", [b"\x80\xff", b"\x7f\xff"])
def test_signed_values_in_implicit_vr(value):
    """PS3.3 C.7.6.3.1: "US or SS" is what Pixel Representation says."""
    dataset = gray(PixelRepresentation=1)
    dataset[0x00280120] = RawDataElement(
        BaseTag(0x00280120), None, 2, value, 0, is_implicit_VR=True, is_little_endian=True
    )
    assert codes(dataset) == ([] if value[0] == 0x80 else ["padding"])


def test_an_icon():
    """PS3.3 C.7.6.1.1.6; what holds for any image holds for it too."""
    icon = gray(SOPClassUID=None, SOPInstanceUID=None, PixelData=bytes(4))
    dataset = gray(PixelData=bytes(4), IconImageSequence=Sequence([icon]))
    assert said(dataset) == []
    icon.PixelRepresentation = 1
    assert said(dataset) == [("pixel-data/icon", "IconImageSequence[1].PixelRepresentation")]
    changed(icon, PixelRepresentation=0, BitsAllocated=16, PixelData=bytes(8))
    assert said(dataset) == [("pixel-data/icon", "IconImageSequence[1].BitsAllocated")]
    changed(icon, BitsAllocated=8)
    assert said(dataset) == [("pixel-data/too-long", "IconImageSequence[1].PixelData")]


def test_an_icon_is_square():
    """PS3.3 C.7.6.1.1.6; F.7 lets a Directory Record say so."""
    icon = gray(SOPClassUID=None, SOPInstanceUID=None, PixelData=bytes(4), PixelAspectRatio=[1, 1])
    where = "IconImageSequence[1].PixelAspectRatio"
    dataset = gray(PixelData=bytes(4), IconImageSequence=Sequence([icon]))
    assert said(dataset) == [("pixel-data/icon", where)]
    record = changed(Dataset(), DirectoryRecordType="IMAGE", IconImageSequence=Sequence([icon]))
    directory = changed(Dataset(), SOPClassUID="1.2.840.10008.1.3.10")
    directory.DirectoryRecordSequence = Sequence([record])
    assert said(directory) == []
    icon.PixelAspectRatio = [2, 1]
    assert said(directory) == [("pixel-data/icon", f"DirectoryRecordSequence[1].{where}")]


def test_what_can_not_be_told_is_silent():
    """A BulkDataURI, an unknown Transfer Syntax, and bytes that may yet be fragments."""
    bytes_ = item() + item(b"\1\2\3\4")
    assert said(gray(PixelData=bytes_)) == []
    assert said(from_json(json.loads(gray(PixelData=bytes_).to_json()))) == []
    assert codes(from_json(json.loads(gray(PixelData=bytes(2)).to_json()))) == ["too-short"]
    made = from_json(
        {
            "00080016": {"vr": "UI", "Value": [SC]},
            "00280010": {"vr": "US", "Value": [5]},
            "7FE00010": {"vr": "OB", "BulkDataURI": "https://example.com/1"},
        }
    )
    assert said(made) == []
    assert said(file(gray(), "1.2.3.4", fragments(b"\1\2"))) == []


@pytest.mark.parametrize("photometric", ["YBR_RCT", "YBR_ICT", "YBR_PARTIAL_420"])
def test_what_can_not_be_native(photometric):
    """PS3.5 8.2."""
    dataset = color(photometric, PixelData=bytes(12))
    assert codes(dataset) == ["photometric-interpretation"]
