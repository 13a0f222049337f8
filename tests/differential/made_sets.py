"""Data sets made for a conditional row: one that satisfies it, one that violates it, and so on.

How they are made:
1. From the least data set that conforms. What leads to the row is put in: the Module, and each
   Sequence on the way with one Item, on the conditions that these have themselves, if that can be.
2. What the condition asks is put where the standard looks for it: in the nearest Item around whose
   definition has the Attribute, in another Functional Group of the frame, else at the root.
3. A way to make the condition hold, or not, counts if it then does so there, and the Attribute's
   row is the one that decides: no other Module asks more, or less.
4. Case "required": the condition holds, the Attribute is there; "violated": it isn't. Case
   "otherwise": the condition doesn't hold, the Attribute isn't there; "forbidden": it is, though
   nothing permits it.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec.dataset import from_dataset
from dicomspec.edition import Edition
from dicomspec.model import Conditional, Otherwise
from dicomspec.model import condition as c
from dicomspec.validation.conditions import Outcome, decide
from dicomspec.validation.follow import followed, of_slots
from dicomspec.validation.level import DEMANDED, Level, Owner
from dicomspec.validation.path import NoSuchRequirementError, Step
from dicomspec.validation.plan import Plan
from dicomspec.validation.scope import FRAMES, SHARED, Chain
from dicomspec.validation.validator import Validator
from dicomspec.validation.visit import Visit
from tests.differential.made_rows import Row, Site
from tests.dicomspec.validation import minimal, satisfy

CASES = ("required", "violated", "otherwise", "forbidden")
_WAYS = 24  # to make one condition hold that are tried
_GROUPS = (SHARED, *FRAMES)
_BY_WEIGHT = (Outcome.REQUIRED, Outcome.UNKNOWN, Outcome.OPTIONAL, Outcome.FORBIDDEN)
_OTHER_SYNTAX = "1.2.840.10008.1.2.1"


@dataclass(frozen=True, slots=True)
class Made:
    """A data set made for a case of a row, and where it was made."""

    case: str
    site: Site
    dataset: Dataset
    path: str  # to the Attribute, Items numbered; empty for a Module or Macro
    outcome: Outcome
    covers: frozenset[str]  # the places, without Item numbers, that a remark on it may name


class Maker:
    """Makes data sets against one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.validator = Validator(edition)
        self.plan = lru_cache(maxsize=256)(lambda iod: Plan(edition, iod))

    def made(self, row: Row) -> Iterator[Made]:
        """Yield the cases of a row that can be made, each at the first site where it can."""
        for holds, cases in ((True, CASES[:2]), (False, CASES[2:])):
            clause = wanted(row.condition, holds=holds)
            found = next(filter(None, (self._at(row, s, clause, holds) for s in row.sites)), None)
            if found is None:
                continue
            attempt, outcome = found
            for case in cases:
                if case != CASES[3] or outcome is Outcome.FORBIDDEN:
                    yield attempt.case(case, outcome)

    def _at(
        self, row: Row, site: Site, clause: c.Expression | None, holds: bool
    ) -> "tuple[Attempt, Outcome] | None":
        if clause is None:
            return None
        fitting = {Outcome.REQUIRED} if holds else {Outcome.OPTIONAL, Outcome.FORBIDDEN}
        every = [clause, *(each.required for each in _includes(site) if each.required is not None)]
        together = every[0] if len(every) == 1 else c.And(tuple(every))
        for way in (_as_it_is, *islice(satisfy.ways(together, want=True), _WAYS)):
            attempt = Attempt(self, site)
            try:
                attempt.prepare()
                way(attempt.world, attempt.item)
                attempt.settle()
            except satisfy.CannotError:
                continue
            outcome = attempt.outcome()
            if outcome in fitting:
                return attempt, outcome
        return None


def _as_it_is(_: satisfy.World, __: Dataset) -> None:
    """Change nothing: the least data set may do."""


def _includes(site: Site) -> tuple[Conditional, ...]:
    if site.rule is None:
        return ()
    return tuple(each for each in site.rule.source.includes if isinstance(each, Conditional))


def wanted(condition: Conditional, *, holds: bool) -> c.Expression | None:
    """Return what has to be true for an Attribute to be required, or to be neither of all."""
    if holds:
        return condition.required
    may = condition.otherwise is Otherwise.MAY
    clauses = (condition.required, condition.forbidden if may else condition.permitted)
    none_of = tuple(c.Not(each) for each in clauses if each is not None)
    return c.And(none_of) if none_of else None


