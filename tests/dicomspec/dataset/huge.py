"""Reads a sparse file of 1 GB in a process of its own, and prints what it needed (test_memory)."""

import resource
import sys
from pathlib import Path
from struct import pack

from dicomspec.dataset import is_empty, items, read
from tests.dicomspec.dataset.build import (
    EXPLICIT,
    IMPLICIT,
    ITEM_END,
    JPEG,
    SEQUENCE_END,
    UNDEFINED,
    explicit,
    get,
    implicit,
    item,
    part10,
)

GIGABYTE = 1 << 30
NESTED = 500 << 20

_DELIMITED = ITEM_END + SEQUENCE_END
_OPEN_ITEM = pack("<HHL", 0xFFFE, 0xE000, UNDEFINED)
_DEFINED_ITEM = pack("<HHL", 0xFFFE, 0xE000, NESTED + 12)
_BULK = explicit(0x00420011, "OB", length=NESTED)

# name → bytes before the hole, the hole, bytes after it, Transfer Syntax
SHAPES = {
    "native": (explicit(0x7FE00010, "OW", length=GIGABYTE), GIGABYTE, b"", EXPLICIT),
    "implicit": (implicit(0x7FE00010, length=GIGABYTE), GIGABYTE, b"", IMPLICIT),
    "private": (implicit(0x00291010, length=GIGABYTE), GIGABYTE, b"", IMPLICIT),
    "encapsulated": (
        explicit(0x7FE00010, "OB", item(), UNDEFINED) + pack("<HHL", 0xFFFE, 0xE000, GIGABYTE),
        GIGABYTE,
        SEQUENCE_END,
        JPEG,
    ),
    "in an open Sequence": (
        explicit(0x00081140, "SQ", length=UNDEFINED) + _OPEN_ITEM + _BULK,
        NESTED,
        _DELIMITED,
        EXPLICIT,
    ),
    "in a Sequence with length": (
        explicit(0x00081140, "SQ", length=NESTED + 20) + _DEFINED_ITEM + _BULK,
        NESTED,
        b"",
        EXPLICIT,
    ),
    "in a UN": (
        explicit(0x00081140, "UN", length=NESTED + 16)
        + pack("<HHL", 0xFFFE, 0xE000, NESTED + 8)
        + implicit(0x00420011, length=NESTED),
        NESTED,
        b"",
        EXPLICIT,
    ),
    "unknown": (explicit(0x00291010, "UN", length=GIGABYTE), GIGABYTE, b"", EXPLICIT),
    "text": (explicit(0x00420011, "UT", length=GIGABYTE), GIGABYTE, b"", EXPLICIT),
}


def make(path: Path, shape: str) -> None:
    before, hole, after, uid = SHAPES[shape]
    with path.open("wb") as file:
        file.write(part10(before, uid))
        file.seek(hole - 1, 1)
        file.write(b"\0" + after)


def main(path: str) -> None:
    (instance,) = read(path)
    (element,) = instance.dataset.elements()
    assert not is_empty(element)
    (inner,) = items(element) or [instance.dataset]
    (bulk,) = [get(inner, tag) for tag in inner._dict]
    assert bulk.value is None
    assert not is_empty(bulk)
    assert inner[bulk.tag].value.read(8) == bytes(8) or bulk.length == UNDEFINED
    sys.stdout.write(str(peak() // 1024))


def peak() -> int:
    """Return the most memory in kB that this process held.

    Linux counts in ru_maxrss what the parent held when it started this process, too.
    """
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main(sys.argv[1])
