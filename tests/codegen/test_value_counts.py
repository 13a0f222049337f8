"""Numbers of Values that rows and sections lay down."""

from pathlib import Path

import pytest

from codegen.docbook import digest
from codegen.errata import Errata
from codegen.extract.conditions import Unread
from codegen.extract.sentences import Paragraph
from codegen.extract.value_counts import Counts, load, read_row_counts, read_section_counts
from codegen.link import walk
from codegen.source import SourceError
from dicomspec.model import Attribute, Include, ValueCount
from tests.codegen.conftest import needs, read_session
from tests.codegen.made import Maker, book


def hand_file(tmp_path: Path, *entries: tuple[str, str]) -> Path:
    path = tmp_path / "value_counts.toml"
    written = (
        f'[[counts]]\ndigest = "{digest(text)}"\nplaces = ["p1"]\ncounts = [{counts}]\n'
        for text, counts in entries
    )
    path.write_text("\n".join(written), encoding="utf-8")
    return path


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    return hand_file(tmp_path)


def row(text: str, path: Path, *, depth: int = 0, errata: Errata | None = None) -> Counts:
    return read_row_counts([Paragraph("p1", text, (), depth)], errata or Errata(), path)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The speed. Only a single value shall be present.", 1, 1),
        ("Only a single value shall be included.", 1, 1),
        ("Only a single value shall exist.", 1, 1),
        ("A single value shall be present.", 1, 1),
        ("This Attribute shall contain one Value.", 1, 1),
        ("Colour (0011,0001) shall not be multi-valued.", 1, 1),
        ("Its size. The Attribute may only have one or two values, small one first", 1, 2),
    ],
)
def test_forms_of_rows(text, least, most, nothing):
    assert row(text, nothing) == Counts((ValueCount(least, most, "p1"),), ())


@pytest.mark.parametrize(
    "text",
    [
        "A single value that says what colour it has.",
        "A colour triplet value.",
        "If it rains, the same colour is meant.",
        "Note that Shade has a value of DARK.",
    ],
)
def test_descriptions_lay_down_nothing(text, nothing):
    assert row(text, nothing) == Counts((), ())


@pytest.mark.parametrize(
    "text",
    [
        "Shall have the same number of values as Shade (0011,0003).",
        "The number of values shall equal the number of frames.",
        "2N values shall be provided, where N is the number of leaves.",
        "Only a single value shall be present if it rains.",
    ],
)
def test_other_sentences_are_kept_by_their_place(text, nothing):
    assert row(text, nothing) == Counts((), ("p1",))


def test_a_point_of_a_list_holds_only_under_what_leads_to_it(nothing):
    assert row("Only a single value shall be present.", nothing, depth=1) == Counts((), ("p1",))


def test_a_hand_reading_takes_the_place_of_its_paragraph(tmp_path):
    said = "Two values shall be there if it rains."
    path = hand_file(tmp_path, (said, '{ least = 2, when = "it rains", tags = ["(0011,0001)"] }'))
    ((found,), unread) = (row(said, path).counts, row(said, path).unread)
    assert (found.minimum, found.maximum, found.tags) == (2, None, ("(0011,0001)",))
    assert isinstance(found.condition, Unread)
    assert found.condition.wording == "Required when it rains; not permitted otherwise."
    assert unread == ()


def test_another_text_never_takes_an_old_reading(tmp_path):
    errata = Errata()
    path = hand_file(tmp_path, ("Two values.", "{ least = 2 }"))
    assert row("Three values.", path, errata=errata) == Counts((), ())
    assert [problem.place for problem in errata.problems] == ["p1"]


def test_a_place_has_one_reading(tmp_path):
    with pytest.raises(SourceError, match="read twice"):
        load(hand_file(tmp_path, ("Two", "{ least = 2 }"), ("Two", "{ least = 3 }")))


def test_of_sections_only_what_was_read_by_hand_counts(tmp_path):
    path = hand_file(tmp_path, ("No more.", '{ least = 1, most = 4, tags = ["(0011,0001)"] }'))
    maker = Maker()
    inner = maker.para("No more.") + maker.para("Only a single value shall be present.")
    made = book(maker.chapter("chapter_1", maker.section("sect_1.1", "Any", inner)))
    found = read_section_counts(made.sections["sect_1.1"], Errata(), path)
    assert found == Counts((ValueCount(1, 4, "p1", tags=("(0011,0001)",)),), ("p2",))


def test_each_entry_asks_for_something():
    for each in load().values():
        assert each
        assert all(one["least"] > 1 or "most" in one for one in each)


def real(table: str, tag: str) -> list[tuple[int, int | None]]:
    needs("2024c")
    (found,) = (each for each in read_session("2024c").edition.tables if each.id == table)
    entries = [e for e in walk(found.entries) if isinstance(e, Attribute | Include)]
    return [
        (one.minimum, one.maximum)
        for e in entries
        if getattr(e, "tag", "") == tag
        for one in e.value_counts
    ]


def test_real_rows():
    assert real("table_10-2", "(0040,A30A)") == [(1, 1)]
    assert real("table_C.8-125", "(0018,1190)") == [(1, 2)]
    assert real("table_C.8.20-2", "(0008,0008)") == [(2, 2)]
    assert real("table_C.11.8-1", "(0028,3110)") == [(1, 1)]
    assert real("table_10.25-1", "") == [(1, 1)]


def test_real_sections():
    needs("2024c")
    every = {each.section: each.counts for each in read_session("2024c").edition.section_values}
    (nm,) = every["sect_C.8.4.9.1.1"]
    assert (nm.minimum, nm.maximum, nm.tags) == (3, None, ("(0008,0008)",))
    assert [one.minimum for one in every["sect_C.8.16.1"]] == [4, 5]
    assert all(one.condition is not None for one in every["sect_C.8.16.1"])
