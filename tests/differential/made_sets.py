"""Data sets made for a conditional row: one that satisfies it, one that violates it, and so on.

How they are made:
1. From the least data set that conforms. What leads to the row is put in: the Module, and each
   Sequence on the way with one Item, on the conditions that these have themselves, if that can be.
2. Each case of the row is made (see `made_cases`); for the case "forbidden", what forbids the
   Attribute has to be there to be seen.
3. The first way to make the condition hold, or not, is taken that comes to that, with the row as
   the one that decides: no other row asks more of the Attribute, or less.
4. A Module is put in with what it demands of its own; if that is nothing, with one Attribute of its
   own that is permitted, and then it can't be violated: nothing of it is missing. One that has no
   Attribute of its own isn't tried.
5. A Functional Group Macro is tried in two frames that are alike, and has to come to the same in
   both; where the IOD has no Per-Frame Functional Groups Sequence, in the one that it has.
"""

import copy
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from pydicom.dataset import Dataset

from dicomspec.dataset import from_dataset
from dicomspec.edition import Edition
from dicomspec.model import Conditional, Type
from dicomspec.model import condition as c
from dicomspec.validation.conditions import Outcome, decide
from dicomspec.validation.doubt import doubt
from dicomspec.validation.follow import followed, items_of, of_slots
from dicomspec.validation.level import DEMANDED, Owner, Slot
from dicomspec.validation.path import NoSuchRequirementError, Step
from dicomspec.validation.plan import Plan
from dicomspec.validation.scope import FRAMES, Chain, Place
from dicomspec.validation.validator import Validator
from dicomspec.validation.visit import Run, Visit
from tests.dicomspec.validation import minimal, satisfy
from tests.differential.made_cases import CASES, Case, Made, together, unnumbered, wanted
from tests.differential.made_rows import Row, Site
from tests.differential.made_world import GROUPS, World, item_in

EXPLICIT = "1.2.840.10008.1.2.1"
_WAYS = 8  # to make one condition hold that are tried
_BY_WEIGHT = (Outcome.REQUIRED, Outcome.UNKNOWN, Outcome.OPTIONAL, Outcome.FORBIDDEN)
_ALWAYS = frozenset({"M", ""})
_KINDS = frozenset({0x00080008, 0x00089007})  # Image Type, Frame Type


