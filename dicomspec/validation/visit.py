"""Where the walk stands, and what a check is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dicomspec.edition import Edition
from dicomspec.findings import Citation, Finding, Location, NotEvaluated, Step
from dicomspec.model import Condition
from dicomspec.validation.plan import Owner, Plan, Rule, Slot
from dicomspec.validation.presence import Presence

Found = Finding | NotEvaluated
ROOT = Location()


@dataclass(frozen=True, slots=True)
class Run:
    """One data set held against one Plan."""

    edition: Edition
    plan: Plan
    dataset: Any  # a pydicom Dataset; only `dataset` knows its insides
    presence: Presence
    sop_class_uid: str

    def not_evaluated(self, owner: Owner, condition: Condition | None) -> NotEvaluated:
        """Return that an Owner's condition, or what its Usage says besides, was not decided."""
        row = getattr(condition, "paragraph", "")
        citation = Citation(
            owner.citation.edition, owner.citation.part, owner.citation.table,
            owner.citation.section, row or owner.citation.row, owner.citation.page,
        )  # fmt: skip
        return NotEvaluated(ROOT, owner.name, owner.letter, "unparsed", citation)


@dataclass(slots=True)
class Visit:
    """One Attribute of one Item: its Slot, its element (None if absent), and the way there.

    `tag` is the element's own, which differs from the Slot's in a repeating group. `items` are the Items
    of a Sequence, None for what isn't one.
    """

    run: Run
    slot: Slot
    tag: int
    element: Any
    steps: tuple[Step, ...]
    empty: bool = False
    items: Any = None

    @property
    def location(self) -> Location:
        """The place of the Attribute."""
        return Location((*self.steps, Step(*names(self.run.edition, self.tag))))

    def finding(self, code: str, rule: Rule, message: str) -> Finding:
        """Return a finding about this Attribute, by the Rule that makes it one."""
        return Finding(
            code=code,
            location=self.location,
            message=message,
            citation=cite(self.run.edition, rule),
            module=rule.source.owner.name,
            type=rule.type.value if rule.type else "",
            sop_class_uid=self.run.sop_class_uid,
        )

    def undecided(self, rule: Rule) -> NotEvaluated:
        """Return that a conditional Rule was not decided here."""
        condition = rule.condition
        row = getattr(condition, "paragraph", "")
        return NotEvaluated(
            location=self.location,
            module=rule.source.owner.name,
            type=rule.type.value if rule.type else "",
            reason="unparsed",
            citation=cite(self.run.edition, rule, row),
        )


Check = Callable[[Visit], Iterator[Found]]


def cite(edition: Edition, rule: Rule, row: str = "") -> Citation:
    """Return the citation of a Rule's row, or of another paragraph of its table."""
    return edition.cite(rule.source.table, row or rule.attribute.row)


def names(edition: Edition, tag: int) -> tuple[str, str]:
    """Return a tag as printed, and its keyword."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})", edition.keyword(tag)
