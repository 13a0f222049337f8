"""Which Modules of the IOD are in force for a data set (SEMANTICS: Module presence).

How it decides:
1. A Module of Usage M, without a Usage, or of Usage C whose condition is true, is in force. If none
   of its Attributes is in the data set though it demands some, it is missing: that is one finding,
   and its Attributes are not asked for one by one.
2. Another Module is present when it has an Attribute in the data set that no Module in force
   explains. One whose Attribute no other such Module has is present for certain; where several
   could explain an Attribute, the one that may be there and then misses the fewest Attributes of
   Type 1 or 2 is taken, the first of equals.
3. A present Module whose condition forbids it is a finding, and isn't asked for anything.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from dicomspec.model import Usage
from dicomspec.validation.level import DEMANDED, Level
from dicomspec.validation.plan import Plan

_CACHED = 512
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Presence:
    """Indexes of the Plan's Modules enforced, missing, not permitted; the others are absent."""

    enforced: tuple[int, ...]
    missing: tuple[int, ...]
    not_permitted: tuple[int, ...] = ()


class Judge:
    """Tells the Modules in force for sets of tags, for one Plan; the answers are kept."""

    def __init__(self, plan: Plan) -> None:
        self._levels = plan.module_slots
        self._mandatory = frozenset(
            owner.index for owner in plan.modules if owner.usage in {Usage.MANDATORY, None}
        )
        self._owners: dict[int, list[int]] = {}
        for owner in plan.modules:
            for tag in self._levels[owner.index].slots:
                self._owners.setdefault(tag, []).append(owner.index)
        self._owned = frozenset(self._owners)
        self._known: dict[tuple[frozenset[int], ...], Presence] = {}

    def judge(
        self,
        tags: frozenset[int],
        required: frozenset[int] = _NONE,
        forbidden: frozenset[int] = _NONE,
    ) -> Presence:
        """Return the Modules in force; tags of repeating groups are given as of the first group.

        `required` and `forbidden` are the indexes of Modules of Usage C (or U) whose conditions say
        so.
        """
        key = (tags & self._owned, required, forbidden)
        if key not in self._known:
            if len(self._known) >= _CACHED:
                self._known.clear()
            self._known[key] = self._judge(*key)
        return self._known[key]

    def _judge(
        self, tags: frozenset[int], required: frozenset[int], forbidden: frozenset[int]
    ) -> Presence:
        asked = self._mandatory | required
        missing = {index for index in asked if self._is_missing(self._levels[index], tags)}
        present = self._present(tags, asked, forbidden)
        return Presence(
            tuple(sorted((asked - missing) | (present - forbidden))),
            tuple(sorted(missing)),
            tuple(sorted(present & forbidden)),
        )

    @staticmethod
    def _is_missing(level: Level, tags: AbstractSet[int]) -> bool:
        return bool(level.checked) and not any(tag in tags for tag in level.slots)

    def _present(
        self, tags: frozenset[int], asked: frozenset[int], forbidden: frozenset[int]
    ) -> set[int]:
        explained = {tag for index in asked for tag in self._levels[index].slots}
        unexplained = sorted(tags - explained)
        present = {self._owners[tag][0] for tag in unexplained if len(self._owners[tag]) == 1}
        for tag in unexplained:
            candidates = self._owners[tag]
            if not (present - forbidden).intersection(candidates):
                present.add(
                    min(
                        candidates,
                        key=lambda index: (index in forbidden, self._faults(index, tags), index),
                    )
                )
        return present

    def _faults(self, index: int, tags: AbstractSet[int]) -> int:
        slots = self._levels[index].slots.values()
        return sum(slot.base_type in DEMANDED and slot.tag not in tags for slot in slots)