class Maker:
    """Makes data sets against one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.validator = Validator(edition)
        self.plan = lru_cache(maxsize=256)(lambda iod: Plan(edition, iod))

    def made(self, row: Row) -> Iterator[Made]:
        """Yield the cases of a row that can be made, each at the first site where it can."""
        for case in CASES:
            clause = wanted(row.condition, holds=case.holds)
            if clause is None or next(satisfy.ways(clause, want=True), None) is None:
                continue  # nothing makes it so, or only people know
            for site in row.sites:
                found = self._at(site, case, together(site, clause))
                if found is not None:
                    yield found
                    break

    def _at(self, site: Site, case: Case, clause: c.Expression) -> Made | None:
        for way in (_as_it_is, *islice(satisfy.ways(clause, want=True), _WAYS)):
            attempt = Attempt(self, site)
            try:
                attempt.prepare()
                way(attempt.world, attempt.item)
                attempt.settle()
                _name_kinds(attempt.root)
                attempt.put(case)
                outcome = attempt.outcome(case)
            except (satisfy.CannotError, NoSuchRequirementError):  # a way takes the place away
                continue
            if outcome is not None:
                return attempt.made(case, outcome)
        return None


def _as_it_is(_: satisfy.World, __: Dataset) -> None:
    """Change nothing: the least data set may do."""


def _name_kinds(dataset: Dataset) -> None:
    """Let images and frames be derived that a way leaves neither that nor original."""
    for element in dataset:
        if element.tag in _KINDS and element.value:
            values = [element.value] if element.VM == 1 else list(element.value)
            if values[0] not in {"ORIGINAL", "MIXED"}:
                element.value = ["DERIVED", *values[1:]]
        elif element.VR == "SQ":
            for item in element.value:
                _name_kinds(item)


class Attempt:
    """One try: a data set, and the Item that holds the row."""

    def __init__(self, maker: Maker, site: Site) -> None:
        self.maker, self.site = maker, site
        self.plan = maker.plan(site.iod)
        self.root = minimal.instance(maker.edition, site.sop_class_uid)
        if "SpecificCharacterSet" in self.root:
            self.root.SpecificCharacterSet = "ISO_IR 100"
        self.item = self.root
        self.level = self.plan.root(tuple(range(len(self.plan.modules))))
        self.world = World(maker.edition, self.root, self.root, iod=site.iod, plan=self.plan)
        self.world.way = [(self.root, self.level)]
        self.number = 1  # of the row's Item
        self.asked: list[Slot] = []  # what is put in for a Module or Macro, by which it is seen

    def _steps(self, number: int) -> tuple[Step, ...]:
        """Return the path to the row in an Item of its Sequence."""
        last = len(self.site.path) - 2
        return tuple(
            Step(tag, number if at == last else 1) for at, tag in enumerate(self.site.path)
        )

    def prepare(self) -> None:
        """Put in what leads to the row."""
        if self.site.rule is not None and self.site.owner.letter not in _ALWAYS:
            self._bring_in(self.site.owner)
        self._enter(self.site.path[:-1])
        self.world.item = self.item
        self.world.position = self.world.of = 0  # of which nothing is asked yet

    def _bring_in(self, owner: Owner) -> None:
        """Put in a Module that needn't be there, with an Attribute that no other has."""
        if isinstance(owner.condition, Conditional) and owner.condition.required is not None:
            self._hold(owner.condition.required)
        level, own = self.plan.module_slots[owner.index], self._own(owner)
        asked = minimal.demanded(level)
        if not any(slot in own for slot in asked):
            asked += [slot for slot in own if slot.base and slot.tag != self.site.path[0]][:1]
        for slot in asked:
            if slot.tag not in self.root:
                self.root[slot.tag] = minimal.element(self.plan, slot)

    def _own(self, owner: Owner) -> list[Slot]:
        """Return the Slots of a Module that no other one has."""
        others = {
            tag
            for each in self.plan.modules
            if each.index != owner.index
            for tag in self.plan.module_slots[each.index].slots
        }
        slots = self.plan.module_slots[owner.index].slots
        return [slot for tag, slot in slots.items() if tag not in others]

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
        slot, rule = self.level.slots.get(tag), self.site.rule
        if slot is None or slot.base is not None:
            return
        table = rule.source.table if rule is not None else ""
        own = [each for each in slot.rules if each.source.table == table] or slot.rules
        if len(own) != 1:
            return
        for each in (own[0].condition, *own[0].source.includes):
            if isinstance(each, Conditional) and each.required is not None:
                self._hold(each.required)

    def settle(self) -> None:
        """Take in what a way says beside the data set, or give up where it can't be had."""
        world = self.world
        self._follow()
        if self.root.get("SOPClassUID") != self.site.sop_class_uid or world.iod != self.site.iod:
            raise satisfy.CannotError
        if world.transfer_syntax_uid != EXPLICIT or world.enclosing is not None:
            raise satisfy.CannotError
        if world.position == 2 and self.site.path[:-1]:  # neither the first nor the last
            held = world.way[-2][0][self.site.path[-2]].value
            first = copy.deepcopy(self.item)
            tag = self.site.path[-1]
            first.setdefault(tag, minimal.element(self.plan, self.level.slots[tag]))
            held.insert(0, first)
            self.number = 2
        if self.site.rule is None and self.site.path[:-1] == FRAMES[:1]:
            self._add_frame()
        for name, present in world.modules.items():
            self._module(name, present=present)

    def _add_frame(self) -> None:
        """Let there be two frames that are alike."""
        frames = self.root[FRAMES[0]].value
        frames[1:] = [copy.deepcopy(self.item)]
        self.root.NumberOfFrames = len(frames)

    def _follow(self) -> None:
        """Go to the row's Item again: a way may have put other Items in its place."""
        way = [self.world.way[0]]
        for tag, (_, level) in zip(self.site.path[:-1], self.world.way[1:], strict=True):
            held = way[-1][0].get(tag)
            if held is None or not held.value:
                raise satisfy.CannotError
            way.append((held.value[0], level))
        self.world.way, self.item = way, way[-1][0]

    def _module(self, name: str, *, present: bool) -> None:
        """Put in what a Module demands, or take it out, where it needn't be there."""
        for owner in (each for each in self.plan.modules if each.name == name):
            level = self.plan.module_slots[owner.index]
            if present:
                for slot in minimal.demanded(level):
                    self.root.setdefault(slot.tag, minimal.element(self.plan, slot))
            elif owner.letter not in _ALWAYS:
                for tag in level.slots:
                    self.root.pop(tag, None)

    def put(self, case: Case) -> None:
        """Put the Attribute in, or take it out; so what a Module or Macro has of its own."""
        if self.site.rule is not None:
            self._put_in(self.item, there=case.there)
            self._put_beside()
            return
        self.asked = self._asked()
        if not self.asked or (case.name == "violated" and not any(map(_demanded, self.asked))):
            raise satisfy.CannotError
        if self.site.path:
            self._put_macro(there=case.there)
        else:
            self._put_module(there=case.there)

    def _put_module(self, *, there: bool) -> None:
        for slot in self._own(self.site.owner):
            if not there:
                self.root.pop(slot.tag, None)
            elif slot in self.asked and slot.tag not in self.root:
                self.root[slot.tag] = minimal.element(self.plan, slot)

    def _put_macro(self, *, there: bool) -> None:
        for group in GROUPS:
            for item in self.root[group].value if group in self.root else ():
                self._put_in(item, there=there and group == self.site.path[0])

    def _put_in(self, item: Dataset, *, there: bool) -> None:
        tag = self.site.path[-1]
        item.pop(tag, None)
        if there:
            item[tag] = minimal.element(self.plan, self.level.slots[tag])

    def _put_beside(self) -> None:
        """Put the Attribute into the other Items of its Sequence where they have to have it."""
        if not self.site.path[:-1]:
            return
        run = self._run()
        for at, item in enumerate(self.world.way[-2][0][self.site.path[-2]].value, start=1):
            if item is not self.item:
                chain = followed(run.root, self._steps(at), run.plan, of_slots)
                self._put_in(item, there=self._decided(run, chain) is Outcome.REQUIRED)

    def _run(self) -> Run:
        instance = from_dataset(self.root)
        return self.maker.validator.run(instance, self.site.iod, self.site.sop_class_uid)

    def _decided(self, run: Run, chain: Chain) -> Outcome:
        assert self.site.condition is not None  # rows are conditional
        return decide(self.site.condition, chain, run.around).outcome

    def _asked(self) -> list[Slot]:
        """Return what a Module demands of its own, else one Attribute; a Macro's Sequence."""
        if self.site.path:
            return [self.level.slots[self.site.path[-1]]]
        own = self._own(self.site.owner)
        certain = [slot for slot in own if slot.base]
        return list(filter(_demanded, certain)) or certain[:1] or self._permitted(own)[:1]

    def _permitted(self, own: list[Slot]) -> list[Slot]:
        """Return the Slots of which nothing that is in force forbids the Attribute."""
        run = self._run()
        asked = ((slot, _of_all(run, run.root, slot.tag)) for slot in own)
        wrong = {Outcome.FORBIDDEN, Outcome.UNKNOWN}
        return [slot for slot, outcome in asked if outcome not in wrong]

    def outcome(self, case: Case) -> Outcome | None:
        """Return what the row comes to, None if that isn't what the case is for."""
        run, rule = self._run(), self.site.rule
        chains = self._chains(run)
        found, *others = {self._decided(run, chain) for chain in chains}
        if found not in case.outcomes or others:
            return None
        chain = chains[0]
        if rule is not None and _of_all(run, chain, self.site.path[-1]) is not found:
            return None
        above = rule.source.includes if rule is not None else ()
        if any(decide(each, chain, run.around).outcome is not Outcome.REQUIRED for each in above):
            return None
        conditions = (*above, self.site.condition)
        doubted = case.name == "forbidden" and doubt(conditions, chain, run) is not None
        return None if doubted else found

    def _chains(self, run: Run) -> list[Chain]:
        """Return the Items that hold the row: of a Macro, each of its Functional Groups Sequence.

        A Macro's condition isn't asked as an Attribute's of that Item would be: what it names may
        be in another Functional Group, though the definition of this Item has it too.
        """
        if self.site.rule is None and self.site.path:
            tag, root = self.site.path[0], run.root[0]
            items = items_of(run.dataset, tag)
            each = enumerate(items, start=1)
            return [(root, Place(item, None, tag, n, len(items))) for n, item in each]
        steps = self._steps(self.number)
        return [followed(run.root, steps, run.plan, of_slots) if steps else run.root]

    def made(self, case: Case, outcome: Outcome) -> Made:
        """Return what was made; of a Macro any Functional Groups Sequence may be spoken of."""
        path, places = "", [unnumbered((slot.tag,)) for slot in self.asked]
        if self.site.rule is not None:
            path = ".".join(step.words(self.maker.edition) for step in self._steps(self.number))
            places = [unnumbered(self.site.path)]
        elif self.site.path:
            places = [unnumbered((group, self.site.path[-1])) for group in GROUPS]
        return Made(case.name, self.site, self.root, path, outcome, frozenset(places))


def _demanded(slot: Slot) -> bool:
    return slot.base is not None and slot.base.type in DEMANDED


def _of_all(run: Run, chain: Chain, tag: int) -> Outcome | None:
    """Return what all rows together ask of an Attribute; None where it is asked for anyhow."""
    level = chain[-1].level
    slot = level.slots.get(tag) if level is not None else None
    if slot is None or (slot.base is not None and slot.base.type in {Type.TYPE_1, Type.TYPE_2}):
        return None
    found = [decision.outcome for _, decision in Visit(run, slot, tag, (), chain).decisions]
    if slot.base is not None:
        found.append(Outcome.OPTIONAL)
    return min(found, key=_BY_WEIGHT.index, default=None)
