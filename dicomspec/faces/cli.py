"""The command line: `dicomspec validate | explain | show | iods | editions | rules`.

Findings go to stdout, warnings to stderr. Exit status: 0 nothing at or above --fail-on, 1 findings
at or above it, 2 wrong usage or output that can't be written, 3 some input could not be read or its
SOP Class is unknown, and nothing worse was found. A reader of stdout that goes away changes none.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import dicomspec
from dicomspec import edition as editions
from dicomspec.catalogue import CATALOGUE, Severity
from dicomspec.faces import streams
from dicomspec.faces.outputs import FORMATS, Output, outputs, replaced, write
from dicomspec.selection import NoSuchCodeError, Selection

if TYPE_CHECKING:
    from dicomspec.render import Options
    from dicomspec.validation.requirement import Requirement


@click.group(cls=streams.Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(dicomspec.__version__)
def cli() -> None:
    """Validate DICOM data sets against the standard's own tables."""


def edition_option(command: Any) -> Any:
    """Add --edition to a command."""
    return click.option(
        "--edition",
        default=editions.DEFAULT,
        show_default=True,
        help="One of `dicomspec editions`, or a folder of generated definitions.",
    )(command)


force_option = click.option(
    "--force", is_flag=True, help="Read files without preamble or File Meta Information too."
)
json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@edition_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"{', '.join(FORMATS)}; repeatable.",
)
@click.option("--output", type=click.Path(), help="The file, or folder, for the format.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="The severity at which the exit status is 1.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="GLOB",
    help="Report findings of these codes only, as 'attribute/*'; repeatable.",
)
@click.option(
    "--ignore", multiple=True, metavar="GLOB", help="Leave findings of these codes out; repeatable."
)
@force_option
@click.option(
    "--show-values/--redact",
    default=None,
    help="Values of the data sets. Default: in a terminal only.",
)
@click.option(
    "-v", "--verbose", is_flag=True, help="Text: name what passes, tell every note in full."
)
def validate(  # noqa: PLR0913 - click hands each option over by itself
    paths: tuple[str, ...],
    *,
    edition: str,
    formats: tuple[str, ...],
    output: str | None,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    force: bool,
    show_values: bool | None,
    verbose: bool,
) -> None:
    """Validate files, folders (walked), DICOMDIRs, DICOM JSON (.json), or - for standard input."""
    from dicomspec import run  # noqa: PLC0415 - start-up counts
    from dicomspec.report import exit_status  # noqa: PLC0415

    every = outputs(formats, output)
    selection = _selection(select, ignore)
    _load(edition)
    outline = any(each.format == "html" for each in every)
    try:
        found = run.run(paths, edition, force=force, outline=outline, keep_from=replaced(every))
        report = run.report(found, edition, selection)
    except run.OverwriteError as error:
        raise click.UsageError(str(error)) from error
    for each in every:
        write(report, each, _options(each, show_values=show_values, verbose=verbose))
    threshold = None if fail_on == "never" else Severity(fail_on)
    sys.exit(exit_status(report.instances, threshold))


def _selection(select: tuple[str, ...], ignore: tuple[str, ...]) -> Selection:
    try:
        return Selection(select, ignore)
    except NoSuchCodeError as error:
        raise click.UsageError(str(error)) from error


def _options(output: Output, *, show_values: bool | None, verbose: bool) -> "Options":
    from dicomspec.render import Options  # noqa: PLC0415 - start-up counts
    from dicomspec.render.text import terminal_options  # noqa: PLC0415

    on_terminal = output.path is None and output.format == "text"
    suits = terminal_options(sys.stdout) if on_terminal else Options()
    shown = suits.show_values if show_values is None else show_values
    return Options(show_values=shown, colour=suits.colour, verbose=verbose)


def _load(edition: str) -> editions.Edition:
    try:
        return editions.load(edition)
    except editions.UnknownEditionError as error:
        raise click.UsageError(str(error)) from error


@cli.command()
@click.argument("name")
@edition_option
@json_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="HTML is one page.",
)
def show(name: str, edition: str, format_: str, *, as_json: bool) -> None:
    """Show the definition of an IOD, SOP Class, Module, Macro, Attribute, tag or UID."""
    from dicomspec.render import definition  # noqa: PLC0415 - start-up counts

    tree = definition.Definitions(_load(edition)).find(name)
    if tree is None:
        raise click.UsageError(
            f"edition {edition} has no IOD, Module, Macro, Attribute or UID {name!r}"
        )
    if as_json or format_ == "json":
        _echo_json(tree)
    elif format_ == "html":
        streams.put(definition.page(tree, dicomspec.__version__))
    else:
        streams.put(definition.text(tree))


