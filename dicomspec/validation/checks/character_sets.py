"""Specific Character Set: its terms, and the sets of characters that they announce.

How it decides:
1. The terms are those of PS3.3 C.12.1.1.2. UTF-8, GB18030 and GBK stand alone, a multi-byte set
   isn't Value 1, and no set comes twice.
2. One Value means no code extension, several mean it: a term of the other kind is understood, and
   is a warning; so is a term for the default repertoire, which needs none.
3. Text is decoded with the terms that are known, as far as they can be followed; nothing is said
   of text where a term isn't known, or doesn't go there.
4. C1, 80H to 9FH of the single-byte sets, isn't used (PS3.5 6.1.1).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple


class Coded(NamedTuple):
    """A coded character set: how its bytes, or those after an escape, become text.

    `width` is the bytes of a character, `left` says that it is invoked in GL; `codec` is Python's
    for text with ASCII in GL and the set in GR.
    """

    name: str
    decode: Callable[[bytes], str]
    width: int = 1
    left: bool = False
    codec: str = ""


def _latin(codec: str) -> Callable[[bytes], str]:
    def decode(data: bytes) -> str:
        if any(byte < 0xA0 for byte in data):
            raise ValueError("C1 isn't used")
        return data.decode(codec)

    return decode


def _katakana(data: bytes) -> str:
    if any(not 0xA1 <= byte <= 0xDF for byte in data):
        raise ValueError("not of JIS X 0201")
    return data.decode("shift_jis")


def _escaped(start: bytes) -> Callable[[bytes], str]:
    """Return how a set of two bytes in GL is decoded."""
    return lambda data: (start + data + b"\x1b(B").decode("iso2022_jp_2")


ASCII = Coded("IR 6", lambda data: data.decode("ascii"), left=True)
ROMAJI = Coded("IR 14", lambda data: data.decode("ascii"), left=True)
_KATAKANA = Coded("IR 13", _katakana, codec="shift_jis")
_KANJI = Coded("IR 87", _escaped(b"\x1b$B"), 2, left=True)
_KANJI_MORE = Coded("IR 159", _escaped(b"\x1b$(D"), 2, left=True)
_HANGUL = Coded("IR 149", lambda data: data.decode("euc_kr"), 2)
_HANZI = Coded("IR 58", lambda data: data.decode("gb2312"), 2)

# PS3.3 Tables C.12-2 and C.12-3: number of the set, what decodes GR, what announces it
_SINGLE = {
    "100": ("iso8859_1", b"-A"), "101": ("iso8859_2", b"-B"), "109": ("iso8859_3", b"-C"),
    "110": ("iso8859_4", b"-D"), "144": ("iso8859_5", b"-L"), "127": ("iso8859_6", b"-G"),
    "126": ("iso8859_7", b"-F"), "138": ("iso8859_8", b"-H"), "148": ("iso8859_9", b"-M"),
    "203": ("iso8859_15", b"-b"), "166": ("tis_620", b"-T"),
}  # fmt: skip
_RIGHT = {
    number: Coded(f"IR {number}", _latin(codec), codec=codec)
    for number, (codec, _) in _SINGLE.items()
} | {"13": _KATAKANA}
# PS3.3 Table C.12-4
_MULTI = {
    "87": (b"$B", _KANJI), "159": (b"$(D", _KANJI_MORE), "149": (b"$)C", _HANGUL),
    "58": (b"$)A", _HANZI),
}  # fmt: skip
# PS3.3 Table C.12-5
ALONE = {"ISO_IR 192": "utf-8", "GB18030": "gb18030", "GBK": "gbk"}
_TO_ASCII = b"(B"


class Repertoire(NamedTuple):
    """What text may be made of: a codec for the whole, or sets, and the escapes to others."""

    codec: str = ""
    left: Coded = ASCII
    right: Coded | None = None
    escapes: dict[bytes, Coded] | None = None
    declared: bool = True


DEFAULT = Repertoire(declared=False)


@lru_cache(maxsize=256)
def repertoire(terms: tuple[str, ...]) -> Repertoire | None:
    """Return what Values of Specific Character Set announce, None where they can't be followed."""
    if not any(terms):
        return DEFAULT
    if len(terms) == 1:
        if terms[0] in ALONE:
            return Repertoire(ALONE[terms[0]])
        left, right = _sets(terms[0])
        known = right is not None or _number(terms[0]) == "6"
        return Repertoire("", left, right) if known else None
    if any(term in ALONE for term in terms):
        return None
    escapes: dict[bytes, Coded] = {_TO_ASCII: ASCII}
    for term in terms:
        found = _announced(term)
        if found is None:
            return None
        escapes.update(found)
    left, right = _sets(terms[0])
    return Repertoire("", left, right, escapes)


