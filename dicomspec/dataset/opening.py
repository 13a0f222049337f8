"""Paths and streams → files that can be sought in."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from dicomspec.dataset import sniff
from dicomspec.dataset.faults import Fault
from dicomspec.dataset.source import FileSource, Source, StreamSource
from dicomspec.dataset.spool import spooled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that stands where its data start; `size` is the byte at which they end."""

    file: BinaryIO
    source: Source
    size: int
    head: bytes


@contextmanager
def opened(source: Path | str | BinaryIO, check: Callable[[bytes], None]) -> Iterator[Opened]:
    """Open an input; `check` may refuse it by its first bytes, before a stream is copied.

    Raises Fault and OSError.
    """
    if not isinstance(source, str | os.PathLike):
        yield _stream(source, check)
        return
    _regular(source)
    with open(source, "rb") as file:  # noqa: PTH123 - a str stays as it was given
        status = os.fstat(file.fileno())
        head = _peeked(file, check)
        path = os.path.abspath(source)  # noqa: PTH100
        yield Opened(file, FileSource(path, status), status.st_size, head)


def _regular(path: Path | str) -> None:
    """Raise Fault for what isn't a regular file: opening a FIFO would wait for ever."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except ValueError as fault:  # a NUL in it
        raise Fault("not a path") from fault
    if stat.S_ISDIR(mode):
        raise Fault("a folder")
    if not stat.S_ISREG(mode):
        raise Fault("not a regular file")


def _peeked(file: BinaryIO, check: Callable[[bytes], None]) -> bytes:
    start = file.tell()
    head = file.read(sniff.HEAD)
    check(head)
    file.seek(start)
    return head


def _stream(stream: BinaryIO, check: Callable[[bytes], None]) -> Opened:
    if stream.seekable():
        head = _peeked(stream, check)
        start = stream.tell()
        size = stream.seek(0, os.SEEK_END)
        stream.seek(start)
        return Opened(stream, StreamSource(stream), size, head)
    head = b""
    while len(head) < sniff.HEAD and (piece := stream.read(sniff.HEAD - len(head))):
        head += piece
    check(head)
    copy, size = spooled(stream, head)
    return Opened(copy.stream, copy, size, head)
