"""Pixel Data against what describes it (PS3.5 8.1.1, 8.2; PS3.3 C.7.6.3.1).

How it decides:
1. Native Pixel Data has Rows x Columns x Samples per Pixel x Number of Frames cells of Bits
   Allocated bits, one after the other, and at most one byte that makes its length even. Downsampled
   chrominance counts as the definition of its Photometric Interpretation says.
2. Where one of these isn't known, or is wrong by itself, nothing is said of the length.
3. More bytes than padding needs are an error too: the clause lets padding do nothing else, though
   older writers did.
4. What the Transfer Syntax has to do with it is in `pixel_syntax`, fragments in `encapsulated`.
"""

from collections.abc import Iterator

from dicomspec import dataset as data
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault
from dicomspec.validation.transfer_syntaxes import BY_PIXEL, ONE_SAMPLE, THREE_SAMPLES
from dicomspec.validation.visit import Found, ItemVisit

# PS3.5 8.2: the bits of a cell
_FLOATS = {facts.FLOAT_DATA: 32, facts.DOUBLE_DATA: 64}


def length(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report native Pixel Data of another length than its description gives."""
    element = data.element(visit.dataset, tag)
    assert element is not None  # it is asked where it stands
    if data.is_encapsulated(element) is not False:
        return
    described = facts.image(visit)
    if tag in _FLOATS:
        described = described._replace(allocated=_FLOATS[tag])
    found, wanted = data.value_length(element), facts.bytes_of(described)
    if not found or wanted is None:
        return
    if found < wanted:
        message = "{} is shorter than its description says."
        yield fault(visit, "pixel-data/too-short", tag, "PS3.5 8.1.1", message)
    elif found > wanted + wanted % 2:
        message = "{} is longer than its description says, by more than padding."
        yield fault(visit, "pixel-data/too-long", tag, "PS3.5 8.1.1", message)


def bits(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report Bits Allocated, Bits Stored and High Bit that can't be, or not together."""
    image = facts.image(visit)
    allocated, stored = image.allocated, image.stored
    high = facts.number(visit.dataset, facts.HIGH_BIT)
    if allocated is not None and not facts.is_whole(allocated):
        message = "{} is neither 1 nor a multiple of 8."
        yield fault(visit, "pixel-data/bits-allocated", tag, "PS3.5 8.1.1", message)
    elif allocated is not None:
        yield from _of_floats(visit, tag, allocated)
    if stored is None:
        return
    if allocated is not None and not 0 < stored <= allocated:
        message = "{} is 0." if stored < 1 else "{} is more than Bits Allocated."
        yield fault(visit, "pixel-data/bits-stored", facts.STORED, "PS3.5 8.1.1", message)
    elif high is not None and high != stored - 1:
        message = "{} is not one less than Bits Stored."
        yield fault(visit, "pixel-data/high-bit", facts.HIGH_BIT, "PS3.5 8.1.1", message)


def _of_floats(visit: ItemVisit, tag: int, allocated: int) -> Iterator[Found]:
    present = visit.dataset.keys()
    for each, wanted in _FLOATS.items():
        # PS3.5 8.2
        if each in present and allocated != wanted:
            message = f"{{}} is not {wanted}, which {facts.name(visit, each)} has."
            yield fault(visit, "pixel-data/bits-allocated", tag, "PS3.5 8.2", message)


def photometric(visit: ItemVisit, _tag: int) -> Iterator[Found]:
    """Report Samples per Pixel and Planar Configuration that a color model can't have."""
    image = facts.image(visit)
    said, samples = image.photometric, image.samples
    wanted = 1 if said in ONE_SAMPLE else 3 if said in THREE_SAMPLES else None
    # PS3.3 C.7.6.3.1.2
    if wanted is not None and samples is not None and samples != wanted:
        code, clause = "pixel-data/samples-per-pixel", "PS3.3 C.7.6.3.1.2"
        message = f"{{}} is not {wanted}, as Photometric Interpretation needs it."
        yield fault(visit, code, facts.SAMPLES, clause, message)
    if said in BY_PIXEL and image.planar not in {0, None}:
        code, clause = "pixel-data/planar-configuration", "PS3.3 C.7.6.3.1.2"
        message = "{} is not 0, as Photometric Interpretation needs it."
        yield fault(visit, code, facts.PLANAR, clause, message)


def none(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report an image without a pixel."""
    value = facts.number(visit.dataset, tag)
    if value is None or value > 0 or facts.PIXEL_DATA not in visit.dataset.keys():  # noqa: SIM118
        return
    message = "{} is 0: the image has no pixels."
    yield fault(visit, "pixel-data/no-pixels", tag, "PS3.3 C.7.6.3.3", message)


def aspect_ratio(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report sizes of a pixel that aren't sizes."""
    element = data.element(visit.dataset, tag)
    values = data.numbers(element) if element is not None else None
    # PS3.3 C.7.6.3.1.7
    if values and min(values) <= 0:
        message = "{} is of a size that isn't more than 0."
        yield fault(visit, "pixel-data/aspect-ratio", tag, "PS3.3 C.7.6.3.1.7", message)


ASKED = {
    facts.PIXEL_DATA: length,
    facts.FLOAT_DATA: length,
    facts.DOUBLE_DATA: length,
    facts.ALLOCATED: bits,
    facts.PHOTOMETRIC: photometric,
    facts.ROWS: none,
    facts.COLUMNS: none,
    facts.ASPECT_RATIO: aspect_ratio,
}
