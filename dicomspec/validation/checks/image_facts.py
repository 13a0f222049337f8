"""What an Item says of its own Pixel Data: the Attributes of the Image Pixel Description.

How it decides:
1. Only what stands in the same Item counts: an icon describes itself.
2. What is absent, empty or no whole number is None: that is a finding of its own, or none.
3. Without Number of Frames there is one frame, unless a row asks for the element.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from dicomspec import dataset as data
from dicomspec.dataset import Fragments
from dicomspec.findings import Finding
from dicomspec.validation.level import DEMANDED
from dicomspec.validation.visit import ItemVisit

SAMPLES, PHOTOMETRIC, PLANAR = 0x00280002, 0x00280004, 0x00280006
FRAMES, ROWS, COLUMNS = 0x00280008, 0x00280010, 0x00280011
ALLOCATED, STORED, HIGH_BIT, REPRESENTATION = 0x00280100, 0x00280101, 0x00280102, 0x00280103
ASPECT_RATIO, LOSSY = 0x00280034, 0x00282110
PIXEL_DATA, FLOAT_DATA, DOUBLE_DATA = 0x7FE00010, 0x7FE00008, 0x7FE00009
# PS3.3 C.7.6.3.1.2: half of the chrominance is really there; what can't be native isn't judged
_HALVED = frozenset({"YBR_FULL_422", "YBR_PARTIAL_422"})
_NOT_NATIVE = frozenset({"YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT"})


class Image(NamedTuple):
    """What describes the Pixel Data of an Item; the numbers are those of the elements."""

    photometric: str
    samples: int | None
    planar: int | None
    frames: int | None
    rows: int | None
    columns: int | None
    allocated: int | None
    stored: int | None
    representation: int | None


def image(visit: ItemVisit) -> Image:
    """Return what an Item says of its Pixel Data; it is read once."""
    found: Image = _once(visit, _image)
    return found


def fragments(visit: ItemVisit) -> Fragments | None:
    """Return the fragments of encapsulated Pixel Data, None without any; they are sought once."""
    found: Fragments | None = _once(visit, _fragments)
    return found


def _once(visit: ItemVisit, read: Callable[[ItemVisit], Any]) -> Any:
    """Return what is read of an Item, and keep it as long as the data set is validated."""
    kept: dict[Any, Any] = visit.run.related
    key = (read, id(visit.dataset))
    if key not in kept:
        kept[key] = (visit.dataset, read(visit))  # held, so that no other Item gets its id
    return kept[key][1]


def _image(visit: ItemVisit) -> Image:
    dataset = visit.dataset
    return Image(
        text(dataset, PHOTOMETRIC),
        number(dataset, SAMPLES),
        number(dataset, PLANAR),
        frames(visit),
        number(dataset, ROWS),
        number(dataset, COLUMNS),
        number(dataset, ALLOCATED),
        number(dataset, STORED),
        number(dataset, REPRESENTATION),
    )


def _fragments(visit: ItemVisit) -> Fragments | None:
    element = data.element(visit.dataset, PIXEL_DATA)
    if element is None or not data.is_encapsulated(element):
        return None
    return data.fragments(element)


def bytes_of(image: Image) -> int | None:
    """Return the bytes of native Pixel Data without padding, None if they can't be told."""
    rows, columns, samples, frames = image.rows, image.columns, image.samples, image.frames
    bits = image.allocated
    if image.photometric in _NOT_NATIVE or bits is None or not is_whole(bits):
        return None
    if rows is None or columns is None or samples is None or frames is None:
        return None
    if not image.photometric and samples != 1:
        return None  # chrominance may be halved
    if image.photometric in _HALVED and samples == 3:
        samples = 2
    cells = rows * columns * samples * frames
    return (cells * bits + 7) // 8 if cells > 0 else None


def is_whole(bits: int) -> bool:
    """Say whether so many bits may be allocated to a cell."""
    # PS3.5 8.1.1
    return bits == 1 or (bits > 0 and not bits % 8)


def number(dataset: Any, tag: int) -> int | None:
    """Return the one Value of an element as a whole number."""
    return data.integer(data.element(dataset, tag))


def text(dataset: Any, tag: int) -> str:
    """Return the first Value of an element, empty if there is none."""
    element = data.element(dataset, tag)
    values = data.strings(element) if element is not None else None
    return values[0] if values else ""


def frames(visit: ItemVisit) -> int | None:
    """Return how many frames there are, None if that can't be told."""
    element = data.element(visit.dataset, FRAMES)
    if element is not None and not data.is_empty(element):
        return data.integer(element)
    slot = visit.slot(FRAMES)
    # PS3.3 C.7.6.6.1.1: it is asked of images that may have several
    return 1 if slot is None or slot.base_type not in DEMANDED else None


def transfer_syntax(visit: ItemVisit) -> str:
    """Return the Transfer Syntax of the data set, empty if none is known."""
    return visit.run.instance.transfer_syntax_uid or ""


def name(visit: ItemVisit, tag: int) -> str:
    """Return the name of an Attribute."""
    element = visit.run.edition.element(tag)
    return element.name if element is not None else visit.run.edition.keyword(tag)


def fault(visit: ItemVisit, code: str, tag: int, clause: str, message: str) -> Finding:
    """Return a finding about an element of the Item; {} in the message stands for its name.

    `clause` is as the catalogue writes it, "PS3.5 8.1.1", with a table of it if need be.
    """
    part, section, *table = clause.split()
    citation = visit.run.edition.cite_section(part, section, table[0] if table else "")
    return visit.finding(code, tag, message.format(name(visit, tag)), citation)
