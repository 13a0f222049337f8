"""Bulk values without loading them: how long they are, a few of their bytes, their fragments.

How it tells:
1. The length of a value is what its element says; of what was decoded in memory, that of its bytes
   or of its numbers. What is elsewhere (a BulkDataURI) has none that is known.
2. A value is encapsulated (PS3.5 A.4) if its length is undefined. One that was made in memory, or
   came in DICOM JSON, may get that when it is written: if it starts with an Item, nothing is said.
3. Of fragments are kept where each begins, and its length: those of a file since it was read, those
   of bytes by going through them. Bytes that aren't a series of fragments have none.
4. Pieces are read when they are asked for, and are short.
"""

from __future__ import annotations

import struct
from array import array
from collections import abc
from typing import TYPE_CHECKING, Any, NamedTuple

from dicomspec.dataset import limits
from dicomspec.dataset.elements import vr
from dicomspec.dataset.faults import BadElement
from dicomspec.dataset.syntax import ITEM, SEQUENCE_END, UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydicom.dataelem import DataElement, RawDataElement

PIECE = 1 << 16  # bytes; no more is read at once
_ITEMS = (b"\xfe\xff\x00\xe0", b"\xff\xfe\xe0\x00")  # how one starts, in both byte orders
# PS3.5 6.2: bytes of one number
_SIZES = {"FD": 8, "FL": 4, "SL": 4, "SS": 2, "SV": 8, "UL": 4, "US": 2, "UV": 8, "US or OW": 2}


class Fragments(NamedTuple):
    """The Items of an encapsulated value, the Basic Offset Table first.

    `starts` are where their tags begin, in bytes from the begin of the value; `lengths` are those
    of what they hold.
    """

    starts: array[int]
    lengths: array[int]


def no_fragments() -> Fragments:
    """Return Fragments to be filled."""
    return Fragments(array("Q"), array("I"))


def value_length(element: DataElement | RawDataElement) -> int | None:
    """Return the bytes of a value, None where that can't be told (PS3.5 7.1.1)."""
    if not element.is_raw:
        return _decoded_length(element.value, vr(element))
    if element.value is None:
        extent: int | None = getattr(element, "extent", None)
        return None if _is_elsewhere(element) else extent
    return len(element.value) if isinstance(element.value, bytes) else None


def _decoded_length(value: Any, kind: str | None) -> int | None:
    if isinstance(value, bytes | bytearray):
        return len(value)
    size = _SIZES.get(kind or "")
    if size is None or isinstance(value, str):
        return None
    many = isinstance(value, abc.Sequence)
    return size * len(value) if many else size * isinstance(value, int | float)


def _is_elsewhere(element: Any) -> bool:
    from dicomspec.dataset.source import Elsewhere  # noqa: PLC0415 - as pydicom's elements do

    return isinstance(getattr(element, "source", None), Elsewhere)


def is_encapsulated(element: DataElement | RawDataElement) -> bool | None:
    """Say whether a value is a series of fragments, None where that can't be told."""
    if element.is_raw:
        if element.length == UNDEFINED:  # type: ignore[union-attr]
            return None if _is_elsewhere(element) else True
        of_file = bool(element.value_tell)  # type: ignore[union-attr]
        return False if of_file else _is_native(element.value)
    if element.is_undefined_length:  # type: ignore[union-attr]
        return True
    return _is_native(element.value)


def _is_native(value: Any) -> bool | None:
    """Return False for bytes that don't start with an Item, None where that can't be told."""
    return None if not isinstance(value, bytes) or value[:4] in _ITEMS else False


def fragments(element: DataElement | RawDataElement) -> Fragments | None:
    """Return the fragments of an encapsulated value, None for what isn't a series of them."""
    kept: Fragments | None = getattr(element, "fragments", None)
    if kept is not None:
        return kept
    if not isinstance(element.value, bytes):
        return None
    little = not element.is_raw or bool(element.is_little_endian)  # type: ignore[union-attr]
    return _walked(element.value, struct.Struct("<HHL" if little else ">HHL"))


def _walked(value: bytes, head: struct.Struct) -> Fragments | None:
    found = no_fragments()
    at, end = 0, len(value)
    while at + 8 <= end and len(found.starts) <= limits.ELEMENTS:
        group, number, length = head.unpack_from(value, at)
        if group << 16 | number == SEQUENCE_END:
            return found
        if group << 16 | number != ITEM or at + 8 + length > end:
            return None
        found.starts.append(at)
        found.lengths.append(length)
        at += 8 + length
    return found if at == end else None


def piece(element: DataElement | RawDataElement, at: int, size: int) -> bytes | None:
    """Return at most so many bytes of a value, from byte `at` of it on; None if they can't be had.

    At most `PIECE` bytes are returned.
    """
    size = min(size, PIECE)
    value = element.value
    if isinstance(value, bytes | bytearray):
        return bytes(value[at : at + size])
    source, extent = getattr(element, "source", None), getattr(element, "extent", 0)
    if source is None or value is not None:
        return None
    try:
        with source.opened() as file:
            file.seek(element.value_tell + at)  # type: ignore[union-attr]
            found: bytes = file.read(max(0, min(size, extent - at)))
    except (OSError, ValueError, BadElement):
        return None
    return found


def integer(element: DataElement | RawDataElement | None) -> int | None:
    """Return the one Value of an element as a whole number, None if it isn't one."""
    if element is None:
        return None
    value = element.value
    if element.is_raw and isinstance(value, bytes) and len(value) == 2 and element.VR == "US":
        return int.from_bytes(value, "little" if element.is_little_endian else "big")  # type: ignore[union-attr]
    from dicomspec.dataset.counting import numbers  # noqa: PLC0415 - it is seldom needed

    found = numbers(element)
    return int(found[0]) if found and len(found) == 1 and found[0].is_integer() else None


def unsigned(
    element: DataElement | RawDataElement, size: int, at: int = 0, length: int | None = None
) -> Iterator[int]:
    """Yield the unsigned numbers of `size` bytes that a value holds, or a stretch of it.

    What can't be read yields nothing. Numbers that were decoded in memory come as they are.
    """
    value = element.value
    if element.is_raw or isinstance(value, bytes | bytearray):
        little = not element.is_raw or bool(element.is_little_endian)  # type: ignore[union-attr]
        end = (value_length(element) or 0) if length is None else at + length
        yield from _read(element, size, at, end, little=little)
    elif isinstance(value, int):
        yield value
    elif isinstance(value, abc.Sequence) and not isinstance(value, str):
        yield from (each for each in value if isinstance(each, int))


def _read(element: Any, size: int, at: int, end: int, *, little: bool) -> Iterator[int]:
    form = struct.Struct(("<" if little else ">") + {1: "B", 2: "H", 4: "L", 8: "Q"}[size])
    while at < end:
        found = piece(element, at, min(PIECE, end - at))
        if not found:
            return
        whole = len(found) - len(found) % size
        for (each,) in form.iter_unpack(found[:whole]):
            yield each
        if whole < size:
            return
        at += whole
