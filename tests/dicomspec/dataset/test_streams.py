"""Input that can't be sought in, and paths that aren't regular files."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dicomspec.dataset import Unreadable, limits, read
from tests.dicomspec.dataset.build import explicit, part10

BULK = explicit(0x00420011, "OB", bytes(range(256)) * 100)
FILE = part10(explicit(0x00100010, "PN", b"Doe^Jane") + BULK)
ROE = b'{"00100010": {"vr": "PN", "Value": [{"Alphabetic": "Roe"}]}}'

CODE = """
import sys
from dicomspec.dataset import read
for found in read(sys.stdin.buffer, name="<stdin>"):
    print(found.path, found.dataset.PatientName)
"""


class Pipe(io.RawIOBase):
    """A stream that can't be sought in, and gives little at a time."""

    def __init__(self, data):
        self.inner = io.BytesIO(data)
        self.given = 0

    def readable(self):
        return True

    def read(self, size=-1, /):
        data = self.inner.read(min(size, 1000))
        self.given += len(data)
        return data


def test_a_stream_that_cannot_be_sought_in():
    (found,) = read(Pipe(FILE))  # type: ignore[arg-type]
    assert found.path == "<stream>"
    assert found.dataset.PatientName == "Doe^Jane"
    assert found.dataset.EncapsulatedDocument.read() == bytes(range(256)) * 100


def test_a_stream_of_something_else_is_not_copied():
    pipe = Pipe(b"<" + bytes(1 << 20))
    with pytest.raises(Unreadable, match="it is XML or HTML"):
        list(read(pipe))  # type: ignore[arg-type]
    assert pipe.given <= 4096


def test_a_stream_without_end(monkeypatch):
    monkeypatch.setattr(limits, "STREAM", 100_000)
    with pytest.raises(Unreadable, match="a stream of more than 100000 bytes"):
        list(read(Pipe(FILE + bytes(200_000))))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "printed"),
    [
        (FILE, "<stdin> Doe^Jane\n"),
        (b" " + ROE, "<stdin> Roe\n"),
        (b"[%b, %b]" % (ROE, ROE), "<stdin>[1] Roe\n<stdin>[2] Roe\n"),
    ],
    ids=["Part 10", "JSON", "JSON array"],
)
def test_stdin(data, printed):
    ran = subprocess.run([sys.executable, "-c", CODE], input=data, capture_output=True, check=True)
    assert (ran.stdout.decode(), ran.stderr) == (printed, b"")


def test_importing_the_package_imports_no_pydicom():
    code = (
        "import sys, dicomspec.dataset; print({'pydicom', 'numpy', 'tempfile'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ran.stdout == "set()\n"


def test_what_is_no_regular_file(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for path, reason in {
        fifo: "not a regular file",
        tmp_path: "a folder",
        tmp_path / "missing": "no such file or directory",
        Path("/dev/zero"): "not a regular file",
        "a\0b": "not a path",
    }.items():
        with pytest.raises(Unreadable) as caught:
            list(read(path))
        assert caught.value.reason == reason
        assert caught.value.path == str(path)


def test_errors_of_the_system_are_told_without_a_path(tmp_path, monkeypatch):
    path = tmp_path / "Doe^Jane.dcm"
    path.write_bytes(FILE)

    def refuse(*args, **more):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(Unreadable) as caught:
        list(read(path))
    assert caught.value.reason == "permission denied"


def test_a_file_without_permission(tmp_path):
    path = tmp_path / "closed.dcm"
    path.write_bytes(FILE)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    with pytest.raises(Unreadable, match="permission denied"):
        list(read(path))
