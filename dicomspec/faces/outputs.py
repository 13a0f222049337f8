"""Where the reports of `validate` go: --format and --output → Outputs, and writing them.

How it decides:
1. A format goes to the file that it names, else to --output, else to standard output; "-" is
   standard output too. Only one format can go there.
2. What is a folder, or ends as one ("out/"), takes a file named "report".
3. Two formats never go to one file, by whatever names (links, also hard ones), nor one into the
   folder of the pages of another.
4. No input is ever written over: `replaced` names the files that would be, and who reads asks.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dicomspec.faces import streams

if TYPE_CHECKING:
    from dicomspec.render import Options
    from dicomspec.report import Report

FORMATS = ("text", "json", "html")
_SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}
_STDOUT = "-"


class NotWrittenError(click.ClickException):
    """A report can't be written where it should go."""

    exit_code = streams.NOT_WRITTEN


@dataclass(frozen=True, slots=True)
class Output:
    """One --format: its name, and where it goes; None for standard output."""

    format: str
    path: Path | None


def outputs(formats: tuple[str, ...], given: str | None) -> list[Output]:
    """Return where each format goes; `given` is --output. Raises click.UsageError."""
    if given == "":
        raise click.UsageError("--output names no file")
    if not formats:
        formats = (_SUFFIXES.get(Path(given or "").suffix.lower(), "text"),)
    if given is not None and all("=" in each for each in formats):
        raise click.UsageError("--output has no format to go with; every --format names its file")
    every = [_output(each, given) for each in formats]
    if sum(each.path is None for each in every) > 1:
        raise click.UsageError(
            "several formats need a FILE each (--format html=out.html), or a folder"
        )
    for one, other in combinations(every, 2):
        _keep_apart(one, other)
    return every


def _output(written: str, given: str | None) -> Output:
    name, named, place = written.partition("=")
    if name not in FORMATS:
        raise click.UsageError(f"no format {name!r}; there are {', '.join(FORMATS)}")
    if named and not place:
        raise click.UsageError(f"--format {written} names no file")
    place = place or given or _STDOUT
    if place == _STDOUT:
        return Output(name, None)
    path = Path(place)
    if place.endswith(os.sep) or path.is_dir():
        path = path / f"report.{'txt' if name == 'text' else name}"
    return Output(name, path)


def _keep_apart(one: Output, other: Output) -> None:
    if one.path is None or other.path is None:
        return
    if same(one.path, other.path):
        raise click.UsageError(
            f"{one.format} and {other.format} can't both go to {other.path}: "
            "several formats need a FILE each, or a folder"
        )
    for page, beside in ((one, other), (other, one)):
        folder = _pages(page)
        if folder and beside.path and same(folder, beside.path.parent):
            raise click.UsageError(f"{folder} is for the pages of {page.path}")


def _pages(output: Output) -> Path | None:
    if output.format != "html" or output.path is None:
        return None
    from dicomspec.render import html  # noqa: PLC0415 - start-up counts

    return html.pages_folder(output.path)


def same(one: Path, other: Path) -> bool:
    """Say whether two paths are one file, or will be."""
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one isn't there
        return False


def replaced(every: Iterable[Output]) -> Iterator[Path]:
    """Yield the files that are there and that writing the reports may replace or remove."""
    for each in every:
        if each.path is None:
            continue
        yield each.path
        if each.format == "html":
            from dicomspec.render import html  # noqa: PLC0415 - start-up counts

            yield from html.pages_there(each.path)


def write(report: "Report", output: Output, options: "Options") -> None:
    """Write a report; raises NotWrittenError."""
    from dicomspec import render  # noqa: PLC0415 - start-up counts

    if output.path is None:
        for chunk in render.FORMATS[output.format].chunks(report, options):
            streams.put(chunk)
        return
    try:
        output.path.parent.mkdir(parents=True, exist_ok=True)
        written = render.write(report, output.format, output.path, options)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a path"
        raise NotWrittenError(f"{output.path}: {why}") from error
    more = f" and {len(written) - 1} pages beside it" if len(written) > 1 else ""
    streams.say(f"wrote {written[0]}{more}")
