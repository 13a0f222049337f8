"""DocBook → sections, tables, rows, cells, lists; knows no DICOM.

How it reads:
1. Text has white space and zero-width characters evened out; a cross-reference stands in it as
   "[id]", so that the text doesn't depend on how a reference is rendered.
2. A table is laid out on its grid: a cell that spans rows is seen in each of them, marked
   `spanned`; a title of the header is given for each column that it spans.
3. The published page of an id is the nearest section or chapter at or above it that starts one. A
   chapter starts one; a section does when its parent does, it isn't the first in its parent, and it
   is at most four deep.
4. Where an xml:id stands twice, the first is meant, and the id is in `duplicates`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

_NS = "{http://docbook.org/ns/docbook}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_REFERENCES = frozenset({_NS + "xref", _NS + "olink"})
_CELLS = frozenset({_NS + "td", _NS + "th"})
_SECTIONS = frozenset({_NS + "section", _NS + "chapter", _NS + "appendix"})
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_PAGE_DEPTH = 4


def tag(name: str) -> str:
    """Return a DocBook element's name with its namespace."""
    return _NS + name


def xml_id(element: Element) -> str:
    """Return the xml:id, empty if there is none."""
    return element.get(_ID) or ""


def even(text: str) -> str:
    """Even out white space and zero-width characters."""
    return " ".join(_INVISIBLE.sub("", text).split())


def target(reference: Element) -> str:
    """Return the id that an xref or olink points to."""
    return reference.get("linkend") or reference.get("targetptr") or ""


def text(element: Element) -> str:
    """Return an element's text, references as "[id]"."""
    return even("".join(_pieces(element)))


def digest(printed: str) -> str:
    """Return the first 16 hex digits of the SHA-256 of an evened-out text."""
    return hashlib.sha256(printed.encode()).hexdigest()[:16]


def _pieces(element: Element) -> Iterator[str]:
    if element.tag in _REFERENCES:
        yield f"[{target(element)}]"
        return
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        if child.tag in _BLOCKS:
            yield " "
        yield child.tail or ""


