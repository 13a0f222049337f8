"""SOP Classes and their IODs."""

from codegen.errata import Errata
from codegen.extract.sop_classes import read_sop_classes
from dicomspec.model import IOD, UID, SOPClass
from tests.codegen.made import Maker, book

IODS = [
    IOD("Paint", "table_A.2-1", "sect_A.2", "sect_A.2", ()),
    IOD("Lacquer", "table_A.8-1", "sect_A.8.1.3", "sect_A.8.1", ()),
    IOD("Lime", "table_A.8-2", "sect_A.8.2.3", "sect_A.8.2", ()),
]
REGISTRY = [
    UID("1.2.1", "Paint Storage", "", "SOP Class"),
    UID("1.2.2", "Lacquer Storage", "", "SOP Class"),
    UID("1.2.3", "Lime Storage", "", "SOP Class", retired=True),
    UID("1.2.4", "Paint Service", "", "Meta SOP Class"),
    UID("1.2.5", "Paint Transfer", "", "Transfer Syntax"),
]
HEADER = ("SOP Class Name", "SOP Class UID", "IOD Specification (defined in [sect_x])")


def read(*tables: str):
    maker = Maker()
    errata = Errata()
    made = book(maker.chapter("chapter_B", *tables))
    found = read_sop_classes(made, IODS, REGISTRY, errata)
    return {one.uid: one for one in found}, [problem.what for problem in errata.problems]


def table(*rows: tuple[str, ...], caption="Standard SOP Classes", header=HEADER) -> str:
    maker = Maker()
    return maker.table("table_B.5-1", caption, header, *(maker.row(*row) for row in rows))


def test_a_row_maps_a_sop_class_to_the_iod_of_its_section():
    found, problems = read(table(("Paint Storage", "1.2.\u200b1", "[sect_A.2]")))
    assert problems == []
    assert found["1.2.1"] == SOPClass(
        "1.2.1", "Paint Storage", "Paint", table="table_B.5-1", row="p1"
    )


def test_the_section_may_be_above_or_be_that_of_the_iod():
    found, problems = read(table(("Lacquer Storage", "1.2.2", "[sect_A.8.1]")))
    assert (found["1.2.2"].iod, problems) == ("Lacquer", [])


def test_a_section_that_describes_several_iods_or_none_is_named():
    _, problems = read(table(("Lacquer Storage", "1.2.2", "[sect_A.8]")))
    assert problems == ["sect_A.8 describes no single IOD"]
    found, problems = read(table(("Lacquer Storage", "1.2.2", "[sect_A.99]")))
    assert (found["1.2.2"].iod, problems) == (None, ["sect_A.99 describes no single IOD"])


def test_what_only_the_registry_names_has_no_iod():
    found, _ = read()
    assert found["1.2.4"] == SOPClass("1.2.4", "Paint Service")
    assert found["1.2.3"].retired
    assert "1.2.5" not in found


def test_retired_ones_are_told_by_caption_or_registry():
    found, _ = read(
        table(("Paint Storage", "1.2.1"), caption="Retired SOP Classes", header=HEADER[:2]),
        table(("Lime Storage", "1.2.3", "[sect_A.8.2]")),
    )
    assert found["1.2.1"].retired
    assert (found["1.2.3"].retired, found["1.2.3"].iod) == (True, "Lime")


def test_a_row_that_names_an_iod_wins_over_one_that_does_not():
    found, _ = read(
        table(("Paint Storage", "1.2.1"), header=HEADER[:2]),
        table(("Paint", "1.2.1", "[sect_A.2]")),
    )
    assert found["1.2.1"].iod == "Paint"


def test_odd_rows_and_tables_are_named():
    _, problems = read(
        table(
            ("Paint Storage", "one", "[sect_A.2]"),
            ("Paint Storage", "1.2.1", "A.2"),
            ("Oil", "1.2.9", "[sect_A.2]"),
        ),
        table(header=("Name", "SOP Class UID")),
    )
    assert problems == [
        "a SOP Class whose UID isn't one",
        "a SOP Class without a reference to its IOD",
        "1.2.9 is not in the registry of UIDs",
        "a table of SOP Classes that isn't read",
    ]


def test_every_storage_sop_class_of_table_b_5_has_an_iod_and_every_composite_iod_a_sop_class(
    edition_2024c,
):
    edition = edition_2024c.edition
    of_b_5 = [one for one in edition.sop_classes if one.table == "table_B.5-1"]
    assert len(of_b_5) == 166
    assert all(one.iod for one in of_b_5)
    named = {one.iod for one in edition.sop_classes}
    real_time = {iod.name for iod in edition.iods if iod.name.startswith("Real-Time")}
    composite = {iod.name for iod in edition.iods if iod.section.startswith("sect_A.")}
    assert composite - named == real_time | {"Rendition Selection Document"}


def test_retired_sop_classes_are_the_registrys(edition_2024c):
    edition = edition_2024c.edition
    retired = {uid.uid for uid in edition.uids if uid.retired}
    for one in edition.sop_classes:
        assert one.retired == (one.uid in retired)
