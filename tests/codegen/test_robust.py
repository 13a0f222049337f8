"""An edition no one has seen: whatever is missing or moved, the reading goes on and names it."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from codegen import emit
from codegen.docbook import Book
from codegen.errata import Errata
from codegen.link import walk
from codegen.read import read_books
from codegen.source import parse
from tests.codegen.made import Maker

NS = 'xmlns="http://docbook.org/ns/docbook"'


def tree(*chapters: str) -> etree._Element:
    return parse(f"<book {NS}>{''.join(chapters)}</book>".encode(), "made up")


def iod_tables(maker: Maker) -> tuple[str, str]:
    first = f"<tr>{maker.cell('Wall', rowspan=2)}{maker.cell('Paint')}"
    iod = maker.table(
        "table_A.2-1",
        "Paint IOD Modules",
        ("IE", "Module", "Reference", "Usage"),
        f"{first}{maker.cell('[sect_C.1]')}{maker.cell('M')}</tr>",
        maker.row("Groups", "[sect_C.2]", "C - Required if it is a wall."),
    )
    groups = maker.table(
        "table_A.2-2",
        "Paint Functional Group Macros",
        ("Functional Group Macro", "Section", "Usage"),
        maker.row("Hue", "[sect_C.3]", "M - May not be used as a Shared Functional Group."),
    )
    return iod, groups


def module(maker: Maker) -> str:
    conditional = ("Required if it is a wall.", "Defined Terms: * RED, BLUE")
    return maker.attributes(
        "table_C.1-1",
        "Paint Module Attributes",
        ("Colour Code Sequence", "(0011,0002)", "1", "One or more Items are permitted."),
        (">Include [table_C.3-1]", "B[sect_CID_7] for Colour (0011,0001) if it is a wall."),
        (">Colour", "(0011,0001)", "1C", conditional),
        ("Any Attributes of paint", "", "3", "Words."),
        ("Colour", "(0011,0001)", "2", ("See [sect_C.1.1].", "Note: not this.")),
    )


def part_3(maker: Maker) -> etree._Element:
    row = ("Colour", "(0011,0001)", "3", "A single Item.")
    red = maker.row("RED", "a colour")
    values = maker.table("table_C.1-2", "Colour Values", ("Defined Term Name", "x"), red)
    colour = maker.section("sect_C.1.1", "Colour", maker.values("Defined Terms:", "RED"), values)
    return tree(
        maker.chapter("chapter_A", maker.section("sect_A.2", "Paint", *iod_tables(maker))),
        maker.chapter(
            "chapter_C",
            maker.section("sect_C.1", "Paint Module", module(maker), colour),
            maker.section(
                "sect_C.2", "Groups", maker.attributes("table_C.2-1", "Groups Module Attributes")
            ),
            maker.section(
                "sect_C.3", "Hue", maker.attributes("table_C.3-1", "Hue Macro Attributes", row)
            ),
        ),
    )


def part_4(maker: Maker) -> etree._Element:
    header = ("SOP Class Name", "SOP Class UID", "IOD Specification (defined in PS3.3)")
    row = maker.row("Paint Storage", "1.2.3", "[sect_A.2]")
    return tree(
        maker.chapter("chapter_B", maker.table("table_B.5-1", "Standard SOP Classes", header, row))
    )


def part_6(maker: Maker) -> etree._Element:
    elements = maker.table(
        "table_6-1",
        "Registry",
        ("Tag", "Name", "Keyword", "VR", "VM", ""),
        maker.row("(0011,0001)", "Colour", "Colour", "CS", "1", ""),
        maker.row("(0011,0002)", "Colour Code Sequence", "ColourCodeSequence", "SQ", "1", "RET"),
    )
    header = ("UID Value", "UID Name", "UID Keyword", "UID Type", "Part")
    uid = maker.row("1.2.3", "Paint Storage", "PaintStorage", "SOP Class", "PS3.4")
    uids = maker.table("table_A-1", "UID Values", header, uid)
    return tree(maker.chapter("chapter_6", elements), maker.chapter("chapter_A", uids))


def made_up() -> list[etree._Element]:
    """Return Parts 3, 4 and 6 of a made-up edition that has one of everything."""
    maker = Maker()
    return [part_3(maker), part_4(maker), part_6(maker)]


PARTS = made_up()
WORDS = [
    "",
    ">",
    "Include",
    "(0011,0002)",
    "1C",
    "B[",
    "Value 9",
    "IOD Modules",
    "\u200b",
    "M - x",
    "1.2",
]


def read(parts: list[etree._Element]):
    part3, part4, part6 = (Book(part) for part in parts)
    return read_books("1999z", part3, part4, part6, Errata())


def test_as_it_stands_nothing_is_odd():
    reading = read(PARTS)
    assert [p for p in reading.errata.problems if "a condition" not in p.what] == []
    assert [iod.name for iod in reading.edition.iods] == ["Paint"]
    assert [one.iod for one in reading.edition.sop_classes] == ["Paint"]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_missing_doubled_or_reworded_is_read_or_named(data):
    parts = [copy.deepcopy(part) for part in PARTS]
    for _ in range(data.draw(st.integers(1, 4))):
        part = data.draw(st.sampled_from(parts))
        inner = [element for element in part.iter() if element is not part]
        if inner:
            damage(data.draw(st.sampled_from(inner)), data)
    reading = read(parts)
    emit.files(reading.edition)
    rows = sum(1 for table in reading.edition.tables for _ in walk(table.entries))
    assert rows <= reading.tally.rows


def damage(element: etree._Element, data: st.DataObject) -> None:
    """Take an element away, double it, move it, or change its words or what it says of itself."""
    parent = element.getparent()
    assert parent is not None
    kind = data.draw(
        st.sampled_from(["remove", "double", "unwrap", "reword", "rename", "attribute"])
    )
    if kind == "remove":
        parent.remove(element)
    elif kind == "double":
        element.addnext(copy.deepcopy(element))
    elif kind == "unwrap":
        for child in list(element):
            element.addprevious(child)
    elif kind == "reword":
        element.text = data.draw(st.sampled_from(WORDS))
    elif kind == "rename":
        element.tag = data.draw(st.sampled_from([other.tag for other in parent.iter()]))
    else:
        for name in list(element.attrib):
            element.set(name, data.draw(st.sampled_from(["", "2", "x", "table_C.3-1", "sect_C.9"])))


def test_an_empty_edition_is_empty():
    reading = read([tree(), tree(), tree()])
    edition = reading.edition
    assert (edition.iods, edition.tables, edition.elements, edition.sop_classes) == ((), (), (), ())
    assert reading.errata.problems == []


def test_a_part_without_ids_is_read_or_named():
    parts = [copy.deepcopy(part) for part in PARTS]
    for part in parts:
        for element in part.iter():
            element.attrib.clear()
    read(parts)
