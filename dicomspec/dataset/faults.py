"""What can go wrong with an input, in words that never hold a value of the data set."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):  # noqa: N818 - it is a verdict, and named like it
    """An input that can't be read as DICOM.

    `path` is the input as users see it, `reason` says why in words, `offset` is the byte of the
    input at which reading stopped, None where there is none (a missing file, an inflated data set).
    """

    def __init__(self, path: str, reason: str, offset: int | None = None) -> None:
        super().__init__(path, reason, offset)
        self.path = path
        self.reason = reason
        self.offset = offset

    def __str__(self) -> str:
        where = "" if self.offset is None else f" (byte {self.offset})"
        return f"{self.path}: {self.reason}{where}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a walked folder that evidently isn't DICOM, or a folder that was walked before."""

    path: str
    reason: str


class BadElement(Exception):  # noqa: N818 - named like Unreadable
    """An element that says it is a Sequence, and can't be followed as one.

    `remarked` says that the reader of the file has remarked it.
    """

    def __init__(self, reason: str, *, remarked: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remarked = remarked


class Fault(Exception):  # noqa: N818 - kept inside this package
    """What a parser met, at which byte; who knows the path makes an Unreadable of it."""

    def __init__(self, reason: str, offset: int | None = None) -> None:
        super().__init__(reason, offset)
        self.reason = reason
        self.offset = offset


class Malformed(Fault):
    """The structure can't be followed."""


class Truncated(Fault):
    """The input ends too early."""


class Beyond(Fault):
    """A limit was met."""


UNKNOWN = "an unknown element"
# PS3.6 Table 6-1: Sequence Delimitation Item, Data Set Trailing Padding, Digital Signatures
_TEXTLIKE = frozenset({0xFFFEE0DD, 0xFFFCFFFC, 0xFFFAFFFA})


def printed(tag: int) -> str:
    """Return a tag as the standard prints it: "(0010,0010)"."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def shown(tag: int) -> str:
    """Return a tag as printed, if it certainly isn't made of text of the data set."""
    return printed(tag) if is_certain(tag) else UNKNOWN


def is_certain(tag: int) -> bool:
    """Say whether a tag certainly isn't made of text of the data set.

    It may be where a parser has lost its way: then it has no control character. Of the standard's
    tags, all but three have one.
    """
    return min(tag.to_bytes(4, "big")) < 0x20 or tag in _TEXTLIKE
