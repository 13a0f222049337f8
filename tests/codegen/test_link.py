"""References resolved, and what dangles named."""

from dataclasses import replace

import pytest

from codegen.docbook import digest
from codegen.errata import Correction, Errata
from codegen.link import Edition, link, reached, walk
from dicomspec.model import (
    IOD,
    Attribute,
    ContextGroupUse,
    DataElement,
    FunctionalGroupMacroUse,
    Heading,
    Include,
    InformationEntity,
    ItemCount,
    ModuleUse,
    Specialization,
    Table,
    TableKind,
    Type,
    Usage,
    ValueList,
)
from tests.codegen.made import Maker, book

COLOUR = Attribute("(0011,0001)", "Colour", Type.TYPE_1, "r1")
CODES = Attribute("(0011,0002)", "Colour Code Sequence", Type.TYPE_1, "r2", items=ItemCount(1, 1))
MICRO = Attribute("(0011,0003)", "Paint in \u00b5l", Type.TYPE_1, "r3")
ELEMENTS = (
    DataElement("(0011,0001)", "Colour", "Colour", ("CS",), "1"),
    DataElement("(0011,0002)", "Colour Code Sequence", "ColourCodeSequence", ("SQ",), "1"),
    DataElement("(0011,0003)", "Paint in ul", "PaintInul", ("DS",), "1"),
)


def made(name: str, *entries, kind=TableKind.MODULE, called: str = "Paint") -> Table:
    return Table(name, called, kind, "sect_C.1", "sect_C.1", tuple(entries))


def problems(*tables: Table, errata: Errata | None = None) -> list[str]:
    """Return what is named of some tables."""
    errata = errata or Errata()
    edition = Edition("1999z", (), tables, (), ELEMENTS, (), ())
    link(edition, book(Maker().chapter("chapter_C")), errata)
    return [problem.what for problem in errata.problems]


def test_what_fits_together_has_no_problems():
    assert (
        problems(
            made(
                "table_1", COLOUR, MICRO, replace(CODES, entries=(Include("table_2", "r4"), COLOUR))
            ),
            made("table_2", COLOUR, Heading("r9")),
        )
        == []
    )


def test_an_include_of_no_table_is_named():
    assert problems(made("table_1", Include("table_9", "r4"))) == [
        "an Include of table_9, which isn't there"
    ]
    assert problems(made("table_1", Include(None, "r4", "functional groups"))) == []


def test_a_tag_that_the_registry_lacks_is_named():
    assert problems(made("table_1", replace(COLOUR, tag="(0011,0009)"))) == [
        "(0011,0009) is not in the registry"
    ]


def test_another_name_than_the_registrys_is_named():
    assert problems(made("table_1", replace(COLOUR, name="Hue"))) == [
        "the registry calls (0011,0001) 'Colour'"
    ]
    assert problems(made("table_1", replace(COLOUR, name="colour "))) == []


def test_rows_and_items_of_what_is_no_sequence_are_named():
    assert problems(made("table_1", replace(COLOUR, entries=(COLOUR,)))) == [
        "rows under (0011,0001), which is no Sequence"
    ]
    assert problems(made("table_1", replace(COLOUR, items=ItemCount(1, 1)))) == [
        "Items for (0011,0001), which is no Sequence"
    ]


def test_what_an_include_says_has_to_be_about_what_the_macro_holds():
    macro = made("table_2", Include("table_3", "r8"))
    inner = made("table_3", replace(CODES, entries=(COLOUR,)))
    for include in (
        Include("table_2", "r4", specializations=(Specialization("(0011,0003)", Type.TYPE_1),)),
        Include(
            "table_2",
            "r4",
            context_groups=(ContextGroupUse("7", baseline=True, tag="(0011,0003)"),),
        ),
        Include(
            "table_2",
            "r4",
            values=(ValueList(closed=True, values=("A",), paragraph="r4", tags=("(0011,0003)",)),),
        ),
    ):
        assert problems(made("table_1", include), macro, inner) == [
            "speaks of (0011,0003), which table_2 doesn't hold"
        ]
    fits = Include("table_2", "r4", specializations=(Specialization("(0011,0001)", Type.TYPE_1),))
    assert problems(made("table_1", fits), macro, inner) == []


def test_a_place_that_a_row_sends_to_has_to_be_there():
    assert problems(made("table_1", replace(COLOUR, see=("sect_C.9",)))) == [
        "a reference to sect_C.9, which isn't there"
    ]
    assert problems(made("table_1", replace(COLOUR, see=("chapter_C",)))) == []


def test_a_problem_of_a_row_can_be_declared():
    place = "r1 link"
    errata = Errata({place: Correction(place, digest("Hue"), {"declared": True}, "made up")})
    assert problems(made("table_1", replace(COLOUR, name="Hue")), errata=errata) == []


def test_macros_that_include_themselves_are_followed_once():
    tables = {
        "a": made("a", Include("b", "r1")),
        "b": made("b", Include("a", "r2"), Include("b", "r3"), Include("c", "r4"), COLOUR),
    }
    assert sorted(reached(["a", None, "z"], tables)) == ["a", "b"]
    assert problems(*tables.values(), made("c")) == []


