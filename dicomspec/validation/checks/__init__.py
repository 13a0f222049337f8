"""The ordered tables of checks.

A check of an Attribute is a generator over a Visit, one of all elements of an Item (or of the data
set itself) over an ItemVisit, one of the whole data set over a Run, before the Items or after them.
Which checks concern an Attribute that is there hangs on its Slot, and is found once for each. Each
yields Findings and NotEvaluated; one that raises becomes a finding of its own (see `walk`).
"""

from collections.abc import Callable, Iterator

from dicomspec.validation.checks import (
    bulk,
    content,
    counts,
    file_meta,
    functional_groups,
    identity,
    met,
    modules,
    relations,
    sequences,
    terms,
    types,
    uids,
    values,
)
from dicomspec.validation.level import Level, Slot
from dicomspec.validation.visit import Check, Found, ItemVisit, Run

WHEN_ABSENT: tuple[Check, ...] = (types.absent,)

WHEN_EMPTY: tuple[Check, ...] = (types.empty,)

# each with what a Slot has to be for the check to concern it
WHEN_PRESENT: tuple[tuple[Callable[[Slot], bool], Check], ...] = (
    (types.may_forbid, types.not_permitted),
    (sequences.has_rows, sequences.is_sequence),
    (sequences.counts_items, sequences.item_count),
    (terms.has_lists, terms.not_listed),
    (counts.has_counts, counts.not_so_many),
)

# each with what the Run, the Level and the tags of an Item have to be for the check to concern it
OF_ITEM: tuple[
    tuple[Callable[[Run, Level, frozenset[int]], bool], Callable[[ItemVisit], Iterator[Found]]], ...
] = (
    (uids.has_uids, uids.of_another_kind),
    (relations.has_related, relations.between_elements),
    (identity.has_others, identity.of_elements),
    (content.has_constraints, content.presence),
    (values.has_elements, values.of_item),
    (bulk.has_bulk, bulk.against_description),
)

OF_DATASET: tuple[Callable[[Run], Iterator[Found]], ...] = (
    file_meta.required,
    file_meta.elements,
    file_meta.version,
    file_meta.same_instance,
    file_meta.transfer_syntax,
    file_meta.private_information,
    values.of_file_meta,
    modules.missing,
    modules.not_permitted,
    modules.excluded,
    modules.undecided,
    functional_groups.frame_count,
    functional_groups.no_frames,
    functional_groups.placed,
)

# once all Items were looked at
AT_THE_END: tuple[Callable[[Run], Iterator[Found]], ...] = (met.told,)


def bound(slot: Slot) -> tuple[Check, ...]:
    """Return the checks that concern a Slot when its Attribute is there."""
    if slot.checks is None:
        slot.checks = tuple(check for concerns, check in WHEN_PRESENT if concerns(slot))
    return slot.checks
