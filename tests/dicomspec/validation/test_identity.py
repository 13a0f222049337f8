"""What elements are, and whether they may be where they are (PS3.5 7, PS3.6, PS3.3 A.1.3)."""

import time

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec import edition as editions
from dicomspec.findings import Finding
from dicomspec.validation.plan import Plan
from dicomspec.validation.scope import number
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, ENHANCED_CT, check, validator

EDITION = editions.load("2024c")
ENHANCED_MR, RAW_DATA = "1.2.840.10008.5.1.4.1.1.4.1", "1.2.840.10008.5.1.4.1.1.66"
SR, DIRECTORY = "1.2.840.10008.5.1.4.1.1.88.33", "1.2.840.10008.1.3.10"
CODES = frozenset({
    "attribute/retired", "attribute/unknown", "attribute/not-in-iod", "attribute/misplaced",
    "attribute/group-not-permitted", "attribute/private", "attribute/private-without-creator",
    "attribute/private-creator", "attribute/private-creator-twice",
    "attribute/private-not-permitted", "attribute/in-private-item", "charset/in-item",
})  # fmt: skip
SOP_CLASSES = [
    pytest.param(each.uid, id=each.iod)
    for each in {each.iod: each for each in EDITION.sop_classes.values() if each.iod}.values()
]


def on_identity(dataset: Dataset) -> list[Finding]:
    return [each for each in check(dataset).findings if each.code in CODES]


def found(dataset: Dataset) -> list[tuple[str, str]]:
    return [(each.code.partition("/")[2], each.location.path) for each in on_identity(dataset)]


def with_elements(dataset: Dataset, *elements: tuple[int, str, object]) -> Dataset:
    for tag, vr, value in elements:
        dataset[tag] = DataElement(tag, vr, value)
    return dataset


def item(*elements: tuple[int, str, object]) -> Dataset:
    return with_elements(Dataset(), *elements)


def ct(*elements: tuple[int, str, object]) -> Dataset:
    return with_elements(minimal.instance(EDITION, CT), *elements)


def raw(tag: int, vr: str | None, value: bytes | None, length: int | None = None) -> RawDataElement:
    size = len(value or b"") if length is None else length
    return RawDataElement(BaseTag(tag), vr, size, value, 0, vr is None, is_little_endian=True)


MADE_UP = "MADE UP"
SHARED, FRAMES, UNASSIGNED = 0x52009229, 0x52009230, 0x00209171


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        # fine in any data set, or any Item of it
        ([(0xFFFCFFFC, "OB", b"\0\0")], []),
        ([(0x00400275, "SQ", [item((0xFFFAFFFA, "SQ", []), (0x4FFE0001, "SQ", []))])], []),
        ([(0x00080005, "CS", "ISO_IR 100")], []),
        ([(0x00090010, "LO", MADE_UP), (0x000B0010, "LO", MADE_UP)], []),
        # repeating groups
        ([(0x601E0022, "LO", "1")], []),
        ([(0x60200060, "CS", "RLE")], [("group-not-permitted", "(6020,0060)")]),
        ([(0x60200010, "US", 1)], [("group-not-permitted", "(6020,0010)")]),
        ([(0x60020023, "LO", "1")], [("unknown", "(6002,0023)")]),
        ([(0x50100010, "US", 1)], [("retired", "(5010,0010)")]),
        # numbers of groups and elements
        ([(0x00080001, "UL", 1)], [("retired", "(0008,0001)")]),
        ([(0x00090000, "UL", 1)], [("retired", "(0009,0000)")]),
        ([(0x00080000, "UL", 1), (0x00100000, "UL", 1)], [("retired", "(0008,0000)")]),
        ([(0x00041220, "SQ", [])], [("group-not-permitted", "(0004,1220)")]),
        ([(0x00060001, "SQ", [])], [("group-not-permitted", "(0006,0001)")]),
        ([(0xFFFEE00D, "OB", b"")], [("group-not-permitted", "(FFFE,E00D)")]),
        ([(0xFFFF0010, "LO", "1")], [("group-not-permitted", "(FFFF,0010)")]),
        ([(0x0009000F, "LO", "1")], [("private-not-permitted", "(0009,000F)")]),
        ([(0x00090FFF, "LO", "1")], [("private-not-permitted", "(0009,0FFF)")]),
        # blocks: one finding each, at the Private Creator or the first of the elements
        (
            [
                (0x00090011, "LO", MADE_UP),
                (0x00091101, "LO", "1"),
                (0x00091203, "LO", "1"),
                (0x00091201, "LO", "1"),
                (0x00091301, "LO", "1"),
            ],
            [
                ("private", "(0009,0011)"),
                ("private-without-creator", "(0009,1201)"),
                ("private-without-creator", "(0009,1301)"),
            ],
        ),
        # what stands in Items
        (
            [(0x00082112, "SQ", [item((0x00080018, "UI", "1.2"), (0x00080081, "ST", "x"))])],
            [
                ("misplaced", "(0008,2112)[1].(0008,0018)"),
                ("misplaced", "(0008,2112)[1].(0008,0081)"),
            ],
        ),
        ([(0x00082112, "SQ", [item((0x300A00B0, "SQ", []))])], [
            ("not-in-iod", "(0008,2112)[1].(300A,00B0)"),
        ]),
        # of what stands in an Attribute that the IOD doesn't have, nothing is asked
        (
            [(0x300A00B0, "SQ", [item((0x00080005, "CS", "ISO_IR 100"), (0x00180081, "DS", "1"))])],
            [("not-in-iod", "(300A,00B0)")],
        ),
    ],
)  # fmt: skip
def test_elements(elements, expected):
    assert found(ct(*elements)) == expected


