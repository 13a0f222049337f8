"""What is kept of Items that are alike is what each of them would be told."""

from collections.abc import Iterator

import pytest
from pydicom.data import get_testdata_file
from pydicom.dataelem import RawDataElement
from pydicom.tag import BaseTag

from dicomspec import dataset as data
from dicomspec import edition as editions
from dicomspec.validation import ahead
from dicomspec.validation.validator import Validator

_FILES = ["test-SR.dcm", "rtplan.dcm", "liver_1frame.dcm", "examples_palette.dcm", "MR_small.dcm"]
_VALUES = [b"", b"NO", b"MIXED\\COLOR ", b"\xc4", None]


def _raw(tag: int, vr: str | None, value: bytes) -> RawDataElement:
    return RawDataElement(
        BaseTag(tag), vr, len(value), value, 0, is_implicit_VR=False, is_little_endian=True
    )


def _others(instance) -> Iterator[None]:
    """Change one element at a time, of the data set or of its first Items, and change it back."""
    waiting = [instance.dataset]
    while waiting:
        dataset = waiting.pop()
        for tag, element in list(data.each(dataset)):
            items = data.items(element)
            if items is not None:
                waiting.extend(items[:1])
                continue
            for value in _VALUES:
                if value is None:
                    del dataset[tag]
                else:
                    dataset[tag] = _raw(tag, data.vr(element), value)
                yield
            dataset[tag] = element


def _reports(name: str) -> list[object]:
    validator = Validator(editions.load())
    instance = next(iter(data.read(str(get_testdata_file(name)))))
    reports: list[object] = [validator.validate(instance)]
    for _ in _others(instance):
        report = validator.validate(instance)
        reports.append((report.findings, report.not_evaluated, report.requirements_checked))
    return reports


@pytest.mark.parametrize("name", _FILES)
def test_what_is_foretold_is_what_is_found_by_asking(monkeypatch, name):
    foretold = _reports(name)
    monkeypatch.setattr(ahead, "tellers", lambda *_: None)
    assert foretold == _reports(name)


def test_what_is_kept_goes_when_it_becomes_much(monkeypatch):
    validator = Validator(editions.load())
    instance = next(iter(data.read(str(get_testdata_file("CT_small.dcm")))))
    plan = validator.run(instance, "CT Image", "").plan
    before = validator.validate(instance)
    assert plan.foreseen
    monkeypatch.setattr(ahead, "_ROOM", 0)
    plan.foreseen.clear()
    assert validator.validate(instance) == before
    assert not plan.foreseen


def test_words_without_end_are_not_kept():
    validator = Validator(editions.load())
    instance = next(iter(data.read(str(get_testdata_file("CT_small.dcm")))))
    plan = validator.run(instance, "CT Image", "").plan
    value = b"A" * 1000
    instance.dataset[0x00280004] = _raw(0x00280004, "CS", value)
    validator.validate(instance)
    answers = [answer for alike in plan.foreseen.values() for answer in alike.known]
    assert None in answers
    assert len(repr(answers)) < len(value)
