"""Usage of the IOD's Modules (PS3.3 A.1.3)."""

from collections.abc import Iterator

from dicomspec.findings import Finding
from dicomspec.model import Type, Usage
from dicomspec.validation.conditions import Outcome
from dicomspec.validation.doubt import doubt
from dicomspec.validation.level import DEMANDED, Owner
from dicomspec.validation.visit import ROOT, Found, Run

_SHOWN = 5
_OPTIONAL = {Type.TYPE_3, None}


def missing(run: Run) -> Iterator[Found]:
    """Report Modules in force none of whose Attributes is there."""
    for index in run.presence.missing:
        owner = run.plan.modules[index]
        # PS3.3 A.1.3.1, A.1.3.2
        code = "conditional" if owner.usage is Usage.CONDITIONAL else "mandatory"
        yield _finding(
            run,
            owner,
            f"module/{code}-missing",
            f"None of the Attributes of the {owner.name} Module is present; "
            f"it needs {_needed(run, owner)}.",
        )


def not_permitted(run: Run) -> Iterator[Found]:
    """Report Modules that are present though their condition forbids them."""
    for index in run.presence.not_permitted:
        owner = run.plan.modules[index]
        if why := doubt((owner.condition,), run.root, run):
            yield run.undecided(owner, why)
            continue
        # PS3.3 A.1.3.2
        found = [
            slot.first.attribute.name
            for tag, slot in run.plan.module_slots[index].slots.items()
            if tag in run.dataset
        ]
        shown = ", ".join(found[:_SHOWN])
        yield _finding(
            run,
            owner,
            "module/not-permitted",
            f"The {owner.name} Module is not permitted here, "
            f"and Attributes of it are present: {shown}.",
        )


def told_of(run: Run) -> set[int]:
    """Return the tags of excluded Modules that are present: one finding stands for them."""
    told: set[int] = run.related.setdefault(told_of, set())
    return told


def excluded(run: Run) -> Iterator[Found]:
    """Report Modules that the IOD's own sections say shall not be used, and that are.

    One is used that has an Attribute of another Type than 3 at the root which no Module of the IOD
    has: what is of Type 3 may have been added for its own sake.
    """
    explained = run.plan.root(run.presence.enforced).slots
    for exclusion, level in run.plan.excluded:
        found = [
            slot.first.attribute.name
            for tag, slot in level.slots.items()
            if tag in run.base_tags and tag not in explained and slot.first.type not in _OPTIONAL
        ]
        if found:
            told_of(run).update(level.slots)
            # PS3.3 Annex A: the constraints stand in the IOD's own sections
            yield Finding(
                code="module/not-permitted",
                location=ROOT,
                message=f"The {exclusion.name} Module shall not be used in this IOD, "
                f"and Attributes of it are present: {', '.join(found[:_SHOWN])}.",
                citation=run.edition.cite_place(exclusion.section, exclusion.page),
                module=exclusion.name,
                sop_class_uid=run.sop_class_uid,
            )


def undecided(run: Run) -> Iterator[Found]:
    """List the conditions of Modules that were not decided."""
    for index, decision in run.decisions.items():
        if decision.outcome is Outcome.UNKNOWN:
            yield run.undecided(run.plan.modules[index], decision)


def _finding(run: Run, owner: Owner, code: str, message: str) -> Finding:
    decision = run.decisions.get(owner.index)
    return Finding(
        code=code,
        location=ROOT,
        message=message,
        citation=owner.citation,
        module=owner.name,
        type=owner.letter,
        condition=run.wording.said(owner.condition) if owner.condition else "",
        because=decision.because if decision else (),
        sop_class_uid=run.sop_class_uid,
    )


def _needed(run: Run, owner: Owner) -> str:
    slots = run.plan.module_slots[owner.index].slots.values()
    needed = [
        f"{slot.first.attribute.name} (Type {slot.base_type.value})"
        for slot in slots
        if slot.base_type in DEMANDED and slot.base_type is not None
    ]
    more = f" and {len(needed) - _SHOWN} more" if len(needed) > _SHOWN else ""
    return ", ".join(needed[:_SHOWN]) + more
