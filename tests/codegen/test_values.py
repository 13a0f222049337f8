"""Lists of Enumerated Values and Defined Terms, in rows, in sections and in tables."""

import pytest

from codegen.docbook import Section
from codegen.extract.value_tables import read_value_tables
from codegen.extract.values import other_lists, read_lists, read_section
from codegen.source import parse
from dicomspec.model import Unparsed, ValueList
from tests.codegen.made import Maker, book
from tests.codegen.test_names import NAMES

NS = 'xmlns="http://docbook.org/ns/docbook"'
COLOUR, SHADE = "(0011,0001)", "(0011,0003)"


def lists(*blocks: str) -> tuple[ValueList, ...]:
    maker = Maker()
    inner = "".join(maker.block(block) for block in blocks)
    return read_lists(parse(f"<td {NS}>{inner}</td>".encode(), "made up"))


def one(*blocks: str) -> ValueList:
    (found,) = lists(*blocks)
    return found


@pytest.mark.parametrize(
    ("title", "closed", "number"),
    [
        ("Enumerated Values:", True, None),
        ("Enumerated Values", True, None),
        ("Enumerated values:", True, None),
        ("Defined Terms:", False, None),
        ("Retired Defined Terms:", False, None),
        ("Defined Terms for Value 3:", False, 3),
        ("Value 2 Enumerated Values:", True, 2),
    ],
)
def test_a_title_says_what_the_list_is(title, closed, number):
    found = one(f"{title} * RED, BLUE")
    assert (found.closed, found.values, found.number) == (closed, ("RED", "BLUE"), number)
    assert (found.tags, found.condition) == ((), None)


@pytest.mark.parametrize(
    ("title", "tags", "number"),
    [
        ("Enumerated Values for Colour (0011,0001):", (COLOUR,), None),
        ("Enumerated Values of Colour (0011,0001):", (COLOUR,), None),
        (
            "Defined Terms for Colour (0011,0001) and Shade of Colour (0011,0003):",
            (COLOUR, SHADE),
            None,
        ),
        ("Defined Terms for Colour (0011,0001) Value 3:", (COLOUR,), 3),
        ("Defined Terms for Position (Wall) (0011,0007):", ("(0011,0007)",), None),
    ],
)
def test_a_title_can_name_attributes(title, tags, number):
    found = one(f"{title} * RED")
    assert (found.tags, found.number, found.condition) == (tags, number, None)


@pytest.mark.parametrize(
    ("title", "tags", "number"),
    [
        ("Enumerated Values if Colour (0011,0001) is RED:", (), None),
        ("Enumerated Values when Colour (0011,0001) is RED or BLUE:", (), None),
        ("Defined Terms for walls:", (), None),
        ("Defined Terms for Value 4 for walls:", (), 4),
        (
            "Enumerated Values for Shade of Colour (0011,0003) when Colour (0011,0001) is RED:",
            (SHADE,),
            None,
        ),
        ("Enumerated Values if Shade of Colour (0011,0003) Value 3 is RED:", (), None),
    ],
)
def test_anything_else_in_a_title_is_a_condition_and_kept_apart(title, tags, number):
    found = one("About it.", f"{title} * RED")
    assert (found.tags, found.number) == (tags, number)
    assert isinstance(found.condition, Unparsed)
    assert found.condition.paragraph == found.paragraph


def test_two_lists_of_two_conditions_are_two():
    found = lists(
        "Enumerated Values if Colour (0011,0001) is RED: * 1", "Enumerated Values if not: * 8"
    )
    assert [lst.values for lst in found] == [("1",), ("8",)]
    assert found[0].condition != found[1].condition


@pytest.mark.parametrize(
    "before",
    [
        "For walls:",
        "If Colour (0011,0001) is RED, such as when it is bright:",
        "When it is a wall, then the Enumerated Values are:",
        "About something. Otherwise one of the following.",
        "If it is a wall, the following values are used.",
    ],
)
def test_a_paragraph_that_leads_to_the_list_by_a_condition_is_one(before):
    found = one(before, "Defined Terms: * RED")
    assert isinstance(found.condition, Unparsed)
    assert found.condition.paragraph == "p1"


@pytest.mark.parametrize(
    "before",
    [
        "A code of the colour:",
        "Required if it is a wall:",
        "When present, says what colour it is.",
        "If it is a wall, says what colour it has.",
        "The values are the following:",
    ],
)
def test_a_paragraph_that_does_not_is_none(before):
    assert one(before, "Defined Terms: * RED").condition is None


