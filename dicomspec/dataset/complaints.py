"""What a parser complained of: each with its code, its place, and its byte."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dicomspec.dataset.faults import printed
from dicomspec.dataset.limits import REMARKS

Steps = tuple[tuple[int, int], ...]  # tags, each with the number of the Item that is meant, or 0


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that isn't as it should be, though what follows it can be read.

    `code` is one of the catalogue's, `message` words it without a value, `offset` is the byte of
    the input at which it begins, None where there is none.
    """

    code: str
    message: str
    steps: Steps = ()
    offset: int | None = None

    @property
    def path(self) -> str:
        """The way there: "(0040,0275)[1].(0040,0007)"; "" for the input as a whole."""
        return ".".join(printed(tag) + f"[{item}]" * (item > 0) for tag, item in self.steps)


class Complaints:
    """Remarks in the order in which they came up; of each code so many, and how many more."""

    def __init__(self) -> None:
        self._said: list[Remark] = []
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._said)

    def another(self, code: str) -> bool:
        """Count one more of a code, and say whether there is place for it."""
        self._counts[code] += 1
        return self._counts[code] <= REMARKS

    def add(self, remark: Remark) -> None:
        """Add a remark for which there is place."""
        self._said.append(remark)

    def forget(self, since: int) -> None:
        """Take back all but the first so many: what they are about was misread."""
        self._counts.subtract(remark.code for remark in self._said[since:])
        del self._said[since:]

    def said(self) -> tuple[Remark, ...]:
        """Return all of them, then how many more there were of each code."""
        more = ((code, count - REMARKS) for code, count in self._counts.items() if count > REMARKS)
        return (*self._said, *(Remark(code, f"There are {n} more of these.") for code, n in more))
