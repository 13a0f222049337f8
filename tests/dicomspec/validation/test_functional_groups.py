"""Functional Groups over all frames (PS3.3 C.7.6.16)."""

import copy

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec import edition as editions
from dicomspec import requirement
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import ENHANCED_CT, check, found

SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
SHARED, FRAMES = "SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"


def enhanced(frames: int = 2) -> Dataset:
    dataset = minimal.instance(editions.load("2024c"), ENHANCED_CT)
    dataset.NumberOfFrames = frames
    dataset.PixelData *= frames
    if FRAMES in dataset:
        first = dataset[FRAMES].value[0]
        dataset[FRAMES].value = Sequence([copy.deepcopy(first) for _ in range(frames)])
    return dataset


def move(dataset: Dataset, keyword: str, frames: list[int], *, keep: bool = False) -> None:
    """Move a Functional Group from the shared Item to frames (from 1)."""
    element = dataset[SHARED].value[0][keyword]
    if not keep:
        del dataset[SHARED].value[0][keyword]
    for number in frames:
        dataset[FRAMES].value[number - 1][keyword] = copy.deepcopy(element)


def test_shared_or_in_each_frame():
    dataset = enhanced()
    assert found(dataset) == []
    move(dataset, "PixelMeasuresSequence", [1, 2])
    assert found(dataset) == []


def test_neither_shared_nor_in_a_frame():
    dataset = enhanced()
    move(dataset, "PixelMeasuresSequence", [])
    assert found(dataset) == [("functional-group/missing", f"{SHARED}[1].PixelMeasuresSequence")]


def test_a_frame_that_lacks_it():
    dataset = enhanced(3)
    move(dataset, "PixelMeasuresSequence", [1, 3])
    report = check(dataset)
    assert [(f.code, f.location.keywords, f.module, f.type) for f in report.findings] == [
        ("functional-group/missing", f"{FRAMES}[2].PixelMeasuresSequence", "Pixel Measures", "M")
    ]
    assert "1 of 3 frames" in report.findings[0].message
    assert report.findings[0].citation.table == "table_A.38-2"


def test_no_frames_items_though_a_macro_of_theirs_is_needed():
    """PS3.3 Table A.38-2: Frame Content is of Usage M, and may not be shared."""
    dataset = enhanced()
    del dataset[FRAMES]
    missing = [("attribute/type-1c-missing", FRAMES)]
    assert found(dataset) == missing
    assert "Frame Content" in check(dataset).findings[0].because[0]
    del dataset[SHARED]
    assert found(dataset) == [*missing, ("attribute/type-1-missing", SHARED)]


def test_no_frames_items_where_no_macro_needs_them():
    """PS3.3 Table A.51-2: Frame Content of a Segmentation is required if it isn't empty."""
    dataset = minimal.instance(editions.load("2024c"), SEGMENTATION)
    if FRAMES in dataset:
        del dataset[FRAMES]
    assert ("attribute/type-1c-missing", FRAMES) not in found(dataset)


def test_in_both():
    dataset = enhanced()
    move(dataset, "PixelMeasuresSequence", [2], keep=True)
    assert found(dataset) == [("functional-group/in-both", f"{SHARED}[1].PixelMeasuresSequence")]


def test_where_the_iod_does_not_permit_it():
    dataset = enhanced()
    dataset[SHARED].value[0].FrameContentSequence = copy.deepcopy(
        dataset[FRAMES].value[0].FrameContentSequence
    )
    for item in dataset[FRAMES].value:
        del item.FrameContentSequence
    assert found(dataset) == [
        ("functional-group/not-permitted", f"{SHARED}[1].FrameContentSequence")
    ]


def test_the_number_of_frames():
    dataset = enhanced(2)
    dataset.NumberOfFrames = 3
    dataset.PixelData += dataset.PixelData[:2]
    assert found(dataset) == [("functional-group/frame-count", FRAMES)]


def test_what_is_nested_in_a_group_is_asked_of_each_frame():
    dataset = enhanced()
    move(dataset, "CTImageFrameTypeSequence", [1, 2])
    del dataset[FRAMES].value[1].CTImageFrameTypeSequence[0].FrameType
    assert found(dataset) == [
        ("attribute/type-1-missing", f"{FRAMES}[2].CTImageFrameTypeSequence[1].FrameType")
    ]


def test_a_functional_group_that_is_empty():
    dataset = enhanced()
    dataset[SHARED].value[0].PixelMeasuresSequence = Sequence([])
    assert found(dataset) == [("attribute/type-1-empty", f"{SHARED}[1].PixelMeasuresSequence")]


def test_a_group_whose_sequence_is_of_type_3_is_never_missing():
    """PS3.3 Table A.38-2: Multi-energy CT Processing is required, and its Sequence optional."""
    dataset = enhanced()
    kinds = dataset[SHARED].value[0].CTImageFrameTypeSequence
    kinds[0].FrameType = ["DERIVED", "PRIMARY", "VOLUME", "NONE", "MAT_SPECIFIC"]
    assert requirement(dataset, module="Multi-energy CT Processing").status == "required"
    assert "functional-group/missing" not in {code for code, _ in found(dataset)}
