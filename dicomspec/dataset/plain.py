"""Plain elements, which most are: read as far as they go, without asking much of each.

How it decides:
1. An element is plain if it comes in order, and its VR is known, and neither bulk nor a Sequence:
   one with a length of 16 bits, or, in implicit VR, the one that the dictionary has.
2. Its length is even, it ends within what holds it and within what is read ahead, and it is neither
   a group length nor one that says how others are to be read.
3. Whatever isn't plain is left to the parser, which knows what to say of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydicom.dataelem import RawDataElement

from dicomspec.dataset.held import dictionary_vr
from dicomspec.dataset.syntax import BULK_VRS, DELIMITERS, FORMS
from dicomspec.dataset.tags import tag_of

if TYPE_CHECKING:
    from pydicom.tag import BaseTag

    from dicomspec.dataset.held import Element
    from dicomspec.dataset.level import Level
    from dicomspec.dataset.parser import Parser
    from dicomspec.dataset.syntax import Syntax

_SHORT = {code: vr for code, (vr, long) in FORMS.items() if not long and vr not in BULK_VRS}
_NOT_PLAIN = BULK_VRS | {"SQ"}
_TELLING = frozenset({0x00080005, 0x00280103})  # Specific Character Set, Pixel Representation


def plain(
    parser: Parser, level: Level, found: dict[BaseTag, Element], last: int, until: int
) -> int:
    """Read plain elements of higher tags than `last`, up to `until`; return the tag of the last."""
    syntax, window = level.syntax, parser.window
    data, start = window.data, window.start
    at, end = parser.at - start, min(level.end - start, len(data))
    left, room = parser.left, parser.room
    while 0 <= at <= end - 8:
        tag, vr, length = _head(syntax, data, at)
        after = at + 8 + length
        if vr is None or not last < tag <= until or after > end or length & 1:
            break
        if not tag & 0xFFFF or tag in _TELLING or tag >= DELIMITERS:
            break
        if left < 1 or room < length or length > parser.text:
            break
        name = tag_of(tag)
        value, place = data[at + 8 : after], start + at + 8
        code = None if syntax.implicit else vr
        found[name] = RawDataElement(
            name, code, length, value, place, syntax.implicit, syntax.little
        )
        left, room, last, at = left - 1, room - length, tag, after
    parser.at, parser.left, parser.room = start + at, left, room
    return last


def _head(syntax: Syntax, data: bytes, at: int) -> tuple[int, str | None, int]:
    """Return the tag, the VR (None if it isn't plain) and the length of an element."""
    if not syntax.implicit:
        group, number, code, length = syntax.short_at(data, at)
        return group << 16 | number, _SHORT.get(code), length
    group, number, length = syntax.plain_at(data, at)
    tag = group << 16 | number
    vr = dictionary_vr(tag)
    return tag, None if vr in _NOT_PLAIN else vr, length
