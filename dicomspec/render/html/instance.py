"""One instance, ready to be laid on a page or on several."""

from dataclasses import dataclass, replace

from dicomspec.render.format import Options
from dicomspec.render.groups import Groups, key
from dicomspec.render.html.outline import sections
from dicomspec.render.html.parts import Part, parts, weigh
from dicomspec.render.html.views import FindingLine, InstanceFacts, finding_line, instance_facts
from dicomspec.report import InstanceReport

_HEAD_WEIGHT = 4


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance's facts, its findings told once each, and its sections laid on pages."""

    report: InstanceReport
    facts: InstanceFacts
    lines: list[FindingLine]
    parts: list[Part]
    weight: int

    def without_sections(self) -> "Instance":
        """Return the instance with its head and list of findings only."""
        lines = [line._replace(anchor=self.facts.id, part=0) for line in self.lines]
        return replace(self, lines=lines, parts=[])


def lay_out(report: InstanceReport, number: int, options: Options, room: int) -> Instance:
    """Return the instance with that number on pages of at most about `room` rows."""
    facts = instance_facts(report, number, show_values=options.show_values)
    every = sections(report, facts.id, show_values=options.show_values)
    laid = parts(every, room)
    lines = _lines(report, facts.id, _part_of(laid))
    return Instance(report, facts, lines, laid, _HEAD_WEIGHT + sum(map(weigh, every)))


def _part_of(laid: list[Part]) -> dict[str, int]:
    return {
        row.finding.id: index
        for index, part in enumerate(laid)
        for section in part.sections
        for row in section.rows
        if row.finding
    }


def _lines(report: InstanceReport, prefix: str, part_of: dict[str, int]) -> list[FindingLine]:
    groups = Groups()
    anchors: dict[str, str] = {}
    for index, finding in enumerate(report.findings, 1):
        groups.add(finding)
        anchors.setdefault(key(finding), f"{prefix}-f{index}")
    firsts = ((group, anchors[key(group.first)]) for group in groups)
    return [finding_line(group, anchor, part_of[anchor]) for group, anchor in firsts]
