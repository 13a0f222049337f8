"""Single values of DICOM JSON → Python's (PS3.18 F.2.3)."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from dicomspec.dataset.syntax import LIST_VRS, SINGLE_VRS

if TYPE_CHECKING:
    from collections.abc import Callable

TAG = re.compile(r"[0-9A-Fa-f]{8}")
VR = re.compile(r"[A-Z]{2}")

Complain = "Callable[[str], None]"


def inline_binary(value: object, complain: Callable[[str], None]) -> bytes:
    """Return InlineBinary as bytes; raises ValueError for what isn't base64."""
    if isinstance(value, list) and len(value) == 1:
        complain("an InlineBinary in an array")
        value = value[0]
    if not isinstance(value, str):
        raise ValueError("an InlineBinary that isn't a string")  # noqa: TRY004 - of the input
    try:
        # PS3.18 F.2.7: base64
        return base64.b64decode(value, validate=True)
    except ValueError:
        raise ValueError("an InlineBinary that isn't base64") from None


def plain(value: object, vr: str, complain: Callable[[str], None]) -> Any:
    """Return a value of a Value array; raises ValueError for one of the wrong kind."""
    if vr == "PN":
        return _person_name(value, complain)
    if isinstance(value, dict | list):
        raise ValueError("a Value that isn't a string or a number")  # noqa: TRY004 - of the input
    # PS3.18 Table F.2.3-1: AT is a string of eight hexadecimal digits
    if vr == "AT" and isinstance(value, str) and TAG.fullmatch(value):
        return int(value, 16)
    # PS3.18 F.2.5: a value that is empty is null
    return "" if value is None and vr in LIST_VRS | SINGLE_VRS else value


def _person_name(value: object, complain: Callable[[str], None]) -> Any:
    # PS3.18 F.2.2: an object with one member for each component group
    if isinstance(value, dict):
        groups = [value.get(name) or "" for name in ("Alphabetic", "Ideographic", "Phonetic")]
        if not all(isinstance(group, str) for group in groups):
            raise ValueError("a Person Name whose component groups aren't strings")
        return "=".join(groups).rstrip("=")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("a Person Name that isn't an object")  # noqa: TRY004 - of the input
    complain("a Person Name that isn't an object")
    return value
