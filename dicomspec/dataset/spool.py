"""Copies on the disk: of streams that can't be sought, and of deflated data sets (PS3.5 A.5)."""

from __future__ import annotations

import zlib
from typing import BinaryIO, cast

from dicomspec.dataset import limits
from dicomspec.dataset.faults import Beyond, Malformed, Truncated
from dicomspec.dataset.source import StreamSource

_CHUNK = 1 << 20  # bytes read, or inflated, at once


def _copy() -> StreamSource:
    """Return an empty copy, which is closed and gone with its source."""
    from tempfile import SpooledTemporaryFile  # noqa: PLC0415 - it takes long to import

    file = SpooledTemporaryFile(max_size=limits.SPOOLED)  # noqa: SIM115 - its source closes it
    return StreamSource(cast("BinaryIO", file), own=True)


def spooled(stream: BinaryIO, head: bytes) -> tuple[StreamSource, int]:
    """Copy a stream whose first bytes, `head`, were read already; return the copy and its length.

    Raises Beyond for a stream longer than the limit, OSError where there is no room for the copy.
    """
    copy = _copy()
    length = copy.stream.write(head)
    while chunk := stream.read(_CHUNK):
        length += copy.stream.write(chunk)
        if length > limits.STREAM:
            raise Beyond(f"a stream of more than {limits.STREAM} bytes", length)
    copy.stream.seek(0)
    return copy, length


def inflated(file: BinaryIO, length: int) -> tuple[StreamSource, int, int | None]:
    """Inflate so many bytes; return the copy, its length, and the byte from which on there is more.

    Raises Beyond where they inflate to more than the limit, Malformed where they can't be inflated.
    """
    copy = _copy()
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        total = _inflate(file, length, inflating, copy.stream)
    except zlib.error as fault:
        raise Malformed("the deflated data set is damaged", file.tell()) from fault
    if not inflating.eof:
        raise Truncated("the data end within the deflated data set", file.tell())
    at = file.tell() - len(inflating.unused_data)
    # PS3.5 A.5: one NUL may pad it to an even length
    more = len(inflating.unused_data) > 1 or file.read(1)
    copy.stream.seek(0)
    return copy, total, at if more else None


def _inflate(file: BinaryIO, length: int, inflating: zlib._Decompress, copy: BinaryIO) -> int:
    """Inflate piece by piece; a piece of input may give 1000 times as much."""
    total = 0
    waiting = b""
    while not inflating.eof:
        if not waiting:
            waiting = file.read(min(_CHUNK, length))
            length -= len(waiting)
            if not waiting:
                break
        total += copy.write(inflating.decompress(waiting, _CHUNK))
        waiting = inflating.unconsumed_tail
        if total > limits.INFLATED:
            raise Beyond(
                f"a data set that inflates to more than {limits.INFLATED} bytes", file.tell()
            )
    return total
