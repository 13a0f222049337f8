"""Usage of the IOD's Modules (PS3.3 A.1.3)."""

from collections.abc import Iterator
from dataclasses import replace

from dicomspec.findings import Finding
from dicomspec.model import Usage
from dicomspec.validation.conditions import Outcome
from dicomspec.validation.doubt import doubt
from dicomspec.validation.level import DEMANDED, Owner
from dicomspec.validation.visit import ROOT, Found, Run

_SHOWN = 5


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
    """Report Modules that are present though their condition, or the IOD, forbids them."""
    for index in run.presence.not_permitted:
        owner, excluded = run.plan.modules[index], run.plan.excluded.get(index)
        if excluded is None and (why := doubt((owner.condition,), run.root, run)):
            yield run.undecided(owner, why)
            continue
        # PS3.3 A.1.3.2
        found = [
            slot.first.attribute.name
            for tag, slot in run.plan.module_slots[index].slots.items()
            if tag in run.dataset
        ]
        shown = ", ".join(found[:_SHOWN])
        finding = _finding(
            run,
            owner,
            "module/not-permitted",
            f"The {owner.name} Module is not permitted here, "
            f"and Attributes of it are present: {shown}.",
        )
        if excluded is not None:
            citation = run.edition.cite_place(excluded.section, excluded.page)
            finding = replace(finding, citation=citation, condition="", because=())
        yield finding


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
