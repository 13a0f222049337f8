"""IOD Module tables and Functional Group Macros tables (PS3.3 Annexes A, B and F).

How it reads:
1. A table whose caption ends in "IOD Modules" is an IOD; its columns are found by the header's
   words, and an IE spans the Modules listed under it.
2. Usage is the letter that begins the cell; what follows it is a condition (C), a restriction to
   shared or per-frame Functional Groups, or both.
3. An IOD's Functional Group Macros are in the table that stands beside its own in the same section,
   or else in the one that the section about them refers to.
4. A reference is resolved by `link`; here it is the section's id only.
5. A table of either caption that lacks the columns, and a column that isn't known, is looked up in
   the errata, and without a correction named as a problem.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from codegen.docbook import Book, Row, Table
from codegen.errata import Errata
from codegen.extract.conditions import place_of
from codegen.extract.sentences import Paragraph, paragraphs
from dicomspec.model import (
    IOD,
    Condition,
    FunctionalGroupMacroUse,
    InformationEntity,
    ModuleUse,
    Sharing,
    Usage,
)

_IOD = re.compile(r"^(?P<name>.+) IOD Modules$")
_IOD_COLUMNS = frozenset(
    {"ie", "module", "reference", "usage", "module description", "description"}
)
_MACROS = re.compile(r" Functional Group Macros$")
_MACRO_COLUMNS = frozenset({"functional group macro", "section", "usage"})
_TABLE = re.compile(r"\[(table_[^\]]+)\]")
_USAGE = re.compile(r"^(?P<letter>[MCU])(?:\b|$)\s*(?:[-\u2013\u2014]\s*)?(?P<rest>.*)$", re.DOTALL)
_SHARING = (
    (
        re.compile(r"\b(?:may|shall) not be used as a shared functional group", re.IGNORECASE),
        Sharing.PER_FRAME_ONLY,
    ),
    (
        re.compile(
            r"\b(?:(?:may|shall) not be used as a per-frame|shall be used as a shared)"
            r" functional group",
            re.IGNORECASE,
        ),
        Sharing.SHARED_ONLY,
    ),
)
_RESTRICTION = re.compile(r"\b(?:if|only|unless|when|shall not|may not)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Use:
    name: str
    section: str | None
    place: str
    usage: Usage | None
    rest: str
    condition: Condition | None


def read_iods(book: Book, errata: Errata) -> list[IOD]:
    """Return the IODs of a Part, in order, with their Functional Group Macros."""
    iods: dict[str, IOD] = {}
    macros = {table.id: table for table in book.tables if _is_macros(table, errata)}
    read = {name: _functional_groups(table, errata) for name, table in macros.items()}
    for table in book.tables:
        name = _name(table, errata)
        if name is None:
            continue
        if name in iods:
            errata.report(table.id, table.caption, "a second IOD of the same name")
            continue
        own = _macros_table(table, macros)
        iods[name] = IOD(
            name=name,
            table=table.id,
            section=table.section.id,
            page=table.section.page,
            entities=_entities(table, errata),
            functional_group_table=own,
            functional_groups=read[own] if own else (),
        )
    for place in sorted(set(macros) - {iod.functional_group_table for iod in iods.values()}):
        errata.report(place, macros[place].caption, "Functional Group Macros of no IOD")
    return list(iods.values())


def _name(table: Table, errata: Errata) -> str | None:
    """Return the name of the IOD whose Modules a table lists, None for another table."""
    match = _IOD.match(table.caption)
    if match is None:
        return None
    needed = {"module", "reference"}
    return match["name"] if _has_columns(table, needed, _IOD_COLUMNS, errata) else None


def _is_macros(table: Table, errata: Errata) -> bool:
    if not _MACROS.search(table.caption):
        return False
    return _has_columns(table, {"functional group macro", "usage"}, _MACRO_COLUMNS, errata)


def _has_columns(table: Table, needed: set[str], known: frozenset[str], errata: Errata) -> bool:
    """Tell whether a table has the columns that it needs; name it if not, and columns not known."""
    header = {title.lower() for title in table.header}
    reading = errata.reading(table.id, table.caption)
    odd = sorted((needed - header) or (header - known))
    if odd and not (reading.get("leave_out") or reading.get("columns")):
        what = "columns that aren't known" if needed <= header else "lacks its columns"
        errata.report(table.id, table.caption, f"{what}: {', '.join(odd)}")
    return needed <= header and not reading.get("leave_out")


def _macros_table(iod: Table, macros: dict[str, Table]) -> str | None:
    """Return the table beside the IOD's own, or the one that a section beside it refers to."""
    parent = iod.section.parent
    if parent is None or parent.depth == 0:
        parent = iod.section
    held = [table.id for table in parent.all_tables() if table.id in macros]
    named = [
        place
        for section in parent.sections
        if "Functional Group" in section.title
        for paragraph in paragraphs(section.element)
        for place in _TABLE.findall(paragraph.text)
        if place in macros
    ]
    return next(iter([*held, *named]), None)


