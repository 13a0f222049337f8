"""Strings of the default repertoire: AE AS CS DA DS DT IS TM UI UR (PS3.5 6.2, 9.1).

How it decides:
1. Each Value is held against its VR; of an element, the first that is wrong is named.
2. An empty Value among several is no fault of its VR.
3. Padding belongs to the Value, and counts as such, but the single space or NUL that makes the
   whole even, at the end of the last of several Values (PS3.5 6.4).
4. Padding with the wrong byte is told only of a Value that is right without it.
5. What begins a UID is held against what ISO/IEC 9834-1 can have: of its three arcs no other, and
   no number beyond 39 below the first two; of ISO's own arc four are assigned.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from dicomspec.validation.checks import moments

REPRESENTATION, LONG, PADDING = "value/representation", "value/too-long", "value/padding"
ROOT, UNASSIGNED = "uid/root", "uid/unassigned-root"

Wrong = Callable[[bytes], str | None]


class Fault(NamedTuple):
    """What is wrong: the code, and words that follow a name; `number` of the Value, 0 for all.

    `section` is that of PS3.5 where it isn't the one of the code.
    """

    code: str
    words: str
    number: int = 0
    section: str = ""


def _pattern(form: bytes, words: str) -> Wrong:
    """Return a function that says these words of a Value that isn't of a form."""
    fits = re.compile(form).fullmatch
    return lambda value: None if fits(value) else words


_DECIMAL = re.compile(rb" *[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)? *")
_INTEGER = re.compile(rb" *([+-]?\d+) *")
_URI = re.compile(rb"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*+ *")
_UID = re.compile(rb"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*")
_ZEROES = re.compile(rb"\d+(?:\.\d+)*")
_ROOT = re.compile(rb"(?:[01]\.[123]?\d|2\.\d+)(?:\..*)?")
_ISO_BEYOND = re.compile(rb"1\.(?:[4-9]|[123]\d)(?:\..*)?")
_LONGEST = 64  # bytes of a Value that is looked at, whatever its VR has
_INT_32 = range(-(2**31), 2**31)


def _decimal(value: bytes) -> str | None:
    return None if _DECIMAL.fullmatch(value) else "is no decimal number"


def _integer(value: bytes) -> str | None:
    match = _INTEGER.fullmatch(value)
    if match is None:
        return "is no integer"
    # Python takes its time with numbers of thousands of digits
    fits = len(match[1].lstrip(b"+-0")) <= 10 and int(match[1]) in _INT_32
    return None if fits else "is beyond what 32 bits hold"


def _entity(value: bytes) -> str | None:
    if not value.strip(b" "):
        return "has only spaces"
    return None if all(0x20 <= byte < 0x7F for byte in value) else "has characters that AE hasn't"


def uid(value: bytes) -> str | None:
    """Return what is wrong with the form of a UID, None if nothing is (PS3.5 9.1)."""
    if _UID.fullmatch(value):
        return None if b"." in value else "has a single component"
    if _ZEROES.fullmatch(value):
        return "has a component that begins with zero"
    odd = value.strip(b"0123456789.")
    return "has characters that UI hasn't" if odd else "has an empty component"


def _locator(value: bytes) -> str | None:
    if value.startswith(b" "):
        return "begins with a space"
    return None if _URI.fullmatch(value) else "has characters that have to be percent-encoded"


class Form(NamedTuple):
    """How a VR's Values are: what is wrong with one, and the bytes that it may have."""

    wrong: Wrong
    most: int


# PS3.5 Table 6.2-1
FORMS: dict[str, Form] = {
    "AE": Form(_entity, 16),
    "AS": Form(_pattern(rb"\d{3}[DWMY]", "is not of the form nnnD, nnnW, nnnM or nnnY"), 4),
    "CS": Form(_pattern(rb"[A-Z0-9_ ]*", "has characters that CS hasn't"), 16),
    "DA": Form(moments.date, 8),
    "DS": Form(_decimal, 16),
    "DT": Form(moments.date_time, 26),
    "IS": Form(_integer, 12),
    "TM": Form(moments.time, 14),
    "UI": Form(uid, 64),
    "UR": Form(_locator, 2**32 - 2),
}


def fault(vr: str, value: bytes) -> Fault | None:
    """Return the first thing that is wrong with a string of one of these VRs."""
    form = FORMS[vr]
    values = value.split(b"\\") if vr != "UR" else [value]
    last = len(values)
    for number, one in enumerate(values, start=1):
        if one.strip(b" \0") or (one and vr == "AE"):
            found = _of_one(vr, form, one, last=number == last, several=last > 1)
            if found is not None:
                return found._replace(number=number if last > 1 else 0)
    return None


def _of_one(vr: str, form: Form, value: bytes, *, last: bool, several: bool) -> Fault | None:
    core = _unpadded(vr, value, last=last, several=several)
    if not core:
        return None
    if len(core) > max(form.most, _LONGEST):
        return Fault(LONG, f"is longer than {form.most} bytes")
    words = form.wrong(core)
    if words is not None:
        bare = core.rstrip(b" \0")
        if bare != core and form.wrong(bare) is None:
            # PS3.5 6.2: spaces pad strings, a single NUL a UI; and those of fixed length nothing
            return Fault(PADDING, "is padded as its VR doesn't allow")
        return Fault(REPRESENTATION, words)
    if len(core) > form.most:
        # PS3.5 6.2: a Value, with its padding, isn't longer than that
        return Fault(LONG, f"is longer than {form.most} bytes")
    return _root(core) if vr == "UI" else None


def _unpadded(vr: str, value: bytes, *, last: bool, several: bool) -> bytes:
    """Return a Value without the one byte that makes the whole even."""
    if not last:
        return value
    if vr == "UI":
        # PS3.5 9.1: one NUL
        return value.removesuffix(b"\0")
    # PS3.5 6.4
    return value[:-1] if several and value.endswith(b" ") else value


def _root(value: bytes) -> Fault | None:
    # PS3.5 9.2: each UID is registered
    if not _ROOT.fullmatch(value):
        return Fault(ROOT, "begins as no registered UID can")
    if _ISO_BEYOND.fullmatch(value):
        return Fault(UNASSIGNED, "begins with an arc of ISO that isn't assigned")
    return None
