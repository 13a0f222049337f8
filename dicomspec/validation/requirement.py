"""requirement: why an Attribute, Module or Functional Group Macro is (not) required here.

How it decides:
1. By IOD: the Attribute as the Modules ask for it that are in force, or would be if they weren't
   missing. A path that doesn't begin at the root begins where `heads` finds its first Attribute.
   One that only other Modules have is as these are: forbidden where a condition forbids them,
   unknown where one isn't decided, else optional.
2. By table: the row is the longest tail of the path that the table has; what lies before that tail
   is where the table is included. What the root lacks is looked for in Functional Groups. Where
   there are none, and the table is a Functional Group Macro, the root may be an Item of them.
3. Of several rows for one Attribute: required if one requires it, else unknown if one is, else
   optional if one permits it, else forbidden.
4. A Functional Group Macro is asked for in every frame: required if it is in one, else unknown if
   it is in one, and so on. So is the Sequence that it begins with; one of Type 1C is required only
   where the Macro is required too.
5. A tag of a repeating group (60xx) is answered for that very group.
6. Where there is no File Meta Information, a Transfer Syntax UID among the elements is the one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dicomspec import dataset as data
from dicomspec import edition as editions
from dicomspec.dataset import Instance, Unreadable
from dicomspec.edition import Edition
from dicomspec.findings import Citation
from dicomspec.model import Attribute, Conditional, Otherwise, Table, TableKind, Usage
from dicomspec.validation.conditions import Decision, Outcome, decide
from dicomspec.validation.follow import followed, items_of, of_slots, of_table, steps_before
from dicomspec.validation.heads import in_groups, lead
from dicomspec.validation.level import DEMANDED, Level, Owner, Rule, Source
from dicomspec.validation.path import (
    NoIODError,
    NoSuchRequirementError,
    Step,
    keywords,
    nearest,
    parse,
)
from dicomspec.validation.plan import Levels
from dicomspec.validation.presence import Presence
from dicomspec.validation.scope import (
    FRAMES,
    SHARED,
    Chain,
    Place,
    base_tag,
    number,
)
from dicomspec.validation.validator import Validator
from dicomspec.validation.verdict import Reason, Surroundings
from dicomspec.validation.visit import Run, Setting, Visit, cite

_BY_WEIGHT = (Outcome.REQUIRED, Outcome.UNKNOWN, Outcome.OPTIONAL, Outcome.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the standard asks of one Attribute, Module or Functional Group Macro, in one data set.

    `type` is the Attribute's Type ("1C") or the Module's Usage ("C"); `status` "required",
    "optional", "forbidden" or "unknown"; `because` what decided it, or left it open. `module` names
    the Module, Macro or table that asks, `presence` says what the data set has: "present", "empty"
    or "absent". `path` is where that is, in full, from the root.
    """

    type: str
    status: str
    condition: str
    because: tuple[str, ...]
    citation: Citation
    module: str = ""
    presence: str = ""
    path: str = ""


def requirement(  # noqa: PLR0913 - what is asked about, and where, is named one by one
    source: Any,
    path: str | int | None = None,
    *,
    iod: str | None = None,
    table: str | None = None,
    module: str | None = None,
    edition: str = editions.DEFAULT,
    force: bool = False,
) -> Requirement:
    """Return what is asked of an Attribute (`path`), or of a Module or Macro (`module`).

    `source` is a pydicom Dataset, a path, or a DICOM JSON object. There are three forms:

    - `requirement(ds, "Modality")`: the Attribute as an IOD asks for it, by default that of the
      data set's SOP Class, else `iod`. A path is of keywords or tags ("(0028,1054)", "00281054"),
      Items counted from one: "RequestAttributesSequence[1].ScheduledProcedureStepID". It begins at
      the root, or in Functional Groups (the shared Item, else the first frame's that holds it: a
      path that begins with the Per-Frame Functional Groups Sequence says which frame), or at an
      Attribute that the IOD has in one place only. A number, or a pydicom Tag, is a path too.
    - `requirement(ds, path, table="table_C.8-96")`: a row of one table, without an IOD; the row is
      the longest tail of the path that the table has.
    - `requirement(ds, module="X-Ray Table")`: a Module or Functional Group Macro, by its name in
      the IOD, or in the IOD's own `table`.

    With `force`, a file may lack preamble and File Meta Information.
    Raises NoSuchRequirementError for what isn't there, with the names that come nearest; TypeError
    for a path together with a Module; Unreadable and UnknownEditionError as `validate` does.
    """
    if path is not None and module is not None:
        raise TypeError("a path and a Module can't be asked for together: give one of them")
    validator = Validator(editions.load(edition))
    with data.quiet():
        asking = _Asking(validator, _instance(source, force=force))
        if module is not None:
            return asking.of_module(module, iod or asking.iodof_table(table), table)
        if path is None:
            raise NoSuchRequirementError("neither a path nor a Module is asked for")
        steps = parse(path, validator.edition)
        return asking.of_row(steps, table) if table else asking.of_attribute(steps, iod)


