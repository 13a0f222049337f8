"""requirement: why an Attribute, Module or Functional Group Macro is (not) required here.

How it decides:
1. By IOD: the Attribute as the Modules ask for it that are in force, or would be if they weren't
   missing. One that only other Modules have is as these are: forbidden where a condition forbids
   them, unknown where one isn't decided, else optional.
2. By table: the row is the longest tail of the path that the table has; what lies before that tail
   is where the table is included.
3. Of several rows for one Attribute: required if one requires it, else unknown if one is, else
   optional if one permits it, else forbidden.
4. A Functional Group Macro is asked for in every frame: required if it is in one, else unknown if
   it is in one, and so on. So is the Sequence that it begins with.
5. A tag of a repeating group (60xx) is answered for that very group.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dicomspec import dataset as data
from dicomspec import edition as editions
from dicomspec.dataset import Instance
from dicomspec.edition import Edition
from dicomspec.findings import Citation
from dicomspec.model import Conditional, Otherwise, Table, Usage
from dicomspec.validation.conditions import Decision, Outcome, decide
from dicomspec.validation.level import DEMANDED, Level, Owner, Rule, Slot, Source
from dicomspec.validation.plan import Levels
from dicomspec.validation.presence import Presence
from dicomspec.validation.scope import (
    FRAMES,
    SHARED,
    Chain,
    Place,
    base_tag,
    is_repeating,
    number,
)
from dicomspec.validation.validator import Validator
from dicomspec.validation.verdict import Reason, Surroundings
from dicomspec.validation.visit import Run, Setting, Visit, cite

_STEP = re.compile(
    r"(?P<name>\([0-9A-Fa-f]{2}[0-9A-Fa-fx]{2},[0-9A-Fa-f]{4}\)|[A-Za-z0-9]+)"
    r"(?:\[(?P<item>\d+)\])?"
)
_BY_WEIGHT = (Outcome.REQUIRED, Outcome.UNKNOWN, Outcome.OPTIONAL, Outcome.FORBIDDEN)


class NoSuchRequirementError(LookupError):
    """The standard has no such IOD, table, Module or Attribute; or the path leads to no Item."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the standard asks of one Attribute, Module or Functional Group Macro, in one data set.

    `type` is the Attribute's Type ("1C") or the Module's Usage ("C"); `status` "required",
    "optional", "forbidden" or "unknown"; `because` what decided it, or left it open.
    """

    type: str
    status: str
    condition: str
    because: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a path; `tag` is the Slot's, `group` the repeating group if one is named."""

    tag: int
    item: int | None = None
    group: int = 0

    @property
    def own(self) -> int:
        """The tag in the data set."""
        return self.group << 16 | self.tag & 0xFFFF if self.group else self.tag


_LevelOf = Callable[[Levels, Chain, _Step, int], Level | None]


def requirement(  # noqa: PLR0913 - what is asked about, and where, is named one by one
    source: Any,
    path: str | None = None,
    *,
    iod: str | None = None,
    table: str | None = None,
    module: str | None = None,
    edition: str = editions.DEFAULT,
) -> Requirement:
    """Return what is asked of an Attribute (`path`), or of a Module or Macro (`module`).

    `source` is a pydicom Dataset, a path, or a DICOM JSON object. `iod` names the IOD, by default
    that of the data set's SOP Class; `table` a table of Attributes, or for a Module the IOD's own
    table. Items count from one.
    Raises NoSuchRequirementError; Unreadable and UnknownEditionError as `validate` does.
    """
    validator = Validator(editions.load(edition))
    with data.quiet():
        asking = _Asking(validator, _instance(source))
        if module is not None:
            return asking.of_module(module, iod or asking.iod_of_table(table))
        if path is None:
            raise NoSuchRequirementError("neither a path nor a Module is asked for")
        steps = _steps(path, validator.edition)
        return asking.of_row(steps, table) if table else asking.of_attribute(steps, iod)


def _instance(source: Any) -> Instance:
    if isinstance(source, str | Path):
        return next(iter(data.read(source)))
    return data.from_json(source) if isinstance(source, dict) else data.from_dataset(source)


def is_path(text: str, edition: str = editions.DEFAULT) -> bool:
    """Say whether a text is a path of tags and keywords, rather than a Module's name."""
    loaded = editions.load(edition)
    matches = [_STEP.fullmatch(part) for part in text.replace(" ", "").split(".")]
    return all(
        match and (match["name"][0] == "(" or loaded.tag(match["name"])) for match in matches
    )


def _steps(path: str, edition: Edition) -> list[_Step]:
    steps = []
    for part in path.replace(" ", "").split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            raise NoSuchRequirementError(
                f"{path!r} is no path: {part!r} is neither tag nor keyword"
            )
        steps.append(_step(match["name"], match["item"], edition))
    return steps


def _step(name: str, item: str | None, edition: Edition) -> _Step:
    printed = name.upper().replace("X", "x") if name.startswith("(") else edition.tag(name)
    if printed is None:
        raise NoSuchRequirementError(f"edition {edition.name} has no Attribute {name}")
    tag = number(printed)
    group = tag >> 16 if is_repeating(tag) and "x" not in printed else 0
    return _Step(base_tag(tag), int(item) if item else None, group)


