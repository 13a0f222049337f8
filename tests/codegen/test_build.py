"""`python -m codegen build` and `tally`, and what they write."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codegen import __main__ as command
from codegen import emit, output, source, tally
from codegen.__main__ import main
from codegen.errata import Errata
from codegen.read import PARTS, read_books
from codegen.source import ROOT, SourceError
from tests.codegen.conftest import needs, read_session
from tests.codegen.made import Maker, book

EDITIONS = ("2024c", "2024a")


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, each edition read once for all tests."""
    monkeypatch.setattr(command, "read_edition", lambda name, _=None: read_session(name))
    return lambda *arguments: CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def made_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> tuple[Run, Errata]:
    """Run a command on a made-up edition, with its problems."""
    maker = Maker()
    part3 = book(
        maker.chapter(
            "chapter_C",
            maker.attributes(
                "table_1", "Paint Module Attributes", ("Colour", "(0011,0001)", "1", "W.")
            ),
            maker.attributes(
                "table_2", "Lime Module Attributes", ("Colour", "(0011,0001)", "1", "W.")
            ),
        )
    )
    row = maker.row("(0011,0001)", "Colour", "Colour", "CS", "1", "")
    header = ("Tag", "Name", "Keyword", "VR", "VM", "")
    part6 = book(maker.chapter("chapter_6", maker.table("table_6-1", "Registry", header, row)))
    reading = read_books("1999z", part3, book(), part6, Errata())
    monkeypatch.setattr(command, "read_edition", lambda _name, _=None: reading)
    return run, reading.errata


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_committed_definitions_are_what_is_read_and_nothing_is_undeclared(run, edition):
    needs(edition)
    result = run("build", edition, "--check", "--strict")
    assert result.exit_code == 0, result.output
    assert "0 undeclared problems" in result.output


@pytest.mark.parametrize("edition", EDITIONS)
def test_they_were_made_of_the_bytes_that_the_manifest_names(edition):
    needs(edition)
    for number in PARTS:
        data = (source.folder(edition) / f"part{number}.xml").read_bytes()
        assert source.manifest()[edition][f"part{number}"]["sha256"] == digest(data)


def test_the_committed_coverage_is_what_is_read(run):
    for edition in EDITIONS:
        needs(edition)
    result = run("tally", "--check")
    assert result.exit_code == 0, result.output


def test_check_names_what_differs_and_fails(made_up, tmp_path):
    run, _ = made_up
    into = tmp_path / "new"
    assert run("build", "1999z", "--output", into).exit_code == 0
    (into / "elements.py").write_text("changed", encoding="utf-8")
    (into / "tables" / "old.py").write_text("x", encoding="utf-8")
    (into / "uids.py").unlink()
    result = run("build", "1999z", "--check", "--output", into)
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if line.startswith("differs")] == [
        f"differs: {into / path}" for path in ("elements.py", "tables/old.py", "uids.py")
    ]
    assert (into / "elements.py").read_text(encoding="utf-8") == "changed"
    assert run("build", "1999z", "--output", into).exit_code == 0
    assert run("build", "1999z", "--check", "--output", into).exit_code == 0
    assert not (into / "tables" / "old.py").exists()


def test_an_undeclared_problem_fails_only_a_strict_build_and_is_named(made_up, tmp_path):
    run, errata = made_up
    errata.report("para_1", "text", "an oddity")
    lax = run("build", "1999z", "--output", tmp_path / "new")
    strict = run("build", "1999z", "--strict", "--output", tmp_path / "new")
    assert (lax.exit_code, strict.exit_code) == (0, 1)
    for result in (lax, strict):
        assert "para_1 (982d9e3eb996f559): an oddity" in result.output
        assert "1 undeclared problems" in result.output
    assert (tmp_path / "new" / "tables" / "table_1.py").is_file()


def test_an_edition_that_no_one_has_seen_is_built_and_its_oddities_named(made_up, tmp_path):
    run, errata = made_up
    assert errata.problems == []
    result = run("build", "1999z", "--strict", "--output", tmp_path / "new")
    assert (result.exit_code, result.output) == (
        0,
        "1999z: 0 IODs, 2 tables, 2 rows, 0 undeclared problems\n",
    )


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): digest(path.read_bytes())
        for path in folder.rglob("*.py")
    }


def test_building_again_with_another_hash_seed_gives_the_same_bytes(tmp_path):
    needs("2024c")
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    build = subprocess.run(
        [sys.executable, "-m", "codegen", "build", "2024c", "--strict", "--output", tmp_path / "x"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (build.returncode, build.stderr) == (0, "")
    again = emit.files(read_session("2024c").edition)  # with this process's own seed
    assert again.keys() == digests(tmp_path / "x").keys()
    assert {path: digest(text.encode()) for path, text in again.items()} == digests(tmp_path / "x")


def test_the_command_line_says_what_is_wrong_in_a_line(tmp_path):
    (tmp_path / "part03.xml").write_text("not XML", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "codegen", "build", "1999z", "--from", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("codegen: ")
    assert "part03.xml: not well-formed XML" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_page_of_coverage_says_what_was_read_by_iod():
    needs("2024c")
    page = tally.page([read_session("2024c")])
    for line in (
        "## Edition 2024c",
        "| IODs | 189 |",
        "| Rows of these tables | 9977 |",
        "### Declared corrections",
        "### Undeclared problems\n\nNone.",
        "- `table_A-3`: Context Groups belong to PS3.16",
        "| CT Image | 11/3/10 |",
        "| Print Job | 2 without Usage |",
    ):
        assert line in page


def test_other_folders_are_left_as_they_are(tmp_path):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SourceError, match="left as it is"):
        output.write(tmp_path, {"__init__.py": "x"})
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_is_written_where_it_is_new_empty_or_generated(tmp_path):
    files = {"__init__.py": emit.MARK.format(edition="1999z"), "a/b.py": "x\n"}
    output.write(tmp_path, files)
    output.write(tmp_path / "new", files)
    assert output.differing(tmp_path / "new", files) == []
    output.write(tmp_path / "new", {"__init__.py": files["__init__.py"]})
    assert [path.name for path in (tmp_path / "new").rglob("*.py")] == ["__init__.py"]


def test_only_files_that_differ_are_written(tmp_path):
    files = {"__init__.py": emit.MARK.format(edition="1999z"), "a.py": "x\n"}
    output.write(tmp_path, files)
    before = (tmp_path / "a.py").stat().st_mtime_ns
    output.write(tmp_path, {**files, "b.py": "y\n"})
    assert (tmp_path / "a.py").stat().st_mtime_ns == before
