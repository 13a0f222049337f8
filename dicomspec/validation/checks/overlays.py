"""Overlays (PS3.3 C.9.2, C.9.3, PS3.5 8.1.2), each group 60xx by itself.

How it decides:
1. Overlay Data has one bit for each of Overlay Rows x Overlay Columns x Number of Frames in
   Overlay, and at most what makes its length even.
2. That Overlay Bits Allocated is 1 and Overlay Bit Position 0, their rows say (see `terms`).
"""

from collections.abc import Iterator

from dicomspec import dataset as data
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault
from dicomspec.validation.visit import Found, ItemVisit

_ROWS, _COLUMNS, _FRAMES = 0x0010, 0x0011, 0x0015
_DATA = 0x3000


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
ASKED = {group | _DATA: length for group in _GROUPS}
