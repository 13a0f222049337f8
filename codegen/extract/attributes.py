"""Tables of Attributes: Modules, Macros, the keys of Directory Records.

How it reads a row:
1. The first cell gives the nesting (its ">") and the name; "Include" rows stand for a Macro.
2. A row with a tag is an Attribute; "Any …" or "all other …" rows admit Attributes that they don't
   name; a row of one cell otherwise is a heading.
3. Whatever doesn't fit (a row, a column, a table with tags that isn't one of Attributes) is looked
   up in the errata, and without a correction named as a problem.
4. Nesting is closed by the level: a row belongs to the last row above it that is one level less
   deep. A row nested under an Include belongs to the last Sequence of the included Macro.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from codegen.docbook import Book, Cell, Row, Table, even
from codegen.errata import Errata
from codegen.extract.conditions import place_of
from codegen.extract.groups import read_uses
from codegen.extract.hand_values import read_row_sentences
from codegen.extract.items import read_items
from codegen.extract.names import Names
from codegen.extract.sentences import TAG, Paragraph, bare, paragraphs, tags
from codegen.extract.value_counts import read_row_counts
from codegen.extract.values import other_lists, read_lists
from dicomspec import model
from dicomspec.model import Attribute, Entry, Heading, Include, OtherAttributes, Type

_LEVEL = re.compile(r"^((?:>\s*)*)(.*)$", re.DOTALL)
_NAME_COLUMNS = frozenset({"attribute name", "key"})
_COLUMNS = _NAME_COLUMNS | {"tag", "type", "attribute description", "description"}
_TYPES = {kind.value: kind for kind in Type}
_INCLUDE = re.compile(r"^Include(?!s)\b")
_OTHERS = re.compile(r"^(?:Any\b|Optionally, all other\b|All other\b)", re.IGNORECASE)
_CAPTION = re.compile(
    r"^(?:Table [\w.\-]+ )?(?P<name>.*?)(?: (?P<kind>Module|Macro))?(?: (?:Attributes?|Table))?"
    r"(?: Description)?$"
)
_SPECIALIZED = re.compile(
    rf"(?P<tag>{TAG.pattern}) (?:is specialized to be|shall be|is) Type (?P<type>[123]C?)\b"
)
_SEE = re.compile(
    r"\b[Ss]ee\b|Defined Terms?|Enumerated Values?|specialization|specified in|defined in"
)
_PLACE = re.compile(r"\[((?:sect|table|chapter)_[^\]]+)\]")
_OVERRIDES = re.compile(
    r"\boverrid(?:es?|ing)\b[^\[;]*\b(?:[Tt]ype|definition|requirements?)\b[^\[;]*"
    r"\[sect_[^\]]+\](?: and \[sect_[^\]]+\])*"
)
_CONDITIONAL_INCLUDE = re.compile(
    r"\bInclude\b[^.]*\bif\b|\b[Rr]equired if\b|\bMacro shall not be present\b"
)


_RECORD_TYPE = re.compile(r'Directory Record Type \(0004,1430\) of Value "(?P<value>[A-Z0-9 _]+)"')


@dataclass
class Tally:
    """What was met while reading: rows by fate, and the facts not read, by place."""

    rows: int = 0
    attributes: int = 0
    includes: int = 0
    others: int = 0
    headings: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)
    item_sentences: list[str] = field(default_factory=list)
    count_sentences: list[str] = field(default_factory=list)
    other_lists: list[str] = field(default_factory=list)
    other_references: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of Attributes; `type` and `description` None where there is none."""

    name: int
    tag: int
    type: int | None
    description: int | None


def columns(table: Table) -> Columns | None:
    """Return the columns of a table of Attributes, None for another table."""
    header = [title.lower() for title in table.header]
    if not header or header[0] not in _NAME_COLUMNS or "tag" not in header:
        return None
    described = next((n for n, title in enumerate(header) if title.endswith("description")), None)
    kind = header.index("type") if "type" in header else None
    return Columns(0, header.index("tag"), kind, described)


