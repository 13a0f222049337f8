"""The first bytes of a compressed frame: what its codestream says of itself.

How it reads:
1. A codestream is told by its first two bytes; fill bytes (FF) before a JPEG's Start of Image are
   passed over (PS3.5 A.4). The header of a JP2 file is told by its signature.
2. Segments are followed by their lengths as far as there are bytes; what comes later isn't known,
   and is None.
3. No byte of the entropy coded data is looked at.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

JPEG, JPEG_LS, JPEG_2000, JP2_FILE, OTHER = "JPEG", "JPEG-LS", "JPEG 2000", "JP2", ""
# ISO/IEC 15444-1 I.5.1
_JP2 = b"\0\0\0\x0cjP  \r\n\x87\n"
# ISO/IEC 10918-1 Table B.1, ISO/IEC 14495-1 Table C.1
_SOS, _SOF_LS = 0xDA, 0xF7
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}) | {_SOF_LS}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_LOSSLESS = frozenset({0xC3, 0xC7, 0xCB, 0xCF})
# ISO/IEC 15444-1 Table A.2
_SIZ, _COD, _SOT = 0x51, 0x52, 0x90


class Codestream(NamedTuple):
    """What a codestream says; None is what it didn't say in the bytes that were at hand.

    `process` is the marker of the frame header of a JPEG, as 0xC0; `predictor` its selection value;
    `near` that of JPEG-LS. `reversible` and `transformed` are the wavelet and the component
    transformation of JPEG 2000.
    """

    kind: str
    rows: int | None = None
    columns: int | None = None
    components: int | None = None
    precision: int | None = None
    signed: bool | None = None
    process: int | None = None
    predictor: int | None = None
    near: int | None = None
    reversible: bool | None = None
    transformed: bool | None = None


def codestream(start: bytes) -> Codestream:
    """Return what the first bytes of a frame say."""
    plain = start.lstrip(b"\xff")
    if plain[:1] == b"\xd8" and len(plain) < len(start):
        return _jpeg(plain[1:])
    if start[:2] == b"\xff\x4f":
        return _jpeg_2000(start[2:])
    return Codestream(JP2_FILE if start[:12] == _JP2 else OTHER)


def _segments(data: bytes, alone: frozenset[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the markers and what follows their lengths, as long as there are bytes."""
    at = 0
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in alone:
            at += 2
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            if length < 2:
                return
            yield marker, data[at + 4 : at + 2 + length]
            at += 2 + length


def _jpeg(data: bytes) -> Codestream:
    found = Codestream(JPEG)
    for marker, segment in _segments(data, _ALONE):
        if marker in _FRAMES and len(segment) >= 6:
            precision, rows, columns, components = struct.unpack_from(">BHHB", segment)
            kind = JPEG_LS if marker == _SOF_LS else JPEG
            found = Codestream(
                kind, rows or None, columns or None, components, precision, process=marker
            )
        elif marker == _SOS:
            return _scan(found, segment)
    return found


def _scan(found: Codestream, segment: bytes) -> Codestream:
    """Add what the header of the first scan says."""
    at = 1 + 2 * segment[0] if segment else 1
    if at >= len(segment):
        return found
    if found.kind == JPEG_LS:
        return found._replace(near=segment[at])
    return found._replace(predictor=segment[at]) if found.process in _LOSSLESS else found


def _jpeg_2000(data: bytes) -> Codestream:
    found = Codestream(JPEG_2000)
    for marker, segment in _segments(data, frozenset()):
        if marker == _SIZ and len(segment) >= 37:
            found = _size(segment)
        elif marker == _COD and len(segment) >= 10:
            # ISO/IEC 15444-1 A.6.1: 1 is the reversible 5-3 wavelet
            return found._replace(transformed=segment[4] == 1, reversible=segment[9] == 1)
        elif marker == _SOT:
            break
    return found


def _size(segment: bytes) -> Codestream:
    """Return what the SIZ segment says (ISO/IEC 15444-1 A.5.1)."""
    width, height, left, top = struct.unpack_from(">4L", segment, 2)
    components, sample = struct.unpack_from(">HB", segment, 34)
    return Codestream(
        JPEG_2000,
        rows=max(0, height - top) or None,
        columns=max(0, width - left) or None,
        components=components,
        precision=(sample & 0x7F) + 1,
        signed=bool(sample & 0x80),
    )