def _entities(table: Table, errata: Errata) -> tuple[InformationEntity, ...]:
    where = {title.lower(): n for n, title in enumerate(table.header)}
    rows = [(_cell(row, where.get("ie")), _module(row, where, errata)) for row in table.rows]
    return tuple(
        InformationEntity(name, tuple(module for _, module in listed))
        for name, listed in groupby(rows, key=lambda pair: pair[0])
    )


def _module(row: Row, where: dict[str, int], errata: Errata) -> ModuleUse:
    use = _use(row, where["module"], where["reference"], where.get("usage"), errata)
    if use.rest and use.usage is not Usage.CONDITIONAL and _RESTRICTION.search(use.rest):
        condition: Condition | None = place_of([Paragraph(_last_id(row), use.rest)], row.id)
    else:
        condition = use.condition
    return ModuleUse(use.name, None, use.section, use.usage, use.place, condition)


def _functional_groups(table: Table, errata: Errata) -> tuple[FunctionalGroupMacroUse, ...]:
    where = {title.lower(): n for n, title in enumerate(table.header)}
    return tuple(_macro(row, where, errata) for row in table.rows)


def _macro(row: Row, where: dict[str, int], errata: Errata) -> FunctionalGroupMacroUse:
    use = _use(row, where["functional group macro"], where.get("section"), where["usage"], errata)
    sharing, left = _sharing(use.rest)
    condition = use.condition
    if use.usage is not Usage.CONDITIONAL and _RESTRICTION.search(left):
        condition = place_of([Paragraph(_last_id(row), use.rest)], row.id)
    return FunctionalGroupMacroUse(
        name=use.name,
        table=None,
        section=use.section,
        usage=use.usage or Usage.USER_OPTIONAL,
        row=use.place,
        sharing=sharing,
        condition=condition,
    )


def _sharing(rest: str) -> tuple[Sharing, str]:
    """Return what a Usage says of sharing, and what is left of its words."""
    for pattern, sharing in _SHARING:
        if pattern.search(rest):
            return sharing, pattern.sub("", rest).strip(" .;")
    return Sharing.EITHER, rest


def _use(row: Row, name: int, reference: int | None, usage: int | None, errata: Errata) -> _Use:
    named = row.at(name)
    place = (named.id if named else "") or row.id
    reading = errata.reading(place, row.text)
    cell = row.at(reference) if reference is not None else None
    sections = [ref for ref in (cell.references if cell else ()) if ref.startswith("sect_")]
    if not sections and "section" not in reading:
        errata.report(place, row.text, "a Module without a reference to its section")
    letter, rest, condition = None, "", None
    if usage is not None:
        letter, rest, condition = _usage(row, usage, reading, errata)
    section = reading.get("section") or (sections[0] if sections else None)
    return _Use(_cell(row, name), section, place, letter, rest, condition)


def _usage(
    row: Row, column: int, reading: dict[str, str], errata: Errata
) -> tuple[Usage | None, str, Condition | None]:
    cell = row.at(column)
    match = _USAGE.match(reading.get("usage") or (cell.text if cell else ""))
    if cell is None or match is None:
        errata.report(row.id, row.text, "a Usage cell that isn't M, C or U")
        return None, "", None
    usage = Usage(match["letter"])
    conditional = usage is Usage.CONDITIONAL
    text = list(paragraphs(cell.element))
    return usage, match["rest"], place_of(text, row.id) if conditional else None


def _last_id(row: Row) -> str:
    return row.own[-1].id if row.own else row.id


def _cell(row: Row, column: int | None) -> str:
    cell = row.at(column) if column is not None else None
    return cell.text if cell else ""
