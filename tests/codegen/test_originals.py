"""NEMA's own files, of other editions: what the restored ones have not is stood, and named.

The golden numbers were checked by reading: Part 3 is an excerpt (four IODs), so what it leaves out
dangles; Part 4 is five years younger than Part 6, and Part 3 a year.
"""

import re
from collections import Counter

import pytest

from codegen.errata import Errata
from codegen.link import walk
from codegen.read import Reading, read_books
from dicomspec.model import Attribute, Include, Sharing, Table, Usage
from tests.codegen.conftest import ORIGINALS, opened_original

FILES = ("part03-2016c-excerpt.xml", "part04-2020c.xml", "part06-2015b.xml")
NS = "{http://docbook.org/ns/docbook}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
TWICE = ["sect_C.8.8.4", "table_C.8-40", "sect_C.8.8.4.1", "sect_C.8.8.4.2", "sect_C.8.8.4.3"]
PLACE = re.compile(r"(?:sect|table)_[\w.\-]+|\([\dA-F]{4},[\dA-F]{4}\)|[\d.]{9,}")


@pytest.fixture(scope="module")
def read() -> Reading:
    if not ORIGINALS.is_dir():
        pytest.skip("../shared/standard/originals/ is not there")
    part3, part4, part6 = (opened_original(name) for name in FILES)
    return read_books("originals", part3, part4, part6, Errata())


@pytest.fixture(scope="module")
def tables(read: Reading) -> dict[str, Table]:
    return {table.id: table for table in read.edition.tables}


def test_what_was_read_is_what_the_files_hold(read):
    edition = read.edition
    assert [iod.name for iod in edition.iods] == [
        "CT Image",
        "RT Dose",
        "Enhanced CT Image",
        "Enhanced X-Ray Angiographic Image",
    ]
    assert (len(edition.tables), read.tally.rows) == (140, 1360)
    assert (len(edition.elements), len(edition.uids)) == (3910, 378)
    assert [place for place, _ in read.tally.left_out] == ["table_A-3", "table_A-4", "table_B.1-1"]


def test_every_row_is_there_those_of_a_table_that_stands_twice_once(read):
    twice = next(t for t in opened_original(FILES[0]).tables if t.id == "table_C.8-40")
    entries = sum(1 for table in read.edition.tables for _ in walk(table.entries))
    assert entries == read.tally.rows - len(twice.rows)


def test_the_problems_are_those_of_an_excerpt_and_of_three_editions_put_together(read):
    every = [problem.what for problem in read.errata.problems]
    odd = (what for what in every if "a condition" not in what and "by hand" not in what)
    odd = (what for what in odd if not what.startswith("its hand reading"))
    kinds = Counter(PLACE.sub("…", what) for what in odd)
    assert kinds == {
        "an id that stands twice; the first is meant": 5,
        "… describes no single IOD": 155,  # of 159 SOP Classes: the excerpt has four IODs
        "a reference to …, which isn't there": 147,
        "an Include of …, which isn't there": 3,
        "… is not in the registry": 44,  # Attributes of 2015c to 2016c
        "… is not in the registry of UIDs": 46,  # SOP Classes of 2015c to 2020c
        "… holds 'CT X-Ray Details Sequence', not 'CT X-Ray Details'": 1,
        "… is not in the IOD": 1,  # its Module isn't in the excerpt
    }


def test_a_hand_reading_of_another_text_is_named_and_not_taken(read):
    """Eight years of changes: the paragraphs are there, the words aren't those that were read."""
    changed = {p.place for p in read.errata.problems if "changed since" in p.what}
    assert len(changed) > 20
    assert not changed & {place for place, _ in read.conditions.by_hand}
    nameless = [p for p in read.errata.problems if p.what.startswith("its hand reading")]
    assert len(nameless) == 1  # Patient's Birth Date in Alternative Calendar is younger than Part 6


def test_ids_that_stand_twice_are_named_and_the_first_is_meant(read, tables):
    assert [p.place for p in read.errata.problems if "twice" in p.what] == TWICE
    assert tables["table_C.8-40"].section == "sect_C.8.8.4"


def test_an_ie_spans_its_modules_and_macros_their_usage(read):
    iods = {iod.name: iod for iod in read.edition.iods}
    dose = [(entity.name, len(entity.modules)) for entity in iods["RT Dose"].entities]
    assert dose == [
        ("Patient", 2),
        ("Study", 3),
        ("Series", 2),
        ("Frame of Reference", 1),
        ("Equipment", 1),
        ("Dose", 15),
    ]
    enhanced = iods["Enhanced CT Image"]
    assert (enhanced.functional_group_table, len(enhanced.functional_groups)) == (
        "table_A.38-2",
        24,
    )
    content = next(use for use in enhanced.functional_groups if use.name == "Frame Content")
    assert (content.usage, content.sharing) == (Usage.MANDATORY, Sharing.PER_FRAME_ONLY)
    for iod in read.edition.iods:
        assert all(module.table for entity in iod.entities for module in entity.modules)


def test_rows_are_nested_and_macros_included(tables):
    exposure = tables["table_C.8-124"]
    (sequence,) = exposure.entries
    assert isinstance(sequence, Attribute)
    assert sequence.tag == "(0018,9321)"
    assert len(list(walk(exposure.entries))) == 12
    assert sum(bool(getattr(entry, "entries", ())) for entry in sequence.entries) == 2
    includes = [
        e for table in tables.values() for e in walk(table.entries) if isinstance(e, Include)
    ]
    assert len(includes) == 183
    assert Counter(e.what for e in includes if e.table is None) == {"functional groups": 2}


def test_lists_are_read_as_printed(read, tables):
    root = opened_original(FILES[0]).tables[0].element.getroottree().getroot()
    titled = [lst for lst in root.iter(f"{NS}variablelist") if lst.find(f"{NS}title") is not None]
    twice = next(t for t in opened_original(FILES[0]).tables if t.id == "table_C.8-40").element
    lists = [
        one for t in tables.values() for e in walk(t.entries) for one in getattr(e, "values", ())
    ]
    lists += [one for section in read.edition.section_values for one in section.lists]
    inside = {para.get(ID) or "" for lst in titled for para in lst.iter(f"{NS}para")}
    assert len([one for one in lists if one.paragraph in inside or not one.paragraph]) == (
        len(titled) - len(list(twice.iter(f"{NS}variablelist")))
    )


def test_baseline_and_defined_are_read_as_words_too(tables):
    groups = [
        (group.cid, group.baseline, group.tag, group.condition is not None)
        for table in tables.values()
        for entry in walk(table.entries)
        for group in getattr(entry, "context_groups", ())
    ]
    assert ("5002", True, None, False) in groups
    assert ("9000", True, "(0040,A043)", False) in groups
    assert ("82", False, "(0040,08EA)", True) in groups
    assert ("7040", True, None, True) in groups


def test_keywords_are_free_of_zero_width_spaces(read):
    for element in read.edition.elements:
        assert element.keyword.isascii()
        assert element.keyword == "" or element.keyword.isalnum()


def test_sop_classes_of_the_iods_that_are_there_are_mapped(read):
    mapped = {one.uid: one.iod for one in read.edition.sop_classes if one.iod}
    assert mapped == {
        "1.2.840.10008.5.1.4.1.1.2": "CT Image",
        "1.2.840.10008.5.1.4.1.1.2.1": "Enhanced CT Image",
        "1.2.840.10008.5.1.4.1.1.12.1.1": "Enhanced X-Ray Angiographic Image",
        "1.2.840.10008.5.1.4.1.1.481.2": "RT Dose",
    }