def test_what_is_said_of_the_place():
    (finding,) = on_identity(ct((0x00321060, "LO", "secret")))
    assert finding.message == (
        "Requested Procedure Description is not asked for here; "
        "the IOD has it elsewhere, as in RequestAttributesSequence."
    )
    assert finding.citation.table == "table_10-9"
    assert finding.value == "secret"


def test_private_elements_are_counted():
    within = item((0x00090010, "LO", MADE_UP), (0x00091001, "LO", "1"), (0x00091002, "LO", "2"))
    alone = item((0x00091001, "LO", "1"))
    (note, error) = on_identity(ct((0x00400275, "SQ", [alone, within, within, alone])))[::-1]
    assert note.location.path == "(0040,0275)[2].(0009,0010)"
    assert note.message == (
        "4 private elements of the block that this Private Creator reserves. It is so in 2 Items."
    )
    assert note.value == MADE_UP
    assert error.location.path == "(0040,0275)[1].(0009,1001)"
    assert error.message == (
        "No Private Creator reserves the block of this private element and 1 more."
        " It is so in 2 Items."
    )


def test_private_creators_of_other_names_are_notes_of_their_own():
    one = item((0x00090010, "LO", MADE_UP), (0x00091001, "LO", "1"))
    other = item((0x00090010, "LO", "OTHER"), (0x00091001, "LO", "1"))
    notes = on_identity(ct((0x00400275, "SQ", [one, other])))
    assert [each.value for each in notes] == [MADE_UP, "OTHER"]


@pytest.mark.parametrize(
    ("element", "wrong"),
    [
        (raw(0x00090010, "LO", b"MADE UP "), False),
        (raw(0x00090010, None, b"MADE UP "), False),
        (raw(0x00090010, "UN", b"MADE UP "), False),
        (raw(0x00090010, "LO", None, 1 << 20), False),  # left in the file
        (raw(0x00090010, "LO", b""), True),
        (raw(0x00090010, None, b"  "), True),
        (raw(0x00090010, "LO", b"MADE\\UP "), True),
        (raw(0x00090010, None, b"\xdcber"), True),
        (raw(0x00090010, "LO", b"\x1b$BMADE"), True),
        (raw(0x00090010, "OB", b"MADE UP "), True),
        (DataElement(0x00090010, "LO", ["MADE", "UP"]), True),
        (DataElement(0x00090010, "LO", None), True),
        (DataElement(0x00090010, "SQ", Sequence([])), True),
    ],
)
def test_private_creators(element, wrong):
    dataset = ct()
    dataset[0x00090010] = element
    assert found(dataset) == [("private-creator", "(0009,0010)")] * wrong


