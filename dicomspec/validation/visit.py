"""Where the walk stands, and what a check is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from dicomspec import dataset as data
from dicomspec.dataset import Instance
from dicomspec.edition import Edition, write_tag
from dicomspec.findings import Citation, Finding, Location, NotEvaluated, Step
from dicomspec.model import Condition, Type, Unparsed
from dicomspec.validation.conditions import Decision, Outcome, decide, decision, outcome
from dicomspec.validation.level import Level, Owner, Rule, Slot
from dicomspec.validation.plan import Plan
from dicomspec.validation.presence import Presence
from dicomspec.validation.scope import Chain, Place, base_tag
from dicomspec.validation.verdict import Surroundings
from dicomspec.wording import Wording

Found = Finding | NotEvaluated
ROOT = Location()
_TYPES = {Type.TYPE_1, Type.TYPE_2}


@dataclass(slots=True, kw_only=True)
class Setting:
    """What a Visit asks of beside its Slot, whether or not an IOD is known."""

    edition: Edition
    wording: Wording
    around: Surroundings
    sop_class_uid: str

    def offset(self, _element: Any) -> int | None:
        """Return the byte of the file at which an element begins, where that is known."""
        return None


@dataclass(kw_only=True)
class Run(Setting):
    """One data set held against one Plan; `decisions` are of Modules with a condition, by index."""

    plan: Plan
    instance: Instance
    presence: Presence
    decisions: dict[int, Decision] = field(default_factory=dict)
    kept: dict[int, Any] = field(default_factory=dict)  # see `scope.Place`
    related: dict[Any, Any] = field(default_factory=dict)  # see `checks.relations`
    met: dict[Any, Any] = field(default_factory=dict)  # see `checks.identity`

    @property
    def dataset(self) -> Any:
        """The data set, a pydicom Dataset; only `dataset` knows its insides."""
        return self.instance.dataset

    def offset(self, element: Any) -> int | None:
        """Return the byte of the file at which an element's value begins, None if it has none."""
        return self.instance.offset(element)

    @cached_property
    def covered(self) -> frozenset[int]:
        """The tags of Modules that are missing or not permitted: one finding stands for them."""
        absent = (*self.presence.missing, *self.presence.not_permitted)
        slots = self.plan.module_slots
        return frozenset(tag for index in absent for tag in slots[index].slots)

    @cached_property
    def base_tags(self) -> frozenset[int]:
        """The tags of the root; those of a repeating group as of its first group."""
        return frozenset(map(base_tag, self.dataset.keys()))

    @property
    def root(self) -> Chain:
        """The Chain that ends at the data set itself."""
        return (Place(self.dataset, self.plan.root(self.presence.enforced), kept=self.kept),)

    def undecided(
        self, owner: Owner, decision: Decision, location: Location = ROOT
    ) -> NotEvaluated:
        """Return that an Owner's condition was not decided."""
        condition = owner.condition
        assert condition is not None  # what has none is decided
        return NotEvaluated(
            location=location,
            module=owner.name,
            type=owner.letter,
            reason=reason(condition, decision),
            citation=at(owner.citation, condition.paragraph),
            what=self.wording.said(condition),
            because=decision.because,
        )


@dataclass(slots=True)
class ItemVisit:
    """One Item, or the data set itself, with all its elements, named by the IOD or not.

    `chain` ends at it; its Level says what is asked there (see `level.Level.open`).
    """

    run: Run
    steps: tuple[Step, ...]
    chain: Chain

    @property
    def dataset(self) -> Any:
        """The Item, a pydicom Dataset."""
        return self.chain[-1].dataset

    @property
    def level(self) -> Level:
        """What is asked of the Item."""
        level = self.chain[-1].level
        assert level is not None  # the walk goes by Levels
        return level

    def location(self, tag: int) -> Location:
        """Return the place of an element of the Item."""
        return Location((*self.steps, step(self.run.edition, tag)))

    def slot(self, tag: int) -> Slot | None:
        """Return what is asked of an element of the Item, None where no row names it."""
        return self.level.slots.get(base_tag(tag))

    def finding(self, code: str, tag: int, message: str, citation: Citation) -> Finding:
        """Return a finding about an element of the Item, by the Module that names it, if any."""
        slot = self.slot(tag)
        element = data.element(self.dataset, tag)
        return Finding(
            code=code,
            location=self.location(tag),
            message=message,
            citation=citation,
            module=slot.first.source.owner.name if slot is not None else "",
            value=None if element is None else data.shown(element),
            sop_class_uid=self.run.sop_class_uid,
            offset=None if element is None else self.run.instance.offset(element),
        )