_BLOCKS = frozenset(
    _NS + name
    for name in ("para", "listitem", "term", "title", "caption", "note", "td", "th", "tr")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `spanned` when it began in a row above."""

    element: Element
    column: int
    columns: int
    spanned: bool = False

    @property
    def text(self) -> str:
        """The cell's text."""
        return text(self.element)

    @property
    def id(self) -> str:
        """The xml:id of the cell's first paragraph, empty if it has none."""
        return next((xml_id(e) for e in self.element.iter(_NS + "para") if xml_id(e)), "")

    @property
    def references(self) -> tuple[str, ...]:
        """The ids that the cell's references point to, in order."""
        return tuple(target(e) for e in self.element.iter(*_REFERENCES))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table's body: its cells by column, those that span from above included."""

    cells: tuple[Cell, ...]

    @property
    def own(self) -> tuple[Cell, ...]:
        """The cells that begin in this row."""
        return tuple(cell for cell in self.cells if not cell.spanned)

    @property
    def id(self) -> str:
        """The xml:id of the first paragraph of the row's own cells."""
        return next((cell.id for cell in self.own if cell.id), "")

    @property
    def text(self) -> str:
        """The row's own cells, joined by " | "."""
        return " | ".join(cell.text for cell in self.own)

    def at(self, column: int) -> Cell | None:
        """Return the cell that covers a column."""
        for cell in self.cells:
            if cell.column <= column < cell.column + cell.columns:
                return cell
        return None


@dataclass(frozen=True)
class Table:
    """A table with a caption: its header's texts by column and the rows of its body."""

    element: Element
    section: "Section"

    @cached_property
    def id(self) -> str:
        """The xml:id."""
        return xml_id(self.element)

    @cached_property
    def caption(self) -> str:
        """The caption's text."""
        caption = self.element.find(_NS + "caption")
        return text(caption) if caption is not None else ""

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The texts of the header's first row, by column."""
        head = self.element.find(_NS + "thead")
        first = next(_grid(head), Row(())) if head is not None else Row(())
        return tuple(cell.text for cell in first.cells for _ in range(cell.columns))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the body, laid out on the grid; a table without a body holds them itself."""
        bodies = self.element.findall(_NS + "tbody") or [self.element]
        return tuple(row for body in bodies for row in _grid(body))


def _grid(body: Element) -> Iterator[Row]:
    pending: dict[int, tuple[int, Cell]] = {}  # column → rows left, the cell that spans them
    for line in body.findall(_NS + "tr"):
        above = {column: cell for column, (_, cell) in pending.items()}
        pending = {c: (rows - 1, cell) for c, (rows, cell) in pending.items() if rows > 1}
        row = _row(line, above)
        for cell in row.own:
            rows = _span(cell.element, "rowspan")
            if rows > 1:
                pending[cell.column] = (rows - 1, cell)
        yield row


def _row(line: Element, above: dict[int, Cell]) -> Row:
    """Return a row's cells: its own go from left to right where `above` leaves columns free."""
    cells: list[Cell] = []
    column = 0
    for element in line:
        if element.tag in _CELLS:
            column = _spanned(above, column, cells)
            cells.append(Cell(element, column, _span(element, "colspan")))
            column += cells[-1].columns
    for place in sorted(place for place in above if place >= column):
        _spanned(above, place, cells)
    return Row(tuple(sorted(cells, key=lambda cell: cell.column)))


def _spanned(above: dict[int, Cell], column: int, cells: list[Cell]) -> int:
    """Add the cells that span from above into a column and on; return the next free column."""
    while column in above:
        cell = above.pop(column)
        cells.append(replace(cell, spanned=True))
        column += cell.columns
    return column


def _span(element: Element, name: str) -> int:
    value = element.get(name, "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1


@dataclass
class Section:
    """A chapter or section: its place, and the tables that stand directly in it."""

    element: Element
    parent: "Section | None"
    page: str
    depth: int
    tables: list[Table] = field(default_factory=list)
    sections: "list[Section]" = field(default_factory=list)

    @property
    def id(self) -> str:
        """The xml:id."""
        return xml_id(self.element)

    @cached_property
    def title(self) -> str:
        """The title's text."""
        title = self.element.find(_NS + "title")
        return text(title) if title is not None else ""

    def all_tables(self) -> Iterator[Table]:
        """Yield the tables of the section and of those within it, in order of depth."""
        yield from self.tables
        for section in self.sections:
            yield from section.all_tables()


class Book:
    """A Part: its sections by id and its tables in order."""

    def __init__(self, root: Element) -> None:
        self.sections: dict[str, Section] = {}
        self.tables: list[Table] = []
        self.by_id: dict[str, Table] = {}
        self.duplicates: list[str] = []
        for chapter in root:
            if chapter.tag in _SECTIONS:
                self._add(chapter, None, xml_id(chapter), 0, starts=True)

    def _add(
        self, element: Element, parent: Section | None, page: str, depth: int, *, starts: bool
    ) -> Section:
        section = Section(element, parent, page, depth)
        if section.id in self.sections:
            self.duplicates.append(section.id)
        else:
            self.sections[section.id] = section
        self._walk(element, section, starts=starts)
        return section

    def _walk(self, element: Element, section: Section, *, starts: bool) -> None:
        for child in element:
            if child.tag in _SECTIONS:
                begins = starts and bool(section.sections) and section.depth < _PAGE_DEPTH
                page = xml_id(child) if begins else section.page
                section.sections.append(
                    self._add(child, section, page, section.depth + 1, starts=begins)
                )
            elif child.tag == _NS + "table":
                self._add_table(Table(child, section))
            elif len(child):
                self._walk(child, section, starts=starts)

    def _add_table(self, table: Table) -> None:
        if table.id in self.by_id:
            self.duplicates.append(table.id)
        else:
            self.by_id[table.id] = table
        self.tables.append(table)
        table.section.tables.append(table)
