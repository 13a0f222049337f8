"""What an element is, and whether it may be where it is (PS3.5 7, PS3.6, PS3.3 A.1.3).

How it decides:
1. Elements that a row names where they are, are fine, and so is what may be in any data set: the
   padding at its end (PS3.10 7.2), and Digital Signatures in Items (PS3.3 C.12.1.1.3); at the
   root, the UIDs that say what it is, and its character set (PS3.5 6.1). Where rows admit other
   Attributes, or nothing describes the Item, all are fine that the registry has.
2. Of the others the first of these is told: the group isn't one that a data set may have; it is
   private (see `private`); it is a Group Length, which is retired (one that is wrong, too, is told
   by the reader of the file); the registry doesn't have it; the registry has it as retired; the
   IOD has it nowhere; the IOD has it elsewhere.
3. An Attribute is elsewhere, too, where the rows that name it here don't hold. What a Module names
   here that isn't in force isn't told: that Module's presence is decided by the root.
4. At the root, what a Module has that isn't permitted is told of that Module.
5. What the registry doesn't have may be of a later edition: that is no error.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dicomspec.edition import Edition
from dicomspec.findings import Citation
from dicomspec.validation.checks import met, modules, private
from dicomspec.validation.checks.met import Here
from dicomspec.validation.level import ANYTHING, Level
from dicomspec.validation.scope import base_tag, number
from dicomspec.validation.visit import Found, ItemVisit, Run
from dicomspec.validation.whereabouts import Row

PADDING, SIGNATURES, MAC_PARAMETERS = 0xFFFCFFFC, 0xFFFAFFFA, 0x4FFE0001
CHARACTER_SET = 0x00080005
_ANYWHERE = frozenset({PADDING, SIGNATURES, MAC_PARAMETERS})
_AT_THE_ROOT = frozenset({CHARACTER_SET, 0x00080016, 0x00080018})  # SOP Class and Instance UID
# PS3.5 7.6: the groups of overlay planes
_OVERLAYS = range(0x6000, 0x6020, 2)
_BEYOND = range(0x6020, 0x6100, 2)
_COMMANDS, _FILE_META, _DIRECTORY, _REAL_TIME, _ITEMS = 0x0000, 0x0002, 0x0004, 0x0006, 0xFFFE
_ODD, _NUMBER = 0x10000, 0xFFFF
_GROUP_LENGTHS = "Group Lengths are retired."
_RESERVED = frozenset({_COMMANDS, _FILE_META, _DIRECTORY, _REAL_TIME})


class Said(NamedTuple):
    """What is to be said of an element."""

    code: str
    message: str
    citation: Callable[[], Citation]


def has_others(run: Run, level: Level, tags: frozenset[int]) -> bool:
    """Say whether there are elements that aren't fine where they are."""
    return not tags <= _fine(level, run.edition)


def of_elements(visit: ItemVisit) -> Iterator[Found]:
    """Look at the elements of an Item that aren't fine where they are; they are told at the end."""
    fine = _fine(visit.level, visit.run.edition)
    # tags of pydicom are compared in Python; their hashes are the numbers themselves
    tags = [tag for tag in map(hash, visit.dataset.keys()) if tag not in fine]
    if not tags:
        return
    here = Here(visit)
    private_ones = [tag for tag in tags if tag & _ODD and tag & _NUMBER]
    if len(private_ones) < len(tags):
        for tag in tags:
            if not (tag & _ODD and tag & _NUMBER) and (said := _said(here, tag)) is not None:
                _meet(here, tag, said)
    if private_ones:
        private.of_private(here, private_ones)
    yield from ()


def _meet(here: Here, tag: int, said: Said) -> None:
    if said.message is _GROUP_LENGTHS:
        met.once(here.visit, said.code, tag, _group_lengths, ("PS3.5", "7.2"))
    else:
        here.meet(said.code, tag, said.message, said.citation)


def _group_lengths(number: int) -> str:
    return f"{_GROUP_LENGTHS} There are {number}." if number > 1 else _GROUP_LENGTHS


def _fine(level: Level, edition: Edition) -> frozenset[int]:
    if level is ANYTHING:
        return _registered(edition)
    if level.fine is None:
        fine = set(_registered(edition) if level.open else _ANYWHERE)
        for tag, slot in level.slots.items():
            fine.update(_each(tag) if slot.repeating else (tag,))
        level.fine = frozenset(fine)
    return level.fine


@lru_cache(maxsize=8)
def _registered(edition: Edition) -> frozenset[int]:
    """Return the tags of Attributes that the registry has, and not as retired."""
    tags: set[int] = set()
    for written, element in edition.elements.items():
        tag = number(written)
        if not element.retired and tag >> 16 not in {*_RESERVED, _ITEMS}:
            tags.update(_each(tag) if "x" in written else (tag,))
    return frozenset(tags - private.BULK)


def _each(tag: int) -> list[int]:
    """Return the tags of an Attribute in all groups that it repeats in."""
    return [group << 16 | tag & 0xFFFF for group in _OVERLAYS]


