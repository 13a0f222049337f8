"""The walk over a data set: Attribute by Attribute in the standard's order, Item by Item.

How it goes:
1. The root Level is that of the Modules in force; a Sequence's Items have the Level of its Slot.
2. An Attribute is visited if its absence, or what is there, could say something; one of a repeating
   group (60xx) once for each group that the data set has.
3. Every Item is looked at as a whole besides, with all its elements; so are the Items of Sequences
   that no row names, which may hold anything.
4. Attributes of a missing Module are not asked for: the finding on the Module stands for them.
5. A check that raises becomes `internal/check-crashed`, and the walk goes on. So does a Sequence
   that can't be followed.
6. The outline, where it is asked for, holds of many Items the first and those with a finding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dicomspec import dataset as data
from dicomspec.findings import Citation, Finding, Location, NotEvaluated, Step
from dicomspec.outcomes import AttributeOutcome, Status
from dicomspec.validation.ahead import Asked, look_ahead
from dicomspec.validation.checks import (
    AT_THE_END,
    OF_DATASET,
    WHEN_ABSENT,
    WHEN_EMPTY,
    bound,
)
from dicomspec.validation.conditions import Outcome
from dicomspec.validation.level import ANYTHING, Level, Slot
from dicomspec.validation.scope import Chain, Place, base_tag, is_repeating
from dicomspec.validation.visit import Found, ItemVisit, Run, Visit, cite, names


@dataclass(slots=True)
class Walk:
    """One walk; `findings`, `not_evaluated`, `checked` and `outline` are what it leaves.

    `outline` holds outcomes by the index of the Module (the Plan's) that the root Attribute belongs
    to.
    """

    run: Run
    outlined: bool = False
    findings: list[Finding] = field(default_factory=list)
    not_evaluated: list[NotEvaluated] = field(default_factory=list)
    checked: int = 0
    outline: dict[int, list[AttributeOutcome]] = field(default_factory=dict)
    _into: list[AttributeOutcome] = field(default_factory=list)

    def go(self) -> None:
        """Walk the whole data set."""
        run = self.run
        self._check(OF_DATASET, run)
        self.checked += len(run.plan.modules) + len(run.plan.macros)
        self._level(run.root, ())
        self._check(AT_THE_END, run)

    def _level(self, chain: Chain, steps: tuple[Step, ...]) -> None:
        """Visit what is asked of the Item at the end of a Chain."""
        level = chain[-1].level
        assert level is not None  # the walk goes by Levels
        ahead = look_ahead(self.run, self._settled(level, chain), chain)
        self.checked += ahead.decided
        held: dict[int, Outcome] = {}
        empty = data.empty(chain[-1].dataset, ahead.there)
        plain = not self.outlined and ahead.plain.isdisjoint(empty)
        for asked in ahead.telling if plain else ahead.asked:
            if self.outlined and not steps:
                owner = asked.slot.first.source.owner
                self._into = self.outline.setdefault(owner.index, [])
            self._ask(asked, chain, steps, held, empty=asked.slot.tag in empty)
        self._check(ahead.checks, ItemVisit(self.run, steps, chain))
        self._unnamed(level, steps)
        self._others(chain, steps)

    def _ask(
        self,
        asked: Asked,
        chain: Chain,
        steps: tuple[Step, ...],
        held: dict[int, Outcome],
        *,
        empty: bool,
    ) -> None:
        """Visit an Attribute, unless all that is to be said of it is known."""
        slot = asked.slot
        foreseen = asked.notes is not None and not empty and not self.outlined
        if foreseen and not (asked.checks or (asked.there and slot.sequence)):
            self.not_evaluated.extend(asked.at(steps, self.run))
            self.checked += asked.decided if asked.there else 0
            return
        if slot.repeating and not asked.there:
            self._repeated(slot, chain, steps)
            return
        visit = Visit(self.run, slot, slot.tag, steps, chain, held=held)
        if asked.there:
            visit.element, visit.empty = data.element(chain[-1].dataset, slot.tag), empty
            self._present(visit, asked if foreseen else None)
        else:
            self._absent(visit, asked)

    def _settled(self, level: Level, chain: Chain) -> Level:
        """Return what is asked of an Item, without what its own values leave out."""
        switches = self.run.plan.switches(level)
        return level if switches is None else switches.settle(chain, self.run.around)

    def _unnamed(self, level: Level, steps: tuple[Step, ...]) -> None:
        """List the rows that admit Attributes which can't be told."""
        for include, source in level.unresolved:
            if include.what != "private attributes":
                citation = self.run.edition.cite(source.table, include.row)
                owner = source.owner
                self.not_evaluated.append(
                    NotEvaluated(
                        Location(steps), owner.name, "", "unparsed", citation, include.what
                    )
                )

    def _others(self, chain: Chain, steps: tuple[Step, ...]) -> None:
        """Go through the Items of Sequences of which no row says what they hold."""
        place = chain[-1]
        slots = place.level.slots if place.level is not None else {}
        for tag, element in data.each(place.dataset):
            if element.VR not in {"SQ", "UN"}:
                continue
            slot = slots.get(base_tag(tag))
            if slot is None or not slot.sequence:
                self._other_items(tag, element, chain, steps)

    def _other_items(self, tag: int, element: Any, chain: Chain, steps: tuple[Step, ...]) -> None:
        try:
            items = data.items(element, within=chain[-1].dataset) or ()
        except data.BadElement:
            return  # what it is encoded as is told by the check of every element
        step = names(self.run.edition, tag)
        for number, item in enumerate(items, start=1):
            place = Place(item, ANYTHING, tag, number, len(items))
            self._level((*chain, place), (*steps, Step(*step, number)))

    def _repeated(self, slot: Slot, chain: Chain, steps: tuple[Step, ...]) -> None:
        """Visit an Attribute of a repeating group in each group that the data set has."""
        dataset = chain[-1].dataset
        first = slot.tag >> 16
        groups = {tag >> 16 for tag in dataset.keys() if is_repeating(tag)}  # noqa: SIM118
        for group in sorted(group for group in groups if group >> 8 == first >> 8):
            tag = (group << 16) | (slot.tag & 0xFFFF)
            own = (*chain[:-1], chain[-1]._replace(group=group))
            element = data.element(dataset, tag)
            visit = Visit(self.run, slot, tag, steps, own, element)
            if element is not None:
                visit.empty = data.is_empty(element)
                self._present(visit)
            elif slot.demanding:
                self._absent(visit)

    def _absent(self, visit: Visit, asked: Asked | None = None) -> None:
        before = len(self.findings), len(self.not_evaluated)
        self._check(WHEN_ABSENT, visit)
        if asked is None or asked.notes is None:  # else it is counted
            self._count(visit)
        if self.outlined and (len(self.findings), len(self.not_evaluated)) != before:
            self._outline(visit, before, Status.ABSENT)

    def _present(self, visit: Visit, asked: Asked | None = None) -> None:
        """Visit an Attribute that is there; `asked` has what isn't to be asked again, if any."""
        before = len(self.findings), len(self.not_evaluated)
        sequence = visit.slot.sequence
        if sequence:
            for found in self._read_items(visit):
                self._add(found)
        if visit.empty:
            self._check(WHEN_EMPTY, visit)
        if asked is None:
            self._check(bound(visit.slot), visit)
            self._count(visit)
        else:
            self.not_evaluated.extend(asked.at(visit.steps, self.run))
            self._check(asked.checks, visit)
            self.checked += asked.decided
        if self.outlined:
            self._outline(visit, before, Status.EMPTY if visit.empty else Status.OK)
        if sequence and visit.items:
            self._items(visit)

    def _count(self, visit: Visit) -> None:
        """Count the conditional requirements that were decided."""
        if visit.slot.conditional:
            outcomes = visit.outcomes
            self.checked += len(outcomes) - outcomes.count(Outcome.UNKNOWN)

    def _read_items(self, visit: Visit) -> Iterator[Found]:
        try:
            visit.items = data.items(visit.element)
        except data.BadElement as bad:
            name = visit.slot.first.attribute.name
            if not bad.remarked:
                yield visit.finding(
                    "sequence/not-a-sequence",
                    visit.slot.first,
                    f"{name} can't be followed: {bad.reason}.",
                )
            visit.items = ()

    def _items(self, visit: Visit) -> None:
        level = self._children(visit)
        step = names(self.run.edition, visit.tag)
        into, left_out, of = self._into, 0, len(visit.items)
        for number, item in enumerate(visit.items, start=1):
            self._into = []
            faults = len(self.findings)
            place = Place(item, level, visit.tag, number, of, kept=None if visit.steps else {})
            self._level((*visit.chain, place), (*visit.steps, Step(*step, number)))
            if number == 1 or len(self.findings) > faults:
                into.extend(self._into)
            else:
                left_out += 1
        self._into = into
        if self.outlined and left_out:
            what = f"{left_out} more Item{'s' if left_out > 1 else ''} without a finding"
            citation = cite(self.run.edition, visit.slot.first)
            location = Location((*visit.steps, Step(*step)))
            into.append(AttributeOutcome(location, what, "", Status.OK, citation))

    def _children(self, visit: Visit) -> Level:
        """Return the Level of a Sequence's Items, by the Includes that are in force."""
        slot = visit.slot
        if not slot.varies:
            return self.run.plan.children(slot)
        included = [(rule, visit.included(rule)) for rule in slot.rules if rule.children]
        sure = tuple(rule for rule, why in included if why is None)
        if sure:
            return self.run.plan.children(slot, sure)
        open_ = [rule for rule, why in included if why and why.outcome is Outcome.UNKNOWN]
        return self.run.plan.children(slot, tuple(open_)) if len(open_) == 1 else ANYTHING

    def _add(self, found: Found) -> None:
        if isinstance(found, Finding):
            self.findings.append(found)
        else:
            self.not_evaluated.append(found)

    def _check(self, checks: tuple[Callable[[Any], Iterator[Found]], ...], given: Any) -> None:
        """Run checks, each as far as it gets: one that raises becomes a finding."""
        for check in checks:
            try:
                for found in check(given):
                    self._add(found)
            except Exception as crash:  # noqa: BLE001 - any check may fail on any data
                location = _place(given)
                self.findings.append(crashed(check, crash, location, self.run.sop_class_uid))

    def _outline(self, visit: Visit, before: tuple[int, int], status: Status) -> None:
        if len(self.findings) > before[0]:
            status = Status.FAULT
        elif len(self.not_evaluated) > before[1] and status is not Status.OK:
            status = Status.NOT_EVALUATED
        rule = visit.slot.first
        self._into.append(
            AttributeOutcome(
                location=visit.location,
                name=rule.attribute.name,
                type=rule.type.value if rule.type else "",
                status=status,
                citation=cite(self.run.edition, rule),
            )
        )


def _place(given: Any) -> Location:
    """Return where a check was that raised."""
    if isinstance(given, Visit):
        return given.location
    return Location(given.steps) if isinstance(given, ItemVisit) else Location()


def crashed(
    check: Callable[..., Any], crash: Exception, location: Location, sop_class_uid: str
) -> Finding:
    """Return the finding on a check that raised: its name, the kind of exception, no values."""
    name = f"{check.__module__.rpartition('.')[2]}.{check.__name__}"
    return Finding(
        code="internal/check-crashed",
        location=location,
        message=f"The check {name} failed with {type(crash).__name__}.",
        citation=Citation("", ""),
        sop_class_uid=sop_class_uid,
    )
