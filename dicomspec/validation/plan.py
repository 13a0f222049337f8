"""IOD → Plan: Macros expanded, Attributes of all Modules in force merged by tag.

How it decides:
1. An Include stands for the rows of its table, row for row (PS3.3 5.4); what it specializes is
   applied to them. Rows nested below an Include belong to the last Sequence of the included table.
2. The same Attribute in several Modules in force is one Slot (see `level`). A row that says it
   overrides another Module's takes that one's place (PS3.3 C.1.2.3).
3. A Functional Group Macro's own rows are not demanded of an Item: whether it has to be there is
   asked over all frames. What is nested in them is.
4. Levels are made when a data set first gets there, and kept: the same rows give the same Level, so
   that a Macro that includes itself ends.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from dicomspec.edition import Edition
from dicomspec.findings import Citation, Step
from dicomspec.model import (
    IOD,
    Attribute,
    Condition,
    Conditional,
    FunctionalGroupMacroUse,
    Include,
    Is,
    ModuleExclusion,
    ModuleUse,
    OtherAttributes,
    Otherwise,
    PresenceConstraint,
    Ref,
    TableKind,
)
from dicomspec.validation.level import ANYTHING, Level, Owner, Rule, Slot, Source
from dicomspec.validation.lists import Constraints, constraints, with_lists, with_row
from dicomspec.validation.switches import Switches
from dicomspec.validation.whereabouts import Row, rows

_RECORD_TYPE = "(0004,1430)"
_NO_IOD = IOD("", "", "", "", ())
_Unnamed = list[tuple[Include | OtherAttributes, "Source"]]


class Levels:
    """Makes Levels from an Edition's tables as they are needed, and keeps them."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.macros: list[Owner] = []
        self.constraints: Constraints = {}
        self._levels: dict[tuple[object, ...], Level] = {}
        self._children: dict[tuple[object, ...], Level] = {}
        self._switches: dict[int, Switches | None] = {}

    def children(self, slot: Slot, rules: tuple[Rule, ...] | None = None) -> Level:
        """Return the Level of the Items of a Slot's Sequence.

        `rules` are those of the Slot that are in force, where that was decided; else all of them.
        """
        key = (id(slot), None if rules is None else tuple(id(rule) for rule in rules))
        if key not in self._children:
            sources = _child_sources(
                tuple(slot.rules) if rules is None else rules, rules is not None
            )
            self._children[key] = self.level(sources)
        return self._children[key]

    def switches(self, level: Level) -> Switches | None:
        """Return the switches of a Level, None where it has none."""
        key = id(level)  # Levels live as long as this
        if key not in self._switches:
            self._switches[key] = Switches.of(level)
        return self._switches[key]

    def level(self, sources: Iterable[Source]) -> Level:
        """Return the Level that sources give together."""
        every = tuple(dict.fromkeys(sources))
        key = tuple(source.key for source in every)
        if key not in self._levels:
            self._levels[key] = self._make(every)
        return self._levels[key]

    def _make(self, sources: tuple[Source, ...]) -> Level:
        slots: dict[int, Slot] = {}
        unresolved: _Unnamed = []
        rules = [rule for source in sources for rule in self._rules(source, unresolved, ())]
        for rule in with_lists(rules, self.edition, self.constraints):
            tag, repeating = _number(rule.attribute.tag)
            slots.setdefault(tag, Slot(tag, repeating, [])).rules.append(rule)
        for slot in slots.values():
            slot.rules = self._in_place(slot.rules)
            slot.settle()
        includes = ((entry, of) for entry, of in unresolved if isinstance(entry, Include))
        return Level(slots, tuple(includes), open=any(_admits(entry) for entry, _ in unresolved))

    def _in_place(self, rules: list[Rule]) -> list[Rule]:
        """Return the Rules without those of Modules that another Rule for certain overrides."""
        overridden = {
            place
            for rule in rules
            if not rule.source.includes
            for place in rule.attribute.overrides
        }
        if not overridden:
            return rules
        return [rule for rule in rules if self._section(rule.source.owner) not in overridden]

    def _section(self, owner: Owner) -> str | None:
        return None if owner.table is None else self.edition.table(owner.table).section

    def _rules(
        self, source: Source, unresolved: _Unnamed, above: tuple[str, ...]
    ) -> Iterator[Rule]:
        for entry in source.entries:
            if isinstance(entry, Attribute):
                yield _rule(entry, source)
            elif isinstance(entry, Include):
                yield from self._included(entry, source, unresolved, above)
            elif isinstance(entry, OtherAttributes):
                unresolved.append((entry, source))

    def _included(
        self,
        entry: Include,
        source: Source,
        unresolved: _Unnamed,
        above: tuple[str, ...],
    ) -> Iterator[Rule]:
        if entry.what == "functional groups":
            inner: Iterable[Source] = self._functional_groups()
        elif entry.what == "directory record keys":
            inner = self._directory_record_keys(entry, source)
        elif entry.table is None or entry.table in above or entry.table not in self.edition.tables:
            unresolved.append((entry, source))
            return
        else:
            rules = list(self._rules(self._inner(entry, source), unresolved, (*above, entry.table)))
            yield from _with_nested(rules, entry, source) if entry.entries else rules
            return
        for each in inner:
            yield from self._rules(each, unresolved, above)

    def _functional_groups(self) -> Iterator[Source]:
        for owner in self.macros:
            if owner.table is not None:
                entries = self.edition.table(owner.table).entries
                yield Source(entries, owner, owner.table, demanded=False)

    def _directory_record_keys(self, entry: Include, source: Source) -> Iterator[Source]:
        """Yield the Keys of every Directory Record Type, each on the condition that it is that."""
        for record_type, table in self.edition.directory_records.items():
            # PS3.3 F.5: the Keys of a Directory Record depend on its Type; others may be there
            condition = Conditional(
                entry.row, Is(Ref(_RECORD_TYPE), (record_type,)), otherwise=Otherwise.MAY
            )
            yield Source(
                self.edition.table(table).entries,
                source.owner,
                table,
                (*source.includes, condition),
            )

    def _inner(self, entry: Include, source: Source) -> Source:
        assert entry.table is not None  # the caller asked
        changed = tuple((each.tag, each.type, each.condition) for each in entry.specializations)
        return Source(
            self.edition.table(entry.table).entries,
            source.owner,
            entry.table,
            _with(source.includes, entry.condition),
            (*changed, *source.types),
            source.demanded,
            above=with_row(source, entry),
        )


