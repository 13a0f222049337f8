"""One instance as its IOD lays it out: sections of rows, every finding at its place.

How it decides:
1. Findings without a place in the outline come first, then the Modules by IE, then, by Module, what
   was not evaluated.
2. A Module is faulty, and unfolded, where a finding stands in it or an Attribute of it is at fault.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dicomspec.render.html.places import OUTSIDE, place
from dicomspec.render.html.rows import Row, module_rows
from dicomspec.render.html.views import finding_view
from dicomspec.render.words import clause, counted, reason
from dicomspec.report import InstanceReport, ModuleOutcome, Status

_WHOLE = "The Module as a whole"


@dataclass(slots=True)
class Section:
    """Rows under one heading.

    `kind` is "module" (a Module with its Attributes), "outside" (findings without a place) or
    "open" (what of a Module was not evaluated); `continued` where it began on an earlier page.
    """

    kind: str
    id: str
    name: str
    rows: list[Row]
    entity: str = ""
    usage: str = ""
    presence: str = ""
    clause: str = ""
    url: str = ""
    tallies: str = ""
    faulty: bool = False
    continued: bool = False


def sections(instance: InstanceReport, prefix: str, *, show_values: bool) -> list[Section]:
    """Return all that is told of an instance, in order; `prefix` begins every id."""
    rows = [module_rows(module) for module in instance.outline]
    places = place(instance, rows)
    findings = [
        Row("finding", finding=finding_view(each, f"{prefix}-f{index}", show_values=show_values))
        for index, each in enumerate(instance.findings, 1)
    ]
    every = list(_outside([findings[index] for index in places.get(OUTSIDE, ())], prefix))
    for number, module in enumerate(instance.outline):
        told = [findings[index] for index in places.get((number, -1), ())]
        for index, (_, row) in enumerate(rows[number]):
            told.append(row)
            told += (findings[i] for i in places.get((number, index), ()))
        every.append(_module(module, told, f"{prefix}-m{number + 1}"))
    return [*every, *_open(instance, prefix)]


def _outside(findings: list[Row], prefix: str) -> Iterator[Section]:
    by_module: dict[str, list[Row]] = defaultdict(list)
    for row in findings:
        by_module[row.finding.module if row.finding else ""].append(row)
    for number, (name, rows) in enumerate(by_module.items(), 1):
        yield Section("outside", f"{prefix}-x{number}", name, rows, faulty=True)


def _module(module: ModuleOutcome, rows: list[Row], section_id: str) -> Section:
    return Section(
        "module",
        section_id,
        module.name,
        rows,
        module.information_entity,
        module.usage,
        module.presence.value,
        clause(module.citation),
        module.citation.url,
        _tallies(module),
        faulty=any(row.finding or row.css == "fault" for row in rows),
    )


def _tallies(module: ModuleOutcome) -> str:
    if not module.attributes:
        return ""
    statuses = Counter(outcome.status for outcome in module.attributes)
    kinds = ", ".join(f"{statuses[each]:,} {each.value}" for each in Status if statuses[each])
    return f"{counted(len(module.attributes), 'Attribute')}: {kinds}"


def _open(instance: InstanceReport, prefix: str) -> Iterator[Section]:
    by_module: dict[str, list[Row]] = defaultdict(list)
    for each in instance.not_evaluated:
        row = Row(
            "open",
            word=reason(each.reason),
            name=each.what or each.location.keywords or _WHOLE,
            tag=each.location.path,
            type=each.type,
            clause=clause(each.citation),
            url=each.citation.url,
        )
        by_module[each.module].append(row)
    for number, (name, rows) in enumerate(by_module.items(), 1):
        tallies = counted(len(rows), "requirement")
        yield Section("open", f"{prefix}-o{number}", name, rows, tallies=tallies)