@cli.command()
@edition_option
@json_option
def iods(edition: str, *, as_json: bool) -> None:
    """List the IODs of an edition, with their SOP Classes."""
    loaded = _load(edition)
    uids: dict[str, list[str]] = {name: [] for name in loaded.iods}
    for sop_class in loaded.sop_classes.values():
        if sop_class.iod is not None:
            uids[sop_class.iod].append(sop_class.uid)
    if as_json:
        _echo_json([{"name": name, "sop_class_uids": listed} for name, listed in uids.items()])
        return
    for name, listed in uids.items():
        streams.line(f"{name}  {' '.join(listed)}".rstrip())


@cli.command("editions")
@json_option
def list_editions(*, as_json: bool) -> None:
    """List the editions at hand; the first line is not necessarily the default, which is marked."""
    names = editions.available()
    if as_json:
        _echo_json([{"name": name, "default": name == editions.DEFAULT} for name in names])
        return
    for name in names:
        streams.line(f"{name} (default)" if name == editions.DEFAULT else name)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("path")
@edition_option
@click.option("--iod", help="Default: that of the file's SOP Class.")
@click.option("--table", help="A table of Attributes instead of an IOD, by its id.")
@force_option
@json_option
def explain(  # noqa: PLR0913 - an option each
    file: Path,
    path: str,
    edition: str,
    iod: str | None,
    table: str | None,
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Say why an Attribute is, or isn't, required at PATH of FILE.

    PATH is of keywords or tags, "(0040,0275)[1].(0040,0007)" or 00281054, Items from one; or the
    name of a Module or Functional Group Macro.
    """
    from dicomspec.dataset import Unreadable  # noqa: PLC0415 - start-up counts
    from dicomspec.render.safe import visible  # noqa: PLC0415
    from dicomspec.validation.path import (  # noqa: PLC0415
        NoIODError,
        NoSuchRequirementError,
        is_path,
    )
    from dicomspec.validation.requirement import requirement  # noqa: PLC0415

    _load(edition)
    named, module = (path, None) if is_path(path, edition) else (None, path)
    try:
        found = requirement(
            file, named, module=module, iod=iod, table=table, edition=edition, force=force
        )
    except (NoIODError, Unreadable) as fault:
        streams.say(visible(str(fault)))
        sys.exit(3)
    except NoSuchRequirementError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        citation = {**asdict(found.citation), "url": found.citation.url}
        _echo_json({**asdict(found), "citation": citation})
    else:
        _explain(path, found)


def _explain(path: str, found: "Requirement") -> None:
    from dicomspec.render.safe import visible  # noqa: PLC0415 - start-up counts
    from dicomspec.render.words import kind_of  # noqa: PLC0415

    streams.line(f"{path}: {found.status} ({kind_of(found.type)} {found.type or '-'})")
    for title, words in (
        ("Place", found.path if found.path != path else ""),
        ("In the data set", found.presence),
        ("Asked by", found.module),
        ("Condition", found.condition),
        ("Clause", found.citation.url),
        *(("Because", visible(reason)) for reason in found.because),
    ):
        if words:
            streams.line(f"{title}: {words}")


@cli.command()
@json_option
@click.option("--markdown", "as_markdown", is_flag=True, help="As the page reports/findings.md.")
def rules(*, as_json: bool, as_markdown: bool) -> None:
    """List the codes of findings: default severity, meaning, clause."""
    if as_markdown:
        from dicomspec.render.catalogue import markdown  # noqa: PLC0415 - start-up counts

        streams.put(markdown())
        return
    if as_json:
        listed = [
            {
                "code": code,
                "severity": each.severity.value,
                "meaning": each.meaning,
                "clause": each.clause,
                "ours": each.ours.value if each.ours else None,
            }
            for code, each in CATALOGUE.items()
        ]
        _echo_json(listed)
        return
    width = max(map(len, CATALOGUE)) + 2
    for code, entry in CATALOGUE.items():
        streams.line(f"{entry.severity.value:<8}{code:<{width}}{entry.meaning} ({entry.clause})")


def _echo_json(value: object) -> None:
    streams.line(json.dumps(value, indent=1, ensure_ascii=False))


def main() -> None:
    """Run the command line."""
    streams.main(cli)


if __name__ == "__main__":
    main()
