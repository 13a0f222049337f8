"""The VR of an element against the registry's (PS3.5 7.1.1), where the VR is explicit.

How it decides:
1. An element that the registry has is encoded with its VR, or one of its VRs. Which of several it
   is, is asked where the standard says so: Pixel Data (PS3.5 A), and what follows Pixel
   Representation.
2. UN is allowed where whoever wrote it may not have known better (PS3.5 6.2.2): a note.
3. A VR that the element had in earlier editions, as the standard itself says, is a warning.
4. Retired elements have VRs that are recommendations (PS3.5 6.2), and those of private ones aren't
   known.
5. That an Attribute with nested rows isn't a Sequence is told by `sequences`, that a VR isn't one
   at all by the reader of the file, and File Meta Information has a check of its own.
"""

from typing import Any, NamedTuple

from dicomspec import dataset as data
from dicomspec.model import DataElement
from dicomspec.validation.checks.binary import SIZES, STREAMS
from dicomspec.validation.checks.strings import FORMS
from dicomspec.validation.checks.text import FORMS as TEXTS
from dicomspec.validation.visit import ItemVisit

VRS = frozenset({*SIZES, *STREAMS, *FORMS, *TEXTS, "SQ"})
MISMATCH, FORMER, UNKNOWN = "value/vr-mismatch", "value/vr-former", "value/vr-un"
PIXEL_DATA, BITS_ALLOCATED, PIXEL_REPRESENTATION = 0x7FE00010, 0x00280100, 0x00280103
_UNDEFINED = 0xFFFFFFFF
_LONGEST = 0xFFFE  # bytes of a Value Field with a length of 16 bits

# PS3.5 A.1, A.2, PS3.3 C.2-4, C.12-1, C.7-11a, C.30.1-1: what these were encoded as before
_FORMER = {
    0x0040E010: {"UT"}, 0x00287FE0: {"UT"}, 0x0074100A: {"UT", "ST"},
    0x00281201: {"US", "SS"}, 0x00281202: {"US", "SS"}, 0x00281203: {"US", "SS"},
    0x00283006: {"SS"},
}  # fmt: skip

# what follows Pixel Representation, and where that is said
FOLLOWING = {
    0x00280120: ("C.7.5.1", "table_C.7-8"),  # Pixel Padding Value
    0x00280121: ("C.7.6.3", "table_C.7-11a"),  # Pixel Padding Range Limit
    0x00603004: ("C.11.5", "table_C.11.5-1"),  # Histogram First Bin Value
    0x00603006: ("C.11.5", "table_C.11.5-1"),  # Histogram Last Bin Value
}


class Other(NamedTuple):
    """That an element has another VR: the code, words, and the place in the standard."""

    code: str
    words: str
    part: str = "PS3.5"
    section: str = "7.1.1"
    row: str = ""


def other(visit: ItemVisit, tag: int, element: Any, known: DataElement | None) -> Other | None:
    """Return how the explicit VR of an element differs from what it should be, None if it doesn't.

    A code of "" says that it differs, and that this is told elsewhere.
    """
    vr = element.VR
    if known is None or _is_implicit(visit, element):
        return None
    vr = element.VR
    if vr in known.vr:
        return _by_context(visit, tag, element, vr)
    if known.retired or not known.vr or " or " in vr:
        return None
    if tag >> 16 == 2 or _is_told(visit, tag, element, known):
        return Other("", "")
    return _un(element, known.vr[0]) if vr == "UN" else _another(tag, vr, known)


def _is_told(visit: ItemVisit, tag: int, element: Any, known: DataElement) -> bool:
    """Say whether another check tells of the VR of an element."""
    if element.VR not in VRS:
        return visit.run.instance.is_file
    slot = visit.slot(tag) if "SQ" in known.vr and element.VR != "UN" else None
    return slot is not None and slot.sequence and not data.is_empty(element)


def _another(tag: int, vr: str, known: DataElement) -> Other:
    wanted = " or ".join(known.vr)
    if vr in _FORMER.get(tag, ()):
        return Other(FORMER, f"is encoded as {vr}, as in earlier editions; it is {wanted} now")
    # in DICOM JSON it may be anything
    named = vr if vr in VRS else "what is no VR"
    return Other(MISMATCH, f"is encoded as {named}; its VR is {wanted}")


def _is_implicit(visit: ItemVisit, element: Any) -> bool:
    if element.is_raw:
        return element.VR is None
    return bool(visit.dataset.original_encoding[0])


def _un(element: Any, wanted: str) -> Other | None:
    length = getattr(element, "length", 0)
    # PS3.5 6.2.2: for Values that are too long for a length of 16 bits
    if length != _UNDEFINED and length > _LONGEST and wanted not in STREAMS:
        return None
    return Other(UNKNOWN, f"is encoded as UN, though its VR, {wanted}, is known")


def _by_context(visit: ItemVisit, tag: int, element: Any, vr: str) -> Other | None:
    if tag == PIXEL_DATA:
        return _of_pixels(visit, element, vr)
    if tag in FOLLOWING:
        section, table = FOLLOWING[tag]
        # by the Value of Pixel Representation
        wanted = {"0": "US", "1": "SS"}.get(nearest(visit, PIXEL_REPRESENTATION), vr)
        words = f"is encoded as {vr}; by Pixel Representation it is {wanted}"
        return Other(MISMATCH, words, "PS3.3", section, table) if wanted != vr else None
    return None


def _of_pixels(visit: ItemVisit, element: Any, vr: str) -> Other | None:
    if visit.run.instance.transfer_syntax_uid is None:
        return None
    encapsulated = (
        element.length == _UNDEFINED if element.is_raw else element.is_undefined_length is True
    )
    # PS3.5 A.4: encapsulated pixels are a stream of octets
    if encapsulated:
        words = f"is encapsulated, and is encoded as {vr}; its VR is OB"
        return Other(MISMATCH, words, section="A.4") if vr != "OB" else None
    bits = nearest(visit, BITS_ALLOCATED)
    # PS3.5 A.2
    if vr == "OB" and bits.isascii() and bits.isdigit() and len(bits) < 4 and int(bits) > 8:
        return Other(MISMATCH, "has more than 8 Bits Allocated; its VR is OW", section="A.2")
    return None


def nearest(visit: ItemVisit, tag: int) -> str:
    """Return the single Value of an element of the Item or of the nearest around, "" without."""
    for place in reversed(visit.chain):
        element = data.element(place.dataset, tag)
        if element is not None:
            values = data.strings(element)
            return values[0] if values and len(values) == 1 else ""
    return ""
