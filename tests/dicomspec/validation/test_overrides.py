"""Rows that take the place of another Module's (PS3.3 C.1.2.3)."""

import pytest

from dicomspec import edition as editions
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, check, found

SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
TRUE_COLOR = "1.2.840.10008.5.1.4.1.1.7.4"  # Multi-frame True Color Secondary Capture
ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1"
ENCAPSULATED_PDF = "1.2.840.10008.5.1.4.1.1.104.1"
COLOURS = ("Red", "Green", "Blue")


def instance(sop_class):
    return minimal.instance(editions.load("2024c"), sop_class)


def missing(dataset):
    return [where for code, where in found(dataset) if code.endswith("-missing")]


@pytest.mark.parametrize(
    ("sop_class", "expected"),
    [(SECONDARY_CAPTURE, []), (CT, ["Modality"]), (ENCAPSULATED_PDF, ["Modality"])],
)
def test_modality_of_secondary_capture_is_of_type_3(sop_class, expected):
    """PS3.3 Tables C.8-24 and C.24-1."""
    dataset = instance(sop_class)
    if "Modality" in dataset:
        del dataset.Modality
    assert missing(dataset) == expected


@pytest.mark.parametrize(("frames", "expected"), [(1, []), (2, ["FrameIncrementPointer"])])
def test_one_frame_of_secondary_capture_needs_no_pointer(frames, expected):
    """PS3.3 Table C.8-25b."""
    dataset = instance(TRUE_COLOR)
    dataset.NumberOfFrames = frames
    if "FrameIncrementPointer" in dataset:
        del dataset.FrameIncrementPointer
    assert [where for where in missing(dataset) if "Increment" in where] == expected


@pytest.mark.parametrize(("segmented", "expected"), [(True, 0), (False, 3)])
def test_segmented_palettes_stand_for_the_others_where_their_module_is_there(segmented, expected):
    """PS3.3 C.7.9: Segmented … Data show that the Module is there."""
    dataset = instance(ULTRASOUND)
    dataset.PhotometricInterpretation = "PALETTE COLOR"
    for colour in COLOURS:
        setattr(dataset, f"{colour}PaletteColorLookupTableDescriptor", [256, 0, 16])
        if segmented:
            # PS3.3 C.7.9.2: one entry, then a line of 255
            words = b"\0\0\1\0\0\0\1\0\xff\0\xff\xff"
            setattr(dataset, f"Segmented{colour}PaletteColorLookupTableData", words)
    report = check(dataset)
    lacking = [f for f in report.findings if f.location.keywords.endswith("LookupTableData")]
    assert len(lacking) == expected
