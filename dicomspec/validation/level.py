"""What is asked of one Item: its Slots, made of Rules, which rows of tables gave.

How it decides:
1. Rows that hold only under a condition (of the Attribute, or of an Include above it) are
   `conditional`; the others are certain.
2. The same Attribute in several Modules in force is one Slot; its strictest certain Type holds, and
   the Module that makes it so is the one that a finding names.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from dicomspec.findings import Citation
from dicomspec.model import (
    Attribute,
    Condition,
    Entry,
    FunctionalGroupMacroUse,
    Include,
    Type,
    Usage,
    ValueCount,
    ValueList,
)

DEMANDED = frozenset({Type.TYPE_1, Type.TYPE_2})
_STRICTNESS = {Type.TYPE_1: 0, Type.TYPE_2: 1, Type.TYPE_3: 2}
_ORDER: dict[Type | None, int] = {
    Type.TYPE_1: 0, Type.TYPE_1C: 1, Type.TYPE_2: 2, Type.TYPE_2C: 3, Type.TYPE_3: 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Owner:
    """A Module or a Functional Group Macro of the IOD, by whose name findings speak."""

    index: int
    entity: str
    name: str
    usage: Usage | None
    table: str | None
    condition: Condition | None
    citation: Citation
    macro: FunctionalGroupMacroUse | None = None

    @property
    def letter(self) -> str:
        """The Usage as printed, empty where there is none."""
        return self.usage.value if self.usage else ""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one table as they count for one Owner.

    `includes` are the conditions of the Includes above them, `types` what these specialize;
    `settled` those of these conditions that are known to hold in the Item (see `switches`); `above`
    the Includes, and the Sequence, whose rows may have lists of values for them, each with the
    table of its row.
    """

    entries: tuple[Entry, ...]
    owner: Owner
    table: str
    includes: tuple[Condition, ...] = ()
    types: tuple[tuple[str, Type, Condition | None], ...] = ()
    demanded: bool = True
    settled: tuple[Condition, ...] = ()
    above: tuple[tuple[Include | Attribute, str], ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What tells apart Sources that give different rules."""
        return (
            id(self.entries),
            self.owner.index,
            self.table,
            self.includes,
            self.types,
            self.demanded,
            tuple(id(row) for row, _ in self.above),
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of values as it counts for an Attribute, and where it stands (see `lists`).

    `path` is the place, as tags from the root, at which alone it counts; empty where it is any.
    """

    values: ValueList
    citation: Citation
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of Values as it counts for an Attribute, and where it stands (see `lists`)."""

    count: ValueCount
    citation: Citation


@dataclass(frozen=True, slots=True)
class Rule:
    """What one row asks of one Attribute; `condition` is that of its Type 1C or 2C.

    `lists` are the values that it may have, `counts` how many of them.
    """

    attribute: Attribute
    source: Source
    type: Type | None
    condition: Condition | None
    children: tuple[Source, ...] = ()
    lists: tuple[Listed, ...] = ()
    counts: tuple[Counted, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it holds whatever the data set holds."""
        return self.condition is None and not self.source.includes

    @property
    def asks(self) -> bool:
        """Whether it may ask for the Attribute to be there."""
        return self.type is not Type.TYPE_3 and self.type is not None and self.source.demanded


@dataclass(slots=True)
class Slot:
    """All that is asked of one Attribute in one Item; `base` is the strictest certain Rule.

    `whole` is the Slot with all Rules, where what the Item holds has left some out.
    """

    tag: int
    repeating: bool
    rules: list[Rule]
    base: Rule | None = None
    base_type: Type | None = None  # the strictest certain Type that is demanded here
    demanded: bool = False  # by that Type
    whole: "Slot | None" = None
    conditional: tuple[Rule, ...] = ()
    demanding: bool = False  # its absence may say something
    sure: bool = False  # a Rule names it whatever the Item holds
    sequence: bool = False  # rows are nested under it
    varies: bool = False  # what its Items hold depends on the Includes that are in force
    checks: tuple[Any, ...] | None = None  # those that concern it, once that was asked
    permitted: Any = None  # what its lists of values permit, once that was asked (see `permitted`)

    @property
    def first(self) -> Rule:
        """The Rule that names the Attribute: the base, else the first."""
        return self.base or self.rules[0]

    def settle(self) -> None:
        """Find the base and the conditional rules, once all rules are there."""
        certain = [rule for rule in self.rules if rule.certain and rule.type is not None]
        self.base = min(certain, key=_strictness, default=None)
        conditional = [rule for rule in self.rules if not rule.certain and rule.type is not None]
        if self.base is not None and self.base.type is Type.TYPE_1:
            conditional = []  # nothing conditional asks for more
        self.conditional = tuple(sorted(conditional, key=lambda rule: _ORDER[rule.type]))
        asked = any(rule.asks for rule in self.conditional)
        base = self.base
        self.base_type = base.type if base is not None and base.source.demanded else None
        self.demanded = self.base_type in DEMANDED
        self.demanding = self.demanded or asked
        self.sure = any(rule.certain for rule in self.rules)
        self.sequence = any(rule.children for rule in self.rules)
        self.varies = len({rule.source.includes for rule in self.rules if rule.children}) > 1


def _strictness(rule: Rule) -> tuple[bool, int]:
    assert rule.type is not None  # `settle` leaves the others out
    return not rule.source.demanded, _STRICTNESS.get(rule.type, 0)


@dataclass(slots=True)
class Level:
    """What is asked of one Item (or of the data set itself): its Slots, in the standard's order.

    `open` says that others of the standard's Attributes may be there: a row admits them, or nothing
    defines the Item. `fine` are the tags of which nothing is to be said (see `checks.identity`).
    """

    slots: dict[int, Slot]
    unresolved: tuple[tuple[Include, Source], ...] = ()
    open: bool = False
    fine: frozenset[int] | None = None
    checked: int = field(init=False)
    _order: dict[int, int] = field(init=False)
    _asking: frozenset[int] = field(init=False)  # to be visited whether there or not

    def __post_init__(self) -> None:
        slots = self.slots.values()
        self.checked = sum(slot.demanded for slot in slots)
        self._order = {tag: place for place, tag in enumerate(self.slots)}
        self._asking = frozenset(slot.tag for slot in slots if slot.demanding or slot.repeating)

    def visited(self, present: AbstractSet[int]) -> list[int]:
        """Return the tags of the Slots of which there may be something to say, in order.

        `present` are the tags that the Item has.
        """
        return sorted(self._asking | (self.slots.keys() & present), key=self._order.__getitem__)


ANYTHING = Level({}, open=True)  # of an Item that no definition describes
