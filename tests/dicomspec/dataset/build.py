"""Files made byte by byte, since pydicom's writer wouldn't make most of them."""

import io
from struct import pack
from typing import Any

from pydicom.data import get_testdata_file

from dicomspec.dataset import Instance, element, read

UNDEFINED = 0xFFFFFFFF
LONG = {"OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"}

IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
BIG = "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
JPEG = "1.2.840.10008.1.2.4.50"

ITEM_END = pack("<HHL", 0xFFFE, 0xE00D, 0)
SEQUENCE_END = pack("<HHL", 0xFFFE, 0xE0DD, 0)


def explicit(tag: int, vr: str, value: bytes = b"", length: int | None = None, order="<") -> bytes:
    """An element in explicit VR; `length` is what it says where that isn't true."""
    said = len(value) if length is None else length
    head = pack(order + "HH2s", tag >> 16, tag & 0xFFFF, vr.encode())
    return head + (pack(order + "HL", 0, said) if vr in LONG else pack(order + "H", said)) + value


def implicit(tag: int, value: bytes = b"", length: int | None = None) -> bytes:
    said = len(value) if length is None else length
    return pack("<HHL", tag >> 16, tag & 0xFFFF, said) + value


def item(content: bytes = b"", *, undefined: bool = False) -> bytes:
    if undefined:
        return pack("<HHL", 0xFFFE, 0xE000, UNDEFINED) + content + ITEM_END
    return pack("<HHL", 0xFFFE, 0xE000, len(content)) + content


def sequence(tag: int, *items: bytes, vr: str = "SQ", undefined: bool = False) -> bytes:
    content = b"".join(items)
    if undefined:
        return explicit(tag, vr, content + SEQUENCE_END, UNDEFINED)
    return explicit(tag, vr, content)


def meta(uid: str | None = EXPLICIT) -> bytes:
    content = explicit(0x00020001, "OB", b"\0\1")
    if uid is not None:
        padded = uid.encode() + b"\0" * (len(uid) % 2)
        content += explicit(0x00020010, "UI", padded)
    return explicit(0x00020000, "UL", pack("<L", len(content))) + content


def part10(data_set: bytes, uid: str | None = EXPLICIT) -> bytes:
    return bytes(128) + b"DICM" + meta(uid) + data_set


def said(found: Instance) -> list[tuple[str, str]]:
    """The codes and paths of what the parser remarked."""
    return [(remark.code, remark.path) for remark in found.remarks]


def get(dataset, tag: int) -> Any:
    """The element as it is, without the types that pydicom gives it."""
    return element(dataset, tag)


def shipped(name: str) -> str:
    """The path of a file that pydicom ships."""
    return str(get_testdata_file(name))


def read_bytes(data: bytes, *, force: bool = False) -> Instance:
    """Read the one data set of a file with these bytes."""
    (found,) = read(io.BytesIO(data), force=force)
    return found
