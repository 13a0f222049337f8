"""A file, read ahead in pieces: most of what a parser wants is a few bytes from the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

AHEAD = 1 << 15  # bytes


class Window:
    """The piece of a file that was read last: `data`, the first of which is byte `start`."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.data = b""
        self.start = 0

    def read(self, at: int, length: int) -> bytes:
        """Return bytes of the file from `at` on, fewer where it ends."""
        begin = at - self.start
        if begin >= 0:
            data = self.data[begin : begin + length]
            if len(data) == length:
                return data
        self.file.seek(at)
        if length > AHEAD:
            return self.file.read(length)
        self.data, self.start = self.file.read(AHEAD), at
        return self.data[:length]
