"""What stands on the pages: all that is in the report, and nothing that data could smuggle in."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from dicomspec import render
from dicomspec.findings import Finding, Location, NotEvaluated, Step
from dicomspec.render import FORMATS, Options
from dicomspec.render.safe import visible
from tests.dicomspec.render import samples
from tests.dicomspec.render.html.reading import (
    check_markup,
    check_structure,
    only,
    parse,
    shown,
    words,
)
from tests.dicomspec.render.samples import location
from tests.dicomspec.render.strategies import reports


def page(report, *, show_values=False):
    return parse(render.render(report, "html", Options(show_values=show_values)))


def facts(element):
    return {words(each[0]): words(each[1]) for each in element.xpath(".//dl/div")}


@pytest.mark.parametrize(
    ("instances", "title", "sentence"),
    [
        ((), "Nothing validated", "There was no instance to validate."),
        ((samples.good_ct("a.dcm"),), "Pass", "a.dcm"),
        ((samples.good_ct(), samples.unreadable()), "Unreadable", "1 pass, 1 unreadable."),
        ((samples.good_ct(), samples.unknown()), "Unknown SOP Class", "1 unknown SOP Class."),
        ((samples.ct(), samples.unknown()), "Fail", "2 instances: 1 fail, 1 unknown SOP Class."),
    ],
)
def test_the_verdict_comes_first(instances, title, sentence):
    root = page(samples.report(*instances))
    assert words(only(root, "//main/section[1]/h1")) == title
    assert words(only(root, "//p[@class='lead']")).endswith(sentence)


def test_then_what_was_checked():
    root = page(samples.mixed(10))
    assert facts(only(root, "//section[@aria-labelledby='against']")) == {
        "Standard": "DICOM 2024c",
        "Tool": "dicomspec 0.1.0",
        "Requirements checked": "2,121",
        "Not evaluated": "86, 64 because only people can judge the condition; "
        "22 because the condition has not been read from the standard yet",
    }


def test_a_finding_of_many_instances_is_told_once_with_links_to_them():
    report = samples.report(*(samples.ct(f"{number}.dcm", number) for number in range(1, 16)))
    root = page(report)
    group = root.xpath("//li[contains(@class, 'group')]")[0]
    assert words(only(group, ".//summary")) == "In 15 of 15 instances"
    links = [(words(each), each.get("href")) for each in group.xpath(".//ul[@class='places']//a")]
    assert links[:2] == [("1 1.dcm", "#i1-f1"), ("2 2.dcm", "#i2-f1")]
    assert len(links) == 12
    assert words(only(group, ".//p[@class='runs']")) == "All by number: 1 to 15"


def test_an_iod_is_laid_out_as_the_standard_does():
    root = page(samples.report(samples.ct()))
    entities = [words(each) for each in root.xpath("//section[@class='outline']/h4")]
    assert entities == [
        f"{name} IE"
        for name in (
            "Patient", "Study", "Series", "Frame of Reference", "Equipment", "Acquisition", "Image",
        )
    ]  # fmt: skip
    modules = root.xpath("//section[@class='outline']/*[contains(@class, 'module')]")
    assert [words(each.xpath(".//h5")[0]) for each in modules] == [
        module.name for module in samples.ct().outline
    ]
    unfolded = root.xpath("//details[contains(@class, 'module')][@open]/summary/h5")
    assert [words(each) for each in unfolded] == ["Patient", "General Series", "Image Plane"]


def test_a_finding_stands_right_under_its_attribute():
    root = page(samples.report(samples.ct()))
    card = only(root, "//*[@id='i1-f2']/ancestor::tr")
    assert words(card.getprevious()) == "fault(0008,0104)1>> Code Meaning"
    assert words(only(card, ".//p[@class='message']")) == "Code Meaning has no value."
    assert facts(card) == {
        "Code": "attribute/type-1-empty",
        "Type": "1",
        "Module": "General Series",
        "Clause": "PS3.3 C.7.3.1, Table C.7-5a",
        "Condition": "Required always, in every Item of Scheduled Protocol Code Sequence",
        "Because": "(0040,0275) Request Attributes Sequence has 2 Items"
        "(0040,0008) Scheduled Protocol Code Sequence has 1 Item",
    }


def test_values_are_shown_only_when_asked_for():
    report = samples.report(samples.unknown())
    hidden, open_ = page(report), page(report, show_values=True)
    assert not hidden.xpath("//dt[text()='Value']")
    assert "Values of the data sets are left out." in words(only(hidden, "//footer"))
    value = only(open_, "//*[@id='i1-f1']//dt[text()='Value']/following-sibling::dd")
    assert words(value) == "1.3.12.2.1107.5.9.1"
    assert "they may identify a patient" in words(only(open_, "//footer"))


def test_a_row_says_the_gravest_that_was_found_at_its_place():
    instance = samples.good_ct()
    at = instance.outline[0].attributes[0]
    found = Finding("file-meta/preamble-used", at.location, "It is odd.", at.citation, "Patient")
    for finding, word, is_open in (
        (found, "note", False),
        (replace(found, code="instance/retired-sop-class"), "warning", True),
        (replace(found, code="attribute/type-1-empty"), "fault", True),
    ):
        root = page(samples.report(replace(instance, findings=(found, finding))))
        module = root.xpath("//details[contains(@class, 'module')]")[0]
        assert words(module.xpath(".//tbody/tr/td")[0]) == word
        assert f"1 {word}" in words(only(module, "./summary/span[@class='tally']"))
        assert (module.get("open") is not None) == is_open


def test_what_was_not_evaluated_is_named():
    instance = samples.good_ct()
    attribute = NotEvaluated(
        location("(0020,0060)", {"(0020,0060)": "Laterality"}), "General Series", "2C",
        "judgement", samples.cite("C.7.3.1", "C.7-5a"), "Required when it is so.",
    )  # fmt: skip
    module = replace(attribute, location=Location(), module="Contrast/Bolus", type="C")
    macro = replace(module, location=location("(5200,9230)[2]"), module="Frame VOI LUT", type="C")
    root = page(samples.report(replace(instance, not_evaluated=(attribute, module, macro))))
    rows = root.xpath("//table[@class='open']//tr[th[@scope='row']]")
    assert [[words(each) for each in row[:2]] for row in rows] == [
        ["Laterality (0020,0060)Required when it is so.", "2C"],
        ["Contrast/BolusRequired when it is so.", "Usage C"],
        ["Frame VOI LUT (5200,9230)[2]Required when it is so.", "Usage C"],
    ]
    assert not [each for each in root.xpath("//table[@class='open']//code") if not words(each)]


def test_a_module_has_a_usage_and_an_attribute_a_type():
    instance = samples.mr(frames=1)
    missing = replace(instance.findings[1], type="M")
    found = replace(instance, findings=(instance.findings[0], missing))
    cards = page(samples.report(found)).xpath("//div[starts-with(@class, 'finding ')]")
    assert [set(facts(card)) & {"Type", "Usage"} for card in cards] == [{"Type"}, {"Usage"}]


@pytest.mark.parametrize(
    "text", ["DOE^JOHN 1977", "197700", "1.2.0777", "3.1977.1", "1." * 32 + "1977", "1.2.1977\v"]
)
def test_what_is_no_uid_is_hidden_as_values_are(text):
    instance = replace(samples.unknown(), sop_class_uid=text, sop_instance_uid=text)
    report = samples.report(instance, samples.good_ct())
    for name in FORMATS:
        assert text.rstrip() not in render.render(report, name)
    shown_ = page(samples.report(instance), show_values=True)
    assert visible(text).strip() in words(only(shown_, "//section[@class='instance']"))
    hidden = page(samples.report(instance))
    assert words(only(hidden, "//section[@class='instance']")).count("(hidden: not a UID)") == 2


def test_the_byte_is_shown_where_there_is_one_place():
    instance = samples.unknown()
    one = replace(instance, findings=(replace(instance.findings[0], offset=1234),))
    assert facts(page(samples.report(one)))["Byte"] == "1,234"
    groups = page(samples.report(one, one)).xpath("//li[contains(@class, 'group')]")
    assert "Byte" not in facts(groups[0])


def test_what_was_filtered_out_is_counted():
    instance = replace(samples.ct(), findings=(), filtered=4)
    root = page(samples.report(instance))
    assert facts(only(root, "//section[@aria-labelledby='against']"))["Filtered out"] == (
        "4 findings, as the run was asked to; the verdict doesn't rest on them"
    )
    facts_ = facts(only(root, "//section[@class='instance']"))
    assert facts_["Findings"] == "no findings, 4 filtered out"
    said = [words(each) for each in root.xpath("//table[@class='attributes']//td[1]")]
    assert said.count("filtered out") == 3
    assert "fault" not in said


def test_a_long_value_is_cut():
    instance = samples.unknown()
    finding = replace(instance.findings[0], value="9" * 100_000)
    root = page(samples.report(replace(instance, findings=(finding,))), show_values=True)
    (value, _) = root.xpath("//dt[text()='Value']/following-sibling::dd")
    assert words(value) == "9" * 256 + "... (100,000 characters)"


def test_a_spoofed_path_is_told_as_it_is():
    root = page(samples.report(samples.unreadable("a/\u202efdp.exe\x1b[2J\udcff.dcm")))
    lead = words(only(root, "//p[@class='lead']"))
    assert lead == r"a/\u202efdp.exe\x1b[2J\udcff.dcm"


@pytest.mark.parametrize(
    "report",
    [
        samples.report(),
        samples.report(samples.ct()),
        samples.report(samples.unreadable()),
        samples.report(samples.ct(), samples.good_ct(), samples.mr(), samples.unknown()),
    ],
)
def test_structure(report):
    root = page(report)
    check_markup(root)
    check_structure(root)


def check_complete(root, report):
    """Hold that everything in the report is told on the page, each finding in full, and once."""
    findings = [finding for each in report.instances for finding in each.findings]
    assert len(root.xpath("//div[starts-with(@class, 'finding ')][@id]")) == len(findings)
    for number, instance in enumerate(report.instances, 1):
        for index, finding in enumerate(instance.findings, 1):
            check_finding(only(root, f"//*[@id='i{number}-f{index}']"), finding)
        check_instance(only(root, f"//*[@id='i{number}']"), instance)
    said = words(only(root, "//main"))
    for file in report.skipped:
        assert shown(file.path) in said
        assert shown(file.reason) in said


def check_finding(card, finding):
    said = words(card)
    for text in (
        finding.code, finding.severity.value, finding.message, finding.module, finding.type,
        finding.condition, *finding.because, finding.location.path,
        finding.location.keywords if finding.location.path else "",
    ):  # fmt: skip
        assert shown(text) in said
    if finding.value is not None:
        assert (shown(finding.value) or "empty") in said
    if finding.citation.url:
        assert card.xpath(".//a/@href") == [visible(finding.citation.url)]


def check_instance(told, instance):
    said = words(told)
    for text in (
        instance.sop_class_uid, instance.sop_class_name, instance.iod, instance.sop_instance_uid,
        f"{instance.requirements_checked:,} requirements",
    ):  # fmt: skip
        assert shown(text) in said
    modules = told.xpath(".//section[@class='outline']/*[contains(@class, 'module')]")
    for element, module in zip(modules, instance.outline, strict=True):
        head = words(element.xpath("./summary" if element.tag == "details" else ".")[0])
        for text in (module.name, module.usage, module.presence.value):
            assert shown(text) in head
        rows = element.xpath(".//tr[th[@scope='row']]")
        for row, outcome in zip(rows, module.attributes, strict=True):
            check_row(row, outcome, instance)
    rows = told.xpath(".//table[@class='open']//tr[th[@scope='row']]")
    by_module: dict[str, list[NotEvaluated]] = {each.module: [] for each in instance.not_evaluated}
    for each in instance.not_evaluated:
        by_module[each.module].append(each)
    every = [each for some in by_module.values() for each in some]
    for row, each in zip(rows, every, strict=True):
        of_module = each.type in {"M", "C", "U"} or not each.location.steps
        name = each.module if of_module else each.location.keywords
        for text in (each.what, each.type, each.location.path, name):
            assert shown(text) in words(row)


def check_row(row, outcome, instance):
    said = words(row)
    *_, last = outcome.location.steps or (Step("", ""),)
    for text in (outcome.name or last.keyword, last.tag, outcome.type):
        assert shown(text) in said
    own = {each.severity for each in instance.findings if each.path == outcome.location.path}
    grades = {"fault", "warning", "note"} if own else set()
    grades |= {"filtered out"} if instance.filtered else set()
    assert any(shown(text) in said for text in {outcome.status.value, *grades})
    if outcome.citation.url:
        assert row.xpath(".//a/@href") == [visible(outcome.citation.url)]


@settings(max_examples=150, deadline=None)
@given(reports)
def test_whatever_data_holds_the_page_is_complete_and_stays_ours(report):
    root = page(report, show_values=True)
    check_markup(root)
    check_structure(root)
    check_complete(root, report)
