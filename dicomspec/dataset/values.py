"""The values of an element as strings, raw or decoded, without pydicom's conversions.

How it reads:
1. Text is cut at backslashes where it may have several values (PS3.5 6.4), and its padding is taken
   off.
2. Numbers in binary are decoded by VR and byte order, and written as Python writes them; an AT is
   "(0010,0010)".
3. A UN that the dictionary knows has that VR, in little endian whatever the Transfer Syntax is.
4. What can't be decoded (bulk, unknown VRs, odd lengths) is None, which is not the same as no
   value.
"""

from __future__ import annotations

import io
import struct
from collections import abc
from typing import TYPE_CHECKING, Any

from dicomspec.dataset.elements import vr
from dicomspec.dataset.faults import printed
from dicomspec.dataset.syntax import LIST_VRS, SINGLE_VRS

if TYPE_CHECKING:
    from pydicom.dataelem import DataElement, RawDataElement

_BINARY = {
    "FD": "d", "FL": "f", "SL": "i", "SS": "h", "SV": "q",
    "UL": "I", "US": "H", "UV": "Q", "US or SS": "H", "AT": "HH",
}  # fmt: skip
_SHOWN = 64  # characters
_LONGEST = 1 << 16  # bytes; no value that a condition asks for is longer


def strings(element: DataElement | RawDataElement) -> tuple[str, ...] | None:
    """Return an element's values as strings, none if it is empty; None if they can't be decoded."""
    kind = vr(element)
    value: Any = element.value
    if not element.is_raw:
        return _decoded(value, kind)
    if not element.length:  # type: ignore[union-attr]
        return ()
    if not isinstance(value, bytes) or len(value) > _LONGEST:
        return None
    if kind == "UN":
        # PS3.5 6.2.2
        return _raw(value, _known(element), little=True)
    return _raw(value, kind, little=bool(element.is_little_endian))  # type: ignore[union-attr]


def shown(element: DataElement | RawDataElement) -> str | None:
    """Return the values of an element as a short text, None for what has none or isn't text."""
    values = strings(element)
    if not values:
        return None
    text = "\\".join(values)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "\u2026"


def _known(element: DataElement | RawDataElement) -> str | None:
    """Return the VR that the dictionary has, whatever is encoded."""
    from dicomspec.dataset.held import dictionary_vr  # noqa: PLC0415 - it imports pydicom

    return dictionary_vr(element.tag)


def _raw(value: bytes, kind: str | None, *, little: bool) -> tuple[str, ...] | None:
    if kind in LIST_VRS:
        return tuple(part.strip(" \0") for part in value.decode("latin-1").split("\\"))
    if kind in SINGLE_VRS:
        return (value.decode("latin-1").rstrip(" \0"),)
    form = _BINARY.get(kind or "")
    if form is None or len(value) % struct.calcsize("<" + form):
        return None
    order = "<" if little else ">"
    numbers = struct.iter_unpack(order + form, value)
    if kind == "AT":
        return tuple(printed((group << 16) | number) for group, number in numbers)
    return tuple(str(number) for (number,) in numbers)


def _decoded(value: Any, kind: str | None) -> tuple[str, ...] | None:
    if value is None:
        return ()
    if kind == "SQ" or isinstance(value, bytes | bytearray | io.BufferedIOBase):
        return None
    if isinstance(value, abc.Sequence) and not isinstance(value, str):
        return _several(value, kind)
    if kind == "AT" and isinstance(value, int):
        return (printed(value),)
    text = str(value)
    if kind in LIST_VRS and "\\" in text:
        return tuple(part.strip(" \0") for part in text.split("\\"))
    # PS3.5 6.2: leading spaces of the text that has one value count
    return (text.rstrip(" \0") if kind in SINGLE_VRS else text.strip(" \0"),) if text else ()


def _several(values: abc.Sequence[Any], kind: str | None) -> tuple[str, ...] | None:
    parts: list[str] = []
    for value in values:
        found = _decoded(value, kind)
        if found is None:
            return None
        parts.append(found[0] if found else "")
    return tuple(parts)
