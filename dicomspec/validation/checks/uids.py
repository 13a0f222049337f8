"""UIDs that the registry knows, in places where others are due (PS3.6 A).

How it decides:
1. A UID of the registry names one thing. Where an instance or a SOP Class is to be named, one that
   the registry has as something else is wrong.
2. A UID that the registry doesn't have may be of a later edition, or private: nothing is said,
   unless it is below the standard's own root, where nothing of that kind is ever registered.
3. The SOP Class of the data set itself is a matter of choosing the IOD.
"""

from collections.abc import Iterator

from dicomspec import dataset as data
from dicomspec.validation.level import Level
from dicomspec.validation.visit import Found, ItemVisit, Run

_SOP_CLASSES = frozenset({"SOP Class", "Meta SOP Class"})
_INSTANCES = frozenset({"Well-known SOP Instance"})
_FRAMES = frozenset({"Well-known frame of reference"})
_NOTHING: frozenset[str] = frozenset()

# Attribute → what the registry may have its UID as, and what the Attribute names
_KINDS = {
    0x00081150: (_SOP_CLASSES, "a SOP Class"),  # Referenced SOP Class UID
    0x00080018: (_INSTANCES, "a SOP Instance"),  # SOP Instance UID
    0x00081155: (_INSTANCES, "a SOP Instance"),  # Referenced SOP Instance UID
    0x0020000D: (_NOTHING, "a Study"),  # Study Instance UID
    0x0020000E: (_NOTHING, "a Series"),  # Series Instance UID
    0x00200052: (_FRAMES, "a Frame of Reference"),  # Frame of Reference UID
    0x30060024: (_FRAMES, "a Frame of Reference"),  # Referenced Frame of Reference UID
}
_ROOT = ("1.2.840.10008.", b"1.2.840.10008.")
_LATER = "1.2.840.10008.1."  # well-known instances and Frames of Reference are below it


def has_uids(_run: Run, _level: Level, tags: frozenset[int]) -> bool:
    """Say whether there are Attributes that name what the registry may have as something else."""
    return not tags.isdisjoint(_KINDS)


def of_another_kind(visit: ItemVisit) -> Iterator[Found]:
    """Report a UID that names something else than what it stands for."""
    present = visit.dataset.keys()
    for tag, (kinds, what) in _KINDS.items():
        if tag not in present:
            continue
        element = data.element(visit.dataset, tag)
        value = getattr(element, "value", None)
        if not isinstance(value, str | bytes) or value[:14] not in _ROOT:
            continue
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        known = visit.run.edition.uids.get(text.strip(" \0"))
        if known is None and kinds is not _SOP_CLASSES and not text.startswith(_LATER):
            # PS3.5 9: it isn't for what is privately defined
            name = _name(visit, tag)
            message = f"{name} is below the standard's own root, which isn't for {what}."
            citation = visit.run.edition.cite_section("PS3.5", "9")
            yield visit.finding("uid/standard-root", tag, message, citation)
        # PS3.6 A, PS3.5 9: a UID identifies one thing
        if known is not None and known.type not in kinds:
            name = _name(visit, tag)
            message = f"{name} should name {what}; the registry has its UID as {known.type}."
            citation = visit.run.edition.cite_section("PS3.6", "A")
            yield visit.finding("uid/of-another-kind", tag, message, citation)


def _name(visit: ItemVisit, tag: int) -> str:
    element = visit.run.edition.element(tag)
    return element.name if element is not None else visit.run.edition.keyword(tag)
