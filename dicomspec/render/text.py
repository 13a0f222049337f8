"""The text report: for a terminal and for the log of a build.

How it decides:
1. Instances of one SOP Class with the same verdict and the same errors (see `groups`) are one
   block: a series of 500 slices that share a fault takes hardly more lines than one slice.
   Warnings and notes, which may differ from slice to slice, stand behind, each with how often and
   where first.
2. A block without findings is one line, and such blocks come first: faults stand near the summary.
3. A finding told in full in one block is one line in the next.
4. A note is told in two lines, and a block tells NOTES_SHOWN kinds of them; what passes is counted.
   Told verbosely, every note stands in full, and every instance by its name.
5. The last line is the summary, with what was checked and what was not evaluated.
6. Every word from data passes through `visible`; rich puts colour around whole words, and reads no
   markup in them.
7. Our own words are ASCII, since the log of a build may not be able to show more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from os import environ
from typing import TextIO

from dicomspec.catalogue import Severity
from dicomspec.render.format import Options
from dicomspec.render.groups import Group, Groups, key
from dicomspec.render.safe import HIDDEN, clipped, uid, visible
from dicomspec.render.words import clause, counted, kind_of, severity_tallies, verdict_tallies
from dicomspec.report import InstanceReport, Report, Verdict

PATHS_SHOWN = 10
NOTES_SHOWN = 10
_INDENT = " " * 11

_STYLES: dict[Verdict | Severity, str] = {
    Verdict.PASS: "bold green",
    Verdict.FAIL: "bold red",
    Verdict.UNREADABLE: "bold magenta",
    Verdict.UNKNOWN_SOP_CLASS: "bold magenta",
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.NOTE: "cyan",
}
_STRONG, _FAINT, _NORMAL = "bold", "dim", ""

Span = tuple[str, str]
Line = tuple[Span, ...]


def terminal_options(stream: TextIO) -> Options:
    """Return what suits a stream: values and colour on a terminal, neither elsewhere.

    NO_COLOR (any value) and TERM=dumb turn colour off.
    """
    terminal = stream.isatty()
    colour = terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return Options(show_values=terminal, colour=colour)


def chunks(report: Report, options: Options) -> Iterator[str]:
    """Yield the text report line by line, each with its line's end."""
    paint = _painter() if options.colour else _plain
    for line in _lines(report, options):
        yield "".join(paint(text, style) if style else text for text, style in line) + "\n"


def _plain(text: str, _style: str) -> str:
    return text


def _painter() -> Callable[[str, str], str]:
    from rich.color import ColorSystem  # noqa: PLC0415 - only a colour terminal needs rich
    from rich.style import Style  # noqa: PLC0415

    return lambda text, style: Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


@dataclass(slots=True)
class _Block:
    """Instances that share SOP Class, verdict and errors."""

    first: InstanceReport
    paths: list[str] = field(default_factory=list)
    groups: Groups = field(default_factory=Groups)
    requirements_checked: int = 0
    not_evaluated: int = 0

    def add(self, instance: InstanceReport) -> None:
        self.paths.append(instance.path)
        self.requirements_checked += instance.requirements_checked
        self.not_evaluated += len(instance.not_evaluated)
        for finding in instance.findings:
            self.groups.add(finding, len(self.paths))


def _blocks(report: Report) -> list[_Block]:
    blocks: dict[tuple[object, ...], _Block] = {}
    for instance in report.instances:
        errors = (each for each in instance.findings if each.severity is Severity.ERROR)
        found = frozenset(map(key, errors))
        alike = (instance.verdict, instance.sop_class_uid, instance.iod, found)
        block = blocks.setdefault(alike, _Block(instance))
        block.add(instance)
    return sorted(blocks.values(), key=lambda block: len(block.groups) > 0)


def _lines(report: Report, options: Options) -> Iterator[Line]:
    told: set[str] = set()
    for block in _blocks(report):
        yield from _block_lines(block, options, told)
        if block.groups:
            yield ()
    yield from _skipped_lines(report, options)
    yield _summary_line(report)


def _skipped_lines(report: Report, options: Options) -> Iterator[Line]:
    """Yield a line that counts the files skipped, and as many paths as a block shows."""
    if not report.skipped:
        return
    yield (("SKIPPED", _STRONG), (f"  {counted(len(report.skipped), 'file')}", _NORMAL))
    shown = report.skipped if options.verbose else report.skipped[:PATHS_SHOWN]
    for file in shown:
        yield ((f"  {visible(file.path)}: {visible(file.reason)}", _FAINT),)
    yield from _more(len(report.skipped) - len(shown))
    yield ()


def _block_lines(block: _Block, options: Options, told: set[str]) -> Iterator[Line]:
    yield _head_line(block, options)
    yield from _path_lines(block, options)
    notes = 0
    for group in block.groups:
        notes += group.first.severity is Severity.NOTE
        if notes > NOTES_SHOWN and not options.verbose:
            continue
        known = key(group.first) in told
        yield _finding_line(group, told=known)
        yield from () if known else _detail_lines(group, options)
        yield from _places_lines(group, block)
        told.add(key(group.first))
    if notes > NOTES_SHOWN and not options.verbose:
        yield (
            (f"  and {counted(notes - NOTES_SHOWN, 'more kind')} of note; see --verbose", _FAINT),
        )


