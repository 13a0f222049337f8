"""The head of an element: tag, VR, length (PS3.5 7.1.2, 7.1.3).

How it decides:
1. A VR of the standard has the form that Table 7.1-1 or 7.1-2 gives it.
2. Another VR of two capitals has a length of 32 bits if its two reserved bytes are NUL, else of 16
   bits; that is remarked.
3. What isn't two capitals is no VR: the element is encoded without (implicit VR); that is remarked.
4. Reserved bytes are not decoded; that they aren't NUL is remarked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dicomspec.dataset.syntax import FORMS, ITEM, is_vr

if TYPE_CHECKING:
    from dicomspec.dataset.level import Head, Level
    from dicomspec.dataset.parser import Parser


def header(parser: Parser, level: Level) -> Head:
    """Read the tag, VR (None where there is none) and length of an element."""
    data = parser.peek(8)
    parser.at += 8
    if parser.at > level.end or len(data) < 8:
        if level.depth or any(data) or not parser.padded:
            raise parser.ended(level, "within the tag and length of an element")
        return 0, None, 0  # a few NULs, which the parser takes for padding
    syntax = level.syntax
    if syntax.implicit:
        group, number, length = syntax.plain(data)
        return group << 16 | number, None, length
    group, number, code, length = syntax.short(data)
    vr, long = FORMS.get(code) or _odd(parser, data, level)
    if long:
        if length:
            _reserved(parser, group << 16 | number)
        length = _long(parser, level)
    elif vr is None:
        length = syntax.plain(data)[2]
    return group << 16 | number, vr, length


def _long(parser: Parser, level: Level) -> int:
    """Read a length of 32 bits."""
    data = parser.peek(4)
    parser.at += 4
    if parser.at > level.end or len(data) < 4:
        raise parser.ended(level, "within the length of an element")
    return level.syntax.length(data)[0]


def _odd(parser: Parser, data: bytes, level: Level) -> tuple[str | None, bool]:
    """Return what there is for a VR, and whether its length has 32 bits."""
    group, number, code, reserved = level.syntax.short(data)
    # PS3.5 7.5: Items and delimiters have no VR; NULs may be padding
    if group == ITEM >> 16 or not any(data):
        return None, False
    tag, at = group << 16 | number, parser.at - 8
    if is_vr(code):
        # PS3.5 7.1.2: a VR that a later edition adds has the form with 32 bits
        message = "The element is encoded with a VR that the standard doesn't have."
        parser.complain("encoding/vr-unknown", message, at, tag)
        return code.decode(), not reserved
    # PS3.5 7.1: explicit and implicit VR don't coexist
    message = "The element is encoded without a VR, in a data set that has them."
    parser.complain("encoding/vr-missing", message, at, tag)
    return None, False


def _reserved(parser: Parser, tag: int) -> None:
    # PS3.5 7.1.2: the two bytes after a VR whose length has 32 bits are NUL
    message = "The two reserved bytes after the VR are not zero."
    parser.complain("encoding/reserved-bytes", message, parser.at - 8, tag)
