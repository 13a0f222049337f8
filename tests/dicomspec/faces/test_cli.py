"""The command line: exit statuses, where reports go, and what the other commands list."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

import dicomspec
from dicomspec import definitions
from dicomspec import edition as editions
from dicomspec.catalogue import CATALOGUE
from dicomspec.faces.cli import cli
from tests.dicomspec import files
from tests.dicomspec.render.test_json import SCHEMA

INPUTS = {
    "good": files.PASSING,
    "bad": files.FAILING,
    "cut": files.CUT,
    "text": b"Dear reader",
    "empty": b"",
    "unknown": files.UNKNOWN,
    "retired": files.OF_RETIRED,
    "good.json": files.JSON,
}


@pytest.fixture
def there(tmp_path, monkeypatch):
    """A working folder with INPUTS in it."""
    for name, data in INPUTS.items():
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def dicomspec_(*words: object, given: bytes | None = None) -> Result:
    """Run a command in this process; only SystemExit may leave it."""
    result = CliRunner().invoke(cli, [str(word) for word in words], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def reported(*words: object, given: bytes | None = None):
    """Return the JSON report of a run."""
    return json.loads(dicomspec_("validate", "--format", "json", *words, given=given).output)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("good", 0),
        ("good good.json", 0),
        ("bad", 1),
        ("bad --fail-on warning", 1),
        ("bad --fail-on never", 0),
        ("retired", 3),
        ("retired --fail-on warning", 1),
        ("unknown", 3),
        ("cut", 3),
        ("cut --fail-on never", 3),
        ("text", 3),
        ("empty", 3),
        ("nowhere", 3),
        ("good cut", 3),
        ("cut bad unknown", 1),
    ],
)
@pytest.mark.usefixtures("there")
def test_exit_status(words, status):
    assert dicomspec_("validate", *words.split()).exit_code == status


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("validate", "Missing argument 'PATH...'"),
        ("validate good --edition 2023e", "no edition '2023e': neither one of 2024c, 2024a"),
        ("validate good --format pdf", "no format 'pdf'; there are text, json, html"),
        ("validate good --format text --format json", "several formats need a FILE each"),
        ("validate good --format text=a --output b", "--output has no format to go with"),
        ("validate good --output good/x/report.json", "good/x/report.json: Not a directory"),
        ("validate good --fail-on note", "'note' is not one of 'error', 'warning', 'never'"),
        ("validate good --terse", "No such option"),
        ("validate good --ignore valeu/*", "no code matches 'valeu/*'; `dicomspec rules` lists"),
        ("validate good --select Attribute/*", "no code matches 'Attribute/*'"),
        ("show Nothing", "edition 2024c has no IOD, Module, Macro, Attribute or UID 'Nothing'"),
        ("show Patient --edition nowhere", "no edition 'nowhere'"),
        ("iods --edition nowhere", "no edition 'nowhere'"),
        ("validates", "No such command 'validates'"),
    ],
)
@pytest.mark.usefixtures("there")
def test_wrong_usage_is_status_2(words, said):
    result = dicomspec_(*words.split())
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.usefixtures("there")
def test_what_passes_is_told_in_a_line():
    lines = dicomspec_("validate", "good").output.splitlines()
    assert lines[0].startswith("PASS  good  Basic Directory  4 requirements checked")
    assert lines[1].startswith("1 instance: 1 pass; ")


@pytest.mark.usefixtures("there")
def test_a_finding_is_told_with_its_place_and_its_clause():
    output = dicomspec_("validate", "bad", "--edition", "2024a").output
    assert output.startswith("FAIL  bad  Basic Directory  3 requirements checked")
    assert "  error    attribute/type-2-missing  FileSetID  (0004,1130)\n" in output
    assert "  Module File-set Identification, Type 2\n" in output
    assert "  File-set ID is absent.\n" in output
    assert "/2024a/output/chtml/part03/sect_F.3.2.html#para_" in output


@pytest.mark.usefixtures("there")
def test_the_run_goes_on_after_what_cannot_be_read():
    names = ["text", "cut", "nowhere", "empty", "unknown", "good", "bad"]
    report = reported(*names)
    assert [(each["path"], each["verdict"]) for each in report["instances"]] == [
        ("text", "unreadable"),
        ("cut", "unreadable"),
        ("nowhere", "unreadable"),
        ("empty", "unreadable"),
        ("unknown", "unknown-sop-class"),
        ("good", "pass"),
        ("bad", "fail"),
    ]
    assert [each["findings"][0]["message"] for each in report["instances"] if each["findings"]] == [
        "no DICOM prefix at byte 128; force reads a file without",
        "the data end within (0008,0016), whose value of 20 bytes starts at byte 262 (byte 278)",
        "no such file or directory",
        "empty (byte 0)",
        "SOP Class UID is not one that this edition defines.",
        "File-set ID is absent.",
    ]
    assert (report["summary"]["pass"], report["summary"]["unreadable"]) == (1, 4)
    text = dicomspec_("validate", *names).output
    for words in ("no DICOM prefix", "the data end within", "no such file", "empty (byte 0)"):
        assert words in text


def test_a_folder_is_walked(there):
    report = reported(there)
    assert [Path(each["path"]).name for each in report["instances"]] == [
        "bad", "cut", "good", "good.json", "retired", "unknown",
    ]  # fmt: skip
    assert [Path(each["path"]).name for each in report["skipped"]] == [
        "empty", "text",
    ]  # fmt: skip


def test_a_folder_without_dicom(tmp_path):
    (tmp_path / "readme.txt").write_text("Dear reader")
    result = dicomspec_("validate", tmp_path)
    assert result.exit_code == 3
    assert "no file in this folder looks like DICOM" in result.output
    assert "readme.txt: not DICOM" in result.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(there):
    (there / "good").chmod(0)
    result = dicomspec_("validate", "good", "bad")
    assert result.exit_code == 1
    assert "permission denied" in result.output


@pytest.mark.parametrize(
    ("given", "status"),
    [(files.PASSING, 0), (files.JSON, 0), (files.FAILING, 1), (files.CUT, 3), (b"", 3)],
)
def test_standard_input(given, status):
    result = dicomspec_("validate", "-", given=given)
    assert result.exit_code == status
    assert [each["path"] for each in reported("-", given=given)["instances"]] == ["<stdin>"]


def test_force(tmp_path):
    (tmp_path / "a").write_bytes(files.PASSING[132:])
    assert dicomspec_("validate", tmp_path / "a").exit_code == 3
    assert dicomspec_("validate", "--force", tmp_path / "a").exit_code == 1  # without a prefix


@pytest.mark.usefixtures("there")
def test_the_json_report_keeps_to_its_schema():
    report = reported(*INPUTS)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["tool"] == {"name": "dicomspec", "version": dicomspec.__version__}
    assert report["edition"] == "2024c"
    assert report["summary"]["instances"] == len(INPUTS)


@pytest.mark.usefixtures("there")
def test_values_are_shown_when_asked_for():
    for option, value in ((), None), (("--redact",), None), (("--show-values",), "1.2.3"):
        (instance,) = reported("unknown", *option)["instances"]
        assert instance["findings"][0]["value"] == value


@pytest.mark.parametrize(
    ("words", "status", "codes", "filtered"),
    [
        ("", 1, ["attribute/type-2-missing"], 0),
        ("--ignore attribute/*", 0, [], 1),
        ("--ignore */type-1* --ignore *-2-missing", 0, [], 1),
        ("--select attribute/*", 1, ["attribute/type-2-missing"], 0),
        ("--select instance/*", 0, [], 1),
        ("--select attribute/* --ignore attribute/type-2-missing", 0, [], 1),
    ],
)
@pytest.mark.usefixtures("there")
def test_findings_by_their_codes(words, status, codes, filtered):
    result = dicomspec_("validate", "bad", "--format", "json", *words.split())
    assert result.exit_code == status
    report = json.loads(result.output)
    (instance,) = report["instances"]
    assert [each["code"] for each in instance["findings"]] == codes
    assert instance["filtered"] == report["summary"]["filtered"] == filtered
    assert instance["verdict"] == ("fail" if codes else "pass")
    text = dicomspec_("validate", "bad", *words.split()).output
    assert ("1 finding filtered out" in text) == bool(filtered)


@pytest.mark.usefixtures("there")
def test_what_could_not_be_checked_is_never_filtered_out():
    result = dicomspec_("validate", "cut", "unknown", "--ignore", "*")
    assert result.exit_code == 3
    assert "instance/unreadable" in result.output
    assert "instance/unknown-sop-class" in result.output


@pytest.mark.usefixtures("there")
def test_what_passes_is_named_when_told_verbosely():
    quiet, told = (dicomspec_("validate", "good", "good.json", *v).output for v in ((), ("-v",)))
    assert quiet.startswith("PASS  2 instances  Basic Directory")
    assert "good.json" not in quiet
    assert told.splitlines()[1:3] == ["  good", "  good.json"]


def test_formats_each_with_its_file(there):
    formats = ("--format", "html=out/a.html", "--format", "json=b.json", "--format", "text")
    result = dicomspec_("validate", "bad", *formats)
    assert result.exit_code == 1
    assert "wrote out/a.html" in result.output
    assert "\nFAIL  bad  Basic Directory" in result.output
    page = (there / "out" / "a.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "File-set ID is absent." in page
    assert json.loads((there / "b.json").read_text())["summary"]["fail"] == 1


@pytest.mark.parametrize(
    ("output", "start"),
    [
        ("a.html", "<!DOCTYPE html>"),
        ("a.HTM", "<!DOCTYPE html>"),
        ("a.json", '{"report": 1'),
        ("a.txt", "FAIL"),
        ("new/folder/a", "FAIL"),
    ],
)
def test_output_to_a_file_has_the_format_of_its_suffix(there, output, start):
    result = dicomspec_("validate", "bad", "--output", output)
    assert (result.exit_code, result.output) == (1, f"wrote {output}\n")
    assert (there / output).read_text(encoding="utf-8").startswith(start)


def test_output_to_a_folder(there):
    (there / "old").mkdir()
    words = ("--format", "text", "--format", "json", "--format", "html")
    for folder in ("old", "new/"):
        result = dicomspec_("validate", "bad", *words, "--output", folder)
        assert result.exit_code == 1
        assert sorted(each.name for each in (there / folder).iterdir()) == [
            "report.html", "report.json", "report.txt",
        ]  # fmt: skip


@pytest.mark.usefixtures("there")
def test_an_edition_by_its_folder():
    folder = Path(definitions.__file__).parent / "edition_2024a"
    assert reported("good", "--edition", folder)["edition"] == "2024a"
    assert dicomspec_("iods", "--edition", folder).output == (
        dicomspec_("iods", "--edition", "2024a").output
    )


def test_show():
    result = dicomspec_("show", "CT Image")
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "CT Image (IOD)"
    assert "  M  Patient\n      2  (0010,0010) Patient's Name\n" in result.output
    tree = json.loads(dicomspec_("show", "ct image", "--json").output)
    assert tree["information_entities"][0]["modules"][0]["usage"] == "M"
    older = json.loads(dicomspec_("show", "CT Image", "--json", "--edition", "2024a").output)
    assert older["edition"] == "2024a"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("(0010,0010)", "Patient's Name (Data Element)"),
        ("PatientName", "Patient's Name (Data Element)"),
        ("Patient", "Patient (Module)"),
        ("Code Sequence Macro", "Code Sequence (Macro)"),
        ("1.2.840.10008.5.1.4.1.1.2", "CT Image Storage (UID)"),
    ],
)
def test_show_whatever_has_a_name(name, first):
    assert dicomspec_("show", name).output.splitlines()[0] == first


def test_show_as_a_page():
    page = dicomspec_("show", "Patient", "--format", "html").output
    assert page.startswith("<!DOCTYPE html>")
    assert "Patient&#39;s Name" in page
    shown = dicomspec_("show", "Patient", "--format", "json").output
    assert shown == dicomspec_("show", "Patient", "--json").output


def test_iods():
    lines = dicomspec_("iods").output.splitlines()
    assert len(lines) == len(editions.load().iods)
    assert "CT Image  1.2.840.10008.5.1.4.1.1.2" in lines
    listed = json.loads(dicomspec_("iods", "--json").output)
    assert [each["name"] for each in listed] == list(editions.load().iods)
    assert {"name": "CT Image", "sop_class_uids": ["1.2.840.10008.5.1.4.1.1.2"]} in listed


def test_editions():
    assert dicomspec_("editions").output == "2024c (default)\n2024a\n"
    assert json.loads(dicomspec_("editions", "--json").output) == [
        {"name": "2024c", "default": True},
        {"name": "2024a", "default": False},
    ]


def test_rules_are_the_catalogue():
    lines = dicomspec_("rules").output.splitlines()
    assert [line.split()[1] for line in lines] == list(CATALOGUE)
    assert lines[0].startswith("error   module/mandatory-missing ")
    assert lines[0].endswith("(PS3.3 A.1.3.1)")
    for row in json.loads(dicomspec_("rules", "--json").output):
        entry = CATALOGUE[row["code"]]
        assert (row["severity"], row["clause"]) == (entry.severity.value, entry.clause)
        assert row["meaning"] == entry.meaning


def test_help_and_version():
    assert dicomspec_("--version").output.endswith(f", version {dicomspec.__version__}\n")
    for command in ("validate", "show", "iods", "editions", "rules"):
        assert command in dicomspec_("-h").output
        assert dicomspec_(command, "-h").exit_code == 0


def test_a_reader_that_goes_away_is_no_failure():
    command = [sys.executable, "-m", "dicomspec", "show", "Enhanced CT Image"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"Enhanced CT Image (IOD)\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_start_up_imports_nothing_heavy():
    program = (
        "import sys; from dicomspec.faces import cli;"
        "sys.exit(bool({'pydicom', 'jinja2', 'rich', 'lxml'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
