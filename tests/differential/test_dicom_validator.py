"""Types and Usages against dicom-validator, which reads the same XML by other ways.

Every table with Types is compared row by row, and every Module and Macro that an IOD of Annex A
names is compared path by path, Macros expanded; an IOD's paths are those of its Modules. Every
difference is in dicom_validator_types.toml with its decision; one that isn't there fails, and one
that no longer shows.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from codegen import source
from codegen.link import walk
from codegen.read import Reading
from dicomspec.model import (
    IOD,
    Attribute,
    Entry,
    FunctionalGroupMacroUse,
    Include,
    ModuleUse,
    Table,
)
from tests.codegen.conftest import needs, read_session

pytest.importorskip("dicom_validator", reason="dicom-validator is in the extra `peers`")

from tests.differential.dicom_validator import Peer, Typed

pytestmark = pytest.mark.filterwarnings("ignore")
DECIDED: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("dicom_validator_types.toml").read_text(encoding="utf-8")
)
UNDER_INCLUDE = ">"


def decided(kind: str, key: str) -> set[str]:
    return {name for difference in DECIDED[kind] for name in difference[key]}


@pytest.fixture(scope="session")
def ours() -> Reading:
    needs("2024c")
    return read_session("2024c")


@pytest.fixture(scope="session")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Peer:
    needs("2024c")
    return Peer(source.folder("2024c"), tmp_path_factory.mktemp("peer") / "2024c")


def own(table: Table) -> tuple[set[Typed], set[Typed]]:
    """Return a table's own rows and Includes, each by the path above it."""
    rows: set[Typed] = set()
    includes: set[Typed] = set()

    def go(entries: tuple[Entry, ...], above: tuple[str, ...]) -> None:
        for entry in entries:
            if isinstance(entry, Attribute):
                path = (*above, entry.tag)
                rows.add((path, entry.type.value if entry.type else ""))
                go(entry.entries, path)
            elif isinstance(entry, Include):
                if entry.table:
                    includes.add((above, entry.table))
                go(entry.entries, (*above, UNDER_INCLUDE))

    go(table.entries, ())
    return rows, includes


def expanded(tables: dict[str, Table], name: str, above: tuple[str, ...] = ()) -> set[Typed]:
    """Return the Types of every path of a table, Macros expanded but not into themselves."""
    found: set[Typed] = set()
    if name in above or name not in tables:
        return found

    def go(entries: tuple[Entry, ...], path: tuple[str, ...]) -> None:
        for entry in entries:
            if isinstance(entry, Attribute):
                found.add(((*path, entry.tag), entry.type.value if entry.type else ""))
                go(entry.entries, (*path, entry.tag))
            elif isinstance(entry, Include) and entry.table:
                inner = expanded(tables, entry.table, (*above, name))
                found.update(((*path, *below), kind) for below, kind in inner)
                if entry.entries:
                    go(entry.entries, (*path, last_sequence(tables[entry.table])))

    go(tables[name].entries, ())
    return found


def last_sequence(table: Table) -> str:
    return [e.tag for e in table.entries if isinstance(e, Attribute) and e.entries][-1]


def iods_of(reading: Reading, peer: Peer) -> list[tuple[IOD, dict[str, Any]]]:
    """Return our IODs with the peer's of the same section."""
    pairs = []
    for chapter, theirs in peer.iods.items():
        here = f"sect_{chapter}"
        found = [i for i in reading.edition.iods if f"{i.section}.".startswith(f"{here}.")]
        assert len(found) == 1, chapter
        pairs.append((found[0], theirs))
    return pairs


def uses_of(iod: IOD) -> list[ModuleUse | FunctionalGroupMacroUse]:
    modules = [module for entity in iod.entities for module in entity.modules]
    return [*modules, *iod.functional_groups]


def uses(iod: IOD) -> set[tuple[str, str, str | None]]:
    return {(use.name, use.usage.value if use.usage else "", use.section) for use in uses_of(iod)}


def their_uses(theirs: dict[str, Any]) -> set[tuple[str, str, str | None]]:
    return {
        (name, use["use"][:1], f"sect_{use['ref']}")
        for kind in ("modules", "group_macros")
        for name, use in theirs[kind].items()
    }


def test_every_iod_of_annex_a_has_the_same_modules_with_the_same_usage(ours, peer):
    pairs = iods_of(ours, peer)
    differing = {iod.name for iod, theirs in pairs if uses(iod) != their_uses(theirs)}
    assert differing == decided("iod", "iods")
    annex_a = {iod.name for iod in ours.edition.iods if iod.section.startswith("sect_A.")}
    assert {iod.name for iod, _ in pairs} == annex_a


def test_where_the_usage_differs_only_the_decided_part_does(ours, peer):
    pairs = {iod.name: (iod, theirs) for iod, theirs in iods_of(ours, peer)}
    for name in DECIDED["iod"][0]["iods"]:
        iod, theirs = pairs[name]
        missing = uses(iod) - their_uses(theirs)
        assert {use[0] for use in missing} == {macro.name for macro in iod.functional_groups}
        assert not their_uses(theirs) - uses(iod)
    iod, theirs = pairs[DECIDED["iod"][1]["iods"][0]]
    assert uses(iod) ^ their_uses(theirs) == {
        ("Enhanced Contrast/Bolus", "M", "sect_C.7.6.4"),
        ("Enhanced Contrast/Bolus", "M", "sect_C.7.6.4b"),
    }


def test_every_table_with_types_has_the_same_rows(ours, peer):
    compared = [
        table
        for table in ours.edition.tables
        if all(e.type is not None for e in walk(table.entries) if isinstance(e, Attribute))
    ]
    assert len(compared) > 600
    differing = {table.id for table in compared if own(table) != peer.table(table.id)}
    assert differing == decided("table", "tables")


@pytest.mark.parametrize("name", ["table_C.18.4-1", "table_C.18.5-1"])
def test_rows_under_an_include_differ_by_their_place_alone(ours, peer, name):
    tables = {table.id: table for table in ours.edition.tables}
    for mine, theirs in zip(own(tables[name]), peer.table(name), strict=True):
        assert {(tuple(p for p in path if p != UNDER_INCLUDE), x) for path, x in mine} == theirs


@pytest.mark.parametrize("name", ["table_C.8.31.8-1", "table_C.11.25-1", "table_C.19-1"])
def test_other_tables_differ_by_their_includes_alone(ours, peer, name):
    tables = {table.id: table for table in ours.edition.tables}
    mine, theirs = own(tables[name]), peer.table(name)
    assert mine[0] == theirs[0]
    assert mine[1] > theirs[1] or theirs[1] - mine[1] == {((), "table_C.19.1.1")}


def test_every_path_of_every_module_and_macro_has_the_same_type(ours, peer):
    tables = {table.id: table for table in ours.edition.tables}
    held = {f"table_{ref}": {f"table_{ref}"} for ref in peer.modules}
    for iod, _ in iods_of(ours, peer):
        for use in uses_of(iod):
            if use.section and use.table:
                held.setdefault(use.section.replace("sect_", "table_"), set()).add(use.table)
    differing = set()
    for ref in peer.modules:
        names = [name for name in held[f"table_{ref}"] if name in tables]
        if any(expanded(tables, name) != peer.expanded(ref) for name in names):
            differing.add(ref)
    assert differing == decided("module", "refs")


def test_a_decision_says_what_was_decided_and_where():
    for kind in ("iod", "table", "module"):
        for difference in DECIDED[kind]:
            assert all(difference[key] for key in ("clause", "theirs", "ours", "decision"))
