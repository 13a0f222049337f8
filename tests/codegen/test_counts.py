"""Nothing is lost: what a second, dumb way counts in the XML is in the definitions, or named.

The second way knows nothing of codegen's: xpath over the tree, regular expressions over the text.
"""

import re
from collections import Counter
from functools import cached_property

import pytest
from lxml import etree

from codegen.extract.hand_values import load
from codegen.link import walk
from dicomspec.model import Attribute, Entry, Heading, Include, OtherAttributes
from tests.codegen.conftest import needs, opened_part, read_session

EDITIONS = ("2024c", "2024a")
NS = {"d": "http://docbook.org/ns/docbook"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
TYPES = {"1", "1C", "2", "2C", "3"}
TAG = re.compile(r"^\([0-9A-Fa-fx]{4}, ?[0-9A-Fa-fx]{4}\)$")


class Counted:
    """One edition: Part 3's tree, and what codegen read of it."""

    def __init__(self, edition: str) -> None:
        self.reading = read_session(edition)
        self.root = root_of(edition, "03")
        self.left_out = {place for place, _ in self.reading.tally.left_out}
        self.attribute_tables = [
            table for table in self.all("//d:table") if is_of_attributes(table)
        ]

    def all(self, xpath: str) -> list[etree._Element]:
        return elements(self.root, xpath)

    @cached_property
    def rows(self) -> list[etree._Element]:
        """The rows of the tables of Attributes that are not left out."""
        tables = [table for table in self.attribute_tables if table.get(ID) not in self.left_out]
        return [row for table in tables for row in table.iterfind("d:tbody/d:tr", NS)]

    @cached_property
    def entries(self) -> list[Entry]:
        """All that codegen read of these tables."""
        return [entry for table in self.reading.edition.tables for entry in walk(table.entries)]

    @cached_property
    def by_row(self) -> dict[str, Entry]:
        """The same by row."""
        return {entry.row: entry for entry in self.entries}


def root_of(edition: str, number: str) -> etree._Element:
    return opened_part(edition, number).tables[0].element.getroottree().getroot()


def elements(within: etree._Element, xpath: str) -> list[etree._Element]:
    found = within.xpath(xpath, namespaces=NS)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]


def plain(element: etree._Element | None) -> str:
    assert element is not None
    return " ".join("".join(str(text) for text in element.itertext()).split())


def is_of_attributes(table: etree._Element) -> bool:
    titles = [plain(cell).lower() for cell in table.iterfind("d:thead/d:tr/*", NS)]
    return titles[:1] in (["attribute name"], ["key"]) and "tag" in titles


def row_id(row: etree._Element) -> str:
    return next(para.get(ID, "") for para in row.iter("{*}para") if para.get(ID))


def outside_notes(row: etree._Element, name: str) -> list[etree._Element]:
    return elements(row, f".//d:{name}[not(ancestor::d:note)]")


@pytest.fixture(scope="module", params=EDITIONS)
def counted(request) -> Counted:
    needs(request.param)
    return Counted(request.param)


def test_every_row_of_every_table_of_attributes(counted):
    rows = [row_id(row) for row in counted.rows]
    assert len(rows) > 9900
    entries = [entry.row for entry in counted.entries if entry.row]  # none: a correction's own
    assert Counter(rows) == Counter(entries)
    assert counted.reading.tally.rows == len(rows)


def test_every_table_of_attributes(counted):
    named = [table.get(ID) for table in counted.attribute_tables]
    read = [table.id for table in counted.reading.edition.tables]
    assert sorted(named) == sorted([*read, *(counted.left_out & set(named))])
    assert counted.left_out >= {"table_5.4-1", "table_5.4-2", "table_5.4-3"}


def test_every_table_with_a_tag_column_is_read_or_named(counted):
    titled = [
        table.get(ID)
        for table in counted.all("//d:table")
        if "tag" in {plain(cell).lower() for cell in table.iterfind("d:thead/d:tr/*", NS)}
    ]
    read = {table.id for table in counted.reading.edition.tables}
    assert set(titled) == read | (counted.left_out & set(titled))


def test_every_row_with_a_tag_is_an_attribute_with_that_tag_and_type(counted):
    by_row = counted.by_row
    seen = 0
    for row in counted.rows:
        cells = [plain(cell) for cell in row]
        if len(cells) > 1 and TAG.match(cells[1]):
            entry = by_row[row_id(row)]
            assert isinstance(entry, Attribute)
            assert entry.tag.lower() == cells[1].lower().replace(" ", "")
            if entry.type is not None:
                assert entry.type.value == cells[2]
            else:
                assert cells[2] not in TYPES
            seen += 1
    printed = [entry for entry in counted.entries if entry.row]
    assert seen == sum(isinstance(entry, Attribute) for entry in printed)


