"""Fragments, offset tables and codestreams (PS3.5 A.4, 8.2)."""

from struct import pack

import pytest
from pydicom.sequence import Sequence

from tests.dicomspec.validation.images import (
    BASELINE,
    EXPLICIT,
    HTJ2K,
    LOSSLESS_2000,
    MPEG_2,
    RLE,
    UNCOMPRESSED,
    changed,
    codes,
    color,
    file,
    fragments,
    gray,
    jpeg,
    jpeg_2000,
    rle,
    said,
)

FRAME = len(rle()) + 8  # bytes of an Item with it
JPEG_LS, NEAR, JPEG_SV1 = (f"1.2.840.10008.1.2.4.{number}" for number in (80, 81, 70))
JPEG_2000, EXTENDED = "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.51"


@pytest.mark.parametrize(
    ("frames", "syntax", "pixels", "found"),
    [
        (2, RLE, fragments(rle(), rle()), []),
        (2, RLE, fragments(rle(), rle(), table=pack("<2L", 0, FRAME)), []),
        (2, RLE, fragments(rle(), rle(), table=pack("<2L", 0, 0)), ["basic-offset-table"]),
        (2, RLE, fragments(rle(), rle(), table=pack("<2L", 4, FRAME)), ["basic-offset-table"]),
        (2, RLE, fragments(rle(), rle(), table=pack("<L", 0)), ["basic-offset-table"]),
        (2, RLE, fragments(rle(), rle(), table=pack("<2L", 0, 1 << 31)), ["basic-offset-table"]),
        (1, RLE, fragments(rle(), rle()), ["fragments"]),
        (2, RLE, fragments(rle(), b""), ["fragments"]),
        (1, RLE, fragments(), ["fragments"]),
        (1, RLE, b"", ["fragments"]),
        (1, RLE, fragments(rle(2)), ["bitstream"]),
        (1, RLE, fragments(rle(0)), ["bitstream"]),
        (1, RLE, fragments(rle(first=66)), ["bitstream"]),
        (1, RLE, fragments(rle()[:60]), ["bitstream"]),
        (1, HTJ2K, fragments(b"\xff\x4f\xff\x51", b"\1\2"), ["fragments"]),
        (5, MPEG_2, fragments(b"\1\2", b"\1\2"), ["samples-per-pixel", "fragments"]),
        (
            5,
            MPEG_2,
            fragments(b"\1\2", table=bytes(4)),
            ["samples-per-pixel", "basic-offset-table"],
        ),
        (2, UNCOMPRESSED, fragments(bytes(4), bytes(4)), []),
        (2, UNCOMPRESSED, fragments(bytes(4), bytes(2)), ["too-short"]),
        (2, UNCOMPRESSED, fragments(bytes(4), bytes(6)), ["too-long"]),
        (3, "1.2.840.10008.1.2.4.80", fragments(b"\xff\xd8\xff\xd9"), ["fragments"]),
    ],
)
def test_fragments_and_the_basic_offset_table(frames, syntax, pixels, found):
    """PS3.5 A.4; which may be of one or several fragments hangs on the Transfer Syntax."""
    dataset = gray(NumberOfFrames=frames)
    if syntax == MPEG_2:
        dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 3, "MONOCHROME2"
    assert codes(file(dataset, syntax, pixels)) == found


def test_frames_that_go_over_several_fragments():
    """PS3.5 A.4.1: which fragment a frame begins with is what the table says."""
    lossy = {"LossyImageCompression": "01"}
    pieces = (b"\xff\xd8", b"\1\2", b"\xff\xd8", b"\1\2")
    for offsets, found in (([0, 20], []), ([0, 10], []), ([0, 12], ["basic-offset-table"])):
        pixels = fragments(*pieces, table=pack("<2L", *offsets))
        assert codes(file(gray(NumberOfFrames=2, **lossy), BASELINE, pixels)) == found


@pytest.mark.parametrize(
    ("offsets", "lengths", "frames", "found"),
    [
        ([0, FRAME], [66, 66], 2, []),
        ([0, FRAME], [65, 66], 2, []),
        ([0, FRAME + 2], [66, 66], 2, ["ExtendedOffsetTable"]),
        ([0], [66, 66], 2, ["ExtendedOffsetTable"]),
        ([0, FRAME], [66], 2, ["ExtendedOffsetTableLengths"]),
        ([0, FRAME], [66, 67], 2, ["ExtendedOffsetTableLengths"]),
        ([0, FRAME], [66, 66], 1, ["ExtendedOffsetTable", "ExtendedOffsetTableLengths"]),
    ],
)
def test_the_extended_offset_table(offsets, lengths, frames, found):
    """PS3.3 C.7.6.3.1.8."""
    dataset = gray(NumberOfFrames=frames)
    dataset.ExtendedOffsetTable = pack(f"<{len(offsets)}Q", *offsets)
    dataset.ExtendedOffsetTableLengths = pack(f"<{len(lengths)}Q", *lengths)
    reported = said(file(dataset, RLE, fragments(rle(), rle())))
    assert [path for code, path in reported if "extended" in code] == found


def test_an_extended_offset_table_out_of_place():
    dataset = gray(PixelData=bytes(4), ExtendedOffsetTable=bytes(8))
    assert codes(dataset) == ["extended-offset-table"]
    both = file(gray(ExtendedOffsetTable=bytes(8)), RLE, fragments(rle(), table=bytes(4)))
    assert codes(both) == ["basic-offset-table"]


