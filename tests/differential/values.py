"""The differential of everything that isn't presence: what dciodvfy says, form by form, and we.

    python -m tests.differential.values       # prints the figures, and what isn't decided

How it is held:
1. `forms.toml` has each form of the peer's remarks: what it is about, and the codes by which we say
   the same. A remark of a form that isn't there is undecided.
2. A remark of theirs and a finding of ours agree if the finding's code is one of the form's, and
   the place is the same: a path of tags without Item numbers, in the frames' Items or in the shared
   one. Where the form speaks of the whole file, the place doesn't count.
3. Compared are all that the peer calls Error or Warning, and all that we call error. What is
   compared apart (presence) or isn't the standard's (advice) is counted only.
4. A disagreement is who says it, the form's words or our code, and the place. `values.toml` has its
   decision; one for the place "*" stands for all places. A decision that fits none is stale.
5. Nothing is said of files that one of the two can't read, or on which the peer crashes.
"""

# ruff: noqa: T201 - a command prints

import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dicomspec.catalogue import Severity
from dicomspec.outcomes import Verdict
from dicomspec.report import InstanceReport
from tests.differential import dciodvfy, inputs, ours, run
from tests.differential.presence import PER_FRAME, SHARED

FORMS = Path(__file__).with_name("forms.toml")
DECISIONS = Path(__file__).with_name("values.toml")
_APART = ("attribute/type-*", "attribute/not-permitted", "module/*", "functional-group/[!f]*")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the peer's remarks, and the codes by which we say the same."""

    words: str
    about: str
    what: str
    codes: tuple[str, ...] = ()
    seen: list[int] = field(default_factory=lambda: [0, 0])
    anywhere: bool = False
    aside: str = ""

    def has(self, code: str) -> bool:
        """Say whether a code of ours says the same."""
        return any(fnmatchcase(code, each) for each in self.codes)


class Said(NamedTuple):
    """One thing said of one place: by the form's words, or by our code."""

    kind: str
    place: str
    error: bool


class Disagreement(NamedTuple):
    """What one side says and the other doesn't; `says` is "ours" or "theirs"."""

    says: str
    kind: str
    place: str


class Decision(NamedTuple):
    """Who is right ("ours", "theirs", or "open"), by which clause, and why."""

    decision: str
    clause: str
    reason: str


@dataclass(slots=True)
class Figures:
    """What came of it: numbers by what they are about, and the files of each Disagreement."""

    files: int = 0
    no_opinion: Counter[str] = field(default_factory=Counter)
    said: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    agreed: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    seen: dict[Disagreement, set[str]] = field(default_factory=dict)
    errors: set[Disagreement] = field(default_factory=set)

    def add(self, label: str, mine: set[Said], theirs: set[Said]) -> None:
        """Take in what both say of a file."""
        self.files += 1
        for each in theirs:
            form = forms().get(each.kind)
            same = form is not None and (form.aside or any(_same(form, each, it) for it in mine))
            self._count("theirs", form.about if form else "?", each, label, agreed=bool(same))
        for each in mine:
            if each.error:
                same = any(_same(forms().get(it.kind), it, each) for it in theirs)
                self._count("ours", each.kind.partition("/")[0], each, label, agreed=same)

    def _count(self, says: str, about: str, each: Said, label: str, *, agreed: bool) -> None:
        self.said[says, about, each.error] += 1
        self.agreed[says, about, each.error] += agreed
        if not agreed:
            key = Disagreement(says, each.kind, each.place)
            self.seen.setdefault(key, set()).add(label)
            if each.error:
                self.errors.add(key)


def _same(form: Form | None, theirs: Said, mine: Said) -> bool:
    if form is None or not form.has(mine.kind):
        return False
    return form.anywhere or theirs.place in {mine.place, _elsewhere(mine.place)}


def _elsewhere(place: str) -> str:
    """Return the same place in the frames' Items for one in the shared Item, and the reverse."""
    for one, other in ((SHARED, PER_FRAME), (PER_FRAME, SHARED)):
        if place.startswith(f"{one}."):
            return place.replace(one, other, 1)
    return place


@cache
def forms() -> dict[str, Form]:
    """Return the forms by their words, in the order in which they are looked for."""
    entries = tomllib.loads(FORMS.read_text(encoding="utf-8"))["form"]
    for entry in entries:
        entry["codes"] = tuple(entry.get("codes", ()))
    return {entry["words"]: Form(**entry) for entry in entries}


