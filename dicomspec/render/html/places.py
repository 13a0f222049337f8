"""Where in an outline a finding stands.

How it decides:
1. A finding stands under the row of its own place, in its own Module if that has the row, else in
   the first Module that has it; failing that under the nearest enclosing Item or Sequence.
2. A finding of a Module without any such row stands at the Module's head.
3. Any other (of the file, of an Attribute that the IOD doesn't list) stands OUTSIDE. So none is
   left out, and none is told twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dicomspec.findings import Finding, Location, Step
from dicomspec.render.html.rows import Placed
from dicomspec.report import InstanceReport

Place = tuple[int, int]
"""Index of a Module in the outline, index of a row in it; row -1 is the Module's head."""

OUTSIDE: Place = (-1, -1)


def place(instance: InstanceReport, rows: Sequence[list[Placed]]) -> Mapping[Place, list[int]]:
    """Return the indices of the findings at each place; `rows` are those of each Module."""
    placed: dict[Place, list[int]] = defaultdict(list)
    if not instance.findings:
        return placed
    names = [module.name for module in instance.outline]
    known = _known(names, rows)
    for index, finding in enumerate(instance.findings):
        found = (known[key] for key in _wanted(finding) if key in known)
        placed[next(found, OUTSIDE)].append(index)
    return placed


_Key = tuple[str, str]  # a Module's name, or "" for any; a path, or "" for the Module's head


def _known(names: list[str], rows: Sequence[list[Placed]]) -> dict[_Key, Place]:
    known: dict[_Key, Place] = {}
    for number, name in enumerate(names):
        known.setdefault((name, ""), (number, -1))
        for index, (path, _) in enumerate(rows[number]):
            known.setdefault((name, path), (number, index))
            known.setdefault(("", path), (number, index))
    return known


def _wanted(finding: Finding) -> Iterator[_Key]:
    """Yield the places that would do for a finding, best first."""
    for path in _enclosing(finding.location.steps):
        yield finding.module, path
        yield "", path
    if finding.module:
        yield finding.module, ""


def _enclosing(steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield "A[1].B", "A[1]", "A" for the steps A[1], B."""
    for length in range(len(steps), 0, -1):
        *outer, last = steps[:length]
        yield Location((*outer, last)).path
        if last.item is not None:
            yield Location((*outer, Step(last.tag, last.keyword))).path
