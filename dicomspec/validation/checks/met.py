"""What was met in many Items, told once for each path.

How it decides:
1. What is met with the same code, path and what else tells it apart is told once, whatever the
   Items' numbers: frames by the thousand have the same elements.
2. It is told of the first place; how many elements it is about, and in how many Items, is counted.
3. What a whole data set has for one reason, as all its Group Lengths, is told once, whatever the
   path.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dicomspec.findings import Citation, Finding
from dicomspec.validation.visit import Found, ItemVisit, Run


@dataclass(slots=True)
class Met:
    """What was met, where first, and how often since; `message` may need to know how often."""

    visit: ItemVisit
    code: str
    tag: int
    message: str | Callable[[int], str]
    citation: Callable[[], Citation]
    elements: int
    items: int = 1

    def told(self) -> Finding:
        """Return the finding on all places."""
        message = self.message if isinstance(self.message, str) else self.message(self.elements)
        if self.items > 1:
            message = f"{message} It is so in {self.items} Items."
        return self.visit.finding(self.code, self.tag, message, self.citation())


class Here:
    """One Item, and what is met in it."""

    def __init__(self, visit: ItemVisit) -> None:
        self.visit = visit

    @cached_property
    def way(self) -> tuple[int, ...]:
        """The tags of the Sequences around the Item."""
        return tuple(place.sequence for place in self.visit.chain[1:])

    def meet(  # noqa: PLR0913 - what a finding is made of
        self,
        code: str,
        tag: int,
        message: str | Callable[[int], str],
        citation: Callable[[], Citation],
        *,
        apart: Any = None,
        elements: int = 1,
    ) -> None:
        """Count elements of the Item; `message` may say their number over all Items.

        `apart` is what else than code and path tells one thing from another.
        """
        met = self.visit.run.met
        key = (code, self.way, tag, apart)
        known = met.get(key)
        if known is None:
            met[key] = Met(self.visit, code, tag, message, citation, elements)
        else:
            known.items += 1
            known.elements += elements


def once(
    visit: ItemVisit,
    code: str,
    tag: int,
    message: Callable[[int], str],
    section: tuple[str, str],
) -> None:
    """Count an element of what is told once of the whole data set, where it was met first.

    `message` says of how many elements; `section` is the part and the section cited.
    """
    known = visit.run.met.get((code,))
    if known is None:
        cite = visit.run.edition.cite_section
        visit.run.met[code,] = Met(visit, code, tag, message, lambda: cite(*section), 1)
    else:
        known.elements += 1


def told(run: Run) -> Iterator[Found]:
    """Report what was met, in the order in which it was met first."""
    for met in run.met.values():
        yield met.told()