def _number(term: str) -> str:
    """Return the number of a term's set: "ISO 2022 IR 100" and "ISO_IR 100" → "100"."""
    return term.removeprefix("ISO_IR ").removeprefix("ISO 2022 IR ")


def _sets(term: str) -> tuple[Coded, Coded | None]:
    """Return what a single-byte term has in GL and in GR; GR is None if there is nothing."""
    number = _number(term)
    return (ROMAJI if number == "13" else ASCII), _RIGHT.get(number)


def _announced(term: str) -> dict[bytes, Coded] | None:
    """Return the escapes that a term announces, None for one that isn't known."""
    number = _number(term)
    if number == "13":
        return {b")I": _KATAKANA, b"(J": ROMAJI}
    if number in _SINGLE:
        return {_SINGLE[number][1]: _RIGHT[number]}
    if number in _MULTI:
        escape, coded = _MULTI[number]
        return {escape: coded}
    return {} if number in {"", "6"} else None


_PLAIN = frozenset({f"ISO_IR {number}" for number in (*_RIGHT, "6")} | set(ALONE))
_EXTENSIBLE = frozenset({f"ISO 2022 IR {number}" for number in (*_RIGHT, "6")})
_EXTENDING = frozenset({f"ISO 2022 IR {number}" for number in _MULTI})
_TERMS = _PLAIN | _EXTENSIBLE | _EXTENDING
UNKNOWN, COMBINED, MISPLACED = "charset/unknown", "charset/combination", "charset/term-misplaced"


def fault(terms: tuple[str, ...]) -> tuple[str, int, str] | None:
    """Return the first fault of Values of Specific Character Set: code, Value's number, words."""
    terms = terms[: len(_TERMS) + 2]  # of more, one is there twice
    for number, term in enumerate(terms, start=1):
        if term and term not in _TERMS:
            return UNKNOWN, number, "isn't a defined term"
    for find, code in ((_forbidden, COMBINED), (_unusual, MISPLACED)):
        for number, term in enumerate(terms, start=1):
            words = find(term, number, terms)
            if words is not None:
                return code, number, words
    return None


def _forbidden(term: str, number: int, terms: tuple[str, ...]) -> str | None:
    """Return why a term may not be where it is, None if it may (PS3.3 C.12.1.1.2)."""
    if len(terms) > 1 and term in ALONE:
        return "allows no other Value beside it"
    if term in _EXTENDING and number == 1:
        return "is a multi-byte set, which can't be Value 1"
    if not term:
        return "is empty" if number > 1 else None
    before = {_number(other) or "6" for other in terms[: number - 1]}
    return "is a set that is there before" if _number(term) in before else None


def _unusual(term: str, _: int, terms: tuple[str, ...]) -> str | None:
    """Return how a term is of the kind that doesn't go there, None if it isn't."""
    if len(terms) == 1 and term in _EXTENSIBLE:
        return "is a term for code extension, which takes several Values"
    if term == "ISO_IR 6":
        return "is the default repertoire, which has no term"
    single = len(terms) > 1 and term in _PLAIN
    return "is a term without code extension, among several" if single else None
