"""Values that stay in the file: what is seen of them, and how they can be had."""

import copy
import io
import os
from struct import pack

import pytest

from dicomspec.dataset import BadElement, is_empty, limits, read
from tests.dicomspec.dataset.build import (
    DEFLATED,
    IMPLICIT,
    explicit,
    get,
    implicit,
    item,
    part10,
    read_bytes,
    said,
    sequence,
)
from tests.dicomspec.dataset.test_part10 import deflate

DOCUMENT = bytes(range(256)) * 100
BULK = explicit(0x00420011, "OB", DOCUMENT)


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "bulk.dcm"
    found.write_bytes(part10(sequence(0x00081140, item(BULK)) + BULK))
    return found


def test_a_value_in_the_file_is_none_and_a_stream_when_asked_for(path):
    (instance,) = read(path)
    for dataset in (instance.dataset, instance.dataset.ReferencedImageSequence[0]):
        element = get(dataset, 0x00420011)
        assert (element.VR, element.length, element.value) == ("OB", len(DOCUMENT), None)
        assert not is_empty(element)
        decoded = dataset[0x00420011]
        assert decoded.is_buffered
        assert not is_empty(decoded)
        assert decoded.VM == 1
        with decoded.value as stream:
            assert stream.read() == DOCUMENT
            assert stream.read(1) == b""
            assert stream.seek(-4, os.SEEK_END) == len(DOCUMENT) - 4
            assert stream.read() == DOCUMENT[-4:]
        assert get(dataset, 0x00420011).value is None


def test_pydicom_can_print_and_copy_what_was_read(path):
    (instance,) = read(path)
    assert "OB: <_io.BufferedReader>" in str(instance.dataset)
    copied = copy.deepcopy(instance.dataset)
    assert copied.EncapsulatedDocument.read() == DOCUMENT


def test_the_threshold():
    short, long = b"x" * limits.BULK, b"x" * (limits.BULK + 2)
    for data, held in ((short, True), (long, False)):
        found = read_bytes(part10(explicit(0x00420011, "OB", data))).dataset
        assert (get(found, 0x00420011).value == data) is held


@pytest.mark.parametrize("vr", ["UT", "UC", "UR", "UN", "OB", "OW", "OF", "OD", "OL", "OV"])
def test_what_counts_as_bulk(vr):
    found = read_bytes(part10(explicit(0x00091010, vr, b"1" * 4000))).dataset
    held = get(found, 0x00091010).value is not None
    assert held is (vr in {"UT", "UC", "UR"})


def test_implicit_vr_takes_the_dictionary_and_private_elements_as_bulk():
    contour = implicit(0x30060050, b"1.5\\" * 2000)
    found = read_bytes(part10(implicit(0x00091010, bytes(4000)) + contour, IMPLICIT)).dataset
    assert get(found, 0x00091010).value is None
    assert get(found, 0x30060050).value == b"1.5\\" * 2000


def test_text_of_megabytes_stays_in_the_file():
    text = b"x" * (limits.TEXT + 2)
    found = read_bytes(part10(explicit(0x00420011, "UT", text))).dataset
    assert get(found, 0x00420011).value is None
    assert found[0x00420011].value.read() == text


def test_a_file_that_has_changed_is_not_read_any_more(path):
    (instance,) = read(path)
    path.write_bytes(part10(BULK))
    with pytest.raises(BadElement, match="has changed"):
        instance.dataset.EncapsulatedDocument.read()
    path.unlink()
    with pytest.raises(FileNotFoundError):
        instance.dataset.EncapsulatedDocument.read()


def test_a_stream_that_was_closed():
    stream = io.BytesIO(part10(BULK))
    (instance,) = read(stream)
    assert instance.dataset.EncapsulatedDocument.read(4) == DOCUMENT[:4]
    stream.close()
    with pytest.raises(BadElement, match="closed"):
        instance.dataset.EncapsulatedDocument.read()


def test_an_inflated_copy_lives_as_long_as_its_data_set():
    (instance,) = read(io.BytesIO(part10(deflate(BULK), DEFLATED)))
    stream = get(instance.dataset, 0x00420011).source.stream
    assert not stream.closed
    del instance
    assert stream.closed


def test_file_meta_information_too(tmp_path):
    creator = explicit(0x00020100, "UI", b"1.2.3\0")
    private = explicit(0x00020102, "OB", DOCUMENT)
    content = explicit(0x00020010, "UI", b"1.2.840.10008.1.2.1\0") + creator + private
    head = explicit(0x00020000, "UL", pack("<L", len(content)))
    found = read_bytes(bytes(128) + b"DICM" + head + content)
    assert found.file_meta is not None
    assert get(found.file_meta, 0x00020102).value is None
    assert found.file_meta.PrivateInformation.read() == DOCUMENT
    assert said(found) == []
