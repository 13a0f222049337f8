"""Icon images (PS3.3 C.7.6.1.1.6), beside what holds for any image.

How it decides:
1. The clause holds unless the table that has the Icon Image Sequence says otherwise; none of this
   edition does, in what is asked here.
2. What is absent isn't judged.
"""

from collections.abc import Iterator

from dicomspec.validation.checks import image_facts as facts
from dicomspec.validation.checks.image_facts import fault
from dicomspec.validation.transfer_syntaxes import PALETTE, THREE_SAMPLES
from dicomspec.validation.visit import Found, ItemVisit

ICON = 0x00880200


def icon(visit: ItemVisit, _tag: int) -> Iterator[Found]:
    """Report what an icon may not be."""
    if visit.chain[-1].sequence != ICON:
        return
    image = facts.image(visit)
    allowed = {8} if image.photometric in PALETTE else {1, 8}
    wrong = (
        (facts.SAMPLES, image.samples not in {1, None} and image.photometric not in THREE_SAMPLES),
        (facts.PHOTOMETRIC, image.photometric in THREE_SAMPLES),
        (facts.ALLOCATED, image.allocated is not None and image.allocated not in allowed),
        (facts.STORED, image.stored is not None and image.stored not in {1, 8}),
        (facts.REPRESENTATION, image.representation not in {0, None}),
        (facts.ASPECT_RATIO, facts.ASPECT_RATIO in visit.dataset.keys()),  # noqa: SIM118
    )
    for each, is_wrong in wrong:
        if is_wrong:
            # PS3.3 C.7.6.1.1.6
            message = "{} is not what an icon may have."
            yield fault(visit, "pixel-data/icon", each, "PS3.3 C.7.6.1.1.6", message)


ASKED = {facts.PHOTOMETRIC: icon}