@dataclass(slots=True)
class Visit:
    """One Attribute of one Item: its Slot, its element (None if absent), and the way there.

    `tag` is the element's own, which differs from the Slot's in a repeating group. `items` are the
    Items of a Sequence, None for what isn't one. `chain` ends at the Item that holds (or lacks) the
    Attribute. `held` keeps what conditions came to, by id, for all Visits of that Item.
    """

    setting: Setting
    slot: Slot
    tag: int
    steps: tuple[Step, ...]
    chain: Chain
    element: Any = None
    empty: bool = False
    items: Any = None
    held: dict[int, Outcome] = field(default_factory=dict)
    _outcomes: list[Outcome] | None = None

    @property
    def location(self) -> Location:
        """The place of the Attribute."""
        return Location((*self.steps, step(self.setting.edition, self.tag)))

    @property
    def outcomes(self) -> list[Outcome]:
        """What the conditional rules of the Slot come to here, the strictest Type first."""
        if self._outcomes is None:
            held, found = self.held, []
            for rule in self.slot.conditional:
                condition = rule.condition
                # most have a condition of their own that was not asked yet, and no Includes
                if condition is None or rule.source.includes or id(condition) in held:
                    found.append(self._outcome(rule))
                    continue
                known = held[id(condition)] = outcome(condition, self.chain, self.setting.around)
                found.append(known)
            self._outcomes = found
        return self._outcomes

    @property
    def decisions(self) -> list[tuple[Rule, Decision]]:
        """The same, each with its rule and what decided it."""
        return [(rule, self.decide(rule)) for rule in self.slot.conditional]

    def decide(self, rule: Rule) -> Decision:
        """Return what a rule makes of the Attribute: its Includes first, then its own condition."""
        condition = self._unmet(rule) or rule.condition
        if condition is None:
            return Decision(self._outcome(rule))
        return self._decision(condition)

    def included(self, rule: Rule) -> Decision | None:
        """Return why the Includes above a rule don't hold for certain, None if they do."""
        condition = self._unmet(rule)
        return None if condition is None else self._decision(condition)

    def applies(self, rule: Rule, condition: Condition | None) -> bool | None:
        """Say whether what a rule says under a condition holds here, None if that isn't known.

        It doesn't where an Include above the rule leaves it out, or where the rule forbids the
        Attribute.
        """
        included = self.included(rule)
        if included is not None and included.outcome is not Outcome.UNKNOWN:
            return False
        if rule.condition is not None and self.decide(rule).outcome is Outcome.FORBIDDEN:
            return False
        own = Outcome.REQUIRED if condition is None else self._asked(condition)
        if own is Outcome.UNKNOWN:
            return None
        return (None if included is not None else True) if own is Outcome.REQUIRED else False

    def _outcome(self, rule: Rule) -> Outcome:
        condition = self._unmet(rule) if rule.source.includes else None
        if condition is None:
            condition = rule.condition
        if condition is None:
            return Outcome.REQUIRED if rule.type in _TYPES else Outcome.OPTIONAL
        return self._asked(condition)

    def _unmet(self, rule: Rule) -> Condition | None:
        """Return the Include that leaves a rule out, else the last that is undecided."""
        unknown = None
        for condition in rule.source.includes:
            outcome = self._asked(condition)
            if outcome is Outcome.FORBIDDEN or outcome is Outcome.OPTIONAL:
                return condition
            if outcome is Outcome.UNKNOWN:
                unknown = condition
        return unknown

    def _asked(self, condition: Condition) -> Outcome:
        # by identity: definitions live as long as their edition
        known = self.held.get(id(condition))
        if known is None:
            known = outcome(condition, self.chain, self.setting.around)
            self.held[id(condition)] = known
        return known

    def _decision(self, condition: Condition) -> Decision:
        return decision(self._asked(condition), condition, self.chain, self.setting.around)

    def finding(
        self, code: str, rule: Rule, message: str, because: tuple[str, ...] = ()
    ) -> Finding:
        """Return a finding about this Attribute, by the Rule that makes it one."""
        condition = _condition(rule)
        return Finding(
            code=code,
            location=self.location,
            message=message,
            citation=cite(self.setting.edition, rule),
            module=rule.source.owner.name,
            type=rule.type.value if rule.type else "",
            condition=self.setting.wording.said(condition) if condition else "",
            value=None if self.element is None else data.shown(self.element),
            because=because or self._settled(rule),
            sop_class_uid=self.setting.sop_class_uid,
            offset=None if self.element is None else self.setting.offset(self.element),
        )

    def _settled(self, rule: Rule) -> tuple[str, ...]:
        """Return why the Includes above a rule hold that the Item's own words have settled."""
        held = (decide(each, self.chain, self.setting.around) for each in rule.source.settled)
        return tuple(reason for decision in held for reason in decision.because)

    def undecided(self, rule: Rule, decision: Decision) -> NotEvaluated:
        """Return that a conditional Rule was not decided here."""
        condition = _condition(rule)
        assert condition is not None  # what has none is decided
        return NotEvaluated(
            location=self.location,
            module=rule.source.owner.name,
            type=rule.type.value if rule.type else "",
            reason=reason(condition, decision),
            citation=cite(self.setting.edition, rule, condition.paragraph),
            what=self.setting.wording.said(condition),
            because=decision.because,
        )


Check = Callable[[Visit], Iterator[Found]]


def _condition(rule: Rule) -> Condition | None:
    """Return the condition to show for a rule: its own, else the nearest Include's."""
    if rule.condition is not None:
        return rule.condition
    includes = rule.source.includes or rule.source.settled
    return includes[-1] if includes else None


def reason(condition: Condition, decision: Decision) -> str:
    """Return why a condition is undecided: not read, something missing, or for people to judge."""
    if isinstance(condition, Unparsed):
        return "unparsed"
    return "missing" if decision.doubted else "judgement"


def cite(edition: Edition, rule: Rule, row: str = "") -> Citation:
    """Return the citation of a Rule's row, or of another paragraph of its table."""
    return edition.cite(rule.source.table, row or rule.attribute.row)


def at(citation: Citation, row: str) -> Citation:
    """Return a citation of another paragraph of the same table."""
    return Citation(
        citation.edition, citation.part, citation.table, citation.section, row, citation.page
    )


@lru_cache(maxsize=8192)
def step(edition: Edition, tag: int) -> Step:
    """Return a tag as the last step of a Location."""
    return Step(*names(edition, tag))


def names(edition: Edition, tag: int) -> tuple[str, str]:
    """Return a tag as printed, and its keyword."""
    return write_tag(tag), edition.keyword(tag)
