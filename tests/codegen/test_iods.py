"""IOD Module tables and Functional Group Macros tables."""

import pytest

from codegen.docbook import digest
from codegen.errata import Correction, Errata
from codegen.extract.iods import read_iods
from dicomspec.model import Sharing, Usage
from tests.codegen.made import Maker, book

HEADER = ("IE", "Module", "Reference", "Usage")


def read(*chapters: str, errata: Errata | None = None):
    errata = errata or Errata()
    iods = read_iods(book(*chapters), errata)
    return iods, [problem.what for problem in errata.problems]


def iod_table(
    maker: Maker, *rows: str, header=HEADER, caption="Paint IOD Modules", name="table_A.2-1"
):
    return maker.table(name, caption, header, *rows)


def spanning(maker: Maker, ie: str, *modules: tuple[str, str, str]) -> list[str]:
    """Return rows of one IE that spans its Modules."""
    first = maker.cell(ie, rowspan=len(modules))
    return [
        f"<tr>{'' if number else first}{''.join(maker.cell(cell) for cell in module)}</tr>"
        for number, module in enumerate(modules)
    ]


def macros(maker: Maker, *rows: tuple[str, str, str], name="table_A.2-2", header=None) -> str:
    header = header or ("Functional Group Macro", "Section", "Usage")
    return maker.table(
        name, "Paint Functional Group Macros", header, *(maker.row(*row) for row in rows)
    )


def module(usage: str):
    """Return the Module that a row with this Usage reads as."""
    maker = Maker()
    table = iod_table(maker, maker.row("Wall", "Colour", "[sect_C.1]", usage))
    (iod,), problems = read(maker.chapter("chapter_A", table))
    return iod.entities[0].modules[0], problems


def macro(usage: str):
    """Return the Functional Group Macro that a row with this Usage reads as."""
    maker = Maker()
    table = iod_table(maker, maker.row("Wall", "Colour", "[sect_C.1]", "M"))
    groups = macros(maker, ("Colour", "[sect_C.2]", usage))
    (iod,), problems = read(
        maker.chapter("chapter_A", maker.section("sect_A.2", "Paint", table, groups))
    )
    return iod.functional_groups[0], problems


def test_an_ie_spans_its_modules():
    maker = Maker()
    rows = [
        *spanning(maker, "Wall", ("Colour", "[sect_C.1]", "M"), ("Shade", "[sect_C.2]", "U")),
        *spanning(maker, "Door", ("Handle", "[sect_C.3]", "M")),
    ]
    (iod,), problems = read(maker.chapter("chapter_A", iod_table(maker, *rows)))
    assert problems == []
    assert (iod.name, iod.table) == ("Paint", "table_A.2-1")
    assert [(entity.name, [m.name for m in entity.modules]) for entity in iod.entities] == [
        ("Wall", ["Colour", "Shade"]),
        ("Door", ["Handle"]),
    ]
    shade = iod.entities[0].modules[1]
    assert (shade.section, shade.usage, shade.table) == ("sect_C.2", Usage.USER_OPTIONAL, None)


def test_tables_of_normalized_iods_have_neither_ie_nor_usage():
    maker = Maker()
    table = iod_table(
        maker,
        maker.row("Colour", "[sect_C.1]", "Says what colour."),
        maker.row("Shade", "[sect_C.2]", ""),
        header=("Module", "Reference", "Module Description"),
    )
    (iod,), problems = read(maker.chapter("chapter_B", table))
    assert problems == []
    assert [entity.name for entity in iod.entities] == [""]
    assert [m.usage for m in iod.entities[0].modules] == [None, None]


@pytest.mark.parametrize(
    ("cell", "usage", "conditional"),
    [
        ("M", Usage.MANDATORY, False),
        ("U", Usage.USER_OPTIONAL, False),
        ("M - See [sect_A.2].", Usage.MANDATORY, False),
        ("U - See note 2.", Usage.USER_OPTIONAL, False),
        ("C - Required if it is a wall.", Usage.CONDITIONAL, True),
        ("C Required if it is a wall.", Usage.CONDITIONAL, True),
        ("C \u2013 Required if it is a wall.", Usage.CONDITIONAL, True),
        ("C", Usage.CONDITIONAL, True),
        ("U - Shall be present only if it is a wall.", Usage.USER_OPTIONAL, True),
        ("M The units are given elsewhere.", Usage.MANDATORY, False),
    ],
)
def test_usage_is_the_letter_and_the_rest_is_a_condition(cell, usage, conditional):
    found, problems = module(cell)
    assert problems == []
    assert (found.usage, found.condition is not None) == (usage, conditional)


@pytest.mark.parametrize("cell", ["", "X", "Mandatory", "1", "Required"])
def test_a_usage_that_is_none_is_named(cell):
    found, problems = module(cell)
    assert found.usage is None
    assert problems == ["a Usage cell that isn't M, C or U"]


