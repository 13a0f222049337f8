"""Icon images (PS3.3 C.7.6.1.1.6; F.7 in a Directory Record), beside what holds for any image.

How it decides:
1. The clause holds unless the table that has the Icon Image Sequence says otherwise; none of this
   edition does, in what is asked here.
2. Pixel Aspect Ratio is absent; in a Directory Record it may be 1:1.
3. What is absent isn't judged. Samples per Pixel follow from Photometric Interpretation (`pixels`).
"""

from collections.abc import Iterator

from dicomspec import dataset as data
from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault
from dicomspec.validation.transfer_syntaxes import PALETTE, THREE_SAMPLES
from dicomspec.validation.visit import Found, ItemVisit

ICON, _DIRECTORY = 0x00880200, 0x00041220


def icon(visit: ItemVisit, _tag: int) -> Iterator[Found]:
    """Report what an icon may not be."""
    if visit.chain[-1].sequence != ICON:
        return
    image = facts.image(visit)
    in_record = any(place.sequence == _DIRECTORY for place in visit.chain)
    allowed = {8} if image.photometric in PALETTE else {1, 8}
    wrong = (
        (facts.PHOTOMETRIC, image.photometric in THREE_SAMPLES),
        (facts.ALLOCATED, image.allocated is not None and image.allocated not in allowed),
        (facts.STORED, image.stored is not None and image.stored not in {1, 8}),
        (facts.REPRESENTATION, image.representation not in {0, None}),
        (facts.ASPECT_RATIO, not _is_square(visit, in_record=in_record)),
    )
    for each, is_wrong in wrong:
        if is_wrong:
            # PS3.3 C.7.6.1.1.6, F.7
            clause = "PS3.3 F.7" if in_record else "PS3.3 C.7.6.1.1.6"
            message = "{} is not what an icon may have."
            yield fault(visit, "pixel-data/icon", each, clause, message)


def _is_square(visit: ItemVisit, *, in_record: bool) -> bool:
    element = data.element(visit.dataset, facts.ASPECT_RATIO)
    if element is None:
        return True
    found = data.numbers(element)
    return in_record and (not found or len(found) != 2 or found[0] == found[1])


ASKED = {facts.PHOTOMETRIC: icon}
