import io
import zlib
from struct import pack

import pytest

from dicomspec.dataset import Unreadable, items, limits, read
from tests.dicomspec.dataset.build import (
    BIG,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    JPEG,
    UNDEFINED,
    explicit,
    get,
    implicit,
    item,
    meta,
    part10,
    read_bytes,
    said,
    sequence,
)

NAME = explicit(0x00100010, "PN", b"Doe^Jane")


def test_explicit_little_endian():
    found = read_bytes(part10(NAME))
    assert found.dataset.PatientName == "Doe^Jane"
    assert found.transfer_syntax_uid == EXPLICIT
    assert found.file_meta is not None
    assert found.file_meta.TransferSyntaxUID == EXPLICIT
    assert found.dataset.file_meta is found.file_meta
    assert said(found) == []


def test_implicit_little_endian():
    found = read_bytes(part10(implicit(0x00280010, pack("<H", 512)), IMPLICIT))
    assert found.dataset.Rows == 512
    assert said(found) == []


def test_explicit_big_endian():
    found = read_bytes(part10(explicit(0x00280010, "US", pack(">H", 512), order=">")[:], BIG))
    assert said(found) == []
    assert get(found.dataset, 0x00280010).value == b"\2\0"
    assert found.dataset.Rows == 512


@pytest.mark.parametrize("uid", [DEFLATED, "1.2.840.10008.1.2.4.95", "1.2.840.10008.1.2.4.205"])
def test_deflated(uid):
    bulk = explicit(0x00420011, "OB", bytes(range(256)) * 40)
    found = read_bytes(part10(deflate(NAME + bulk), uid))
    assert found.dataset.PatientName == "Doe^Jane"
    assert get(found.dataset, 0x00420011).value is None
    assert found.dataset.EncapsulatedDocument.read() == bytes(range(256)) * 40
    assert said(found) == []


def test_fault_in_a_deflated_data_set_is_told_by_its_place_there():
    with pytest.raises(Unreadable) as caught:
        read_bytes(part10(deflate(NAME[:-1]), DEFLATED))
    assert caught.value.offset is None
    assert caught.value.reason.endswith(", byte 15 of the inflated data set")


def test_bytes_after_a_deflated_data_set():
    assert said(read_bytes(part10(deflate(NAME) + b"\0", DEFLATED))) == []
    (remark,) = read_bytes(part10(deflate(NAME) + b"\0\0", DEFLATED)).remarks
    assert remark.code == "encoding/trailing-bytes"
    assert remark.offset == len(part10(deflate(NAME), DEFLATED))


def test_truncated_deflated_data_set():
    with pytest.raises(Unreadable, match="the data end within the deflated data set"):
        read_bytes(part10(deflate(NAME * 100)[:-4], DEFLATED))


def test_damaged_deflated_data_set():
    with pytest.raises(Unreadable, match="the deflated data set is damaged"):
        read_bytes(part10(b"\xff" * 100, DEFLATED))


def test_deflate_bomb_stops_at_the_limit(monkeypatch):
    monkeypatch.setattr(limits, "INFLATED", 1 << 20)
    with pytest.raises(Unreadable, match="inflates to more than 1048576 bytes"):
        read_bytes(part10(deflate(bytes(200 << 20)), DEFLATED))


def deflate(data):
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


def test_without_prefix_only_by_force():
    with pytest.raises(Unreadable) as caught:
        read_bytes(meta() + NAME)
    assert caught.value.reason == "no DICOM prefix at byte 128; force reads a file without"
    found = read_bytes(meta() + NAME, force=True)
    assert found.dataset.PatientName == "Doe^Jane"
    assert found.transfer_syntax_uid == EXPLICIT
    assert said(found) == [("file-meta/no-prefix", "")]
    assert found.remarks[0].offset == 0


