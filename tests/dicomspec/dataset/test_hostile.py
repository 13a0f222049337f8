"""Whatever comes in is read or Unreadable: nothing else is raised, and no value is quoted."""

import io
import re
from pathlib import Path
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom._dicom_dict import DicomDictionary

from dicomspec.catalogue import CATALOGUE
from dicomspec.dataset import BadElement, Instance, Unreadable, is_empty, items, limits, read
from dicomspec.dataset.faults import shown
from tests.dicomspec.dataset.build import (
    EXPLICIT,
    IMPLICIT,
    ITEM_END,
    JPEG,
    SEQUENCE_END,
    UNDEFINED,
    explicit,
    get,
    implicit,
    item,
    part10,
    read_bytes,
    sequence,
    shipped,
)

SECRET = "Xylander^Quirin"
_INNER = explicit(0x00100010, "PN", SECRET.encode() + b" ")
_FRAMES = item() + item(bytes(20)) + SEQUENCE_END
EXPLICIT_ELEMENTS = [
    explicit(0x00080005, "CS", b"ISO_IR 192"),
    sequence(0x00081140, item(_INNER, undefined=True), item(_INNER), undefined=True),
    sequence(0x00091010, item(implicit(0x00100010, SECRET.encode() + b" ")), vr="UN"),
    _INNER,
    explicit(0x00420011, "OB", SECRET.encode() * 100),
    explicit(0x7FE00010, "OB", _FRAMES, UNDEFINED),
]
IMPLICIT_ELEMENTS = [
    implicit(0x00081140, item(implicit(0x00081155, b"1.2.3\0"))),
    implicit(0x00100010, SECRET.encode() + b" "),
    implicit(0x7FE00010, bytes(4000)),
]
SMALL = part10(b"".join(EXPLICIT_ELEMENTS), JPEG)
PLAIN = part10(b"".join(IMPLICIT_ELEMENTS), IMPLICIT)


def outcome(data: bytes, *, force: bool = False) -> Instance | Unreadable:
    """Read, walk all that was read, and hold what was said to the rules."""
    try:
        found: Instance | Unreadable = read_bytes(data, force=force)
    except Unreadable as fault:
        found = fault
    if isinstance(found, Unreadable):
        assert found.path == "<stream>"
        assert "failed" not in found.reason
        quotes_nothing(found.reason)
        assert found.offset is None or 0 <= found.offset <= len(data)
        return found
    walk(found.dataset)
    for remark in found.remarks:
        quotes_nothing(f"{remark.message} {remark.path}")
        assert remark.code in CATALOGUE
        assert remark.offset is None or 0 <= remark.offset <= len(data)
    return found


def quotes_nothing(words: str) -> None:
    assert words
    assert words.isascii()
    assert not re.search("xylander|quirin", words, re.IGNORECASE)


def walk(dataset):
    for element in dataset.elements():
        is_empty(element)
        try:
            inside = items(element)
        except BadElement as fault:
            quotes_nothing(fault.reason)
            continue
        for one in inside or ():
            walk(one)


@pytest.mark.parametrize(
    ("elements", "uid"),
    [(EXPLICIT_ELEMENTS, JPEG), (IMPLICIT_ELEMENTS, IMPLICIT)],
    ids=["explicit", "implicit"],
)
@pytest.mark.parametrize("force", [False, True])
def test_truncated_at_every_byte(elements, uid, force):
    whole = part10(b"".join(elements), uid)
    between = {
        len(part10(b"".join(elements[:number]), uid)): number for number in range(len(elements) + 1)
    }
    for length in range(133, len(whole) + 1):
        found = outcome(whole[:length], force=force)
        if isinstance(found, Instance):
            assert len(found.dataset) == between[length]
            continue
        assert length not in between
        assert found.offset == length
        assert found.reason.startswith("the data end ")


@pytest.mark.parametrize("force", [False, True])
def test_truncated_in_the_preamble(force):
    for length in range(133):
        assert isinstance(outcome(SMALL[:length], force=force), Unreadable)


