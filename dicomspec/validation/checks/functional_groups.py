"""Functional Groups over all frames (PS3.3 C.7.6.16).

How it decides:
1. A Functional Group is known by the Sequence that its Macro describes; it is there in an Item that holds
   that Sequence.
2. A Macro of Usage M is shared, or in every frame's Item. One that is in no frame is one finding; one that
   some frames lack is one finding too, at the first that lacks it.
3. A Macro in both is a finding at the shared one; one that stands where the IOD's table forbids it likewise.
4. The frames' Items are those of the Per-Frame Functional Groups Sequence, of the Selected Frame Functional
   Groups Sequence (C.7.6.29), or of the Current Frame Functional Groups Sequence (C.7.6.27).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dicomspec import dataset as data
from dicomspec.findings import Citation, Finding, Location, Step
from dicomspec.model import Attribute, Sharing, Type, Usage
from dicomspec.validation.plan import Owner
from dicomspec.validation.visit import Found, Run, names

_SHARED = 0x52009229
_PER_FRAME = 0x52009230
_FRAMES = (_PER_FRAME, 0x30020101, 0x00060001)
_NUMBER_OF_FRAMES = 0x00280008


@dataclass(frozen=True, slots=True)
class _Groups:
    """The Functional Groups Sequences of a data set: the shared Item, and the frames' Items."""

    shared: Any
    frames_tag: int
    frames: list[Any]


def _groups(run: Run) -> _Groups | None:
    shared = _items(run, _SHARED)
    tag = next((tag for tag in _FRAMES if tag in run.dataset), _PER_FRAME)
    frames = _items(run, tag)
    if shared is None and frames is None:
        return None
    return _Groups(shared[0] if shared else None, tag, frames or [])


def _items(run: Run, tag: int) -> list[Any] | None:
    if tag not in run.dataset:
        return None
    try:
        found = data.items(run.dataset.get_item(tag))
    except data.BadElement:
        return None
    return None if found is None else list(found)


def frame_count(run: Run) -> Iterator[Found]:
    """Report that there are more or fewer frames' Items than frames."""
    frames = _items(run, _PER_FRAME)
    if not run.plan.macros or not frames or _NUMBER_OF_FRAMES not in run.dataset:
        return
    try:
        number = int(str(run.dataset[_NUMBER_OF_FRAMES].value))
    except (ValueError, TypeError):
        return  # not a number: a matter of its value
    # PS3.3 C.7.6.16.1.2
    if number != len(frames):
        slot = run.plan.root(run.presence.enforced).slots.get(_PER_FRAME)
        if slot is None:
            return
        rule = slot.first
        yield Finding(
            code="functional-group/frame-count",
            location=Location((Step(*names(run.edition, _PER_FRAME)),)),
            message=f"The Per-Frame Functional Groups Sequence has {len(frames)} Items, "
            f"Number of Frames says {number}.",
            citation=run.edition.cite(rule.source.table, rule.attribute.row),
            module=rule.source.owner.name,
            type=rule.type.value if rule.type else "",
            sop_class_uid=run.sop_class_uid,
        )


def placed(run: Run) -> Iterator[Found]:
    """Report Functional Groups that are missing, in both places, or where they may not be."""
    groups = _groups(run)
    if groups is None:
        return
    for owner in run.plan.macros:
        sequence = _sequence(run, owner)
        if sequence is not None:
            yield from _place(run, groups, owner, sequence)


def _sequence(run: Run, owner: Owner) -> Attribute | None:
    """Return the Sequence by which a Macro is known; None if it begins with none."""
    if owner.table is None:
        return None
    return next((e for e in run.edition.table(owner.table).entries if isinstance(e, Attribute)), None)


def _place(run: Run, groups: _Groups, owner: Owner, sequence: Attribute) -> Iterator[Found]:
    assert owner.macro is not None  # the Plan's macros have one
    tag = int(sequence.tag[1:5] + sequence.tag[6:10], 16)
    shared = groups.shared is not None and tag in groups.shared
    frames = [tag in frame for frame in groups.frames]
    report = _Report(run, owner, tag)
    sharing = owner.macro.sharing
    if shared and any(frames):
        # PS3.3 C.7.6.16.1.1
        yield report.at(_SHARED, 1, "functional-group/in-both", "is shared and in a frame's Item")
    elif shared and sharing is Sharing.PER_FRAME_ONLY:
        yield report.at(_SHARED, 1, "functional-group/not-permitted", "may not be shared in this IOD")
    elif any(frames) and sharing is Sharing.SHARED_ONLY:
        first = frames.index(True) + 1
        what = "may only be shared in this IOD"
        yield report.at(groups.frames_tag, first, "functional-group/not-permitted", what)
    elif _demanded(owner, sequence) and not shared and not (frames and all(frames)):
        yield report.missing(groups, frames)


def _demanded(owner: Owner, sequence: Attribute) -> bool:
    return (
        owner.usage is Usage.MANDATORY
        and owner.condition is None
        and sequence.type in {Type.TYPE_1, Type.TYPE_2}
    )


@dataclass(frozen=True, slots=True)
class _Report:
    run: Run
    owner: Owner
    tag: int

    def missing(self, groups: _Groups, frames: list[bool]) -> Finding:
        lacking = frames.count(False)
        if not any(frames):
            return self.at(_SHARED, 1, "functional-group/missing", "is neither shared nor in any frame")
        what = f"is not shared, and {lacking} of {len(frames)} frames lack it"
        first = frames.index(False) + 1
        return self.at(groups.frames_tag, first, "functional-group/missing", what)

    def at(self, sequence: int, item: int, code: str, what: str) -> Finding:
        edition = self.run.edition
        steps = (Step(*names(edition, sequence), item), Step(*names(edition, self.tag)))
        return Finding(
            code=code,
            location=Location(steps),
            message=f"The {self.owner.name} Functional Group {what}.",
            citation=self._citation(),
            module=self.owner.name,
            type=self.owner.letter,
            sop_class_uid=self.run.sop_class_uid,
        )

    def _citation(self) -> Citation:
        return self.owner.citation
