"""Lengths of what isn't pixels: waveforms, spectra, documents, color profiles.

How it decides:
1. Waveform Data has a sample of Waveform Bits Allocated bits for each channel and each sample of it
   (PS3.3 C.10.9.1.7).
2. Spectroscopy Data has a number of 32 bits for each data point of each voxel of each frame, two if
   they are complex (PS3.3 C.8.14.4).
3. Encapsulated Document Length is the length of the value, or one less (PS3.3 C.24.2).
4. The header of an ICC Profile is that of an input device, from RGB to Lab or XYZ (PS3.3
   C.11.15.1.1); nothing else of it is looked at.
5. The last two are asked where a row of the IOD names the element.
"""

from collections.abc import Iterator
from math import prod
from typing import Any

from dicomspec import dataset as data
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault
from dicomspec.validation.visit import Found, ItemVisit

_CHANNELS, _SAMPLES = 0x003A0005, 0x003A0010
_WAVEFORM, _WAVEFORM_BITS = 0x54001010, 0x54001004
_SPECTRA, _POINT_ROWS, _POINT_COLUMNS, _DATA_REPRESENTATION = (
    0x56000020, 0x00289001, 0x00289002, 0x00289108
)  # fmt: skip
_DOCUMENT, _DOCUMENT_LENGTH = 0x00420011, 0x00420015
_PROFILE = 0x00282000
# PS3.3 C.8.14.4
_VALUES = {"COMPLEX": 2, "REAL": 1, "IMAGINARY": 1, "MAGNITUDE": 1}


def _compared(
    visit: ItemVisit, code: str, tag: int, clause: str, wanted: int | None
) -> Iterator[Found]:
    """Report a value that isn't so many bytes long, and at most one that pads it."""
    element: Any = data.element(visit.dataset, tag)
    found = data.value_length(element)
    if found and wanted and not wanted <= found <= wanted + wanted % 2:
        than = "shorter" if found < wanted else "longer"
        message = f"{{}} is {than} than its description says."
        yield fault(visit, code, tag, f"PS3.3 {clause}", message)


def _product(values: list[int | None]) -> int | None:
    """Return the product of numbers that are all there and more than 0."""
    known = [value for value in values if value is not None and value > 0]
    return prod(known) if len(known) == len(values) else None


def waveform(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report Waveform Data of another length than channels and samples give."""
    tags = (_CHANNELS, _SAMPLES, _WAVEFORM_BITS)
    bits = _product([facts.number(visit.dataset, each) for each in tags])
    wanted = None if bits is None or bits % 8 else bits // 8
    yield from _compared(visit, "waveform/data-length", tag, "C.10.9.1.7", wanted)


def waveform_bits(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report samples of a size that none may have."""
    value = facts.number(visit.dataset, tag)
    # PS3.5 8.3, PS3.3 C.10.9.1.5
    if value is not None and value not in {8, 16, 32, 64}:
        message = "{} is none of 8, 16, 32 and 64."
        yield fault(visit, "waveform/bits", tag, "PS3.5 8.3", message)


def spectra(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report Spectroscopy Data of another length than voxels and data points give."""
    tags = (facts.ROWS, facts.COLUMNS, _POINT_ROWS, _POINT_COLUMNS)
    numbers = [facts.number(visit.dataset, each) for each in tags]
    values = _VALUES.get(facts.text(visit.dataset, _DATA_REPRESENTATION))
    # PS3.6: its VR is OF
    wanted = _product([*numbers, facts.frames(visit), values, 4])
    yield from _compared(visit, "spectroscopy/data-length", tag, "C.8.14.4", wanted)


def document(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a length that isn't that of the document."""
    said = facts.number(visit.dataset, tag)
    element = data.element(visit.dataset, _DOCUMENT)
    found = data.value_length(element) if element is not None else None
    # PS3.3 C.24.2
    wrong = said is not None and found and said not in {found, found - 1}
    if wrong and visit.slot(tag) is not None:
        message = "{} is not the length of the document."
        clause = "PS3.3 C.24.2 table_C.24-2"
        yield fault(visit, "encapsulated-document/length", tag, clause, message)


def profile(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report an ICC Profile that isn't one of an input device."""
    element: Any = data.element(visit.dataset, tag)
    length = data.value_length(element)
    head = data.piece(element, 0, 128)
    if not length or head is None or visit.slot(tag) is None:
        return
    wrong = ""
    if len(head) < 128 or head[36:40] != b"acsp":
        wrong = "has not the header of a profile"
    elif not 0 <= length - int.from_bytes(head[:4], "big") <= 1:
        wrong = "is not as long as its header says"
    elif head[12:16] != b"scnr":
        wrong = "is not of the Input Device class"
    elif head[16:20] != b"RGB ":
        wrong = "is not for RGB"
    elif head[20:24] not in {b"Lab ", b"XYZ "}:
        wrong = "leads neither to CIELab nor to CIEXYZ"
    if wrong:
        yield fault(visit, "icc-profile/header", tag, "PS3.3 C.11.15.1.1", f"{{}} {wrong}.")


ASKED = {
    _WAVEFORM: waveform,
    _WAVEFORM_BITS: waveform_bits,
    _SPECTRA: spectra,
    _DOCUMENT_LENGTH: document,
    _PROFILE: profile,
}