def _instance(source: Any, *, force: bool) -> Instance:
    if isinstance(source, str | Path):
        found = next(data.read(source, force=force), None)
        if found is None:
            raise Unreadable(str(source), "it holds no data set")
        return found
    found = data.from_json(source) if isinstance(source, dict) else data.from_dataset(source)
    # PS3.18 F.2: DICOM JSON has no File Meta Information; who asks may put its one UID beside it
    syntax = data.element(found.dataset, 0x00020010)
    uid = (data.strings(syntax) or ("",))[0] if syntax is not None else ""
    return replace(found, transfer_syntax_uid=found.transfer_syntax_uid or uid or None)


class _Asking:
    """Questions about one Instance."""

    def __init__(self, validator: Validator, instance: Instance) -> None:
        self.validator = validator
        self.edition = validator.edition
        self.instance = instance

    def iodof_table(self, table: str | None) -> str | None:
        """Return the IOD whose table of Modules or Macros this is, if the data set's is none.

        None for no table.
        """
        if table is None:
            return None
        known = self.edition.sop_classes.get(self.validator.sop_class_uid(self.instance))
        names = [*self.edition.iods]
        if known is not None and known.iod is not None:
            names.insert(0, known.iod)
        for name in names:
            iod = self.edition.iod(name)
            if table in {iod.table, iod.functional_group_table}:
                return name
        raise NoSuchRequirementError(f"{table} is no table of an IOD's Modules or Macros")

    def run(self, iod: str | None) -> Run:
        """Return the data set held against an IOD, by default its SOP Class's."""
        uid = self.validator.sop_class_uid(self.instance)
        known = self.edition.sop_classes.get(uid)
        name = iod or (known.iod if known else None)
        if name is None:
            raise NoIODError("the SOP Class tells no IOD")
        if name not in self.edition.iods:
            raise NoSuchRequirementError(f"no IOD {iod!r}{nearest(name, self.edition.iods)}")
        return self.validator.run(self.instance, name, uid)

    def of_module(self, name: str, iod: str | None, table: str | None = None) -> Requirement:
        """Answer for a Module, or a Functional Group Macro, of an IOD, or of one of its tables."""
        run = self.run(iod)
        plain = name.lower().removesuffix(" module").removesuffix(" macro")
        for owner in _owners(run, table):
            if (
                owner.name.lower().removesuffix(" macro") == plain
                or owner.name.lower() == name.lower()
            ):
                decision = _decide_owner(run, owner)
                words = run.wording.said(owner.condition) if owner.condition else ""
                return Requirement(
                    owner.letter,
                    decision.outcome.value,
                    words,
                    decision.because,
                    owner.citation,
                    owner.name,
                    _presence_of(run, owner),
                )
        names = [owner.name for owner in _owners(run, table)]
        near = nearest(name, [*names, *([] if " " in name else keywords(self.edition))])
        raise NoSuchRequirementError(
            f"the IOD {run.plan.iod.name} has no Module or Macro {name!r}{near}"
        )

    def of_attribute(self, steps: tuple[Step, ...], iod: str | None) -> Requirement:
        """Answer for an Attribute as an IOD asks for it."""
        run = self.run(iod)
        plan, first = run.plan, steps[0].tag
        asked = {*run.presence.enforced, *run.presence.missing}
        having = [index for index, each in enumerate(plan.module_slots) if first in each.slots]
        absent = [] if asked.intersection(having) else having
        run.presence = Presence(tuple(sorted({*asked, *absent})), ())
        level = run.root[0].level
        if not having and level is not None:
            steps = (*lead(run.dataset, plan, level, first), *steps)
        chain = followed(run.root, steps, plan, of_slots)
        answer = self._answer(run, chain, steps)
        return answer if not absent or len(steps) > 1 else _of_absent(run, absent, answer)

    def of_row(self, steps: tuple[Step, ...], table: str) -> Requirement:
        """Answer for a row of one table, wherever the table is included."""
        if table not in self.edition.tables:
            near = nearest(table, self.edition.tables)
            raise NoSuchRequirementError(f"edition {self.edition.name} has no table {table}{near}")
        levels = Levels(self.edition)
        level = levels.level([_source(self.edition.table(table), self.edition)])
        before = steps_before(steps, level, levels)
        if before is None:
            raise NoSuchRequirementError(f"{table} has no row at the end of that path")
        if len(steps) > 1 and data.element(self.instance.dataset, steps[0].own) is None:
            shown = in_groups(self.instance.dataset, steps[0].own)
            steps, before = (*shown, *steps), before + len(shown)
        root = (Place(self.instance.dataset),) if before else self._root(level, table)
        chain = followed(root, steps, levels, of_table(level, before))
        return self._answer(self._setting(), chain, steps)

    def _root(self, level: Level, table: str) -> Chain:
        """Return what a table describes: the data set, or it as an Item of Functional Groups."""
        dataset = self.instance.dataset
        grouped = any(sequence in dataset for sequence in (SHARED, *FRAMES))
        module = self.edition.table(table).kind is TableKind.MODULE
        if grouped or module or table not in self.edition.group_tables:
            return (Place(dataset, level),)
        return (Place(dataset), Place(dataset, level, SHARED, 1, 1))

    def _setting(self) -> Setting:
        """Return what conditions may ask about, though no IOD may be known."""
        uid = self.validator.sop_class_uid(self.instance)
        known = self.edition.sop_classes.get(uid)
        if known is not None and known.iod is not None:
            return self.validator.run(self.instance, known.iod, uid)
        around = Surroundings(
            self.edition.keyword,
            None,
            self.instance.transfer_syntax_uid,
            element=self.edition.element,
        )
        return Setting(
            edition=self.edition,
            wording=self.validator.wording,
            around=around,
            sop_class_uid=uid,
        )

    def _answer(self, setting: Setting, chain: Chain, steps: tuple[Step, ...]) -> Requirement:
        level = chain[-1].level
        slot = level.slots.get(steps[-1].tag) if level is not None else None
        if slot is None:
            raise NoSuchRequirementError(_undefined(setting, steps, level))
        own = (*chain[:-1], chain[-1]._replace(group=steps[-1].group))
        visit = Visit(setting, slot, steps[-1].own, (), own)
        rule, decision = _decide_slot(visit)
        condition = rule.condition or (rule.source.includes[-1] if rule.source.includes else None)
        return Requirement(
            type=rule.type.value if rule.type else "",
            status=decision.outcome.value,
            condition=setting.wording.said(condition) if condition else "",
            because=decision.because,
            citation=cite(self.edition, rule),
            module=rule.source.owner.name,
            presence=_presence(chain[-1].dataset, steps[-1].own),
            path=".".join(step.words(self.edition) for step in steps),
        )


