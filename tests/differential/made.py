"""The differential on made data sets: each row satisfied and violated, and each peer.

    python -m tests.differential.made [N]   # all rows, or one in N: figures, what isn't decided

How it is held:
1. Data sets are made for each row (`made_sets`), written as files, and given to us and to the
   peers. Compared is only what each says of the presence of that one Attribute or Module:
   "missing", "not permitted", "fine", "not in the IOD", or several.
2. We have to say "missing" of a violated one, "not permitted" of a forbidden one, and nothing of
   the others. `requirement` has to come to the same.
3. A peer that says nothing in all of a row's cases has no opinion on it: it may not know the row,
   or not understand its condition. That is counted as silent, by row. Of what we don't permit, its
   word that the IOD doesn't have it at all is the same.
4. Everything else in which a peer differs is a disagreement: the peer, the row, the case, and what
   the peer says. `made.toml` has the decision of each; one that isn't there is undecided, one that
   doesn't show any more, though its row was tried, is stale.
"""

# ruff: noqa: T201 - a command prints

import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from pydicom import config, dcmwrite
from pydicom.dataset import FileMetaDataset
from pydicom.uid import UID

from dicomspec import edition as editions
from dicomspec import requirement
from dicomspec.dataset import quiet, read
from tests.differential import ours, run
from tests.differential.made_cases import Made
from tests.differential.made_rows import Row, rows
from tests.differential.made_sets import EXPLICIT, Maker
from tests.differential.presence import PER_FRAME, SHARED, Kind, Opinion

DECISIONS = Path(__file__).with_name("made.toml")
EXPECTED = {
    "required": "fine",
    "violated": "missing",
    "otherwise": "fine",
    "forbidden": "not permitted",
}
NOT_KNOWN = "not in the IOD"
ANY = "*"
SILENT = frozenset({"fine", NOT_KNOWN})
_Ask = Callable[[Path], Opinion]


class Disagreement(NamedTuple):
    """What a peer says of a case of a row that we don't say."""

    peer: str
    row: str
    case: str
    theirs: str


@dataclass(slots=True)
class Figures:
    """What came of it; `said` has by peer what it said of the cases of each row."""

    rows: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    cases: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)  # row, case, what we say
    said: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def add(self, row: Row, made: Made, mine: str, theirs: dict[str, Opinion]) -> None:
        """Take in what we say of a case, and what the peers say that have an opinion."""
        self.cases[made.case] += 1
        if mine != EXPECTED[made.case]:
            self.wrong.append((row.name, made.case, mine))
        for peer, opinion in theirs.items():
            if not opinion.none:
                said = self.said.setdefault(peer, {}).setdefault(row.name, {})
                said[made.case] = verdict(opinion, made.covers)

    def silent(self, peer: str) -> set[str]:
        """Return the rows of whose cases a peer says nothing, though there would be."""
        return {
            row
            for row, cases in self.said.get(peer, {}).items()
            if SILENT.issuperset(cases.values()) and any(EXPECTED[each] != "fine" for each in cases)
        }

    def disagreements(self, peer: str) -> set[Disagreement]:
        """Return all else in which a peer differs."""
        silent = self.silent(peer)
        return {
            Disagreement(peer, row, case, theirs)
            for row, cases in self.said.get(peer, {}).items()
            if row not in silent
            for case, theirs in cases.items()
            if not _alike(case, theirs)
        }

    def numbers(self, peer: str) -> dict[str, int]:
        """Return how many cases a peer agrees on, and what became of the others."""
        silent, found = self.silent(peer), Counter[str]()
        for row, cases in self.said.get(peer, {}).items():
            for case, theirs in cases.items():
                found[_sort(case, theirs, silent=row in silent)] += 1
        found["no opinion"] = self.cases.total() - found.total()
        return dict(found)


def _alike(case: str, theirs: str) -> bool:
    """Say whether a peer says what we say, and maybe more; a row not known is no other word."""
    expected = EXPECTED[case]
    if theirs == NOT_KNOWN:
        return expected != "missing"
    return theirs == expected or (expected != "fine" and expected in theirs)


def _sort(case: str, theirs: str, *, silent: bool) -> str:
    if _alike(case, theirs) and not (silent and EXPECTED[case] != "fine"):
        return "agreed by silence" if silent else "agreed"
    if silent:
        return "only ours, silent on the row"
    return "only ours" if theirs in SILENT else "only theirs"


def verdict(opinion: Opinion, covers: Iterable[str]) -> str:
    """Return what an Opinion says of some places."""
    places = {other for place in covers for other in _in_groups(place)}
    kinds = {
        remark.kind.value
        for remark in opinion.remarks
        if remark.kind is not Kind.EMPTY and not places.isdisjoint({*remark.covers, remark.place})
    }
    if not kinds and not places.isdisjoint(opinion.not_in_iod):
        return NOT_KNOWN
    return " and ".join(sorted(kinds)) or "fine"


