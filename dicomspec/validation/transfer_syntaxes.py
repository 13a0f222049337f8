"""What each Transfer Syntax allows of Pixel Data (PS3.5 8.2, Annex A), as facts.

A Transfer Syntax that isn't here (private, retired and without a clause, of a service that has no
files) is not known: nothing is said of what hangs on it.
"""

from enum import Enum
from typing import NamedTuple


class Frames(Enum):
    """How the frames of encapsulated Pixel Data go into fragments."""

    FRAGMENT_EACH = "one fragment for each frame"
    FRAGMENTS_EACH = "one or more fragments for each frame"
    ONE_STREAM = "one stream in one fragment"
    STREAM = "one stream in one or more fragments"


class Allowed(NamedTuple):
    """Values that go together: a row of a table of PS3.5 8.2."""

    photometric: frozenset[str]
    planar: tuple[int, ...]
    representation: tuple[int, ...]
    allocated: tuple[int, ...]
    stored: range


class TransferSyntax(NamedTuple):
    """`clause` is of the encoding, `section` and `table` of the values, both of PS3.5.

    `kind` is that of the codestream (see `dataset.codestream`), `processes` the markers that its
    frame header may have, () for any; `lossy` says that it always is, `reversible` that it never
    is. `empty_table` says that the Basic Offset Table shall be empty, `square` that there shall be
    no Pixel Aspect Ratio.
    """

    clause: str
    encapsulated: bool = True
    frames: Frames = Frames.FRAGMENTS_EACH
    section: str = ""
    table: str = ""
    allowed: tuple[Allowed, ...] = ()
    kind: str = ""
    processes: tuple[int, ...] = ()
    lossy: bool = False
    reversible: bool = False
    empty_table: bool = False
    square: bool = False


MONOCHROME = frozenset({"MONOCHROME1", "MONOCHROME2"})
PALETTE = frozenset({"PALETTE COLOR"})
# PS3.3 C.7.6.3.1.2: those that aren't retired, by Samples per Pixel
ONE_SAMPLE = MONOCHROME | PALETTE
THREE_SAMPLES = frozenset(
    {"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT"}
)
STANDARD = ONE_SAMPLE | THREE_SAMPLES
# PS3.3 C.7.6.3.1.2: Planar Configuration shall be 0
BY_PIXEL = frozenset({"YBR_FULL_422", "YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT"})
# PS3.5 8.2: these can't be encoded in an uncompressed form
NEVER_NATIVE = frozenset({"YBR_RCT", "YBR_ICT", "YBR_PARTIAL_420"})

_RGB, _FULL = frozenset({"RGB"}), frozenset({"YBR_FULL"})
_ANY, _UNSIGNED, _PIXEL = (0, 1), (0,), (0,)
_BYTES, _WIDE = (8, 16), (8, 16, 24, 32, 40)
_8, _12, _16 = range(8, 9), range(12, 13), range(1, 17)

# PS3.5 Table 8.2.1-1
_BASELINE = (
    Allowed(MONOCHROME, (), _UNSIGNED, (8,), _8),
    Allowed(frozenset({"YBR_FULL_422", "RGB"}), _PIXEL, _UNSIGNED, (8,), _8),
)
_EXTENDED = (
    Allowed(MONOCHROME, (), _UNSIGNED, (8,), _8),
    Allowed(MONOCHROME, (), _UNSIGNED, (16,), _12),
)
# PS3.5 Table 8.2.1-2
_LOSSLESS = (
    Allowed(MONOCHROME, (), _ANY, _BYTES, _16),
    Allowed(PALETTE, (), _UNSIGNED, _BYTES, _16),
    Allowed(_FULL | _RGB, _PIXEL, _UNSIGNED, _BYTES, _16),
)
# PS3.5 Table 8.2.2-1
_RLE = (
    Allowed(MONOCHROME, (), _ANY, (1, 8, 16), _16),
    Allowed(PALETTE, (), _UNSIGNED, _BYTES, _16),
    Allowed(_FULL, _ANY, _UNSIGNED, (8,), range(1, 9)),
    Allowed(_RGB, _ANY, _UNSIGNED, _BYTES, _16),
)
# PS3.5 Table 8.2.3-1
_JPEG_LS = (
    Allowed(MONOCHROME, (), _ANY, _BYTES, range(2, 17)),
    Allowed(_RGB, _PIXEL, _UNSIGNED, _BYTES, range(2, 17)),
    Allowed(_FULL, _PIXEL, _UNSIGNED, (8,), range(2, 9)),
)
_JPEG_LS_LOSSLESS = (*_JPEG_LS, Allowed(PALETTE, (), _UNSIGNED, _BYTES, range(2, 17)))
_38 = range(1, 39)


def _jpeg_2000(monochrome: tuple[int, ...], *, lossy: bool, palette: bool) -> tuple[Allowed, ...]:
    """Return the rows of PS3.5 Tables 8.2.4-1 and 8.2.14-1 for one Transfer Syntax."""
    transformed = {"YBR_RCT", "YBR_ICT"} if lossy else {"YBR_RCT"}
    return (
        Allowed(MONOCHROME, (), _ANY, monochrome, _38),
        Allowed(_FULL | _RGB | transformed, _PIXEL, _UNSIGNED, _WIDE, _38),
        *([Allowed(PALETTE, (), _UNSIGNED, _BYTES, _16)] if palette else []),
    )


def _jpeg(
    process: int, allowed: tuple[Allowed, ...], table: str, *, lossy: bool = False
) -> TransferSyntax:
    return TransferSyntax(
        "A.4.1",
        section="8.2.1",
        table=table,
        allowed=allowed,
        kind="JPEG",
        processes=(process,),
        lossy=lossy,
    )


