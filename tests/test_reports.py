"""What is generated under reports/ is fresh."""

from dicomspec import render
from dicomspec.render.catalogue import markdown
from tests import example

_REPORTS = example.PATH.parent


def test_the_catalogue_page_is_fresh():
    assert (_REPORTS / "findings.md").read_text(encoding="utf-8") == markdown()


def test_the_example_report_is_fresh():
    assert example.PATH.read_text(encoding="utf-8") == render.render(example.report(), "html")


def test_the_example_shows_its_four_faults():
    found = [(each.code, each.location.keywords) for each in example.report().findings]
    assert found == [
        ("module/mandatory-missing", ""),
        (
            "attribute/type-1-missing",
            "RequestAttributesSequence[1].RequestedProcedureCodeSequence[1].CodeMeaning",
        ),
        ("attribute/type-1-empty", "PhotometricInterpretation"),
        ("attribute/type-1-missing", "RescaleSlope"),
    ]