def _said(here: Here, tag: int) -> Said | None:
    """Return what is to be said of an element that isn't private, kept for Items of one path."""
    visit = here.visit
    kept = visit.run.related.setdefault(of_elements, {})
    key = (id(visit.level), here.way, tag)  # Levels live as long as their Plan
    if key not in kept:
        kept[key] = _judged(visit, tag)
    said: Said | None = kept[key]
    return said


def _judged(visit: ItemVisit, tag: int) -> Said | None:
    edition = visit.run.edition
    if (why := _of_group(visit, tag >> 16)) is not None:
        clause, message = why
        return _by(edition, "attribute/group-not-permitted", message, "PS3.5", clause)
    if not tag & 0xFFFF:
        # PS3.5 7.2
        retired = _by(edition, "attribute/retired", _GROUP_LENGTHS, "PS3.5", "7.2")
        return None if _is_remarked(visit, tag) else retired
    element = edition.element(tag)
    if element is None:
        # PS3.5 7.1: Standard Data Elements are those of the Data Dictionary
        message = f"The registry of {edition.name} has no such element."
        return _by(edition, "attribute/unknown", message, "PS3.6", "6")
    if element.retired:
        # PS3.6 6: RET
        message = f"{element.name} is retired."
        return _by(edition, "attribute/retired", message, "PS3.6", "6")
    if tag in private.BULK and private.is_around(visit):
        # PS3.5 7.8.2
        message = f"{element.name} stands within a private Sequence."
        return _by(edition, "attribute/in-private-item", message, "PS3.5", "7.8.2")
    return None if visit.level.open else _not_named(visit, tag, element.name)


def _is_remarked(visit: ItemVisit, tag: int) -> bool:
    """Say whether the reader of the file has told of a wrong Group Length."""
    wrong = "encoding/group-length"
    remarks = visit.run.instance.remarks
    return any(each.code == wrong and each.steps[-1:] == ((tag, 0),) for each in remarks)


def _by(edition: Edition, code: str, message: str, part: str, section: str) -> Said:
    return Said(code, message, lambda: edition.cite_section(part, section))


def _of_group(visit: ItemVisit, group: int) -> tuple[str, str] | None:
    """Return the section by which a data set may not have a group, and why."""
    if group in _BEYOND:
        # PS3.5 7.6
        return "7.6", "No repeating group has this number."
    if group == _ITEMS:
        # PS3.5 7.5
        return "7.5", "Elements of this group delimit Items."
    if group in private.NOT_USED:
        # PS3.5 7.1, 7.8.1
        return "7.8.1", private.SHALL_NOT_BE_USED
    return _of_reserved(visit, group) if group in _RESERVED else None


def _of_reserved(visit: ItemVisit, group: int) -> tuple[str, str] | None:
    if len(visit.chain) > 1 and group != _DIRECTORY:
        # PS3.5 7.5.1
        return "7.5.1", "No Item may have elements of this group."
    root = visit.chain[0].level
    described = {tag >> 16 for tag in root.slots} if root is not None else set()
    # of an unknown SOP Class it isn't known whether it is a directory, or transmitted in real time
    if group in {_COMMANDS, _FILE_META} or (described and group not in described):
        # PS3.5 7.1
        return "7.1", "The group is not one that this data set may have."
    return None


def _not_named(visit: ItemVisit, tag: int, name: str) -> Said | None:
    """Return what is to be said of a known Attribute that no row names here."""
    run, base = visit.run, base_tag(tag)
    told = base in run.covered or base in modules.told_of(run) or tag in _AT_THE_ROOT
    if told and len(visit.chain) == 1:
        return None
    row = run.plan.whereabouts.get(base)
    if tag == CHARACTER_SET and len(visit.chain) > 1:
        # PS3.5 7.5.3
        message = f"No row of the IOD has {name} in these Items."
        return _by(run.edition, "charset/in-item", message, "PS3.5", "7.5.3")
    if row is None:
        message = f"{name} is not in the {run.plan.iod.name} IOD."
        return Said("attribute/not-in-iod", message, lambda: run.edition.cite_iod(run.plan.iod))
    here = _named_by_all(visit, base)
    if here is not None and any(index not in run.presence.enforced for index in here):
        return None
    what = "its row here doesn't hold" if here is not None else _where(run.edition, row)
    return Said(
        "attribute/misplaced",
        f"{name} is not asked for here; {what}.",
        lambda: run.edition.cite(row.table, row.row),
    )


def _where(edition: Edition, row: Row) -> str:
    if not row.sequences:
        return "the IOD has it at the root"
    return f"the IOD has it elsewhere, as in {'.'.join(map(edition.keyword, row.sequences))}"


def _named_by_all(visit: ItemVisit, tag: int) -> set[int] | None:
    """Return the Modules whose rows name an Attribute here, in force or not; None without any.

    Functional Group Macros are taken to be in force.
    """
    plan = visit.run.plan
    level = plan.whole
    for place in visit.chain[1:]:
        slot = level.slots.get(base_tag(place.sequence))
        if slot is None or not slot.sequence:
            return None
        level = plan.children(slot)
    slot = level.slots.get(tag)
    if slot is None:
        return None
    owners = {rule.source.owner.index for rule in slot.rules}
    return {index for index in owners if index < len(plan.modules)}
