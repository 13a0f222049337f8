"""DocBook → text, grid, sections, pages."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from codegen.docbook import Book, Row, Section, Table, digest, even, text
from codegen.source import parse
from tests.codegen.made import Maker, book

NS = 'xmlns="http://docbook.org/ns/docbook"'


def read(inner: str) -> Table:
    """Return the one table of a made-up chapter."""
    made = book(f'<chapter xml:id="chapter_1">{inner}</chapter>')
    assert len(made.tables) == 1
    return made.tables[0]


def body(*lines: str) -> tuple[Row, ...]:
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    return read(f'<table xml:id="t"><tbody>{rows}</tbody></table>').rows


def grid(rows: tuple[Row, ...]) -> list[list[tuple[int, str, bool]]]:
    return [[(cell.column, cell.text, cell.spanned) for cell in row.cells] for row in rows]


def test_a_cell_that_spans_rows_is_seen_in_each_of_them():
    rows = body("<td rowspan='3'>IE</td><td>a</td>", "<td>b</td>", "<td>c</td>", "<td>x</td>")
    assert grid(rows) == [
        [(0, "IE", False), (1, "a", False)],
        [(0, "IE", True), (1, "b", False)],
        [(0, "IE", True), (1, "c", False)],
        [(0, "x", False)],
    ]
    assert [row.text for row in rows] == ["IE | a", "b", "c", "x"]


def test_a_cell_that_spans_columns_covers_them():
    (row,) = body("<td>a</td><td colspan='2'>b</td><td>c</td>")
    covered = [row.at(column) for column in range(5)]
    assert [cell.text if cell else None for cell in covered] == ["a", "b", "b", "c", None]


def test_spans_in_the_middle_and_at_the_end_keep_their_columns():
    rows = body("<td>a</td><td rowspan='2' colspan='2'>b</td><td>c</td>", "<td>d</td><td>e</td>")
    assert grid(rows)[1] == [(0, "d", False), (1, "b", True), (3, "e", False)]


def test_a_short_row_still_sees_what_spans_into_it_further_right():
    rows = body("<td>a</td><td>b</td><td rowspan='2'>c</td>", "<td>d</td>")
    assert grid(rows)[1] == [(0, "d", False), (2, "c", True)]


def test_a_span_that_says_nothing_sensible_is_one():
    rows = body("<td rowspan='0'>a</td><td rowspan='x' colspan='-2'>b</td>", "<td>c</td>")
    assert grid(rows)[1] == [(0, "c", False)]


def test_an_empty_row_is_a_row():
    rows = body("<td>a</td>", "")
    assert rows[1].cells == ()
    assert (rows[1].id, rows[1].text) == ("", "")


def test_a_row_has_the_id_of_its_first_own_paragraph():
    rows = body(
        "<td rowspan='2'><para xml:id='ie'>IE</para></td><td><para xml:id='m1'>a</para></td>",
        "<td><para xml:id='m2'>b</para></td>",
    )
    assert [row.id for row in rows] == ["ie", "m2"]


def test_a_header_gives_its_titles_by_column():
    table = read(
        "<table xml:id='t'><thead><tr><th colspan='2'>a</th><th>b</th></tr></thead></table>"
    )
    assert table.header == ("a", "a", "b")
    assert table.rows == ()


def test_a_table_without_a_body_holds_its_rows_itself():
    table = read("<table xml:id='t'><tr><td>a</td></tr></table>")
    assert [row.text for row in table.rows] == ["a"]


def test_several_bodies_are_read_one_after_the_other():
    table = read(
        "<table xml:id='t'><tbody><tr><td>a</td></tr></tbody>"
        "<tbody><tr><td>b</td></tr></tbody></table>"
    )
    assert [row.text for row in table.rows] == ["a", "b"]


def test_a_table_in_a_cell_is_no_table_and_lends_no_rows():
    table = read(
        "<table xml:id='outer'><tbody><tr><td><para>a</para>"
        "<table xml:id='inner'><tbody><tr><td>x</td></tr></tbody></table></td></tr></tbody></table>"
    )
    assert table.id == "outer"
    assert len(table.rows) == 1


@st.composite
def layouts(draw):
    """Yield rows of (rowspan, colspan)."""
    span = st.integers(1, 3)
    row = st.lists(st.tuples(span, span), max_size=4)
    return draw(st.lists(row, min_size=1, max_size=6))


@given(layouts())
def test_every_cell_is_in_every_row_that_it_spans_and_cells_never_overlap_their_left(layout):
    lines = [
        "".join(f"<td rowspan='{r}' colspan='{c}'>{n}.{m}</td>" for m, (r, c) in enumerate(line))
        for n, line in enumerate(layout)
    ]
    rows = body(*lines)
    assert [[cell.text for cell in row.own] for row in rows] == [
        [f"{n}.{m}" for m in range(len(line))] for n, line in enumerate(layout)
    ]
    for row in rows:
        starts = [cell.column for cell in row.cells]
        assert starts == sorted(starts)
        assert len(set(starts)) == len(starts)


def test_text_has_white_space_and_invisible_characters_evened_out():
    assert even("a\u200bb \n\t c\u00a0d\ufeff\u00ad") == "ab c d"


def test_a_reference_stands_in_the_text_as_its_id():
    para = parse(
        f"<para {NS}>See <xref linkend='sect_1'>Section 1</xref>, "
        "<olink targetptr='x'/>.</para>".encode(),
        "made up",
    )
    assert text(para) == "See [sect_1], [x]."


def test_blocks_are_told_apart_in_the_text():
    cell = parse(f"<td {NS}><para>a</para><para>b</para></td>".encode(), "made up")
    assert text(cell) == "a b"


def test_subscripts_and_emphasis_are_text():
    para = parse(
        f"<para {NS}>a<emphasis>b</emphasis>c<subscript>2</subscript></para>".encode(), "x"
    )
    assert text(para) == "abc2"


def test_the_digest_is_of_the_text():
    assert digest("a b") == "c8687a08aa5d6ed2"


def test_other_namespaces_do_not_disturb():
    made = book(
        '<chapter xmlns:m="http://www.w3.org/1998/Math/MathML" xml:id="chapter_1"><title>T</title>'
        "<m:math><m:table><m:tr/></m:table></m:math>"
        '<table xml:id="t"><caption>C</caption></table></chapter>'
    )
    assert [table.id for table in made.tables] == ["t"]


def test_of_an_id_that_stands_twice_the_first_is_meant():
    maker = Maker()
    one = maker.section("sect_1.1", "first", '<table xml:id="t"><caption>first</caption></table>')
    two = maker.section("sect_1.1", "second", '<table xml:id="t"><caption>second</caption></table>')
    made = book(maker.chapter("chapter_1", one, two))
    assert made.sections["sect_1.1"].title == "first"
    assert made.by_id["t"].caption == "first"
    assert [table.caption for table in made.tables] == ["first", "second"]
    assert sorted(made.duplicates) == ["sect_1.1", "t"]


def test_a_table_knows_its_section_though_something_stands_between():
    made = book(
        '<chapter xml:id="chapter_1"><section xml:id="sect_1.1"><title>T</title>'
        '<figure><table xml:id="t"/></figure></section></chapter>'
    )
    assert made.by_id["t"].section.id == "sect_1.1"


def nested(depth: int) -> str:
    """Return a chain of sections, each with a sibling before it."""
    inner = nested(depth - 1) if depth else ""
    return f'<section xml:id="a{depth}"/><section xml:id="b{depth}">{inner}</section>'


def test_a_section_starts_a_page_unless_it_is_first_or_too_deep_or_in_one_that_does_not():
    made = book(f'<chapter xml:id="chapter_1">{nested(5)}</chapter>')
    pages = {name: section.page for name, section in made.sections.items()}
    assert pages["chapter_1"] == "chapter_1"
    assert pages["a5"] == "chapter_1"  # the first in its parent
    assert [pages[f"b{n}"] for n in (5, 4, 3, 2)] == ["b5", "b4", "b3", "b2"]  # one to four deep
    assert pages["b1"] == "b2"  # five deep
    assert pages["b0"] == "b2"
    assert pages["a4"] == "b5"


def test_below_a_section_that_starts_no_page_none_does():
    made = book(
        '<chapter xml:id="chapter_1"><section xml:id="a">'
        '<section xml:id="a1"/><section xml:id="a2"/></section></chapter>'
    )
    assert made.sections["a2"].page == "chapter_1"


def test_pages_of_part_3_that_are_known(part3):
    known = {
        "sect_C.7.1.1": "sect_C.7",
        "sect_C.7.1.3": "sect_C.7",
        "sect_C.7.6.3": "sect_C.7.6.3",
        "sect_C.7.6.3.1.2": "sect_C.7.6.3",
        "sect_C.12.1": "sect_C.12",
        "sect_C.7.6.16.2.1": "sect_C.7.6.16.2",
        "sect_A.2": "sect_A.2",
        "sect_A.36.4": "sect_A.36.4",
        "chapter_C": "chapter_C",
    }
    assert {name: part3.sections[name].page for name in known} == known


def test_every_page_of_part_3_is_a_section_at_or_above(part3):
    for section in part3.sections.values():
        above = list(chain_up(section))
        assert section.page in {one.id for one in above}
        assert part3.sections[section.page].page == section.page


def chain_up(section: Section | None):
    while section is not None:
        yield section
        section = section.parent


def test_every_table_of_part_3_is_found(part3):
    root = part3.tables[0].element.getroottree().getroot()
    tables = root.iter("{http://docbook.org/ns/docbook}table")
    outer = [t for t in tables if not any(a.tag.endswith("}td") for a in t.iterancestors())]
    assert [table.element for table in part3.tables] == outer


def test_a_book_is_made_of_a_tree_as_lxml_gives_it():
    root = etree.fromstring(f'<book {NS}><!-- c --><chapter xml:id="chapter_1"/></book>')
    assert list(Book(root).sections) == ["chapter_1"]
