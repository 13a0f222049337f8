"""Fragments of encapsulated Pixel Data, and the tables of where frames begin (PS3.5 A.4).

How it decides:
1. The first Item is the Basic Offset Table, empty or not; the others are fragments, of at least two
   bytes. How many there are to be for the frames hangs on the Transfer Syntax; so nothing is said
   of one that isn't known.
2. An offset table has an offset for each frame: the first is 0, each is where a fragment begins,
   and frames come in order. Where each frame is one fragment, each offset is that fragment's.
3. One fault is one finding: of an offset table the first that is wrong.
4. That a length is odd is told by the reader of the file.
"""

from collections.abc import Iterator
from typing import Any

from dicomspec import dataset as data
from dicomspec.dataset import Fragments
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault
from dicomspec.validation.transfer_syntaxes import KNOWN, Frames, TransferSyntax
from dicomspec.validation.visit import Found, ItemVisit

OFFSETS, LENGTHS, TOTAL = 0x7FE00001, 0x7FE00002, 0x7FE00003
_FRAGMENTS, _BASIC = "pixel-data/fragments", "pixel-data/basic-offset-table"
_EXTENDED = "pixel-data/extended-offset-table"
_STREAMS = frozenset({Frames.ONE_STREAM, Frames.STREAM})


def fragments(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report fragments that don't go with the frames, and a wrong Basic Offset Table."""
    element: Any = data.element(visit.dataset, tag)
    if data.is_encapsulated(element) is not True:
        return
    found = facts.fragments(visit)
    known = KNOWN.get(facts.transfer_syntax(visit))
    if found is None:
        if isinstance(element.value, bytes):
            message = "{} is not a series of Items."
            yield fault(visit, _FRAGMENTS, tag, "PS3.5 A.4", message)
        return
    wrong = _wrong(found, known, facts.frames(visit))
    if wrong:
        clause = known.clause if known is not None and len(found.starts) > 1 else "A.4"
        yield fault(visit, _FRAGMENTS, tag, f"PS3.5 {clause}", f"{{}} has {wrong}.")
    elif found.lengths[0]:
        yield from _basic(visit, tag, found, known)
    if not wrong and known is not None and known.clause == "A.4.11":
        yield from _uncompressed(visit, tag, found)


def _wrong(found: Fragments, known: TransferSyntax | None, frames: int | None) -> str:
    """Return what is wrong with the fragments, empty if nothing is."""
    count = len(found.starts) - 1
    if count < 1:
        return "no fragment" if count == 0 else "not even a Basic Offset Table"
    if found.lengths.count(0) > (found.lengths[0] == 0):
        return "an empty fragment"
    return _miscounted(known.frames, count, frames) if known and frames is not None else ""


def _miscounted(asked: Frames, count: int, frames: int) -> str:
    if asked is Frames.FRAGMENT_EACH and count != frames:
        return "not one fragment for each frame"
    if asked is Frames.FRAGMENTS_EACH and count < frames:
        return "fewer fragments than frames"
    if asked is Frames.ONE_STREAM and count > 1:
        return "more than one fragment, where one holds the stream"
    return ""


def _basic(
    visit: ItemVisit, tag: int, found: Fragments, known: TransferSyntax | None
) -> Iterator[Found]:
    clause, wrong = "PS3.5 A.4", ""
    if known is not None and known.empty_table:
        # PS3.5 8.2.5, 8.2.6
        clause, wrong = f"PS3.5 {known.section}", "shall be empty with this Transfer Syntax"
    elif OFFSETS in visit.dataset.keys():  # noqa: SIM118 - a Dataset makes a Tag first
        wrong = "shall be empty beside an Extended Offset Table"
    elif known is None or known.frames not in _STREAMS:
        element: Any = data.element(visit.dataset, tag)
        said = data.unsigned(element, 4, found.starts[0] + 8, found.lengths[0])
        wrong = _offsets(found, said, found.lengths[0] / 4, facts.frames(visit))
    if wrong:
        message = f"The Basic Offset Table of {{}} {wrong}."
        yield fault(visit, _BASIC, tag, clause, message)


def _offsets(found: Fragments, said: Iterator[int], count: float, frames: int | None) -> str:
    """Return what is wrong with an offset table of so many offsets, empty if nothing is."""
    if frames is not None and count != frames:
        return "hasn't one offset for each frame"
    starts, base = found.starts, found.starts[1]
    each = len(starts) - 1 == count  # a fragment is a frame
    at, last = 1, -1
    for number, offset in enumerate(said):
        if offset <= last or (offset and not number):
            return "doesn't begin with 0" if not number else "doesn't rise"
        while at < len(starts) and starts[at] - base < offset:
            at += 1
        if at == len(starts) or starts[at] - base != offset or (each and at != number + 1):
            return "has an offset at which no frame can begin"
        last = offset
    return ""


def _of_extended(visit: ItemVisit) -> Fragments | None:
    """Return the fragments that an element is about, None if there are none that can be told."""
    found = facts.fragments(visit)
    return found if found is not None and len(found.starts) > 1 else None


def extended(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report an Extended Offset Table that isn't one of the frames, or may not be there."""
    pixels = data.element(visit.dataset, facts.PIXEL_DATA)
    if pixels is None or data.is_encapsulated(pixels) is False:
        # PS3.3 C.7.6.3
        message = "{} stands without encapsulated Pixel Data."
        yield fault(visit, _EXTENDED, tag, "PS3.3 C.7.6.3 table_C.7-11a", message)
        return
    element: Any = data.element(visit.dataset, tag)
    found, size = _of_extended(visit), data.value_length(element)
    frames = facts.frames(visit)
    if found is None or not size:
        return
    if frames is not None and frames != len(found.starts) - 1:
        wrong = "stands where not each frame is one fragment"
    else:
        wrong = _offsets(found, data.unsigned(element, 8), size / 8, frames)
    if wrong:
        # PS3.3 C.7.6.3.1.8
        yield fault(visit, _EXTENDED, tag, "PS3.3 C.7.6.3.1.8", f"{{}} {wrong}.")


def extended_lengths(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report lengths of frames that aren't those of the fragments."""
    element: Any = data.element(visit.dataset, tag)
    found, size = _of_extended(visit), data.value_length(element)
    if found is None or not size:
        return
    frames, wrong = facts.frames(visit), ""
    if frames is not None and size != 8 * frames:
        wrong = "hasn't one length for each frame"
    elif size == 8 * (len(found.lengths) - 1):
        pairs = zip(found.lengths[1:], data.unsigned(element, 8), strict=False)
        # a frame ends with its fragment, or before the byte that pads it
        if any(not 0 < said <= length for length, said in pairs):
            wrong = "has a length that isn't that of the frame's fragment"
    if wrong:
        yield fault(visit, _EXTENDED, tag, "PS3.3 C.7.6.3 table_C.7-11a", f"{{}} {wrong}.")


def total(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a total length that isn't that of the fragments."""
    said, found = facts.number(visit.dataset, tag), _of_extended(visit)
    if said is None or found is None:
        return
    held = sum(found.lengths) - found.lengths[0]
    # PS3.3 C.7.6.6: without the byte that pads the last fragment
    if said not in {held, held - 1}:
        message = "{} is not the length of the fragments of Pixel Data."
        yield fault(visit, "pixel-data/total-length", tag, "PS3.3 C.7.6.6 table_C.7-14", message)


def _uncompressed(visit: ItemVisit, tag: int, found: Fragments) -> Iterator[Found]:
    """Report frames that are encapsulated as they are, of another length than a frame has."""
    wanted = facts.bytes_of(facts.image(visit)._replace(frames=1))
    if wanted is None:
        return
    lengths = found.lengths[1:]
    # PS3.5 A.4.11: as if it were native, padded to an even length
    if min(lengths) < wanted:
        message = "{} has a fragment that is shorter than a frame."
        yield fault(visit, "pixel-data/too-short", tag, "PS3.5 A.4.11", message)
    elif max(lengths) > wanted + wanted % 2:
        message = "{} has a fragment that is longer than a frame."
        yield fault(visit, "pixel-data/too-long", tag, "PS3.5 A.4.11", message)


ASKED = {
    facts.PIXEL_DATA: fragments,
    OFFSETS: extended,
    LENGTHS: extended_lengths,
    TOTAL: total,
}
