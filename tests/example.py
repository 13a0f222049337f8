"""reports/example.html: a made CT data set with four faults; `python -m tests.example` makes it."""

from pathlib import Path

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import dicomspec
from dicomspec import edition as editions
from dicomspec import render
from dicomspec.report import Report
from tests.dicomspec.validation import minimal

PATH = Path(__file__).parent.parent / "reports" / "example.html"
_CT = "1.2.840.10008.5.1.4.1.1.2"


def data_set() -> Dataset:
    """Return a CT data set with one Type 1 gone, one emptied, one Module gone, one nested gone."""
    dataset = minimal.instance(editions.load(), _CT)
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    dataset.PatientOrientation = ["L", "P"]
    dataset.InstanceNumber, dataset.SeriesNumber = 7, 2
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator = "RPID16", "RADLEX"
    request = Dataset()
    request.RequestedProcedureCodeSequence = Sequence([code])
    dataset.RequestAttributesSequence = Sequence([request])
    del dataset.RescaleSlope, dataset.FrameOfReferenceUID, dataset.PositionReferenceIndicator
    dataset.PhotometricInterpretation = None
    return dataset


def report() -> Report:
    """Return the report on it."""
    return dicomspec.validate(data_set(), outline=True)


if __name__ == "__main__":
    render.write(report(), "html", PATH)
