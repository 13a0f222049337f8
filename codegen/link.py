"""Resolve what was read: Module → table, Include → table, tag → registry; name what dangles.

How it decides:
1. A Module's table is in the section that its row refers to: the one of the same name, else the only one
   of the right kind (Module, or Macro for a Functional Group), directly in the section first.
2. An Include's table has to exist, an Attribute's tag has to be in the registry, and an Attribute with rows
   nested under it has to be a Sequence there.
3. A table that a Module or Macro of the edition doesn't reach is kept all the same; it is a row that was read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from codegen.docbook import Book, Section
from codegen.errata import Errata
from dicomspec.model import (
    IOD,
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
    UID,
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
    check_entries(edition.tables, edition.elements, errata)
    return replace(edition, iods=iods)


def walk(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries and all that is nested in them, in order."""
    for entry in entries:
        yield entry
        if isinstance(entry, Attribute | Include):
            yield from walk(entry.entries)


def check_entries(tables: Iterable[Table], elements: Iterable[DataElement], errata: Errata) -> None:
    """Name Includes of no table, tags of no registry, nesting under what isn't a Sequence."""
    every = tuple(tables)
    ids = {table.id for table in every}
    registry = {element.tag: element for element in elements}
    for table in every:
        for entry in walk(table.entries):
            if isinstance(entry, Include) and entry.table and entry.table not in ids:
                errata.report(entry.row, entry.table, f"an Include of {entry.table}, which isn't there")
            if isinstance(entry, Attribute):
                _check_attribute(entry, registry, errata)


def _check_attribute(entry: Attribute, registry: dict[str, DataElement], errata: Errata) -> None:
    element = registry.get(entry.tag)
    if element is None:
        errata.report(entry.row, entry.tag, f"{entry.tag} is not in the registry of Data Elements")
    elif entry.entries and "SQ" not in element.vr:
        errata.report(entry.row, entry.tag, f"rows nested under {entry.tag}, which is no Sequence")


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
        found = reading.get("table") or self._find(place, name, kind)
        if found is None and not reading.get("none"):
            self.errata.report(f"{row} table", name, f"{section} holds no table of {name}")
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
    return _plain(left) == _plain(right)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r" (?:Module|Macro)(?: Attributes)?$", "", name).lower())
