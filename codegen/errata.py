"""Declared corrections of the standard's print, and the odd places that none declares.

How it decides:
1. A correction names a place (xml:id), the digest of the text printed there, its reading and a
   reason.
2. It counts only while the printed text has that digest; a text that changed is a problem of its
   own.
3. An odd place without a correction is a problem: it is named, what hangs on it is not evaluated,
   and with `--strict` the build fails.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codegen.docbook import digest
from codegen.source import STANDARD, SourceError


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of `standard/errata/<edition>.toml`."""

    place: str
    digest: str
    reading: dict[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A place that can't be read as it stands: where, the digest of the text, what is odd."""

    place: str
    digest: str
    what: str


@dataclass
class Errata:
    """The corrections of one edition and the problems met while reading it."""

    corrections: dict[str, Correction] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def reading(self, place: str, printed: str) -> dict[str, Any]:
        """Return what a correction says of a place, empty if none does."""
        correction = self.corrections.get(place)
        if correction is None:
            return {}
        if correction.digest != digest(printed):
            self.report(place, printed, "the text changed since its correction was declared")
            return {}
        self.used.add(place)
        return correction.reading

    def report(self, place: str, printed: str, what: str) -> None:
        """Name a problem, once for a place and kind."""
        problem = Problem(place, digest(printed), what)
        if problem not in self.problems:
            self.problems.append(problem)

    def close(self) -> None:
        """Name the corrections whose place was not met."""
        for place in sorted(set(self.corrections) - self.used):
            if not any(problem.place == place for problem in self.problems):
                self.report(place, "", "a declared correction whose place is not in this edition")


def load(edition: str, folder: Path = STANDARD / "errata") -> Errata:
    """Return the edition's corrections; none for an edition that has no file.

    Raises SourceError if a place has two.
    """
    path = folder / f"{edition}.toml"
    if not path.is_file():
        return Errata()
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("correction", [])
    corrections = {entry["place"]: Correction(**entry) for entry in entries}
    if len(corrections) != len(entries):
        raise SourceError(f"{path}: a place has two corrections")
    return Errata(corrections)
