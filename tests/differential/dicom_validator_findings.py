"""What dicom-validator says of the presence of Attributes in a file.

How it is run:
1. Its own readers read the same part03.xml, part04.xml and part06.xml; its conditions are its own.
   Its lists of values are left out, and so is its check of values against their VR.
2. Its verdict on a SOP Class goes by the JSON that its own serializer makes of what it read.
3. It doesn't look at Pixel Data. An exception that it raises is no opinion.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dicom_validator.spec_reader.edition_reader import EditionReader
from dicom_validator.spec_reader.part4_reader import Part4Reader
from dicom_validator.validator.dicom_info import DicomInfo
from dicom_validator.validator.error_handler import NullValidationResultHandler
from dicom_validator.validator.iod_validator import IODValidator
from dicom_validator.validator.validation_result import (
    DicomTag,
    ErrorCode,
    Status,
    ValidationResult,
)
from pydicom import Dataset, config, dcmread

from dicomspec.dataset import quiet
from tests.differential.dicom_validator import indexed
from tests.differential.presence import Kind, Opinion, Remark

NAME = "dicom-validator"
_KINDS = {
    ErrorCode.TagMissing: Kind.MISSING,
    ErrorCode.TagEmpty: Kind.EMPTY,
    ErrorCode.TagNotAllowed: Kind.NOT_PERMITTED,
}


class Validator:
    """It, with its own reading of one edition."""

    def __init__(self, standard: Path, folder: Path) -> None:
        reader = indexed(standard, folder)
        iods = reader.iod_descriptions()
        chapters = Part4Reader(folder / "docbook").iod_chapters()
        by_uid = {uid: iods[name] for name in iods for uid in chapters.get(name, ())}
        self.info = DicomInfo(
            _plain(reader._dict_info), _plain(by_uid), _plain(reader.module_descriptions())
        )

    def opinion(self, path: Path) -> Opinion:
        """Return what it says of a file."""
        try:
            with _lenient():
                result = self._validate(dcmread(path, force=True))
        except Exception as error:  # noqa: BLE001 - it may raise anything on any data
            return Opinion(none=f"raised {type(error).__name__}")
        if result.status not in {Status.Passed, Status.Failed}:
            return Opinion(none=result.status.name)
        return _opinion(result)

    def _validate(self, dataset: Dataset) -> ValidationResult:
        return IODValidator(
            dataset,
            self.info,
            suppress_vr_warnings=True,
            error_handler=NullValidationResultHandler(),
        ).validate()


@contextmanager
def _lenient() -> Iterator[None]:
    """Have pydicom read as the peer has it read: without a word about values."""
    before = config.settings.reading_validation_mode
    config.settings.reading_validation_mode = config.IGNORE
    try:
        with quiet():
            yield
    finally:
        config.settings.reading_validation_mode = before


def _plain(described: Any) -> Any:
    return json.loads(EditionReader.dump_description(described))


def _opinion(result: ValidationResult) -> Opinion:
    found = Opinion()
    for errors in result.module_errors.values():
        for tag, error in errors.items():
            _add(found, tag, error.code)
    return found


def _add(found: Opinion, tag: DicomTag, code: ErrorCode) -> None:
    steps = (*(tag.parents or ()), tag.tag)
    place = ".".join(f"({step >> 16:04X},{step & 0xFFFF:04X})" for step in steps)
    kind = _KINDS.get(code)
    if kind is not None:
        found.remarks.add(Remark(kind, place, kind.value))
        return
    if code is ErrorCode.TagUnexpected:
        found.not_in_iod.add(place)
    found.set_aside[code.name] += 1