def _video(
    clause: str, section: str, frames: Frames, allocated: int = 8, stored: range = _8
) -> TransferSyntax:
    """Return a Transfer Syntax of MPEG2, MPEG-4 or HEVC (PS3.5 8.2.5 to 8.2.11)."""
    mpeg_2 = section in {"8.2.5", "8.2.6"}
    photometric = {"YBR_PARTIAL_420", "MONOCHROME2"} if mpeg_2 else {"YBR_PARTIAL_420"}
    return TransferSyntax(
        clause,
        frames=frames,
        section=section,
        allowed=(Allowed(frozenset(photometric), (0,), _UNSIGNED, (allocated,), stored),),
        lossy=True,
        empty_table=mpeg_2,
        square=section != "8.2.5",
    )


_JPEG_2000 = TransferSyntax("A.4.4", section="8.2.4", table="table_8.2.4-1", kind="JPEG 2000")
_HTJ2K = TransferSyntax(
    "A.4.4",
    frames=Frames.FRAGMENT_EACH,
    section="8.2.14",
    table="table_8.2.14-1",
    kind="JPEG 2000",
)
_LS = TransferSyntax("A.4.3", section="8.2.3", table="table_8.2.3-1", kind="JPEG-LS")
_P14 = _jpeg(0xC3, _LOSSLESS, "table_8.2.1-2")
_ONE, _SOME = Frames.ONE_STREAM, Frames.STREAM

KNOWN: dict[str, TransferSyntax] = {
    "1.2.840.10008.1.2": TransferSyntax("A.1", encapsulated=False),
    "1.2.840.10008.1.2.1": TransferSyntax("A.2", encapsulated=False),
    "1.2.840.10008.1.2.1.99": TransferSyntax("A.5", encapsulated=False),
    "1.2.840.10008.1.2.2": TransferSyntax("A.3", encapsulated=False),
    "1.2.840.10008.1.2.1.98": TransferSyntax("A.4.11", frames=Frames.FRAGMENT_EACH),
    "1.2.840.10008.1.2.4.50": _jpeg(0xC0, _BASELINE, "table_8.2.1-1", lossy=True),
    "1.2.840.10008.1.2.4.51": _jpeg(0xC1, _EXTENDED, "table_8.2.1-1", lossy=True),
    "1.2.840.10008.1.2.4.57": _P14,
    "1.2.840.10008.1.2.4.70": _P14,
    "1.2.840.10008.1.2.4.80": _LS._replace(allowed=_JPEG_LS_LOSSLESS, reversible=True),
    "1.2.840.10008.1.2.4.81": _LS._replace(allowed=_JPEG_LS),
    "1.2.840.10008.1.2.4.90": _JPEG_2000._replace(
        allowed=_jpeg_2000((1, *_WIDE), lossy=False, palette=True), reversible=True
    ),
    "1.2.840.10008.1.2.4.91": _JPEG_2000._replace(
        allowed=_jpeg_2000((1, *_WIDE), lossy=True, palette=False)
    ),
    # of several frames in one codestream
    "1.2.840.10008.1.2.4.92": TransferSyntax("A.4.4", frames=Frames.STREAM),
    "1.2.840.10008.1.2.4.93": TransferSyntax("A.4.4", frames=Frames.STREAM),
    "1.2.840.10008.1.2.4.201": _HTJ2K._replace(
        allowed=_jpeg_2000(_WIDE, lossy=False, palette=True), reversible=True
    ),
    "1.2.840.10008.1.2.4.202": _HTJ2K._replace(
        allowed=_jpeg_2000(_WIDE, lossy=False, palette=True), reversible=True
    ),
    "1.2.840.10008.1.2.4.203": _HTJ2K._replace(
        allowed=_jpeg_2000(_WIDE, lossy=True, palette=False)
    ),
    "1.2.840.10008.1.2.5": TransferSyntax(
        "A.4.2",
        frames=Frames.FRAGMENT_EACH,
        section="8.2.2",
        table="table_8.2.2-1",
        allowed=_RLE,
        kind="RLE",
    ),
    "1.2.840.10008.1.2.4.100": _video("A.4.5", "8.2.5", _ONE),
    "1.2.840.10008.1.2.4.100.1": _video("A.4.5", "8.2.5", _SOME),
    "1.2.840.10008.1.2.4.101": _video("A.4.5", "8.2.6", _ONE),
    "1.2.840.10008.1.2.4.101.1": _video("A.4.5", "8.2.6", _SOME),
    "1.2.840.10008.1.2.4.102": _video("A.4.6", "8.2.7", _ONE),
    "1.2.840.10008.1.2.4.102.1": _video("A.4.6", "8.2.7", _SOME),
    "1.2.840.10008.1.2.4.103": _video("A.4.6", "8.2.7", _ONE),
    "1.2.840.10008.1.2.4.103.1": _video("A.4.6", "8.2.7", _SOME),
    "1.2.840.10008.1.2.4.104": _video("A.4.7", "8.2.8", _ONE),
    "1.2.840.10008.1.2.4.104.1": _video("A.4.7", "8.2.8", _SOME),
    "1.2.840.10008.1.2.4.105": _video("A.4.7", "8.2.8", _ONE),
    "1.2.840.10008.1.2.4.105.1": _video("A.4.7", "8.2.8", _SOME),
    "1.2.840.10008.1.2.4.106": _video("A.4.8", "8.2.9", _ONE),
    "1.2.840.10008.1.2.4.106.1": _video("A.4.8", "8.2.9", _SOME),
    "1.2.840.10008.1.2.4.107": _video("A.4.9", "8.2.10", _SOME),
    "1.2.840.10008.1.2.4.108": _video("A.4.10", "8.2.11", _SOME, 16, range(10, 11)),
}
