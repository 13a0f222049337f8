"""Definitions as trees: what is expanded, what is not, and how they are looked up."""

import json
from dataclasses import replace
from functools import lru_cache

import pytest

from dicomspec import edition as editions
from dicomspec.model import (
    And,
    Conditional,
    Otherwise,
    Present,
    Ref,
    Type,
    Unparsed,
    ValueList,
)  # fmt: skip
from dicomspec.render import definition
from dicomspec.render.definition import Definitions, Tree, words
from dicomspec.render.definition.rows import Rows
from tests.dicomspec.render.html.reading import check_markup, check_structure, only, parse, shown
from tests.dicomspec.render.html.reading import words as reading_words

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
    made = Rows(editions.load())
    read = Conditional("para_1", And((Present(Ref("(0010,0010)")),)), otherwise=Otherwise.MAY)
    words = made.condition(read)
    assert words is not None
    assert words.startswith("Required when Patient's Name is present; ")
    assert made.condition(None) is None


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
    issuer = "  3  (0010,0024) Issuer of Patient ID Qualifiers Sequence  [1 Item]"
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


def test_the_cid_of_an_include_is_the_enclosing_sequences():
    subject = find("Patient")
    assert below(subject, "Ethnic Group Code Sequence")["context_groups"] == [
        {"cid": "6099", "use": "Baseline"}
    ]
    assert below(subject, "Patient Species Code Sequence")["context_groups"] == [
        {"cid": "7454", "use": "Defined"}
    ]


def test_the_cid_of_an_include_is_that_of_the_attribute_it_names():
    region = below(find("CT Image Module"), "Anatomic Region Sequence")
    assert {"cid": "4030", "use": "Defined", "tag": "(0008,2218)"} in region["context_groups"]


def test_the_cid_of_a_macro_without_coded_entries_is_its_first_sequences():
    tree = find("table_C.36.26-1")
    rows = [row for row in tree["attributes"] if row.get("via") == "table_C.36.2.2.22-1"]
    held = [(row["tag"], each["cid"]) for row in rows for each in row.get("context_groups", ())]
    assert ("(3002,0117)", "9271") in held


def test_values_of_the_sections_that_a_row_refers_to():
    rows = find("CT Image Module")
    assert below(rows, "Samples per Pixel")["values"] == [
        {"closed": True, "values": ["1"], "tags": ["(0028,0002)"], "section": "sect_C.8.2.1.1.2"}
    ]
    image_type = below(rows, "Image Type")["values"]
    assert (image_type[0]["number"], image_type[0]["values"]) == (3, ["AXIAL", "LOCALIZER"])
    general = below(find("General Image"), "Image Type")["values"]
    assert [(each["number"], each["values"]) for each in general] == [
        (1, ["ORIGINAL", "DERIVED"]),
        (2, ["PRIMARY", "SECONDARY"]),
    ]


def test_numbers_of_items_and_values_under_a_condition():
    row = below(find("table_C.8-119"), "CT Acquisition Details Sequence")
    assert [each["items"] for each in row["items_if"]] == [[1, 1], [1, None]]
    assert all(each["condition"] for each in row["items_if"])
    told = definition.text(find("table_C.8-119"))
    assert "CT Acquisition Details Sequence  [1 Item " in told
    made = Rows(editions.load())
    when = Conditional("para_2", Present(Ref("(0010,0010)")))
    listed = ValueList(closed=True, values=("A",), paragraph="para_1", condition=when)
    assert made._values(listed)["condition"] == "Patient's Name is present"
    assert words.values(made._values(listed)) == "one of A when Patient's Name is present"
    unread = Unparsed("para_3", "")
    assert words.values(made._values(replace(listed, condition=unread))) == (
        "one of A under a condition not read yet"
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1, 1, "1 Item"),
        (2, 2, "2 Items"),
        (0, 1, "0 or 1 Item"),
        (1, 3, "1 to 3 Items"),
        (1, None, "1 or more Items"),
        (0, None, "any number of Items"),
    ],
)
def test_numbers_of_items_in_words(low, high, said):
    assert words.items(low, high) == said


@pytest.mark.parametrize("name", ["CT Image Storage", "ct image storage", "CTImageStorage"])
def test_a_sop_class_by_name_and_keyword_is_its_iod(name):
    tree = find(name)
    assert (tree["kind"], tree["name"]) == ("IOD", "CT Image")


def test_other_uids_by_name_and_keyword():
    assert find("ExplicitVRLittleEndian")["uid"] == "1.2.840.10008.1.2.1"
    assert find("Explicit VR Little Endian")["kind"] == "UID"
    assert find("Nuclear Medicine Image Storage")["retired"] is True


def test_where_an_attribute_is_used():
    uses = [
        use for use in find("KVP")["used_in"] if use["table"] in {"table_C.8-3", "table_C.8-38"}
    ]
    assert [(use["kind"], use["name"], use["path"], use["type"]) for use in uses] == [
        ("Module", "CT Image", [], "2"),
        ("Module", "CT Image", ["CT Additional X-Ray Source Sequence"], "1"),
        ("Module", "RT Image", ["Exposure Sequence"], "2C"),
    ]
    assert uses[0]["condition"] is None
    assert uses[2]["condition"].startswith("Required when Image Type Value 3 is any of PORTAL")
    lines = definition.text(find("KVP")).splitlines()
    assert "  used in 19 places:" in lines
    assert "  CT Image > CT Additional X-Ray Source Sequence (table_C.8-3) Type 1" in lines
    assert any(line.startswith("  CT X-Ray Details Macro > CT X-Ray De") for line in lines)


def test_uids_in_conditions_have_their_names():
    url = below(find("Image Pixel"), "Pixel Data Provider URL")
    assert url["condition"].startswith(
        'Required when the Transfer Syntax is any of "JPIP Referenced", "JPIP Referenced Deflate"'
    )


@pytest.mark.parametrize(
    "name",
    ["Raw Data", "Segmentation", "Image Pixel", "table_8.8-1", "KVP", "1.2.840.10008.1.2"],
)
def test_a_page_holds_what_the_tree_holds(name):
    tree = find(name)
    root = parse(definition.page(tree, "0.1.0"))
    check_markup(root)
    check_structure(root)
    said = reading_words(only(root, "//main"))
    assert reading_words(only(root, "//h1")) == f"{tree['name']} {tree['kind']}"
    uses = [
        *(
            module
            for entity in tree.get("information_entities", ())
            for module in entity["modules"]
        ),
        *tree.get("functional_group_macros", ()),
    ]
    rows = [row for each in (tree, *uses) for row in _rows(each.get("attributes", []))]
    cells = root.xpath("//table[contains(@class, 'rows')]//th[@scope='row']")
    assert len(cells) == len(rows)
    for cell, row in zip(cells, rows, strict=True):
        for text in (row.get("name", ""), *(words.asked(row) if "tag" in row else ())):
            assert shown(text) in reading_words(cell)
    for use in (*uses, *tree.get("used_in", ())):
        assert shown(use["name"]) in said
        assert shown(use["condition"] or "") in said