def _in_groups(place: str) -> Iterator[str]:
    """Yield a place, in the shared Item of Functional Groups and in those of the frames."""
    yield place.replace(PER_FRAME, SHARED, 1)
    yield place.replace(SHARED, PER_FRAME, 1)


def write(made: Made, path: Path) -> None:
    """Write a data set as a file; values are made up, and needn't be what their VR wants."""
    dataset = made.dataset
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = UID(EXPLICIT)
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    before = config.settings.writing_validation_mode
    config.settings.writing_validation_mode = config.IGNORE
    try:
        with quiet():
            dcmwrite(path, dataset, enforce_file_format=True)
    finally:
        config.settings.writing_validation_mode = before


def asked(made: Made) -> str:
    """Return the status that `requirement` gives for what a data set was made for."""
    if made.path:
        return requirement(made.dataset, made.path).status
    owner = made.site.owner  # a Module and a Macro of one IOD may have the same name
    table, iod = owner.citation.table, made.site.iod
    return requirement(made.dataset, module=owner.name, table=table, iod=iod).status


def part(every: list[Row], of: int) -> list[Row]:
    """Return the rows whose name falls into the first of so many parts."""
    return [row for row in every if crc32(row.name.encode()) % of == 0]


def compare(
    peers: Iterable[str], of: int = 1, ask: Callable[[Made], None] | None = None
) -> Figures:
    """Make the data sets of one in `of` rows, and compare us with the peers on each."""
    figures, maker = Figures(), Maker(editions.load(editions.DEFAULT))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asks = {peer: run.asker(peer, folder) for peer in peers}
        for row in part(rows(maker.edition), of):
            every = list(maker.made(row))
            figures.rows[row.kind] += 1
            figures.tried[row.kind] += bool(every)
            for made in every:
                if ask is not None:
                    ask(made)
                path = folder / "made.dcm"
                write(made, path)
                mine = verdict(_ours(maker, path), made.covers)
                figures.add(row, made, mine, {peer: asks[peer](path) for peer in asks})
    return figures


def _ours(maker: Maker, path: Path) -> Opinion:
    return ours.opinion(maker.validator.validate(next(iter(read(path)))))


def decisions() -> dict[Disagreement, str]:
    """Return what was decided: "ours", "theirs" or "open"; the row "*" is any."""
    found: dict[Disagreement, str] = {}
    for entry in tomllib.loads(DECISIONS.read_text(encoding="utf-8"))["decision"]:
        for row in entry["rows"]:
            for case in entry["cases"]:
                key = Disagreement(entry["peer"], row, case, entry["theirs"])
                assert key not in found, f"decided twice: {key}"
                found[key] = entry["decision"]
    return found


def decided(key: Disagreement, made: dict[Disagreement, str]) -> str | None:
    """Return how a disagreement was decided, None if it wasn't."""
    return made.get(key) or made.get(key._replace(row=ANY))


def undecided(figures: Figures, peer: str) -> list[Disagreement]:
    """Return the disagreements with a peer that have no decision."""
    every = decisions()
    return sorted(key for key in figures.disagreements(peer) if decided(key, every) is None)


def stale(figures: Figures, peer: str) -> list[Disagreement]:
    """Return the decisions that no longer show, of rows that were tried."""
    seen = figures.disagreements(peer)
    seen |= {key._replace(row=ANY) for key in seen}
    tried = {ANY, *figures.said.get(peer, {})}
    return sorted(
        key for key in decisions() if key.peer == peer and key.row in tried and key not in seen
    )


def main() -> int:
    """Print the figures; 1 if something is undecided, stale, or wrong by our own word."""
    of = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    peers = [peer for peer in run.PEERS if not run.missing(peer)]
    figures = compare(peers, of)
    for kind, number in figures.rows.items():
        print(f"{kind} rows: {number}, data sets made for {figures.tried[kind]}")
    print("cases:", ", ".join(f"{case} {number}" for case, number in figures.cases.items()))
    bad = bool(figures.wrong)
    for row, case, mine in figures.wrong:
        print(f"  we say {mine!r} of: {row} {case}")
    for peer in peers:
        bad |= _print(figures, peer)
    return int(bad)


def _print(figures: Figures, peer: str) -> bool:
    numbers = sorted(figures.numbers(peer).items())
    print(f"{peer}: {', '.join(f'{what} {number}' for what, number in numbers)}")
    print(f"  silent on {len(figures.silent(peer))} rows")
    every, seen = decisions(), figures.disagreements(peer)
    how = Counter(decided(key, every) for key in seen)
    print(f"  {len(seen)} disagreements; decided for:", dict(how))
    open_ = undecided(figures, peer), stale(figures, peer)
    for what, found in zip(("undecided", "stale"), open_, strict=True):
        for key in found:
            print(f"  {what}: {' | '.join(key)}")
    return any(open_)


if __name__ == "__main__":
    sys.exit(main())
