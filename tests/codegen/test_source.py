"""A Part is opened safely, or refused with its file named."""

import hashlib

import pytest

from codegen import source
from codegen.source import SourceError

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE book [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<book>&c;</book>"""
IN_ATTRIBUTE = b"""<!DOCTYPE book [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<book role="&b;&b;"/>"""
EXTERNAL = b"""<!DOCTYPE book [<!ENTITY x SYSTEM "file:///etc/passwd">]><book>&x;</book>"""
PARAMETER = b"""<!DOCTYPE book [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]><book/>"""
DTD = b"""<!DOCTYPE book SYSTEM "http://127.0.0.1:1/docbook.dtd"><book/>"""


@pytest.mark.parametrize("data", [BOMB, IN_ATTRIBUTE, EXTERNAL, PARAMETER, DTD])
def test_a_doctype_is_refused_before_anything_is_expanded(data):
    with pytest.raises(SourceError, match="DOCTYPE"):
        source.parse(data, "part03.xml")


def test_a_doctype_is_seen_in_other_encodings():
    text = BOMB.decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    with pytest.raises(SourceError, match="DOCTYPE"):
        source.parse(text.encode("utf-16"), "part03.xml")


def test_a_doctype_bomb_of_some_size_costs_nothing():
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    data = f'<!DOCTYPE book [<!ENTITY e0 "x">{layers}]><book role="&e11;">&e11;</book>'
    with pytest.raises(SourceError, match="DOCTYPE"):
        source.parse(data.encode(), "part03.xml")


@pytest.mark.parametrize(
    "data",
    [b"", b"   ", b"not XML", b"<book>", b"<book></chapter>", b"\x00\xff", b"<book>&x;</book>"],
)
def test_what_is_not_xml_is_refused_with_its_name(data):
    with pytest.raises(SourceError, match=r"part03\.xml"):
        source.parse(data, "part03.xml")


def test_comments_and_instructions_leave_the_text_whole():
    root = source.parse(b"<p>a<!-- x -->b<?pi y?>c</p>", "made up")
    assert root.text == "abc"
    assert len(root) == 0


def test_duplicate_ids_are_let_through():
    root = source.parse(b'<b><p xml:id="x"/><p xml:id="x"/></b>', "made up")
    assert len(root) == 2


def test_a_missing_part_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"part04\.xml"):
        source.open_part("2024c", "04", tmp_path)


def test_a_directory_in_place_of_a_part_is_named(tmp_path):
    (tmp_path / "part04.xml").mkdir()
    with pytest.raises(SourceError, match=r"part04\.xml"):
        source.open_part("2024c", "04", tmp_path)


def test_a_folder_is_the_one_asked_for_or_one_that_holds_part_3(tmp_path):
    (tmp_path / "part03.xml").write_bytes(b"<book/>")
    assert source.folder("1999z", tmp_path) == tmp_path.resolve()


def test_an_edition_that_is_nowhere_says_how_to_get_it(tmp_path):
    with pytest.raises(SourceError, match="fetch 1999z"):
        source.folder("1999z")
    with pytest.raises(SourceError, match=r"no part03\.xml"):
        source.folder("2024c", tmp_path)


def test_a_part_knows_whether_its_bytes_are_the_manifests(tmp_path, monkeypatch):
    data = b"<book/>"
    (tmp_path / "part03.xml").write_bytes(data)
    named = {"1999z": {"part03": {"sha256": hashlib.sha256(data).hexdigest()}}}
    monkeypatch.setattr(source, "manifest", lambda: named)
    part = source.open_part("1999z", "03", tmp_path)
    assert (part.name, part.as_in_manifest) == ("PS3.3", True)
    (tmp_path / "part03.xml").write_bytes(b"<book></book>")
    assert not source.open_part("1999z", "03", tmp_path).as_in_manifest


def test_an_edition_that_the_manifest_lacks_is_taken_as_it_is(tmp_path):
    (tmp_path / "part03.xml").write_bytes(b"<book/>")
    assert source.open_part("1999z", "03", tmp_path).as_in_manifest
