"""`validate` and `run`: every kind of source, and that nothing it holds ends a run."""

import pytest
from pydicom.dataset import Dataset

import dicomspec
from dicomspec import run
from dicomspec.edition import UnknownEditionError
from dicomspec.report import Verdict
from dicomspec.validation.validator import Validator
from tests.dicomspec import files


def _directory() -> Dataset:
    dataset = Dataset()
    dataset.FileSetID, dataset.SOPClassUID = "SET1", files.DIRECTORY
    return dataset


def _json(**more: object) -> dict[str, object]:
    return {"00080016": {"vr": "UI", "Value": [files.DIRECTORY]}, **more}


@pytest.fixture
def paths(tmp_path):
    """A folder with a file that passes, one that fails, one that is cut off, and a text."""
    for name, data in (
        ("1.dcm", files.PASSING), ("2.dcm", files.FAILING), ("3.dcm", files.CUT), ("4.txt", b"Hi"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_what_the_package_exports():
    for name in dicomspec.__all__:
        assert getattr(dicomspec, name) is not None
    assert dicomspec.validate is run.validate
    with pytest.raises(AttributeError, match="no attribute 'invalidate'"):
        getattr(dicomspec, "invalidate")  # noqa: B009 - mypy would find it


def test_a_folder(paths):
    report = dicomspec.validate(paths)
    assert [(each.path, each.verdict) for each in report.instances] == [
        (str(paths / "1.dcm"), Verdict.PASS),
        (str(paths / "2.dcm"), Verdict.FAIL),
        (str(paths / "3.dcm"), Verdict.UNREADABLE),
    ]
    assert [each.path for each in report.skipped] == [str(paths / "4.txt")]
    assert (report.edition, report.tool_version) == ("2024c", dicomspec.__version__)
    first = report.instances[0]
    assert (first.iod, first.sop_class_uid) == ("Basic Directory", files.DIRECTORY)
    assert first.sop_class_name == "Media Storage Directory Storage"


def test_what_a_finding_says(paths):
    (finding,) = dicomspec.validate(str(paths / "2.dcm"), edition="2024a").findings
    assert (finding.code, finding.location.path) == ("attribute/type-2-missing", "(0004,1130)")
    assert (finding.module, finding.type) == ("File-set Identification", "2")
    assert finding.sop_class_uid == files.DIRECTORY
    assert finding.citation.edition == "2024a"
    assert finding.citation.table == "table_F.3-2"
    assert "/2024a/output/chtml/part03/sect_F.3.2.html#para_" in finding.citation.url


@pytest.mark.parametrize(
    ("data", "code", "value"),
    [
        (files.UNKNOWN, "instance/unknown-sop-class", "1.2.3"),
        (files.OF_NO_IOD, "instance/unknown-sop-class", files.FIND),
        (files.OF_RETIRED, "instance/retired-sop-class", files.RETIRED),
    ],
)
def test_sop_classes_without_an_iod(tmp_path, data, code, value):
    (tmp_path / "a").write_bytes(data)
    report = dicomspec.validate(tmp_path / "a")
    (finding,) = report.findings
    assert (finding.code, finding.value) == (code, value)
    assert finding.location.keywords == "SOPClassUID"
    assert report.instances[0].verdict is Verdict.UNKNOWN_SOP_CLASS
    assert value not in finding.message


def test_a_dataset_in_memory():
    dataset = _directory()
    assert dicomspec.validate(dataset).summary.passed == 1
    dataset.FileSetDescriptorFileID = "README"
    del dataset.FileSetID
    (finding,) = dicomspec.validate(dataset).findings
    assert finding.location.keywords == "FileSetID"
    assert dicomspec.validate(Dataset()).findings[0].code == "instance/unknown-sop-class"


def test_dicom_json():
    good = _json(**{"00041130": {"vr": "CS"}})
    report = dicomspec.validate([good, _json(), {"x": 1}, _directory()])
    assert [each.verdict.value for each in report.instances] == [
        "pass", "fail", "unreadable", "pass",
    ]  # fmt: skip
    assert [each.code for each in report.findings] == [
        "module/mandatory-missing",
        "instance/unreadable",
    ]
    assert dicomspec.validate(good).instances[0].verdict is Verdict.PASS
    assert dicomspec.validate([]).instances == ()


def test_a_remark_of_the_reader_is_a_finding():
    (instance,) = dicomspec.validate(_json(**{"00041130": {"vr": "CS", "Value": "SET1"}})).instances
    (finding,) = instance.findings
    assert (finding.code, finding.path) == ("encoding/json-value", "(0004,1130)")
    assert finding.location.keywords == "FileSetID"
    assert finding.citation.part == "PS3.18"
    assert finding.citation.section == "sect_F.2.2"
    assert "SET1" not in finding.message
    assert instance.verdict is Verdict.FAIL


@pytest.mark.parametrize("source", [None, 42, b"CT", [42], [[]]])
def test_a_source_of_another_kind(source):
    with pytest.raises(TypeError, match="a pydicom Dataset is wanted"):
        dicomspec.validate(source)


@pytest.mark.parametrize("source", ["a", Dataset()])
def test_an_edition_that_is_not_there(source):
    with pytest.raises(UnknownEditionError):
        dicomspec.validate(source, "2023e")


@pytest.mark.parametrize("path", ["", "nowhere.dcm", "a\0b"])
def test_a_path_that_leads_nowhere_is_a_verdict(path):
    (instance,) = dicomspec.validate(path).instances
    assert (instance.path, instance.verdict) == (path, Verdict.UNREADABLE)


def test_force_reads_files_without_a_head(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(files.DATA_SET)
    assert dicomspec.validate(path).instances[0].verdict is Verdict.UNREADABLE
    (finding,) = dicomspec.validate(path, force=True).findings
    assert finding.code == "file-meta/missing"


def test_the_outline_is_made_when_asked_for():
    assert dicomspec.validate(_directory()).instances[0].outline == ()
    (instance,) = dicomspec.validate(_directory(), outline=True).instances
    assert [(each.name, each.usage, each.presence.value) for each in instance.outline] == [
        ("File-set Identification", "M", "present"),
        ("Directory Information", "U", "absent"),
    ]
    first = instance.outline[0].attributes[0]
    assert (first.name, first.type, first.status.value) == ("File-set ID", "2", "ok")


def test_a_crash_is_a_finding_and_the_run_goes_on(paths, monkeypatch):
    validate = Validator.validate

    def broken(self, instance, *, outline=False):
        if instance.path.endswith("1.dcm"):
            raise ZeroDivisionError("a value that must not be told")
        return validate(self, instance, outline=outline)

    monkeypatch.setattr(Validator, "validate", broken)
    crashed, failed, _ = dicomspec.validate(paths).instances
    assert crashed.verdict is Verdict.FAIL
    assert [each.code for each in crashed.findings] == ["internal/check-crashed"]
    assert "ZeroDivisionError" in crashed.findings[0].message
    assert "must not be told" not in crashed.findings[0].message
    assert [each.code for each in failed.findings] == ["attribute/type-2-missing"]
