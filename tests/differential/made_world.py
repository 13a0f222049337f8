"""A whole data set in which a row's condition is made to hold, or not to.

How it decides where something is put that a condition asks for:
1. In the Item itself, the one around it, or the root, where the condition says so.
2. Else in the nearest Item around whose definition has the Attribute; in a Functional Group else in
   another one that has it, shared if the IOD permits that, else of the same frame; else at the
   root.
"""

from dataclasses import dataclass, field

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec.model import condition as c
from dicomspec.validation.level import Level
from dicomspec.validation.plan import Plan
from dicomspec.validation.scope import FRAMES, SHARED, number
from tests.dicomspec.validation import minimal, satisfy
from tests.differential.made_rows import may_stand

GROUPS = (SHARED, *FRAMES)
_HERE = frozenset({c.Scope.ITEM, c.Scope.INSIDE})


@dataclass
class World(satisfy.World):
    """A `satisfy.World` whose Items are those of a whole data set; `way` leads to the row's."""

    plan: Plan | None = None
    way: list[tuple[Dataset, Level]] = field(default_factory=list)

    def home(self, ref: c.Ref, here: Dataset) -> Dataset:
        """Return the Item in which an Attribute would stand that is looked for from `here`."""
        inside = next((n for n, (each, _) in enumerate(self.way) if each is here), None)
        if inside is None or ref.scope in _HERE:
            return here
        if ref.scope is c.Scope.ENCLOSING:
            return self.way[max(inside - 1, 0)][0]
        if ref.scope is c.Scope.ROOT:
            return self.root
        if ref.scope is c.Scope.NEAREST:
            for item, level in reversed(self.way[1 : inside + 1]):
                if number(ref.tag) in level.slots:
                    return item
        return self._in_groups(number(ref.tag)) or self.root

    def _in_groups(self, tag: int) -> Dataset | None:
        """Return the Item of a Functional Group that has an Attribute, made if need be."""
        assert self.plan is not None  # this World has one
        root, level = self.way[0]
        there = [each for each in GROUPS if each in level.slots and each in root]
        for sequence in there if tag not in level.slots else ():
            inner = self.plan.children(level.slots[sequence])
            for slot in inner.slots.values():
                permitted = any(may_stand(rule.source.owner, sequence) for rule in slot.rules)
                if permitted and slot.sequence and tag in self.plan.children(slot).slots:
                    return item_in(self.plan, root[sequence].value[0], inner, slot.tag)
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
