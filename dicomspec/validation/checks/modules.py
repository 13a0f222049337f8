"""Usage of the IOD's Modules (PS3.3 A.1.3)."""

from collections.abc import Iterator

from dicomspec.findings import Finding
from dicomspec.model import Type, Usage
from dicomspec.validation.plan import Owner
from dicomspec.validation.visit import ROOT, Found, Run

_SHOWN = 5


def missing(run: Run) -> Iterator[Found]:
    """Report Modules of Usage M none of whose Attributes is there."""
    for index in run.presence.missing:
        owner = run.plan.modules[index]
        # PS3.3 A.1.3.1
        yield Finding(
            code="module/mandatory-missing",
            location=ROOT,
            message=f"None of the Attributes of the {owner.name} Module is present; it needs "
            f"{_needed(run, owner)}.",
            citation=owner.citation,
            module=owner.name,
            type=owner.letter,
            sop_class_uid=run.sop_class_uid,
        )


def _needed(run: Run, owner: Owner) -> str:
    slots = run.plan.module_slots[owner.index].slots.values()
    needed = [
        f"{slot.first.attribute.name} (Type {slot.base_type.value})"
        for slot in slots
        if slot.base_type in {Type.TYPE_1, Type.TYPE_2} and slot.base_type is not None
    ]
    more = f" and {len(needed) - _SHOWN} more" if len(needed) > _SHOWN else ""
    return ", ".join(needed[:_SHOWN]) + more


def conditional(run: Run) -> Iterator[Found]:
    """List what a Usage says beyond its letter: conditions of Usage C, restrictions of M and U."""
    for owner in run.plan.modules:
        enforced = owner.index in run.presence.enforced
        if owner.condition is not None and (owner.usage is Usage.CONDITIONAL or enforced):
            yield run.not_evaluated(owner, owner.condition)
    if any(use in run.dataset for use in _FUNCTIONAL_GROUPS):
        for owner in run.plan.macros:
            if owner.condition is not None:
                yield run.not_evaluated(owner, owner.condition)


_FUNCTIONAL_GROUPS = (0x52009229, 0x52009230, 0x30020101)  # Shared, Per-Frame, Selected Frame
