from struct import pack

import pytest

from dicomspec.dataset import BadElement, Unreadable, is_empty, items
from tests.dicomspec.dataset.build import (
    BIG,
    IMPLICIT,
    ITEM_END,
    SEQUENCE_END,
    UNDEFINED,
    explicit,
    get,
    implicit,
    item,
    part10,
    read_bytes,
    said,
    sequence,
)

SEQUENCE = 0x00081140
UID = explicit(0x00081155, "UI", b"1.2.3\0")
AFTER = explicit(0x00100020, "LO", b"1234")


@pytest.mark.parametrize("undefined", [False, True])
@pytest.mark.parametrize("open_items", [False, True])
def test_items(undefined, open_items):
    data = sequence(
        SEQUENCE,
        item(UID, undefined=open_items),
        item(undefined=open_items),
        undefined=undefined,
    )
    found = read_bytes(part10(data + AFTER))
    first, second = items(get(found.dataset, SEQUENCE)) or ()
    assert first.ReferencedSOPInstanceUID == "1.2.3"
    assert len(second) == 0
    assert first.is_undefined_length_sequence_item is open_items
    assert found.dataset[SEQUENCE].is_undefined_length is undefined
    assert found.dataset.PatientID == "1234"
    assert said(found) == []


@pytest.mark.parametrize("undefined", [False, True])
def test_no_items(undefined):
    found = read_bytes(part10(sequence(SEQUENCE, undefined=undefined)))
    element = get(found.dataset, SEQUENCE)
    assert list(items(element) or ()) == []
    assert is_empty(element)


def test_implicit_vr():
    inner = implicit(0x00081155, b"1.2.3\0")
    private = implicit(0x00091010, item(inner) + SEQUENCE_END, UNDEFINED)
    found = read_bytes(part10(implicit(SEQUENCE, item(inner)) + private, IMPLICIT))
    for tag in (SEQUENCE, 0x00091010):
        (only,) = items(get(found.dataset, tag)) or ()
        assert only.ReferencedSOPInstanceUID == "1.2.3"


def test_big_endian():
    inner = explicit(0x00280010, "US", pack(">H", 512), order=">")
    whole = pack(">HHL", 0xFFFE, 0xE000, len(inner)) + inner
    found = read_bytes(part10(explicit(SEQUENCE, "SQ", whole, order=">"), BIG))
    assert found.dataset.ReferencedImageSequence[0].Rows == 512


@pytest.mark.parametrize("uid", ["1.2.840.10008.1.2.1", BIG])
def test_un_of_undefined_length_is_implicit_and_little_endian(uid):
    order = ">" if uid == BIG else "<"
    inner = item(implicit(0x00081155, b"1.2.3\0"), undefined=True) + SEQUENCE_END
    data = explicit(0x00091010, "UN", length=UNDEFINED, order=order) + inner
    found = read_bytes(part10(data + explicit(0x00100020, "LO", b"1234", order=order), uid))
    (only,) = items(get(found.dataset, 0x00091010)) or ()
    assert only.ReferencedSOPInstanceUID == "1.2.3"
    assert found.dataset.PatientID == "1234"


@pytest.mark.parametrize("inner", [UID, implicit(0x00081155, b"1.2.3\0")])
@pytest.mark.parametrize("padding", [b"", explicit(0x00420011, "OB", bytes(4000))])
def test_un_of_defined_length(inner, padding):
    if padding and inner != UID:
        padding = implicit(0x00420011, bytes(4000))
    found = read_bytes(part10(sequence(SEQUENCE, item(inner + padding), vr="UN") + AFTER))
    element = get(found.dataset, SEQUENCE)
    assert element.VR == "UN"
    assert (element.value is None) is bool(padding)
    (only,) = items(element) or ()
    assert only.ReferencedSOPInstanceUID == "1.2.3"
    assert items(element) is items(element)


def test_un_that_is_no_sequence():
    found = read_bytes(part10(explicit(0x00091010, "UN", b"abcd") + AFTER))
    assert items(get(found.dataset, 0x00091010)) is None
    starts_like_one = explicit(0x00091010, "UN", item(b"abcdefgh"))
    assert items(get(read_bytes(part10(starts_like_one)).dataset, 0x00091010)) is None


def test_un_that_should_be_a_sequence_and_is_not():
    found = read_bytes(part10(explicit(SEQUENCE, "UN", b"abcd") + AFTER))
    with pytest.raises(BadElement, match="within the tag and length of an Item"):
        items(get(found.dataset, SEQUENCE))


