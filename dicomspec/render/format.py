"""What a format is: how a report becomes text in it, and how it is written to a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dicomspec.report import Report


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader may see: values of the data sets; colour, on a terminal only.

    `verbose` has all told in full by a format that tells some things in short.
    """

    show_values: bool = False
    colour: bool = False
    verbose: bool = False


Chunks = Callable[[Report, Options], Iterator[str]]
Write = Callable[[Report, Path, Options], tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its chunks of text in order, the suffix of its files, and how to write them.

    `write` is None where a file simply holds the chunks.
    """

    chunks: Chunks
    suffix: str
    write: Write | None = None


def write_text(chunks: Iterator[str], path: Path) -> Path:
    """Write chunks to a UTF-8 file and return its path; nothing in them can break the encoding.

    Raises OSError where the file cannot be written.
    """
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(chunks)
    return path
