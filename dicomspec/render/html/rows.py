"""The rows of a Module's table, in document order.

How it decides:
1. An Attribute is a row, marked ">" for each Sequence that it is nested in, as the standard does.
2. An Item is a row where its Sequence has several, to tell their Attributes apart.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dicomspec.findings import Location, Step
from dicomspec.render.html.views import FindingView
from dicomspec.report import AttributeOutcome, ModuleOutcome, Status

_FINDING_WEIGHT = 4  # a finding takes about as many bytes as four rows
_LONG = 400  # so many characters of data take the room of one more row


class Row(NamedTuple):
    """A row of a section: an "attribute", "item" or "finding", or "open": not evaluated."""

    kind: str
    css: str = ""
    word: str = ""
    depth: int = 0
    name: str = ""
    tag: str = ""
    type: str = ""
    clause: str = ""
    url: str = ""
    finding: FindingView | None = None
    what: str = ""

    @property
    def weight(self) -> int:
        """How much of a page's room the row takes."""
        if self.finding:
            return _FINDING_WEIGHT + self.finding.length // _LONG
        return 1 + (len(self.name) + len(self.what) + len(self.tag) + len(self.url)) // _LONG


Placed = tuple[str, Row]
"""A path, as tags, and the row that stands for it."""

_Steps = tuple[Step, ...]


def module_rows(module: ModuleOutcome) -> list[Placed]:
    """Return the rows of a Module's Attributes and Items, with their paths."""
    rows: list[Placed] = []
    several = _sequences_of_several(module)
    names: dict[str, str] = {}
    entered: _Steps = ()
    for outcome in module.attributes:
        enclosing = outcome.location.steps[:-1]
        if enclosing != entered:
            entering = _entered(enclosing, entered)
            rows += (_item_row(item, names) for item in entering if _outside(item) in several)
            entered = enclosing
        row = _attribute_row(outcome)
        names[row.tag] = row.name
        rows.append((outcome.location.path, row))
    return rows


def _sequences_of_several(module: ModuleOutcome) -> set[str]:
    """Return the paths of the Sequences with another Item than the first."""
    several: set[str] = set()
    for outcome in module.attributes:
        steps = outcome.location.steps
        for depth, step in enumerate(steps[:-1], 1):
            if step.item != 1:
                several.add(_outside(steps[:depth]))
    return several


def _outside(item: _Steps) -> str:
    """Return the path of the Sequence that an Item belongs to."""
    *outer, last = item
    return Location((*outer, Step(last.tag, last.keyword))).path


def _entered(steps: _Steps, before: _Steps) -> Iterator[_Steps]:
    """Yield each Item that `steps` is in and `before` was not, outermost first."""
    same = 0
    while same < min(len(steps), len(before)) and steps[same] == before[same]:
        same += 1
    for depth in range(same + 1, len(steps) + 1):
        yield steps[:depth]


def _item_row(item: _Steps, names: dict[str, str]) -> Placed:
    last = item[-1]
    name = f"Item {last.item} of {names.get(last.tag, last.keyword)}"
    return Location(item).path, Row("item", depth=len(item), name=name)


_CSS = {
    Status.OK: "ok",
    Status.EMPTY: "empty",
    Status.ABSENT: "absent",
    Status.FAULT: "fault",
    Status.NOT_EVALUATED: "open",
}


def _attribute_row(outcome: AttributeOutcome) -> Row:
    *enclosing, last = outcome.location.steps or (Step("", ""),)
    return Row(
        "attribute",
        _CSS[outcome.status],
        outcome.status.value,
        len(enclosing),
        outcome.name or last.keyword,
        last.tag,
        outcome.type,
        url=outcome.citation.url,
    )
