"""The catalogue, and what a Finding and its place say of themselves."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from dicomspec import catalogue
from dicomspec.catalogue import CATALOGUE, NOT_COUNTED_AS_FAILURE, Severity
from dicomspec.findings import Citation, Finding, Location, Step

CODE = re.compile(r"[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*")
CLAUSE = re.compile(r"PS3\.\d+ [A-Z0-9][A-Z0-9.]*(, [A-Z0-9.]+)*")
SEQUENCE, NAME = Step("(0040,0275)", "RequestAttributesSequence", 1), Step("(0040,0007)", "Name")
FINDING = Finding(
    code="attribute/type-1-missing",
    location=Location((SEQUENCE, NAME)),
    message="It is absent.",
    citation=Citation("2024c", "PS3.3", "table_10-9", "sect_10.6", "para_1", "sect_10.6"),
    sop_class_uid="1.2.840.10008.5.1.4.1.1.2",
)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_has_severity_meaning_and_clause(code):
    entry = CATALOGUE[code]
    assert CODE.fullmatch(code)
    assert isinstance(entry.severity, Severity)
    assert entry.meaning.endswith(".")
    assert entry.meaning[0].isupper()
    assert CLAUSE.fullmatch(entry.clause) or (code.startswith("internal/") and entry.clause)


def test_relations_alone_say_whether_they_are_ours():
    for code, entry in CATALOGUE.items():
        assert (entry.ours is not None) == code.startswith("relation/")


def test_meanings_are_told_once():
    assert len({entry.meaning for entry in CATALOGUE.values()}) == len(CATALOGUE)


def test_no_code_is_written_twice():
    """A dict takes the last of two equal keys without a word; the source shows both."""
    source = Path(catalogue.__file__).read_text(encoding="utf-8")
    written = re.findall(r'^    "([a-z-]+/[a-z0-9-]+)": Entry\(', source, re.MULTILINE)
    assert written == list(CATALOGUE)


def test_what_has_an_exit_status_of_its_own_is_in_the_catalogue():
    assert set(CATALOGUE) >= NOT_COUNTED_AS_FAILURE


def test_a_code_that_is_not_in_the_catalogue_raises():
    with pytest.raises(KeyError, match="attribute/type-4-missing"):
        replace(FINDING, code="attribute/type-4-missing")


def test_a_finding_has_the_severity_of_its_code():
    assert FINDING.severity is Severity.ERROR
    assert replace(FINDING, code="file-meta/preamble-used").severity is Severity.NOTE
    assert replace(FINDING, code="instance/retired-sop-class").severity is Severity.WARNING


def test_places_are_written_three_ways():
    location = FINDING.location
    assert location.path == "(0040,0275)[1].(0040,0007)"
    assert location.keywords == "RequestAttributesSequence[1].Name"
    assert location.unnumbered == "(0040,0275).(0040,0007)"
    assert Location().path == Location().keywords == Location().unnumbered == ""


def test_a_fingerprint_is_the_same_from_run_to_run():
    assert FINDING.fingerprint == "b31da6485b67e26b"


@pytest.mark.parametrize(
    "changed",
    [
        {"location": Location((replace(SEQUENCE, item=7), NAME))},
        {"message": "Other words."},
        {"value": "X"},
        {"module": "Other"},
        {"because": ("Modality is CT",)},
        {"citation": replace(FINDING.citation, edition="2024a", page="x")},
    ],
)
def test_a_fingerprint_is_the_same_for_the_same_fault(changed):
    assert replace(FINDING, **changed).fingerprint == FINDING.fingerprint


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "attribute/type-2-missing"},
        {"location": Location((NAME,))},
        {"citation": replace(FINDING.citation, row="para_2")},
        {"citation": replace(FINDING.citation, table="table_10-8")},
        {"sop_class_uid": "1.2.840.10008.5.1.4.1.1.4"},
    ],
)
def test_a_fingerprint_is_another_for_another_fault(changed):
    assert replace(FINDING, **changed).fingerprint != FINDING.fingerprint


def test_a_fingerprint_of_a_uid_that_is_no_text():
    assert len(replace(FINDING, sop_class_uid="\udcff").fingerprint) == 16


@pytest.mark.parametrize(
    ("citation", "end"),
    [
        (FINDING.citation, "2024c/output/chtml/part03/sect_10.6.html#para_1"),
        (Citation("2024a", "PS3.4", "t", "s", "", "p"), "2024a/output/chtml/part04/p.html#t"),
        (Citation("2024a", "PS3.10", "", "s", "", "p"), "2024a/output/chtml/part10/p.html#s"),
        (Citation("2024a", "PS3.10", page="p"), "2024a/output/chtml/part10/p.html"),
    ],
)
def test_a_citation_leads_to_the_published_page(citation, end):
    assert citation.url == f"https://dicom.nema.org/medical/dicom/{end}"


def test_a_citation_without_a_page_leads_nowhere():
    assert Citation("2024c", "PS3.4", "table_B.5-1").url == ""