def name_and_kind(table: Table) -> tuple[str, model.TableKind]:
    """Return the table's name and kind, from its caption and header."""
    match = _CAPTION.match(table.caption)
    assert match is not None  # the pattern matches any text
    if table.header[:1] == ("Key",):
        return re.sub(r" Keys$", "", match["name"]), model.TableKind.KEYS
    if match["kind"] == "Macro" or "Macro" in table.caption:
        return re.sub(r" Macro$", "", match["name"]), model.TableKind.MACRO
    return match["name"], model.TableKind.MODULE


def read_tables(book: Book, names: Names, errata: Errata, tally: Tally) -> list[model.Table]:
    """Return every table of Attributes of a Part, in order; a table that stands twice once."""
    tables: dict[str, model.Table] = {}
    for table in book.tables:
        where = _where(table, errata, tally)
        if where is None:
            continue
        read = _read_table(table, where, names, errata, tally)
        if table.id in tables and tables[table.id].entries != read.entries:
            errata.report(table.id, table.caption, "two different tables have this id")
        tables.setdefault(table.id, read)
    return list(tables.values())


def _where(table: Table, errata: Errata, tally: Tally) -> Columns | None:
    """Return the columns of a table that is to be read; name what is odd about them."""
    header = [title.lower() for title in table.header]
    if "tag" not in header and not _NAME_COLUMNS & set(header):
        return None
    reading = errata.reading(table.id, table.caption)
    if reading.get("leave_out"):
        tally.left_out.append((table.id, "left out by a declared correction"))
        return None
    where = columns(table)
    odd = sorted({title for title in header if title not in _COLUMNS or header.count(title) > 1})
    if where is None:
        errata.report(table.id, table.caption, "a table with tags that isn't one of Attributes")
    elif odd and not reading.get("columns"):
        errata.report(table.id, table.caption, f"columns that aren't known: {', '.join(odd)}")
    return where


def _read_table(
    table: Table, where: Columns, names: Names, errata: Errata, tally: Tally
) -> model.Table:
    reader = _Reader(table, where, names, errata, tally)
    flat = [read for row in table.rows for read in reader.all(row)]
    name, kind = name_and_kind(table)
    return model.Table(
        id=table.id,
        name=name,
        kind=kind,
        section=table.section.id,
        page=table.section.page,
        entries=_nest(flat, errata),
        record_type=_record_type(table),
    )


def _record_type(table: Table) -> str:
    """Return the Directory Record Type whose Keys a table lists (PS3.3 F.5), empty for none."""
    for paragraph in paragraphs(table.section.element):
        if match := _RECORD_TYPE.search(paragraph.text):
            return match["value"]
    return ""


