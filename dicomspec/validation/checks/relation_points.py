"""Points of graphics, of regions of interest and of annotations.

How it decides:
1. A Graphic Type says how many points there are, or of how many they are a multiple; a point has
   two coordinates in an image (SCOORD), three in space (SCOORD3D).
2. In a presentation state Number of Graphic Points says so, two coordinates each.
3. A closed shape in space begins where it ends.
4. Bulk annotations have so many points, or indices, as there are annotations.
5. Coordinates stay where they are: they are counted, not read, but for closed shapes in reports.
"""

from collections.abc import Iterator

from dicomspec.validation.checks.relation_kinds import (
    CONTRADICTION,
    COUNT,
    by_section,
    how_many,
    named,
    texts,
    whole_of,
)
from dicomspec.validation.visit import Found, ItemVisit

_TYPE, _POINTS, _VALUE_TYPE = 0x00700023, 0x00700021, 0x0040A040
_GRAPHIC_OBJECTS, _ANNOTATION_GROUPS = 0x00700009, 0x006A0002

# PS3.3 C.18.6.1.2, C.18.9.1.2, C.10.5.1.2: so many points
_EXACTLY = {"POINT": 1, "CIRCLE": 2, "ELLIPSE": 4, "ELLIPSOID": 6}
# PS3.3 C.18.7.1.1: so many points in time
_TIMES = {"POINT": 1, "SEGMENT": 2, "BEGIN": 1, "END": 1}
_DIMENSIONS = {"SCOORD": (2, "C.18.6.1.2"), "SCOORD3D": (3, "C.18.9.1.2")}


def _one(visit: ItemVisit, tag: int) -> str:
    """Return the first Value of an element of the Item, empty if there is none."""
    return next(iter(texts(visit.dataset, tag)), "")


def _graphic(visit: ItemVisit, tag: int) -> Iterator[Found]:
    count = how_many(visit.dataset, tag)
    if visit.slot(tag) is None or not count:
        return
    law = _DIMENSIONS.get(_one(visit, _VALUE_TYPE))
    if law is not None:
        yield from _coordinates(visit, tag, count, law)
    elif visit.chain[-1].sequence == _GRAPHIC_OBJECTS:
        yield from _drawn(visit, tag, count)


def _coordinates(visit: ItemVisit, tag: int, count: int, law: tuple[int, str]) -> Iterator[Found]:
    dimensions, section = law
    kind = _one(visit, _TYPE)
    exactly = _EXACTLY.get(kind)
    if count % dimensions or (exactly is not None and count != exactly * dimensions):
        message = f"{named(visit, tag)} hasn't the coordinates that its Graphic Type has."
        yield by_section(visit, COUNT, tag, section, message)
    elif kind == "POLYGON" and dimensions == 3:
        values = texts(visit.dataset, tag)
        # PS3.3 C.18.9.1.2
        if values[:3] != values[-3:]:
            message = f"{named(visit, tag)} of a POLYGON doesn't end where it begins."
            yield by_section(visit, CONTRADICTION, tag, section, message)


def _drawn(visit: ItemVisit, tag: int, count: int) -> Iterator[Found]:
    points = whole_of(visit, _POINTS)
    exactly = _EXACTLY.get(_one(visit, _TYPE))
    # PS3.3 C.10.5.1.2
    if (points is not None and count != 2 * points) or (exactly and count != 2 * exactly):
        message = f"{named(visit, tag)} hasn't two Values for each of its points."
        yield by_section(visit, COUNT, tag, "C.10.5.1.2", message)


def _time(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Hold the points in time of a TCOORD against its Temporal Range Type."""
    count = how_many(visit.dataset, tag)
    kind = _one(visit, 0x0040A130)  # Temporal Range Type
    if visit.slot(tag) is None or not count or not kind:
        return
    odd = kind == "MULTISEGMENT" and count % 2
    # PS3.3 C.18.7.1.1
    if odd or count != _TIMES.get(kind, count):
        message = f"{named(visit, tag)} hasn't the points that its Temporal Range Type has."
        yield by_section(visit, COUNT, tag, "C.18.7.1.1", message)


def _annotations(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Hold the coordinates of an Annotation Group against Number of Annotations."""
    number = whole_of(visit, 0x006A000C)
    count = how_many(visit.dataset, tag)
    each = {"POINT": 1, "ELLIPSE": 4, "RECTANGLE": 4}.get(_one(visit, _TYPE))
    if visit.chain[-1].sequence != _ANNOTATION_GROUPS or number is None or not count:
        return
    dimensions = _annotated_in(visit)
    if dimensions is None:
        return
    # PS3.3 C.37.1.2.1.1
    if count % dimensions or (each is not None and count != number * each * dimensions):
        message = f"{named(visit, tag)} hasn't the points of Number of Annotations."
        yield by_section(visit, COUNT, tag, "C.37.1.2.1.1", message)


def _annotated_in(visit: ItemVisit) -> int | None:
    """Return how many coordinates a point has: two in an image, or with a common third one."""
    kind = texts(visit.chain[0].dataset, 0x006A0001)  # Annotation Coordinate Type
    if kind == ("2D",) or 0x006A0010 in visit.dataset:  # Common Z Coordinate Value
        return 2
    return 3 if kind == ("3D",) else None


def _starts(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Hold the indices of an Annotation Group against Number of Annotations."""
    number = whole_of(visit, 0x006A000C)
    count = how_many(visit.dataset, tag)
    if visit.chain[-1].sequence != _ANNOTATION_GROUPS or number is None or not count:
        return
    # PS3.3 C.37.1.2.1.1
    if count != number:
        message = f"{named(visit, tag)} hasn't one Value for each annotation."
        yield by_section(visit, COUNT, tag, "C.37.1.2.1.1", message)


ASKED = {
    0x00700022: _graphic,  # Graphic Data
    0x0040A132: _time,  # Referenced Sample Positions
    0x0040A138: _time,  # Referenced Time Offsets
    0x0040A13A: _time,  # Referenced DateTime
    0x00660016: _annotations,  # Point Coordinates Data
    0x00660022: _annotations,  # Double Point Coordinates Data
    0x00660040: _starts,  # Long Primitive Point Index List
}
