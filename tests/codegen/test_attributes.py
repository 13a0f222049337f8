"""Tables of Attributes, row by row, the odd ones too."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.docbook import digest
from codegen.errata import Correction, Errata
from codegen.extract.attributes import Tally, read_tables
from dicomspec.model import (
    Attribute,
    Entry,
    Heading,
    Include,
    ItemCount,
    OtherAttributes,
    Table,
    TableKind,
    Type,
)
from tests.codegen.made import Cell, Maker, book
from tests.codegen.test_names import NAMES


class Read:
    """Reads made-up rows as the one table of a Part."""

    def __init__(
        self,
        *rows: tuple[Cell, ...],
        caption: str = "Paint Module Attributes",
        readings: dict[int, dict[str, Any]] | None = None,
    ) -> None:
        maker = Maker()
        table = maker.attributes("table_1", caption, *rows)
        self.book = book(maker.chapter("chapter_1", maker.section("sect_1.1", "Paint", table)))
        self.tally = Tally()
        self.errata = Errata()
        for number, row in enumerate(self.book.tables[0].rows):
            if readings and number in readings:
                self.errata.corrections[row.id] = Correction(
                    row.id, digest(row.text), readings[number], "made up"
                )
        self.tables = read_tables(self.book, NAMES, self.errata, self.tally)

    @property
    def table(self) -> Table:
        (found,) = self.tables
        return found

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.table.entries

    @property
    def problems(self) -> list[str]:
        return [problem.what for problem in self.errata.problems]


def attribute(*cells: Cell, reading: dict[str, Any] | None = None) -> Attribute:
    read = Read(cells, readings={0: reading or {}})
    assert read.problems == []
    (entry,) = read.entries
    assert isinstance(entry, Attribute)
    return entry


def include(*cells: Cell, reading: dict[str, Any] | None = None) -> Include:
    read = Read(cells, readings={0: reading or {}})
    assert read.problems == []
    (entry,) = read.entries
    assert isinstance(entry, Include)
    return entry


def shape(entries: Iterable[Entry]) -> list[Any]:
    """Return entries as nested lists of tags and tables."""
    return [
        [
            getattr(e, "tag", None) or getattr(e, "table", None) or type(e).__name__,
            *shape(e.entries),
        ]
        if isinstance(e, Attribute | Include)
        else [type(e).__name__]
        for e in entries
    ]


def test_a_row_is_an_attribute():
    assert attribute("Colour", "(0011,0001)", "2", "What colour it has.") == Attribute(
        "(0011,0001)", "Colour", Type.TYPE_2, "p1"
    )


def test_types_are_the_five():
    for kind in Type:
        assert attribute("Colour", "(0011,0001)", kind.value, "Words.").type is kind


def test_a_conditional_type_has_its_conditions_place():
    found = attribute(
        "Colour", "(0011,0001)", "1C", ("What colour it has.", "Required if it has one.")
    )
    assert found.condition is not None
    assert attribute("Colour", "(0011,0001)", "1C", "").condition is not None
    assert attribute("Colour", "(0011,0001)", "3", "Required if it has one.").condition is None


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("This Type definition shall override the definition in the [sect_2].", ("sect_2",)),
        ("Present if red, overriding the Type 1 requirement in the [sect_2].", ("sect_2",)),
        ("It overrides the type 3 in the [sect_2] and [sect_3].", ("sect_2", "sect_3")),
        ("This value shall override the value in the [sect_2].", ()),
        ("It overrides the type. See [sect_2].", ()),
        ("Note: It overrides the type 3 in the [sect_2].", ()),
    ],
)
def test_a_row_may_override_the_rows_of_other_modules(said, places):
    """PS3.3 C.1.2.3."""
    found = attribute("Colour", "(0011,0001)", "3", ("What colour it has.", said))
    assert found.overrides == places


def test_what_a_section_says_of_overriding_is_declared():
    reading = {"overrides": ["sect_2"]}
    found = attribute("Colour", "(0011,0001)", "3", "Words.", reading=reading)
    assert found.overrides == ("sect_2",)


def test_nesting_is_by_the_greater_than_signs_with_or_without_spaces():
    read = Read(
        ("Colour Code Sequence", "(0011,0002)", "1", "Words."),
        (">Colour", "(0011,0001)", "1", "Words."),
        ("> Shade of Colour", "(0011,0003)", "1", "Words."),
        (" >Colour Code Sequence", "(0011,0002)", "3", "Words."),
        ("> > Colour", "(0011,0001)", "1", "Words."),
        (">>Shade of Colour", "(0011,0003)", "1", "Words."),
        (">>>Colour", "(0011,0001)", "1", "Words."),
        ("Colour", "(0011,0001)", "1", "Words."),
    )
    assert read.problems == []
    assert shape(read.entries) == [
        [
            "(0011,0002)",
            ["(0011,0001)"],
            ["(0011,0003)"],
            ["(0011,0002)", ["(0011,0001)"], ["(0011,0003)", ["(0011,0001)"]]],
        ],
        ["(0011,0001)"],
    ]
    (first, _) = read.entries
    assert isinstance(first, Attribute)
    assert [getattr(entry, "name", "") for entry in first.entries][1] == "Shade of Colour"


def test_a_jump_of_two_levels_is_named_and_the_row_kept():
    read = Read(
        ("Colour", "(0011,0001)", "1", "Words."), (">>Colour", "(0011,0001)", "1", "Words.")
    )
    assert read.problems == ["nested deeper than the row above it allows"]
    assert shape(read.entries) == [["(0011,0001)", ["(0011,0001)"]]]


def test_a_first_row_that_is_nested_is_named_and_kept():
    read = Read((">Colour", "(0011,0001)", "1", "Words."))
    assert read.problems == ["nested deeper than the row above it allows"]
    assert shape(read.entries) == [["(0011,0001)"]]


def test_a_level_can_be_corrected():
    read = Read(
        ("Colour", "(0011,0001)", "1", "Words."),
        (">>Colour", "(0011,0001)", "1", "Words."),
        readings={1: {"level": 1}},
    )
    assert read.problems == []


def test_an_empty_type_cell_is_named():
    read = Read(("Colour", "(0011,0001)", "", "Words."))
    assert read.problems == ["a Type cell that isn't a Type"]
    (entry,) = read.entries
    assert isinstance(entry, Attribute)
    assert entry.type is None


def test_a_type_that_is_none_is_named_and_can_be_corrected():
    assert Read(("Colour", "(0011,0001)", "1B", "W.")).problems == ["a Type cell that isn't a Type"]
    assert (
        attribute("Colour", "(0011,0001)", "1B", "W.", reading={"type": "1C"}).type is Type.TYPE_1C
    )


def test_a_row_that_lacks_the_tag_cell_is_named_and_can_be_corrected():
    read = Read(("Colour", "1", "What colour it has."))
    assert read.problems == ["a row without a tag"]
    assert isinstance(read.entries[0], Heading)
    found = attribute("Colour", "1", "Words.", reading={"tag": "(0011,0001)", "type": "1"})
    assert (found.tag, found.type) == ("(0011,0001)", Type.TYPE_1)


def test_a_tag_with_a_space_and_small_letters_is_one():
    assert attribute("Colour", "(00af, 00bc)", "1", "Words.").tag == "(00AF,00BC)"


def test_a_correction_may_add_a_row_that_was_lost():
    lost = {"tag": "(0010,0020)", "name": "Patient ID", "type": "2"}
    read = Read(
        ("Patient's Name", "(0010,0010)", "2", ""),
        ("Patient's Sex", "(0010,0040)", "3", ""),
        readings={0: {"followed_by": lost}},
    )
    tags = [each.tag for each in read.entries if isinstance(each, Attribute)]
    assert tags == ["(0010,0010)", "(0010,0020)", "(0010,0040)"]
    assert isinstance(read.entries[1], Attribute)
    assert (read.entries[1].type, read.entries[1].row) == (Type.TYPE_2, "")
    assert read.tally.rows == 2
    assert read.problems == []


def test_a_row_can_be_left_out_by_a_correction_and_is_named():
    read = Read(("Colour", "x", "y", "z"), readings={0: {"leave_out": True}})
    assert (read.entries, read.problems) == ((), [])
    assert [reason for _, reason in read.tally.left_out] == ["left out by a declared correction"]


def test_a_name_can_be_corrected():
    assert (
        attribute("Coulour", "(0011,0001)", "1", "W.", reading={"name": "Colour"}).name == "Colour"
    )


def test_a_row_of_one_cell_is_a_heading():
    read = Read(("PAINTS OF ALL KINDS",), ("Colour", "(0011,0001)", "1", "Words."))
    assert read.problems == []
    assert isinstance(read.entries[0], Heading)
    assert read.tally.headings == 1


def test_rows_that_admit_others_do_so_with_their_type():
    read = Read(
        (">Any Attribute of paint", "", "1", "Words."),
        ("Any Attributes", "3", "Words."),
        ("All other paints", "", "", "W."),
        ("Optionally, all other paints",),
    )
    kinds = [entry.type for entry in read.entries if isinstance(entry, OtherAttributes)]
    assert kinds == [Type.TYPE_1, Type.TYPE_3, None, None]


def test_an_empty_row_is_named():
    maker = Maker()
    header = ("Attribute Name", "Tag", "Type", "Attribute Description")
    table = maker.table("table_1", "Paint Module Attributes", header, "<tr/>")
    errata = Errata()
    tables = read_tables(book(maker.chapter("chapter_1", table)), NAMES, errata, Tally())
    assert [problem.what for problem in errata.problems] == ["a row without a tag"]
    assert len(tables[0].entries) == 1


def test_a_description_can_be_missing():
    found = attribute("Colour", "(0011,0001)", "1C")
    assert found.condition is not None
    assert (found.values, found.see) == ((), ())


def test_facts_are_taken_from_the_description():
    found = attribute(
        "Colour Code Sequence",
        "(0011,0002)",
        "1",
        (
            "What colour it has. B[sect_CID_7]. See [sect_1.1] and [table_1].",
            "One or more Items shall be included in this Sequence.",
            "Enumerated Values: * RED, BLUE",
            "Note: Only a single Item shall be included. D[sect_CID_8]. See [sect_9].",
        ),
    )
    assert found.items == ItemCount(1, None)
    assert [group.cid for group in found.context_groups] == ["7"]
    assert found.see == ("sect_1.1", "table_1")
    assert [lst.values for lst in found.values] == [("RED", "BLUE")]


def test_a_reference_is_seen_where_the_sentence_sends_there():
    assert attribute("Colour", "(0011,0001)", "1", "As in [sect_1.1].").see == ()
    assert attribute("Colour", "(0011,0001)", "1", "Specified in [sect_1.1].").see == ()
    assert attribute("Colour", "(0011,0001)", "1", "It is specified in [sect_1.1].").see == (
        "sect_1.1",
    )
    assert attribute("Colour", "(0011,0001)", "1", "See [sect_CID_7].").see == ()


def test_what_is_not_read_is_kept_by_its_place():
    read = Read(
        (
            "Colour Code Sequence",
            "(0011,0002)",
            "1",
            "The number of Items shall be equal to the paints.",
        ),
        ("Colour", "(0011,0001)", "1", ("See [sect_CID_7].", "Suggested: * A")),
    )
    assert len(read.tally.item_sentences) == 1
    assert len(read.tally.other_references) == 1
    assert len(read.tally.other_lists) == 1


def test_items_can_be_taken_away_by_a_correction():
    text = "Only a single Item shall be included in this Sequence."
    assert attribute("Colour", "(0011,0001)", "1", text, reading={"items": "none"}).items is None


def test_a_caption_gives_name_and_kind():
    for caption, name, kind in (
        ("Paint Module Attributes", "Paint", TableKind.MODULE),
        ("Paint Macro Attributes", "Paint", TableKind.MACRO),
        ("Paint Macro Attributes Description", "Paint", TableKind.MACRO),
        ("Paint Module Table", "Paint", TableKind.MODULE),
        ("Table C.1-1 Paint Module Attributes", "Paint", TableKind.MODULE),
        ("Paint Attributes", "Paint", TableKind.MODULE),
    ):
        table = Read(("Colour", "(0011,0001)", "1", "W."), caption=caption).table
        assert (table.name, table.kind) == (name, kind)


def made_table(header: tuple[str, ...], *rows: tuple[Cell, ...], twice: bool = False):
    maker = Maker()
    tables = [maker.table("table_1", "Paint Keys", header, *(maker.row(*row) for row in rows))]
    if twice:
        tables.append(maker.table("table_1", "Paint Keys", header))
    errata = Errata()
    read = read_tables(book(maker.chapter("chapter_1", *tables)), NAMES, errata, Tally())
    return read, [problem.what for problem in errata.problems]


def test_keys_of_directory_records_are_read():
    (table,), problems = made_table(
        ("Key", "Tag", "Type", "Attribute Description"), ("Colour", "(0011,0001)", "2", "Words.")
    )
    assert (table.name, table.kind, problems) == ("Paint", TableKind.KEYS, [])


def test_a_table_without_types_gives_none():
    (table,), problems = made_table(
        ("Attribute name", "Tag", "Attribute Description"), ("Colour", "(0011,0001)", "Words.")
    )
    (entry,) = table.entries
    assert isinstance(entry, Attribute)
    assert (entry.type, problems) == (None, [])


def test_a_column_that_is_not_known_is_named():
    tables, problems = made_table(("Attribute Name", "Tag", "Type", "VR", "Attribute Description"))
    assert (len(tables), problems) == (1, ["columns that aren't known: vr"])


def test_a_table_with_tags_that_is_not_one_of_attributes_is_named():
    tables, problems = made_table(("Item", "Tag", "Value"))
    assert (tables, problems) == ([], ["a table with tags that isn't one of Attributes"])
    tables, problems = made_table(("Attribute Name", "Number"))
    assert (tables, problems) == ([], ["a table with tags that isn't one of Attributes"])


def test_other_tables_are_passed_by():
    assert made_table(("Colour", "Meaning")) == ([], [])


def test_a_table_that_stands_twice_is_read_once_and_named_if_it_differs():
    row = ("Colour", "(0011,0001)", "1", "W.")
    tables, problems = made_table(
        ("Attribute Name", "Tag", "Type", "Attribute Description"), row, twice=True
    )
    assert len(tables) == 1
    assert problems == ["two different tables have this id"]


cells = st.sampled_from(
    [
        "",
        ">",
        ">>Colour",
        "> Include [table_9]",
        "Include",
        "(0011,0001)",
        "1C",
        "Any",
        "One Item shall be present.",
    ]
)


@given(st.lists(st.lists(cells, max_size=5).map(tuple), max_size=6))
def test_every_row_is_in_the_output_whatever_it_is(rows):
    read = Read(*rows)
    assert read.tally.rows == len(rows)
    counted = read.tally.attributes + read.tally.includes + read.tally.others + read.tally.headings
    assert counted == len(rows)
