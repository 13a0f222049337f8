"""Bulk values of any bytes, and many fragments: no check crashes, and none takes long."""

from struct import pack

import hypothesis.strategies as st
from hypothesis import given, settings
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec import edition as editions
from dicomspec.catalogue import CATALOGUE
from dicomspec.dataset import from_dataset
from dicomspec.validation.checks import bulk, encapsulated, image_facts
from dicomspec.validation.transfer_syntaxes import KNOWN, STANDARD
from tests.dicomspec.dataset.build import UNDEFINED, item
from tests.dicomspec.validation.conftest import validator
from tests.dicomspec.validation.images import (
    BASELINE,
    ECG,
    MR_SPECTROSCOPY,
    SC,
    US,
    codes,
    file,
    fragments,
    gray,
    jpeg,
    jpeg_2000,
    rle,
    said,
)

FRAME = len(rle()) + 8


def test_the_facts_of_transfer_syntaxes_are_of_the_registry():
    edition = editions.load("2024c")
    for uid, known in KNOWN.items():
        assert edition.uids[uid].type == "Transfer Syntax"
        assert known.encapsulated or not known.allowed
        for row in known.allowed:
            assert row.photometric <= STANDARD


def test_each_element_that_is_asked_is_one_of_the_registry():
    edition = editions.load("2024c")
    for tag in bulk._TAGS:
        assert edition.element(tag) is not None
    assert all(code in CATALOGUE for code in (encapsulated._BASIC, encapsulated._EXTENDED))


_ENCAPSULATING = sorted(uid for uid, known in KNOWN.items() if known.encapsulated)
_ABOUT = sorted(
    {tag for tag in bulk._TAGS if not 0x60020000 <= tag < 0x60200000}
    | {image_facts.SAMPLES, image_facts.PLANAR, image_facts.STORED, image_facts.HIGH_BIT}
    | {image_facts.REPRESENTATION, 0x00283006, 0x00281201, 0x00281202, 0x60000010, 0x60000011}
    | {0x60000015, 0x003A0005, 0x003A0010, 0x00289001, 0x00289002, 0x00289108, 0x00420011}
)
_VRS = ["US", "SS", "IS", "OB", "OW", "OV", "UL", "UV", "CS", "UN", "FD", None]
_VALUES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        (
            *(b"\1\0", b"\2\0", b"\x08\0", b"\x10\0", b"\xff\xff", b"RGB ", b"YBR_RCT ", b"-1"),
            *(fragments(rle()), fragments(jpeg()), fragments(jpeg_2000()), b"\4\0\0\0\x10\0"),
        )
    ),
)


@st.composite
def odd(draw, *, within: bool = False):
    """Data sets of the elements that bulk values are about, with any bytes in them."""
    elements: dict[BaseTag, DataElement | RawDataElement] = {}
    for tag in draw(st.lists(st.sampled_from(_ABOUT), min_size=3, max_size=14, unique=True)):
        value, vr = draw(_VALUES), draw(st.sampled_from(_VRS))
        length = UNDEFINED if draw(st.booleans()) and tag == 0x7FE00010 else len(value)
        little = draw(st.booleans())
        parts = (BaseTag(tag), vr, length, value, 0, vr is None, little)
        elements[BaseTag(tag)] = RawDataElement(*parts)
    if not within and draw(st.booleans()):
        sequence = BaseTag(draw(st.sampled_from([0x00880200, 0x00283010, 0x54000100, 0x20500010])))
        items = Sequence([draw(odd(within=True))])
        elements[sequence] = DataElement(sequence, "SQ", items)
    # all at once: adding a Sequence makes pydicom decode what is there
    return Dataset(elements)


@settings(max_examples=200, deadline=None)
@given(odd(), st.sampled_from([SC, US, ECG, MR_SPECTROSCOPY]), st.sampled_from(sorted(KNOWN)))
def test_no_value_crashes_a_check_of_bulk(dataset, uid, syntax):
    dataset[0x00080016] = DataElement(0x00080016, "UI", uid)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    findings = validator().validate(from_dataset(dataset)).findings
    assert [each.message for each in findings if each.code == "internal/check-crashed"] == []


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80), st.binary(max_size=24), st.sampled_from(_ENCAPSULATING))
def test_no_bytes_of_a_frame_or_a_table_crash_a_check(content, table, syntax):
    pixels = fragments(content[: len(content) & ~1], table=table[: len(table) & ~1])
    assert "internal/check-crashed" not in dict(said(file(gray(), syntax, pixels)))


def test_a_million_fragments_cost_little_memory():
    """Twelve bytes each are kept, and an offset table is read in pieces."""
    many = 200_000
    table = pack(f"<{many}L", *range(0, 10 * many, 10))
    dataset = gray(NumberOfFrames=many)
    found = file(dataset, BASELINE, item(table) + item(b"\xff\xd8") * many)
    assert codes(found) == []
