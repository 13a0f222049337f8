"""Definitions as trees: what is expanded, what is not, and how they are looked up."""

import json
from functools import lru_cache

import pytest

from dicomspec import edition as editions
from dicomspec.model import And, Conditional, Otherwise, Present, Ref, Type
from dicomspec.render import definition
from dicomspec.render.definition import Definitions, Tree

BASE = "https://dicom.nema.org/medical/dicom/2024c/output/chtml/part03/"
TYPES = {kind.value for kind in Type} | {None}


@lru_cache
def definitions(name: str = "2024c") -> Definitions:
    return Definitions(editions.load(name))


def find(name: str) -> Tree:
    tree = definitions().find(name)
    assert tree is not None
    return tree


def named(rows: list[Tree], name: str) -> Tree:
    (row,) = (row for row in rows if row.get("name") == name)
    return row


def below(tree: Tree, *names: str) -> Tree:
    """Follow names of Attributes down a tree."""
    for name in names:
        tree = named(tree["attributes"], name)
    return tree


def test_an_iod_has_its_modules_in_their_information_entities():
    tree = find("CT Image")
    assert (tree["kind"], tree["name"], tree["edition"]) == ("IOD", "CT Image", "2024c")
    assert tree["url"] == f"{BASE}sect_A.3.3.html#table_A.3-1"
    assert tree["sop_classes"] == [{"uid": "1.2.840.10008.5.1.4.1.1.2", "name": "CT Image Storage"}]
    entities = tree["information_entities"]
    assert [each["name"] for each in entities] == [
        "Patient", "Study", "Series", "Frame of Reference", "Equipment", "Acquisition", "Image",
    ]  # fmt: skip
    patient, subject = entities[0]["modules"]
    assert (patient["name"], patient["usage"], patient["table"]) == ("Patient", "M", "table_C.7-1")
    assert (subject["name"], subject["usage"]) == ("Clinical Trial Subject", "U")
    assert patient["condition"] is None
    assert tree["functional_group_macros"] == []


def test_an_attribute_is_told_whole():
    patient = find("CT Image")["information_entities"][0]["modules"][0]
    row = below(patient, "Patient's Name")
    assert row["url"].startswith(f"{BASE}sect_C.7.html#para_")
    del row["url"]
    assert row == {
        "tag": "(0010,0010)",
        "keyword": "PatientName",
        "name": "Patient's Name",
        "vr": ["PN"],
        "vm": "1",
        "type": "2",
        "condition": None,
    }


def test_attributes_nest_below_sequences_through_macros():
    patient = find("CT Image")["information_entities"][0]["modules"][0]
    issuer = below(patient, "Issuer of Patient ID Qualifiers Sequence")
    assert (issuer["type"], issuer["vr"], issuer["items"]) == ("3", ["SQ"], [1, 1])
    jurisdiction = below(issuer, "Assigning Jurisdiction Code Sequence")
    meaning = below(jurisdiction, "Code Meaning")
    assert (meaning["tag"], meaning["type"]) == ("(0008,0104)", "1")
    assert meaning["via"] == "table_8.8-1a"  # the Basic Code Sequence Macro
    kind = below(issuer, "Assigning Facility Sequence", "Universal Entity ID Type")
    assert kind["values"] == [
        {"closed": True, "values": ["DNS", "EUI64", "ISO", "URI", "UUID", "X400", "X500"]}
    ]


def test_what_an_include_specializes_is_applied():
    orientation = find("NM/PET Patient Orientation Module")
    code = below(orientation, "Patient Orientation Code Sequence")
    assert below(code, "Code Meaning")["type"] == "3"
    assert below(find("Code Sequence Macro"), "Code Meaning")["type"] == "1"


def test_a_macro_that_includes_itself_ends():
    content = below(find("SR Document Content"), "Content Sequence")
    (again,) = (row for row in content["attributes"] if row.get("recursive"))
    assert again["include"] == "table_C.17-6"
    assert again["url"].startswith(f"{BASE}sect_C.17.3.4.html#para_")


def test_functional_groups_stand_in_a_list_of_their_own():
    tree = find("Enhanced CT Image IOD")
    macros = tree["functional_group_macros"]
    measures = named(macros, "Pixel Measures")
    assert (measures["usage"], measures["sharing"]) == ("M", "either")
    assert below(measures, "Pixel Measures Sequence", "Pixel Spacing")["type"] == "1C"
    content = named(macros, "Frame Content")
    assert content["sharing"] == "per-frame only"
    (image,) = (each for each in tree["information_entities"] if each["name"] == "Image")
    groups = named(image["modules"], "Multi-frame Functional Groups")
    assert below(groups, "Shared Functional Groups Sequence")["attributes"][0]["include"] == (
        "functional groups"
    )


