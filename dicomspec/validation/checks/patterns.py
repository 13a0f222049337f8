"""Whether a whole Value Field is right at a glance: for most are.

How it decides:
1. A Value Field is fine if one pattern, made for its VR and multiplicity, fits it: then nothing is
   wrong with it. Where none fits, it has to be looked at; that says nothing yet.
2. What stays in the file, and what has its own rules beside those of its VR, is never fine.
3. No pattern goes back more than the length of one Value: none can be made to take its time.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from dicomspec.validation.checks.binary import SIZES, STREAMS
from dicomspec.validation.checks.multiplicity import Span, spans

Fine = Callable[[bytes], Any]

_DATE = (
    rb"\d{4}(?:(?:0[13578]|1[02])(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)(?:0[1-9]|[12]\d|30)"
    rb"|02(?:0[1-9]|1\d|2[0-8]))"
)
_TIME = rb"(?:[01]\d|2[0-3])(?:[0-5]\d(?:(?:[0-5]\d|60)(?:\.\d{1,6})?)?)?"


def _of(most: int, form: bytes) -> bytes:
    """Return a pattern of one Value that has so many bytes at most."""
    return rb"(?=[^\\]{1,%d}(?:\\|\Z))%b" % (most, form)


# one Value of one or more bytes
_ONE = {
    "AE": rb"(?=[^\\]*[^\\ ])[\x20-\x5B\x5D-\x7E]{1,16}",
    "AS": rb"\d{3}[DWMY]",
    "CS": rb"[A-Z0-9_ ]{1,16}",
    "DA": _DATE,
    "DS": _of(16, rb" *[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)? *"),
    "DT": _of(26, _DATE + b"(?:" + _TIME + b")? *"),
    "IS": _of(12, rb" *[+-]?\d{1,9} *"),
    "LO": rb"[\x20-\x5B\x5D-\x7E]{1,64}",
    "PN": rb"(?=[^\\=]{1,64}(?:\\|\Z))[^\x00-\x1F\\^=\x7F-\xFF]*"
    rb"(?:\^[^\x00-\x1F\\^=\x7F-\xFF]*){0,4}",
    "SH": rb"[\x20-\x5B\x5D-\x7E]{1,16}",
    "TM": _of(14, _TIME + b" *"),
    "UC": rb"[\x20-\x5B\x5D-\x7E]+",
    "UI": rb"(?=[^\\\0]{1,64}(?:\\|\0?\Z))(?:0\.\d|1\.[0-3]|2\.(?:0|[1-9]\d*))"
    rb"(?:\.(?:0|[1-9]\d*))*",
    "UR": rb"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]+ *",
}
_LINES = {"LT": 10240, "ST": 1024, "UT": 2**32}
_TEXT = re.compile(rb"(?:[\x20-\x7E\t\f]++|\r\n)*+").fullmatch


@lru_cache(maxsize=1024)
def fine(vr: str, multiplicity: str) -> Fine:
    """Return a function that says of a Value Field of a VR whether it is fine at a glance."""
    allowed = spans(multiplicity)
    span = allowed[0] if len(allowed) == 1 else Span(1, None)
    if vr in _ONE:
        return re.compile(_several(vr, span)).fullmatch
    if vr in _LINES:
        most = _LINES[vr]
        return lambda value: len(value) <= most and _TEXT(value)
    if vr in STREAMS:
        size = SIZES.get(vr, 1)
        return lambda value: not len(value) % size
    return _numbers(SIZES[vr], span) if vr in SIZES else never


def _several(vr: str, span: Span) -> bytes:
    one, pad = _ONE[vr], rb"\0?" if vr == "UI" else b""
    if vr == "UR" or span == (1, 1, 1):
        return b"(?:%b%b)?" % (one, pad)
    more = rb"(?:\\(?:%b)?)" % one
    least = b"%d" % (span.least - 1)
    if span.most is not None:
        counted = b"{%b,%d}" % (least, span.most - 1)
    elif span.step == 1:
        counted = b"{%b,}" % least
    else:
        counted = b"{%b}(?:%b{%d})*" % (least, more, span.step)
    # PS3.5 6.4: the last of several may be padded
    # PS3.5 6.2: an AE isn't of spaces alone
    begin = rb"(?! +\Z)" if vr == "AE" else b""
    return b"(?:%b(?:%b)?%b%b%b)?" % (begin, one, more, counted, pad or b" ?")


def _numbers(size: int, span: Span) -> Fine:
    if span == (1, 1, 1):
        lengths = (0, size)
        return lambda value: len(value) in lengths

    def fine(value: bytes) -> bool:
        number, rest = divmod(len(value), size)
        return not rest and (not number or span.has(number))

    return fine


def never(_: bytes) -> bool:
    """Say of any Value Field that it has to be looked at."""
    return False


def always(_: bytes) -> bool:
    """Say of any Value Field that there is nothing to look at."""
    return True