@cache
def decisions() -> dict[tuple[str, str, str], Decision]:
    """Return what was decided, by (says, kind, place or "*")."""
    found: dict[tuple[str, str, str], Decision] = {}
    for entry in tomllib.loads(DECISIONS.read_text(encoding="utf-8")).get("decision", ()):
        made = Decision(entry["decision"], entry["clause"], entry["reason"])
        for kind in entry["kinds"]:
            for place in entry["places"]:
                assert (entry["says"], kind, place) not in found, f"decided twice: {kind} {place}"
                found[entry["says"], kind, place] = made
    return found


def decision(key: Disagreement) -> Decision | None:
    """Return what was decided about a Disagreement, None if nothing was."""
    return decisions().get(key) or decisions().get((key.says, key.kind, "*"))


def stale(figures: Figures) -> set[tuple[str, str, str]]:
    """Return the decisions that fit no Disagreement."""
    kinds = {(key.says, key.kind, "*") for key in figures.seen}
    return {key for key in decisions() if Disagreement(*key) not in figures.seen} - kinds


def remarks(text: str) -> set[Said]:
    """Return what the peer's lines say, form by form; a form that isn't known by its words."""
    found = set()
    for line in text.splitlines():
        match = dciodvfy.LINE.match(line)
        if match is not None:
            what = match["what"]
            kind = next((words for words in forms() if words in what), what[:40])
            place = dciodvfy.place(match["path"] or "")
            found.add(Said(kind, place, match["severity"] == "Error"))
    return found


def findings(report: InstanceReport) -> set[Said]:
    """Return what we say, presence left out."""
    return {
        Said(each.code, each.location.unnumbered, each.severity is Severity.ERROR)
        for each in report.findings
    }


def _mine(said: set[Said]) -> set[Said]:
    """Return what isn't presence, of which `run` keeps account."""
    return {each for each in said if not any(fnmatchcase(each.kind, apart) for apart in _APART)}


def _lines(path: Path) -> str | None:
    """Return the peer's lines about a file, None if it crashes or takes too long."""
    program = dciodvfy.binary()
    assert program is not None  # the caller asked
    command = [str(program), "-new", "-allpffgitems", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=dciodvfy.SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stderr.decode("latin-1") if done.returncode in {0, 1} else None


def compare() -> Figures:
    """Compare on every file."""
    figures = Figures()
    for label, path in inputs.files():
        report, text = ours.report(path), _lines(path)
        if text is None or report.verdict is Verdict.UNREADABLE:
            figures.no_opinion["theirs: crashed" if text is None else "ours: unreadable"] += 1
            continue
        said = findings(report)
        agreeing = {each for each in said if not each.error} | said
        figures.add(label, _only_compared(agreeing), remarks(text))
    return figures


def _only_compared(said: set[Said]) -> set[Said]:
    """Return findings, those on presence as no errors: they may agree, and aren't asked for."""
    apart = said - _mine(said)
    return _mine(said) | {each._replace(error=False) for each in apart}


def undecided(figures: Figures, *, errors: bool = False) -> Iterator[Disagreement]:
    """Yield, in order, the Disagreements without a decision; only on errors if so asked."""
    for key in sorted(figures.seen):
        if decision(key) is None and (not errors or key in figures.errors):
            yield key


def main() -> int:
    """Print the figures; 1 if something is undecided or stale."""
    if why := run.missing(run.DCIODVFY):
        print(f"left out, {why}")
        return 0
    figures = compare()
    print(f"{figures.files} files; no opinion: {dict(figures.no_opinion)}")
    for (says, about, error), number in sorted(figures.said.items()):
        what = "errors" if error else "warnings"
        print(f"  {says} {about}: {number} {what}, agreed {figures.agreed[says, about, error]}")
    how = Counter(
        (key.says, made.decision) for key in figures.seen if (made := decision(key)) is not None
    )
    for (says, who), number in sorted(how.items()):
        print(f"  only {says}, decided for {who}: {number} distinct")
    left = [*undecided(figures), *(Disagreement(*key) for key in sorted(stale(figures)))]
    for key in left:
        files = figures.seen.get(key, set())
        weight = "error" if key in figures.errors else "warning"
        print(json.dumps([*key, weight, len(files), min(files, default="stale")]))
    return int(bool(left))


if __name__ == "__main__":
    sys.exit(main())
