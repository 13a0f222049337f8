"""Pixel values that Attributes name: the smallest, the largest, and those that pad.

How it decides:
1. They are unsigned or signed as Pixel Representation says. In an explicit VR that says otherwise
   they aren't judged: that is a finding of its own.
2. The smallest isn't more than the largest, and each is one that Bits Stored can hold: else no
   pixel has it. That is a warning, since the clause defines them and doesn't forbid.
3. Pixel Padding Value and its limit shall be such values, and in the order that Photometric
   Interpretation gives them.
"""

from collections.abc import Iterator
from typing import Any

from dicomspec import dataset as data
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault, name
from dicomspec.validation.visit import Found, ItemVisit

_PADDING, _LIMIT = 0x00280120, 0x00280121
_SMALLEST, _LARGEST = 0x00280106, 0x00280107
_SERIES_SMALLEST, _SERIES_LARGEST = 0x00280108, 0x00280109
_RANGE, _PADS = "pixel-data/value-range", "pixel-data/padding"
_PADDING_CLAUSE = "PS3.3 C.7.5.1.1.2"


def _value(visit: ItemVisit, tag: int, signed: int | None) -> int | None:
    """Return a pixel value, None if it is none, or Pixel Representation contradicts its VR."""
    element: Any = data.element(visit.dataset, tag)
    if element is None or signed not in {0, 1}:
        return None
    kind, found = data.vr(element), data.integer(element)
    if found is None or kind not in {"US", "SS", "US or SS"}:
        return None
    if kind == "US or SS":
        return found - (1 << 16) if signed and found >= 1 << 15 else found
    return found if (kind == "SS") is bool(signed) else None


def _fits(value: int, image: facts.Image) -> bool:
    """Say whether a cell can hold a value."""
    stored = image.stored
    if stored is None or not 0 < stored <= 64:
        return True
    if image.representation:
        return -(1 << stored - 1) <= value < 1 << stored - 1
    return 0 <= value < 1 << stored


def extremes(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a smallest or largest value that no pixel can have, or both the wrong way round."""
    image = facts.image(visit)
    value = _value(visit, tag, image.representation)
    if value is None:
        return
    of_series = tag in {_SERIES_SMALLEST, _SERIES_LARGEST}
    # PS3.5 8.1.1; other images of the Series may have other bits
    if not of_series and not _fits(value, image):
        message = "{} is not a value that Bits Stored can hold."
        yield fault(visit, _RANGE, tag, "PS3.5 8.1.1", message)
    elif tag in {_SMALLEST, _SERIES_SMALLEST}:
        largest = _value(visit, tag + 1, image.representation)
        if largest is not None and value > largest:
            message = f"{{}} is more than {name(visit, tag + 1)}."
            yield fault(visit, _RANGE, tag, "PS3.5 8.1.1", message)


def padding(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a padding value that no pixel can have, or that is on the wrong side of its limit."""
    image = facts.image(visit)
    value = _value(visit, tag, image.representation)
    if value is None:
        return
    # PS3.3 C.7.5.1.1.2
    if not _fits(value, image):
        message = "{} is not a value that Bits Stored can hold."
        yield fault(visit, _PADS, tag, _PADDING_CLAUSE, message)
        return
    limit = _value(visit, _LIMIT, image.representation) if tag == _PADDING else None
    if limit is None:
        return
    side = ""
    if image.photometric == "MONOCHROME1":
        side = "less" if value < limit else ""
    elif image.photometric in {"MONOCHROME2", "PALETTE COLOR"}:
        side = "more" if value > limit else ""
    if side:
        message = f"{{}} is {side} than {name(visit, _LIMIT)}."
        yield fault(visit, _PADS, tag, _PADDING_CLAUSE, message)


ASKED = {
    **dict.fromkeys((_SMALLEST, _LARGEST, _SERIES_SMALLEST, _SERIES_LARGEST), extremes),
    **dict.fromkeys((_PADDING, _LIMIT), padding),
}
