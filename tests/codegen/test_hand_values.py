"""Lists of values read by hand, and those that the sentences of rows lay down."""

from pathlib import Path

import pytest

from codegen.docbook import digest
from codegen.errata import Errata
from codegen.extract.conditions import Unread
from codegen.extract.hand_values import load, read_row_sentences, read_section_blocks
from codegen.extract.names import Names
from codegen.link import walk
from codegen.source import SourceError, parse
from dicomspec.model import Attribute, Conditional, Include, Is, ValueList
from tests.codegen.conftest import needs, read_session
from tests.codegen.made import Maker, book

NS = 'xmlns="http://docbook.org/ns/docbook"'
COLOUR, SHADE = "(0011,0001)", "(0011,0003)"
NAMES = Names({"Colour": COLOUR, "Shade": SHADE})


def hand_file(tmp_path: Path, *entries: str) -> Path:
    path = tmp_path / "values.toml"
    path.write_text("\n".join(f"[[values]]\n{entry}\n" for entry in entries), encoding="utf-8")
    return path


def entry(text: str, lists: str, place: str = "p1") -> str:
    return f'digest = "{digest(text)}"\nplaces = ["{place}"]\n{lists}'


def row(*blocks: str, path: Path, errata: Errata | None = None) -> list[ValueList]:
    maker = Maker()
    inner = "".join(maker.block(block) for block in blocks)
    cell = parse(f"<td {NS}>{inner}</td>".encode(), "made up")
    return list(read_row_sentences(cell, COLOUR, NAMES, errata or Errata(), path))


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    return hand_file(tmp_path)


def test_whole_sentences_of_a_row_are_lists(nothing):
    (found,) = row("Says what colour it has. The value shall be RED or BLUE.", path=nothing)
    assert found == ValueList(closed=True, values=("RED", "BLUE"), paragraph="p1")
    (found,) = row("Shade (0011,0003) shall be DARK.", path=nothing)
    assert (found.values, found.tags) == (("DARK",), (SHADE,))
    (found,) = row("Value 2 shall be RED.", path=nothing)
    assert (found.number, found.tags) == (2, ())


def test_other_sentences_are_not(nothing):
    assert row("Shall be RED if it rains.", "Note: Shall be RED.", path=nothing) == []
    assert row("Required if Shade is RED.", path=nothing) == []


def test_a_hand_reading_takes_the_place_of_its_paragraph(tmp_path):
    said = "Shall be RED if it rains."
    path = hand_file(tmp_path, entry(said, 'lists = [{ values = ["RED"], when = "it rains" }]'))
    (found,) = row(said, path=path)
    assert (found.values, found.closed) == (("RED",), True)
    assert isinstance(found.condition, Unread)
    assert found.condition.wording == "Required when it rains; not permitted otherwise."


def test_another_text_never_takes_an_old_reading(tmp_path):
    path = hand_file(tmp_path, entry("Shall be RED.", 'lists = [{ values = ["RED"] }]'))
    errata = Errata()
    assert row("It is RED.", path=path, errata=errata) == []
    assert [problem.place for problem in errata.problems] == ["p1"]


def test_a_place_has_one_reading(tmp_path):
    one = entry("RED", 'lists = [{ values = ["RED"] }]')
    with pytest.raises(SourceError, match="read twice"):
        load(hand_file(tmp_path, one, one))


def test_blocks_of_a_section_are_read(tmp_path):
    lists = f'lists = [{{ values = ["RED"], closed = false, tags = ["{COLOUR}"], number = 3 }}]'
    path = hand_file(tmp_path, entry("Use the terms.", lists))
    maker = Maker()
    made = book(
        maker.chapter("chapter_1", maker.section("sect_1.1", "Any", maker.para("Use the terms.")))
    )
    (found,) = read_section_blocks(made.sections["sect_1.1"], Errata(), path)
    assert found == ValueList(
        closed=False, values=("RED",), paragraph="p1", number=3, tags=(COLOUR,)
    )


def test_each_entry_is_of_one_kind():
    for each in load().values():
        assert bool(each.lists) != bool(each.tags)


def real(table: str, tag: str) -> list[ValueList]:
    needs("2024c")
    (found,) = (each for each in read_session("2024c").edition.tables if each.id == table)
    entries = [e for e in walk(found.entries) if isinstance(e, Attribute | Include)]
    return [one for e in entries if getattr(e, "tag", "") == tag for one in e.values]


def test_real_rows():
    assert [one.values for one in real("table_C.8-6", "(0028,0002)")] == [("1",)]
    assert [one.values for one in real("table_C.8-114", "(0028,0101)")] == [("12", "16")]
    assert [(one.number, one.values) for one in real("table_C.8.20-2", "(0008,0008)")] == [
        (1, ("DERIVED",)),
        (2, ("PRIMARY",)),
    ]
    assert [one.values for one in real("table_C.9-2", "(60xx,0102)")] == [("0",)]


def test_real_rows_under_a_condition():
    beam = [one for one in real("table_C.8-57", "(300A,0015)") if one.condition]
    assert [one.values for one in beam] == [("MV",), ("MEV",)]
    condition = beam[0].condition
    assert isinstance(condition, Conditional)
    assert isinstance(condition.required, Is)
    assert condition.required.values == ("PHOTON",)


def section(name: str) -> list[ValueList]:
    needs("2024c")
    every = read_session("2024c").edition.section_values
    return [one for each in every if each.section == name for one in each.lists]


def test_real_sections():
    spp = [one for one in section("sect_C.8.13.1.1.2") if one.tags == ("(0028,0002)",)]
    assert [one.values for one in spp] == [("1",), ("3",)]
    flavors = {one.number: one for one in section("sect_C.8.12.4.1.1")}
    assert flavors[1].closed
    assert not flavors[3].closed
    assert flavors[3].values == ("VOLUME", "LABEL", "OVERVIEW", "THUMBNAIL")
    (planes,) = section("sect_C.23.3.1.1")
    assert planes.tags == ("(0072,0062)",)


def test_bits_and_patterns_are_no_values():
    assert section("sect_C.8.5.5.1.3") == []
    assert real("table_C.13-3", "(2010,0010)") == []