def test_walking_is_in_order_and_at_any_depth():
    entries = (
        replace(CODES, entries=(COLOUR, Include("x", "r5", entries=(MICRO,)))),
        Heading("r6"),
    )
    assert [entry.row for entry in walk(entries)] == ["r2", "r1", "r5", "r3", "r6"]


def resolved(
    name: str, *tables: tuple[str, str, str], macro: bool = False, errata: Errata | None = None
):
    """Return what a use of a section is resolved to; it holds tables (id, caption, depth)."""
    maker = Maker()
    row = ("Colour", "(0011,0001)", "1", "W.")
    direct = [maker.attributes(t, caption, row) for t, caption, depth in tables if depth == "here"]
    below = [maker.attributes(t, caption, row) for t, caption, depth in tables if depth == "below"]
    inner = maker.section("sect_C.1.1", "Below", *below)
    part = book(maker.chapter("chapter_C", maker.section("sect_C.1", "Here", *direct, inner)))
    read = tuple(
        made(
            t,
            COLOUR,
            kind=TableKind.MACRO if "Macro" in caption else TableKind.MODULE,
            called=caption.replace(" Module Attributes", "").replace(" Macro Attributes", ""),
        )
        for t, caption, _ in tables
    )
    use = ModuleUse(name, None, "sect_C.1", Usage.MANDATORY, "r1")
    group = FunctionalGroupMacroUse(name, None, "sect_C.1", Usage.MANDATORY, "r1")
    iod = IOD(
        "Any",
        "t",
        "s",
        "s",
        (InformationEntity("", () if macro else (use,)),),
        None,
        (group,) if macro else (),
    )
    errata = errata or Errata()
    linked = link(Edition("1999z", (iod,), read, (), ELEMENTS, (), ()), part, errata).iods[0]
    found = linked.functional_groups[0] if macro else linked.entities[0].modules[0]
    return found.table, [problem.what for problem in errata.problems]


def test_a_module_is_the_table_of_its_name():
    tables = (("t1", "Paint Module Attributes", "here"), ("t2", "Lime Module Attributes", "here"))
    assert resolved("Lime", *tables) == ("t2", [])
    assert resolved("LIME", *tables) == ("t2", [])


def test_a_name_is_the_same_without_what_tables_are_called():
    assert resolved("Lime Macro Attributes", ("t1", "Lime Module Attributes", "here")) == ("t1", [])
    tables = (("t1", "Lime Functional Group Macro Attributes", "here"),)
    assert resolved("Lime", *tables, macro=True) == ("t1", [])


def test_the_kind_tells_tables_of_one_name_apart():
    tables = (("t1", "Paint Module Attributes", "here"), ("t2", "Paint Macro Attributes", "here"))
    assert resolved("Paint", *tables) == ("t1", [])
    assert resolved("Paint", *tables, macro=True) == ("t2", [])


def test_a_table_directly_in_the_section_comes_before_one_below():
    tables = (("t1", "Paint Module Attributes", "below"), ("t2", "Paint Module Attributes", "here"))
    assert resolved("Paint", *tables) == ("t2", [])
    assert resolved("Paint", tables[0]) == ("t1", [])


def test_the_only_table_of_another_name_is_taken_and_named():
    assert resolved("Lime", ("t1", "Paint Module Attributes", "here")) == (
        "t1",
        ["sect_C.1 holds 'Paint', not 'Lime'"],
    )


@pytest.mark.parametrize(
    "tables",
    [(), (("t1", "Paint Module Attributes", "here"), ("t2", "Oil Module Attributes", "here"))],
)
def test_a_section_that_holds_none_or_too_many_is_named(tables):
    assert resolved("Lime", *tables) == (None, ["sect_C.1 holds no table of Lime"])


def test_a_table_can_be_declared_or_said_to_be_none():
    place = "r1 table"
    for reading, found in (({"table": "t9"}, "t9"), ({"none": True}, None)):
        errata = Errata({place: Correction(place, digest("Lime"), reading, "made up")})
        assert resolved("Lime", errata=errata) == (found, [])


def test_a_section_that_is_not_there_is_named():
    use = ModuleUse("Paint", None, "sect_C.9", Usage.MANDATORY, "r1")
    iod = IOD("Any", "t", "s", "s", (InformationEntity("", (use,)),))
    errata = Errata()
    link(Edition("1999z", (iod,), (), (), (), (), ()), book(Maker().chapter("chapter_C")), errata)
    assert [problem.what for problem in errata.problems] == [
        "a reference to sect_C.9, which isn't there"
    ]


@pytest.mark.parametrize("edition", ["2024c", "2024a"])
def test_every_module_and_macro_has_its_table(reading, edition):
    read = reading(edition).edition
    tables = {table.id for table in read.tables}
    for iod in read.iods:
        modules = [module for entity in iod.entities for module in entity.modules]
        for use in (*modules, *iod.functional_groups):
            assert use.table in tables, (iod.name, use.name)


@pytest.mark.parametrize("edition", ["2024c", "2024a"])
def test_every_include_but_the_declared_ones_has_its_table(reading, edition):
    read = reading(edition).edition
    unnamed = {
        entry.what
        for table in read.tables
        for entry in walk(table.entries)
        if isinstance(entry, Include) and entry.table is None
    }
    assert unnamed == {"functional groups", "private attributes", "directory record keys"}
