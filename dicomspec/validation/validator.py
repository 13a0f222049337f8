"""validate: one Instance against its IOD's Plan → InstanceReport.

How it decides:
1. The SOP Class is that of the data set, (0008,0016), or else of the File Meta Information,
   (0002,0002).
2. A SOP Class that the edition doesn't map to an IOD gives the verdict `unknown-sop-class`, with a
   finding that says whether it is absent, retired, without an IOD, or not in the standard at all.
3. What can be checked without an IOD is checked then, too.
4. Otherwise the verdict is `fail` if a finding is an error, `pass` if none is.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from dicomspec import dataset as data
from dicomspec.catalogue import CATALOGUE, Severity
from dicomspec.dataset import Instance, Unreadable
from dicomspec.edition import Edition
from dicomspec.findings import Citation, Finding, Location, Step
from dicomspec.model import SOPClass
from dicomspec.outcomes import (
    InstanceReport,
    ModuleOutcome,
    Presence,
    Verdict,
)
from dicomspec.validation.conditions import Outcome, decide
from dicomspec.validation.plan import Plan
from dicomspec.validation.presence import Judge
from dicomspec.validation.presence import Presence as ModulePresence
from dicomspec.validation.scope import base_tags
from dicomspec.validation.verdict import Surroundings
from dicomspec.validation.visit import Run, names
from dicomspec.validation.walk import Walk
from dicomspec.wording import Wording

_SOP_CLASS_UID = 0x00080016
_SOP_INSTANCE_UID = 0x00080018
_MEDIA_STORAGE_SOP_CLASS_UID = 0x00020002


class Validator:
    """Validates Instances against one edition; Plans are compiled once for each IOD."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.wording = Wording(edition)
        self._judges = lru_cache(maxsize=64)(self._judge)

    def _judge(self, iod: str) -> tuple[Plan, Judge]:
        plan = Plan(self.edition, iod)
        return plan, Judge(plan)

    def validate(self, instance: Instance, *, outline: bool = False) -> InstanceReport:
        """Return what was found in an Instance; with its outline when asked for."""
        uid = self.sop_class_uid(instance)
        sop_class = self.edition.sop_classes.get(uid)
        if sop_class is None or sop_class.iod is None:
            return self._unknown(instance, uid, sop_class)
        run = self.run(instance, sop_class.iod, uid)
        walk = Walk(run, outlined=outline)
        walk.go()
        findings = (*self._remarks(instance, uid), *walk.findings)
        return InstanceReport(
            path=instance.path,
            verdict=_verdict(findings),
            findings=findings,
            not_evaluated=tuple(walk.not_evaluated),
            requirements_checked=walk.checked,
            sop_class_uid=uid,
            sop_class_name=sop_class.name,
            sop_instance_uid=_uid(instance.dataset, _SOP_INSTANCE_UID),
            iod=sop_class.iod,
            iod_citation=self.edition.cite_iod(run.plan.iod),
            outline=_outline(walk) if outline else (),
        )

    @staticmethod
    def sop_class_uid(instance: Instance) -> str:
        """Return the SOP Class UID of an Instance, empty if it has none."""
        return _uid(instance.dataset, _SOP_CLASS_UID) or _uid(
            instance.file_meta, _MEDIA_STORAGE_SOP_CLASS_UID
        )

    def run(self, instance: Instance, iod: str, uid: str) -> Run:
        """Return an Instance held against an IOD, with the Modules that are in force.

        Modules that a condition asks about are those present by their Attributes alone.
        """
        plan, judge = self._judges(iod)
        tags = base_tags(instance.dataset.keys())
        first = judge.judge(tags)
        run = Run(
            edition=self.edition,
            wording=self.wording,
            around=_around(instance, plan, first),
            sop_class_uid=uid,
            plan=plan,
            instance=instance,
            presence=first,
        )
        root = run.root
        run.decisions = {
            owner.index: decide(owner.condition, root, run.around)
            for owner in plan.modules
            if owner.condition is not None
        }
        run.presence = judge.judge(
            tags, _having(run, Outcome.REQUIRED), _having(run, Outcome.FORBIDDEN)
        )
        return run

    def _unknown(self, instance: Instance, uid: str, known: SOPClass | None) -> InstanceReport:
        code, message = _why_unknown(uid, known)
        finding = Finding(
            code=code,
            location=Location((Step("(0008,0016)", "SOPClassUID"),)),
            message=message,
            citation=self._cite_sop_class(known),
            value=uid or None,
            sop_class_uid=uid,
        )
        walk = Walk(self.run(instance, "", uid))
        walk.go()
        return InstanceReport(
            path=instance.path,
            verdict=Verdict.UNKNOWN_SOP_CLASS,
            findings=(*self._remarks(instance, uid), finding, *walk.findings),
            not_evaluated=tuple(walk.not_evaluated),
            requirements_checked=walk.checked,
            sop_class_uid=uid,
            sop_class_name=known.name if known else "",
            sop_instance_uid=_uid(instance.dataset, _SOP_INSTANCE_UID),
        )

    def _remarks(self, instance: Instance, uid: str) -> Iterable[Finding]:
        """Yield what the reader of the file remarked; the catalogue says on which clause."""
        for remark in instance.remarks:
            steps = (Step(*names(self.edition, tag), item or None) for tag, item in remark.steps)
            yield Finding(
                code=remark.code,
                location=Location(tuple(steps)),
                message=remark.message,
                citation=self.edition.cite_clause(CATALOGUE[remark.code].clause),
                sop_class_uid=uid,
                offset=remark.offset,
            )

    def _cite_sop_class(self, known: SOPClass | None) -> Citation:
        if known is not None and known.table:
            section = known.table.replace("table_", "sect_").rpartition("-")[0]
            return Citation(self.edition.name, "PS3.4", known.table, section, known.row or "")
        return Citation(self.edition.name, "PS3.4", "table_B.5-1", "sect_B.5", "", "sect_B.5")


