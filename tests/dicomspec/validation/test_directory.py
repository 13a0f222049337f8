"""The Keys of Directory Records, by their Type (PS3.3 F.5)."""

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec import edition as editions
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import found

_DIRECTORY = "1.2.840.10008.1.3.10"
_RECORDS = "DirectoryRecordSequence"


def directory(**record: object) -> Dataset:
    dataset = minimal.instance(editions.load("2024c"), _DIRECTORY)
    item = Dataset()
    item.OffsetOfTheNextDirectoryRecord = 0
    item.RecordInUseFlag = 0xFFFF
    item.OffsetOfReferencedLowerLevelDirectoryEntity = 0
    for keyword, value in record.items():
        setattr(item, keyword, value)
    dataset.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity = 0
    dataset.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity = 0
    dataset.FileSetConsistencyFlag = 0
    dataset.DirectoryRecordSequence = Sequence([item])
    return dataset


def test_a_record_has_the_keys_of_its_type():
    record = directory(DirectoryRecordType="PATIENT", PatientID="1", PatientName="A^B")
    assert found(record) == []
    del record.DirectoryRecordSequence[0].PatientName
    assert found(record) == [("attribute/type-2-missing", f"{_RECORDS}[1].PatientName")]


def test_a_key_of_type_1_has_a_value():
    record = directory(DirectoryRecordType="PATIENT", PatientID="", PatientName="A^B")
    assert found(record) == [("attribute/type-1-empty", f"{_RECORDS}[1].PatientID")]


def test_keys_of_other_types_may_be_there():
    record = directory(
        DirectoryRecordType="PATIENT", PatientID="1", PatientName="A^B", Modality="CT"
    )
    assert found(record) == []


def test_a_record_of_a_private_type_has_no_keys_to_ask_for():
    record = directory(DirectoryRecordType="PRIVATE", PrivateRecordUID="1.2.3")
    assert [code for code, keywords in found(record) if "Patient" in keywords] == []