def test_a_condition_holds_for_the_lists_that_follow_the_first():
    found = lists(
        "For walls:", "Defined Terms: * RED", "Enumerated Values: * 1", "So.", "Defined Terms: * X"
    )
    assert [lst.condition is not None for lst in found] == [True, True, False]


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ("Value 2 shall say what colour it has.", 2),
        ("Colour (0011,0001) Value 2 says so.", 2),
        ("It uses one of the following for Value 3:", 3),
        ("Required if Colour (0011,0001) Value 1 is RED.", None),
        ("It has a Value 2 too.", None),
    ],
)
def test_a_paragraph_can_give_the_number(before, number):
    assert one(before, "Defined Terms: * RED").number == number


def test_a_list_inside_a_value_holds_only_for_it():
    maker = Maker()
    inner = (
        "<variablelist><title>Enumerated Values:</title><varlistentry><term>RED</term><listitem>"
        + maker.values("Defined Terms:", "BRIGHT")
        + "</listitem></varlistentry></variablelist>"
    )
    outer, nested = read_lists(parse(f"<td {NS}>{inner}</td>".encode(), "made up"))
    assert (outer.values, outer.condition) == (("RED",), None)
    assert nested.values == ("BRIGHT",)
    assert nested.condition is not None


def test_a_list_of_something_else_is_named():
    maker = Maker()
    element = parse(f"<td {NS}>{maker.values('Suggested text:', 'x')}</td>".encode(), "made up")
    assert read_lists(element) == ()
    assert other_lists(element) == ["p1"]


def section(title: str, *blocks: str) -> Section:
    maker = Maker()
    inner = maker.section("sect_1.1", title, *(maker.block(block) for block in blocks))
    return book(maker.chapter("chapter_1", inner)).sections["sect_1.1"]


@pytest.mark.parametrize(
    ("title", "before", "tags"),
    [
        ("Shade Of Colour", "It says so.", (SHADE,)),
        ("Colour and Shade of Colour", "It says so.", (COLOUR, SHADE)),
        ("Walls", "The Colour (0011,0001) says what colour it has.", (COLOUR,)),
        ("Walls", "The Attribute Colour (0011,0001) and more.", (COLOUR,)),
        ("Walls", "Colour (0011,0001) and Shade of Colour (0011,0003) say so.", (COLOUR, SHADE)),
        ("Colour", "The Defined Terms for Shade of Colour (0011,0003) are as follows.", (SHADE,)),
        ("Colour Code Sequence", "It says so.", ()),
        ("Walls", "It hangs on Colour (0011,0001).", ()),
    ],
)
def test_a_list_in_a_section_is_for_what_the_section_is_about(title, before, tags):
    (found,) = read_section(section(title, before, "Defined Terms: * RED"), NAMES)
    assert found.tags == tags


def test_a_title_that_names_attributes_wins_over_the_section():
    (found,) = read_section(
        section("Colour", "Enumerated Values of Shade of Colour (0011,0003): * A"), NAMES
    )
    assert found.tags == (SHADE,)


def test_lists_of_sections_below_are_theirs():
    maker = Maker()
    inner = maker.section("sect_1.1.1", "Colour", maker.values("Defined Terms:", "RED"))
    made = book(maker.chapter("chapter_1", maker.section("sect_1.1", "Shade of Colour", inner)))
    assert read_section(made.sections["sect_1.1"], NAMES) == ()
    assert len(read_section(made.sections["sect_1.1.1"], NAMES)) == 1


def value_tables(caption: str, header: tuple[str, ...], *rows: str) -> list[ValueList]:
    maker = Maker()
    table = maker.table("table_1", caption, header, *rows)
    made = book(maker.chapter("chapter_1", maker.section("sect_1.1", "Any", table)))
    return list(read_value_tables(made.sections["sect_1.1"], NAMES))


def test_a_table_of_values_is_a_list():
    maker = Maker()
    rows = (maker.row("RED", "a colour"), maker.row("Not a value"), maker.row("BLUE", "another"))
    (found,) = value_tables("Colour Attribute Values", ("Defined Term Name", "Description"), *rows)
    assert (found.closed, found.values, found.number) == (False, ("RED", "BLUE"), None)
    assert (found.tags, found.condition, found.paragraph) == ((COLOUR,), None, "table_1")


def test_a_caption_can_give_the_number_and_a_condition():
    row = Maker().row("RED", "a colour")
    (found,) = value_tables(
        "Enumerated Values of Colour (0011,0001) Value 3", ("Enumerated Value", "Definition"), row
    )
    assert (found.closed, found.number, found.tags, found.condition) == (True, 3, (COLOUR,), None)
    (found,) = value_tables(
        "Colour and Shade of Colour Value 3 for Walls", ("Defined Terms", "x"), row
    )
    assert (found.number, found.tags) == (3, (COLOUR, SHADE))
    assert found.condition is not None


def test_a_table_without_values_or_of_something_else_is_no_list():
    maker = Maker()
    assert not value_tables("Colour", ("Defined Term Name", "x"), maker.row("", ""))
    assert not value_tables("Colour", ("Name", "Defined Term"), maker.row("a", "RED"))
    assert not value_tables("Colour", ())
