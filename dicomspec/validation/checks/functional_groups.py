"""Functional Groups over all frames (PS3.3 C.7.6.16).

How it decides:
1. A Functional Group is known by the Sequence that its Macro describes; it is there in an Item that
   holds that Sequence.
2. A Macro of Usage M is shared, or in every frame's Item; one of Usage C in those for which its
   condition is true. One that is in no frame is one finding; one that some frames lack is one
   finding too, at the first that lacks it. One whose Sequence is of Type 3 is never missing.
3. A Macro in both is a finding at the shared one; one that stands where the IOD's table, or its
   condition, forbids it likewise.
4. A condition that isn't decided for a frame is listed once.
5. Where no frame has an Item though the IOD has a Macro of Usage M that may not be shared, the
   Sequence of the frames' Items is what is missing, not the Macro.
6. The frames' Items are those of the Per-Frame Functional Groups Sequence, of the Selected Frame
   Functional Groups Sequence (C.7.6.29), or of the Current Frame Functional Groups Sequence
   (C.7.6.27).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dicomspec import dataset as data
from dicomspec.findings import Finding, Location, Step
from dicomspec.model import Attribute, Sharing, Type, Usage
from dicomspec.validation.conditions import Decision, Outcome, decide
from dicomspec.validation.doubt import doubt
from dicomspec.validation.level import DEMANDED, Owner
from dicomspec.validation.scope import FRAMES, SHARED, Chain, Place, number
from dicomspec.validation.visit import Found, Run, names

_SHARED = SHARED
_PER_FRAME = FRAMES[0]
_NUMBER_OF_FRAMES = 0x00280008


@dataclass(frozen=True, slots=True)
class _Groups:
    """The Functional Groups Sequences of a data set: the shared Item, and the frames' Items."""

    shared: Any
    frames_tag: int
    frames: list[Any]


def _groups(run: Run) -> _Groups | None:
    shared = _items(run, _SHARED)
    tag = next((tag for tag in FRAMES if tag in run.dataset), _PER_FRAME)
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
        count = int((data.strings(run.dataset.get_item(_NUMBER_OF_FRAMES)) or ("",))[0])
    except ValueError:
        return  # not a number: a matter of its value
    # PS3.3 C.7.6.16.1.2
    if count != len(frames):
        slot = run.plan.root(run.presence.enforced).slots.get(_PER_FRAME)
        if slot is None:
            return
        rule = slot.first
        yield Finding(
            code="functional-group/frame-count",
            location=Location((Step(*names(run.edition, _PER_FRAME)),)),
            message=f"The Per-Frame Functional Groups Sequence has {len(frames)} Items, "
            f"Number of Frames says {count}.",
            citation=run.edition.cite(rule.source.table, rule.attribute.row),
            module=rule.source.owner.name,
            type=rule.type.value if rule.type else "",
            sop_class_uid=run.sop_class_uid,
        )


def no_frames(run: Run) -> Iterator[Found]:
    """Report that there are no frames' Items though the IOD has a Macro that each has to have."""
    slot = run.plan.root(run.presence.enforced).slots.get(_PER_FRAME)
    owner = next(filter(_in_every_frame, run.plan.macros), None)
    if slot is None or owner is None or any(tag in run.dataset for tag in FRAMES):
        return
    rule = slot.first
    # PS3.3 Table C.7.6.16-1: required if a frame has Functional Groups that aren't empty
    if rule.type is Type.TYPE_1C:
        why = f"the {owner.name} Functional Group is of Usage M, and may not be shared"
        yield Finding(
            code="attribute/type-1c-missing",
            location=Location((Step(*names(run.edition, _PER_FRAME)),)),
            message=f"{rule.attribute.name} is absent, and required here.",
            citation=run.edition.cite(rule.source.table, rule.attribute.row),
            module=rule.source.owner.name,
            type=rule.type.value,
            condition=run.wording.said(rule.condition) if rule.condition else "",
            because=(why,),
            sop_class_uid=run.sop_class_uid,
        )


def _in_every_frame(owner: Owner) -> bool:
    macro = owner.macro
    assert macro is not None  # the Plan's macros have one
    return macro.usage is Usage.MANDATORY and macro.sharing is Sharing.PER_FRAME_ONLY


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
    return next(
        (e for e in run.edition.table(owner.table).entries if isinstance(e, Attribute)), None
    )


