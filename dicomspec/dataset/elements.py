"""What an element is, whether raw or decoded, without decoding it.

How it decides whether an element is empty (PS3.5 7.4):
1. One of zero length is; one whose value stays in the file isn't.
2. A Sequence is without Items.
3. Text is when it holds only padding (space, NUL) or, where it may have several values, delimiters.
4. Of several values, one that isn't empty is enough.
5. Anything else (numbers, bytes) is when it has no byte, or is None.
"""

from __future__ import annotations

import io
from collections import abc
from typing import TYPE_CHECKING, Any

from dicomspec.dataset.faults import BadElement
from dicomspec.dataset.syntax import LIST_VRS, SINGLE_VRS

if TYPE_CHECKING:
    from pydicom.dataelem import DataElement, RawDataElement
    from pydicom.dataset import Dataset

_BLANK = frozenset(b" \0\\")  # what padding and delimiters are made of


def element(dataset: Dataset, tag: int) -> DataElement | RawDataElement | None:
    """Return an element as it is, None where there is none.

    As `dataset.get_item(tag, keep_deferred=True)`, without making a Tag: the value of an element
    that pydicom itself has left in a file isn't read.
    """
    return dataset._dict.get(tag)  # type: ignore[call-overload,no-any-return]  # noqa: SLF001


def each(dataset: Dataset) -> abc.Iterator[tuple[int, DataElement | RawDataElement]]:
    """Return the tags and elements of a data set as they are, in the order in which they came."""
    # pydicom has no other way that neither sorts nor decodes
    return iter(dataset._dict.items())  # noqa: SLF001


def vr(element: DataElement | RawDataElement) -> str | None:
    """Return the VR as encoded, or in implicit VR what pydicom's dictionary has, as "US or SS".

    None where neither says, as for private elements in implicit VR.
    """
    return str(element.VR) if element.VR else dictionary_vr(element.tag)


def dictionary_vr(tag: int) -> str | None:
    """Return the VR that pydicom's dictionary has for a tag, as "US or SS" where it has several."""
    from dicomspec.dataset.held import dictionary_vr as known  # noqa: PLC0415 - it imports pydicom

    return known(tag)


def is_empty(element: DataElement | RawDataElement) -> bool:
    """Say whether an element has no value; nothing is read from a file for it."""
    value = element.value
    if type(value) is bytes and value and value[0] not in _BLANK and element.VR != "SQ":
        return False  # as most are
    kind = vr(element)
    if not element.is_raw:
        return _is_empty(element.value, kind)
    if not element.length:  # type: ignore[union-attr]
        return True
    if element.value is None:
        return False
    return _no_items(element) if kind == "SQ" else _is_empty(element.value, kind)


def empty(dataset: Dataset, tags: abc.Iterable[int]) -> list[int]:
    """Return those tags, of some that a data set has, whose elements have no value."""
    elements, found = dataset._dict, []  # noqa: SLF001 - as above
    for tag in tags:
        element = elements[tag]  # type: ignore[index]
        value = element.value
        if type(value) is bytes and value and value[0] not in _BLANK and element.VR != "SQ":
            continue  # as most are
        if is_empty(element):
            found.append(tag)
    return found


def _no_items(element: DataElement | RawDataElement) -> bool:
    try:
        return not items(element)
    except BadElement:
        return False


def _is_empty(value: Any, kind: str | None) -> bool:
    """Say whether a value, in any of the forms that pydicom and its users have, is empty."""
    if kind == "PN" and hasattr(value, "original_string"):
        value = value.original_string or "=".join(value.components)
    if value is None:
        return True
    if isinstance(value, bytes | str):
        return _is_blank(value, kind)
    if isinstance(value, io.BufferedIOBase):
        return _has_no_byte(value)
    if isinstance(value, abc.Sequence) and kind != "SQ":
        return all(_is_empty(one, kind) for one in value)
    return isinstance(value, abc.Sized) and len(value) == 0


def _is_blank(value: bytes | str, kind: str | None) -> bool:
    # PS3.5 6.2: spaces pad text, one NUL pads a UI; old writers pad any text with NUL
    if isinstance(value, str):
        return not value.strip(" \0" if kind in SINGLE_VRS else " \0\\")
    if kind in LIST_VRS:
        return not value.strip(b" \0\\")
    return not (value.strip(b" \0") if kind in SINGLE_VRS else value)


def _has_no_byte(stream: io.BufferedIOBase) -> bool:
    try:
        at = stream.tell()
        end = stream.seek(0, io.SEEK_END)
        stream.seek(at)
    except (OSError, ValueError):
        return False
    return end == 0


def items(
    element: DataElement | RawDataElement, *, within: Dataset | None = None
) -> abc.Sequence[Dataset] | None:
    """Return the Items of a Sequence, None for what isn't one.

    A raw Sequence is read, and so is a UN that holds one (PS3.5 6.2.2): one that the dictionary
    says is, or that starts with an Item. `within` is the data set that holds the element, whose
    character set is inherited; elements that this package read know it.
    Raises BadElement for what says it is a Sequence, and can't be followed.
    """
    kind = vr(element)
    if kind not in {"SQ", "UN"}:
        return None
    if kind == "SQ" and not element.is_raw:
        return _decoded(element.value)
    from dicomspec.dataset.raw_sequence import raw_items  # noqa: PLC0415 - it imports pydicom

    return raw_items(element, within)


def _decoded(value: Any) -> abc.Sequence[Dataset]:
    if value is None:
        return ()
    if not isinstance(value, abc.Sequence) or isinstance(value, str | bytes):
        raise BadElement("a Sequence whose value isn't one")
    # what pydicom itself has made one of has Items; other lists may have anything
    if isinstance(value, list | tuple) and not all(hasattr(item, "_dict") for item in value):
        raise BadElement("a Sequence of what aren't Items")
    return value
