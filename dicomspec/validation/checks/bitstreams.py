"""The first bytes of encapsulated Pixel Data, against the Transfer Syntax and the data set.

How it decides:
1. The codestream of the first frame alone is looked at, at most its first 64 KiB, and nothing of it
   is decoded. What it doesn't say there isn't judged.
2. Rows, columns and components are those of the data set (PS3.5 8.2.1 to 8.2.4, 8.2.14). A
   precision that isn't Bits Stored, or another sign, is a warning: the pixels can be had all the
   same.
3. A codestream that loses is none of a Transfer Syntax that doesn't, and then Lossy Image
   Compression isn't 00.
"""

import struct
from collections.abc import Iterator
from typing import Any

from dicomspec import dataset as data
from dicomspec.dataset import Codestream
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import Image, fault
from dicomspec.validation.transfer_syntaxes import KNOWN, TransferSyntax
from dicomspec.validation.visit import Found, ItemVisit

BITSTREAM, SIZE, PRECISION = (
    "pixel-data/bitstream", "pixel-data/bitstream-size", "pixel-data/bitstream-precision"
)  # fmt: skip
_FIRST, _MOST = 1 << 11, 1 << 16  # bytes
_RLE_HEADER = struct.Struct("<16L")
_SV1 = "1.2.840.10008.1.2.4.70"


