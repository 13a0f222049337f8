"""Bytes of text → characters, by what Specific Character Set announces (PS3.5 6.1.2).

How it decides:
1. Without code extension there is no escape sequence, and a byte is of the one set, or it is wrong.
2. With it, an escape brings one of the sets that are announced into use; that of the default
   repertoire always may. Every other one isn't understood.
3. Before a delimiter (of Values, of a Person Name, of lines) and at the end the sets of Value 1
   have to be in use again. Where Value 1 has nothing in GR, only GL counts; after it GR is as at
   the start, so that a set has to be brought in anew.
4. The first fault ends it: what comes after it can't be told.
"""

import re
from typing import NamedTuple

from dicomspec.validation.checks.character_sets import Coded, Repertoire

BEYOND, UNDECODABLE, ESCAPE = "charset/beyond-default", "charset/undecodable", "charset/escape"
_RUN = re.compile(rb"\x1b|[\x00-\x1a\x1c-\x7f]+|[\x80-\xff]+")
_ASCII = bytes(range(0x80))
_CONTROL = re.compile(rb"[\t\n\f\r]")
_BEYOND = "goes beyond the default repertoire, with no Specific Character Set"
_UNDECODABLE = "has bytes that its Specific Character Set doesn't have"
_NOT_BACK = "isn't switched back to the character set of Value 1"


class Decoded(NamedTuple):
    """Text, or what is wrong with it: code and words."""

    text: str = ""
    code: str = ""
    words: str = ""


def decoded(value: bytes, repertoire: Repertoire, delimiters: bytes) -> Decoded:
    """Return bytes as text; `delimiters` are what the sets of Value 1 have to be in use before."""
    if repertoire.codec:
        try:
            return Decoded(value.decode(repertoire.codec))
        except UnicodeDecodeError:
            return Decoded("", UNDECODABLE, _UNDECODABLE)
    right = repertoire.right
    if right is not None and repertoire.escapes is None and b"\x1b" not in value:
        return _without_extension(value, right)
    return _Text(repertoire, delimiters).read(value)


def _without_extension(value: bytes, right: Coded) -> Decoded:
    """Return bytes of one set as text; as `_Text` would, at once."""
    try:
        right.decode(value.translate(None, _ASCII))
        return Decoded(value.decode(right.codec))
    except ValueError:
        return Decoded("", UNDECODABLE, _UNDECODABLE)


class _Text:
    """Goes through bytes; `left` and `right` are the sets in use in GL and GR."""

    def __init__(self, repertoire: Repertoire, delimiters: bytes) -> None:
        self.repertoire = repertoire
        self.delimiter = re.compile(b"[" + re.escape(delimiters) + b"]") if delimiters else None
        self.left, self.right = repertoire.left, repertoire.right
        self.parts: list[str] = []

    def read(self, value: bytes) -> Decoded:
        """Return bytes as text, or their first fault."""
        at = 0
        while at < len(value):
            match = _RUN.match(value, at)
            assert match is not None  # it matches any byte
            run, at = match[0], match.end()
            if run == b"\x1b":
                length = self._escape(value, at)
                if not length:
                    return Decoded("", ESCAPE, self._not_understood())
                at += length
                continue
            wrong = self._left(run) if run[0] < 0x80 else self._right(run)
            if wrong is not None:
                lost = self.left.width > 1 and at == len(value)
                return Decoded("", ESCAPE, _NOT_BACK) if lost else wrong
        if self._elsewhere():
            return Decoded("", ESCAPE, _NOT_BACK)
        return Decoded("".join(self.parts))

    def _escape(self, value: bytes, at: int) -> int:
        """Bring a set into use; return the length of what followed ESC, 0 if it is unknown."""
        for escape, coded in (self.repertoire.escapes or {}).items():
            if value.startswith(escape, at):
                if coded.left:
                    self.left = coded
                else:
                    self.right = coded
                return len(escape)
        return 0

    def _not_understood(self) -> str:
        if self.repertoire.escapes is None:
            return "has an escape sequence, with no code extension"
        return "has an escape sequence that Specific Character Set doesn't announce"

    def _left(self, run: bytes) -> Decoded | None:
        if self.left.width > 1:
            if _CONTROL.search(run):
                return Decoded("", ESCAPE, _NOT_BACK)
            return self._decode(self.left, run)
        if self.delimiter is not None and self.delimiter.search(run):
            if self._elsewhere():
                return Decoded("", ESCAPE, _NOT_BACK)
            self.right = self.repertoire.right
        return self._decode(self.left, run)

    def _elsewhere(self) -> bool:
        """Say whether other sets than those of Value 1 are in use."""
        own = self.repertoire
        return self.left is not own.left or (own.right is not None and self.right is not own.right)

    def _right(self, run: bytes) -> Decoded | None:
        if self.right is not None:
            return self._decode(self.right, run)
        if self.repertoire.escapes:
            words = "has bytes of a character set that no escape sequence has brought into use"
            return Decoded("", ESCAPE, words)
        return Decoded("", UNDECODABLE, _UNDECODABLE) if self.repertoire.declared else _NOTHING

    def _decode(self, coded: Coded, run: bytes) -> Decoded | None:
        try:
            self.parts.append(coded.decode(run))
        except ValueError:
            return Decoded("", UNDECODABLE, _UNDECODABLE)
        return None


_NOTHING = Decoded("", BEYOND, _BEYOND)
