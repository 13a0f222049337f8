"""The cases of a row: what has to be so for each, and what is made for it.

1. Case "required": the condition holds, the Attribute is there; "violated": it isn't. Case
   "otherwise": the condition doesn't hold, the Attribute isn't there; "forbidden": it is, though
   nothing permits it.
2. What the Includes above a row ask for has to hold together with its own condition.
"""

from dataclasses import dataclass

from pydicom.dataset import Dataset

from dicomspec.model import Conditional, Otherwise
from dicomspec.model import condition as c
from dicomspec.validation.conditions import Outcome
from tests.differential.made_rows import Site


@dataclass(frozen=True, slots=True)
class Case:
    """Whether the condition holds, whether the Attribute is there, and what has to come of it."""

    name: str
    holds: bool
    there: bool
    outcomes: frozenset[Outcome]


_LEFT = frozenset({Outcome.OPTIONAL, Outcome.FORBIDDEN})  # to what holds otherwise
CASES = (
    Case("required", holds=True, there=True, outcomes=frozenset({Outcome.REQUIRED})),
    Case("violated", holds=True, there=False, outcomes=frozenset({Outcome.REQUIRED})),
    Case("otherwise", holds=False, there=False, outcomes=_LEFT),
    Case("forbidden", holds=False, there=True, outcomes=frozenset({Outcome.FORBIDDEN})),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A data set made for a case of a row, and where; what the row comes to there.

    `path` leads to the Attribute, and is empty for a Module or Macro. `covers` are the places,
    without Item numbers, of which a remark on it may speak.
    """

    case: str
    site: Site
    dataset: Dataset
    path: str
    outcome: Outcome
    covers: frozenset[str]


def wanted(condition: Conditional, *, holds: bool) -> c.Expression | None:
    """Return what has to be true for an Attribute to be required, or to be left to `otherwise`."""
    if holds:
        return condition.required
    may = condition.otherwise is Otherwise.MAY
    clauses = (condition.required, condition.forbidden if may else condition.permitted)
    none_of = tuple(c.Not(each) for each in clauses if each is not None)
    return c.And(none_of) if none_of else None


def together(site: Site, clause: c.Expression) -> c.Expression:
    """Return a clause together with what the Includes above the row ask for."""
    includes = site.rule.source.includes if site.rule is not None else ()
    required = [each.required for each in includes if isinstance(each, Conditional)]
    every = (clause, *(each for each in required if each is not None))
    return clause if len(every) == 1 else c.And(every)


def unnumbered(path: tuple[int, ...]) -> str:
    """Return a path as it is printed, without Item numbers."""
    return ".".join(f"({tag >> 16:04X},{tag & 0xFFFF:04X})" for tag in path)