def test_without_file_meta_only_by_force():
    data = bytes(128) + b"DICM" + NAME
    with pytest.raises(Unreadable, match="no File Meta Information; force"):
        read_bytes(data)
    found = read_bytes(data, force=True)
    assert found.dataset.PatientName == "Doe^Jane"
    assert (found.file_meta, found.transfer_syntax_uid) == (None, None)
    assert said(found) == [("file-meta/missing", "")]
    assert found.remarks[0].offset == 132


def test_a_preamble_that_is_used():
    found = read_bytes(b"II*\0" + part10(NAME)[4:])
    assert said(found) == [("file-meta/preamble-used", "")]


@pytest.mark.parametrize(
    "data_set",
    [NAME, implicit(0x00100010, b"Doe^Jane"), explicit(0x00100010, "PN", b"Doe^Jane", order=">")],
)
def test_without_transfer_syntax_it_is_guessed(data_set):
    found = read_bytes(part10(data_set, uid=None))
    if data_set[:1] == b"\0":
        assert list(found.dataset.keys()) == [0x00100010]
    assert found.dataset.PatientName == "Doe^Jane"
    assert said(found) == []  # that it is missing is a matter of the File Meta Information


def test_first_element_overrules_the_transfer_syntax():
    found = read_bytes(part10(implicit(0x00100010, b"Doe^Jane")))
    assert found.dataset.PatientName == "Doe^Jane"
    assert said(found) == [("encoding/transfer-syntax", "")]
    assert "in implicit VR" in found.remarks[0].message
    assert found.remarks[0].offset == len(part10(b""))
    found = read_bytes(part10(NAME, IMPLICIT))
    assert found.dataset.PatientName == "Doe^Jane"
    assert said(found) == [("encoding/transfer-syntax", "")]
    assert "in explicit VR" in found.remarks[0].message


def test_one_element_without_vr():
    found = read_bytes(part10(NAME + implicit(0x00100020, b"1234")))
    assert found.dataset.PatientID == "1234"
    assert said(found) == [("encoding/vr-missing", "(0010,0020)")]
    assert found.remarks[0].offset == len(part10(NAME))


def test_vr_of_a_later_edition():
    found = read_bytes(part10(explicit(0x00100010, "ZZ")[:-2] + b"\0\0\4\0\0\0abcd" + NAME))
    assert ("encoding/vr-unknown", "(0010,0010)") in said(found)
    short = explicit(0x00080060, "ZZ", b"CT") + NAME
    assert get(read_bytes(part10(short)).dataset, 0x00080060).value == b"CT"


def test_group_length_that_lies():
    data = bytearray(part10(NAME))
    data[140] += 2
    found = read_bytes(bytes(data))
    assert said(found) == [("file-meta/group-length", "(0002,0000)")]
    assert found.remarks[0].offset == 132


def test_only_file_meta():
    found = read_bytes(part10(b""))
    assert len(found.dataset) == 0
    assert said(found) == []


def test_order_and_doubles_are_remarked():
    one, two = explicit(0x00100020, "LO", b"1 "), explicit(0x00100020, "LO", b"2 ")
    found = read_bytes(part10(one + NAME + two))
    assert found.dataset.PatientID == "2"
    assert said(found) == [("encoding/element-order", "(0010,0010)")]
    assert found.remarks[0].offset == len(part10(one))
    twice = read_bytes(part10(one + two))
    assert said(twice) == [("encoding/duplicate-element", "(0010,0020)")]
    inside = read_bytes(part10(sequence(0x00081140, item(), item(one + two))))
    assert said(inside) == [("encoding/duplicate-element", "(0008,1140)[2].(0010,0020)")]
    assert inside.remarks[0].offset == len(part10(b"")) + 12 + 8 + 8 + len(one)


def test_odd_lengths():
    odd = explicit(0x00100020, "LO", b"1")
    found = read_bytes(part10(NAME + odd))
    assert said(found) == [("encoding/odd-length", "(0010,0020)")]
    assert found.remarks[0].offset == len(part10(NAME))
    bulk = read_bytes(part10(explicit(0x00420011, "OB", bytes(4001))))
    assert said(bulk) == [("encoding/odd-length", "(0042,0011)")]
    assert said(read_bytes(part10(implicit(0x00420011, b"abc"), IMPLICIT))) == [
        ("encoding/odd-length", "(0042,0011)")
    ]


