"""Planes, directions, spacings and windows.

How it decides:
1. The row and column of Image Orientation (Patient) are of length one and orthogonal; so are those
   of the other orientations, and single directions of length one, which only their name says: that
   is a warning.
2. Cosines are printed with a limited number of digits: rounding them to d decimals moves a scalar
   product by less than 1.75 / 10^d, which is allowed for from three decimals on; so is 0.0001,
   for those that were computed with few digits.
3. A spacing is more than zero; it may be zero if there is but one row, or column.
4. A Window Width is at least 1, or more than 0 if the VOI LUT Function isn't LINEAR. One whose VOI
   LUT Function is none of those defined isn't judged.
"""

from collections.abc import Iterator

from dicomspec.validation.checks.relation_kinds import (
    CONTRADICTION,
    RANGE,
    by_row,
    by_section,
    named,
    nearest,
    numbers,
    texts,
    whole,
)
from dicomspec.validation.scope import FRAMES, SHARED
from dicomspec.validation.visit import Found, ItemVisit

_LEAST_TOLERANCE = 1e-4
_PATIENT = 0x00200037
_ROWS, _COLUMNS = 0x00280010, 0x00280011
_PHOTOMETRIC, _FUNCTION, _WIDTH = 0x00280004, 0x00281056, 0x00281051

# What is defined as direction cosines, and where
_DIRECTIONS = {
    0x00480102: "C.8.12.14",  # Image Orientation (Slide)
    0x00209302: "C.7.6.16.2.22",  # Image Orientation (Volume)
    0x30020010: "C.8.8.2",  # RT Image Orientation
    0x00189558: "C.8.31.6",  # Detector Active Area Orientation
    0x00189090: "C.8.13.5.13",  # Velocity Encoding Direction
    0x00189105: "C.8.13.5.11",  # Slab Orientation
    0x00189255: "C.8.13.5.14",  # ASL Slab Orientation
}

# PS3.3 C.11.2.1.2.1, C.11.2.1.3.1, C.11.2.1.3.2
_WIDTHS = {
    "LINEAR": (1.0, False, "C.11.2.1.2.1"),
    "SIGMOID": (0.0, True, "C.11.2.1.3.1"),
    "LINEAR_EXACT": (0.0, True, "C.11.2.1.3.2"),
}
# PS3.3 C.7.6.3.1.2, with those that are retired
_COLOURS = frozenset(
    {
        "PALETTE COLOR", "RGB", "HSV", "ARGB", "CMYK", "XYB", "YBR_FULL", "YBR_FULL_422",
        "YBR_PARTIAL_420", "YBR_PARTIAL_422", "YBR_ICT", "YBR_RCT",
    }
)  # fmt: skip
_OF_IMAGES = frozenset({"table_C.11-2b", "table_C.7.6.16-11"})  # VOI LUT, Frame VOI LUT


def _rests(visit: ItemVisit, tag: int) -> bool:
    """Say whether an element means here what PS3.3 says: a row has it, or it is at the root."""
    return not visit.steps or visit.slot(tag) is not None


def _vectors(visit: ItemVisit, tag: int) -> list[tuple[float, ...]]:
    """Return the directions that an element holds, of three cosines each."""
    values = numbers(visit.dataset, tag)
    if not values or len(values) % 3 or not _rests(visit, tag):
        return []
    return [values[at : at + 3] for at in range(0, len(values), 3)]


def _tolerance(visit: ItemVisit, tag: int) -> float:
    """Return what rounding to the decimals that are printed may do to a scalar product."""
    decimals = max(len(value.partition(".")[2]) for value in texts(visit.dataset, tag))
    return max(_LEAST_TOLERANCE, 1.75 * 10.0 ** -max(decimals, 3))


def _product(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))


