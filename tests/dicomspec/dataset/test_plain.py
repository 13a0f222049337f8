"""Plain elements are read as all others are: with and without `plain` it comes to the same."""

import random
from io import BytesIO
from pathlib import Path

import pydicom
import pytest

from dicomspec import dataset as data
from dicomspec.dataset import parser, part10, window

_FOLDER = Path(pydicom.__file__).parent / "data" / "test_files"
_NAMES = (
    "CT_small.dcm",
    "MR_small_bigendian.dcm",
    "MR_small_implicit.dcm",
    "test-SR.dcm",
    "rtplan.dcm",
    "DICOMDIR",
    "nested_priv_SQ.dcm",
)
_MUTANTS = 60


def elements(dataset):
    for tag, element in data.each(dataset):
        items = None
        if element.VR == "SQ" and not element.is_raw and element.value:
            items = [list(elements(item)) for item in element.value]
        yield tag, type(element), element if element.is_raw else items


def outcome(content):
    try:
        (instance,) = data.read(BytesIO(content), force=True)
    except data.Unreadable as fault:
        return fault.reason, fault.offset
    meta = [] if instance.file_meta is None else list(elements(instance.file_meta))
    return list(elements(instance.dataset)), meta, instance.remarks


def mutants(content, seed):
    yield content
    chance = random.Random(seed)
    for _ in range(_MUTANTS):
        changed = bytearray(content[: chance.randrange(140, 6000)])
        for _ in range(chance.randrange(4)):
            changed[chance.randrange(132, len(changed))] = chance.choice(b"\0\1\2\x08\xffAOBSQ")
        yield bytes(changed)


@pytest.mark.parametrize("name", _NAMES)
def test_it_comes_to_the_same_without(name, monkeypatch):
    content = next(_FOLDER.rglob(name)).read_bytes()
    made = list(mutants(content, name))
    found = [outcome(each) for each in made]
    for module in (parser, part10):
        monkeypatch.setattr(module, "plain", lambda _parser, _level, _found, last, _until: last)
    assert [outcome(each) for each in made] == found
    assert any(isinstance(each[0], str) for each in found)  # some of them can't be read


def test_a_window_is_what_the_file_has(monkeypatch):
    content = bytes(range(256)) * 3
    monkeypatch.setattr(window, "AHEAD", 16)
    ahead = window.Window(BytesIO(content))
    chance = random.Random(1)
    for _ in range(300):
        at, length = chance.randrange(800), chance.randrange(40)
        assert ahead.read(at, length) == content[at : at + length]
