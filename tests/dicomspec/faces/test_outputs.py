"""Where reports go, and where they never do: over an input, or over each other."""

import json

import pytest
from click.testing import CliRunner

from dicomspec.faces.cli import cli
from tests.dicomspec import files


@pytest.fixture
def there(tmp_path, monkeypatch):
    """A working folder with a file, links to it, and a folder of pages that holds an input."""
    (tmp_path / "x.dcm").write_bytes(files.PASSING)
    (tmp_path / "link").symlink_to("x.dcm")
    (tmp_path / "hard").hardlink_to(tmp_path / "x.dcm")
    (tmp_path / "out-pages").mkdir()
    (tmp_path / "out-pages" / "instance-0001.html").write_bytes(files.PASSING)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder-link").symlink_to("folder")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(words, given=b""):
    return CliRunner().invoke(cli, ["validate", *words.split(" ")], input=given)


@pytest.mark.parametrize("name", ["x.dcm", "./x.dcm", "link", "hard", "../{}/x.dcm"])
@pytest.mark.parametrize("format_", ["json", "text", "html"])
@pytest.mark.parametrize("read", ["x.dcm", "link", "hard", "."])
def test_an_input_is_never_written_over(there, name, format_, read):
    before = {path: path.read_bytes() for path in there.rglob("*") if path.is_file()}
    result = run(f"{read} --format {format_}={name.format(there.name)}")
    assert result.exit_code == 2
    assert "a report would be written over its input" in result.output
    assert before == {path: path.read_bytes() for path in there.rglob("*") if path.is_file()}


def test_nor_by_output_nor_by_the_pages_of_a_report(there):
    for words in ("x.dcm --output link", "out-pages --format html=out.html"):
        result = run(words)
        assert result.exit_code == 2
        assert "a report would be written over its input" in result.output
    assert (there / "out-pages" / "instance-0001.html").read_bytes() == files.PASSING


def test_an_earlier_report_is_replaced(there):
    for _ in range(2):
        assert run(". --format json=folder/a.json --format text=folder/a.txt").exit_code == 0
    assert json.loads((there / "folder" / "a.json").read_text())["summary"]["pass"] == 4


@pytest.mark.parametrize(
    "words",
    [
        "--format text=q --format json=q",
        "--format text=q --format json=./q",
        "--format text=folder/q --format json=folder-link/q",
        "--format text=q --format text=q",
        "--format text --format json=q --output q",
        "--format json --format text --output q",
    ],
)
def test_two_formats_never_go_to_one_file(there, words):
    result = run(f"x.dcm {words}")
    assert result.exit_code == 2
    assert "can't both go to" in result.output
    assert not (there / "q").exists()


def test_nor_among_the_pages_of_the_other():
    result = run("x.dcm --format html=a.html --format json=a-pages/instance-0001.html")
    assert result.exit_code == 2
    assert "a-pages is for the pages of a.html" in result.output


@pytest.mark.parametrize("words", ["--format json=-", "--output - --format json"])
def test_a_dash_is_standard_output(there, words):
    result = run(f"x.dcm {words}")
    assert result.exit_code == 0
    assert json.loads(result.output)["summary"]["pass"] == 1
    assert not (there / "-").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--format json=- --format text", "several formats need a FILE each"),
        ("--format json=- --format text=-", "several formats need a FILE each"),
        ("--format json= ", "--format json= names no file"),
        ("--output ", "--output names no file"),
        ("--format text=a --output b", "--output has no format to go with"),
        ("--format text=- --output b", "--output has no format to go with"),
    ],
)
def test_what_names_no_place_is_wrong_usage(there, words, said):
    before = sorted(there.iterdir())
    result = CliRunner().invoke(cli, ["validate", "x.dcm", *words.split(" ")])
    assert result.exit_code == 2
    assert said in result.output
    assert sorted(there.iterdir()) == before


@pytest.mark.parametrize("place", ["folder", "new/"])
@pytest.mark.parametrize(("format_", "suffix"), [("html", "html"), ("text", "txt")])
def test_a_format_to_a_folder(there, place, format_, suffix):
    assert run(f"x.dcm --format {format_}={place}").exit_code == 0
    assert [each.name for each in (there / place).iterdir()] == [f"report.{suffix}"]
