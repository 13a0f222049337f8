"""How many Values rows and sections ask for: every number of every IOD, and how they are judged."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset

from dicomspec import edition as editions
from dicomspec.edition import Edition
from dicomspec.findings import Finding, NotEvaluated
from dicomspec.model import Condition, Conditional, IsNot, Present, Ref, Unparsed, ValueCount
from dicomspec.validation.checks import counts, multiplicity
from dicomspec.validation.level import Counted, Level, Rule, Slot
from dicomspec.validation.plan import Plan
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import check
from tests.dicomspec.validation.test_terms import levels, visited

IODS = [
    pytest.param(name, iod, id=f"{name} {iod}")
    for name in ("2024c", "2024a")
    for iod in editions.load(name).iods
]
DX, NM = "1.2.840.10008.5.1.4.1.1.1.1", "1.2.840.10008.5.1.4.1.1.20"
CT, ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1"
SEGMENTATION, WSI = "1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.77.1.6"
TOMOSYNTHESIS = "1.2.840.10008.5.1.4.1.1.13.1.3"
GSPS = "1.2.840.10008.5.1.4.1.1.11.1"
IMAGE_TYPE = "(0008,0008)"
WHEN_PRESENT = Conditional("", Present(Ref("(0010,0020)")))
UNREAD = Unparsed("", "")


def numbered(edition: Edition, slot: Slot, number: int) -> DataElement:
    """Return an element of so many Values."""
    vr, some = minimal.value(edition, slot.tag)
    one = some[0] if isinstance(some, list) else some
    return DataElement(slot.tag, vr, [one] * number if number > 1 else one)


def found(edition: Edition, level: Level, slot: Slot, number: int) -> list[Finding | NotEvaluated]:
    visit = visited(edition, level, slot, numbered(edition, slot, number))
    return list(counts.not_so_many(visit))


def narrowed(plan: Plan) -> Iterator[tuple[Level, Slot, Rule, Counted]]:
    for level in levels(plan):
        for slot in level.slots.values():
            for rule in slot.rules:
                for each in rule.counts:
                    yield level, slot, rule, each


def broken(count: ValueCount) -> Iterator[int]:
    """Yield the numbers next to those that are allowed."""
    if count.minimum > 1:
        yield count.minimum - 1
    if count.maximum is not None:
        yield count.maximum + 1


@pytest.mark.parametrize(("name", "iod"), IODS)
def test_each_number_of_each_iod_is_held(name, iod):
    edition = editions.load(name)
    for level, slot, rule, each in narrowed(Plan(edition, iod)):
        known = edition.element(slot.tag)
        assert known is not None
        for number in broken(each.count):
            said = found(edition, level, slot, number)
            if not multiplicity.allows(known.vm, number):
                assert said == []
            elif rule.certain and each.count.condition is None:
                (finding,) = said
                assert isinstance(finding, Finding)
                assert finding.code == "value/multiplicity"
                assert finding.citation.url
            else:
                assert len(said) <= 1
        both = [one.count for other in slot.rules for one in other.counts]
        least = max(one.minimum for one in both)
        if all(one.maximum is None or least <= one.maximum for one in both):
            assert found(edition, level, slot, least) == []


def test_numbers_reach_the_rows_that_they_are_for():
    edition = editions.load("2024c")
    for sop_class, expected in (
        (DX, {IMAGE_TYPE}),
        (NM, {IMAGE_TYPE}),
        (SEGMENTATION, {IMAGE_TYPE, "(0062,000B)"}),
        (ENHANCED_CT, {IMAGE_TYPE, "(0008,9007)", "(0018,1190)", "(0018,1210)"}),
        (GSPS, {"(0028,1050)", "(0028,1051)", "(0018,1600)"}),
    ):
        iod = edition.sop_classes[sop_class].iod
        assert iod is not None
        tags = {rule.attribute.tag for _, _, rule, _ in narrowed(Plan(edition, iod))}
        assert expected <= tags, sop_class


def with_type(sop_class: str, *values: str) -> Dataset:
    dataset = minimal.instance(editions.load("2024c"), sop_class)
    dataset.ImageType = list(values)
    return dataset


def said(dataset: Dataset) -> list[tuple[str, str]]:
    every = check(dataset).findings
    return [(each.message, each.citation.row) for each in every if "multiplicity" in each.code]


def test_what_a_section_asks_for():
    (found,) = said(with_type(DX, "ORIGINAL", "PRIMARY"))
    assert found == (
        "Image Type has 2 Values; 3-n may be there.",
        "para_32bf6450-354f-4827-bcd4-7e2d06fbc144",
    )
    assert said(with_type(DX, "ORIGINAL", "PRIMARY", "")) == []
    assert len(said(with_type(NM, "ORIGINAL", "PRIMARY"))) == 1
    assert len(said(with_type(SEGMENTATION, "DERIVED", "PRIMARY", "X"))) == 1
    assert len(said(with_type(WSI, "DERIVED", "PRIMARY", "VOLUME", "NONE", "X"))) == 1
    assert said(with_type(WSI, "DERIVED", "PRIMARY", "VOLUME", "NONE")) == []


def test_a_number_under_a_condition():
    dataset = with_type(CT, "ORIGINAL", "PRIMARY", "AXIAL")
    assert said(dataset) == []
    dataset.MultienergyCTAcquisition = "YES"
    ((message, row),) = said(dataset)
    assert message == "Image Type has 3 Values; 4-n may be there."
    assert row == "para_484076f7-b492-419f-bb14-c846dbe61ff9"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL", "VMI"]
    assert said(dataset) == []


def test_a_fifth_value_of_multi_frame_images():
    four = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    assert said(with_type(ENHANCED_CT, *four)) == []
    assert len(said(with_type(ENHANCED_CT, *four, "VMI"))) == 1
    assert said(with_type(TOMOSYNTHESIS, *four, "LOW_ENERGY")) == []
    assert len(said(with_type(TOMOSYNTHESIS, *four[:3]))) == 1


def test_what_the_registry_forbids_is_told_once():
    (found,) = said(with_type(SEGMENTATION, "DERIVED"))
    assert found == ("Image Type has 1 Value; 2-n may be there.", "")


def under(condition: Condition) -> tuple[Level, Slot]:
    """Return a Slot whose Attribute has at most one Value under a condition."""
    edition = editions.load("2024c")
    plan = Plan(edition, "Digital X-Ray Image")
    level = plan.root(tuple(range(len(plan.modules))))
    rule = level.slots[0x00080008].rules[0]
    count = ValueCount(3, 3, "p1", condition)
    counted = Counted(count, edition.cite(rule.source.table, "p1"))
    slot = Slot(0x00080008, repeating=False, rules=[replace(rule, counts=(counted,))])
    slot.settle()
    return level, slot


@pytest.mark.parametrize(
    ("condition", "number", "kind"),
    [
        (WHEN_PRESENT, 4, None),
        (Conditional("", IsNot(Ref("(0010,0020)"), ("X",), or_absent=True)), 4, Finding),
        (UNREAD, 4, NotEvaluated),
        (UNREAD, 3, None),
    ],
)
def test_unknown_is_listed_only_where_it_would_be_a_finding(condition, number, kind):
    every = found(editions.load("2024c"), *under(condition), number)
    assert [type(each) for each in every] == ([] if kind is None else [kind])


def test_nothing_is_asked_where_no_row_narrows():
    level = Plan(editions.load("2024c"), "CT Image").root(tuple(range(3)))
    assert not counts.has_counts(level.slots[0x00100020])