@dataclass
class _Reader:
    table: Table
    where: Columns
    names: Names
    errata: Errata
    tally: Tally

    def all(self, row: Row) -> Iterator[tuple[int, Entry, str]]:
        """Yield level, entry and printed text of a row, and of one that a correction adds to it."""
        read = self.read(row)
        if read is not None:
            yield read
        if added := self.errata.reading(row.id, row.text).get("followed_by"):
            entry = Attribute(added["tag"], added["name"], Type(added["type"]), "")  # no such row
            yield 0, entry, added["name"]

    def read(self, row: Row) -> tuple[int, Entry, str] | None:
        """Return level, entry and printed text of a row; None if a correction leaves it out."""
        self.tally.rows += 1
        reading = self.errata.reading(row.id, row.text)
        if reading.get("leave_out"):
            self.tally.left_out.append((row.id, "left out by a declared correction"))
            return None
        level, name = _level(row.own[0].text if row.own else "")
        return reading.get("level", level), self._entry(row, name, reading), row.text

    def _entry(self, row: Row, name: str, reading: dict[str, str]) -> Entry:
        printed = row.at(self.where.tag)
        match = TAG.fullmatch(printed.text) if printed else None
        tag = reading.get("tag") or (tags(printed.text)[0] if printed and match else "")
        if _INCLUDE.match(name) and not tag:
            return self._include(row, name, reading)
        if tag:
            return self._attribute(row, reading.get("name", name), tag, reading)
        kind = self._type(row, reading, needed=False)
        if _OTHERS.match(name) or reading.get("kind") == "other attributes":
            self.tally.others += 1
            return OtherAttributes(row.id, kind)
        if len(row.own) != 1:
            self.errata.report(row.id, row.text, "a row without a tag")
        self.tally.headings += 1
        return Heading(row.id)

    def _type(self, row: Row, reading: dict[str, str], *, needed: bool = True) -> Type | None:
        if "type" in reading:
            return Type(reading["type"])
        if self.where.type is None:
            return None
        candidates = [row.at(self.where.type), *row.own[1:]]
        for cell in candidates[: 1 if needed else None]:
            if cell is not None and cell.text in _TYPES:
                return _TYPES[cell.text]
        if needed:
            self.errata.report(row.id, row.text, "a Type cell that isn't a Type")
        return None

    def _description(self, row: Row) -> tuple[Cell | None, list[Paragraph]]:
        """Return the last cell and its paragraphs, unless it is the name, the tag or the Type."""
        cell = row.own[-1] if len(row.own) > 1 else None
        if cell is None or cell.text in _TYPES or TAG.fullmatch(cell.text):
            return None, []
        self.tally.other_lists += other_lists(cell.element)
        return cell, list(paragraphs(cell.element))

    def _attribute(self, row: Row, name: str, tag: str, reading: dict[str, str]) -> Attribute:
        self.tally.attributes += 1
        kind = self._type(row, reading)
        cell, text = self._description(row)
        items = read_items(text if reading.get("items") != "none" else ())
        uses = read_uses(text, self.names)
        self.tally.item_sentences += items.unread
        self.tally.other_references += uses.unread
        conditional = kind in {Type.TYPE_1C, Type.TYPE_2C}
        return Attribute(
            tag=tag,
            name=name,
            type=kind,
            row=row.id,
            condition=place_of(text, row.id) if conditional else None,
            items=items.always,
            item_counts_if=items.conditional,
            values=self._values(cell, tag),
            value_counts=self._counts(text),
            context_groups=uses.groups,
            templates=uses.templates,
            see=_see(text),
            overrides=(*_overrides(text), *reading.get("overrides", ())),
        )

    def _values(self, cell: Cell | None, own: str | None) -> tuple[model.ValueList, ...]:
        if cell is None:
            return ()
        said = read_row_sentences(cell.element, own, self.names, self.errata)
        return (*read_lists(cell.element), *said)

    def _counts(self, text: list[Paragraph]) -> tuple[model.ValueCount, ...]:
        counts = read_row_counts(text, self.errata)
        self.tally.count_sentences += counts.unread
        return counts.counts

    def _include(self, row: Row, name: str, reading: dict[str, str]) -> Include:
        self.tally.includes += 1
        cell, text = self._description(row)
        uses = read_uses([*text, Paragraph(row.id, name)], self.names)
        self.tally.item_sentences += _item_places(text)
        self.tally.other_references += uses.unread
        table, what = self._included(row, reading)
        return Include(
            table=table,
            row=row.id,
            what=what,
            condition=self._include_condition(row, text, reading),
            context_groups=uses.groups,
            templates=uses.templates,
            specializations=_specializations(text),
            values=self._values(cell, None),
            value_counts=self._counts(text),
            see=_see(text),
        )

    def _included(self, row: Row, reading: dict[str, str]) -> tuple[str | None, str]:
        if "table" in reading:
            return reading["table"], ""
        if "what" in reading:
            return None, reading["what"]
        text = row.own[0].text
        named = [ref for ref in row.own[0].references if ref.startswith("table_")]
        if named:
            return named[0], ""
        if "Functional Group Macros" in text:
            return None, "functional groups"
        self.errata.report(row.id, row.text, "an Include that names no table")
        return None, "unresolved"

    def _include_condition(
        self, row: Row, text: list[Paragraph], reading: dict[str, str]
    ) -> model.Condition | None:
        if reading.get("condition") == "met":
            return None
        every = [Paragraph(row.own[0].id, row.own[0].text), *_without_specializations(text)]
        said = (bare(paragraph.text) for paragraph in every)
        if any(
            _CONDITIONAL_INCLUDE.search(text) for text in said if "Functional Group" not in text
        ):
            return place_of(every, row.id)
        return None