def _around(instance: Instance, plan: Plan, modules: ModulePresence) -> Surroundings:
    """Return what conditions may ask of beside the data set."""
    present = {plan.modules[index].name for index in modules.enforced}
    return Surroundings(
        keyword=plan.edition.keyword,
        iod=plan.iod.name,
        transfer_syntax_uid=instance.transfer_syntax_uid,
        module_present=present.__contains__,
        element=plan.edition.element,
    )


def _having(run: Run, outcome: Outcome) -> frozenset[int]:
    return frozenset(
        index for index, decision in run.decisions.items() if decision.outcome is outcome
    )


def _why_unknown(uid: str, known: SOPClass | None) -> tuple[str, str]:
    if not uid:
        return (
            "instance/unknown-sop-class",
            "SOP Class UID is absent or empty; no IOD can be chosen.",
        )
    if known is None:
        return "instance/unknown-sop-class", "SOP Class UID is not one that this edition defines."
    if known.retired:
        return "instance/retired-sop-class", f"{known.name} is retired; no IOD describes it."
    return "instance/unknown-sop-class", f"This edition maps {known.name} to no IOD."


def _verdict(findings: Iterable[Finding]) -> Verdict:
    failed = any(finding.severity is Severity.ERROR for finding in findings)
    return Verdict.FAIL if failed else Verdict.PASS


def unreadable(fault: Unreadable, edition: str) -> InstanceReport:
    """Return the report on an input that can't be read: the reason, and the byte if it is known."""
    where = "" if fault.offset is None else f" (byte {fault.offset})"
    finding = Finding(
        code="instance/unreadable",
        location=Location(),
        message=f"{fault.reason}{where}",
        citation=Citation(edition, "PS3.10", section="chapter_7", page="chapter_7"),
    )
    return InstanceReport(fault.path, Verdict.UNREADABLE, (finding,))


def _uid(dataset: Any, tag: int) -> str:
    """Return a UID without its padding, empty if it is absent or no string (PS3.5 9.1)."""
    element = data.element(dataset, tag) if dataset is not None else None
    value = getattr(element, "value", None)
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    return text.strip(" \0") if isinstance(text, str) else ""


def _outline(walk: Walk) -> tuple[ModuleOutcome, ...]:
    run = walk.run
    outcomes = []
    for owner in run.plan.modules:
        presence = Presence.ABSENT
        if owner.index in run.presence.missing:
            presence = Presence.MISSING
        elif owner.index in run.presence.enforced and walk.outline.get(owner.index):
            presence = Presence.PRESENT
        outcomes.append(
            ModuleOutcome(
                information_entity=owner.entity,
                name=owner.name,
                usage=owner.letter,
                presence=presence,
                citation=owner.citation,
                attributes=tuple(walk.outline.get(owner.index, ())),
            )
        )
    return tuple(outcomes)