class Plan(Levels):
    """What an IOD asks, compiled from an Edition; of none, nothing is asked.

    Raises KeyError for an IOD that the edition doesn't have.
    """

    def __init__(self, edition: Edition, name: str) -> None:
        super().__init__(edition)
        self.iod: IOD = edition.iod(name) if name else _NO_IOD
        self.modules: list[Owner] = list(self._modules())
        self.macros = list(self._macros())
        self.constraints = constraints(self.iod, edition)
        self.presence = _by_place(self.iod)
        self._roots: dict[tuple[int, ...], Level] = {}
        self.foreseen: dict[Any, Any] = {}  # see `ahead`
        self.foreseen_size = 0

    def _modules(self) -> Iterator[Owner]:
        listed = [(entity, use) for entity in self.iod.entities for use in entity.modules]
        for index, (entity, use) in enumerate(listed):
            yield self._owner(index, entity.name, use, self.edition.cite_iod(self.iod, use.row))

    def _macros(self) -> Iterator[Owner]:
        for index, use in enumerate(self.iod.functional_groups, start=len(self.modules)):
            citation = self.edition.cite_iod(self.iod, use.row, functional_groups=True)
            yield self._owner(index, "", use, citation)

    @staticmethod
    def _owner(
        index: int, entity: str, use: ModuleUse | FunctionalGroupMacroUse, citation: Citation
    ) -> Owner:
        macro = use if isinstance(use, FunctionalGroupMacroUse) else None
        return Owner(index, entity, use.name, use.usage, use.table, use.condition, citation, macro)

    @cached_property
    def excluded(self) -> list[tuple[ModuleExclusion, Level]]:
        """The Modules that the IOD's own sections exclude, with what they have at the root."""
        found = []
        for each in self.iod.excluded:
            owner = self._excluded(each)
            if owner is not None:
                found.append((each, self.level(self._root_sources([owner]))))
        return found

    def _excluded(self, exclusion: ModuleExclusion) -> Owner | None:
        """Return an excluded Module, None for one that the edition doesn't have any more."""
        named = (table for table, name in self.edition.tables.items() if name == exclusion.name)
        for table in named:
            if self.edition.table(table).kind is TableKind.MODULE:
                citation = self.edition.cite_place(exclusion.section, exclusion.page)
                return Owner(-1, "", exclusion.name, None, table, None, citation)
        return None

    @cached_property
    def module_slots(self) -> list[Level]:
        """Each Module's own root Level, by its index."""
        return [self.level(self._root_sources([owner])) for owner in self.modules]

    def _root_sources(self, owners: Iterable[Owner]) -> list[Source]:
        return [
            Source(self.edition.table(owner.table).entries, owner, owner.table)
            for owner in owners
            if owner.table is not None
        ]

    @cached_property
    def whereabouts(self) -> Mapping[int, Row]:
        """Where the IOD has an Attribute, by tag, whether or not its Module is in force."""
        tables = (owner.table for owner in self.modules if owner.table is not None)
        groups = (owner.table for owner in self.macros if owner.table is not None)
        return rows(self.edition, tuple(tables), tuple(groups))

    @property
    def whole(self) -> Level:
        """The root Level of all Modules, whether or not they are in force."""
        return self.root(tuple(owner.index for owner in self.modules))

    def root(self, in_force: tuple[int, ...]) -> Level:
        """Return the root Level of the Modules in force (their indexes, in order)."""
        if not self.modules:
            return ANYTHING
        if in_force not in self._roots:
            sources = self._root_sources(self.modules[index] for index in in_force)
            self._roots[in_force] = self.level(sources)
        return self._roots[in_force]


