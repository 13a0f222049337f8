"""What the templates of the HTML report show of findings and instances, worded and ready."""

from collections.abc import Callable
from typing import NamedTuple

from dicomspec.catalogue import CATALOGUE
from dicomspec.findings import Finding
from dicomspec.render.groups import Group, key
from dicomspec.render.safe import HIDDEN, clipped, uid
from dicomspec.render.words import VERDICTS, clause, counted, kind_of, ranges, severity_tallies
from dicomspec.report import InstanceReport, summarize

LINKS_SHOWN = 12
RANGES_SHOWN = 100

Page = Callable[[int, int], str]
"""Number of an instance, index of its part → the page that holds it, empty for the same page."""


class FindingView(NamedTuple):
    """A finding as a page shows it; `value` is None where it is not to be shown."""

    id: str
    severity: str
    code: str
    meaning: str
    rule: str
    keywords: str
    path: str
    kind: str
    type: str
    module: str
    message: str
    value: str | None
    offset: int | None
    condition: str
    because: tuple[str, ...]
    clause: str
    url: str

    @property
    def length(self) -> int:
        """How many characters of data the finding holds, about."""
        words = (self.message, self.keywords, self.path, self.condition, *self.because)
        return sum(map(len, words)) + len(self.value or "")


def finding_view(finding: Finding, anchor: str, *, show_values: bool) -> FindingView:
    """Return what a page shows of a finding; `anchor` is its id there."""
    entry = CATALOGUE[finding.code]
    shown = show_values and finding.value is not None
    return FindingView(
        anchor,
        finding.severity.value,
        finding.code,
        entry.meaning,
        entry.clause,
        finding.location.keywords,
        finding.location.path,
        kind_of(finding.type),
        finding.type,
        finding.module,
        finding.message,
        clipped(finding.value or "") if shown else None,
        finding.offset,
        finding.condition,
        finding.because,
        clause(finding.citation),
        finding.citation.url,
    )


class Link(NamedTuple):
    """A link to an instance: its number, where that is, and the instance's path."""

    number: int
    href: str
    path: str = ""


class GroupView(NamedTuple):
    """A finding told once: how often, where in the first instances, and the numbers of them all.

    `runs` are the ends of unbroken runs of instances, none where `links` name every instance;
    `unnamed` is how many runs there are beyond those.
    """

    finding: FindingView
    iod: str
    times: str
    places: int
    links: list[Link]
    runs: list[tuple[Link, Link]]
    unnamed: int


def run_links(group: Group, links: list[Link], page: Page) -> tuple[list[tuple[Link, Link]], int]:
    """Return the ends of the runs of a Group's instances, and how many runs are left out."""
    if len(group.instances) <= len(links):
        return [], 0
    runs = ranges(group.instances)
    ends = [(_link(first, page), _link(last, page)) for first, last in runs[:RANGES_SHOWN]]
    return ends, len(runs) - len(ends)


def _link(number: int, page: Page) -> Link:
    return Link(number, f"{page(number, 0)}#i{number}")


def times_words(group: Group, instances: int) -> str:
    """Return "in 3 of 50 instances, 40 places"; what goes without saying is left out."""
    words = []
    if instances > 1:
        words.append(f"in {len(group.instances):,} of {counted(instances, 'instance')}")
    if group.places > len(group.instances):
        words.append(counted(group.places, "place"))
    return ", ".join(words)


class FindingLine(NamedTuple):
    """A finding in an instance's own list: what, how often, and anchor and part of the first."""

    key: str
    severity: str
    code: str
    message: str
    keywords: str
    path: str
    times: str
    anchor: str
    part: int


def finding_line(group: Group, anchor: str, part: int) -> FindingLine:
    """Return a row of an instance's list of findings."""
    return FindingLine(
        key(group.first),
        group.first.severity.value,
        group.first.code,
        group.first.message,
        group.keywords,
        group.path,
        times_words(group, 1),
        anchor,
        part,
    )


class InstanceFacts(NamedTuple):
    """The head of an instance, and its row in the table of instances."""

    number: int
    id: str
    verdict: str
    verdict_word: str
    path: str
    iod: str
    iod_clause: str
    iod_url: str
    sop_class_name: str
    sop_class_uid: str
    sop_instance_uid: str
    tallies: str
    checked: int
    open: int
    filtered: int


def instance_facts(instance: InstanceReport, number: int, *, show_values: bool) -> InstanceFacts:
    """Return the head of the instance with that number."""
    cited = instance.iod_citation
    return InstanceFacts(
        number,
        f"i{number}",
        instance.verdict.value,
        VERDICTS[instance.verdict],
        instance.path,
        instance.iod,
        clause(cited) if cited else "",
        cited.url if cited else "",
        instance.sop_class_name,
        _uid(instance.sop_class_uid, show_values=show_values),
        _uid(instance.sop_instance_uid, show_values=show_values),
        severity_tallies(summarize((instance,))),
        instance.requirements_checked,
        len(instance.not_evaluated),
        instance.filtered,
    )


def _uid(text: str, *, show_values: bool) -> str:
    shown = uid(text, show_values=show_values)
    return HIDDEN if shown is None else shown