def first_frame(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report a codestream that isn't one of the Transfer Syntax, or of the image."""
    known = KNOWN.get(facts.transfer_syntax(visit))
    if known is None or not known.kind:
        return
    element: Any = data.element(visit.dataset, tag)
    found = facts.fragments(visit)
    if found is None or len(found.starts) < 2:
        return
    at, length = found.starts[1] + 8, found.lengths[1]
    if known.kind == "RLE":
        start = data.piece(element, at, min(length, _RLE_HEADER.size)) or b""
        yield from _rle(visit, tag, start, length)
        return
    start = data.piece(element, at, min(length, _FIRST)) or b""
    said = data.codestream(start)
    if len(start) == _FIRST and not _is_told(said):
        said = data.codestream(data.piece(element, at, min(length, _MOST)) or b"")
    if len(start) > 2:
        yield from _judged(visit, tag, known, said)


def _is_told(said: Codestream) -> bool:
    if said.kind == "JPEG 2000":
        return said.transformed is not None
    return said.kind == "" or said.near is not None or said.predictor is not None


def _judged(visit: ItemVisit, tag: int, known: TransferSyntax, said: Codestream) -> Iterator[Found]:
    wrong = _wrong(visit, known, said)
    if wrong:
        message = f"The codestream in {{}} {wrong}."
        yield fault(visit, BITSTREAM, tag, f"PS3.5 {known.clause}", message)
        return
    image = facts.image(visit)
    yield from _size(visit, known, said, image)
    if known.kind == "JPEG 2000":
        yield from _transformation(visit, known, said, image)
    yield from _loss(visit, known, said)


def _wrong(visit: ItemVisit, known: TransferSyntax, said: Codestream) -> str:
    """Return why a codestream isn't one of the Transfer Syntax, empty if it is."""
    if said.kind != known.kind and not _may_be(said, known):
        file = said.kind == "JP2"
        return "is preceded by the header of a file" if file else f"is not that of {known.kind}"
    if known.processes and said.process is not None and said.process not in known.processes:
        return "is of another JPEG process than the Transfer Syntax"
    if facts.transfer_syntax(visit) == _SV1 and said.predictor not in {None, 1}:
        return "is of another selection value than 1"
    if known.reversible and (said.near or said.reversible is False):
        return "is lossy, which the Transfer Syntax isn't"
    return ""


def _may_be(said: Codestream, known: TransferSyntax) -> bool:
    """Say whether a JPEG that didn't say more may be what is wanted."""
    return said.kind == "JPEG" and said.process is None and known.kind == "JPEG-LS"


def _size(
    visit: ItemVisit, known: TransferSyntax, said: Codestream, image: Image
) -> Iterator[Found]:
    clause = f"PS3.5 {known.section}"
    pairs = (
        (facts.ROWS, image.rows, said.rows),
        (facts.COLUMNS, image.columns, said.columns),
        (facts.SAMPLES, image.samples, said.components),
    )
    for each, described, held in pairs:
        if described is not None and held is not None and described != held:
            message = "{} is not what the codestream in Pixel Data says."
            yield fault(visit, SIZE, each, clause, message)
    if said.precision is not None and image.stored not in {None, said.precision}:
        message = "{} is not the precision of the codestream in Pixel Data."
        yield fault(visit, PRECISION, facts.STORED, clause, message)
    signed = image.representation
    if said.signed is not None and signed is not None and bool(signed) is not said.signed:
        message = "{} is not the sign of the samples of the codestream in Pixel Data."
        yield fault(visit, PRECISION, facts.REPRESENTATION, clause, message)


def _transformation(
    visit: ItemVisit, known: TransferSyntax, said: Codestream, image: Image
) -> Iterator[Found]:
    names = {name for row in known.allowed for name in row.photometric}
    if said.transformed is None or not image.photometric or (said.components or 0) < 3:
        return
    wanted = "YBR_RCT" if said.reversible else "YBR_ICT"
    if said.transformed:
        wrong = image.photometric != wanted
        message = f"{{}} is not {wanted}, which is the transformation of the codestream."
    else:
        wrong = image.photometric in {"YBR_RCT", "YBR_ICT"}
        message = "{} is of a transformation that the codestream hasn't."
    # PS3.5 8.2.4, 8.2.14; one that can't be at all is another finding
    if wrong and image.photometric in names:
        code = "pixel-data/color-transformation"
        yield fault(visit, code, facts.PHOTOMETRIC, f"PS3.5 {known.section}", message)


def _loss(visit: ItemVisit, known: TransferSyntax, said: Codestream) -> Iterator[Found]:
    lossy = bool(said.near) or said.reversible is False
    # PS3.3 C.7.6.1.1.5; of a Transfer Syntax that always is, it is told of that (`pixel_syntax`)
    here = lossy and not known.lossy and not visit.steps
    if here and facts.text(visit.dataset, facts.LOSSY) == "00":
        message = "{} denies it, but the codestream is lossy."
        yield fault(visit, "pixel-data/lossy", facts.LOSSY, "PS3.3 C.7.6.1.1.5", message)


def _rle(visit: ItemVisit, tag: int, start: bytes, length: int) -> Iterator[Found]:
    """Report an RLE header that isn't one of the image (PS3.5 G.5)."""
    if len(start) < _RLE_HEADER.size:
        message = "The first frame of {} is shorter than an RLE header."
        yield fault(visit, BITSTREAM, tag, "PS3.5 G.5", message)
        return
    segments, *offsets = _RLE_HEADER.unpack(start)
    image = facts.image(visit)
    used = offsets[:segments]
    wrong = ""
    if not 0 < segments <= 15:
        wrong = "has no number of segments that can be"
    elif used[0] != 64 or any(offsets[segments:]):
        wrong = "doesn't begin at 64, or goes on after the last segment"
    elif used != sorted(set(used)) or used[-1] >= length:
        wrong = "has offsets that don't rise, or lie beyond the frame"
    elif (_byte_segments(image) or segments) != segments:
        wrong = "hasn't a segment for each byte of a pixel"
    if wrong:
        message = f"The RLE header in {{}} {wrong}."
        yield fault(visit, BITSTREAM, tag, "PS3.5 G.5", message)


def _byte_segments(image: Image) -> int | None:
    # PS3.5 G.2: a byte segment for each byte of a composite pixel code
    if not image.samples or not image.allocated or image.allocated % 8:
        return None
    return image.samples * image.allocated // 8


ASKED = {facts.PIXEL_DATA: first_frame}
