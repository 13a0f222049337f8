"""Data sets made from the definitions: the least that an IOD's certain Types 1 and 2 ask for."""

import copy
from functools import lru_cache

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec.dataset import from_dataset
from dicomspec.edition import Edition
from dicomspec.findings import Finding
from dicomspec.model import Type
from dicomspec.validation.checks.binary import SIZES
from dicomspec.validation.checks.multiplicity import spans
from dicomspec.validation.level import Level, Slot
from dicomspec.validation.plan import Plan
from dicomspec.validation.scope import number
from dicomspec.validation.validator import Validator
from tests.dicomspec.validation import terms

_TEXT = {
    "AE": "AE", "AS": "010Y", "CS": "CS", "DA": "20260101", "DS": "1", "DT": "20260101", "IS": "1",
    "LO": "LO", "LT": "LT", "PN": "PN", "SH": "SH", "ST": "ST", "TM": "1200", "UC": "UC",
    "UR": "urn:x", "UT": "UT",
}  # fmt: skip
_NUMBERS = frozenset({"FD", "FL", "SL", "SS", "SV", "UL", "US", "UV"})
_BYTES = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "UN"})
# a header of 128 bytes alone: of an input device, from RGB to XYZ (PS3.3 C.11.15.1.1)
PROFILE = b"\0\0\0\x80" + bytes(8) + b"scnrRGB XYZ " + bytes(12) + b"acsp" + bytes(88)
# what goes with a 1 in all the others: High Bit, Waveform Bits Allocated, ICC Profile
_GIVEN: dict[int, object] = {0x00280102: 0, 0x54001004: 8, 0x00282000: PROFILE}
_OF_BULK = ("pixel-data/", "lut/", "overlay/", "waveform/", "spectroscopy/")
_DEPTH = 12
_ROUNDS = 400


def value(edition: Edition, tag: int) -> tuple[str, object]:
    """Return a VR of a tag and a value of it that isn't empty, of as few Values as may be."""
    element = edition.element(tag)
    if tag in _GIVEN:
        return element.vr[0] if element else "UN", _GIVEN[tag]
    vr, one = _value(element.vr[0] if element else "UN", tag)
    least = spans(element.vm)[0].least if element else 1
    return (vr, [one] * least) if least > 1 and vr not in _BYTES else (vr, one)


def _value(vr: str, tag: int) -> tuple[str, object]:
    if vr in _NUMBERS:
        return vr, 1
    if vr in _BYTES:
        return vr, bytes(SIZES.get(vr, 2))
    if vr == "UI":
        return vr, f"1.2.{tag}"  # one thing, one UID (PS3.5 9)
    return (vr, 0x00100010) if vr == "AT" else (vr, _TEXT.get(vr, ""))


def duplicate(dataset: Dataset) -> Dataset:
    """Return another Dataset with the same elements, so that one can be taken away."""
    same = Dataset()
    same.update({each.tag: each for each in dataset})
    return same


def demanded(level: Level) -> list[Slot]:
    return [slot for slot in level.slots.values() if slot.base_type in {Type.TYPE_1, Type.TYPE_2}]


def fill(plan: Plan, level: Level, dataset: Dataset, depth: int = 0) -> Dataset:
    """Give a data set what a Level demands, as deep as it is demanded."""
    for slot in demanded(level):
        dataset[slot.tag] = element(plan, slot, depth)
    return dataset


def element(plan: Plan, slot: Slot, depth: int = 0) -> DataElement:
    """Return an element for a Slot: with a value, or the least number of Items."""
    vr, some = value(plan.edition, slot.tag)
    if vr != "SQ":
        return DataElement(slot.tag, vr, terms.listed(slot, vr, some))
    counts = [rule.attribute.items.minimum for rule in slot.rules if rule.attribute.items]
    number = max([1, *counts]) if depth < _DEPTH else 0
    level = plan.children(slot)
    return DataElement(
        slot.tag, "SQ", Sequence([fill(plan, level, Dataset(), depth + 1) for _ in range(number)])
    )


@lru_cache(maxsize=512)
def _made(edition: Edition, sop_class_uid: str) -> Dataset:
    return repaired(edition, bare(edition, sop_class_uid))


def instance(edition: Edition, sop_class_uid: str) -> Dataset:
    """Return the least data set of a SOP Class that conforms, conditions included."""
    return copy.deepcopy(_made(edition, sop_class_uid))


def repaired(edition: Edition, dataset: Dataset) -> Dataset:
    """Add what findings say is missing, take away what they don't permit, until there are none."""
    validator = Validator(edition)
    for turn in range(_ROUNDS):
        findings = validator.validate(from_dataset(dataset)).findings
        if not findings:
            break
        # one at a time: of two that each stand in for the other, one is enough
        _repair(edition, dataset, findings[0], turn)
    return dataset


