"""Frames, tiles and the vectors that order them.

How it decides:
1. Each Attribute that the Frame Increment Pointer names is there and has a value; where its own row
   demands it, its absence is a finding on presence, and not said again.
2. A vector that it names has one Value for each frame; one of NM counts from 1 to the number that
   belongs to it. Offsets of a dose grid go in one direction.
3. A Dimension Index Pointer names neither the Frame Content Sequence nor Dimension Index Values.
4. A TILED_FULL image has all tiles of the Total Pixel Matrix, for each focal plane, optical path
   and segment, unless it is part of a Concatenation.
5. Control Points' cumulative weights begin with zero, don't go down, and end with the final one.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import Any

from dicomspec import dataset as data
from dicomspec.edition import write_tag
from dicomspec.validation.checks.relation_kinds import (
    CONTRADICTION,
    COUNT,
    MISSING,
    ORDER,
    RANGE,
    by_row,
    by_section,
    how_many,
    items,
    named,
    nearest,
    numbers,
    texts,
    whole,
)
from dicomspec.validation.visit import Found, ItemVisit

_POINTER, _FRAMES = 0x00280009, 0x00280008
_OFFSETS = 0x3004000C

# PS3.3 C.8.4.8.1: each vector of NM, and the number that its Values go up to
_NM = {
    0x00540010: 0x00540011,  # Energy Window Vector
    0x00540020: 0x00540021,  # Detector Vector
    0x00540030: 0x00540031,  # Phase Vector
    0x00540050: 0x00540051,  # Rotation Vector
    0x00540060: 0x00540061,  # R-R Interval Vector
    0x00540070: 0x00540071,  # Time Slot Vector
    0x00540080: 0x00540081,  # Slice Vector
    0x00540090: 0,  # Angular View Vector
    0x00540100: 0,  # Time Slice Vector
}
_VECTORS = {
    **dict.fromkeys(_NM, "C.8.4.8"),
    0x00181065: "C.7.6.5.1.2",  # Frame Time Vector
    0x00182002: "C.8.7.1",  # Frame Label Vector
    _OFFSETS: "C.8.8.3.2",
}
_PRINTED = re.compile(r"\(([0-9A-F]{4}),([0-9A-F]{4})\)")
_NO_DIMENSIONS = frozenset({write_tag(0x00209111), write_tag(0x00209157)})


def _tags(visit: ItemVisit, tag: int) -> list[int]:
    """Return the tags that are an element's Values; what is none, of another VR, is left out."""
    found = map(_PRINTED.fullmatch, texts(visit.dataset, tag))
    return [int(match[1] + match[2], 16) for match in found if match is not None]


def _increment(visit: ItemVisit, tag: int) -> Iterator[Found]:
    if visit.steps or visit.slot(tag) is None:
        return
    for pointed in _tags(visit, tag):
        element = data.element(visit.dataset, pointed)
        slot = visit.slot(pointed)
        if element is not None and not data.is_empty(element):
            yield from _vector(visit, pointed)
        # PS3.3 C.7.6.6.1.2
        elif slot is None or not slot.demanding:
            message = f"{named(visit, tag)} names an Attribute that isn't there, or has no value."
            yield by_section(visit, MISSING, tag, "C.7.6.6.1.2", message)


def _vector(visit: ItemVisit, tag: int) -> Iterator[Found]:
    section = _VECTORS.get(tag)
    frames = whole(data.element(visit.dataset, _FRAMES))
    if section is None:
        return
    count = how_many(visit.dataset, tag)
    if frames is not None and count and count != frames:
        message = f"{named(visit, tag)} hasn't one Value for each frame."
        yield by_section(visit, COUNT, tag, section, message)
    elif tag in _NM:
        yield from _indices(visit, tag, _NM[tag])


def _indices(visit: ItemVisit, tag: int, by: int) -> Iterator[Found]:
    values = numbers(visit.dataset, tag)
    most = whole(data.element(visit.dataset, by)) if by else None
    if values and (min(values) < 1 or (most is not None and max(values) > most)):
        upto = f" to {named(visit, by)}" if by else ""
        message = f"{named(visit, tag)} shall have Values from 1{upto}."
        yield by_section(visit, RANGE, tag, "C.8.4.8", message)