class _Asking:
    """Questions about one Instance."""

    def __init__(self, validator: Validator, instance: Instance) -> None:
        self.validator = validator
        self.edition = validator.edition
        self.instance = instance

    def iod_of_table(self, table: str | None) -> str | None:
        """Return the IOD whose table of Modules or Macros this is; None for no table."""
        if table is None:
            return None
        for name in self.edition.iods:
            iod = self.edition.iod(name)
            if table in {iod.table, iod.functional_group_table}:
                return name
        raise NoSuchRequirementError(f"{table} is no table of an IOD's Modules or Macros")

    def run(self, iod: str | None) -> Run:
        """Return the data set held against an IOD, by default its SOP Class's."""
        uid = self.validator.sop_class_uid(self.instance)
        known = self.edition.sop_classes.get(uid)
        name = iod or (known.iod if known else None)
        if name is None or name not in self.edition.iods:
            raise NoSuchRequirementError(f"no IOD {iod!r}" if iod else "the SOP Class tells no IOD")
        return self.validator.run(self.instance, name, uid)

    def of_module(self, name: str, iod: str | None) -> Requirement:
        """Answer for a Module, or a Functional Group Macro, of an IOD."""
        run = self.run(iod)
        plain = name.lower().removesuffix(" module").removesuffix(" macro")
        for owner in (*run.plan.modules, *run.plan.macros):
            if (
                owner.name.lower().removesuffix(" macro") == plain
                or owner.name.lower() == name.lower()
            ):
                decision = _decide_owner(run, owner)
                words = run.wording.said(owner.condition) if owner.condition else ""
                return Requirement(
                    owner.letter, decision.outcome.value, words, decision.because, owner.citation
                )
        raise NoSuchRequirementError(f"the IOD {run.plan.iod.name} has no Module or Macro {name!r}")

    def of_attribute(self, steps: list[_Step], iod: str | None) -> Requirement:
        """Answer for an Attribute as an IOD asks for it."""
        run = self.run(iod)
        plan, first = run.plan, steps[0].tag
        asked = {*run.presence.enforced, *run.presence.missing}
        having = [index for index, each in enumerate(plan.module_slots) if first in each.slots]
        absent = [] if asked.intersection(having) else having
        run.presence = Presence(tuple(sorted({*asked, *absent})), ())
        chain = _chain(run.root, steps, plan, _of_slots)
        answer = self._answer(run, chain, steps)
        return answer if not absent or len(steps) > 1 else _of_absent(run, absent, answer)

    def of_row(self, steps: list[_Step], table: str) -> Requirement:
        """Answer for a row of one table, wherever the table is included."""
        if table not in self.edition.tables:
            raise NoSuchRequirementError(f"edition {self.edition.name} has no table {table}")
        levels = Levels(self.edition)
        level = levels.level([_source(self.edition.table(table), self.edition)])
        before = _before(steps, level, levels)
        if before is None:
            raise NoSuchRequirementError(f"{table} has no row at the end of that path")
        root: Chain = (Place(self.instance.dataset, level if not before else None),)
        chain = _chain(root, steps, levels, _of_table(level, before))
        return self._answer(self._setting(), chain, steps)

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

    def _answer(self, setting: Setting, chain: Chain, steps: list[_Step]) -> Requirement:
        level = chain[-1].level
        slot = level.slots.get(steps[-1].tag) if level is not None else None
        if slot is None:
            raise NoSuchRequirementError("no such Attribute is defined there")
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
        )


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
    decided = list(visit.decisions)
    if slot.base is not None:
        decided.append((slot.base, Decision(Outcome.OPTIONAL)))
    if not decided:
        return slot.rules[0], Decision(Outcome.UNKNOWN, (Reason("the table gives no Type"),))
    return min(decided, key=lambda pair: _BY_WEIGHT.index(pair[1].outcome))


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
            items = _items(run.dataset, sequence)
            for n, item in enumerate(items, start=1):
                yield (run.root[0], Place(item, None, sequence, n, len(items)))
            if items:
                return


def _items(dataset: Any, tag: int) -> list[Any]:
    if tag not in dataset:
        return []
    try:
        return list(data.items(dataset.get_item(tag)) or ())
    except data.BadElement:
        return []


def _chain(root: Chain, steps: Sequence[_Step], levels: Levels, level_of: _LevelOf) -> Chain:
    """Follow a path to the Item that would hold its last Attribute."""
    chain = root
    for depth, step in enumerate(steps[:-1]):
        items = _items(chain[-1].dataset, step.own)
        item = 1 if step.item is None else step.item
        if not 1 <= item <= len(items):
            raise NoSuchRequirementError(
                f"the data set has no Item {item} at step {depth + 1} of the path"
            )
        level = level_of(levels, chain, step, depth)
        chain = (*chain, Place(items[item - 1], level, step.tag, item, len(items)))
    return chain


def _of_slots(levels: Levels, chain: Chain, step: _Step, _: int) -> Level | None:
    level = chain[-1].level
    slot = level.slots.get(step.tag) if level is not None else None
    return _children(levels, slot)


def _children(levels: Levels, slot: Slot | None) -> Level | None:
    return (
        levels.children(slot)
        if slot is not None and any(rule.children for rule in slot.rules)
        else None
    )


def _of_table(level: Level, before: int) -> _LevelOf:
    """Return how a path gets its Levels when a table is included `before` steps deep."""

    def level_of(levels: Levels, chain: Chain, step: _Step, depth: int) -> Level | None:
        if depth + 1 < before:
            return None
        return level if depth + 1 == before else _of_slots(levels, chain, step, depth)

    return level_of


def _before(steps: list[_Step], level: Level, levels: Levels) -> int | None:
    """Return how many steps lie before the longest tail of a path that a table has."""
    for before in range(len(steps)):
        inner: Level | None = level
        for step in steps[before:-1]:
            inner = _children(levels, inner.slots.get(step.tag)) if inner is not None else None
        if inner is not None and steps[-1].tag in inner.slots:
            return before
    return None