def test_every_row_without_a_tag_is_an_include_or_admits_others_or_is_a_heading(counted):
    by_row = counted.by_row
    for row in counted.rows:
        name = plain(row[0]).lstrip("> ")
        entry = by_row[row_id(row)]
        if isinstance(entry, Include):
            assert name.startswith("Include")
        elif isinstance(entry, OtherAttributes):
            assert re.match("any|all other|optionally", name, re.IGNORECASE)
        elif isinstance(entry, Heading):
            assert len(row) == 1
            assert name.isupper()


def test_nesting_is_as_deep_as_the_signs_say(counted):
    depths: dict[str, int] = {}

    def go(entries: tuple[Entry, ...], depth: int) -> None:
        for entry in entries:
            depths[entry.row] = depth
            if isinstance(entry, Attribute | Include):
                go(entry.entries, depth + 1)

    for table in counted.reading.edition.tables:
        go(table.entries, 0)
    for row in counted.rows:
        signs = re.match(r"[>\s]*", plain(row[0]))
        assert signs is not None
        assert depths[row_id(row)] == signs[0].count(">")


def test_every_iod_and_every_row_of_its_modules(counted):
    tables = [t for t in counted.all("//d:table") if plain(t[0]).endswith(" IOD Modules")]
    assert len(tables) == {"2024c": 189, "2024a": 188}[counted.reading.edition.name]
    listed = {
        table.get(ID): [plain(row) for row in table.iterfind("d:tbody/d:tr", NS)]
        for table in tables
    }
    iods = {iod.table: iod for iod in counted.reading.edition.iods}
    assert set(iods) == set(listed)
    for name, rows in listed.items():
        modules = [module for entity in iods[name].entities for module in entity.modules]
        assert len(modules) == len(rows)
        for module, row in zip(modules, rows, strict=True):
            assert module.name in row


def test_every_row_of_functional_group_macros(counted):
    tables = {
        table.get(ID): table.findall("d:tbody/d:tr", NS)
        for table in counted.all("//d:table")
        if plain(table[0]).endswith(" Functional Group Macros")
    }
    iods = [iod for iod in counted.reading.edition.iods if iod.functional_group_table]
    assert {iod.functional_group_table for iod in iods} == set(tables)
    for iod in iods:
        rows = tables[iod.functional_group_table]
        assert len(iod.functional_groups) == len(rows)
        for use, row in zip(iod.functional_groups, rows, strict=True):
            assert use.name == plain(row[0])
            assert use.usage.value == plain(row[-1])[0]


def test_every_list_of_values(counted):
    lists = [
        lst
        for lst in counted.all("//d:variablelist[d:title][not(ancestor::d:note)]")
        if re.search("enumerated value|defined term", plain(lst[0]), re.IGNORECASE)
    ]
    assert len(lists) > 1400
    left_out = set(counted.reading.tally.other_lists)  # of bits, of terms for many values
    printed = {first_id(lst): terms(lst) for lst in lists if first_id(lst) not in left_out}
    assert len(lists) - len(printed) < 12
    read = [one for entry in counted.entries for one in getattr(entry, "values", ())]
    read += [one for section in counted.reading.edition.section_values for one in section.lists]
    found = {one.paragraph: one.values for one in read if one.paragraph in printed}
    assert found.keys() == printed.keys()
    for place, values in found.items():
        assert values == printed[place] or list(map(number, values)) == list(
            map(number, printed[place])
        )


def first_id(lst: etree._Element) -> str | None:
    return next((para.get(ID) for para in lst.iter("{*}para") if para.get(ID)), None)


def terms(lst: etree._Element) -> tuple[str, ...]:
    return tuple(plain(term) for term in lst.iterfind("d:varlistentry/d:term", NS))


def number(value: str) -> int | str:
    """Tell numbers apart by their value: "0001H", "+1" and "1" are the same."""
    if re.fullmatch(r"[0-9A-F]{4}H", value):
        return int(value[:-1], 16)
    return int(value.rstrip("H")) if re.fullmatch(r"[+-]?\d+H?", value) else value


def test_every_other_list_in_a_row_is_named(counted):
    for row in counted.rows:
        for lst in outside_notes(row, "variablelist"):
            title = plain(lst[0]) if lst[0].tag.endswith("}title") else ""
            if not re.search("enumerated value|defined term", title, re.IGNORECASE):
                place = first_id(lst)
                assert place in counted.reading.tally.other_lists


def test_every_table_of_values(counted):
    tables = [
        table
        for table in counted.all("//d:table[d:thead]")
        if re.match("(Enumerated Value|Defined Term)", plain(table.find("d:thead/d:tr/*", NS)))
        and any(plain(row[0]) and len(row) > 1 for row in table.iterfind("d:tbody/d:tr", NS))
    ]
    lists = [one for section in counted.reading.edition.section_values for one in section.lists]
    read = {one.paragraph for one in lists if one.paragraph.startswith("table_")}
    of_values = {table.get(ID) for table in tables}
    assert of_values <= read
    assert read - of_values <= {place for place, _ in load()}  # read by hand


