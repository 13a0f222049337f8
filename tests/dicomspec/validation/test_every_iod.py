"""The standard's own tables as test data: every SOP Class, every Attribute that its IOD demands."""

import copy

import pytest
from pydicom.dataset import Dataset

from dicomspec import edition as editions
from dicomspec.findings import NotEvaluated
from dicomspec.model import Type, Usage
from dicomspec.report import Verdict
from dicomspec.validation.plan import Plan
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import check

SOP_CLASSES = [
    pytest.param(name, each.uid, id=f"{name} {each.iod}")
    for name in ("2024c", "2024a")
    for each in editions.load(name).sop_classes.values()
    if each.iod is not None
]
FEW = [each for each in SOP_CLASSES if each.values[0] == "2024c"]


@pytest.mark.parametrize(("name", "uid"), SOP_CLASSES)
def test_the_least_data_set_has_no_finding(name, uid):
    dataset = minimal.instance(editions.load(name), uid)
    report = check(dataset, edition=name)
    assert [(each.code, each.location.keywords, each.message) for each in report.findings] == []
    assert report.verdict is Verdict.PASS


@pytest.mark.parametrize(("name", "uid"), FEW)
def test_each_root_attribute_that_is_taken_away_is_one_finding(name, uid):
    edition = editions.load(name)
    dataset = minimal.instance(edition, uid)
    plan = Plan(edition, edition.sop_classes[uid].iod or "")
    mandatory = tuple(
        owner.index for owner in plan.modules if owner.usage in {Usage.MANDATORY, None}
    )
    for slot in minimal.demanded(plan.root(mandatory)):
        if slot.tag in {0x00080016, 0x52009229}:  # without them there is no IOD, or no shared group
            continue
        less = minimal.duplicate(dataset)
        del less[slot.tag]
        report = check(less)
        keyword = edition.keyword(slot.tag)
        own = [each for each in report.findings if each.location.keywords == keyword]
        modules = [each for each in report.findings if each.code == "module/mandatory-missing"]
        _others_say_why(report, own + modules, keyword)
        if modules:
            assert len(modules) == 1
            assert not own
        else:
            kind = "1" if slot.base_type is Type.TYPE_1 else "2"
            assert [each.code for each in own] == [f"attribute/type-{kind}-missing"]
            assert own[0].citation.url.startswith("https://dicom.nema.org/medical/dicom/2024c/")


def _others_say_why(report, expected, keyword):
    """What else is found has to come from a condition that the Attribute decides, and say so."""
    for each in report.findings:
        if each not in expected:
            assert any(keyword in reason for reason in each.because), (each, keyword)


@pytest.mark.parametrize(("name", "uid"), FEW)
def test_each_type_1_attribute_that_is_emptied_is_one_finding(name, uid):
    edition = editions.load(name)
    dataset = minimal.instance(edition, uid)
    plan = Plan(edition, edition.sop_classes[uid].iod or "")
    mandatory = tuple(
        owner.index for owner in plan.modules if owner.usage in {Usage.MANDATORY, None}
    )
    for slot in minimal.demanded(plan.root(mandatory)):
        vr, _ = minimal.value(edition, slot.tag)
        if slot.base_type is not Type.TYPE_1 or slot.tag in {0x00080016, 0x52009229}:
            continue
        less = minimal.duplicate(dataset)
        less.add_new(slot.tag, vr, [] if vr == "SQ" else None)
        report = check(less)
        keyword = edition.keyword(slot.tag)
        own = [each for each in report.findings if each.location.keywords == keyword]
        assert [each.code for each in own] == ["attribute/type-1-empty"]
        _others_say_why(report, own, keyword)


@pytest.mark.parametrize("name", editions.available())
def test_every_level_of_every_iod_can_be_made(name):
    """No Macro includes itself without end, no Include dangles, every Slot settles."""
    edition = editions.load(name)
    for iod in edition.iods:
        plan = Plan(edition, iod)
        seen: set[int] = set()
        waiting = [*plan.module_slots, plan.root(tuple(range(len(plan.modules))))]
        while waiting:
            level = waiting.pop()
            if id(level) in seen:
                continue
            seen.add(id(level))
            assert all(include.what for include, _ in level.unresolved)
            waiting += [
                plan.children(slot)
                for slot in level.slots.values()
                if any(rule.children for rule in slot.rules)
            ]
        assert len(seen) < 3000


def test_conditional_rows_are_counted_not_skipped():
    dataset = minimal.instance(editions.load("2024c"), "1.2.840.10008.5.1.4.1.1.2")
    report = check(dataset)
    listed = {(each.location.keywords, each.type) for each in report.not_evaluated}
    assert ("ContentDate", "2C") in listed
    assert ("Laterality", "2C") in listed
    assert ("", "C") in listed  # Modules of Usage C
    assert all(
        isinstance(each, NotEvaluated) and each.citation.row for each in report.not_evaluated
    )


def test_a_data_set_is_left_as_it_was():
    dataset = minimal.instance(editions.load("2024c"), "1.2.840.10008.5.1.4.1.1.4.1")
    before = copy.deepcopy(dataset)
    check(dataset, outline=True)
    assert dataset == before
    assert isinstance(dataset, Dataset)
