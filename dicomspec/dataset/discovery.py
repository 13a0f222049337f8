"""Paths as users give them → files to read.

How it decides:
1. A file that is named is taken, whatever it holds. A folder is walked, sorted by name, links
   followed; no folder is walked twice in one walk.
2. A file found by walking is taken if it has the DICOM prefix, is named .dcm, starts as DICOM JSON
   does, or starts as a data set without a prefix does. Otherwise it is Skipped, with the reason.
3. What can't be looked at is Unreadable, and the rest goes on. Only regular files are opened.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from dicomspec.dataset import sniff
from dicomspec.dataset.faults import Skipped, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Found = Path | Skipped | Unreadable


def discover(paths: Iterable[str | Path]) -> Iterator[Found]:
    """Give the files to read, in a fixed order, among what was left out.

    That is Unreadable (given, not raised) for a path that can't be looked at, or a folder without
    anything that looks like DICOM; Skipped for what a folder holds besides.
    """
    for path in paths:
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116 - a str stays as it was given
        except (OSError, ValueError) as fault:
            yield Unreadable(str(path), why(fault))
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(Path(path))
        elif stat.S_ISREG(mode):
            yield Path(path)
        else:
            yield Unreadable(str(path), "not a regular file")


def why(fault: OSError | ValueError) -> str:
    """Return an error of the operating system in words, without a path."""
    if isinstance(fault, OSError) and fault.errno is not None:
        return os.strerror(fault.errno).lower()
    return "not a path" if isinstance(fault, ValueError) else "the system refused it"


def _folder(top: Path) -> Iterator[Found]:
    """Walk a folder; say so if there is nothing in it to read, and nothing else was said."""
    silent = True
    for found in _walk(top):
        silent = silent and isinstance(found, Skipped)
        yield found
    if silent:
        yield Unreadable(str(top), "no file in this folder looks like DICOM")


def _walk(top: Path) -> Iterator[Found]:
    """Give every file below a folder; without recursion, since folders may be nested deep."""
    seen: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        path = waiting.pop()
        found = _look(path, seen)
        if isinstance(found, list):
            waiting.extend(found)
        else:
            yield found


def _look(path: Path, seen: set[tuple[int, int]]) -> Found | list[Path]:
    """Return what a path is, for a folder what is in it, last name first."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return _entries(path, status, seen)
        if stat.S_ISREG(status.st_mode):
            return _file(path, status.st_size)
    except OSError as fault:
        if fault.errno in {errno.ENOENT, errno.ELOOP}:
            return Skipped(str(path), "a link to nothing")
        return Unreadable(str(path), why(fault))
    return Skipped(str(path), "not a regular file")


def _entries(
    path: Path, status: os.stat_result, seen: set[tuple[int, int]]
) -> Skipped | list[Path]:
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return Skipped(str(path), "a folder that was walked before")
    seen.add(identity)
    return sorted(path.iterdir(), key=lambda entry: entry.name, reverse=True)


def _file(path: Path, size: int) -> Path | Skipped:
    if path.suffix.lower() == ".dcm":
        return path
    with path.open("rb", buffering=0) as file:
        head = file.read(sniff.HEAD)
    if sniff.has_prefix(head) or sniff.is_dicom_json(head) or sniff.is_data_set(head, size):
        return path
    return Skipped(str(path), f"not DICOM: {sniff.kind(head) or 'no DICOM prefix at byte 128'}")
