"""Values that are decoded already, as pydicom, its users and DICOM JSON have them (PS3.5 6.2).

How it decides:
1. What is written as text is held against its VR as if it were encoded; nothing is said of bytes,
   character sets or padding that there aren't.
2. A DS or IS that is a number has no length yet: it is held against what its VR can hold.
3. What Python value a VR can't have at all is wrong; streams and objects of other libraries are
   nobody's business.
"""

import math
from collections import abc
from datetime import date, time
from decimal import Decimal
from typing import Any

from dicomspec.dataset.syntax import LIST_VRS, SINGLE_VRS
from dicomspec.validation.checks import strings, text
from dicomspec.validation.checks.binary import RANGES, SIZES, STREAMS, wrong_length
from dicomspec.validation.checks.strings import REPRESENTATION, Fault

_FLOATS = frozenset({"DS", "FD", "FL"})
_NO_NUMBER = Fault(REPRESENTATION, "is no number")
_BEYOND = Fault(REPRESENTATION, "is beyond what its VR holds")
_NO_TEXT = Fault(REPRESENTATION, "is no text")
_WRITTEN = {"FD": float, "FL": float, "SV": int, "UV": int}  # PS3.18 Table F.2.3-1: as text too


def fault(vr: str, value: Any) -> Fault | None:
    """Return the first thing that is wrong with the decoded Value or Values of an element."""
    if isinstance(value, bytes | bytearray):
        return _bytes(vr, value)
    if vr in STREAMS or vr == "SQ":
        return None
    values = values_of(vr, value)
    for number, one in enumerate(values, start=1):
        found = _number(vr, one) if vr in SIZES else _text(vr, one)
        if found is not None:
            return found._replace(number=number if len(values) > 1 else 0)
    return None


def values_of(vr: str, value: Any) -> list[Any]:
    """Return the Values of an element one by one."""
    if isinstance(value, str):
        return list(value.split("\\")) if vr in LIST_VRS else [value]
    return list(value) if isinstance(value, abc.Sequence) else [value]


def _bytes(vr: str, value: bytes | bytearray) -> Fault | None:
    words = wrong_length(vr, len(value), odd_is_told=False)
    if words is not None:
        return Fault(REPRESENTATION, words)
    return None if vr in SIZES or vr in STREAMS else _NO_TEXT


def _text(vr: str, value: Any) -> Fault | None:
    if value is None or value == "" or isinstance(value, date | time):
        return None
    written = getattr(value, "original_string", None)
    if vr in {"DS", "IS"} and isinstance(value, int | float | Decimal) and not written:
        return _number(vr, value)
    if hasattr(value, "components"):
        written = str(value)
    written = written if isinstance(written, str) else value
    if not isinstance(written, str):
        return _NO_TEXT
    if vr in text.FORMS:
        values = [written] if vr in SINGLE_VRS else written.split("\\")
        return text.fault(vr, values, unicode=False)
    if vr not in strings.FORMS:
        return None
    found = strings.fault(vr, written.encode("utf-8", "surrogatepass"))
    return None if found is None else found._replace(number=0)


def _number(vr: str, value: Any) -> Fault | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = _written(vr, value)
    if vr in _FLOATS:
        return _real(vr, value)
    if not _is_finite(value) or value != int(value):
        return _NO_NUMBER
    return None if vr not in RANGES or int(value) in RANGES[vr] else _BEYOND


def _written(vr: str, value: str) -> Any:
    """Return a number that is written as text, None where it may not be, or isn't one."""
    try:
        return _WRITTEN[vr](value)
    except (KeyError, ValueError):
        return None


def _real(vr: str, value: Any) -> Fault | None:
    if not isinstance(value, int | float | Decimal):
        return _NO_NUMBER
    # PS3.5 Table 6.2-1: a DS is written in digits
    return _NO_NUMBER if vr == "DS" and not _is_finite(value) else None


def _is_finite(value: Any) -> bool:
    """Say whether a value of any kind is a finite number."""
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
