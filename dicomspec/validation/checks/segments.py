"""Segmented Palette Color Lookup Tables (PS3.3 C.7.9.2).

How it decides:
1. Segments are walked as they are encoded; those that an indirect segment copies are counted, not
   copied, so that no table grows.
2. All entries together are as many as the descriptor says.
3. The first segment is discrete; what an indirect one copies are segments of the table, none of
   them indirect.
4. Tables of 8 bits aren't walked: the clause doesn't say how wide their operation codes are. Nor
   are those longer than any table needs.
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from dicomspec import dataset as data
from dicomspec.validation.checks.image_facts import fault
from dicomspec.validation.checks.luts import RED, descriptor
from dicomspec.validation.visit import Found, ItemVisit

_DISCRETE, _LINEAR, _INDIRECT = 0, 1, 2
_LONGEST = 1 << 20  # bytes; 65536 entries, each a segment of its own, need less
_FIRST = 0x00281221


class _Segment(NamedTuple):
    """A segment: where it begins, in bytes, its kind and entries; `of` is where copies begin."""

    at: int
    kind: int
    entries: int
    of: int = 0


def segmented(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report segments that can't be followed, or of another number of entries."""
    said = descriptor(visit.dataset, RED + tag - _FIRST)
    element: Any = data.element(visit.dataset, tag)
    length = data.value_length(element)
    if said is None or said[2] != 16 or not length or length > _LONGEST:
        return
    wrong = _wrong(list(data.unsigned(element, 2)), said[0])
    if wrong:
        yield fault(visit, "lut/segments", tag, "PS3.3 C.7.9.2", f"{{}} {wrong}.")


def _wrong(words: list[int], entries: int) -> str:
    """Return what is wrong with a segmented table, empty if nothing is."""
    found: list[_Segment] = []
    at = 0
    while at < len(words):
        segment, size = _next(words, at)
        if not size or at + size > len(words):
            return "ends within a segment" if size else "has a segment of no kind that there is"
        found.append(segment)
        at += size
    if found and found[0].kind != _DISCRETE:
        return "doesn't begin with a discrete segment"
    count = _count(found)
    if count is None:
        return "copies segments that aren't there, or are indirect"
    return "" if count == entries else "hasn't as many entries as its descriptor says"


def _next(words: list[int], at: int) -> tuple[_Segment, int]:
    """Return the segment at a word and its size in words, 0 for what is none."""
    kind, entries = words[at], words[at + 1] if at + 1 < len(words) else 0
    if kind == _DISCRETE:
        return _Segment(2 * at, kind, entries), 2 + entries
    if kind == _LINEAR:
        return _Segment(2 * at, kind, entries), 3
    if kind == _INDIRECT:
        low, high = (*words[at + 2 : at + 4], 0, 0)[:2]
        return _Segment(2 * at, kind, entries, low | high << 16), 4
    return _Segment(2 * at, kind, 0), 0


def _count(found: list[_Segment]) -> int | None:
    """Return how many entries all segments have, None if one copies what it can't."""
    direct = [0 if each.kind == _INDIRECT else each.entries for each in found]
    sums = list(accumulate(direct, initial=0))
    copies = list(accumulate((each.kind == _INDIRECT for each in found), initial=0))
    places = {each.at: number for number, each in enumerate(found)}
    total = sums[-1]
    for each in found:
        if each.kind == _INDIRECT:
            first = places.get(each.of, len(found))
            last = first + each.entries
            if last > len(found) or copies[last] > copies[first]:
                return None
            total += sums[last] - sums[first]
    return total


ASKED = dict.fromkeys(range(_FIRST, _FIRST + 3), segmented)
