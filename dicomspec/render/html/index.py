"""What the first page needs of all instances: tallies, findings told once, a line for each.

It grows by a line an instance, never by an instance's rows.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from dicomspec.render.groups import Group, Groups, key
from dicomspec.render.html.instance import Instance
from dicomspec.render.html.views import (
    LINKS_SHOWN,
    GroupView,
    InstanceFacts,
    Link,
    Page,
    finding_view,
    run_links,
    times_words,
)
from dicomspec.render.words import VERDICTS, counted, reason, run_verdict, verdict_tallies
from dicomspec.report import Summary, summarize


class InstanceLine(NamedTuple):
    """A row of the table of instances: its link and its facts."""

    href: str
    facts: InstanceFacts


class Index:
    """Tallies, Groups and lines of a run, filled one instance after the other.

    `page` names the pages of the instances, for links from a page that lies beside them.
    """

    def __init__(self, page: Page) -> None:
        self.summary = Summary()
        self.lines: list[InstanceLine] = []
        self._page = page
        self._groups = Groups()
        self._links: dict[str, list[Link]] = defaultdict(list)
        self._iods: dict[str, str] = {}
        self._reasons: Counter[str] = Counter()

    def add(self, instance: Instance) -> None:
        """Take in one more instance; instances come in ascending order."""
        report, facts = instance.report, instance.facts
        self.summary += summarize((report,))
        self._reasons.update(each.reason for each in report.not_evaluated)
        self.lines.append(InstanceLine(self._href(facts, facts.id, 0), facts))
        for finding in report.findings:
            self._groups.add(finding, facts.number)
        for line in instance.lines:
            self._iods.setdefault(line.key, report.iod)
            links = self._links[line.key]
            if len(links) < LINKS_SHOWN:
                href = self._href(facts, line.anchor, line.part)
                links.append(Link(facts.number, href, report.path))

    def _href(self, facts: InstanceFacts, anchor: str, part: int) -> str:
        return f"{self._page(facts.number, part)}#{anchor}"

    def groups(self, *, show_values: bool) -> list[GroupView]:
        """Return the findings told once: the gravest first, then those in most instances."""
        return [self._group(group, show_values=show_values) for group in self._groups]

    def _group(self, group: Group, *, show_values: bool) -> GroupView:
        view = finding_view(group.first, "", show_values=show_values)
        view = view._replace(keywords=group.keywords, path=group.path)
        links, iod = self._links[key(group.first)], self._iods[key(group.first)]
        runs, unnamed = run_links(group, links, self._page)
        times = times_words(group, self.summary.instances)
        return GroupView(view, iod, times, group.places, links, runs, unnamed)

    @property
    def verdict(self) -> tuple[str, str]:
        """The run's verdict: its name in the templates, and in words."""
        verdict = run_verdict(self.summary)
        return (verdict.value, VERDICTS[verdict]) if verdict else ("none", "Nothing validated")

    @property
    def sentence(self) -> str:
        """How many instances have which verdict: "50 instances: 10 fail, 40 pass"."""
        if not self.summary.instances:
            return "There was no instance to validate."
        return f"{counted(self.summary.instances, 'instance')}: {verdict_tallies(self.summary)}."

    @property
    def reasons(self) -> str:
        """Why requirements were not evaluated: "40 because …; 19 because …"."""
        counts = self._reasons.most_common()
        if len(counts) == 1:
            return f"because {reason(counts[0][0])}"
        return "; ".join(f"{number:,} because {reason(word)}" for word, number in counts)