def test_every_reference_to_a_context_group_or_template_in_a_row(counted):
    by_row = counted.by_row
    named = set(counted.reading.tally.other_references)
    seen = 0
    for row in counted.rows:
        entry = by_row[row_id(row)]
        uses = {f"sect_CID_{group.cid}" for group in getattr(entry, "context_groups", ())}
        uses |= {f"sect_TID_{template.tid}" for template in getattr(entry, "templates", ())}
        for reference in outside_notes(row, "olink"):
            target = reference.get("targetptr", "")
            if re.match("sect_[CT]ID_", target):
                seen += 1
                paragraph = next(reference.iterancestors("{*}para")).get(ID)
                assert target in uses or paragraph in named, (entry.row, target)
    assert seen > 480


def test_every_number_of_a_context_group_in_the_text_of_a_row(counted):
    by_row = counted.by_row
    for row in counted.rows:
        entry = by_row[row_id(row)]
        if not isinstance(entry, Attribute | Include):
            continue
        text = " ".join(plain(para) for para in outside_notes(row, "para"))
        for numbers in re.findall(r"(?:Baseline|Defined) CIDs? (?:is )?(\d+(?: and \d+)*)", text):
            for number in numbers.split(" and "):
                assert number in {group.cid for group in entry.context_groups}


def test_every_sentence_that_gives_a_number_of_items(counted):
    by_row = counted.by_row
    named = set(counted.reading.tally.item_sentences)
    words = (
        r"\b(?:one|single|two|zero|more)\b[^.]*\bitems?\b[^.]*\b(?:included|permitted|allowed)\b"
    )
    seen = 0
    for row in counted.rows:
        entry = by_row[row_id(row)]
        for para in outside_notes(row[-1], "para") if len(row) > 1 else []:
            if re.search(words, plain(para), re.IGNORECASE):
                seen += 1
                has = isinstance(entry, Attribute) and (entry.items or entry.item_counts_if)
                declared = entry.row in counted.reading.errata.used
                assert has or para.get(ID) in named or declared, plain(para)
    assert seen > 1700


def test_the_plain_sentences_on_items_say_what_they_say(counted):
    by_row = counted.by_row
    plainly = {
        "Only a single Item shall be included in this Sequence": (1, 1),
        "Only a single Item is permitted in this Sequence": (1, 1),
        "One or more Items shall be included in this Sequence": (1, None),
        "One or more Items are permitted in this Sequence": (1, None),
        "Zero or one Item shall be included in this Sequence": (0, 1),
        "Zero or more Items shall be included in this Sequence": (0, None),
    }
    seen = 0
    for row in counted.rows:
        entry = by_row[row_id(row)]
        if not isinstance(entry, Attribute) or entry.row in counted.reading.errata.used:
            continue
        texts = [plain(para) for para in outside_notes(row, "para")]
        for sentence, (minimum, maximum) in plainly.items():
            if any(f"{sentence}." in text for text in texts):
                seen += 1
                assert entry.items is not None
                assert (entry.items.minimum, entry.items.maximum) == (minimum, maximum)
    assert seen > 1600


def test_every_type_that_an_include_specializes(counted):
    by_row = counted.by_row
    said = re.compile(
        r"\(([0-9A-F]{4},[0-9A-F]{4})\) (?:is|shall be|is specialized to be) Type ([123]C?)"
    )
    seen = 0
    for row in counted.rows:
        found = said.findall(" ".join(plain(para) for para in outside_notes(row, "para")))
        entry = by_row[row_id(row)]
        if found:
            assert isinstance(entry, Include)
            seen += len(found)
            types = [(one.tag.strip("()"), one.type.value) for one in entry.specializations]
            assert types == found
        elif isinstance(entry, Include):
            assert entry.specializations == ()
    assert seen == 14


def test_every_section_that_a_row_sees_for_specialization(counted):
    by_row = counted.by_row
    seen = 0
    for row in counted.rows:
        entry = by_row[row_id(row)]
        for para in outside_notes(row, "para"):
            before = para.text or ""
            for xref in para.iterfind("d:xref", NS):
                target = xref.get("linkend", "")
                if before.endswith("See ") and target.startswith("sect_"):
                    seen += 1
                    assert target in getattr(entry, "see", ())
                before = xref.tail or ""
    assert seen > 1500


def test_every_data_element_and_uid(counted):
    edition = counted.reading.edition
    root = root_of(edition.name, "06")
    for tables, read in (
        (("6-1", "7-1", "8-1", "9-1"), edition.elements),
        (("A-1", "A-2"), edition.uids),
    ):
        rows = sum(
            len(elements(root, f"//d:table[@xml:id='table_{name}']/d:tbody/d:tr"))
            for name in tables
        )
        assert len(read) == rows
