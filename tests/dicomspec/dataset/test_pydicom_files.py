"""The files that pydicom ships, read as pydicom reads them."""

import io
from pathlib import Path

import pydicom
import pytest
from pydicom.data import get_testdata_files

from dicomspec.dataset import Unreadable, is_empty, items, quiet, read
from tests.dicomspec.dataset.build import said

FILES = sorted(path for path in map(Path, get_testdata_files()) if path.is_file())
SHARED = Path(__file__).parents[4] / "shared" / "files"
if SHARED.is_dir():
    FILES += sorted(path for path in SHARED.rglob("*.dcm") if path.is_file())

NO_PREFIX = "no DICOM prefix at byte 128"
UNREADABLE = {
    "ExplVR_BigEndNoMeta.dcm": NO_PREFIX,
    "ExplVR_LitEndNoMeta.dcm": NO_PREFIX,
    "OT-PAL-8-face.dcm": NO_PREFIX,
    "no_meta.dcm": NO_PREFIX,  # and a byte too many at its start: force doesn't help
    "rtstruct.dcm": NO_PREFIX,
    "README": NO_PREFIX,
    "README.txt": NO_PREFIX,
    "crayons.icc": NO_PREFIX,
    "rtplan.dump": NO_PREFIX,
    "rtstruct.dump": NO_PREFIX,
    "zipMR.gz": "it is a gzip archive",
    "MR_truncated.dcm": "the data end within (7FE0,0010), whose value of 8192 bytes",
    "rtplan_truncated.dcm": "the data end within (300A,00B0), whose value of 976 bytes",
    "emri_small_jpeg_2k_lossless_too_short.dcm": "without its Sequence Delimitation Item",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_is_read_as_pydicom_reads_it_or_says_why_not(path):
    reason = UNREADABLE.get(path.name)
    if reason is not None:
        with pytest.raises(Unreadable) as caught:
            list(read(path))
        assert reason in caught.value.reason
        return
    for instance in read(path):
        assert len(instance.dataset) > 0
        if path.suffix != ".json":
            with quiet():
                same(instance.dataset, pydicom.dcmread(path))


@pytest.mark.parametrize("name", [name for name in UNREADABLE if name.endswith(".dcm")])
def test_force_reads_what_only_lacks_its_head(name):
    path = next((path for path in FILES if path.name == name), None)
    if path is None:
        pytest.skip(f"{name} is in pydicom-data, of the extra `files`")
    if UNREADABLE[name] != NO_PREFIX or name == "no_meta.dcm":
        with pytest.raises(Unreadable):
            list(read(path, force=True))
        return
    (instance,) = read(path, force=True)
    assert instance.file_meta is None
    assert ("file-meta/missing", "") in said(instance)
    with quiet():
        same(instance.dataset, pydicom.dcmread(path, force=True))


def same(ours, theirs):
    """Compare two data sets, but for values that stayed in the file."""
    assert set(ours.keys()) == set(theirs.keys())
    for element in ours.elements():
        tag = element.tag
        if element.is_raw and element.value is None:
            held_back(ours, theirs, tag)
        elif theirs[tag].VR == "SQ":
            same_items(items(element), theirs[tag].value)
        else:
            assert ours[tag].VR == theirs[tag].VR
            assert repr(ours[tag].value) == repr(theirs[tag].value)


def same_items(ours, theirs):
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        same(mine, other)


def held_back(ours, theirs, tag):
    element = ours.get_item(tag)
    assert not is_empty(element)
    assert element.extent > 0
    if theirs[tag].VR != "SQ":  # as (0004,1220) of DICOMDIR-nooffset, whose Items are too long
        assert isinstance(ours[tag].value, io.BufferedIOBase)
        assert ours[tag].value.read() == theirs[tag].value