def _offsets(visit: ItemVisit, tag: int) -> Iterator[Found]:
    values = numbers(visit.dataset, tag)
    if values and visit.slot(tag) is not None:
        steps = [after - before for before, after in pairwise(values)]
        # PS3.3 C.8.8.3.2
        if min(steps, default=0) < 0 < max(steps, default=0):
            message = f"{named(visit, tag)} changes its direction."
            yield by_section(visit, ORDER, tag, "C.8.8.3.2", message)


def _dimension(visit: ItemVisit, tag: int) -> Iterator[Found]:
    values = texts(visit.dataset, tag)
    # PS3.3 C.7.6.17.1
    if visit.slot(tag) is not None and not _NO_DIMENSIONS.isdisjoint(values):
        message = f"{named(visit, tag)} may not name this Attribute."
        yield by_section(visit, CONTRADICTION, tag, "C.7.6.17.1", message)


def _tiles(visit: ItemVisit, tag: int) -> Iterator[Found]:
    dataset = visit.dataset
    organized = texts(dataset, tag)
    if visit.steps or visit.slot(tag) is None or "TILED_FULL" not in organized:
        return
    frames, expected = whole(data.element(dataset, _FRAMES)), _expected(dataset)
    # PS3.3 C.7.6.17.3; (0020,9161) Concatenation UID
    if None not in {frames, expected} and frames != expected and 0x00209161 not in dataset:
        message = "Number of Frames isn't that of all tiles of the Total Pixel Matrix."
        yield by_section(visit, COUNT, _FRAMES, "C.7.6.17.3", message)


def _expected(dataset: Any) -> int | None:
    """Return how many tiles there are, None if an element that says so is missing."""
    total = [whole(data.element(dataset, each)) for each in (0x00480006, 0x00480007)]
    tile = [whole(data.element(dataset, each)) for each in (0x00280011, 0x00280010)]
    # Total Pixel Matrix Focal Planes, Number of Optical Paths, Segment Sequence
    layers = [whole(data.element(dataset, each)) for each in (0x00480303, 0x00480302, 0x00620002)]
    found = 1
    for whole_, part in zip(total, tile, strict=True):
        if not whole_ or not part or whole_ < 0 or part < 0:
            return None
        found *= ceil(whole_ / part)
    for layer in layers:
        found *= layer if layer is not None else 1
    return found


def _weights(visit: ItemVisit, sequence: int) -> Iterator[Found]:
    """Hold the Cumulative Meterset Weights of Control Points against each other."""
    if visit.slot(sequence) is None:
        return
    each = [numbers(item, 0x300A0134) for item in items(data.element(visit.dataset, sequence))]
    weights = [values[0] for values in each if len(values) == 1]
    if len(weights) != len(each) or not weights:
        return  # Type 2: unknown, or a finding on its value
    last = nearest(visit.chain, 0x300A010E)  # Final Cumulative Meterset Weight
    final = (data.numbers(last) or ()) if last is not None else ()
    falls = any(after < before for before, after in pairwise(weights))
    # PS3.3 C.8.8.14, C.8.8.14.5: from zero, never down, to Final Cumulative Meterset Weight
    if weights[0] != 0 or falls or (final and abs(weights[-1] - final[0]) > 1e-6 * abs(final[0])):
        message = "The Cumulative Meterset Weights don't rise from zero to the final one."
        yield by_row(visit, ORDER, sequence, message)


def _groups(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a Fraction Group with both beams and brachy application setups (PS3.3 C.8.8.13)."""
    beams, setups = (whole(data.element(visit.dataset, each)) for each in (tag, 0x300A00A0))
    if beams and setups and beams > 0 and setups > 0 and visit.slot(tag) is not None:
        message = "A Fraction Group has beams or brachy application setups, not both."
        yield by_row(visit, CONTRADICTION, tag, message)


ASKED = {
    _POINTER: _increment,
    _OFFSETS: _offsets,
    0x00209165: _dimension,  # Dimension Index Pointer
    0x00209311: _tiles,  # Dimension Organization Type
    0x300A0111: _weights,  # Control Point Sequence
    0x300A03A8: _weights,  # Ion Control Point Sequence
    0x300A0080: _groups,  # Number of Beams
}
