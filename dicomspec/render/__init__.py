"""Faces of a Report: one literal table of formats.

How it decides:
1. A format is a row of FORMATS; a face asks for it by name and knows nothing else of it.
2. Values of the data sets are shown only where `Options.show_values` says so.
3. What a data set, a path or a message holds is data: escaped, its control characters made visible.
4. jinja2, rich and the HTML pages are imported where they are used, since most runs need none.
"""

from collections.abc import Iterator
from pathlib import Path

from dicomspec.render import json, text
from dicomspec.render.format import Format, Options, write_text
from dicomspec.report import Report

__all__ = ["FORMATS", "Format", "Options", "render", "write"]


def _html_chunks(report: Report, options: Options) -> Iterator[str]:
    from dicomspec.render import html  # noqa: PLC0415 - start-up counts

    return html.chunks(report, options)


def _html_write(report: Report, path: Path, options: Options) -> tuple[Path, ...]:
    from dicomspec.render import html  # noqa: PLC0415 - start-up counts

    return html.write(report, path, options)


FORMATS: dict[str, Format] = {
    "text": Format(text.chunks, ".txt"),
    "json": Format(json.chunks, ".json"),
    "html": Format(_html_chunks, ".html", _html_write),
}

_DEFAULT = Options()


def render(report: Report, name: str, options: Options = _DEFAULT) -> str:
    """Return the report as one text in the format of that name.

    Raises KeyError for a format that isn't in FORMATS.
    """
    return "".join(FORMATS[name].chunks(report, options))


def write(report: Report, name: str, path: Path, options: Options = _DEFAULT) -> tuple[Path, ...]:
    """Write the report to `path` in the format of that name; return the files, `path` first.

    Raises KeyError for a format that isn't in FORMATS, OSError where a file cannot be written.
    """
    wanted = FORMATS[name]
    if wanted.write:
        return wanted.write(report, path, options)
    return (write_text(wanted.chunks(report, options), path),)
