"""PS3.6 as it was read against pydicom's dictionary: VR, VM, name, keyword, retired.

Every difference is in pydicom.toml with its reason; one that isn't there fails, and one that no
longer shows.
"""

import tomllib
from pathlib import Path
from typing import Any

import pydicom
import pytest
from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary
from pydicom._uid_dict import UID_dictionary

from codegen.errata import Errata
from codegen.extract.dictionary import read_elements
from codegen.link import walk
from dicomspec.model import Attribute, DataElement

DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("pydicom.toml").read_text(encoding="utf-8")
)
FACTS = ("vr", "vm", "name", "retired", "keyword")
pytestmark = pytest.mark.skipif(
    getattr(pydicom._version, "__dicom_version__", "") != "2024c",
    reason="pydicom.toml is for the dictionary of 2024c, which this pydicom has not",
)


def theirs() -> dict[str, tuple[Any, ...]]:
    """Return pydicom's dictionary by tag as the standard writes it."""
    named = {f"{tag >> 16:04X}{tag & 0xFFFF:04X}": entry for tag, entry in DicomDictionary.items()}
    named |= {mask.upper().replace("X", "x"): entry for mask, entry in RepeatersDictionary.items()}
    return {
        f"({tag[:4]},{tag[4:]})": (tuple(vr.split(" or ")), vm, name, bool(retired), keyword)
        for tag, (vr, vm, name, retired, keyword) in named.items()
    }


def ours(elements: list[DataElement]) -> dict[str, tuple[Any, ...]]:
    return {e.tag: (e.vr, e.vm, e.name, e.retired, e.keyword) for e in elements}


def differences(read: dict[str, tuple[Any, ...]]) -> set[tuple[str, str]]:
    known = theirs()
    return {
        (fact, tag)
        for tag in read.keys() & known.keys()
        for fact, mine, other in zip(FACTS, read[tag], known[tag], strict=True)
        if mine != other
    }


def decided(edition: str) -> set[tuple[str, str]]:
    return {
        (one["what"], tag)
        for one in DATA["difference"]
        if edition in one["editions"]
        for tag in one["tags"]
    }


def test_every_data_element_of_2024c(edition_2024c):
    read = ours(list(edition_2024c.edition.elements))
    assert len(read) == 5134
    assert differences(read) == decided("2024c")
    assert read.keys() - theirs().keys() == DATA["only_here"].keys()
    assert {tag[1:5] for tag in theirs().keys() - read.keys()} == DATA["only_there"].keys()


def test_every_data_element_of_nemas_own_file_of_2015b(original):
    errata = Errata()
    read = ours(read_elements(original("part06-2015b.xml"), errata))
    assert errata.problems == []
    assert len(read) == 3910
    assert differences(read) == decided("2015b")
    assert read.keys() <= theirs().keys()


def test_every_uid_of_2024c(edition_2024c):
    read = {uid.uid: uid for uid in edition_2024c.edition.uids}
    assert read.keys() == UID_dictionary.keys()
    for uid, (name, kind, _, retired, keyword) in UID_dictionary.items():
        mine = read[uid]
        assert (mine.type.lower(), mine.retired) == (kind.lower(), bool(retired))
        assert mine.keyword == keyword
        assert shortened(mine.name).startswith(shortened(name))


def shortened(name: str) -> str:
    """Return a name as pydicom shortens it: see uid_names in pydicom.toml."""
    return name.replace(" & ", " and ").split(": ")[0].removesuffix(" only")


def test_no_attribute_of_part_3_is_retired(edition_2024c):
    retired = {element.tag for element in edition_2024c.edition.elements if element.retired}
    named = {
        entry.tag
        for table in edition_2024c.edition.tables
        for entry in walk(table.entries)
        if isinstance(entry, Attribute)
    }
    assert not named & retired
