"""Items of Sequences that are bytes still: UN, what couldn't be read, and pydicom's raw ones."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from dicomspec.dataset.charset import DEFAULT
from dicomspec.dataset.complaints import Complaints
from dicomspec.dataset.faults import BadElement, Fault
from dicomspec.dataset.held import FileElement, dictionary_vr
from dicomspec.dataset.level import Level
from dicomspec.dataset.parser import ITEM_BYTES, Parser
from dicomspec.dataset.sequences import sequence
from dicomspec.dataset.source import StreamSource
from dicomspec.dataset.syntax import EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE

if TYPE_CHECKING:
    from pydicom.dataelem import DataElement, RawDataElement
    from pydicom.dataset import Dataset
    from pydicom.sequence import Sequence


def raw_items(element: DataElement | RawDataElement, within: Dataset | None) -> Sequence | None:
    """Return the Items of a raw SQ or a UN, None for a UN that isn't one; raises BadElement."""
    placed = element if isinstance(element, FileElement) else _placed(element, within)
    if placed.sequence is not None:
        return placed.sequence
    known = placed.VR != "UN" or dictionary_vr(placed.tag) == "SQ"
    try:
        placed.sequence = _read(placed, known=known)
    except (Fault, BadElement, OSError, RecursionError) as fault:
        if known:
            # all but a UN was tried when the file was read
            read = isinstance(element, FileElement) and element.VR != "UN"
            reason = getattr(fault, "reason", "it can't be read")
            raise BadElement(reason, remarked=read and isinstance(fault, Fault)) from None
    return placed.sequence


def _placed(element: DataElement | RawDataElement, within: Dataset | None) -> FileElement:
    """Return an element of pydicom as one whose value is in a file in memory."""
    value = element.value
    if value is None and element.is_raw and element.length:  # type: ignore[union-attr]
        raise BadElement("its value isn't in memory")
    data = value if isinstance(value, bytes) else b""
    implicit: bool = getattr(element, "is_implicit_VR", False)
    little: bool = getattr(element, "is_little_endian", True)
    placed = FileElement(element.tag, element.VR, len(data), None, 0, implicit, little)
    placed.source = StreamSource(BytesIO(data))
    placed.extent = len(data)
    inherited = DEFAULT if within is None else within.original_character_set or DEFAULT
    placed.encoding = [inherited] if isinstance(inherited, str) else list(inherited)
    return placed


def _read(placed: FileElement, *, known: bool) -> Sequence | None:
    with placed.source.opened() as file:
        file.seek(placed.value_tell)
        if not known and file.read(len(ITEM_BYTES)) != ITEM_BYTES:
            return None
        file.seek(placed.value_tell)
        return _items(file, placed)


def _items(file: BinaryIO, placed: FileElement) -> Sequence:
    explicit = EXPLICIT_LITTLE if placed.is_little_endian else EXPLICIT_BIG
    syntax = IMPLICIT_LITTLE if placed.is_implicit_VR else explicit
    end = placed.value_tell + placed.extent
    level = Level(syntax, end, placed.encoding or [DEFAULT], bounded=True, depth=placed.depth)
    head = (placed.tag, placed.VR, placed.extent)
    found: Sequence = sequence(Parser(file, placed.source, Complaints()), level, head).value
    return found
