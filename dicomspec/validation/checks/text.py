"""Text: LO LT PN SH ST UC UT, by the characters that it has (PS3.5 6.1, 6.2).

How it decides:
1. Characters are counted after decoding, without escapes and with padding; the single space that
   makes the whole even counts for nothing.
2. Control characters are those that the VR allows. In text of several lines, CR and LF stand
   together for a new line; one without the other is understood, and is a warning.
3. A Person Name has three component groups at most, of five components and 64 characters at most,
   the delimiter that follows a group counted in.
4. Where text is in UTF-8, GB18030 or GBK, the first component group of a Person Name has only some
   characters, and where it has code extension, no escapes (PS3.5 6.2.1.2).
"""

import re
from typing import NamedTuple

from dicomspec.dataset.syntax import SINGLE_VRS
from dicomspec.validation.checks.character_sets import Repertoire
from dicomspec.validation.checks.code_extension import ESCAPE, decoded
from dicomspec.validation.checks.strings import LONG, PADDING, REPRESENTATION, Fault

LINES = "value/line-ending"


class Form(NamedTuple):
    """How text of a VR is: characters at most, of several lines or not."""

    most: int | None = None
    lines: bool = False


# PS3.5 Table 6.2-1
FORMS = {
    "LO": Form(64), "LT": Form(10240, lines=True), "PN": Form(), "SH": Form(16),
    "ST": Form(1024, lines=True), "UC": Form(), "UT": Form(lines=True),
}  # fmt: skip
_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LINES = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_HALF = re.compile(r"\r(?!\n)|(?<!\r)\n")
# PS3.5 6.2.1.2
_GROUPS = "6.2.1.2"
_BEYOND_ALPHABETIC = re.compile(
    "[^\u0020-\u1fff\u3001\u3002\u300c\u300d\u3099-\u309c\u30a0-\u30ff]",
)


def read(vr: str, value: bytes, repertoire: Repertoire | None) -> list[str] | Fault | None:
    """Return the Values of text as it is encoded, or what is wrong with it.

    None where Specific Character Set can't be followed.
    """
    if repertoire is None:
        return None
    single = vr in SINGLE_VRS
    delimiters = b"\t\n\f\r" if single else b"\\^=" if vr == "PN" else b"\\"
    text = decoded(value.rstrip(b"\0"), repertoire, delimiters)
    if text.code:
        return Fault(text.code, text.words)
    if vr == "PN" and _escapes_first(value):
        # PS3.5 6.2.1.2
        words = "has an escape sequence in its first component group"
        return Fault(ESCAPE, words, section=_GROUPS)
    values = [text.text] if single else text.text.split("\\")
    found = fault(vr, values, unicode=bool(repertoire.codec))
    if found is None and value.endswith(b"\0"):
        # PS3.5 6.2: text is padded with spaces
        return Fault(PADDING, "is padded with NUL")
    return found or values


def _escapes_first(value: bytes) -> bool:
    """Say whether the first escape is in the first component group of a Person Name."""
    # all before it is of one byte a character
    before, escape, _ = value.partition(b"\x1b")
    return bool(escape) and b"=" not in before.rpartition(b"\\")[2]


def fault(vr: str, values: list[str], *, unicode: bool) -> Fault | None:
    """Return the first thing that is wrong with text of these Values."""
    form, last = FORMS[vr], len(values)
    for number, value in enumerate(values, start=1):
        found = _controls(form, value)
        if found is None:
            text = value[:-1] if number == last and value.endswith(" ") else value
            found = _name(text, unicode=unicode) if vr == "PN" else _length(form, text)
        if found is not None:
            return found._replace(number=number if last > 1 else 0)
    return None


def _controls(form: Form, value: str) -> Fault | None:
    if value.isprintable():
        return None
    # PS3.5 6.1.3, and 6.1.1 on DELETE and C1
    if (_LINES if form.lines else _LINE).search(value):
        return Fault(REPRESENTATION, "has a control character that its VR doesn't allow")
    if form.lines and _HALF.search(value):
        return Fault(LINES, "has a line that doesn't end with CR and LF")
    return None


def _length(form: Form, value: str) -> Fault | None:
    if form.most is None or len(value) <= form.most:
        return None
    return Fault(LONG, f"is longer than {form.most} characters")


def _name(value: str, *, unicode: bool) -> Fault | None:
    groups = value.split("=")
    if len(groups) > 3:
        words = "has more than three component groups"
        return Fault(REPRESENTATION, words, section=_GROUPS)
    for number, group in enumerate(groups, start=1):
        if group.count("^") > 4:
            return Fault(REPRESENTATION, "has more than five components")
        # PS3.5 6.2.1.2: with the delimiter
        if len(group) + (number < len(groups)) > 64:
            words = "has a component group of more than 64 characters"
            return Fault(LONG, words, section=_GROUPS)
    if unicode and _BEYOND_ALPHABETIC.search(groups[0]):
        words = "has characters in its first component group that only the others may have"
        return Fault(REPRESENTATION, words, section=_GROUPS)
    return None
