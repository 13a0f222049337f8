"""Content constraints of IODs: made sections, and those of the real standard."""

import pytest

from codegen.docbook import Book, digest
from codegen.errata import Errata
from codegen.extract.constraints import Constraints, Hand, load
from codegen.extract.names import Names
from codegen.extract.paths import Paths
from dicomspec.model import (
    IOD,
    Attribute,
    Conditional,
    Include,
    InformationEntity,
    Is,
    Judgement,
    ModuleExclusion,
    ModuleUse,
    Table,
    TableKind,
    Type,
    Usage,
)
from tests.codegen.conftest import needs, read_session
from tests.codegen.made import Maker, book

COLOUR, SHADE, WALLS, NESTED = "(0011,0001)", "(0011,0003)", "(0011,0010)", "(0011,0011)"
NAMES = Names(
    {"Colour": COLOUR, "Shade": SHADE, "Wall Sequence": WALLS, "Inner Sequence": NESTED},
    sequences=[WALLS, NESTED],
)


def attribute(tag: str, *entries: Attribute | Include) -> Attribute:
    return Attribute(tag, "", Type.TYPE_1, "", entries=entries)


def table(*entries: Attribute | Include, name: str = "table_1") -> Table:
    return Table(name, "Walls", TableKind.MODULE, "sect_C.1", "sect_C.1", entries)


TABLES = {
    "table_1": table(
        attribute(COLOUR), attribute(WALLS, attribute(COLOUR), Include("table_2", "row"))
    ),
    "table_2": table(
        attribute(SHADE), attribute(NESTED, Include("table_2", "row")), name="table_2"
    ),
}


def iod(name: str = "Made Up") -> IOD:
    use = ModuleUse("Walls", "table_1", None, Usage.MANDATORY, "row")
    return IOD(name, "table_A.1-1", "sect_A.1.3", "", (InformationEntity("Wall", (use,)),))


def made(title: str, *blocks: str) -> Book:
    maker = Maker()
    own = maker.section("sect_A.1.4.1", title, *(maker.block(block) for block in blocks))
    every = maker.section(
        "sect_A.1",
        "Made Up IOD",
        maker.section("sect_A.1.3", "Table"),
        maker.section("sect_A.1.4", "Made Up IOD Content Constraints", own),
    )
    described = maker.section("sect_C.1", "Walls Module", maker.section("sect_C.2", "Roof Module"))
    first = maker.section("sect_A.0", "General")
    return book(maker.chapter("chapter_A", first, every), maker.chapter("chapter_C", described))


def read(
    title: str, *blocks: str, hand: dict[tuple[str, str], Hand] | None = None
) -> tuple[IOD, Constraints, Errata]:
    errata = Errata()
    every = Constraints(made(title, *blocks), NAMES, list(TABLES.values()), errata, hand or {})
    (found,) = every.read([iod()])
    return found, every, errata


def test_paths_follow_includes_and_prefer_the_root():
    paths = Paths(iod(), TABLES)
    assert paths.ending((COLOUR,)) == [(COLOUR,)]
    assert paths.ending((WALLS, COLOUR)) == [(WALLS, COLOUR)]
    assert paths.ending((SHADE,)) == [(WALLS, SHADE)]
    assert paths.ending((NESTED, SHADE)) == []
    assert paths.ending(("(0011,9999)",)) == []


def test_a_sentence_becomes_a_constraint_at_its_path():
    found, every, errata = read("Colours", "Colour (0011,0001) shall be RED or BLUE.")
    (one,) = found.values
    assert (one.path, one.section, one.page) == ((COLOUR,), "sect_A.1.4.1", "sect_A.1.4")
    assert (one.values.values, one.values.closed) == (("RED", "BLUE"), True)
    assert (every.blocks["read"], errata.problems) == (1, [])
    found, _, _ = read("Colours", "Shade in the Wall Sequence (0011,0010) shall be DARK.")
    assert [each.path for each in found.values] == [(WALLS, SHADE)]


def test_a_list_is_for_its_section():
    found, _, _ = read("Colour", "Enumerated Values: * RED, BLUE")
    (one,) = found.values
    assert (one.path, one.values.values, one.values.tags) == ((COLOUR,), ("RED", "BLUE"), ())
    found, _, _ = read("x", "Colour in Wall Sequence is as follows.", "Enumerated Values: * RED")
    assert [each.path for each in found.values] == [(WALLS, COLOUR)]


