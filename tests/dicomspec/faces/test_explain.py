"""`dicomspec explain`: what it says, and its exit statuses."""

import json

import pytest

from tests.dicomspec import files
from tests.dicomspec.faces.test_cli import dicomspec_


@pytest.fixture
def there(tmp_path, monkeypatch):
    """A working folder with a few inputs in it."""
    inputs = {
        "good": files.PASSING,
        "bad": files.FAILING,
        "bare": files.DATA_SET,
        "cut": files.CUT,
        "unknown": files.UNKNOWN,
        "good.json": files.JSON,
    }
    for name, data in inputs.items():
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("path", ["FileSetID", "00041130", "(0004,1130)"])
def test_what_is_said_of_an_attribute(path):
    good, bad = dicomspec_("explain", "good", path), dicomspec_("explain", "bad", path)
    assert (good.exit_code, bad.exit_code) == (0, 0)
    place = "" if path == "FileSetID" else "Place: FileSetID\n"
    assert good.output.startswith(
        f"{path}: required (Type 2)\n{place}In the data set: present\n"
        "Asked by: File-set Identification\nClause: https://dicom.nema.org/"
    )
    assert "In the data set: absent\n" in bad.output


@pytest.mark.usefixtures("there")
def test_what_is_said_of_a_module():
    said = dicomspec_("explain", "good", "File-set Identification").output
    assert said.startswith(
        "File-set Identification: required (Usage M)\nIn the data set: present\n"
    )
    told = json.loads(dicomspec_("explain", "bad", "FileSetID", "--json").output)
    assert (told["module"], told["presence"], told["path"], told["type"]) == (
        "File-set Identification", "absent", "FileSetID", "2",
    )  # fmt: skip


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("good.json FileSetID", 0, ""),
        ("bare FileSetID", 3, "no DICOM prefix"),
        ("bare FileSetID --force", 0, ""),
        ("cut FileSetID", 3, "the data end"),
        ("missing FileSetID", 3, "no such file"),
        (". FileSetID", 3, ""),
        ("unknown FileSetID", 3, "the SOP Class tells no IOD"),
        ("unknown FileSetID --iod", 2, ""),
        ("good FileSetIDD", 2, "nearest: FileSetID"),
        ("good FileSetID[1].Modality", 2, "no Item 1"),
        ("good FileSetID --table table_Z", 2, "no table table_Z"),
        ("good FileSetID --edition 1999", 2, "no edition"),
    ],
)
def test_exit_statuses(words, status, said):
    result = dicomspec_("explain", *words.split())
    assert result.exit_code == status
    assert said in result.stderr
