"""Images in memory and in files, made element by element and byte by byte."""

import io
from struct import pack

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID

from dicomspec.dataset import Instance, from_dataset, read
from tests.dicomspec.dataset import build
from tests.dicomspec.dataset.build import UNDEFINED, explicit, item
from tests.dicomspec.validation.conftest import validator

SC, US = "1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.5.1.4.1.1.6.1"
MR_SPECTROSCOPY, ECG = "1.2.840.10008.5.1.4.1.1.4.2", "1.2.840.10008.5.1.4.1.1.9.1.2"
EXPLICIT, BASELINE, RLE = build.EXPLICIT, build.JPEG, "1.2.840.10008.1.2.5"
LOSSLESS_2000, UNCOMPRESSED = "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.1.98"
MPEG_2, HTJ2K = "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.201"
GROUPS = tuple(
    f"{room}/"
    for room in (
        "pixel-data", "lut", "overlay", "waveform", "spectroscopy", "encapsulated-document",
        "icc-profile", "internal",
    )
)  # fmt: skip


def gray(rows=2, columns=2, **values: object) -> Dataset:
    """Return an image of 8 bits, with other values if need be, or without elements (None)."""
    dataset = Dataset()
    changed(dataset, SOPClassUID=SC, SOPInstanceUID="1.2.3")
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.Rows, dataset.Columns = rows, columns
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8, 8, 7
    dataset.PixelRepresentation = 0
    return changed(dataset, **values)


def color(photometric: str, **values: object) -> Dataset:
    values = {"PlanarConfiguration": 0, **values}
    return gray(SamplesPerPixel=3, PhotometricInterpretation=photometric, **values)


def changed(dataset: Dataset, **values: object) -> Dataset:
    for keyword, value in values.items():
        if value is None:
            delattr(dataset, keyword)
        else:
            setattr(dataset, keyword, value)
    return dataset


def file(dataset: Dataset, syntax: str, pixels: bytes | None, *, undefined=True) -> Instance:
    """Return a data set as it is read from a file, with these bytes as Pixel Data."""
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = UID(syntax)
    written = io.BytesIO()
    written.write(bytes(128) + b"DICM" + build.meta(syntax))
    body = io.BytesIO()
    dataset.save_as(body, implicit_vr=False, little_endian=True)
    written.write(body.getvalue()[body.getvalue().find(b"\x08\x00\x16\x00UI") :])
    if pixels is not None and undefined:
        written.write(explicit(0x7FE00010, "OB", pixels + build.SEQUENCE_END, UNDEFINED))
    elif pixels is not None:
        written.write(explicit(0x7FE00010, "OW", pixels))
    written.seek(0)
    (found,) = read(written)
    return found


def fragments(*content: bytes, table: bytes = b"") -> bytes:
    return item(table) + b"".join(map(item, content))


def said(instance: Instance | Dataset) -> list[tuple[str, str]]:
    """Return what is found on bulk values, as (code, path of keywords)."""
    given_ = from_dataset(instance) if isinstance(instance, Dataset) else instance
    found = [each for each in validator().validate(given_).findings if each.code.startswith(GROUPS)]
    assert all(each.citation.url for each in found)
    return [(each.code, each.location.keywords) for each in found]


def codes(instance: Instance | Dataset) -> list[str]:
    return [code.partition("/")[2] for code, _ in said(instance)]


def rle(segments_: int = 1, *, first: int = 64) -> bytes:
    offsets = [first + 2 * number for number in range(segments_)]
    return pack("<16L", segments_, *offsets, *[0] * (15 - segments_)) + bytes(2 * segments_)


def jpeg(process=0xC0, precision=8, *, rows=2, columns=2, components=1, selection=0) -> bytes:
    """Return the head of a JPEG, with markers by their numbers."""
    size = pack(">BHHB", precision, rows, columns, components) + bytes(3 * components)
    scan = bytes([components, *[0] * (2 * components), selection, 63, 0])
    parts = ((process, size), (0xDA, scan))
    made = b"\xff\xd8" + b"".join(
        bytes((0xFF, marker)) + pack(">H", len(content) + 2) + content for marker, content in parts
    )
    return made + bytes(len(made) % 2)


def jpeg_2000(rows=2, bits=8, *, signed=0, components=1, transformed=0, reversible=1) -> bytes:
    siz = pack(">H8LH", 0, 2, rows, 0, 0, 2, rows, 0, 0, components)
    siz += bytes([bits - 1 | signed << 7, 1, 1]) * components
    cod = bytes([0, 0, 0, 1, transformed, 0, 4, 4, 0, reversible])
    parts = b"".join(
        bytes((0xFF, marker)) + pack(">H", len(content) + 2) + content
        for marker, content in ((0x51, siz), (0x52, cod))
    )
    return b"\xff\x4f" + parts + bytes(len(parts) % 2)
