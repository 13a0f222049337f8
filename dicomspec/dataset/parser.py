"""Bytes → elements, as far as the structure goes (PS3.5 7.1).

How it decides:
1. Each element must end where the Item, Sequence or input that holds it ends, or before. An input
   that ends within an element is Truncated; what else can't be followed is Malformed.
2. A Sequence of defined length that is Malformed stays raw, with a remark: what follows can be
   read.
3. Values stay in the file if they are bulk and longer than BULK, or longer than TEXT, or, when HELD
   is used up, longer than SHORT.
4. In implicit VR, a Sequence is what pydicom's dictionary says is one; what has undefined length is
   one unless the dictionary says that it is bulk.
5. When an element comes twice, the last one holds, as in pydicom.
6. Elements that need no second look are read by `plain`, which changes nothing of this.
7. A remark is made where an element's tag begins. What is remarked within a Sequence that then
   can't be followed is taken back: one remark stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from pydicom.dataelem import RawDataElement

from dicomspec.dataset import charset, limits
from dicomspec.dataset.complaints import Complaints, Remark, Steps
from dicomspec.dataset.faults import UNKNOWN, Beyond, Malformed, Truncated, is_certain, shown
from dicomspec.dataset.header import header
from dicomspec.dataset.held import Element, FileElement, dictionary_vr
from dicomspec.dataset.plain import plain
from dicomspec.dataset.sequences import fragments, sequence
from dicomspec.dataset.syntax import BULK_VRS, DELIMITERS, ITEM, ITEM_END, LONG_VRS, UNDEFINED
from dicomspec.dataset.tags import tag_of
from dicomspec.dataset.window import AHEAD, Window

if TYPE_CHECKING:
    from pydicom.tag import BaseTag

    from dicomspec.dataset.level import Head, Level
    from dicomspec.dataset.source import Source

CHARACTER_SET = 0x00080005
PIXEL_REPRESENTATION = 0x00280103
_NEVER = 1 << 32  # more than any tag
_TWICE = (
    "encoding/duplicate-element",
    "The element comes twice in the same data set or Item; the last one is taken.",
)
_ORDER = ("encoding/element-order", "The element is not in ascending order of tags.")
ITEM_BYTES = b"\xfe\xff\x00\xe0"  # as it starts a UN that is a Sequence (PS3.5 6.2.2)


def len_of(head: Head) -> int:
    """Return how many bytes the head of an element has, tag, VR and length."""
    return 12 if head[1] in LONG_VRS else 8


class Parser:
    """Reads elements from a file, from byte `at` of it on."""

    def __init__(self, file: BinaryIO, source: Source, complaints: Complaints) -> None:
        self.window = Window(file)
        self.source = source
        self.complaints = complaints
        self.at = file.tell()
        self.padded = True  # as far as is known
        self.trail: list[list[int]] = []  # the Sequences that are being read, and the Item of each
        self.left = limits.ELEMENTS
        self.room = limits.HELD
        self.bulk, self.text = limits.BULK, limits.TEXT
        self.in_file = True  # bytes are those of the input, not of what was inflated

    def elements(self, level: Level, *, closed: bool = False) -> dict[BaseTag, Element]:
        """Read the elements of a level to its end; if `closed`, to its Item Delimitation Item."""
        found: dict[BaseTag, Element] = {}
        last, group_ends = -1, _NEVER
        last = plain(self, level, found, last, group_ends)
        while self.at < level.end:
            head = header(self, level)
            tag = head[0]
            if tag >= DELIMITERS:
                if tag == ITEM_END and closed:
                    self.empty_delimiter(tag, head[2])
                    break
                self._stray(head, closed=closed)
                continue
            if not tag and self._padding(level, head):
                break
            if not last < tag <= group_ends:
                if tag <= last:
                    self.disorder(found, head)
                else:
                    self._group_ended(level, found, self.start(head))
                group_ends = _NEVER
            last = tag
            found[tag_of(tag)] = self.element(level, head)
            if not tag & 0xFFFF:
                group_ends = tag | 0xFFFF
            last = plain(self, level, found, last, group_ends)
        else:
            if closed:
                raise self.ended(level, "in an Item without its Item Delimitation Item")
        if group_ends != _NEVER:
            self._group_ended(level, found, self.at - 8 * closed)
        return found

    def element(self, level: Level, head: Head) -> Element:
        """Read the rest of an element."""
        self.count(1)
        tag, vr, length = head
        kind = vr or dictionary_vr(tag)
        if length == UNDEFINED:
            # PS3.5 6.2.2: UN of undefined length is a Sequence; A.1: implicit VR has no other
            if kind in {"SQ", "UN", None} or (vr is None and kind not in BULK_VRS):
                return sequence(self, level, head)
            return self._encapsulated(level, head)
        if self.at + length > level.end:
            raise self.overrun(level, head)
        if length & 1:
            # PS3.5 7.1.1
            message = "The length of the value is odd."
            self.complain("encoding/odd-length", message, self.start(head), tag)
        if kind == "SQ":
            return self._sequence(level, head)
        return self.raw(level, head, kind, length)

    def raw(self, level: Level, head: Head, kind: str | None, extent: int) -> Element:
        """Read a value of so many bytes, or pass over it."""
        tag, vr, length = head
        start = self.at
        value = self._value(kind, extent)
        self.at += extent
        parts = (tag_of(tag), vr, length, value, start, vr is None, level.syntax.little)
        if value is None or (kind == "UN" and value[:4] == ITEM_BYTES):
            return self._placed(FileElement(*parts), level, extent)
        if tag == CHARACTER_SET:
            level.encoding = charset.encodings(value)
        elif tag == PIXEL_REPRESENTATION and vr is None:
            level.pixel_representation = int(value[:1] == b"\x01")
        return RawDataElement(*parts)

    def _value(self, kind: str | None, extent: int) -> bytes | None:
        if extent > (self.bulk if kind in BULK_VRS else self.text):
            return None
        self.room -= extent
        if self.room < 0:
            self.bulk = self.text = limits.SHORT
        value = self.peek(extent)
        if len(value) < extent:
            raise Truncated("the input became shorter while it was read", self.at + len(value))
        return value

    def _placed(self, element: FileElement, level: Level, extent: int) -> FileElement:
        element.source = self.source
        element.extent = extent
        element.encoding = level.encoding
        element.depth = level.depth
        return element

    def _encapsulated(self, level: Level, head: Head) -> Element:
        """Pass over fragments (PS3.5 A.4), then take what lies between as the value."""
        start = self.at
        if head[1] not in {"OB", "OW", None}:
            # PS3.5 7.1.1: SQ, UN, OB and OW may have an undefined length
            message = "The length is undefined, which the VR doesn't allow."
            self.complain("encoding/undefined-length", message, self.start(head), head[0])
        found = fragments(self, level, head[0])
        after = self.at
        self.go(start)
        element = self.raw(level, head, head[1] or "OB", after - 8 - start)
        if isinstance(element, FileElement):
            element.fragments = found
        self.go(after)
        return element

    def _sequence(self, level: Level, head: Head) -> Element:
        """Read a Sequence of defined length; if that can't be done, leave it raw and go on."""
        start, depth, said = self.at, len(self.trail), len(self.complaints)
        try:
            return sequence(self, level, head)
        except Malformed as fault:
            reason = fault.reason
        del self.trail[depth:]
        self.complaints.forget(said)
        message = f"The Sequence can't be followed: {reason}."
        self.complain("encoding/sequence-not-followed", message, start - len_of(head), head[0])
        self.go(start + head[2])
        parts = (tag_of(head[0]), head[1], head[2], None, start, head[1] is None)
        return self._placed(FileElement(*parts, level.syntax.little), level, head[2])

    def _stray(self, head: Head, *, closed: bool) -> None:
        """Pass over a delimiter where none is due, if that is certain to be all."""
        tag, _, length = head
        if closed or tag == ITEM or length:
            reason = f"{shown(tag)} where an element is due"
            raise Malformed(f"{self.where()}: {reason}" if self.trail else reason, self.at - 8)
        self.not_due(tag)

    def not_due(self, tag: int) -> None:
        """Remark a delimiter that delimits nothing."""
        # PS3.5 7.5.1, 7.5.2: what has a length has no delimiter
        message = f"{shown(tag)}, a delimiter, stands where none is due."
        self.complain("encoding/delimiter", message, self.at - 8)

    def empty_delimiter(self, tag: int, length: int) -> None:
        """Remark a delimiter that says it has a value; it is taken to have none."""
        # PS3.5 7.5.1, 7.5.2: the length of a delimiter is zero
        if length:
            message = f"{shown(tag)}, a delimiter, has a length that isn't zero."
            self.complain("encoding/delimiter", message, self.at - 8)

    def disorder(self, found: dict[BaseTag, Element], head: Head) -> None:
        """Remark an element that comes after one of its tag, or of a higher one."""
        # PS3.5 7.1: ascending order, each tag at most once
        code, message = _TWICE if head[0] in found else _ORDER
        self.complain(code, message, self.start(head), head[0])

    def _group_ended(self, level: Level, found: dict[BaseTag, Element], end: int) -> None:
        """Hold the length of the group that just ended against what its first element says."""
        first = next(each for tag, each in reversed(found.items()) if not tag & 0xFFFF)
        value = first.value if isinstance(first, RawDataElement) else None
        if not isinstance(first, RawDataElement) or value is None or len(value) != 4:
            return
        start = first.value_tell + 4
        # PS3.5 7.2: group lengths, which are retired, are consistent if they are there
        if start + level.syntax.length(value)[0] != end:
            message = "The group length is not that of the group."
            at = first.value_tell - len_of((first.tag, first.VR, 4))
            self.complain("encoding/group-length", message, at, first.tag)

    def complain(
        self,
        code: str,
        message: str,
        at: int | None,
        tag: int | None = None,
    ) -> None:
        """Remark something at a byte, of an element or of the Item that is being read."""
        if self.complaints.another(code):
            at = at if self.in_file else None
            self.complaints.add(Remark(code, message, self.steps(tag), at))

    def steps(self, tag: int | None) -> Steps:
        """Return the way to what is being read, as far as it certainly isn't text."""
        way = [(outer, item) for outer, item in self.trail]
        way += [(tag, 0)] if tag is not None else []
        certain = next((n for n, step in enumerate(way) if not is_certain(step[0])), len(way))
        return tuple(way[:certain])

    def start(self, head: Head) -> int:
        """Return the byte at which an element begins whose head was just read."""
        return self.at - len_of(head)

    def _padding(self, level: Level, head: Head) -> bool:
        """Say whether there are only NULs to the end, and pass over them; it is looked at once."""
        if level.depth or not self.padded:
            return False
        start = self.at
        self.padded = bool(head[2])
        if self.padded:
            return False
        while chunk := self.peek(AHEAD):
            if chunk.strip(b"\0"):
                self.go(start)
                return False
            self.at += len(chunk)
        # PS3.10 7.2: a data set ends where the file ends; (FFFC,FFFC) is there to pad it
        message = "Bytes that are zero, and no elements, follow the data set."
        self.at = start - 8
        self.complain("encoding/trailing-bytes", message, self.at)
        return True

    def go(self, at: int) -> None:
        """Go on from another byte."""
        self.at = at

    def peek(self, length: int) -> bytes:
        """Return the next bytes, fewer at the end of the input."""
        return self.window.read(self.at, length)

    def count(self, weight: int) -> None:
        """Count what is held in memory."""
        self.left -= weight
        if self.left < 0:
            raise Beyond(f"more than {limits.ELEMENTS} elements, Items and fragments", self.at)

    def where(self, tag: int | None = None, depth: int | None = None) -> str:
        """Return the path of what is being read: "(0040,0275)[1].(0040,0007)"."""
        steps = [shown(outer) + f"[{item}]" * (item > 0) for outer, item in self.trail[:depth]]
        return ".".join([*steps, shown(tag)] if tag is not None else steps)

    def ended(self, level: Level, what: str) -> Malformed | Truncated:
        """Return the fault that the input, or what is read of it, ends too early."""
        where = f" ({self.where()})" if self.trail else ""
        if level.bounded:
            return Malformed(f"a length ends {what}{where}", level.end)
        return Truncated(f"the data end {what}{where}", level.end)

    def overrun(self, level: Level, head: Head) -> Malformed | Truncated:
        """Return the fault that a value is longer than what holds it."""
        # where the tag may be text, so may the length
        size = "" if shown(head[0]) == UNKNOWN else f" of {head[2]} bytes"
        value = f"whose value{size} starts at byte {self.at}"
        return self.ended(level, f"within {self.where(head[0])}, {value}")
