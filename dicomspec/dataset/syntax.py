"""The three ways to encode elements (PS3.5 7.1), and which Transfer Syntax means which."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from dicomspec.dataset.sniff import VRS

if TYPE_CHECKING:
    from collections.abc import Callable

UNDEFINED = 0xFFFFFFFF  # PS3.5 7.1.1
ITEM = 0xFFFEE000  # PS3.5 Table 7.5-1
ITEM_END = 0xFFFEE00D
SEQUENCE_END = 0xFFFEE0DD
DELIMITERS = 0xFFFE0000

# PS3.5 6.2 and Table 7.1-1: these have two reserved bytes and a length of 32 bits
LONG_VRS = frozenset(
    {"OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"},
)

FORMS = {vr: (vr.decode(), vr.decode() in LONG_VRS) for vr in VRS}

# Values of these are bulk: nothing in an IOD asks for what is in them
BULK_VRS = frozenset(
    {"OB", "OD", "OF", "OL", "OV", "OW", "UN", "OB or OW", "US or OW", None},
)

# PS3.5 6.2: text that may have several values, which backslashes delimit, and text that may not
LIST_VRS = frozenset(
    {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "PN", "SH", "TM", "UC", "UI"},
)
SINGLE_VRS = frozenset({"LT", "ST", "UR", "UT"})


class Syntax(NamedTuple):
    """One way to encode elements."""

    implicit: bool
    little: bool
    plain: Callable[[bytes], tuple[int, int, int]]  # group, element, length of 32 bits
    short: Callable[[bytes], tuple[int, int, bytes, int]]  # group, element, VR, length of 16 bits
    length: Callable[[bytes], tuple[int]]
    plain_at: Callable[[bytes, int], tuple[int, int, int]]  # as `plain`, from a byte on
    short_at: Callable[[bytes, int], tuple[int, int, bytes, int]]


def _syntax(*, implicit: bool, little: bool) -> Syntax:
    order = "<" if little else ">"
    plain, short = Struct(order + "HHL"), Struct(order + "HH2sH")
    return Syntax(
        implicit,
        little,
        plain.unpack,
        short.unpack,
        Struct(order + "L").unpack,
        plain.unpack_from,
        short.unpack_from,
    )


# PS3.5 A.1, A.2, A.3
IMPLICIT_LITTLE = _syntax(implicit=True, little=True)
EXPLICIT_LITTLE = _syntax(implicit=False, little=True)
EXPLICIT_BIG = _syntax(implicit=False, little=False)

# PS3.6 Table A-1; all others are explicit, little endian (PS3.5 A.4, 10.1)
_SYNTAXES = {
    "1.2.840.10008.1.2": IMPLICIT_LITTLE,
    "1.2.840.10008.1.20": IMPLICIT_LITTLE,  # Papyrus 3, retired
    "1.2.840.113619.5.2": IMPLICIT_LITTLE,  # private; only its Pixel Data are big endian
    "1.2.840.10008.1.2.2": EXPLICIT_BIG,
}

# PS3.5 A.5 and A.7: the whole data set is deflated
DEFLATED = frozenset(
    {
        "1.2.840.10008.1.2.1.99",
        "1.2.840.10008.1.2.4.95",  # JPIP Referenced Deflate
        "1.2.840.10008.1.2.4.205",  # JPIP HTJ2K Referenced Deflate
    }
)


def syntax_of(uid: str) -> Syntax:
    """Return how the elements of a Transfer Syntax are encoded."""
    return _SYNTAXES.get(uid, EXPLICIT_LITTLE)


def is_vr(code: bytes) -> bool:
    """Say whether two bytes may be a VR: two capitals (PS3.5 7.1.2)."""
    return len(code) == 2 and code.isalpha() and code.isupper()


def guessed(start: bytes) -> Syntax:
    """Return how a data set is encoded that has no Transfer Syntax, from its first 8 bytes."""
    if not is_vr(start[4:6]):
        return IMPLICIT_LITTLE
    # the group of a first element is low: it is big endian if it reads high
    return EXPLICIT_BIG if start[1:2] > start[0:1] else EXPLICIT_LITTLE