def test_truncated_pixel_data_say_where():
    data = part10(explicit(0x7FE00010, "OW", bytes(100), length=200))
    found = outcome(data)
    assert isinstance(found, Unreadable)
    assert found.offset == len(data)
    value = f"whose value of 200 bytes starts at byte {len(data) - 100}"
    assert found.reason == f"the data end within (7FE0,0010), {value}"


def test_truncated_fragment_says_where():
    data = part10(explicit(0x7FE00010, "OB", item() + item(bytes(100))[:-1], UNDEFINED), JPEG)
    found = outcome(data)
    assert isinstance(found, Unreadable)
    assert found.offset == len(data)
    assert found.reason.startswith("the data end within a fragment of 100 bytes from byte ")
    assert found.reason.endswith(", of (7FE0,0010)")


@pytest.mark.parametrize(
    "name", ["CT_small.dcm", "JPEG2000.dcm", "nested_priv_SQ.dcm", "UN_sequence.dcm", "rtplan.dcm"]
)
def test_real_files_truncated(name):
    whole = Path(shipped(name)).read_bytes()
    for length in range(0, len(whole), max(1, len(whole) // 200)):
        outcome(whole[:length])


@pytest.mark.parametrize("length", [0xFFFFFFFE, 0xFFFFFFF0, 1 << 31, (1 << 31) - 1])
@pytest.mark.parametrize("vr", ["OB", "SQ", "UN", "UT"])
def test_lengths_of_gigabytes(length, vr):
    found = outcome(part10(explicit(0x00081140, vr, b"abcd", length=length)))
    assert isinstance(found, Unreadable)
    assert f"whose value of {length} bytes" in found.reason
    inner = sequence(0x00081140, item(explicit(0x00420011, vr, b"abcd", length=length)))
    assert isinstance(outcome(part10(inner)), Instance)  # the Sequence stays raw


@pytest.mark.parametrize("levels", [limits.DEPTH + 1, 5000])
@pytest.mark.parametrize("undefined", [False, True])
def test_nested_too_deep(levels, undefined):
    if undefined:
        opening = explicit(0x00081140, "SQ", length=UNDEFINED)
        opening += pack("<HHL", 0xFFFE, 0xE000, UNDEFINED)
        data = opening * levels + (ITEM_END + SEQUENCE_END) * levels
    else:
        data = b""
        for _ in range(levels):
            data = sequence(0x00081140, item(data))
    found = outcome(part10(data))
    assert isinstance(found, Unreadable)
    assert found.reason == f"Sequences nested more than {limits.DEPTH} levels deep"
    assert found.offset is not None


def test_nested_as_deep_as_may_be():
    data = b""
    for _ in range(limits.DEPTH):
        data = sequence(0x00081140, item(data), undefined=True)
    assert isinstance(outcome(part10(data)), Instance)


def test_unknown_in_unknown_does_not_evade_the_depth():
    data = explicit(0x00100020, "LO", b"ab")
    for _ in range(limits.DEPTH * 2):
        data = sequence(0x00081140, item(data), vr="UN")

    def deepest(dataset):
        (inner,) = items(get(dataset, 0x00081140)) or ()
        return deepest(inner)

    with pytest.raises(BadElement, match="nested more than"):
        deepest(read_bytes(part10(data)).dataset)


def test_recursion_of_the_caller_is_no_crash():
    data = b""
    for _ in range(limits.DEPTH):
        data = sequence(0x00081140, item(data))

    def dig(levels):
        return dig(levels - 1) if levels else read_bytes(part10(data))

    with pytest.raises(Unreadable) as caught:
        dig(700)
    assert caught.value.reason == "nested too deep"


@pytest.mark.parametrize(
    "data",
    [
        explicit(0x00081140, "SQ", item() * 2000, UNDEFINED),
        explicit(0x7FE00010, "OB", item() * 2000, UNDEFINED),
        explicit(0x00091010, "SH", b"ab") * 2000,
    ],
    ids=["Items", "fragments", "elements"],
)
def test_too_many(data, monkeypatch):
    monkeypatch.setattr(limits, "ELEMENTS", 1000)
    found = outcome(part10(data))
    assert isinstance(found, Unreadable)
    assert found.reason == "more than 1000 elements, Items and fragments"


def test_when_memory_for_values_is_used_up_only_short_ones_are_held(monkeypatch):
    monkeypatch.setattr(limits, "HELD", 100_000)
    values = [explicit(0x00091000 + number, "UT", b"x" * 50_000) for number in range(16, 26)]
    short = explicit(0x00100020, "LO", b"1234")
    found = read_bytes(part10(b"".join(values) + short)).dataset
    held = [get(found, tag).value is not None for tag in found._dict]
    assert held == [True] * 2 + [False] * 8 + [True]


def test_nuls_are_looked_through_once():
    zero = bytes(8) + implicit(0x00000001)
    data = part10(explicit(0x00100010, "PN", b"abcd") + zero * 1000)
    assert isinstance(outcome(data), Instance)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    "data",
    [b"", b"D", b"DICM", bytes(128) + b"DIC", bytes(128) + b"DICM", bytes(1000), b"\xff" * 1000],
)
def test_what_is_hardly_a_file(data, force):
    found = outcome(data, force=force)
    assert isinstance(found, Unreadable) or force


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\3\4 and so on", "no DICOM prefix at byte 128; it is a ZIP archive"),
        (b"<html></html>", "no DICOM prefix at byte 128; it is XML or HTML"),
        (b"\xff\xd8\xff\xe0", "no DICOM prefix at byte 128; it is a JPEG image"),
        (b"Dear reader", "no DICOM prefix at byte 128; force reads a file without"),
    ],
)
def test_what_is_no_dicom_is_named(data, reason):
    found = outcome(data)
    assert isinstance(found, Unreadable)
    assert found.reason == reason