def test_another_vr_is_no_sequence():
    found = read_bytes(part10(explicit(SEQUENCE, "LO", b"abcd") + AFTER))
    assert items(get(found.dataset, SEQUENCE)) is None


def test_a_sequence_that_cannot_be_followed_stays_raw_and_the_rest_is_read():
    outer = sequence(0x00400275, item(explicit(SEQUENCE, "SQ", b"not Items at all")))
    found = read_bytes(part10(outer + explicit(0x00400280, "ST", b"1234")))
    assert found.dataset.CommentsOnThePerformedProcedureStep == "1234"
    (only,) = found.dataset.RequestAttributesSequence
    element = get(only, SEQUENCE)
    assert (element.VR, element.length, element.value) == ("SQ", 16, None)
    assert not is_empty(element)
    with pytest.raises(BadElement, match="an unknown element where an Item is due"):
        items(element)
    path = "(0040,0275)[1].(0008,1140)"
    reason = f"{path}: an unknown element where an Item is due"
    (remark,) = found.remarks
    assert (remark.code, remark.path) == ("encoding/sequence-not-followed", path)
    assert remark.message == f"The Sequence can't be followed: {reason}."
    start = len(part10(b"")) + 12 + 8
    assert remark.offset == start


def test_what_was_remarked_in_a_sequence_that_cannot_be_followed_is_taken_back():
    odd = explicit(0x00081155, "UI", b"1.2")
    broken = explicit(SEQUENCE, "SQ", item(odd) + b"no Items")
    found = read_bytes(part10(broken + AFTER))
    assert said(found) == [
        ("encoding/odd-length", "(0008,1140)"),
        ("encoding/sequence-not-followed", "(0008,1140)"),
    ]


def test_an_item_longer_than_its_sequence():
    data = explicit(SEQUENCE, "SQ", pack("<HHL", 0xFFFE, 0xE000, 100) + UID) + AFTER
    found = read_bytes(part10(data + explicit(0x00420011, "OB", bytes(200))))
    assert found.dataset.PatientID == "1234"
    with pytest.raises(BadElement, match="a length ends within an Item of 100 bytes"):
        items(get(found.dataset, SEQUENCE))


def test_an_element_longer_than_its_item():
    inner = explicit(0x00081155, "UI", b"1.2.3\0", length=600)
    found = read_bytes(part10(sequence(SEQUENCE, item(inner)) + AFTER + bytes(1000)))
    with pytest.raises(BadElement, match=r"a length ends within .*whose value of 600 bytes"):
        items(get(found.dataset, SEQUENCE))
    assert found.dataset.PatientID == "1234"


def test_delimiters_where_none_is_due_are_remarked():
    stray = sequence(SEQUENCE, item(UID), SEQUENCE_END) + SEQUENCE_END + AFTER + ITEM_END
    found = read_bytes(part10(stray))
    assert found.dataset.PatientID == "1234"
    paths = [("encoding/delimiter", path) for path in ("(0008,1140)[1]", "", "")]
    assert said(found) == paths
    assert [remark.message[:11] for remark in found.remarks] == [
        "(FFFE,E0DD)",
        "(FFFE,E0DD)",
        "(FFFE,E00D)",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (item(UID), "(FFFE,E000) where an element is due"),
        (
            explicit(SEQUENCE, "SQ", item(UID), UNDEFINED),
            "the data end in a Sequence without its Sequence Delimitation Item ((0008,1140)[1])",
        ),
        (
            explicit(SEQUENCE, "SQ", length=UNDEFINED) + item(UID, undefined=True)[:-8],
            "the data end in an Item without its Item Delimitation Item ((0008,1140)[1])",
        ),
        (
            explicit(SEQUENCE, "SQ", length=UNDEFINED) + item(undefined=True)[:-8] + SEQUENCE_END,
            "(0008,1140)[1]: (FFFE,E0DD) where an element is due",
        ),
        (
            explicit(0x7FE00010, "OB", b"\xff\xd8\xff\xe0 no Item", UNDEFINED),
            "(7FE0,0010): not a series of fragments",
        ),
    ],
)
def test_a_structure_that_cannot_be_followed(data, reason):
    with pytest.raises(Unreadable) as caught:
        read_bytes(part10(data))
    assert caught.value.reason == reason
    assert caught.value.offset is not None
