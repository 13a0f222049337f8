"""What an IOD's own sections lay down: values, presence, Modules that are excluded."""

from dataclasses import replace
from typing import Any

import pytest
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec import edition as editions
from dicomspec.dataset import from_dataset
from dicomspec.edition import Edition
from dicomspec.findings import Finding
from dicomspec.model import (
    IOD,
    Conditional,
    Is,
    PresenceConstraint,
    Ref,
    Unparsed,
    ValueConstraint,
    ValueList,
)
from dicomspec.outcomes import InstanceReport
from dicomspec.validation.plan import Plan
from dicomspec.validation.validator import Validator
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import check

TRUE_COLOR = "1.2.840.10008.5.1.4.1.1.7.4"
CT, SR = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.88.22"
MADE = ("sect_A.3.4", "sect_A.3")
BODY_PART, COMMENTS = "(0018,0015)", "(0020,4000)"


@pytest.fixture
def report(monkeypatch):
    """Validate against an IOD with more content constraints."""

    def validate(dataset: Dataset, iod: str, **changes: Any) -> InstanceReport:
        edition = editions.load("2024c")
        made: IOD = replace(edition.iod(iod), **changes)
        monkeypatch.setattr(Edition, "iod", lambda _, name: {iod: made}[name])
        return Validator(edition).validate(from_dataset(dataset))

    return validate


def about(report: InstanceReport, keywords: str) -> list[Finding]:
    return [each for each in report.findings if each.location.keywords == keywords]


def listed(*values: str) -> ValueList:
    return ValueList(closed=True, values=values, paragraph="para_made")


def test_a_value_that_the_iod_forbids_is_one_finding_that_cites_its_section(report):
    dataset = minimal.instance(editions.load("2024c"), CT)
    dataset.Modality = "MR"
    values = (ValueConstraint(("(0008,0060)",), listed("CT"), *MADE),)
    (finding,) = about(report(dataset, "CT Image", values=values), "Modality")
    assert (finding.code, finding.value) == ("value/not-enumerated", "MR")
    assert finding.citation.url.endswith("part03/sect_A.3.html#para_made")
    dataset.Modality = "CT"
    assert about(report(dataset, "CT Image", values=values), "Modality") == []


def test_a_constraint_holds_at_its_place_and_at_any_depth_of_what_holds_itself(report):
    dataset = minimal.instance(editions.load("2024c"), SR)
    inner, item = Dataset(), Dataset()
    for each in (inner, item):
        each.RelationshipType, each.ValueType, each.TextValue = "CONTAINS", "TEXT", "x"
    item.ContentSequence = Sequence([inner])
    dataset.ContentSequence = Sequence([item])
    path = ("(0040,A730)", "(0040,A040)")
    values = (ValueConstraint(path, listed("CODE"), *MADE),)
    found = report(dataset, "Enhanced SR", values=values).findings
    places = [each.location.keywords for each in found if each.citation.section == MADE[0]]
    assert sorted(places) == [
        "ContentSequence[1].ContentSequence[1].ValueType",
        "ContentSequence[1].ValueType",
    ]


def test_what_the_iod_forbids_and_requires(report):
    dataset = minimal.instance(editions.load("2024c"), CT)
    dataset.ImageComments = "x"
    presence = (
        PresenceConstraint((COMMENTS,), True, *MADE),  # noqa: FBT003
        PresenceConstraint((BODY_PART,), False, *MADE),  # noqa: FBT003
        PresenceConstraint(("(0008,0008)",), False, *MADE),  # noqa: FBT003
    )
    found = report(dataset, "CT Image", presence=presence).findings
    assert [(each.code, each.location.keywords, each.citation.section) for each in found] == [
        ("attribute/not-permitted", "ImageComments", MADE[0]),
        ("attribute/type-1-missing", "BodyPartExamined", MADE[0]),
    ]
    del dataset.ImageType  # of Type 1: its row says so
    found = report(dataset, "CT Image", presence=presence).findings
    (finding,) = [each for each in found if each.location.keywords == "ImageType"]
    assert finding.module == "CT Image"


def test_presence_under_a_condition(report):
    dataset = minimal.instance(editions.load("2024c"), CT)
    dataset.Modality = "CT"
    condition = Conditional("para_made", Is(Ref("(0008,0060)"), ("CT",)))
    one = PresenceConstraint((BODY_PART,), False, *MADE, condition)  # noqa: FBT003
    (finding,) = about(report(dataset, "CT Image", presence=(one,)), "BodyPartExamined")
    assert finding.code == "attribute/type-1c-missing"
    assert finding.because == ("Modality is CT",)
    dataset.Modality = "MR"
    assert about(report(dataset, "CT Image", presence=(one,)), "BodyPartExamined") == []
    open_ = report(dataset, "CT Image", presence=(replace(one, condition=Unparsed("p", "d")),))
    listed = [each.location.keywords for each in open_.not_evaluated if each.reason == "unparsed"]
    assert "BodyPartExamined" in listed


def test_a_module_that_the_iod_excludes():
    dataset = minimal.instance(editions.load("2024c"), TRUE_COLOR)
    dataset.PatientOrientation = ["L", "P"]  # of General Image, which the IOD has
    assert check(dataset).findings == ()
    dataset.WindowCenterWidthExplanation = "x"  # of Type 3
    assert all(each.code != "module/not-permitted" for each in check(dataset).findings)
    dataset.WindowCenter, dataset.WindowWidth = 1, 2
    dataset[0x60020010] = DataElement(0x60020010, "US", 1)
    found = [each for each in check(dataset).findings if each.code == "module/not-permitted"]
    assert [each.module for each in found] == ["VOI LUT", "Overlay Plane"]
    assert {each.citation.section for each in found} == {"sect_A.8.5.4"}
    assert found[0].message.endswith(": Window Center, Window Width.")


def test_an_excluded_module_that_is_retired_is_none():
    iod = "Breast Projection X-Ray Image"
    edition = editions.load("2024c")
    assert "Curve" in {each.name for each in edition.iod(iod).excluded}
    names = {each.name for each, _ in Plan(edition, iod).excluded}
    assert names == {"Overlay Plane", "VOI LUT", "Softcopy Presentation LUT"}
