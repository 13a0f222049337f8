"""Enumerated Values and Defined Terms: every list of every IOD, and how lists go together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydicom import config
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset

from dicomspec import edition as editions
from dicomspec.edition import Edition
from dicomspec.findings import Citation
from dicomspec.model import (
    Absent,
    Attribute,
    Condition,
    Conditional,
    Present,
    Ref,
    Type,
    Unparsed,
    ValueList,
)
from dicomspec.validation.checks import terms as checks
from dicomspec.validation.level import Level, Listed, Owner, Rule, Slot, Source
from dicomspec.validation.permitted import KINDS, Compared, Permitted
from dicomspec.validation.plan import Plan
from dicomspec.validation.scope import Place
from dicomspec.validation.verdict import Surroundings
from dicomspec.validation.visit import Setting, Visit
from dicomspec.wording import Wording
from tests.dicomspec.validation import minimal, terms
from tests.dicomspec.validation.conftest import check
from tests.dicomspec.validation.minimal import value

WHEN_PRESENT = Conditional("", Present(Ref("(0010,0020)")))
WHEN_ABSENT = Conditional("", Absent(Ref("(0010,0020)")))
MADE = Source((), Owner(0, "", "Made", None, "table_C.7-1", None, Citation("", "")), "table_C.7-1")
CODES = {True: "value/not-enumerated", False: "value/not-a-defined-term"}


def levels(plan: Plan) -> Iterator[Level]:
    """Yield every Level of an IOD once."""
    seen: set[int] = set()
    waiting = [plan.root(tuple(range(len(plan.modules)))), *plan.module_slots]
    while waiting:
        level = waiting.pop()
        if id(level) not in seen:
            seen.add(id(level))
            yield level
            slots = level.slots.values()
            waiting += [plan.children(slot) for slot in slots if slot.sequence]


def visited(edition: Edition, level: Level, slot: Slot, element: DataElement) -> Visit:
    """Return a Visit of the only element of an Item."""
    dataset = Dataset()
    dataset[slot.tag] = element
    setting = Setting(
        edition=edition,
        wording=Wording(edition),
        around=Surroundings(edition.keyword, None, None, lambda _: None, edition.element),
        sop_class_uid="1.2.3",
    )
    return Visit(setting, slot, slot.tag, (), (Place(dataset, level),), element=element)


def codes(edition: Edition, level: Level, slot: Slot, element: DataElement) -> list[str]:
    """Return the codes of what is found; an empty one for what isn't evaluated."""
    visit = visited(edition, level, slot, element)
    return [getattr(found, "code", "") for found in checks.not_listed(visit)]


def another(lists: tuple[Compared, ...], vr: str) -> object:
    """Return a value that none of the lists has."""
    keys = {str(key) for each in lists for key in each.keys}
    if vr == "AT":
        return 0x00100020
    numbers = {"DS", "FD", "FL", "IS", "SL", "SS", "SV", "UL", "US", "UV"}
    other = "127" if vr in numbers else "1.2.3.4" if vr == "UI" else "NOT_A_TERM"
    assert other not in keys
    return terms.typed(other, vr)


def slots(edition: Edition) -> Iterator[tuple[Level, Slot]]:
    """Yield the Slots of all IODs that have lists, each set of lists once."""
    seen: set[tuple[object, ...]] = set()
    for iod in edition.iods:
        for level in levels(Plan(edition, iod)):
            for slot in level.slots.values():
                lists = [
                    (id(each.values), rule.certain) for rule in slot.rules for each in rule.lists
                ]
                key = (slot.tag, *lists)
                if lists and key not in seen:
                    seen.add(key)
                    yield level, slot


@pytest.mark.parametrize("name", editions.available())
def test_of_every_list_a_value_passes_and_another_fires(name):
    edition = editions.load(name)
    fired: Counter[str] = Counter()
    for level, slot in slots(edition):
        vr, some = value(edition, slot.tag)
        lists = Permitted.of(slot).compared(vr)
        good, bad = terms.listed(slot, vr, some), another(lists, vr)
        values = good if isinstance(good, list) else [good]
        certain = all(each.certain for each in lists)
        if lists and certain:
            element = DataElement(slot.tag, vr, good)
            assert codes(edition, level, slot, element) == [], (slot.first.attribute, good)
        for number in range(1, len(values) + 1):
            asked = [each for each in lists if each.number in {None, number}]
            wrong = [*values[: number - 1], bad, *values[number:]]
            element = DataElement(slot.tag, vr, wrong if len(wrong) > 1 else bad)
            found = codes(edition, level, slot, element)
            assert len(found) <= 1 or not certain
            fired.update(found)
            if certain:
                closed = any(each.closed for each in asked)
                assert found == ([CODES[closed]] if asked else []), (slot.first.attribute, number)
    assert min(fired[code] for code in CODES.values()) > 100


CT, IMAGE_TYPE = "1.2.840.10008.5.1.4.1.1.2", "ImageType"


def found(dataset: Dataset, keyword: str) -> list[tuple[str, str]]:
    """Return the codes and messages of what is found of an Attribute of the root."""
    report = check(dataset)
    every = [each for each in report.findings if each.location.keywords == keyword]
    return [(each.code, each.message) for each in every]


def ct(**values: object) -> Dataset:
    dataset = minimal.instance(editions.load("2024c"), CT)
    for keyword, given in values.items():
        setattr(dataset, keyword, given)
    return dataset


def test_values_of_a_general_and_of_a_special_list_are_one_finding_each():
    dataset = ct(ImageType=["OTHER", "SECONDARY", "OBLIQUE"])
    assert found(dataset, IMAGE_TYPE) == [
        (
            CODES[True],
            "Value 1 of Image Type is not among the Enumerated Values: ORIGINAL, DERIVED.",
        ),
        (CODES[False], "Value 3 of Image Type is not among the Defined Terms: AXIAL, LOCALIZER."),
    ]


