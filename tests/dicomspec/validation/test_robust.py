"""No data set crashes the walk; a check that crashes is a finding, and the walk goes on."""

import hypothesis.strategies as st
from hypothesis import given, settings
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec import edition as editions
from dicomspec.report import Verdict
from dicomspec.validation import walk
from dicomspec.validation.checks import WHEN_ABSENT
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, check

_EDITION = editions.load("2024c")
_UIDS = [each.uid for each in _EDITION.sop_classes.values() if each.iod]
_TAGS = [
    int(each.tag[1:5] + each.tag[6:10], 16)
    for each in _EDITION.elements.values()
    if "x" not in each.tag and each.vr
]
_VRS = ["SQ", "LO", "CS", "OB", "US", "UN", "DS", "PN", "UI", "AT", "XX", None]


@st.composite
def data_sets(draw, depth=2):
    """Data sets as a reader leaves them: raw elements of any VR, and Sequences of such."""
    dataset = Dataset()
    for tag in draw(st.lists(st.sampled_from(_TAGS), max_size=12, unique=True)):
        if depth and draw(st.booleans()):
            items = draw(st.lists(data_sets(depth=depth - 1), max_size=2))
            dataset[tag] = DataElement(tag, "SQ", Sequence(items))
        else:
            value = draw(st.binary(max_size=12))
            vr = draw(st.sampled_from(_VRS))
            dataset[tag] = RawDataElement(
                BaseTag(tag), vr, len(value), value, 0, vr is None, is_little_endian=True
            )
    return dataset


@settings(max_examples=150, deadline=None)
@given(data_sets(), st.sampled_from(_UIDS))
def test_no_data_set_crashes_a_check(dataset, uid):
    dataset[0x00080016] = DataElement(0x00080016, "UI", uid)
    report = check(dataset, outline=True)
    assert not [each for each in report.findings if each.code == "internal/check-crashed"]
    assert report.verdict in {Verdict.PASS, Verdict.FAIL}


def test_a_check_that_raises_becomes_a_finding(monkeypatch):
    def broken(visit):
        yield from ()
        raise ZeroDivisionError("a value that must not be told")

    monkeypatch.setattr(walk, "WHEN_ABSENT", (broken, *WHEN_ABSENT))
    dataset = minimal.instance(_EDITION, CT)
    del dataset.Modality
    report = check(dataset)
    crashes = [each for each in report.findings if each.code == "internal/check-crashed"]
    assert [each.location.keywords for each in crashes if "Modality" in each.location.keywords] == [
        "Modality"
    ]
    assert "ZeroDivisionError" in crashes[0].message
    assert "must not be told" not in crashes[0].message
    assert "attribute/type-1-missing" in {each.code for each in report.findings}


def test_a_deep_sr_tree():
    dataset = minimal.instance(_EDITION, "1.2.840.10008.5.1.4.1.1.88.33")
    item = dataset
    for _ in range(60):
        inner = Dataset()
        inner.RelationshipType, inner.ValueType = "CONTAINS", "CONTAINER"
        inner.ContinuityOfContent = "SEPARATE"
        item.ContentSequence = Sequence([inner])
        item = inner
    del item.RelationshipType
    keywords = [each.location.keywords for each in check(dataset).findings]
    assert [word.count("ContentSequence") for word in keywords] == [60]