def test_modules_and_attributes_that_shall_not_be_there():
    found, _, _ = read(
        "x", "The [sect_C.1] and [sect_C.2] shall not be present.", "Colour shall not be present."
    )
    assert found.excluded == (
        ModuleExclusion("Walls", "sect_A.1.4.1", "sect_A.1.4"),
        ModuleExclusion("Roof", "sect_A.1.4.1", "sect_A.1.4"),
    )
    (absent,) = found.presence
    assert (absent.path, absent.forbidden, absent.condition) == ((COLOUR,), True, None)
    named = "The Roof Module and Old Wall Module shall not be used"
    found, _, _ = read("x", named + " in a Standard Extended SOP Class of the X.")
    assert [each.name for each in found.excluded] == ["Roof", "Old Wall"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("For Wall Sequence D[sect_CID_2] shall be used.", "Context Groups and codes"),
        ("The Defined TID for it is [sect_TID_2].", "Templates"),
        ("Walls may be red.", "no requirement"),
        ("The value of Colour is not constrained.", "no requirement"),
        ("Colour shall be as dark as Shade.", "not read"),
        ("If it rains, Colour shall be RED.", "not read"),
    ],
)
def test_what_lays_down_no_values_is_counted_by_kind(said, kind):
    found, every, _ = read("x", said, "Note: Colour shall be RED.")
    assert found.values == ()
    assert every.blocks == {kind: 1}


def test_a_hand_reading_counts_only_for_its_text():
    said = "If it rains, Colour shall be RED."
    hand = {("p1", digest(said)): Hand(({"path": [COLOUR], "values": ["RED"], "when": "rain"},))}
    found, _, errata = read("x", said, hand=hand)
    (one,) = found.values
    assert one.values.condition is not None
    assert errata.problems == []
    found, every, errata = read("x", said + " Or so.", hand=hand)
    assert (found.values, every.blocks["not read"]) == ((), 1)
    assert [problem.what for problem in errata.problems] == [
        "the text changed since it was read by hand"
    ]


def test_an_attribute_that_the_iod_lacks_is_named():
    found, _, errata = read("x", "Shade in the Inner Sequence shall be DARK.")
    assert found.values == ()
    assert [problem.what for problem in errata.problems] == [
        "(0011,0011) > (0011,0003) is not in the IOD"
    ]


def test_hand_readings_are_of_one_kind_each():
    for hand in load().values():
        assert sum(map(bool, (hand.of, hand.nothing, hand.unread))) == 1


def constrained(name: str) -> IOD:
    needs("2024c")
    return next(iod for iod in read_session("2024c").edition.iods if iod.name == name)


def test_real_modalities():
    expected = {
        "VL Endoscopic Image": "ES",
        "12-Lead ECG": "ECG",
        "Enhanced PET Image": "PT",
        "RT Physician Intent": "RTINTENT",
        "Encapsulated STL": "M3D",
    }
    for name, modality in expected.items():
        found = [one for one in constrained(name).values if one.path == ("(0008,0060)",)]
        assert [one.values.values for one in found] == [(modality,)], name


def test_real_constraints():
    byte = constrained("Multi-frame Grayscale Byte Secondary Capture Image")
    values = {one.path[-1]: one.values.values for one in byte.values}
    assert values["(0028,0100)"] == ("8",)
    assert values["(0028,0102)"] == ("7",)
    assert values["(0028,1054)"] == ("US",)
    assert [(one.path, one.forbidden) for one in byte.presence] == [(("(0028,0006)",), True)]
    assert [one.name for one in byte.excluded] == ["Overlay Plane"]
    audio = constrained("Basic Voice Audio Waveform")
    assert [one.values.values for one in audio.values if one.path[-1] == "(003A,0005)"] == [
        ("1", "2")
    ]
    volume = constrained("Enhanced US Volume")
    assert {one.path[0] for one in volume.values if one.path[-1] == "(0008,9206)"} == {
        "(5200,9229)",
        "(5200,9230)",
    }


def test_real_constraints_under_a_condition():
    colour = constrained("Multi-frame True Color Secondary Capture Image")
    (planar,) = (one for one in colour.values if one.path == ("(0028,0006)",))
    assert isinstance(planar.values.condition, Conditional)
    assert isinstance(planar.values.condition.required, Is)
    angiographic = constrained("X-Ray 3D Angiographic Image")
    (system,) = (one for one in angiographic.values if one.path == ("(0028,9537)",))
    assert isinstance(system.values.condition, Conditional)
    assert isinstance(system.values.condition.required, Judgement)


@pytest.mark.parametrize("edition", ["2024c", "2024a"])
def test_each_block_is_read_of_a_kind_or_not_read_for_a_reason(edition):
    needs(edition)
    constraints = read_session(edition).constraints
    whys = {why for _, why in constraints.unread}
    assert whys == {
        "a number of Items",
        "a range of numbers",
        "a relation",
        "a Type",
        "values of samples",
    }
    assert constraints.blocks["not read"] == len(constraints.unread)
