"""References within documents, and UIDs that have to differ.

How it decides:
1. A Referenced Content Item Identifier leads from the root, 1, by the numbers of Items to a Content
   Item that is there.
2. What a content tree refers to is listed as evidence, current or pertinent. Without any list of
   evidence one finding stands for all.
3. The same UID doesn't stand for two of: Study, Series, SOP Instance, Frame of Reference,
   Concatenation, specimen. It is said of the one whose UID comes later in that order.
"""

from collections.abc import Iterator
from typing import Any

from dicomspec import dataset as data
from dicomspec.validation.checks.relation_kinds import (
    MISSING,
    by_section,
    items,
    named,
    numbers,
    texts,
)
from dicomspec.validation.visit import Found, ItemVisit

_CONTENT = 0x0040A730
_CURRENT, _PERTINENT = 0x0040A375, 0x0040A385
_SERIES, _INSTANCES, _INSTANCE = 0x00081115, 0x00081199, 0x00081155
_STUDY_UID, _SERIES_UID, _SOP_UID, _FRAME_UID = 0x0020000D, 0x0020000E, 0x00080018, 0x00200052
_CONCATENATION_UID, _SPECIMEN_UID = 0x00209161, 0x00400554
_UIDS = (_STUDY_UID, _SERIES_UID, _SOP_UID, _FRAME_UID, _CONCATENATION_UID)


def _target(visit: ItemVisit, tag: int) -> Iterator[Found]:
    way = numbers(visit.dataset, tag)
    if visit.slot(tag) is None or not way:
        return
    there = way[0] == 1
    item = visit.chain[0].dataset
    for number in way[1:]:
        item = _child(item, int(number)) if there else None
        there = item is not None
    if not there:
        # PS3.3 C.17.3.2.5
        message = f"{named(visit, tag)} leads to no Content Item."
        yield by_section(visit, MISSING, tag, "C.17.3.2.5", message)


def _child(item: Any, number: int) -> Any:
    """Return an Item of the Content Sequence by its number from one, None if it isn't there."""
    element = data.element(item, _CONTENT)
    try:
        found = data.items(element) if element is not None else None
    except data.BadElement:
        return None
    return found[number - 1] if found and 1 <= number <= len(found) else None


def _evidence(visit: ItemVisit, tag: int) -> Iterator[Found]:
    chain = visit.chain
    if len(chain) < 3 or chain[1].sequence != _CONTENT or chain[-1].sequence != _INSTANCES:
        return
    root = chain[0].level.slots if chain[0].level is not None else {}
    uid = _uid(visit.dataset, tag)
    if _CURRENT not in root or not uid or visit.slot(tag) is None:
        return
    listed = visit.run.related.get(_CURRENT)
    if listed is None:
        listed = visit.run.related[_CURRENT] = _listed(chain[0].dataset)
    if uid not in listed:
        # PS3.3 C.17.2.3
        message = "An instance that the content refers to isn't listed as evidence."
        yield by_section(visit, MISSING, tag, "C.17.2.3", message)


def _listed(root: Any) -> frozenset[str]:
    """Return the SOP Instance UIDs of all evidence."""
    found = set()
    for sequence in (_CURRENT, _PERTINENT):
        for study in items(data.element(root, sequence)):
            for series in items(data.element(study, _SERIES)):
                for instance in items(data.element(series, _INSTANCES)):
                    found.add(_uid(instance, _INSTANCE))
    return frozenset(found)


def _uid(dataset: Any, tag: int) -> str:
    return next(iter(texts(dataset, tag)), "")


def _differs(visit: ItemVisit, tag: int) -> Iterator[Found]:
    own = _uid(visit.dataset, tag)
    if not own or (visit.steps and tag != _SPECIMEN_UID):
        return
    for other in _UIDS[: _UIDS.index(tag)] if tag in _UIDS else _UIDS:
        if own == _uid(visit.chain[0].dataset, other):
            # PS3.5 9
            message = f"{named(visit, tag)} is the same as {named(visit, other)}."
            citation = visit.run.edition.cite_section("PS3.5", "9")
            yield visit.finding("relation/same-uid", tag, message, citation)
            return


ASKED = {
    0x0040DB73: _target,  # Referenced Content Item Identifier
    _INSTANCE: _evidence,
    **dict.fromkeys((*_UIDS[1:], _SPECIMEN_UID), _differs),
}