@dataclass
class World(satisfy.World):
    """A `satisfy.World` whose Items are those of a whole data set."""

    plan: Plan | None = None
    way: list[tuple[Dataset, Level]] = field(default_factory=list)  # from the root on

    def home(self, ref: c.Ref, here: Dataset) -> Dataset:
        """Return the Item in which an Attribute would stand that is looked for from `here`."""
        tag = int(ref.tag[1:5] + ref.tag[6:10].replace("x", "0"), 16) if "x" not in ref.tag else 0
        inside = next((n for n, (each, _) in enumerate(self.way) if each is here), None)
        if inside is None or ref.scope in {c.Scope.ITEM, c.Scope.INSIDE}:
            return here
        if ref.scope is c.Scope.ENCLOSING:
            return self.way[max(inside - 1, 0)][0]
        if ref.scope is c.Scope.ROOT:
            return self.root
        if ref.scope is c.Scope.NEAREST:
            for item, level in reversed(self.way[1 : inside + 1]):
                if tag in level.slots:
                    return item
        return self._in_groups(tag) or self.root

    def _in_groups(self, tag: int) -> Dataset | None:
        """Return the Item of a Functional Group that has an Attribute, made if need be."""
        assert self.plan is not None  # this World has one
        root, level = self.way[0]
        if tag in level.slots:
            return None
        for sequence in _GROUPS:
            slot = level.slots.get(sequence)
            if slot is None or sequence not in root:
                continue
            for inner in self.plan.children(slot).slots.values():
                if inner.sequence and tag in self.plan.children(inner).slots:
                    frame = root[sequence].value[0]
                    return item_in(self.plan, frame, self.plan.children(slot), inner.tag)
        return None


def item_in(plan: Plan, dataset: Dataset, level: Level, tag: int) -> Dataset:
    """Return the first Item of a Sequence, made if it isn't there."""
    if tag not in dataset or not dataset[tag].value:
        if tag not in level.slots:
            raise satisfy.CannotError
        made = minimal.element(plan, level.slots[tag])
        if not made.value:
            made = DataElement(tag, "SQ", Sequence([Dataset()]))
        dataset[tag] = made
    found: Dataset = dataset[tag].value[0]
    return found


