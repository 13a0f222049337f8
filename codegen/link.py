"""Resolve what was read: Module → table, Include → table, tag → registry; name what dangles.

How it decides:
1. A Module's table is in the section that its row refers to: the one of the same name, else the
   only one of the right kind (Module, or Macro for a Functional Group), directly in the section
   first.
2. An Include's table has to exist, an Attribute's tag has to be in the registry, under the name
   that its row prints, and an Attribute with rows nested under it or a number of Items has to be a
   Sequence there.
3. What an Include says of an Attribute (a Type, a Context Group, values) has to be about one that
   the included Macro holds, at any depth; what a row sends to has to exist.
4. A table that a Module or Macro of the edition doesn't reach is kept all the same; it is a row
   that was read.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from codegen.docbook import Book, Section
from codegen.errata import Errata
from dicomspec.model import (
    IOD,
    UID,
    Attribute,
    DataElement,
    Entry,
    FunctionalGroupMacroUse,
    Include,
    ModuleUse,
    SectionValues,
    SOPClass,
    Table,
    TableKind,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """All that was read of an edition."""

    name: str
    iods: tuple[IOD, ...]
    tables: tuple[Table, ...]
    section_values: tuple[SectionValues, ...]
    elements: tuple[DataElement, ...]
    uids: tuple[UID, ...]
    sop_classes: tuple[SOPClass, ...]


def link(edition: Edition, book: Book, errata: Errata) -> Edition:
    """Return the edition with its references resolved; what dangles is named in `errata`."""
    linker = _Linker(edition, book, errata)
    iods = tuple(linker.iod(iod) for iod in edition.iods)
    check_entries(edition, {*book.sections, *book.by_id}, errata)
    return replace(edition, iods=iods)


def walk(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries and all that is nested in them, in order."""
    for entry in entries:
        yield entry
        if isinstance(entry, Attribute | Include):
            yield from walk(entry.entries)


def reached(names: Iterable[str | None], tables: Mapping[str, Table]) -> list[str]:
    """Return the ids of some tables and of those that they reach, Includes followed."""
    waiting = list(names)
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name is None or name in found or name not in tables:
            continue
        found[name] = None
        waiting += [e.table for e in walk(tables[name].entries) if isinstance(e, Include)]
    return list(found)


def check_entries(edition: Edition, places: Container[str], errata: Errata) -> None:
    """Name what a row says that the rest of the edition doesn't bear out."""
    checker = _Checker(edition, places, errata)
    for table in edition.tables:
        for entry in walk(table.entries):
            if isinstance(entry, Include):
                checker.include(entry)
            if isinstance(entry, Attribute):
                checker.attribute(entry)
            if isinstance(entry, Attribute | Include):
                checker.see(entry)


class _Checker:
    def __init__(self, edition: Edition, places: Container[str], errata: Errata) -> None:
        self.tables = {table.id: table for table in edition.tables}
        self.registry = {element.tag: element for element in edition.elements}
        self.places = places
        self.errata = errata
        self.held: dict[str, frozenset[str]] = {}

    def report(self, row: str, printed: str, what: str) -> None:
        """Name a problem of a row, unless a correction of "<row> <kind>" knows of it."""
        if not self.errata.reading(f"{row} link", printed):
            self.errata.report(f"{row} link", printed, what)

    def include(self, entry: Include) -> None:
        if entry.table is None:
            return
        if entry.table not in self.tables:
            self.report(entry.row, entry.table, f"an Include of {entry.table}, which isn't there")
            return
        named = [one.tag for one in entry.specializations]
        named += [one.tag for one in entry.context_groups if one.tag]
        named += [tag for one in entry.values for tag in one.tags]
        for tag in sorted(set(named) - self.holds(entry.table)):
            self.report(entry.row, tag, f"speaks of {tag}, which {entry.table} doesn't hold")

    def attribute(self, entry: Attribute) -> None:
        element = self.registry.get(entry.tag)
        if element is None:
            self.report(entry.row, entry.tag, f"{entry.tag} is not in the registry")
            return
        if _letters(entry.name) != _letters(element.name):
            self.report(entry.row, entry.name, f"the registry calls {entry.tag} {element.name!r}")
        if "SQ" in element.vr:
            return
        if entry.entries:
            self.report(entry.row, entry.tag, f"rows under {entry.tag}, which is no Sequence")
        elif entry.items or entry.item_counts_if:
            self.report(entry.row, entry.tag, f"Items for {entry.tag}, which is no Sequence")

    def see(self, entry: Attribute | Include) -> None:
        overrides = entry.overrides if isinstance(entry, Attribute) else ()
        for place in (*entry.see, *overrides):
            if place not in self.places:
                self.report(entry.row, place, f"a reference to {place}, which isn't there")

    def holds(self, table: str) -> frozenset[str]:
        """Return the tags that a table holds, at any depth, Includes followed."""
        if table not in self.held:
            tables = (self.tables[name] for name in reached([table], self.tables))
            every = (entry for reach in tables for entry in walk(reach.entries))
            self.held[table] = frozenset(e.tag for e in every if isinstance(e, Attribute))
        return self.held[table]


class _Linker:
    def __init__(self, edition: Edition, book: Book, errata: Errata) -> None:
        self.tables = {table.id: table for table in edition.tables}
        self.book = book
        self.errata = errata

    def iod(self, iod: IOD) -> IOD:
        entities = tuple(
            replace(entity, modules=tuple(self.module(module) for module in entity.modules))
            for entity in iod.entities
        )
        groups = tuple(self.macro(macro) for macro in iod.functional_groups)
        return replace(iod, entities=entities, functional_groups=groups)

    def module(self, use: ModuleUse) -> ModuleUse:
        return replace(use, table=self.table(use.row, use.name, use.section, TableKind.MODULE))

    def macro(self, use: FunctionalGroupMacroUse) -> FunctionalGroupMacroUse:
        return replace(use, table=self.table(use.row, use.name, use.section, TableKind.MACRO))

    def table(self, row: str, name: str, section: str | None, kind: TableKind) -> str | None:
        if section is None:
            return None  # already named by who read the row
        place = self.book.sections.get(section)
        if place is None:
            self.errata.report(row, name, f"a reference to {section}, which isn't there")
            return None
        reading = self.errata.reading(f"{row} table", name)
        if reading:
            return reading.get("table")
        found = self._find(place, name, kind)
        if found is None:
            self.errata.report(f"{row} table", name, f"{section} holds no table of {name}")
        elif not _same(self.tables[found].name, name):
            called = self.tables[found].name
            self.errata.report(f"{row} table", name, f"{section} holds {called!r}, not {name!r}")
        return found

    def _find(self, section: Section, name: str, kind: TableKind) -> str | None:
        for candidates in (section.tables, list(section.all_tables())):
            tables = [self.tables[table.id] for table in candidates if table.id in self.tables]
            same = [table.id for table in tables if _same(table.name, name)]
            alike = [table.id for table in tables if table.kind is kind]
            of_kind = [table.id for table in tables if table.id in same and table.kind is kind]
            for found in (of_kind, same, alike, [table.id for table in tables]):
                if len(found) == 1:
                    return found[0]
        return None


def _same(left: str, right: str) -> bool:
    return _letters(_plain(left)) == _letters(_plain(right))


def _plain(name: str) -> str:
    return re.sub(r"(?: Functional Group)?(?: (?:Module|Macro)(?: Attributes)?)?$", "", name)


def _letters(name: str) -> str:
    """Return the letters and digits of a name; the registry writes "u" for "micro"."""
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("\u00b5", "u").replace("\u03bc", "u"))
