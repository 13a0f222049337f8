"""The generator's command line: `python -m codegen fetch | build | tally`."""

import sys
from pathlib import Path

import click

from codegen import emit, output, tally
from codegen.fetch import NEMA, fetch
from codegen.read import Reading, read_edition
from codegen.source import ROOT, STANDARD, SourceError
from dicomspec.model import naming

COMMITTED = ("2024c", "2024a")


@click.group()
def main() -> None:
    """Make definitions from the DICOM Standard's DocBook XML."""


@main.command("fetch")
@click.argument("edition")
@click.option("--into", type=click.Path(path_type=Path), help="Default: standard/EDITION.")
@click.option("--base", default=NEMA, show_default=True, help="Where the editions are published.")
def fetch_command(edition: str, into: Path | None, base: str) -> None:
    """Download Parts 3, 4 and 6 of EDITION from NEMA's site."""
    for line in fetch(edition, into or STANDARD / edition, base):
        click.echo(line)


@main.command()
@click.argument("edition", default=COMMITTED[0])
@click.option("--from", "given", type=click.Path(path_type=Path), help="The folder of partNN.xml.")
@click.option("--output", "into", type=click.Path(path_type=Path), help="Default: the package's.")
@click.option("--check", is_flag=True, help="Write nothing; fail if what is there differs.")
@click.option("--strict", is_flag=True, help="Fail on a place that no correction declares.")
def build(
    edition: str, given: Path | None, into: Path | None, *, check: bool, strict: bool
) -> None:
    """Generate the definitions of EDITION."""
    reading = read_edition(edition, given)
    _name_problems(reading)
    folder = into or ROOT / "dicomspec" / "definitions" / naming.package(edition)
    files = _files(reading)
    differing = output.differing(folder, files) if check else []
    if not check:
        output.write(folder, files)
    for path in differing:
        click.echo(f"differs: {folder / path}", err=True)
    click.echo(
        f"{edition}: {len(reading.edition.iods)} IODs, {len(reading.edition.tables)} tables, "
        f"{reading.tally.rows} rows, {len(reading.errata.problems)} undeclared problems"
    )
    if differing or (strict and reading.errata.problems):
        sys.exit(1)


@main.command("tally")
@click.argument("editions", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; fail if reports/coverage.md differs.")
def tally_command(editions: tuple[str, ...], *, check: bool) -> None:
    """Write reports/coverage.md: by IOD, what was read and what not."""
    page = tally.page([read_edition(edition) for edition in editions or COMMITTED])
    path = ROOT / "reports" / "coverage.md"
    if not check:
        path.write_text(page, encoding="utf-8")
    elif not path.is_file() or path.read_text(encoding="utf-8") != page:
        click.echo(f"differs: {path}", err=True)
        sys.exit(1)


def _files(reading: Reading) -> dict[str, str]:
    try:
        return emit.files(reading.edition)
    except ValueError as error:
        raise SourceError(str(error)) from error


def _name_problems(reading: Reading) -> None:
    for problem in reading.errata.problems:
        click.echo(f"{problem.place or '-'} ({problem.digest}): {problem.what}", err=True)


if __name__ == "__main__":
    try:
        main()
    except SourceError as error:
        click.echo(f"codegen: {error}", err=True)
        sys.exit(2)
