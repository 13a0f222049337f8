"""Pixel Data against the Transfer Syntax (PS3.5 8.2, A.4).

How it decides:
1. Pixel Data of the data set itself is encapsulated if the Transfer Syntax says so, else native;
   that of an Item may be either where the Transfer Syntax encapsulates. One in memory isn't asked.
2. Of a Transfer Syntax with a table of values, the row with the Photometric Interpretation that
   fits best counts; each value that isn't in it is a finding. A Photometric Interpretation that is
   retired, or that the standard doesn't have, isn't judged.
3. Samples per Pixel and High Bit follow from others, and are checked against these (`pixels`).
4. What is native may not have a Photometric Interpretation that can't be, whatever the Transfer
   Syntax.
"""

from collections.abc import Iterator

from dicomspec import dataset as data
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import Image, fault
from dicomspec.validation.transfer_syntaxes import (
    KNOWN,
    NEVER_NATIVE,
    STANDARD,
    Allowed,
    TransferSyntax,
)
from dicomspec.validation.visit import Found, ItemVisit

_PHOTOMETRIC, _VALUE = "pixel-data/photometric-interpretation", "pixel-data/not-of-transfer-syntax"


def form(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report what the Transfer Syntax, or the form, doesn't allow."""
    element = data.element(visit.dataset, tag)
    assert element is not None  # it is asked where it stands
    encapsulated = data.is_encapsulated(element)
    known = KNOWN.get(facts.transfer_syntax(visit))
    if encapsulated is None:
        return
    if known is not None and element.is_raw and not _may_be(visit, known, encapsulated):
        said = "is encapsulated, which" if encapsulated else "is not encapsulated, which"
        message = f"{{}} {said} the Transfer Syntax doesn't allow."
        yield fault(visit, "pixel-data/encapsulation", tag, "PS3.5 A.4", message)
    elif not encapsulated:
        yield from _native(visit)
    elif known is not None and known.allowed:
        yield from _values(visit, known, facts.image(visit))


def _may_be(visit: ItemVisit, known: TransferSyntax, encapsulated: bool) -> bool:  # noqa: FBT001
    # PS3.5 A.4: in an Item it may be native all the same
    return known.encapsulated is encapsulated or (known.encapsulated and bool(visit.steps))


def _native(visit: ItemVisit) -> Iterator[Found]:
    # PS3.5 8.2
    if facts.image(visit).photometric in NEVER_NATIVE:
        message = "{} is of compressed pixels alone; these are native."
        yield fault(visit, _PHOTOMETRIC, facts.PHOTOMETRIC, "PS3.5 8.2", message)


def _values(visit: ItemVisit, known: TransferSyntax, image: Image) -> Iterator[Found]:
    clause = f"PS3.5 {known.section} {known.table}"
    if known.square and facts.ASPECT_RATIO in visit.dataset.keys():  # noqa: SIM118
        # PS3.5 8.2.6 to 8.2.11
        message = "{} shall be absent with this Transfer Syntax."
        yield fault(visit, _VALUE, facts.ASPECT_RATIO, clause, message)
    if image.photometric not in STANDARD:
        return
    rows = [row for row in known.allowed if image.photometric in row.photometric]
    if not rows:
        message = "{} is none of those that the Transfer Syntax may have."
        yield fault(visit, _PHOTOMETRIC, facts.PHOTOMETRIC, clause, message)
        return
    for tag in min((_misfits(row, image) for row in rows), key=len):
        message = "{} is none of those that the Transfer Syntax has with this color model."
        yield fault(visit, _VALUE, tag, clause, message)


def _misfits(row: Allowed, image: Image) -> list[int]:
    """Return the elements whose values a row of the table doesn't have."""
    pairs = (
        (facts.PLANAR, image.planar, row.planar),
        (facts.REPRESENTATION, image.representation, row.representation),
        (facts.ALLOCATED, image.allocated, row.allocated),
        (facts.STORED, image.stored, row.stored),
    )
    found = [tag for tag, value, may in pairs if may and value is not None and value not in may]
    # too many Bits Stored follow from Bits Allocated
    follows = {facts.STORED} if facts.ALLOCATED in found else set()
    return [tag for tag in found if tag not in follows]


def floats(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report floating point pixels under a Transfer Syntax that encapsulates."""
    known = KNOWN.get(facts.transfer_syntax(visit))
    # PS3.5 A.4
    if known is not None and known.encapsulated and not visit.steps:
        message = "{} can't be sent with a Transfer Syntax that encapsulates."
        yield fault(visit, "pixel-data/encapsulation", tag, "PS3.5 A.4", message)


def lossy(visit: ItemVisit, tag: int) -> Iterator[Found]:
    """Report an image that denies the loss of its Transfer Syntax."""
    known = KNOWN.get(facts.transfer_syntax(visit))
    # PS3.3 C.7.6.1.1.5
    if known is not None and known.lossy and facts.text(visit.dataset, tag) == "00":
        if visit.steps or facts.PIXEL_DATA not in visit.dataset.keys():  # noqa: SIM118
            return
        message = "{} denies it, but the Transfer Syntax is lossy."
        yield fault(visit, "pixel-data/lossy", tag, "PS3.3 C.7.6.1.1.5", message)


ASKED = {
    facts.PIXEL_DATA: form,
    facts.FLOAT_DATA: floats,
    facts.DOUBLE_DATA: floats,
    facts.LOSSY: lossy,
}