@pytest.mark.parametrize(
    ("cell", "sharing", "conditional"),
    [
        ("M", Sharing.EITHER, False),
        ("M - May not be used as a Shared Functional Group.", Sharing.PER_FRAME_ONLY, False),
        ("M- May not be used as a Shared Functional Group.", Sharing.PER_FRAME_ONLY, False),
        ("U - shall not be used as a shared functional group", Sharing.PER_FRAME_ONLY, False),
        ("M - May not be used as a Per-Frame Functional Group", Sharing.SHARED_ONLY, False),
        ("M - Shall be used as a Shared Functional Group.", Sharing.SHARED_ONLY, False),
        (
            "M - May not be used as a Shared Functional Group. See [sect_A.2].",
            Sharing.PER_FRAME_ONLY,
            False,
        ),
        (
            "C - Required if it is a wall. May not be used as a Shared Functional Group",
            Sharing.PER_FRAME_ONLY,
            True,
        ),
        (
            "C - Required if it is a wall; shall not be used as a Per-Frame Functional Group",
            Sharing.SHARED_ONLY,
            True,
        ),
        ("U - May be used only if it is a wall.", Sharing.EITHER, True),
        ("U - May not be used if it is a wall.", Sharing.EITHER, True),
    ],
)
def test_sharing_is_told_from_conditions(cell, sharing, conditional):
    found, problems = macro(cell)
    assert problems == []
    assert (found.sharing, found.condition is not None) == (sharing, conditional)


def test_a_reference_that_is_missing_is_named_and_can_be_corrected():
    maker = Maker()
    table = iod_table(maker, maker.row("Wall", "Colour", "C.1", "M"))
    chapter = maker.chapter("chapter_A", table)
    (iod,), problems = read(chapter)
    assert problems == ["a Module without a reference to its section"]
    used = iod.entities[0].modules[0]
    text = "Wall | Colour | C.1 | M"
    errata = Errata(
        {used.row: Correction(used.row, digest(text), {"section": "sect_C.1"}, "made up")}
    )
    (iod,), problems = read(chapter, errata=errata)
    assert problems == []
    assert iod.entities[0].modules[0].section == "sect_C.1"


def test_macros_are_those_beside_the_iod():
    maker = Maker()
    inner = maker.section("sect_A.2.3", "Paint IOD Module Table", iod_table(maker))
    groups = macros(maker, ("Colour", "[sect_C.1]", "M"))
    outer = maker.section("sect_A.2", "Paint", inner, maker.section("sect_A.2.4", "Groups", groups))
    (iod,), problems = read(maker.chapter("chapter_A", outer))
    assert problems == []
    assert iod.functional_group_table == "table_A.2-2"
    assert [use.name for use in iod.functional_groups] == ["Colour"]


def test_macros_can_be_another_iods():
    maker = Maker()
    one = maker.section(
        "sect_A.2",
        "Paint",
        maker.section("sect_A.2.3", "Table", iod_table(maker)),
        maker.section("sect_A.2.4", "Groups", macros(maker, ("Colour", "[sect_C.1]", "M"))),
    )
    other = maker.section(
        "sect_A.3",
        "Lacquer",
        maker.section(
            "sect_A.3.3",
            "Table",
            iod_table(maker, caption="Lacquer IOD Modules", name="table_A.3-1"),
        ),
        maker.section(
            "sect_A.3.4", "Lacquer Functional Group Macros", maker.para("As in [table_A.2-2].")
        ),
    )
    iods, problems = read(maker.chapter("chapter_A", one, other))
    assert problems == []
    assert [iod.functional_group_table for iod in iods] == ["table_A.2-2", "table_A.2-2"]


def test_macros_of_no_iod_are_named():
    maker = Maker()
    groups = macros(maker, ("Colour", "[sect_C.1]", "M"))
    iods, problems = read(maker.chapter("chapter_A", groups))
    assert (iods, problems) == ([], ["Functional Group Macros of no IOD"])


def test_a_second_iod_of_the_same_name_is_named():
    maker = Maker()
    tables = (iod_table(maker), iod_table(maker, name="table_A.9-1"))
    iods, problems = read(maker.chapter("chapter_A", *tables))
    assert (len(iods), problems) == (1, ["a second IOD of the same name"])


@pytest.mark.parametrize(
    ("header", "count", "problem"),
    [
        (("IE", "Module", "Usage"), 0, "lacks its columns: reference"),
        (("Name", "Text"), 0, "lacks its columns: module, reference"),
        ((), 0, "lacks its columns: module, reference"),
        (("IE", "Module", "Reference", "Usage", "Price"), 1, "columns that aren't known: price"),
    ],
)
def test_columns_that_are_missing_or_not_known_are_named(header, count, problem):
    maker = Maker()
    iods, problems = read(maker.chapter("chapter_A", iod_table(maker, header=header)))
    assert (len(iods), problems) == (count, [problem])


def test_a_macros_table_that_lacks_its_columns_is_named():
    maker = Maker()
    groups = macros(maker, header=("Functional Group Macro", "Section", "Price"))
    assert read(maker.chapter("chapter_A", groups)) == ([], ["lacks its columns: usage"])


def test_rows_of_one_cell_and_none_are_named_and_kept():
    maker = Maker()
    table = iod_table(maker, maker.row("Wall"), "<tr/>")
    (iod,), problems = read(maker.chapter("chapter_A", table))
    assert sum(len(entity.modules) for entity in iod.entities) == 2
    assert "a Usage cell that isn't M, C or U" in problems