def _fault(visit: ItemVisit, tag: int) -> str:
    """Return what is wrong with directions, empty if nothing is."""
    vectors = _vectors(visit, tag)
    lengths = max((abs(_product(each, each) - 1) for each in vectors), default=0.0)
    angle = abs(_product(*vectors)) if len(vectors) == 2 else 0.0
    if max(lengths, angle) <= _LEAST_TOLERANCE or max(lengths, angle) <= _tolerance(visit, tag):
        return ""
    if lengths < angle:
        return "has row and column that aren't orthogonal"
    return "isn't of length one" if len(vectors) == 1 else "has a direction not of length one"


def _plane(visit: ItemVisit, tag: int) -> Iterator[Found]:
    fault = _fault(visit, tag)
    if fault:
        # PS3.3 C.7.6.2.1.1
        message = f"{named(visit, tag)} {fault}."
        yield by_section(visit, "relation/orientation", tag, "C.7.6.2.1.1", message)


def _direction(visit: ItemVisit, tag: int) -> Iterator[Found]:
    fault = _fault(visit, tag)
    if fault and visit.slot(tag) is not None:
        yield by_row(visit, "relation/direction", tag, f"{named(visit, tag)} {fault}.")
    elif fault:
        section = _DIRECTIONS[tag]
        message = f"{named(visit, tag)} {fault}."
        yield by_section(visit, "relation/direction", tag, section, message)


def _spacing(visit: ItemVisit, tag: int) -> Iterator[Found]:
    values = numbers(visit.dataset, tag)
    if not values or len(values) != 2 or not _rests(visit, tag):
        return
    for value, size in zip(values, (_ROWS, _COLUMNS), strict=True):
        # PS3.3 10.7.1.3
        if value < 0 or (value == 0 and whole(nearest(visit.chain, size)) != 1):
            message = f"{named(visit, tag)} shall be more than zero."
            yield by_section(visit, RANGE, tag, "10.7.1.3", message)
            return


def _window(visit: ItemVisit, tag: int) -> Iterator[Found]:
    slot = visit.slot(tag)
    if slot is None:
        return
    yield from _window_width(visit, tag)
    images = any(rule.source.table in _OF_IMAGES for rule in slot.rules)
    # PS3.3 C.11.2.1.2.2
    if images and _of_image(visit) and _colour(visit):
        message = f"{named(visit, tag)} is for MONOCHROME1 and MONOCHROME2 alone."
        yield by_section(visit, CONTRADICTION, tag, "C.11.2.1.2.2", message)


def _window_width(visit: ItemVisit, tag: int) -> Iterator[Found]:
    names = texts(visit.dataset, _FUNCTION)
    law = _WIDTHS.get(names[0] if names else "LINEAR")
    values = numbers(visit.dataset, tag)
    if law is None or not values:
        return
    least, above, section = law
    if min(values) < least or (above and min(values) == least):
        message = f"{named(visit, tag)} shall be {'more than 0' if above else 'at least 1'}."
        yield by_section(visit, RANGE, tag, section, message)


def _of_image(visit: ItemVisit) -> bool:
    """Say whether the Item is about the pixels of the data set itself."""
    return len(visit.chain) == 1 or visit.chain[1].sequence in {SHARED, *FRAMES}


def _colour(visit: ItemVisit) -> bool:
    values = texts(visit.chain[0].dataset, _PHOTOMETRIC)
    return bool(values) and values[0] in _COLOURS


ASKED = {
    _PATIENT: _plane,
    **dict.fromkeys(_DIRECTIONS, _direction),
    # PS3.3 10.7.1.3: those that it lists
    **dict.fromkeys(
        (
            0x00280030,  # Pixel Spacing
            0x00181164,  # Imager Pixel Spacing
            0x00182010,  # Nominal Scanned Pixel Spacing
            0x30020011,  # Image Plane Pixel Spacing
            0x300A00E9,  # Compensator Pixel Spacing
            0x00187022,  # Detector Element Spacing
            0x00700101,  # Presentation Pixel Spacing
            0x20100376,  # Printer Pixel Spacing
            0x00189404,  # Object Pixel Spacing in Center of Beam
        ),
        _spacing,
    ),
    _WIDTH: _window,
}
