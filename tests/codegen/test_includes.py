"""Include rows: the Macro, the condition, what is specialized."""

from dicomspec.model import Include, Specialization, Type
from tests.codegen.test_attributes import Read, attribute, include, shape


def test_an_include_stands_for_a_table():
    found = include("Include [table_9] ", "B[sect_CID_7].")
    assert (found.table, found.what, found.condition) == ("table_9", "", None)
    assert [group.cid for group in found.context_groups] == ["7"]


def test_an_include_can_be_one_cell_with_all_in_it():
    found = include("Include [table_9]. D[sect_CID_7].")
    assert (found.table, [group.cid for group in found.context_groups]) == ("table_9", ["7"])


def test_an_include_has_a_condition_where_it_says_so():
    assert (
        include("Include [table_9] if and only if Colour (0011,0001) is RED.").condition is not None
    )
    assert include("Include [table_9]", "Required if it is a wall.").condition is not None
    assert include("Include [table_9]", "Include if it is a wall.").condition is not None
    assert include("Include [table_9]", "May be left out if it is a wall.").condition is None


def test_a_condition_can_be_declared_met():
    found = include("Include [table_9]", "Required if it is a wall.", reading={"condition": "met"})
    assert found.condition is None


def test_an_include_without_a_reference_is_named_or_declared():
    read = Read(("Include the paint",))
    assert read.problems == ["an Include that names no table"]
    (unresolved,) = read.entries
    assert isinstance(unresolved, Include)
    assert (unresolved.table, unresolved.what) == (None, "unresolved")
    declared = include("Include any paint", reading={"what": "private attributes"})
    assert (declared.table, declared.what) == (None, "private attributes")
    corrected = include("Include the Paint Macro", reading={"table": "table_9"})
    assert corrected.table == "table_9"


def test_functional_groups_are_included_by_the_iod():
    found = include(
        "Include one or more Functional Group Macros that are shared.", "If there are any."
    )
    assert (found.table, found.what, found.condition) == (None, "functional groups", None)


def test_includes_begins_no_include():
    assert attribute("Includes Colour", "(0011,0001)", "1", "Words.").name == "Includes Colour"


def test_rows_under_an_include_are_its_entries():
    read = Read(
        ("Include [table_9]",),
        (">Colour", "(0011,0001)", "1", "Words."),
        (">Include [table_8]",),
    )
    assert shape(read.entries) == [["table_9", ["(0011,0001)"], ["table_8"]]]


def test_an_include_specializes_types():
    found = include(
        "Include [table_9]",
        "In this Module, Attribute Colour (0011,0001) is Type 1"
        " and Shade of Colour (0011,0003) shall be Type 3.",
    )
    assert found.specializations == (
        Specialization("(0011,0001)", Type.TYPE_1),
        Specialization("(0011,0003)", Type.TYPE_3),
    )


def test_a_condition_behind_a_specialization_is_the_specializations():
    found = include(
        "Include [table_9]",
        "In this Module, Attribute Colour (0011,0001) is specialized to be Type 1C."
        " Required if it is a wall.",
    )
    assert found.condition is None
    (special,) = found.specializations
    assert special.condition is not None
    both = include(
        "Include [table_9] if it is a wall.",
        "In this Module, Attribute Colour (0011,0001) is Type 1.",
    )
    assert both.condition is not None


def test_a_type_that_is_only_recalled_is_none():
    text = "Although Colour (0011,0001) is Type 3, it matters."
    assert include("Include [table_9]", text).specializations == ()


def test_numbers_of_items_in_an_include_are_kept_by_their_place():
    read = Read(
        ("Include [table_9]", "Only a single Item shall be included in Colour (0011,0001).")
    )
    assert len(read.tally.item_sentences) == 1