@pytest.mark.parametrize("name", ["(0010,0010)", "00100010", "PatientName", "patient's name"])
def test_a_data_element_by_tag_keyword_and_name(name):
    tree = find(name)
    assert (tree["kind"], tree["tag"], tree["keyword"]) == (
        "Data Element",
        "(0010,0010)",
        "PatientName",
    )
    uses = {use["table"]: use for use in tree["used_in"]}
    assert uses["table_C.7-1"]["type"] == "2"
    assert uses["table_C.7-1"]["name"] == "Patient"


@pytest.mark.parametrize("name", ["(60xx,3000)", "(6002,3000)", "60003000", "OverlayData"])
def test_a_data_element_of_a_repeating_group(name):
    assert find(name)["tag"] == "(60xx,3000)"


@pytest.mark.parametrize(
    ("name", "kind", "table"),
    [
        ("Patient", "Module", "table_C.7-1"),
        ("general image module", "Module", "table_C.7-9"),
        ("Code Sequence Macro", "Macro", "table_8.8-1"),
        ("table_8.8-1", "Macro", "table_8.8-1"),
    ],
)
def test_a_module_or_macro_by_name(name, kind, table):
    tree = find(name)
    assert (tree["kind"], tree["table"]) == (kind, table)
    assert tree["attributes"]


def test_a_uid():
    tree = find("1.2.840.10008.5.1.4.1.1.2")
    assert (tree["kind"], tree["name"], tree["iod"]) == ("UID", "CT Image Storage", "CT Image")
    assert find("1.2.840.10008.5.1.4.1.1.5")["retired"] is True
    assert find("1.2.840.10008.1.2")["type"] == "Transfer Syntax"


@pytest.mark.parametrize("name", ["", " ", "no such thing", "(0009,1001)", "60013000", "1.2.3"])
def test_what_is_not_there(name):
    assert definitions().find(name) is None


def test_conditions_are_worded():
    made = definitions()
    read = Conditional("para_1", And((Present(Ref("(0010,0010)")),)), otherwise=Otherwise.MAY)
    words = made._condition(read)
    assert words is not None
    assert words.startswith("Required when Patient's Name is present; ")
    assert made._condition(None) is None


def _rows(rows: list[Tree]):
    for row in rows:
        yield row
        yield from _rows(row.get("attributes", []))


@pytest.mark.parametrize("edition", editions.available())
def test_every_iod_is_json(edition):
    """Every IOD whole, its Macros expanded, holds nothing but what JSON has."""
    made, loaded = definitions(edition), editions.load(edition)
    for name in loaded.iods:
        tree = made.find(name)
        assert tree is not None
        assert tree["kind"] == "IOD"
        assert json.dumps(tree, allow_nan=False)
        assert sum(len(entity["modules"]) for entity in tree["information_entities"]) > 0


@pytest.mark.parametrize("edition", editions.available())
def test_every_row_of_every_table(edition):
    made, loaded = definitions(edition), editions.load(edition)
    for table in loaded.tables:
        tree = made.table(loaded.table(table))
        for row in _rows(tree["attributes"]):
            assert row["url"].startswith("https://dicom.nema.org/medical/dicom/")
            assert ("include" in row) + ("others" in row) + ("tag" in row) == 1
            assert row.get("type") in TYPES


def test_a_tree_as_text():
    lines = definition.text(find("Patient")).splitlines()
    assert lines[0] == "Patient (Module)"
    assert "  table: table_C.7-1" in lines
    assert "  2  (0010,0010) Patient's Name" in lines
    issuer = "  3  (0010,0024) Issuer of Patient ID Qualifiers Sequence  [1 Items]"
    assert lines[lines.index(issuer) + 1] == "    3  (0040,0032) Universal Entity ID"


def test_an_iod_as_text():
    lines = definition.text(find("Enhanced CT Image")).splitlines()
    assert "  SOP Class Enhanced CT Image Storage 1.2.840.10008.5.1.4.1.1.2.1" in lines
    assert "  M  Patient" in lines
    at = lines.index("Functional Group Macros")
    assert lines[at + 1] == "  M  Pixel Measures"
    assert "  M  Frame Content, per-frame only" in lines[at:]


def test_a_data_element_as_text():
    assert "  Patient (table_C.7-1) Type 2" in definition.text(find("PatientName")).splitlines()
