"""Whether text needs a Specific Character Set: it goes beyond the default repertoire.

How it decides:
1. Text is that of the VRs that Specific Character Set is about (PS3.5 6.1.2.3). It is beyond the
   default repertoire with a byte above 7FH, or with ESC, which announces another repertoire
   (PS3.5 6.1.2.1, 6.1.2.5.3).
2. Items are looked into, unless they have a Specific Character Set of their own.
3. What stays in the file, Sequences that can't be followed and private text leave it open, unless
   other text decides it.
"""

from __future__ import annotations

from collections import abc
from typing import TYPE_CHECKING, Any

from dicomspec.dataset.elements import each, items, vr
from dicomspec.dataset.faults import BadElement

if TYPE_CHECKING:
    from pydicom.dataelem import DataElement, RawDataElement
    from pydicom.dataset import Dataset

_CHARACTER_SET = 0x00080005
_TEXT_VRS = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})


def beyond_default(dataset: Dataset) -> bool | None:
    """Say whether text of a data set goes beyond the default repertoire; None if that is open."""
    waiting, open_ = [dataset], False
    while waiting:
        here = waiting.pop()
        for tag, element in each(here):
            kind = element.VR or vr(element)
            if kind in _TEXT_VRS:
                beyond = _is_beyond(element)
                if beyond and not tag >> 16 & 1:
                    return True
                open_ = open_ or beyond is not False
            elif kind == "SQ":
                inner = _followed(element)
                open_ = open_ or inner is None
                waiting.extend(item for item in inner or () if _CHARACTER_SET not in item)
    return None if open_ else False


def _followed(element: DataElement | RawDataElement) -> abc.Sequence[Dataset] | None:
    try:
        return items(element)
    except BadElement:
        return None


def _is_beyond(element: DataElement | RawDataElement) -> bool | None:
    if type(element.value) is bytes:
        return not element.value.isascii() or b"\x1b" in element.value
    if element.is_raw and element.value is None:
        return None if element.length else False  # type: ignore[union-attr]
    return _has_more(element.value)


def _has_more(value: Any) -> bool | None:
    """Say whether a value, raw or in any of the forms that pydicom has, needs a character set."""
    if value is None:
        return False
    if isinstance(value, bytes):
        return not value.isascii() or b"\x1b" in value
    if isinstance(value, abc.Sequence) and not isinstance(value, str):
        parts = {_has_more(one) for one in value}
        return True if True in parts else None if None in parts else False
    if hasattr(value, "read"):
        return None
    text = str(value)
    return not text.isascii() or "\x1b" in text