def _undefined(setting: Setting, steps: tuple[Step, ...], level: Level | None) -> str:
    """Return that no Attribute of a path's last tag is defined where the path leads."""
    edition = setting.edition
    asked = edition.keyword(steps[-1].own)
    way = ".".join(step.words(edition) for step in steps[:-1])
    slots = level.slots if level is not None else ()
    return (
        f"no such Attribute is defined there: {asked} {f'in {way}' if way else 'at the root'}"
        f"{nearest(asked, map(edition.keyword, slots))}"
    )


def _presence(dataset: Any, tag: int) -> str:
    element = data.element(dataset, tag)
    if element is None:
        return "absent"
    return "empty" if data.is_empty(element) else "present"


def _presence_of(run: Run, owner: Owner) -> str:
    """Say whether a Module, or in some Item a Functional Group Macro, has an Attribute here."""
    if owner.macro is None:
        tags = set(run.plan.module_slots[owner.index].slots)
        there = not tags.isdisjoint(base_tag(tag) for tag, _ in data.each(run.dataset))
    else:
        entries = run.edition.table(owner.table).entries if owner.table else ()
        named = [number(entry.tag) for entry in entries if isinstance(entry, Attribute)]
        there = any(in_groups(run.dataset, tag) for tag in named)
    return "present" if there else "absent"


