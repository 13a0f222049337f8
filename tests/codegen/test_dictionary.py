"""The registries of Data Elements and UIDs."""

import pytest

from codegen.errata import Errata
from codegen.extract.dictionary import read_elements, read_uids
from dicomspec.model import UID, DataElement
from tests.codegen.made import Maker, book

ELEMENTS = ("Tag", "Name", "Keyword", "VR", "VM", "")
UIDS = ("UID Value", "UID Name", "UID Keyword", "UID Type", "Part")


def elements(*rows: tuple[str, ...], header=ELEMENTS):
    maker = Maker()
    table = maker.table("table_6-1", "Registry", header, *(maker.row(*row) for row in rows))
    errata = Errata()
    return read_elements(book(maker.chapter("chapter_6", table)), errata), [
        problem.what for problem in errata.problems
    ]


def uids(*rows: tuple[str, ...], header=UIDS, caption="UID Values"):
    maker = Maker()
    table = maker.table("table_A-1", caption, header, *(maker.row(*row) for row in rows))
    errata = Errata()
    left_out: list[tuple[str, str]] = []
    found = read_uids(book(maker.chapter("chapter_A", table)), errata, left_out)
    return found, [problem.what for problem in errata.problems], left_out


def test_a_row_is_a_data_element():
    assert elements(("(0011,0001)", "Colour", "Col\u200bour", "CS", "1", "")) == (
        [DataElement("(0011,0001)", "Colour", "Colour", ("CS",), "1")],
        [],
    )


@pytest.mark.parametrize(
    ("printed", "vr"),
    [
        ("US or SS", ("US", "SS")),
        ("OB or OW", ("OB", "OW")),
        ("See Note 2", ()),
        ("", ()),
        ("SQ", ("SQ",)),
    ],
)
def test_every_vr_that_a_row_allows_is_kept(printed, vr):
    (found,), _ = elements(("(0011,0001)", "Colour", "Colour", printed, "1", ""))
    assert found.vr == vr


@pytest.mark.parametrize("vm", ["1", "1-3", "1-n", "2-2n", "16", "1-n or 1", "1-8"])
def test_multiplicities_are_kept_as_printed(vm):
    (found,), problems = elements(("(0011,0001)", "Colour", "Colour", "CS", vm, ""))
    assert (found.vm, problems) == (vm, [])


def test_odd_rows_are_named():
    found, problems = elements(
        ("0011-0001", "Colour", "Colour", "CS", "1", ""),
        ("(0011,0001)", "Colour", "Colour", "CS", "many", ""),
        ("Only a heading",),
    )
    assert [element.vm for element in found] == ["many"]
    assert problems == [
        "a registry row whose tag isn't one",
        "a VM that isn't one",
        "a registry row whose tag isn't one",
    ]


@pytest.mark.parametrize(
    ("last", "retired"), [("RET", True), ("RET (2004)", True), ("", False), ("DICOS", False)]
)
def test_ret_means_retired(last, retired):
    (found,), _ = elements(("(0011,0001)", "Colour", "Colour", "CS", "1", last))
    assert found.retired is retired


def test_repeating_groups_keep_their_letters():
    (found,), _ = elements(("(60XX,0010)", "Rows", "Rows", "US", "1", ""))
    assert found.tag == "(60xx,0010)"


def test_a_row_without_a_keyword_keeps_an_empty_one():
    (found,), problems = elements(("(0011,0000)", "", "", "UL", "", "RET"))
    assert (found.keyword, found.vm, problems) == ("", "", [])


def test_a_table_of_other_columns_is_named_if_it_looks_like_a_registry():
    assert elements(header=("Tag", "VR", "Name")) == (
        [],
        ["a table with tags and VRs that isn't a registry"],
    )
    assert elements(header=("Tag", "Name")) == ([], [])


def test_a_row_is_a_uid():
    found, problems, _ = uids(
        ("1.2.\u200b3", "Paint Storage", "PaintStorage", "SOP Class", "PS3.4"),
        ("1.2.4", "Lime Storage (Retired)", "", "SOP Class", "PS3.4"),
    )
    assert found == [
        UID("1.2.3", "Paint Storage", "PaintStorage", "SOP Class"),
        UID("1.2.4", "Lime Storage", "", "SOP Class", retired=True),
    ]
    assert problems == []


def test_older_editions_have_no_keywords():
    found, _, _ = uids(
        ("1.2.3", "Paint", "SOP Class", "x"), header=("UID Value", "UID Name", "UID Type", "Part")
    )
    assert found == [UID("1.2.3", "Paint", "", "SOP Class")]


def test_frames_of_reference_have_no_type_of_their_own():
    header = ("UID Value", "UID Name", "UID Keyword", "Normative Reference")
    found, _, _ = uids(("1.2.3", "Wall", "Wall", "a book"), header=header)
    assert found[0].type == "Well-known frame of reference"


def test_a_uid_that_is_none_is_named():
    found, problems, _ = uids(("one", "Paint", "Paint", "SOP Class", "x"))
    assert (found, problems) == ([], ["a registry row whose UID isn't one"])


def test_uids_of_other_parts_are_left_out_and_named():
    found, problems, left_out = uids(("1.2.3", "Paint", "", "", ""), caption="Template UID Values")
    assert (found, problems) == ([], [])
    assert left_out == [("table_A-1", "Templates belong to PS3.16")]


def test_other_tables_of_uids_are_named_as_a_problem():
    found, problems, left_out = uids(header=("Paint UID", "Colour"), caption="Paints")
    assert (found, problems, left_out) == ([], ["a table of UIDs that isn't a registry"], [])
    assert uids(header=("Paint", "Fluid"), caption="Paints") == ([], [], [])


@pytest.mark.parametrize("edition", ["2024c", "2024a"])
def test_no_tag_no_uid_and_no_keyword_stands_twice(reading, edition):
    read = reading(edition).edition
    for names in (
        [element.tag for element in read.elements],
        [uid.uid for uid in read.uids],
        [element.keyword for element in read.elements if element.keyword],
    ):
        assert len(set(names)) == len(names)
