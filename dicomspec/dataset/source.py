"""Where the bytes of a data set are, for those that are wanted after the data set was read."""

from __future__ import annotations

import io
import os
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Protocol

from dicomspec.dataset.faults import BadElement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager


class Source(Protocol):
    """Something that can be opened again."""

    def opened(self) -> AbstractContextManager[BinaryIO]:
        """Give a file to seek in; raises OSError or BadElement."""


class FileSource:
    """A file, opened by its path for each reading."""

    def __init__(self, path: str, status: os.stat_result) -> None:
        self.path = path
        self.version = (status.st_size, status.st_mtime_ns)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open the file, if it still is what was read."""
        with open(self.path, "rb") as file:  # noqa: PTH123 - as the path was given
            status = os.fstat(file.fileno())
            if (status.st_size, status.st_mtime_ns) != self.version:
                raise BadElement("the file has changed since it was read")
            yield file


class StreamSource:
    """A stream that somebody else keeps open, or a temporary file that lives as long as this."""

    def __init__(self, stream: BinaryIO, *, own: bool = False) -> None:
        self.stream = stream
        if own:
            weakref.finalize(self, stream.close)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Give the stream itself."""
        if self.stream.closed:
            raise BadElement("the stream was closed")
        yield self.stream

    def __deepcopy__(self, memo: object) -> StreamSource:
        return self


class Elsewhere:
    """A BulkDataURI (PS3.18 F.2.2): never fetched."""

    def opened(self) -> AbstractContextManager[BinaryIO]:
        """Raise BadElement."""
        raise BadElement("the value is at a BulkDataURI, which isn't fetched")


class Stretch(io.RawIOBase):
    """A part of a source as a stream of its own; nothing is opened before it is read."""

    def __init__(self, source: Source, start: int, length: int) -> None:
        self.source = source
        self.start = start
        self.length = length
        self.at = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return the place in this stretch."""
        return self.at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place in this stretch."""
        self.at = max(0, offset + {os.SEEK_CUR: self.at, os.SEEK_END: self.length}.get(whence, 0))
        return self.at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Read what fits into the buffer, to the end of the stretch."""
        wanted = min(len(buffer), max(0, self.length - self.at))
        with self.source.opened() as file:
            file.seek(self.start + self.at)
            data = file.read(wanted)
        buffer[: len(data)] = data
        self.at += len(data)
        return len(data)
