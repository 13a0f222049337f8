r"""Data made fit to be shown: it can't drive a terminal, reorder a line or break an encoding.

How it decides:
1. A character that doesn't print (a control, a bidirectional mark or override, a zero-width or
   unassigned one, a lone surrogate, a line separator) is written as Python writes it: "\x1b".
2. Spaces of any width stay, since Japanese file names hold them.
3. A backslash stays as it is: Windows paths are full of them, and what only looks like an escape is
   harmless.
4. A UID is shown as it is; what stands in its place without having its form is a value like others.
"""

import re
import unicodedata
from typing import Any

VALUE_LIMIT = 256
HIDDEN = "(hidden: not a UID)"

# PS3.5 9.1: at most 64 characters, components of digits without leading zeros; the first is 0 to 2
_UID = re.compile(r"[0-2](?:\.(?:0|[1-9][0-9]*))+")
_UID_LIMIT = 64


def visible(text: str) -> str:
    """Return text in which every character prints; the others are escaped."""
    if text.isprintable():
        return text
    return "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


def clipped(text: str, limit: int = VALUE_LIMIT) -> str:
    """Return text, cut after `limit` characters; what was cut is counted behind it."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}... ({len(text):,} characters)"


def uid(text: str, *, show_values: bool) -> str | None:
    """Return what stands in a UID element; None for what has to be hidden as values are."""
    if show_values or not text:
        return text
    return text if len(text) <= _UID_LIMIT and _UID.fullmatch(text) else None


def encodable(data: Any) -> Any:
    """Return JSON data in which lone surrogates are escaped as text: strict readers refuse them."""
    if isinstance(data, str):
        return data.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(data, dict):
        return {key: encodable(value) for key, value in data.items()}
    if isinstance(data, list):
        return [encodable(value) for value in data]
    return data
