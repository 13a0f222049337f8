"""The text of DICOM JSON → its data sets, one after the other (PS3.18 F.2).

How it decides:
1. The text is UTF-8 (RFC 8259 8.1) and holds an object, or an array of objects; each is a data set.
2. It is read piece by piece, so that an array needs no more memory than its longest data set.
3. NaN and Infinity, which Python knows and JSON doesn't, are Malformed.
"""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from dicomspec.dataset import limits
from dicomspec.dataset.faults import Beyond, Malformed, Truncated

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 20  # bytes
_LATE = 64  # characters; an error that near to the end of what was read may be for want of more
_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A data set as parsed JSON; `doubled` says that one of its objects had a member twice."""

    value: Any
    in_array: bool
    doubled: bool


def data_sets(file: BinaryIO) -> Iterator[Text]:
    """Give the data sets of a file; raises Fault, OSError and RecursionError."""
    text = _Reader(file)
    if text.next() != "[":
        yield text.value(in_array=False)
    else:
        yield from _array(text)
    if text.next():
        raise Malformed("text after the end of the JSON", text.offset(text.at))


def _array(text: _Reader) -> Iterator[Text]:
    text.at += 1
    if text.next() == "]":
        raise Malformed("a JSON array without a data set", text.offset(text.at))
    while True:
        yield text.value(in_array=True)
        mark = text.next()
        if mark not in {",", "]"}:
            raise Malformed("a comma or the end of the array is due", text.offset(text.at))
        text.at += 1
        if mark == "]":
            return


class _Reader:
    """The text as far as it was read, and the place in it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.decoder = getincrementaldecoder("utf-8-sig")()
        self.text = ""
        self.at = 0
        self.passed = self.bytes_read = file.tell()  # bytes before `text`, and up to its end
        self.doubled = False
        self.json = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=self._constant)

    def next(self) -> str:
        """Return the next character that isn't white space, without passing it; "" at the end."""
        while True:
            space = _SPACE.match(self.text, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more(_PIECE):
                return ""

    def value(self, *, in_array: bool) -> Text:
        """Read the value that comes next."""
        self.next()
        self.doubled = False
        piece = _PIECE
        while True:
            try:
                found, self.at = self.json.raw_decode(self.text, self.at)
            except json.JSONDecodeError as fault:
                if not self.unfinished(fault) or not self.more(piece):
                    raise self.fault(fault) from None
                piece *= 2  # so that what was read is parsed again a few times only
            except ValueError:
                raise Malformed("a number of too many digits", self.offset(self.at)) from None
            else:
                return Text(found, in_array, self.doubled)

    def unfinished(self, fault: json.JSONDecodeError) -> bool:
        """Say whether more text may help."""
        late = fault.pos >= len(self.text) - _LATE
        return late or fault.msg.startswith("Unterminated")

    def fault(self, fault: json.JSONDecodeError) -> Malformed | Truncated:
        """Return what is wrong in words of this package."""
        if fault.msg.startswith("Unterminated") or not self.text[fault.pos :].strip():
            return Truncated("the data end within the JSON", self.bytes_read)
        return Malformed("not JSON", self.offset(fault.pos))

    def more(self, size: int) -> bool:
        """Forget the text before this place, and read on; return False at the end."""
        self.passed = self.offset(self.at)
        data = self.file.read(size)
        try:
            new = self.decoder.decode(data, final=not data)
        except UnicodeDecodeError as fault:
            start = self.bytes_read + len(data) - len(fault.object)
            raise Malformed("not UTF-8", start + fault.start) from None
        self.bytes_read += len(data)
        self.text = self.text[self.at :] + new
        self.at = 0
        marks = sum(map(self.text.count, ",{["))
        if len(self.text) > limits.JSON_TEXT or marks > limits.JSON_MARKS:
            raise Beyond("a JSON object that is too long", self.bytes_read)
        return bool(data)

    def offset(self, at: int) -> int:
        """Return the byte of a place in the text."""
        return self.passed + len(self.text[:at].encode())

    def _object(self, members: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(members)
        self.doubled = self.doubled or len(found) < len(members)
        return found

    def _constant(self, _: str) -> None:
        raise Malformed("a number that JSON doesn't have (NaN or Infinity)", self.offset(self.at))