def _place(run: Run, groups: _Groups, owner: Owner, sequence: Attribute) -> Iterator[Found]:
    assert owner.macro is not None  # the Plan's macros have one
    tag = number(sequence.tag)
    shared = groups.shared is not None and tag in groups.shared
    frames = [tag in frame for frame in groups.frames]
    report = _Report(run, owner, tag, sequence.type)
    sharing = owner.macro.sharing
    if shared and any(frames):
        # PS3.3 C.7.6.16.1.1
        yield report.at(_SHARED, 1, "functional-group/in-both", "is shared and in a frame's Item")
    elif shared and sharing is Sharing.PER_FRAME_ONLY:
        yield report.at(
            _SHARED, 1, "functional-group/not-permitted", "may not be shared in this IOD"
        )
    elif any(frames) and sharing is Sharing.SHARED_ONLY:
        first = frames.index(True) + 1
        what = "may only be shared in this IOD"
        yield report.at(groups.frames_tag, first, "functional-group/not-permitted", what)
    elif owner.condition is not None:
        yield from _conditional(run, groups, report, frames, shared=shared)
    elif owner.usage is Usage.MANDATORY and sequence.type in DEMANDED and not shared:
        lacking = [n for n, there in enumerate(frames, start=1) if not there]
        if lacking or not (frames or _in_every_frame(owner)):
            yield report.missing(groups, lacking)


def _conditional(
    run: Run, groups: _Groups, report: "_Report", frames: list[bool], *, shared: bool
) -> Iterator[Found]:
    """Hold a Macro with a condition against every frame, or against the shared Item."""
    condition = report.owner.condition
    assert condition is not None  # the caller asked
    chains = _chains(run, groups, shared=shared)
    decisions = [decide(condition, chain, run.around) for chain in chains]
    outcomes = [decision.outcome for decision in decisions]
    there = [shared] if shared else frames or [False]
    numbered = list(enumerate(zip(outcomes, there, strict=True), start=1))
    lacking = [n for n, found in numbered if found == (Outcome.REQUIRED, False)]
    if report.type is Type.TYPE_3:
        lacking = []  # PS3.5 7.4.5: it may be absent
    forbidden = [n for n, found in numbered if found == (Outcome.FORBIDDEN, True)]
    where = _SHARED if shared else groups.frames_tag
    if lacking:
        yield report.missing(groups, lacking, decisions[lacking[0] - 1])
    if forbidden:
        at = forbidden[0]
        if unsure := doubt((condition,), chains[at - 1], run):
            yield run.undecided(report.owner, unsure)
        else:
            what, why = "is not permitted here", decisions[at - 1]
            yield report.at(where, at, "functional-group/not-permitted", what, why)
    if Outcome.UNKNOWN in outcomes:
        yield run.undecided(report.owner, decisions[outcomes.index(Outcome.UNKNOWN)])


def _chains(run: Run, groups: _Groups, *, shared: bool) -> list[Chain]:
    """Return the Items that a Macro's condition is held against: the frames', or the shared one."""
    root = run.root[0]
    if shared or not groups.frames:
        item = groups.shared if groups.shared is not None else run.dataset
        return [(root, Place(item, None, _SHARED, 1, 1))]
    of = len(groups.frames)
    return [
        (root, Place(frame, None, groups.frames_tag, n, of))
        for n, frame in enumerate(groups.frames, start=1)
    ]


@dataclass(frozen=True, slots=True)
class _Report:
    run: Run
    owner: Owner
    tag: int
    type: Type | None  # of the Sequence

    def missing(self, groups: _Groups, lacking: list[int], why: Decision | None = None) -> Finding:
        if len(lacking) == len(groups.frames):
            what = "is neither shared nor in any frame"
            return self.at(_SHARED, 1, "functional-group/missing", what, why)
        what = f"is not shared, and {len(lacking)} of {len(groups.frames)} frames lack it"
        return self.at(groups.frames_tag, lacking[0], "functional-group/missing", what, why)

    def at(
        self, sequence: int, item: int, code: str, what: str, why: Decision | None = None
    ) -> Finding:
        run, owner = self.run, self.owner
        steps = (Step(*names(run.edition, sequence), item), Step(*names(run.edition, self.tag)))
        return Finding(
            code=code,
            location=Location(steps),
            message=f"The {owner.name} Functional Group {what}.",
            citation=owner.citation,
            module=owner.name,
            type=owner.letter,
            condition=run.wording.said(owner.condition) if owner.condition else "",
            because=why.because if why else (),
            sop_class_uid=run.sop_class_uid,
        )
