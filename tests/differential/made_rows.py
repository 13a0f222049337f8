"""Which rows data sets are made for: conditional ones, and where an IOD has them.

How they are found:
1. An Attribute's row is told by its table, its paragraph and that of its condition, which an
   Include may have changed. Where several IODs, or one in several places, have it, its sites are
   tried in the order of their depth, then of the IODs in the standard.
2. A Module is one row of its IOD's table. Functional Group Macros, and the Sequences that these
   begin with, are not tried.
3. Only IODs that a SOP Class stores count, and what is conditional by the row itself: what an
   Include's condition adds is asked for together with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dicomspec.edition import Edition
from dicomspec.model import Conditional, Sharing
from dicomspec.validation.level import Level, Owner, Rule
from dicomspec.validation.plan import Plan
from dicomspec.validation.scope import FRAMES, SHARED

_SITES = 3  # of one row that are kept


@dataclass(frozen=True, slots=True)
class Site:
    """A place of a row: the SOP Class, the Module that leads there, and the tags on the way."""

    sop_class_uid: str
    iod: str
    owner: Owner
    path: tuple[int, ...]
    rule: Rule | None = None


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
        for owner in plan.modules:
            if isinstance(owner.condition, Conditional):
                row = Row(f"{owner.citation.table} {owner.citation.row}", "module", owner.condition)
                found.setdefault(row.name, row).sites.append(Site(uid, iod, owner, ()))
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
                    if not rule.source.demanded or not _permitted(rule, way):
                        continue
                    if isinstance(rule.condition, Conditional):
                        yield Site(uid, plan.iod.name, owner, way, rule)
                if slot.sequence and not slot.repeating:
                    waiting.append((plan.children(slot), way))


def _permitted(rule: Rule, way: tuple[int, ...]) -> bool:
    """Say whether a Functional Group Macro may stand where a way leads."""
    macro = rule.source.owner.macro
    if macro is None:
        return True
    wrong = {Sharing.SHARED_ONLY: FRAMES, Sharing.PER_FRAME_ONLY: (SHARED,)}
    return way[0] not in wrong.get(macro.sharing, ())