class Attempt:
    """One try: a data set, and the Item that holds the row."""

    def __init__(self, maker: Maker, site: Site) -> None:
        self.maker, self.site = maker, site
        self.plan = maker.plan(site.iod)
        self.root = minimal.instance(maker.edition, site.sop_class_uid)
        self.item = self.root
        self.world = World(maker.edition, self.root, self.root, iod=site.iod, plan=self.plan)
        self.before = False

    def prepare(self) -> None:
        """Put in what leads to the row."""
        site, plan = self.site, self.plan
        self.level = plan.root(tuple(range(len(plan.modules))))
        self.world.way = [(self.root, self.level)]
        if site.owner.letter not in {"M", ""} and site.path:
            self._bring_in(site.owner)
        if not site.path and site.owner.macro is not None:
            self._enter((SHARED if SHARED in self.root else FRAMES[0],))
        self._enter(site.path[:-1])
        self.world.item = self.item
        self.world.position = self.world.of = 0  # of which nothing is asked yet

    def _bring_in(self, owner: Owner) -> None:
        """Put in a Module that needn't be there, with an Attribute that no other has."""
        if isinstance(owner.condition, Conditional) and owner.condition.required is not None:
            self._hold(owner.condition.required)
        mine, asked = self.plan.module_slots[owner.index], []
        for slot in minimal.demanded(mine):
            asked.append(slot)
        others = {
            tag
            for each in self.plan.modules
            if each is not owner
            for tag in self.plan.module_slots[each.index].slots
        }
        own = [s for s in mine.slots.values() if s.tag not in others and s.base is not None]
        first = next((slot for slot in own if slot.tag != self.site.path[0]), None)
        for slot in [*asked, *([first] if first is not None and not asked else [])]:
            if slot.tag not in self.root:
                self.root[slot.tag] = minimal.element(self.plan, slot)

    def _hold(self, clause: c.Expression) -> None:
        """Make a condition on the way hold by its first way, if it has one."""
        way = next(satisfy.ways(clause, want=True), None)
        if way is not None:
            self.world.item = self.item
            way(self.world, self.item)

    def _enter(self, path: tuple[int, ...]) -> None:
        for tag in path:
            self._permit(tag)
            self.item = item_in(self.plan, self.item, self.level, tag)
            self.level = self.plan.children(self.level.slots[tag])
            self.world.way.append((self.item, self.level))

    def _permit(self, tag: int) -> None:
        """Make what requires a Sequence on the way hold, if there is one row and it can be."""
        slot = self.level.slots.get(tag)
        if slot is None or slot.base is not None or len(slot.rules) != 1:
            return
        clauses = [slot.rules[0].condition, *slot.rules[0].source.includes]
        for each in clauses:
            required = each.required if isinstance(each, Conditional) else None
            if required is not None:
                self._hold(required)

    def settle(self) -> None:
        """Take in what a way says beside the data set, or give up where it can't be had."""
        world = self.world
        if self.root.get("SOPClassUID") != self.site.sop_class_uid or world.iod != self.site.iod:
            raise satisfy.CannotError
        if world.transfer_syntax_uid != _OTHER_SYNTAX or world.enclosing is not None:
            raise satisfy.CannotError
        if world.position == 2 and self.site.path[:-1]:  # neither the first nor the last
            held = world.way[-2][0][self.site.path[-2]].value
            held.insert(0, copy.deepcopy(self.item))
            self.before = True
        for name, present in world.modules.items():
            self._module(name, present=present)

    def _module(self, name: str, *, present: bool) -> None:
        owner = next((each for each in self.plan.modules if each.name == name), None)
        if owner is None:
            return
        for slot in self.plan.module_slots[owner.index].slots.values():
            if present and slot in minimal.demanded(self.plan.module_slots[owner.index]):
                self.root.setdefault(slot.tag, minimal.element(self.plan, slot))
            elif not present and owner.letter not in {"M", ""}:
                self.root.pop(slot.tag, None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The path, Items numbered."""
        return tuple(
            Step(tag, 2 if self.before and n == len(self.site.path) - 2 else 1)
            for n, tag in enumerate(self.site.path)
        )

    def outcome(self) -> Outcome | None:
        """Return what the row's condition comes to; None where another row has a say."""
        instance = from_dataset(self.root)
        run = self.maker.validator.run(instance, self.site.iod, self.site.sop_class_uid)
        owner, rule = self.site.owner, self.site.rule
        if rule is None:
            chain: Chain = run.root
            if owner.macro is not None:
                sequence = SHARED if SHARED in self.root else FRAMES[0]
                chain = followed(run.root, (Step(sequence, 1), Step(0)), run.plan, of_slots)
            return decide(owner.condition, chain, run.around).outcome  # type: ignore[arg-type]
        try:
            chain = followed(run.root, self.steps, run.plan, of_slots)
        except NoSuchRequirementError:  # what leads there was taken away again
            return None
        level = chain[-1].level
        slot = level.slots.get(self.site.path[-1]) if level is not None else None
        if slot is None:
            return None
        decided = decide(rule.condition, chain, run.around).outcome  # type: ignore[arg-type]
        return decided if decided is _of_all(Visit(run, slot, slot.tag, (), chain)) else None

    def case(self, case: str, outcome: Outcome) -> Made:
        """Return the data set of a case."""
        root = copy.deepcopy(self.root)
        there = case in {"required", "forbidden"}
        if self.site.rule is None:
            covers = self._owner(root, there=there)
            return Made(case, self.site, root, "", outcome, covers)
        item = root
        for step in self.steps[:-1]:
            item = item[step.tag].value[(step.item or 1) - 1]
        tag = self.site.path[-1]
        item.pop(tag, None)
        if there:
            item[tag] = minimal.element(self.plan, self.level.slots[tag])
        path = ".".join(step.words(self.maker.edition) for step in self.steps)
        return Made(case, self.site, root, path, outcome, frozenset({unnumbered(self.site.path)}))

    def _owner(self, root: Dataset, *, there: bool) -> frozenset[str]:
        """Put a Module or Macro in, or take it out; return the places that are its own."""
        owner, plan = self.site.owner, self.plan
        if owner.macro is not None:
            assert owner.table is not None
            sequence = SHARED if SHARED in root else FRAMES[0]
            slots = [
                slot
                for slot in self.level.slots.values()
                if any(rule.source.owner is owner for rule in slot.rules)
            ]
            home, before = root[sequence].value[0], (sequence,)
        else:
            mine = plan.module_slots[owner.index].slots
            others = {
                tag
                for each in plan.modules
                if each is not owner and each.letter in {"M", ""}
                for tag in plan.module_slots[each.index].slots
            }
            slots = [slot for slot in mine.values() if slot.tag not in others]
            home, before = root, ()
        for slot in slots:
            asked = slot.base_type is not None or owner.macro is not None
            if not there:
                home.pop(slot.tag, None)
            elif slot.tag not in home and asked and slot.base is not None and (
                slot.base.type is not None and slot.base.type.value in {"1", "2"}
            ):
                home[slot.tag] = minimal.element(plan, slot)
        return frozenset(unnumbered((*before, slot.tag)) for slot in slots)


def _of_all(visit: Visit) -> Outcome | None:
    """Return what all rows together ask of an Attribute; None where it is asked for anyhow."""
    if visit.slot.base_type in DEMANDED:
        return None
    found = [decision.outcome for _, decision in visit.decisions]
    if visit.slot.base is not None:
        found.append(Outcome.OPTIONAL)
    return min(found, key=_BY_WEIGHT.index, default=None)


def unnumbered(path: tuple[int, ...]) -> str:
    """Return a path as it is printed, without Item numbers."""
    return ".".join(f"({tag >> 16:04X},{tag & 0xFFFF:04X})" for tag in path)