def test_odd_length_of_an_item():
    odd = sequence(0x00081140, item(explicit(0x00081155, "UI", b"1.2")))
    assert said(read_bytes(part10(odd + NAME))) == [
        ("encoding/odd-length", "(0008,1140)"),
        ("encoding/odd-length", "(0008,1140)[1]"),
        ("encoding/odd-length", "(0008,1140)[1].(0008,1155)"),
    ]


def test_reserved_bytes():
    data = bytearray(part10(NAME + explicit(0x00420011, "OB", b"ab")))
    data[len(part10(NAME)) + 6] = 1
    found = read_bytes(bytes(data))
    assert said(found) == [("encoding/reserved-bytes", "(0042,0011)")]
    assert found.remarks[0].offset == len(part10(NAME))
    assert found.dataset.EncapsulatedDocument == b"ab"


def test_undefined_length_of_a_vr_that_may_not_have_it():
    data = item() + item(b"abcd") + b"\xfe\xff\xdd\xe0\0\0\0\0"
    found = read_bytes(part10(explicit(0x00660016, "OF", data, UNDEFINED)))
    assert said(found) == [("encoding/undefined-length", "(0066,0016)")]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("wrong", [0, 2])
@pytest.mark.parametrize("last", [False, True])
def test_group_lengths(order, wrong, last):
    uid = BIG if order == ">" else EXPLICIT
    group = explicit(0x00100020, "LO", b"1234", order=order)
    said_to_be = pack(order + "L", len(group) + wrong)
    data = explicit(0x00100000, "UL", said_to_be, order=order) + group
    after = b"" if last else explicit(0x00200010, "SH", b"1 ", order=order)
    expected = [("encoding/group-length", "(0010,0000)")] if wrong else []
    found = read_bytes(part10(data + after, uid))
    assert said(found) == expected
    assert [remark.offset for remark in found.remarks] == [len(part10(b"", uid))] * len(expected)
    if not last:
        return
    if order == "<":
        for undefined in (False, True):
            inside = read_bytes(part10(sequence(0x00081140, item(data, undefined=undefined))))
            assert [code for code, _ in said(inside)] == [code for code, _ in expected]


def test_group_length_before_nuls():
    group = explicit(0x00100000, "UL", pack("<L", len(NAME))) + NAME
    assert said(read_bytes(part10(group + bytes(16)))) == [("encoding/trailing-bytes", "")]


def test_remarks_have_a_limit():
    many = b"".join(explicit(tag, "LO", b"x ") for tag in range(0x00100100, 0x00100000, -1))
    odd = explicit(0x00200010, "SH", b"1")
    remarks = read_bytes(part10(many + odd)).remarks
    assert len(remarks) == limits.REMARKS + 2
    assert remarks[-2].code == "encoding/odd-length"
    assert remarks[-1].code == "encoding/element-order"
    assert remarks[-1].message == f"There are {255 - limits.REMARKS} more of these."
    assert remarks[-1].path == ""


@pytest.mark.parametrize("number", [1, 2, 7, 8, 9, 10_000])
def test_nuls_after_the_data_set(number):
    found = read_bytes(part10(NAME + bytes(number)))
    assert list(found.dataset.keys()) == [0x00100010]
    end = len(part10(NAME))
    assert said(found) == [("encoding/trailing-bytes", "")]
    assert found.remarks[0].offset == end


def test_dicomdir_is_read_without_what_it_refers_to(tmp_path):
    record = item(explicit(0x00041500, "CS", b"NOWHERE\\IMAGE1"))
    path = tmp_path / "DICOMDIR"
    path.write_bytes(part10(sequence(0x00041220, record)))
    (found,) = read(path)
    (only,) = found.dataset.DirectoryRecordSequence
    assert only.ReferencedFileID == ["NOWHERE", "IMAGE1"]


