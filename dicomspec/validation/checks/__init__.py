"""The ordered tables of checks.

A check of an Attribute is a generator over a Visit, one of all elements of an Item (or of the data
set itself) over an ItemVisit, one of the whole data set over a Run.
Each yields Findings and NotEvaluated; one that raises becomes a finding of its own (see `walk`).
"""

from collections.abc import Callable, Iterator

from dicomspec.validation.checks import functional_groups, modules, sequences, types
from dicomspec.validation.visit import Check, Found, ItemVisit, Run

WHEN_ABSENT: tuple[Check, ...] = (types.absent,)

WHEN_PRESENT: tuple[Check, ...] = (
    types.empty,
    types.not_permitted,
    sequences.is_sequence,
    sequences.item_count,
)

OF_ITEM: tuple[Callable[[ItemVisit], Iterator[Found]], ...] = ()

OF_DATASET: tuple[Callable[[Run], Iterator[Found]], ...] = (
    modules.missing,
    modules.not_permitted,
    modules.undecided,
    functional_groups.frame_count,
    functional_groups.no_frames,
    functional_groups.placed,
)
