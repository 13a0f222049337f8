"""Overlays (PS3.3 C.9.2, C.9.3, PS3.5 8.1.2), each group 60xx by itself.

How it decides:
1. Overlay Data has one bit for each of Overlay Rows x Overlay Columns x Number of Frames in
   Overlay, and at most what makes its length even.
2. Overlay Bits Allocated is 1 and Overlay Bit Position 0; other values are of overlays within Pixel
   Data, which are retired.
"""

from collections.abc import Iterator

from dicomspec import dataset as data
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault
from dicomspec.validation.visit import Found, ItemVisit

_ROWS, _COLUMNS, _FRAMES = 0x0010, 0x0011, 0x0015
_ALLOCATED, _POSITION, _DATA = 0x0100, 0x0102, 0x3000


def bits(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report bits of an overlay that lies in Pixel Data."""
    value = facts.number(visit.dataset, tag)
    wanted = 1 if tag & 0xFFFF == _ALLOCATED else 0
    # PS3.3 C.9.2, PS3.5 8.1.2
    if value is not None and value != wanted:
        message = f"{{}} is not {wanted}; overlays within Pixel Data are retired."
        yield fault(visit, "overlay/bits", tag, "PS3.3 C.9.2 table_C.9-2", message)


def length(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report Overlay Data of another length than its rows and columns give."""
    dataset, group = visit.dataset, tag & 0xFFFF0000
    rows, columns = facts.number(dataset, group | _ROWS), facts.number(dataset, group | _COLUMNS)
    frames = 1
    if group | _FRAMES in dataset.keys():  # noqa: SIM118 - a Dataset makes a Tag first
        frames = facts.number(dataset, group | _FRAMES) or 0
    element = data.element(dataset, tag)
    found = data.value_length(element) if element is not None else None
    cells = (rows or 0) * (columns or 0) * frames
    if not found or cells <= 0:
        return
    wanted = (cells + 7) // 8
    if not wanted <= found <= wanted + wanted % 2:
        # PS3.5 8.1.2
        than = "shorter" if found < wanted else "longer"
        message = f"{{}} is {than} than Overlay Rows and Overlay Columns say."
        yield fault(visit, "overlay/data-length", tag, "PS3.5 8.1.2", message)


# PS3.5 7.6: groups 6000 to 601E, the even ones
_GROUPS = range(0x60000000, 0x60200000, 0x00020000)
ASKED = {
    **{group | _ALLOCATED: bits for group in _GROUPS},
    **{group | _POSITION: bits for group in _GROUPS},
    **{group | _DATA: length for group in _GROUPS},
}