@pytest.mark.parametrize(("length", "found"), [(132, []), (131, []), (130, ["total-length"])])
def test_the_total_length(length, found):
    """PS3.3 C.7.6.6."""
    dataset = gray(NumberOfFrames=2, EncapsulatedPixelDataValueTotalLength=length)
    assert codes(file(dataset, RLE, fragments(rle(), rle()))) == found


def test_encapsulated_or_not_is_what_the_transfer_syntax_says():
    """PS3.5 A.4: but for an icon, which may be native."""
    icon = gray(SOPClassUID=None, SOPInstanceUID=None, PixelData=bytes(4))
    dataset = gray(IconImageSequence=Sequence([icon]))
    assert codes(file(dataset, RLE, fragments(rle()))) == []
    assert codes(file(gray(), RLE, bytes(4), undefined=False)) == ["encapsulation"]
    assert codes(file(gray(), EXPLICIT, fragments(bytes(4)))) == ["encapsulation"]


@pytest.mark.parametrize(
    ("dataset", "syntax", "frame", "found"),
    [
        (gray(), BASELINE, jpeg(), []),
        (gray(), BASELINE, jpeg(0xC1), ["bitstream"]),
        (gray(), EXTENDED, jpeg(0xC0), ["bitstream"]),
        (gray(), BASELINE, b"\0\1\2\3", ["bitstream"]),
        (gray(), BASELINE, jpeg(rows=3), ["bitstream-size"]),
        (gray(), BASELINE, jpeg(columns=3, components=3), ["bitstream-size"] * 2),
        (gray(), BASELINE, jpeg(rows=0), []),
        (gray(PixelRepresentation=1), BASELINE, jpeg(), ["not-of-transfer-syntax"]),
        # too many Bits Stored follow from Bits Allocated
        (
            gray(BitsAllocated=32, BitsStored=32, HighBit=31),
            JPEG_LS,
            jpeg(0xF7, precision=32),
            ["not-of-transfer-syntax"],
        ),
        (gray(), JPEG_SV1, jpeg(0xC3, selection=1), []),
        (gray(), JPEG_SV1, jpeg(0xC3, selection=2), ["bitstream"]),
        (gray(), JPEG_LS, jpeg(0xF7), []),
        (gray(), JPEG_LS, jpeg(0xC3), ["bitstream"]),
        (gray(), JPEG_LS, jpeg(0xF7, selection=2), ["bitstream"]),
        (gray(LossyImageCompression="00"), NEAR, jpeg(0xF7, selection=2), ["lossy"]),
        (gray(LossyImageCompression="00"), NEAR, jpeg(0xF7), []),
        (gray(LossyImageCompression="00"), BASELINE, jpeg(), ["lossy"]),
        (gray(), JPEG_LS, jpeg(0xF7, precision=12), ["bitstream-precision"]),
        (gray(), LOSSLESS_2000, jpeg_2000(), []),
        (gray(), LOSSLESS_2000, jpeg_2000(rows=3), ["bitstream-size"]),
        (gray(), LOSSLESS_2000, jpeg_2000(signed=1), ["bitstream-precision"]),
        (gray(), LOSSLESS_2000, jpeg_2000(reversible=0), ["bitstream"]),
        (gray(), JPEG_2000, jpeg_2000(reversible=0), []),
        (gray(), LOSSLESS_2000, b"\0\0\0\x0cjP  \r\n\x87\n" + jpeg_2000(), ["bitstream"]),
        (color("RGB"), LOSSLESS_2000, jpeg_2000(components=3), []),
        (
            color("RGB"),
            LOSSLESS_2000,
            jpeg_2000(components=3, transformed=1),
            ["color-transformation"],
        ),
        (color("YBR_RCT"), LOSSLESS_2000, jpeg_2000(components=3, transformed=1), []),
        (color("YBR_RCT"), LOSSLESS_2000, jpeg_2000(components=3), ["color-transformation"]),
        (
            color("YBR_ICT"),
            JPEG_2000,
            jpeg_2000(components=3, transformed=1, reversible=0),
            [],
        ),
        (color("YBR_FULL"), BASELINE, jpeg(components=3), ["photometric-interpretation"]),
        (
            color("RGB", PlanarConfiguration=1),
            BASELINE,
            jpeg(components=3),
            ["not-of-transfer-syntax"],
        ),
    ],
)
def test_codestreams_against_the_image_and_the_transfer_syntax(dataset, syntax, frame, found):
    """PS3.5 8.2, A.4."""
    changed(dataset, **({"PixelData": None} if "PixelData" in dataset else {}))
    assert codes(file(dataset, syntax, fragments(frame))) == found


def test_a_long_head_of_a_codestream_is_read_further_on_but_not_to_the_end():
    comment = b"\xff\xfe" + pack(">H", 5000) + bytes(4998)
    late = b"\xff\xd8" + comment + jpeg(rows=3)[2:]
    assert codes(file(gray(), BASELINE, fragments(late))) == ["bitstream-size"]
    later = b"\xff\xd8" + comment * 14 + jpeg(rows=3)[2:]
    assert codes(file(gray(), BASELINE, fragments(later))) == []