def _head_line(block: _Block, options: Options) -> Line:
    verdict = block.first.verdict
    word = verdict.value.upper().replace("-", " ")
    spans: list[Span] = [(word, _STYLES[verdict]), ("  ", _NORMAL)]
    spans.append((_instances_words(block), _STRONG))
    if name := visible(_class_words(block.first, options)):
        spans.append((f"  {name}", _NORMAL))
    if block.requirements_checked or block.not_evaluated:
        spans.append((f"  {_checked_words(block)}", _FAINT))
    return tuple(spans)


def _class_words(instance: InstanceReport, options: Options) -> str:
    """Return the IOD, or else the SOP Class by its name, or by its UID."""
    if instance.iod or instance.sop_class_name:
        return instance.iod or instance.sop_class_name
    shown = uid(instance.sop_class_uid, show_values=options.show_values)
    return HIDDEN if shown is None else shown


def _instances_words(block: _Block) -> str:
    if len(block.paths) == 1:
        return visible(block.paths[0])
    return counted(len(block.paths), "instance")


def _checked_words(block: _Block) -> str:
    checked = counted(block.requirements_checked, "requirement")
    return f"{checked} checked, {block.not_evaluated:,} not evaluated"


def _path_lines(block: _Block, options: Options) -> Iterator[Line]:
    """Yield the paths of a block of several; of what passes, their number is enough."""
    if len(block.paths) == 1 or (block.first.verdict is Verdict.PASS and not options.verbose):
        return
    shown = block.paths if options.verbose else block.paths[:PATHS_SHOWN]
    for path in shown:
        yield ((f"  {visible(path)}", _NORMAL),)
    yield from _more(len(block.paths) - len(shown))


def _more(number: int) -> Iterator[Line]:
    if number:
        yield ((f"  and {number:,} more", _FAINT),)


def _finding_line(group: Group, *, told: bool) -> Line:
    finding = group.first
    severity = finding.severity
    spans: list[Span] = [
        (f"  {severity.value:<7}", _STYLES[severity]),
        (f"  {finding.code}", _STRONG),
    ]
    if path := visible(group.keywords):
        spans += [(f"  {path}", _NORMAL), (f"  {visible(group.path)}", _FAINT)]
    if times := _times(group):
        spans.append((f"  {times}", _STRONG))
    if told:
        spans.append(("  as above", _FAINT))
    return tuple(spans)


def _times(group: Group) -> str:
    instances = len(group.instances)
    if group.places == instances:
        return f"x{instances:,}" if instances > 1 else ""
    where = f" in {instances:,} instances" if instances > 1 else ""
    return f"x{group.places:,}{where}"


def _detail_lines(group: Group, options: Options) -> Iterator[Line]:
    finding = group.first
    if finding.severity is Severity.NOTE and not options.verbose:
        yield _detail(finding.message)
        return
    place = [f"Module {finding.module}"] if finding.module else []
    place += [f"{kind_of(finding.type)} {finding.type}"] if finding.type else []
    place += (
        [f"byte {finding.offset:,}"] if finding.offset is not None and group.places == 1 else []
    )
    if place:
        yield _detail(", ".join(place), _FAINT)
    yield _detail(finding.message)
    if options.show_values and finding.value is not None:
        name = "value" if group.places == 1 else "first value"
        yield _detail(f"{name}: {clipped(finding.value) or '(empty)'}")
    if finding.condition:
        yield _detail(f"condition: {finding.condition}")
    if finding.because:
        yield _detail(f"because: {'; '.join(finding.because)}")
    cited = (clause(finding.citation), finding.citation.url)
    if any(cited):
        yield _detail("  ".join(filter(None, cited)), _FAINT)


def _places_lines(group: Group, block: _Block) -> Iterator[Line]:
    """Yield the first places of a finding, where neither the block nor the path tells them."""
    some = len(group.instances) < len(block.paths)
    places = [
        " ".join(filter(None, (block.paths[number - 1] if some else "", items and f"Item {items}")))
        for number, items in group.firsts
    ]
    if any(places):
        more = ", ..." if group.places > len(places) else ""
        yield _detail(f"in {', '.join(dict.fromkeys(places))}{more}", _FAINT)


def _detail(text: str, style: str = _NORMAL) -> Line:
    return ((_INDENT, _NORMAL), (visible(text), style))


def _summary_line(report: Report) -> Line:
    summary = report.summary
    checked = counted(summary.requirements_checked, "requirement")
    words = (
        f"{counted(summary.instances, 'instance')}: {verdict_tallies(summary) or 'none validated'}",
        severity_tallies(summary),
        f"{checked} checked, {summary.not_evaluated:,} not evaluated",
        *([f"{counted(summary.filtered, 'finding')} filtered out"] if summary.filtered else []),
        f"DICOM {report.edition}",
    )
    return ((visible("; ".join(words)), _STRONG),)
