"""Which rows data sets are made for: conditional ones, and where an IOD has them.

How they are found:
1. An Attribute's row is told by its table, its paragraph and that of its condition, which an
   Include may have changed. Where several IODs, or one in several places, have it, its sites are
   tried in the order of their depth, then of the IODs in the standard.
2. A Module or Functional Group Macro is one row of its IOD's table. A Macro is known by the
   Sequence that it begins with, which isn't tried by itself; its sites are the frames' Items and
   the shared one, those of them that the IOD permits, in this order.
3. Only IODs that a SOP Class stores count, and what is conditional by the row itself: what an
   Include's condition adds is asked for together with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dicomspec.edition import Edition
from dicomspec.model import Attribute, Condition, Conditional, Sharing
from dicomspec.validation.level import Level, Owner, Rule
from dicomspec.validation.plan import Plan
from dicomspec.validation.scope import FRAMES, SHARED, number

_SITES = 3  # of one row that are kept


@dataclass(frozen=True, slots=True)
class Site:
    """A place of a row: the SOP Class, the Module that leads there, and the tags on the way.

    A Macro's own row has the tags of its Functional Groups Sequence and its Sequence, and no Rule;
    a Module's has neither.
    """

    sop_class_uid: str
    iod: str
    owner: Owner
    path: tuple[int, ...]
    rule: Rule | None = None

    @property
    def condition(self) -> Condition | None:
        """The condition of the row itself."""
        return self.owner.condition if self.rule is None else self.rule.condition


@dataclass(slots=True)
class Row:
    """A conditional row: what it is called, its condition, and where it can be tried."""

    name: str
    kind: str
    condition: Conditional
    sites: list[Site] = field(default_factory=list)


def rows(edition: Edition) -> list[Row]:
    """Return every conditional row of the IODs that are stored, in order."""
    found: dict[str, Row] = {}
    for iod, uid in _stored(edition).items():
        plan = Plan(edition, iod)
        for owner in (*plan.modules, *plan.macros):
            if isinstance(owner.condition, Conditional):
                kind = "module" if owner.macro is None else "functional group"
                row = Row(f"{owner.citation.table} {owner.citation.row}", kind, owner.condition)
                paths = [()] if owner.macro is None else in_groups(plan, owner)
                sites = (Site(uid, iod, owner, path) for path in paths)
                found.setdefault(row.name, row).sites.extend(sites)
        for site in _attributes(plan, uid):
            _add(found, site)
    for row in found.values():
        row.sites.sort(key=lambda site: len(site.path))
        del row.sites[_SITES:]
    return list(found.values())


def _add(found: dict[str, Row], site: Site) -> None:
    rule = site.rule
    assert rule is not None  # an Attribute's site has one
    assert isinstance(rule.condition, Conditional)
    name = f"{rule.source.table} {rule.attribute.row}"
    if rule.condition is not rule.attribute.condition:
        name += f" {rule.condition.paragraph}"
    row = found.setdefault(name, Row(name, "attribute", rule.condition))
    row.sites.append(site)


def _stored(edition: Edition) -> dict[str, str]:
    """Return a SOP Class UID of each IOD that one stores, the first."""
    found: dict[str, str] = {}
    for uid, sop_class in edition.sop_classes.items():
        if sop_class.iod is not None:
            found.setdefault(sop_class.iod, uid)
    return {iod: found[iod] for iod in edition.iods if iod in found}


def _attributes(plan: Plan, uid: str) -> Iterator[Site]:
    """Yield the conditional rows of each Level of each Module, where it is met first."""
    seen: set[int] = set()
    for owner in plan.modules:
        waiting: list[tuple[Level, tuple[int, ...]]] = [(plan.module_slots[owner.index], ())]
        for level, path in waiting:  # which grows
            if id(level) in seen:
                continue
            seen.add(id(level))
            for slot in level.slots.values():
                way = (*path, slot.tag)
                for rule in slot.rules:
                    if not rule.source.demanded or not may_stand(rule.source.owner, way[0]):
                        continue
                    if isinstance(rule.condition, Conditional):
                        yield Site(uid, plan.iod.name, owner, way, rule)
                if slot.sequence and not slot.repeating:
                    waiting.append((plan.children(slot), way))


def in_groups(plan: Plan, owner: Owner) -> list[tuple[int, ...]]:
    """Return the paths of a Macro's Sequence that its IOD permits, that of the frames first."""
    assert owner.table is not None  # a Macro has one
    first = plan.edition.table(owner.table).entries[0]
    assert isinstance(first, Attribute)  # by which a Macro is known
    every = ((group, number(first.tag)) for group in (*FRAMES, SHARED) if group in plan.whole.slots)
    return [path for path in every if may_stand(owner, path[0])]


def may_stand(owner: Owner, group: int) -> bool:
    """Say whether an IOD permits what a Module or Macro has in a Functional Groups Sequence."""
    wrong = {Sharing.SHARED_ONLY: FRAMES, Sharing.PER_FRAME_ONLY: (SHARED,)}
    return owner.macro is None or group not in wrong.get(owner.macro.sharing, ())