def _repair(edition: Edition, dataset: Dataset, finding: Finding, turn: int) -> None:
    if finding.code.startswith("module/"):
        plan = Plan(edition, edition.sop_classes[finding.sop_class_uid].iod or "")
        index = next(owner.index for owner in plan.modules if owner.name == finding.module)
        fill(plan, plan.module_slots[index], dataset)
        return
    *way, last = finding.location.steps
    item = dataset
    for step in way:
        tag = number(step.tag)
        if tag not in item or not item[tag].value:
            item[tag] = DataElement(tag, "SQ", Sequence([Dataset()]))
        item = item[tag].value[(step.item or 1) - 1]
    tag = number(last.tag)
    if "not-permitted" in finding.code:
        del item[tag]
        return
    if finding.code.startswith("relation/"):
        _relate(item, tag, finding)
        return
    if finding.code.startswith("value/"):
        terms.put(edition, item[tag], finding, turn)
        return
    if finding.code.startswith(_OF_BULK):
        _describe(item, tag, finding)
        return
    vr, some = value(edition, tag)
    item[tag] = DataElement(tag, vr, Sequence([Dataset()]) if vr == "SQ" else some)


def _describe(item: Dataset, tag: int, finding: Finding) -> None:
    """Let bits and samples go together, or give bulk the length that its description says."""
    held = item[tag]
    if finding.code == "pixel-data/high-bit":
        held.value = item.BitsStored - 1
    elif finding.code == "pixel-data/bits-stored":
        held.value = item.BitsAllocated
    elif finding.code == "pixel-data/samples-per-pixel":
        held.value = 4 - held.value  # one or three
    elif finding.code == "pixel-data/planar-configuration":
        held.value = 1 - held.value
    elif finding.code == "lut/descriptor":
        held.value = [1, 0, 16]
    elif "shorter" in finding.message:
        held.value += bytes(SIZES.get(held.VR, 1))
    else:
        held.value = held.value[: -SIZES.get(held.VR, 1)]


def _relate(item: Dataset, tag: int, finding: Finding) -> None:
    """Give an element as many Values or Items as another one says, or a number that it may have."""
    held = item[tag]
    if finding.code == "relation/numbering":
        held.value = finding.location.steps[-2].item
    elif finding.code == "relation/range":
        held.value = 2
    elif finding.code in {"relation/orientation", "relation/direction"}:
        held.value = [1, 0, 0, 0, 1, 0][: len(held.value)]
    elif held.VR in _BYTES:
        held.value += bytes(SIZES.get(held.VR, 1))
    elif held.VR == "SQ":
        held.value.append(copy.deepcopy(held.value[0]))
    else:
        held.value = ["1"] * 3


def bare(edition: Edition, sop_class_uid: str) -> Dataset:
    """Return what is asked for without conditions: Modules and Functional Groups of Usage M."""
    iod = edition.sop_classes[sop_class_uid].iod
    assert iod is not None
    plan = Plan(edition, iod)
    mandatory = tuple(owner.index for owner in plan.modules if owner.letter in {"M", ""})
    dataset = fill(plan, plan.root(mandatory), Dataset())
    dataset.SOPClassUID = sop_class_uid
    dataset.SOPInstanceUID = "1.2.3"
    if "NumberOfFrames" in dataset:
        dataset.NumberOfFrames = 1
    _share_groups(plan, dataset, mandatory)
    return dataset


def _share_groups(plan: Plan, dataset: Dataset, mandatory: tuple[int, ...]) -> None:
    """Put the mandatory Functional Groups where the IOD permits them."""
    sequences = {
        "shared only": "SharedFunctionalGroupsSequence",
        "either": "SharedFunctionalGroupsSequence",
        "per-frame only": "PerFrameFunctionalGroupsSequence",
    }
    root = plan.root(mandatory)
    for owner in plan.macros:
        assert owner.macro is not None
        assert owner.table is not None
        keyword = sequences[owner.macro.sharing.value]
        if 0x52009229 not in root.slots:
            keyword = "CurrentFrameFunctionalGroupsSequence"
        elif 0x52009230 not in root.slots and keyword.startswith("Per"):
            keyword = "SelectedFrameFunctionalGroupsSequence"
        if owner.letter != "M":
            continue
        if keyword not in dataset:
            setattr(dataset, keyword, Sequence([Dataset()]))
            fill(plan, plan.children(root.slots[dataset[keyword].tag]), dataset[keyword].value[0])
        item = dataset[keyword].value[0]
        level = plan.children(root.slots[dataset[keyword].tag])
        for slot in level.slots.values():
            rule = slot.first
            if rule.source.owner is owner and rule.type in {Type.TYPE_1, Type.TYPE_2}:
                item[slot.tag] = element(plan, slot, 1)