def _owners(run: Run, table: str | None) -> list[Owner]:
    """Return an IOD's Modules and Macros, or those of one of its tables: some share a name."""
    plan = run.plan
    if table is None:
        return [*plan.modules, *plan.macros]
    return plan.modules if table == plan.iod.table else plan.macros


def _source(table: Table, edition: Edition) -> Source:
    citation = edition.cite(table.id)
    owner = Owner(0, "", table.name, None, table.id, None, citation)
    return Source(table.entries, owner, table.id)


def _decide_slot(visit: Visit) -> tuple[Rule, Decision]:
    """Return the rule that counts for a Slot, and what it comes to."""
    slot = visit.slot
    if slot.base is not None and slot.base.type in DEMANDED:
        own = slot.base.source
        if not own.demanded and isinstance(visit.setting, Run):
            return slot.base, _decide_owner(visit.setting, own.owner)
        return slot.base, Decision(Outcome.REQUIRED)
    decided = [(rule, _as_its_macro(visit, rule, each)) for rule, each in visit.decisions]
    if slot.base is not None:
        decided.append((slot.base, Decision(Outcome.OPTIONAL)))
    if not decided:
        return slot.rules[0], Decision(Outcome.UNKNOWN, (Reason("the table gives no Type"),))
    return min(decided, key=lambda pair: _BY_WEIGHT.index(pair[1].outcome))


def _as_its_macro(visit: Visit, rule: Rule, decision: Decision) -> Decision:
    """Return a decision; what requires a Macro's own Sequence counts only where the Macro does."""
    required = decision.outcome is Outcome.REQUIRED
    if rule.source.demanded or not required or not isinstance(visit.setting, Run):
        return decision
    # PS3.3 C.7.6.16.1.1: whether a Functional Group has to be there, its IOD's Usage says
    of_macro = _decide_owner(visit.setting, rule.source.owner)
    return decision if of_macro.outcome is Outcome.REQUIRED else of_macro


def _of_absent(run: Run, absent: list[int], answer: Requirement) -> Requirement:
    """Return an answer as it is where only Modules have the Attribute that aren't in force."""
    outcomes = {index: _if_absent(run, index, answer) for index in absent}
    first = min(absent, key=lambda index: _BY_WEIGHT.index(outcomes[index]))
    status = outcomes[first]
    owner, decision = run.plan.modules[first], run.decisions.get(first)
    if status is Outcome.OPTIONAL or decision is None or owner.condition is None:
        names = (run.plan.modules[index].name for index in absent)
        because = tuple(f"the Module {name} is not present" for name in names)
        return replace(answer, status=Outcome.OPTIONAL.value, because=because)
    what = "is not permitted" if status is Outcome.FORBIDDEN else "is not known to be required"
    return replace(
        answer,
        status=status.value,
        condition=run.wording.said(owner.condition),
        because=(f"the Module {owner.name} {what}", *decision.because),
    )


def _if_absent(run: Run, index: int, answer: Requirement) -> Outcome:
    """Return what an absent Module's Attribute is, by the Module's condition."""
    decision = run.decisions.get(index)
    if decision is None or decision.outcome is not Outcome.UNKNOWN:
        return decision.outcome if decision is not None else Outcome.OPTIONAL
    condition = run.plan.modules[index].condition
    may = isinstance(condition, Conditional) and condition.otherwise is Otherwise.MAY
    optional = may and answer.status == Outcome.OPTIONAL.value
    return Outcome.OPTIONAL if optional else Outcome.UNKNOWN


def _decide_owner(run: Run, owner: Owner) -> Decision:
    if owner.condition is None:
        mandatory = owner.usage is not Usage.USER_OPTIONAL
        return Decision(Outcome.REQUIRED if mandatory else Outcome.OPTIONAL)
    if owner.macro is None:
        return run.decisions[owner.index]
    chains = list(_frames(run)) or [run.root]
    decisions = [decide(owner.condition, chain, run.around) for chain in chains]
    return min(decisions, key=lambda decision: _BY_WEIGHT.index(decision.outcome))


def _frames(run: Run) -> Iterable[Chain]:
    """Yield the frames' Items, or where there are none the shared one."""
    for sequence in (*FRAMES, SHARED):
        if sequence in run.dataset:
            items = items_of(run.dataset, sequence)
            for n, item in enumerate(items, start=1):
                yield (run.root[0], Place(item, None, sequence, n, len(items)))
            if items:
                return
