"""Which Modules of the IOD are in force for a data set (SEMANTICS: Module presence).

How it decides:
1. A Module of Usage M, or without a Usage, is in force. If none of its Attributes is in the data set though it
   demands some, it is missing: that is one finding, and its Attributes are not asked for one by one.
2. A Module of Usage U or C is present when it has an Attribute in the data set that no Module in force
   explains. One whose Attribute no other such Module has is present for certain; where several could explain
   an Attribute, the one that then misses the fewest Attributes of Type 1 or 2 is taken, the first of equals.
3. A Module of Usage C is in force only if present: its condition is not read.
"""

from dataclasses import dataclass

from dicomspec.model import Type, Usage
from dicomspec.validation.plan import Level, Plan

_DEMANDED = frozenset({Type.TYPE_1, Type.TYPE_2})
_CACHED = 512


@dataclass(frozen=True, slots=True)
class Presence:
    """Indexes of the Plan's Modules: those enforced, those missing; the others are absent."""

    enforced: tuple[int, ...]
    missing: tuple[int, ...]


class Judge:
    """Tells the Modules in force for sets of tags, for one Plan; the answers are kept."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._levels = plan.module_slots
        self._mandatory = [
            owner.index
            for owner in plan.modules
            if owner.usage in {Usage.MANDATORY, None}
        ]
        self._explained = {tag for index in self._mandatory for tag in self._levels[index].slots}
        self._owners: dict[int, list[int]] = {}
        for owner in plan.modules:
            for tag in self._levels[owner.index].slots:
                self._owners.setdefault(tag, []).append(owner.index)
        self._known: dict[frozenset[int], Presence] = {}

    def judge(self, tags: frozenset[int]) -> Presence:
        """Return the Modules in force; tags of repeating groups are given as of the first group."""
        relevant = tags.intersection(self._owners)
        if relevant not in self._known:
            if len(self._known) >= _CACHED:
                self._known.clear()
            self._known[relevant] = self._judge(relevant)
        return self._known[relevant]

    def _judge(self, tags: frozenset[int]) -> Presence:
        missing = {index for index in self._mandatory if self._is_missing(self._levels[index], tags)}
        enforced = (set(self._mandatory) - missing) | self._present(tags)
        return Presence(tuple(sorted(enforced)), tuple(sorted(missing)))

    @staticmethod
    def _is_missing(level: Level, tags: frozenset[int]) -> bool:
        return bool(level.checked) and not any(tag in tags for tag in level.slots)

    def _present(self, tags: frozenset[int]) -> set[int]:
        present: set[int] = set()
        unexplained = [tag for tag in tags if tag not in self._explained]
        for tag in unexplained:
            if len(self._owners[tag]) == 1:
                present.add(self._owners[tag][0])
        for tag in sorted(unexplained):
            candidates = self._owners[tag]
            if not present.intersection(candidates):
                present.add(min(candidates, key=lambda index: (self._faults(index, tags), index)))
        return present

    def _faults(self, index: int, tags: frozenset[int]) -> int:
        slots = self._levels[index].slots.values()
        return sum(slot.base_type in _DEMANDED and slot.tag not in tags for slot in slots)