def test_a_tag_made_of_text_is_not_shown():
    text = f"Patient {SECRET}, born 1970, of this town".encode()
    for start in range(len(text) - 8):
        found = outcome(part10(text[start:]), force=True)
        assert isinstance(found, Unreadable)
        assert "(" not in found.reason or re.search(r"\([0-9A-F]{4},", found.reason) is None
        assert not re.search(r"of \d+ bytes", found.reason)


def test_the_tags_of_the_standard_are_shown():
    hidden = [tag for tag in DicomDictionary if not shown(tag).startswith("(")]
    assert hidden == []


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=150, deadline=None)
def test_random_bytes(data, force):
    outcome(data, force=force)
    outcome(part10(data), force=force)
    outcome(part10(data, IMPLICIT), force=force)


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_mutated_files(data):
    whole = bytearray(data.draw(st.sampled_from([SMALL, PLAIN])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        new = data.draw(st.sampled_from([b"\0", b"\xff", b"\xff\xff\xff\xff", b"SQ", b"UN"]))
        whole[at : at + len(new)] = new
    outcome(bytes(whole), force=data.draw(st.booleans()))


@given(st.lists(st.sampled_from([*range(10)]), max_size=12))
@settings(max_examples=200, deadline=None)
def test_pieces_of_files_in_any_order(numbers):
    pieces = [
        explicit(0x00081140, "SQ", length=UNDEFINED),
        explicit(0x00081140, "UN", length=UNDEFINED),
        explicit(0x7FE00010, "OB", length=UNDEFINED),
        pack("<HHL", 0xFFFE, 0xE000, UNDEFINED),
        item(),
        ITEM_END,
        SEQUENCE_END,
        _INNER,
        sequence(0x00081140, item(_INNER)),
        bytes(8),
    ]
    data = b"".join(pieces[number] for number in numbers)
    for uid in (EXPLICIT, IMPLICIT):
        outcome(part10(data, uid))


def test_a_text_stream_is_no_input():
    with pytest.raises(Unreadable):
        list(read(io.StringIO("text")))  # type: ignore[arg-type]
