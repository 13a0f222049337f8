"""LUTs, palettes, overlays, waveforms and spectra against their descriptions."""

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec.validation.checks import segments
from tests.dicomspec.validation.images import ECG, MR_SPECTROSCOPY, changed, codes, gray, said


def voi(descriptor, content: bytes, sequence: str = "VOILUTSequence") -> Dataset:
    lut = Dataset()
    lut.LUTDescriptor = descriptor
    lut.add_new("LUTData", "OW", content)
    return gray(PixelData=bytes(4), **{sequence: Sequence([lut])})


@pytest.mark.parametrize(
    ("descriptor", "size", "sequence", "found"),
    [
        ([4, 0, 16], 8, "VOILUTSequence", []),
        ([4, 0, 8], 4, "VOILUTSequence", []),
        ([3, 0, 8], 4, "VOILUTSequence", []),
        ([4, 0, 8], 8, "VOILUTSequence", ["data-length"]),
        ([4, 0, 16], 6, "VOILUTSequence", ["data-length"]),
        ([4, 0, 16], 10, "VOILUTSequence", ["data-length"]),
        ([0, 0, 16], 131072, "VOILUTSequence", []),
        ([4, 0, 12], 8, "VOILUTSequence", ["descriptor"]),
        ([4, 0, 12], 8, "ModalityLUTSequence", ["descriptor"]),
        ([4, 0, 12], 8, "PresentationLUTSequence", []),
        ([4, 1, 12], 8, "PresentationLUTSequence", ["descriptor"]),
        ([4, 0], 8, "VOILUTSequence", []),
    ],
)
def test_luts(descriptor, size, sequence, found):
    """PS3.3 C.11.1.1.1, C.11.2.1.1, C.11.6.1.1."""
    dataset = voi(descriptor, bytes(size), sequence)
    if sequence.startswith("Presentation"):
        dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.11.1"
        del dataset.PixelData
    assert codes(dataset) == found


def palette(**values: object) -> Dataset:
    dataset = gray(PhotometricInterpretation="PALETTE COLOR", PixelData=bytes(4))
    for hue in ("Red", "Green", "Blue"):
        setattr(dataset, f"{hue}PaletteColorLookupTableDescriptor", [4, 0, 16])
        setattr(dataset, f"{hue}PaletteColorLookupTableData", bytes(8))
    return changed(dataset, **values)


def test_palettes():
    """PS3.3 C.7.6.3.1.5."""
    assert said(palette()) == []
    other = palette(BluePaletteColorLookupTableDescriptor=[4, 1, 16])
    where = "BluePaletteColorLookupTableDescriptor"
    assert said(other) == [("lut/descriptors-differ", where)]
    assert codes(palette(BluePaletteColorLookupTableData=bytes(4))) == ["data-length"]
    assert codes(palette(BluePaletteColorLookupTableDescriptor=[4, 0, 12])) == ["descriptor"]
    alpha = {
        "AlphaPaletteColorLookupTableDescriptor": [4, 0, 8],
        "AlphaPaletteColorLookupTableData": bytes(4),
    }
    assert said(palette(**alpha)) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ([0, 2, 7, 8], "hasn't as many"),
        ([0, 4, 1, 2, 3, 4], ""),
        ([0, 1, 5, 1, 3, 9], ""),
        ([1, 4, 9], "doesn't begin"),
        ([0, 4, 1, 2], "ends within"),
        ([3, 0], "no kind"),
        ([0, 2, 7, 8, 2, 1, 0, 0], ""),
        ([0, 2, 7, 8, 2, 2, 0, 0], "copies"),
        ([0, 2, 7, 8, 2, 1, 8, 0], "copies"),
        ([0, 2, 7, 8, 2, 1, 2, 0], "copies"),
        ([0, 2, 7, 8, 2], "ends within"),
    ],
)
def test_segmented_palettes(words, wrong):
    """PS3.3 C.7.9.2; four entries are wanted."""
    found = segments._wrong(words, 4)
    assert found.startswith(wrong) or wrong in found
    assert bool(found) is bool(wrong)


def overlay(**values: int) -> Dataset:
    dataset = gray(PixelData=bytes(4))
    given_ = {"rows": 3, "columns": 7, "bits": 1, "position": 0, "length": 4, **values}
    for tag, vr, value in (
        (0x60020010, "US", given_["rows"]),
        (0x60020011, "US", given_["columns"]),
        (0x60020100, "US", given_["bits"]),
        (0x60020102, "US", given_["position"]),
        (0x60023000, "OW", bytes(given_["length"])),
    ):
        dataset.add_new(tag, vr, value)
    if "frames" in given_:
        dataset.add_new(0x60020015, "IS", given_["frames"])
    return dataset


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"length": 2}, ["data-length"]),
        ({"length": 6}, ["data-length"]),
        ({"frames": 3, "length": 8}, []),
        ({"frames": 3}, ["data-length"]),
        ({"bits": 16}, []),  # the rows' own lists of values tell
    ],
)
def test_overlays(values, found):
    """PS3.5 8.1.2, PS3.3 C.9.2."""
    assert codes(overlay(**values)) == found


def test_waveforms_spectra_and_documents():
    """PS3.3 C.10.9.1.7, C.8.14.4, C.24.2."""
    group = Dataset()
    group.NumberOfWaveformChannels, group.NumberOfWaveformSamples = 3, 5
    group.WaveformBitsAllocated = 16
    dataset = Dataset()
    dataset.SOPClassUID, dataset.WaveformSequence = ECG, Sequence([group])
    for size, found in ((30, []), (32, ["data-length"]), (28, ["data-length"])):
        group.add_new("WaveformData", "OW", bytes(size))
        assert codes(dataset) == found
    spectra = gray(SOPClassUID=MR_SPECTROSCOPY, DataPointRows=1, DataPointColumns=4)
    spectra.DataRepresentation = "COMPLEX"
    spectra.NumberOfFrames = 1
    for size, found in ((128, []), (64, ["data-length"])):
        spectra.SpectroscopyData = bytes(size)
        assert codes(spectra) == found
