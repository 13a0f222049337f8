"""Standard streams that are full, closed or left: a line at most, never a traceback."""

import subprocess
import sys

import pytest

from tests.dicomspec import files

COMMANDS = [
    "validate x.dcm", "validate x.dcm --format json", "validate x.dcm --format html",
    "explain x.dcm FileSetID", "show Patient", "show Patient --json", "iods", "iods --json",
    "editions", "rules", "rules --markdown", "--help", "validate --help", "--version",
]  # fmt: skip


@pytest.fixture
def there(tmp_path, monkeypatch):
    (tmp_path / "x.dcm").write_bytes(files.PASSING)
    (tmp_path / "bad.dcm").write_bytes(files.FAILING)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", ":".join(filter(None, sys.path)))


def shell(words, redirected="", **options):
    command = f"'{sys.executable}' -m dicomspec {words} {redirected}"
    return subprocess.run(["bash", "-c", command], capture_output=True, check=False, **options)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("words", COMMANDS)
def test_a_full_disk_is_a_line_and_status_2(words):
    done = shell(words, ">/dev/full")
    assert done.returncode == 2
    assert done.stderr == b"Error: standard output can't be written: No space left on device\n"


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("words", COMMANDS)
def test_a_reader_that_has_gone_is_no_failure(words):
    done = shell(words, "| true; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.usefixtures("there")
def test_the_status_of_findings_stays_when_the_reader_goes():
    assert shell("validate bad.dcm", "| true; exit ${PIPESTATUS[0]}").returncode == 1


@pytest.mark.usefixtures("there")
def test_closed_streams():
    done = shell("validate -", "<&-")
    assert (done.returncode, done.stderr) == (3, b"")
    assert b"standard input is closed" in done.stdout
    done = shell("iods", ">&-")
    assert done.returncode == 2
    assert done.stderr == b"Error: standard output can't be written: Bad file descriptor\n"
    assert shell("iods", "2>&-").returncode == 0
    assert shell("validate bad.dcm --output a.txt", ">&- 2>/dev/full").returncode == 1


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("place", ["/dev/full", "x.dcm/a.txt"])
def test_a_file_that_cannot_be_written_is_status_2(place):
    done = shell(f"validate bad.dcm --output {place}")
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: {place}: ".encode())
    assert done.stderr.count(b"\n") == 1


@pytest.mark.usefixtures("there")
def test_wrong_usage_when_nobody_listens():
    assert shell("validate", "2>/dev/full").returncode == 2


@pytest.mark.usefixtures("there")
def test_a_stream_that_lacks_a_character(monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    done = shell("show 'Enhanced CT Image'")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u2026 " in done.stdout