def test_encapsulated_pixel_data():
    frames = item() + item(b"\xff\xd8" + bytes(4000)) + item(b"\xff\xd8\xff\xd9")
    end = b"\xfe\xff\xdd\xe0\0\0\0\0"
    padding = explicit(0xFFFCFFFC, "OB", b"\0\0")
    found = read_bytes(part10(explicit(0x7FE00010, "OB", frames + end, UNDEFINED) + padding, JPEG))
    element = get(found.dataset, 0x7FE00010)
    assert (element.length, element.value, element.extent) == (UNDEFINED, None, len(frames))
    assert found.dataset.PixelData.read() == frames
    assert 0xFFFCFFFC in found.dataset
    assert said(found) == []


def test_short_encapsulated_values_are_there():
    frames = item() + item(b"\xff\xd8\xff\xd9")
    end = b"\xfe\xff\xdd\xe0\0\0\0\0"
    found = read_bytes(part10(explicit(0x7FE00010, "OB", frames + end, UNDEFINED), JPEG))
    assert get(found.dataset, 0x7FE00010).value == frames


def test_delimiter_with_a_length_is_remarked():
    data = explicit(0x7FE00010, "OB", item() + b"\xfe\xff\xdd\xe0\1\0\0\0", UNDEFINED)
    found = read_bytes(part10(data, JPEG))
    assert said(found) == [("encoding/delimiter", "")]
    assert "(FFFE,E0DD), a delimiter, has a length" in found.remarks[0].message
    assert found.remarks[0].offset == len(part10(explicit(0x7FE00010, "OB", item()), JPEG))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (b"ISO_IR 100", "Doe^Jané"),
        (b"\\ISO 2022 IR 100", "Doe^Jané"),
        (b"ISO_IR 192", "Doe^JanÃ©"),
    ],
)
def test_character_sets(value, name):
    encoding = "utf-8" if b"192" in value else "latin-1"
    text = name if encoding == "latin-1" else "Doe^Jané"
    charset = explicit(0x00080005, "CS", value)
    encoded = text.encode(encoding)
    encoded += b" " * (len(encoded) % 2)
    found = read_bytes(part10(charset + explicit(0x00100010, "PN", encoded)))
    assert str(found.dataset.PatientName) == "Doe^Jané"
    assert said(found) == []


def test_items_inherit_the_character_set():
    inner = explicit(0x00100010, "PN", "Doe^Jané".encode())
    charset = explicit(0x00080005, "CS", b"ISO_IR 192")
    data = charset + sequence(0x00081140, item(inner))
    found = read_bytes(part10(data + sequence(0x00091010, item(inner), vr="UN")))
    assert str(found.dataset.ReferencedImageSequence[0].PatientName) == "Doe^Jané"
    unknown = items(get(found.dataset, 0x00091010))
    assert unknown is not None
    assert str(unknown[0].PatientName) == "Doe^Jané"


def test_unknown_character_sets_are_never_looked_up():
    found = read_bytes(part10(explicit(0x00080005, "CS", b"zlib_codec\\idna ") + NAME))
    assert found.dataset.original_character_set == ["iso8859", "iso8859"]


def test_pixel_representation_of_the_root_counts_in_items():
    signed = implicit(0x00280103, pack("<H", 1))
    lut = implicit(0x00283002, pack("<3h", 1, -5, 16))
    data = signed + implicit(0x00283010, item(lut))
    (inner,) = read_bytes(part10(data, IMPLICIT)).dataset.VOILUTSequence
    assert inner.LUTDescriptor == [1, -5, 16]


def test_a_stream_is_read_from_where_it_stands():
    stream = io.BytesIO(b"before" + part10(NAME))
    stream.seek(6)
    (found,) = read(stream, name="somewhere")
    assert found.path == "somewhere"
    assert found.dataset.PatientName == "Doe^Jane"
    assert not stream.closed
