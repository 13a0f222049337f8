import os
import pickle
from pathlib import Path

import pytest

from dicomspec.dataset import Skipped, Unreadable, discover
from tests.dicomspec.dataset.build import explicit, part10

FILE = part10(explicit(0x00100010, "PN", b"Doe^Jane"))


def told(paths, top):
    """What was found, with paths below `top`."""
    found: list[str | tuple[str, str, str]] = []
    for one in discover(paths):
        if isinstance(one, Path):
            found.append(str(one.relative_to(top)))
        else:
            path = os.path.relpath(one.path, top)
            found.append((type(one).__name__, path, one.reason))
    return found


def write(path, data=FILE):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_folders_are_walked_in_order(tmp_path):
    for name in ("b/2", "b/1", "a", "c/d/e", "B"):
        write(tmp_path / name)
    assert told([tmp_path], tmp_path) == ["B", "a", "b/1", "b/2", "c/d/e"]
    assert told([str(tmp_path / "c"), tmp_path / "a"], tmp_path) == ["c/d/e", "a"]


def test_what_a_folder_holds_besides_is_skipped(tmp_path):
    write(tmp_path / "1-part10")
    write(tmp_path / "2-named.DCM", b"whatever")
    write(tmp_path / "3.json", b' [\n{"00080005" : {}}]')
    write(tmp_path / "4.json", b'{"name": "package"}')
    write(tmp_path / "5-no-head", FILE[132:])
    write(tmp_path / "6-no-meta", explicit(0x00080005, "CS", b"ISO_IR 192"))
    write(tmp_path / "7-implicit", b"\x08\0\x05\0\x04\0\0\0abcd")
    write(tmp_path / "8-empty", b"")
    write(tmp_path / "9-text.txt", b"Dear reader")
    write(tmp_path / "9-zip.zip", b"PK\3\4")
    os.mkfifo(tmp_path / "9-fifo")
    (tmp_path / "9-dangling").symlink_to("nowhere")
    (tmp_path / "9-itself").symlink_to("9-itself")
    assert told([tmp_path], tmp_path) == [
        "1-part10",
        "2-named.DCM",
        "3.json",
        ("Skipped", "4.json", "not DICOM: JSON"),
        "5-no-head",
        "6-no-meta",
        "7-implicit",
        ("Skipped", "8-empty", "not DICOM: an empty file"),
        ("Skipped", "9-dangling", "a link to nothing"),
        ("Skipped", "9-fifo", "not a regular file"),
        ("Skipped", "9-itself", "a link to nothing"),
        ("Skipped", "9-text.txt", "not DICOM: no DICOM prefix at byte 128"),
        ("Skipped", "9-zip.zip", "not DICOM: a ZIP archive"),
    ]


def test_a_named_file_is_taken_whatever_it_holds(tmp_path):
    path = write(tmp_path / "readme.txt", b"Dear reader")
    assert list(discover([path])) == [path]


def test_what_cannot_be_looked_at_is_told_and_the_rest_goes_on(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "empty" / "within").mkdir(parents=True)
    write(tmp_path / "file")
    names = ["missing", "fifo", "empty", "file", "file/below"]
    assert told([tmp_path / name for name in names], tmp_path) == [
        ("Unreadable", "missing", "no such file or directory"),
        ("Unreadable", "fifo", "not a regular file"),
        ("Unreadable", "empty", "no file in this folder looks like DICOM"),
        "file",
        ("Unreadable", "file/below", "not a directory"),
    ]
    (found,) = discover(["a\0b"])
    assert isinstance(found, Unreadable)
    assert found.reason == "not a path"


def test_a_folder_with_nothing_to_read(tmp_path):
    write(tmp_path / "notes.txt", b"Dear reader")
    assert told([tmp_path], tmp_path) == [
        ("Skipped", "notes.txt", "not DICOM: no DICOM prefix at byte 128"),
        ("Unreadable", ".", "no file in this folder looks like DICOM"),
    ]


def test_links_are_followed_and_cycles_end(tmp_path):
    write(tmp_path / "top" / "file")
    write(tmp_path / "other" / "linked")
    (tmp_path / "top" / "again").symlink_to(tmp_path / "top")
    (tmp_path / "top" / "other").symlink_to(tmp_path / "other")
    (tmp_path / "other" / "back").symlink_to(tmp_path)
    assert told([tmp_path / "top"], tmp_path) == [
        ("Skipped", "top/again", "a folder that was walked before"),
        "top/file",
        ("Skipped", "top/other/back/other", "a folder that was walked before"),
        ("Skipped", "top/other/back/top", "a folder that was walked before"),
        "top/other/linked",
    ]


def test_folders_nested_deep(tmp_path):
    folders = [tmp_path / "/".join("d" * depth) for depth in range(1, 1200)]
    for folder in folders:
        folder.mkdir()
    file = write(folders[-1] / "file")
    assert list(discover([tmp_path])) == [file]
    file.unlink()
    for folder in reversed(folders):  # since pytest's own removal recurses
        folder.rmdir()


def test_a_folder_that_refuses(tmp_path, monkeypatch):
    write(tmp_path / "a" / "file")
    write(tmp_path / "b")
    iterdir = Path.iterdir

    def refuse(path):
        if path.name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert told([tmp_path], tmp_path) == [("Unreadable", "a", "permission denied"), "b"]


def test_files_and_folders_without_permission(tmp_path):
    write(tmp_path / "a" / "file")
    (tmp_path / "a").chmod(0)
    write(tmp_path / "b").chmod(0)
    write(tmp_path / "c")
    if os.access(tmp_path / "b", os.R_OK):
        pytest.skip("root may read everything")
    try:
        assert told([tmp_path], tmp_path) == [
            ("Unreadable", "a", "permission denied"),
            ("Unreadable", "b", "permission denied"),
            "c",
        ]
    finally:
        (tmp_path / "a").chmod(0o700)


def test_what_is_told_can_go_to_another_process():
    fault = Unreadable("a.dcm", "empty", 0)
    copied = pickle.loads(pickle.dumps(fault))
    assert (copied.path, copied.reason, copied.offset) == ("a.dcm", "empty", 0)
    assert str(copied) == "a.dcm: empty (byte 0)"
    skipped = Skipped("notes.txt", "not DICOM")
    assert pickle.loads(pickle.dumps(skipped)) == skipped