def test_an_empty_value_among_several_and_padding_are_not_compared():
    assert found(ct(ImageType=["ORIGINAL", "PRIMARY", ""]), IMAGE_TYPE) == []
    assert found(ct(ImageType="ORIGINAL \\ PRIMARY\\AXIAL "), IMAGE_TYPE) == []


def test_what_is_no_code_string_is_a_fault_of_representation_alone():
    dataset = ct()
    dataset[0x00100040] = DataElement(0x00100040, "CS", "m", validation_mode=config.IGNORE)
    assert [code for code, _ in found(dataset, "PatientSex")] == ["value/representation"]


def test_values_that_lack_in_the_same_list_are_one_finding():
    dataset = minimal.instance(editions.load("2024c"), "1.2.840.10008.5.1.4.1.1.4")
    dataset.ScanningSequence = ["SE", "XX", "YY"]
    (each,) = [each for each in check(dataset).findings if each.code == CODES[True]]
    assert each.message.startswith("Values 2 and 3 of Scanning Sequence are not among ")
    assert each.value == "SE\\XX\\YY"
    assert each.citation.url.endswith(f"#{each.citation.row}")
    assert (each.module, each.type) == ("MR Image", "1")


@pytest.mark.parametrize(
    ("vr", "printed", "held", "same"),
    [
        ("US", "0001H", "1", True),
        ("US", "16", "16", True),
        ("US", "0010H", "10", False),
        ("US", "0002", "2", True),
        ("SS", "+1", "1", True),
        ("IS", "1", "01", True),
        ("DS", "1", "1.0E0", True),
        ("DS", "1", "one", False),
        ("FD", "1.5", "1.5", True),
        ("AT", "00181063H", "(0018,1063)", True),
        ("AT", "00181063", "(0018,1063)", True),
        ("CS", "00", "0", False),
        ("CS", "WHOLE BODY", "WHOLE BODY", True),
    ],
)
def test_values_are_compared_as_their_vr_says(vr, printed, held, same):
    kind = KINDS[vr]
    assert kind.printed(printed) is not None
    assert (kind.printed(printed) == kind.held(held)) is same


@pytest.mark.parametrize(
    ("vr", "printed"),
    [("CS", "BIN_i"), ("ST", "CS000-CS999"), ("ST", "CUSTOM\\i"), ("AT", "OBLIQUE")],
)
def test_what_describes_values_is_not_compared(vr, printed):
    assert KINDS[vr].printed(printed) is None


RULE = Rule(Attribute("(0018,1600)", "Shutter Shape", Type.TYPE_1, ""), MADE, Type.TYPE_1, None)
UNKNOWN = Unparsed("", "")


def made(*lists: ValueList) -> Slot:
    """Return a Slot with lists."""
    rule = replace(RULE, lists=tuple(Listed(each, Citation("", "")) for each in lists))
    slot = Slot(0x00181600, repeating=False, rules=[rule])
    slot.settle()
    return slot


def closed(
    *values: str, condition: Condition | None = None, number: int | None = None
) -> ValueList:
    return ValueList(True, values, "", number, condition=condition)  # noqa: FBT003


def open_(*values: str, condition: Condition | None = None) -> ValueList:
    return ValueList(False, values, "", condition=condition)  # noqa: FBT003


@pytest.mark.parametrize(
    ("lists", "held", "expected"),
    [
        ([closed("A", "B"), closed("B", "C")], "B", []),
        ([closed("A", "B"), closed("B", "C")], "A", [CODES[True]]),
        ([closed("A"), closed("B")], "A", []),
        ([closed("A"), closed("B")], "C", [CODES[True]]),
        ([closed("A"), open_("B")], "B", [CODES[True]]),
        ([closed("A"), open_("B")], "A", []),
        ([open_("A"), open_("B")], "B", []),
        ([open_("A"), open_("B")], "C", [CODES[False]]),
        ([open_("A"), open_("B", condition=UNKNOWN)], "B", [""]),
        ([open_("A"), open_("B", condition=UNKNOWN)], "C", [CODES[False]]),
        ([open_("A"), open_("B", condition=UNKNOWN)], "A", []),
        ([closed("A"), closed("B", condition=UNKNOWN)], "A", [""]),
        ([closed("A"), closed("B", condition=UNKNOWN)], "C", [CODES[True]]),
        ([open_("A", condition=UNKNOWN)], "A", []),
        ([open_("A", condition=UNKNOWN)], "B", [""]),
        ([open_("A", condition=WHEN_ABSENT), open_("B", condition=WHEN_PRESENT)], "A", []),
        (
            [open_("A", condition=WHEN_ABSENT), open_("B", condition=WHEN_PRESENT)],
            "B",
            [CODES[False]],
        ),
        ([closed("A", condition=WHEN_PRESENT)], "B", []),
        ([closed("A", number=2)], ["B", "A", "C"], []),
        ([closed("A", number=2)], ["A", "B"], [CODES[True]]),
        ([closed("A"), closed("B", condition=UNKNOWN)], ["C", "A"], [CODES[True]]),
    ],
)
def test_how_lists_go_together(lists, held, expected):
    slot = made(*lists)
    element = DataElement(slot.tag, "CS", held)
    assert codes(editions.load("2024c"), Level({slot.tag: slot}), slot, element) == expected


def test_a_value_is_judged_the_same_again():
    dataset = ct(ImageType=["OTHER", "PRIMARY", "AXIAL"])
    assert check(dataset).findings == check(dataset).findings
    assert found(ct(), IMAGE_TYPE) == found(ct(), IMAGE_TYPE) == []