# of "attribute/in-private-item", which no data set has without private elements
@pytest.mark.parametrize("tag", [0x7FE00010, 0x7FE00008, 0x7FE00009, 0x54001010, 0x60023000])
def test_no_bulk_in_private_items(tag):
    inner = item((tag, "OW", b"\0\0"))
    path = f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
    private = (0x00091001, "SQ", [item((0x00880200, "SQ", [inner])), inner])
    within = ct((0x00090010, "LO", MADE_UP), private)
    assert found(within) == [
        ("private", "(0009,0010)"),
        ("in-private-item", f"(0009,1001)[1].(0088,0200)[1].{path}"),
        ("in-private-item", f"(0009,1001)[2].{path}"),
    ]
    assert on_identity(within)[1].code == "attribute/in-private-item"
    (told,) = found(ct((0x00880200, "SQ", [inner]))) or [("", "")]
    assert told[0] != "in-private-item"


def test_modules_that_are_not_in_force():
    """What another Module than those in force has in the same Items is that Module's matter."""
    source = item(
        (0x0028135A, "CS", "YES"), (0x00321060, "LO", "1")
    )  # the first: General Reference
    dataset = minimal.instance(EDITION, "1.2.840.10008.5.1.4.1.1.6.2")  # Enhanced US Volume
    with_elements(dataset, (0x00082112, "SQ", [source]))
    assert found(dataset) == [("misplaced", "(0008,2112)[1].(0032,1060)")]
    assert found(ct((0x60000022, "LO", "1"))) == []  # makes the Overlay Plane Module present


def test_a_level_that_is_open_admits_what_is_known():
    groups = item((UNASSIGNED, "SQ", [item((0x00321060, "LO", "1"), (0x00324000, "LT", "1"))]))
    uid = "1.2.840.10008.5.1.4.1.1.2.2"
    dataset = with_elements(minimal.instance(EDITION, uid), (FRAMES, "SQ", [groups]))
    assert [each for each in found(dataset) if UNASSIGNED_PATH in each[1]] == [
        ("retired", f"(5200,9230)[1].{UNASSIGNED_PATH}[1].(0032,4000)")
    ]


UNASSIGNED_PATH = "(0020,9171)"


def test_raw_data_admits_private_elements_only():
    dataset = minimal.instance(EDITION, RAW_DATA)
    private = [(0x00090010, "LO", MADE_UP), (0x00091001, "LO", "1")]
    with_elements(dataset, *private, (0x00180081, "DS", "1"))
    assert found(dataset) == [("not-in-iod", "(0018,0081)"), ("private", "(0009,0010)")]


def test_a_directory_may_have_its_own_group_and_any_keys():
    record = item(
        (0x00041430, "CS", "PATIENT"), (0x00100010, "PN", "x"), (0x00180081, "DS", "1"),
        (0x00041600, "UL", 1),
    )  # fmt: skip
    dataset = with_elements(minimal.instance(EDITION, DIRECTORY), (0x00041220, "SQ", [record]))
    assert found(dataset) == [("retired", "(0004,1220)[1].(0004,1600)")]


def test_an_unknown_sop_class_has_no_iod_to_be_in():
    dataset = item(
        (0x00080016, "UI", "1.2.3"), (0x00180081, "DS", "1"), (0x00041220, "SQ", []),
        (0x00080001, "UL", 1), (0x00000100, "US", 1), (0x00089999, "LO", "1"),
    )  # fmt: skip
    assert sorted(found(dataset)) == [
        ("group-not-permitted", "(0000,0100)"),
        ("retired", "(0008,0001)"),
        ("unknown", "(0008,9999)"),
    ]


def foreign(plan: Plan) -> int:
    """Return the tag of a known Attribute that an IOD has nowhere."""
    return next(
        number(tag)
        for tag, element in EDITION.elements.items()
        if "x" not in tag
        and element.vr == ("LO",)
        and not element.retired
        and tag[1:5] > "0008"
        and number(tag) not in plan.whereabouts
    )


@pytest.mark.parametrize("uid", SOP_CLASSES)
def test_each_iod(uid):
    """The least data set has none of these; a foreign Attribute, at any level, is exactly one."""
    dataset = minimal.instance(EDITION, uid)
    assert found(dataset) == []
    plan, _ = validator()._judges(EDITION.sop_classes[uid].iod or "")
    tag = foreign(plan)
    path = f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
    with_elements(dataset, (tag, "LO", "1"))
    expected = [] if plan.whole.open else [("not-in-iod", path)]
    assert found(dataset) == expected
    del dataset[tag]
    for sequence, slot in plan.whole.slots.items():
        element = dataset.get(sequence)
        if slot.sequence and element is not None and element.value:
            with_elements(element.value[0], (tag, "LO", "1"))
            inner = f"({sequence >> 16:04X},{sequence & 0xFFFF:04X})[1].{path}"
            open_ = plan.children(slot).open
            assert found(dataset) == ([] if open_ else [("not-in-iod", inner)])
            del element.value[0][tag]