def _item_places(text: list[Paragraph]) -> list[str]:
    """Return the paragraphs of an Include's description that speak of numbers of Items."""
    read = [(paragraph.id, read_items([paragraph])) for paragraph in text]
    return [place for place, items in read if items.always or items.conditional or items.unread]


def _without_specializations(text: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs before the first specialization, to which what follows belongs."""
    return list(takewhile(lambda paragraph: not list(_specialized(paragraph)), text))


def _level(printed: str) -> tuple[int, str]:
    match = _LEVEL.match(printed)
    assert match is not None  # the pattern matches any text
    return match[1].count(">"), even(match[2])


def _see(text: list[Paragraph]) -> tuple[str, ...]:
    """Return the places of the same Part that a description sends to."""
    found = dict.fromkeys(
        place
        for paragraph in text
        for sentence in paragraph.sentences
        if _SEE.search(sentence)
        for place in _PLACE.findall(sentence)
        if place in paragraph.references
    )
    return tuple(found)


def _overrides(text: list[Paragraph]) -> tuple[str, ...]:
    """Return the sections of the Modules whose Types a row says it overrides (PS3.3 C.1.2.3)."""
    sentences = (sentence for paragraph in text for sentence in paragraph.sentences)
    said = (match for sentence in sentences if (match := _OVERRIDES.search(sentence)))
    return tuple(place for match in said for place in _PLACE.findall(match[0]))


def _specialized(paragraph: Paragraph) -> Iterator[re.Match[str]]:
    """Yield what a paragraph specializes; "Although X is Type 3" only recalls."""
    for sentence in paragraph.sentences:
        if not sentence.startswith("Although"):
            yield from _SPECIALIZED.finditer(sentence)


def _specializations(text: list[Paragraph]) -> tuple[model.Specialization, ...]:
    found = []
    for paragraph in text:
        for match in _specialized(paragraph):
            kind = Type(match["type"])
            conditional = kind in {Type.TYPE_1C, Type.TYPE_2C}
            condition = place_of([paragraph], paragraph.id) if conditional else None
            found.append(model.Specialization(tags(match["tag"])[0], kind, condition))
    return tuple(found)


def _nest(flat: list[tuple[int, Entry, str]], errata: Errata) -> tuple[Entry, ...]:
    """Fold (level, entry, printed text) into a tree; a jump of more than one level is a problem."""
    stack: list[list[Entry]] = [[]]
    opened: list[Attribute | Include] = []
    for level, entry, printed in flat:
        while len(stack) - 1 > level:
            _close(stack, opened)
        above = stack[-1][-1] if stack[-1] else None
        if level > len(stack) - 1 and isinstance(above, Attribute | Include):
            opened.append(above)
            stack.append([])
        if level != len(stack) - 1:
            errata.report(entry.row, printed, "nested deeper than the row above it allows")
        stack[-1].append(entry)
    while len(stack) > 1:
        _close(stack, opened)
    return tuple(stack[0])


def _close(stack: list[list[Entry]], opened: list[Attribute | Include]) -> None:
    entries = stack.pop()
    stack[-1][-1] = replace(opened.pop(), entries=tuple(entries))
