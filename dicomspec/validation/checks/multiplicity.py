"""Value Multiplicity: how many Values an element may have (PS3.5 6.4, PS3.6 6).

How it reads:
1. A multiplicity is as PS3.6 prints it: "1", "1-8", "1-n", "2-2n", "1-n or 1". Of several that are
   joined by "or", any will do.
2. An element without a Value has a multiplicity of zero, which is a matter of its Type.
3. Where the number of Values can't be told, nothing is said.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_SPAN = re.compile(r"(?P<least>\d+)(?:-(?:(?P<most>\d+)|(?P<step>\d*)n))?")


class Span(NamedTuple):
    """Numbers of Values: from `least` to `most` (None: without end), `step` apart."""

    least: int
    most: int | None
    step: int = 1

    def has(self, number: int) -> bool:
        """Say whether so many Values are allowed."""
        within = self.least <= number and (self.most is None or number <= self.most)
        return within and (number - self.least) % self.step == 0


@lru_cache(maxsize=256)
def spans(printed: str) -> tuple[Span, ...]:
    """Return what a multiplicity allows; nothing for one that isn't understood."""
    found = []
    for part in printed.split(" or "):
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            return ()
        least = int(match["least"])
        if match["step"] is not None:
            found.append(Span(least, None, int(match["step"] or 1)))
        else:
            found.append(Span(least, int(match["most"] or least)))
    return tuple(found)


def allows(printed: str, number: int) -> bool:
    """Say whether a multiplicity allows so many Values."""
    allowed = spans(printed)
    return not number or not allowed or any(span.has(number) for span in allowed)


def words(printed: str, number: int, name: str) -> str:
    """Return what to say of an element that has so many Values."""
    return f"{name} has {number} {'Value' if number == 1 else 'Values'}; {printed} may be there."