def _admits(entry: Include | OtherAttributes) -> bool:
    """Say whether an entry admits others of the standard's Attributes than those that are named."""
    return not (isinstance(entry, Include) and entry.what == "private attributes")


def _with(includes: tuple[Condition, ...], condition: Condition | None) -> tuple[Condition, ...]:
    return includes if condition is None else (*includes, condition)


def _by_place(iod: IOD) -> Mapping[tuple[str, ...], tuple[PresenceConstraint, ...]]:
    """Return what an IOD's own sections say of presence, by the tags that lead to the Item."""
    found: dict[tuple[str, ...], tuple[PresenceConstraint, ...]] = {}
    for each in iod.presence:
        found[each.path[:-1]] = (*found.get(each.path[:-1], ()), each)
    return found


def place(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the tags of steps as an IOD's own sections name a place: what holds itself, once."""
    tags = [step.tag for step in steps]
    return tuple(tag for n, tag in enumerate(tags) if n == 0 or tag != tags[n - 1])


def _rule(entry: Attribute, source: Source) -> Rule:
    kind, condition = entry.type, entry.condition
    for tag, changed, changed_condition in source.types:
        if tag == entry.tag:
            kind, condition = changed, changed_condition
            break
    children: tuple[Source, ...] = ()
    if entry.entries:
        above = with_row(replace(source, above=()), entry)
        children = (
            Source(entry.entries, source.owner, source.table, source.includes, above=above),
        )
    return Rule(entry, source, kind, condition, children)


def _with_nested(rules: list[Rule], entry: Include, source: Source) -> list[Rule]:
    """Give the rows nested below an Include to the last Sequence among the rules it stands for."""
    last = max((n for n, rule in enumerate(rules) if rule.children), default=None)
    if last is None:
        return rules
    includes = _with(source.includes, entry.condition)
    nested = Source(entry.entries, source.owner, source.table, includes)
    rules[last] = replace(rules[last], children=(*rules[last].children, nested))
    return rules


def _child_sources(rules: tuple[Rule, ...], decided: bool) -> Iterator[Source]:  # noqa: FBT001
    """Yield the Sources of a Sequence's Items.

    PS3.5 7.4: what is nested is asked of each Item that is there, so that the conditions of
    Includes above the Sequence no longer matter, unless several Includes describe the same Sequence
    and none is decided.
    """
    alike = len({rule.source.includes for rule in rules if rule.children}) <= 1
    for rule in rules:
        for child in rule.children:
            yield replace(child, includes=()) if alike or decided else child


def _number(tag: str) -> tuple[int, bool]:
    """Return a printed tag as a number, x as 0, and whether it is one of a repeating group."""
    digits = tag[1:5] + tag[6:10]
    return int(digits.replace("x", "0"), 16), "x" in digits
