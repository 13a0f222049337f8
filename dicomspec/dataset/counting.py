"""How many Values an element has, and its numbers, without decoding what needn't be.

How it counts:
1. Text that may have several Values has one more than delimiters (PS3.5 6.4); what stays in the
   file is gone through in pieces.
2. Binary numbers are as many as fit into the length; a Sequence has Items.
3. What fits in no such way is None, which is not the same as no Value.
"""

from __future__ import annotations

import io
import math
from collections import abc
from typing import TYPE_CHECKING, Any

from dicomspec.dataset.elements import is_empty, items, vr
from dicomspec.dataset.faults import BadElement
from dicomspec.dataset.syntax import LIST_VRS
from dicomspec.dataset.values import strings

if TYPE_CHECKING:
    from pydicom.dataelem import DataElement, RawDataElement

# PS3.5 6.2: bytes of one Value
_SIZES = {
    "AT": 4, "FD": 8, "FL": 4, "OD": 8, "OF": 4, "OL": 4, "OV": 8, "OW": 2, "SL": 4, "SS": 2,
    "SV": 8, "UL": 4, "US": 2, "UV": 8, "US or SS": 2,
}  # fmt: skip
_PIECE = 1 << 16  # bytes read at once


def how_many(element: DataElement | RawDataElement) -> int | None:
    """Return how many Values an element has, or Items; None where that can't be told."""
    if is_empty(element):
        return 0
    kind = vr(element)
    if kind == "SQ":
        return _items(element)
    if not element.is_raw:
        return _decoded(element.value, kind)
    if kind in LIST_VRS:
        return _delimiters(element) + 1
    size = _SIZES.get(kind or "")
    length = getattr(element, "extent", None) or element.length  # type: ignore[union-attr]
    return None if size is None or length % size else length // size


def numbers(element: DataElement | RawDataElement) -> tuple[float, ...] | None:
    """Return the Values as finite numbers, () for none; None if one of them isn't such a number."""
    values = strings(element)
    if values is None:
        return None
    try:
        found = tuple(float(value) for value in values)
    except ValueError:
        return () if not any(values) else None
    return found if all(map(math.isfinite, found)) else None


def _items(element: DataElement | RawDataElement) -> int | None:
    try:
        found = items(element)
    except BadElement:
        return None
    return None if found is None else len(found)


def _delimiters(element: Any) -> int:
    if isinstance(element.value, bytes):
        return element.value.count(b"\\")
    stream = element.stream()
    return sum(piece.count(b"\\") for piece in iter(lambda: stream.read(_PIECE), b""))


def _decoded(value: Any, kind: str | None) -> int | None:
    """Count the Values of what pydicom, or its user, has decoded."""
    size = _SIZES.get(kind or "")
    if isinstance(value, io.BufferedIOBase):
        return None
    if isinstance(value, bytes | bytearray):
        return None if size is None or len(value) % size else len(value) // size
    if isinstance(value, str):
        return value.count("\\") + 1 if kind in LIST_VRS else 1
    return len(value) if isinstance(value, abc.Sequence) else 1