@pytest.mark.parametrize("name", editions.available())
def test_rows_are_of_the_registry_and_are_not_retired(name):
    edition = editions.load(name)
    for iod in edition.iods:
        for tag in Plan(edition, iod).whereabouts:
            element = edition.element(tag)
            assert element is not None
            assert not element.retired


def test_where_an_iod_has_an_attribute():
    plan = Plan(EDITION, "Enhanced MR Image")
    assert plan.whereabouts[0x00100010].sequences == ()
    assert plan.whereabouts[0x00180088].sequences == (SHARED, 0x00289110)
    assert plan.whereabouts[0x00189087].sequences == (SHARED, 0x00189117)
    assert 0x300A00B0 not in plan.whereabouts
    assert plan.whereabouts is plan.whereabouts


@st.composite
def any_elements(draw, depth=2):
    dataset = Dataset()
    for tag in draw(st.lists(st.integers(0, 0xFFFFFFFF), max_size=8)):
        if depth and draw(st.booleans()):
            items = draw(st.lists(any_elements(depth=depth - 1), max_size=2))
            dataset[tag] = DataElement(tag, "SQ", Sequence(items))
        else:
            vr = draw(st.sampled_from(["LO", "UN", "OB", "SQ", None]))
            dataset[tag] = raw(tag, vr, draw(st.binary(max_size=8)))
    return dataset


odd_ones = st.integers(0, 0xFFFF).map(lambda number: 0x00090000 | number)


@settings(max_examples=150, deadline=None)
@given(any_elements(), st.lists(odd_ones, max_size=6), st.sampled_from([CT, SR, "1.2.3", ""]))
def test_any_tag_with_any_value(dataset, odd, uid):
    for tag in odd:
        dataset[tag] = raw(tag, "LO", b"x")
    dataset[0x00080016] = DataElement(0x00080016, "UI", uid)
    report = check(dataset)
    assert not [each for each in report.findings if each.code == "internal/check-crashed"]


def test_a_thousand_frames_are_told_once():
    """Findings of identity are as many as there are paths, however many frames there are."""
    private = item((0x00090010, "LO", MADE_UP), (0x00091001, "LO", "1"), (0x00180081, "DS", "1"))
    frame = item((0x00289110, "SQ", [private]), (0x00091101, "LO", "1"))
    dataset = minimal.instance(EDITION, ENHANCED_CT)
    with_elements(dataset, (FRAMES, "SQ", [frame] * 1000))
    begin = time.perf_counter()
    findings = on_identity(dataset)
    assert time.perf_counter() - begin < 30
    assert sorted(each.location.unnumbered for each in findings) == [
        "(5200,9230).(0009,1101)",
        "(5200,9230).(0028,9110).(0009,0010)",
        "(5200,9230).(0028,9110).(0018,0081)",
    ]
    assert all("1000 Items" in each.message for each in findings)


def test_a_private_creator_that_is_a_sequence_is_not_written_out():
    inner = Dataset()
    inner[0x00000004] = raw(0x00000004, None, b"x")  # which pydicom can't show without a warning
    told = {each.code for each in check(ct((0x00090010, "SQ", [inner]))).findings}
    assert "attribute/private-creator" in told
    assert "internal/check-crashed" not in told


def test_a_group_beyond_the_repeating_ones_has_no_module():
    dataset = ct((0x60200010, "US", 1))
    told = [each.code for each in check(dataset).findings if each.path.startswith("(60")]
    assert told == ["attribute/group-not-permitted"]


def test_group_lengths_are_counted():
    lengths = [(group << 16, "UL", 1) for group in (0x0008, 0x0010, 0x0020)]
    (finding,) = on_identity(ct(*lengths))
    assert finding.message == "Group Lengths are retired. There are 3."
    assert finding.citation.section == "sect_7.2"
