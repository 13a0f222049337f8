"""The DICOM File Format (PS3.10 7): preamble, File Meta Information, data set.

How it decides:
1. Without the prefix, or without File Meta Information, a file is read only if forced.
2. The Transfer Syntax says how the data set is encoded. Without one, and where the first element
   says otherwise, the first element decides; the latter is remarked.
3. A deflated data set is inflated into a temporary file first, up to a limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dicomspec.dataset import charset, sniff
from dicomspec.dataset.faults import Fault, Malformed, Truncated
from dicomspec.dataset.header import header
from dicomspec.dataset.held import Element, ReadDataset, ReadFileMeta, data_set
from dicomspec.dataset.instance import transfer_syntax_uid
from dicomspec.dataset.level import Level
from dicomspec.dataset.parser import Parser
from dicomspec.dataset.plain import plain
from dicomspec.dataset.spool import inflated
from dicomspec.dataset.syntax import (
    DEFLATED,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    Syntax,
    guessed,
    is_vr,
    syntax_of,
)
from dicomspec.dataset.tags import tag_of

if TYPE_CHECKING:
    from pydicom.tag import BaseTag

    from dicomspec.dataset.complaints import Complaints
    from dicomspec.dataset.opening import Opened

GROUP_LENGTH = 0x00020000
_LAST = 0x0002FFFF  # of group 0002
_UNUSED = bytes(128)


@dataclass(frozen=True, slots=True)
class Read:
    """What a Part 10 file held."""

    dataset: ReadDataset
    file_meta: ReadFileMeta | None
    transfer_syntax_uid: str | None


def read_part10(input_: Opened, complaints: Complaints, *, force: bool) -> Read:
    """Read a file from where it stands; raises Fault, OSError and RecursionError.

    Whether it has the prefix, or may do without, is for others to say.
    """
    parser = Parser(input_.file, input_.source, complaints)
    start, prefixed = parser.at, sniff.has_prefix(input_.head)
    if prefixed:
        if input_.head[:128] != _UNUSED:
            # PS3.10 7.1: an unused preamble is all zero; a used one makes it a file of two kinds
            parser.complain("file-meta/preamble-used", "The preamble is not empty.", start)
        parser.go(parser.at + 132)
    meta = _file_meta(parser, input_.size, force=force)
    if not prefixed and meta is not None:
        # PS3.10 7.1; where there is no File Meta Information either, one remark is enough
        message = "The file has no preamble, and no DICOM prefix."
        parser.complain("file-meta/no-prefix", message, start)
    uid = transfer_syntax_uid(meta)
    inflate = uid in DEFLATED
    found = _inflated(parser, input_.size) if inflate else _data_set(parser, input_.size, uid)
    if meta is not None:
        found.file_meta = meta
    elif not len(found):
        raise Fault("no element in it", parser.at)
    return Read(found, meta, uid)


def _file_meta(parser: Parser, size: int, *, force: bool) -> ReadFileMeta | None:
    """Read group 0002, and stop before the first element of another."""
    # PS3.10 7.1: File Meta Information is explicit VR, little endian
    level = Level(EXPLICIT_LITTLE, size, [charset.DEFAULT])
    start = parser.at
    found: dict[BaseTag, Element] = {}
    last = -1
    while _next_group(parser) == 2:
        last = plain(parser, level, found, last, _LAST)
        if _next_group(parser) != 2:
            break
        head = header(parser, level)
        if head[0] <= last:
            parser.disorder(found, head)
        last = head[0]
        element = parser.element(level, head)
        found[element.tag] = element
    if not found and not force:
        raise Fault("no File Meta Information; force reads it without", parser.at)
    if not found:
        # PS3.10 7.1: every file has it
        message = "There is no File Meta Information; how the data set is encoded was guessed."
        parser.complain("file-meta/missing", message, parser.at)
        return None
    _group_length(parser, found.get(tag_of(GROUP_LENGTH)), start + 12, size)
    meta = ReadFileMeta(found)
    meta.set_original_encoding(is_implicit_vr=False, is_little_endian=True)
    return meta


def _next_group(parser: Parser) -> int:
    """Return the group of the next element, which is not read."""
    return int.from_bytes(parser.peek(2), "little")


def _group_length(parser: Parser, element: Element | None, start: int, size: int) -> None:
    # PS3.10 7.1: the bytes from the end of its value to the end of the group
    if element is None or not isinstance(element.value, bytes):
        return
    end = start + int.from_bytes(element.value, "little")
    if end > size:
        raise Truncated("the data end within the File Meta Information", size)
    if end != parser.at:
        message = "The group length is not that of the File Meta Information."
        parser.complain("file-meta/group-length", message, start - 12, GROUP_LENGTH)


def _data_set(parser: Parser, size: int, uid: str | None) -> ReadDataset:
    """Read the data set that starts here."""
    syntax = _syntax(parser, uid)
    level = Level(syntax, size, [charset.DEFAULT])
    root = Level(syntax, size, [charset.DEFAULT])
    return data_set(parser.elements(level), level, root)


def _syntax(parser: Parser, uid: str | None) -> Syntax:
    """Return how the data set is encoded: as said, unless its first element says otherwise."""
    start = parser.peek(8)
    if uid is None:
        return guessed(start)
    said = syntax_of(uid)
    # PS3.7 6.3.1: group 0000 is always implicit VR; and nothing follows from NULs
    if not any(start[:2]) or is_vr(start[4:6]) != said.implicit:
        return said
    found, other = ("explicit", "implicit") if said.implicit else ("implicit", "explicit")
    # PS3.10 7.2
    message = f"The data set is in {found} VR, where the Transfer Syntax says {other} VR."
    parser.complain("encoding/transfer-syntax", message, parser.at)
    return EXPLICIT_LITTLE if said.implicit else IMPLICIT_LITTLE


def _inflated(parser: Parser, size: int) -> ReadDataset:
    """Read a deflated data set; offsets in it are no bytes of the file."""
    deflated_at = parser.at
    input_ = parser.window.file
    input_.seek(deflated_at)
    source, length, more = inflated(input_, size - deflated_at)
    if more is not None:
        # PS3.5 A.5
        message = "There are bytes after the deflated data set."
        parser.complain("encoding/trailing-bytes", message, more)
    inner = Parser(source.stream, source, parser.complaints)
    inner.in_file = False
    try:
        return _data_set(inner, length, "1.2.840.10008.1.2.1")
    except Fault as fault:
        reason = f"{fault.reason}, byte {fault.offset} of the inflated data set"
        raise Malformed(reason, None) from fault
