"""One instance as its IOD lays it out: sections of rows, every finding at its place.

How it decides:
1. Findings without a place in the outline come first, then the Modules by IE, then, by Module, what
   was not evaluated.
2. A row says the gravest of what was found at its own place; without it, what became of it.
3. A Module is faulty, and unfolded, where an error or a warning stands in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dicomspec.findings import NotEvaluated
from dicomspec.render.html.places import OUTSIDE, place
from dicomspec.render.html.rows import Row, module_rows
from dicomspec.render.html.views import finding_view
from dicomspec.render.words import clause, counted, kind_of, reason
from dicomspec.report import InstanceReport, ModuleOutcome, Status

_WHOLE = "The instance as a whole"
_FAULTY = frozenset({"error", "warning"})
_GRADES = {
    "error": ("fault", "fault"), "warning": ("warning", "warning"), "note": ("note", "note"),
}  # fmt: skip
_WORDS = (*(status.value for status in Status), "warning", "note", "filtered out")


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
        for index, (path, row) in enumerate(rows[number]):
            here = [findings[i] for i in places.get((number, index), ())]
            told += (_graded(row, path, here, filtered=bool(instance.filtered)), *here)
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
        _tallies(rows),
        faulty=any(
            row.finding.severity in _FAULTY if row.finding else row.css == "fault" for row in rows
        ),
    )


def _graded(row: Row, path: str, here: list[Row], *, filtered: bool) -> Row:
    """Return an Attribute's row with the gravest of the findings about it as its word."""
    own = {each.finding.severity for each in here if each.finding and each.finding.path == path}
    for severity, (css, word) in _GRADES.items():
        if severity in own and row.kind == "attribute":
            return row._replace(css=css, word=word)
    gone = filtered and row.css == "fault"
    return row._replace(css="absent", word="filtered out") if gone else row


def _of(open_requirement: NotEvaluated) -> str:
    """Return what a requirement is of: an Attribute's keywords, or a Module's or Macro's name."""
    keywords = open_requirement.location.keywords
    if keywords and kind_of(open_requirement.type) == "Type":
        return keywords
    return open_requirement.module or keywords or _WHOLE


def _tallies(rows: list[Row]) -> str:
    words = Counter(row.word for row in rows if row.kind == "attribute")
    if not words:
        return ""
    kinds = ", ".join(f"{words[each]:,} {each}" for each in _WORDS if words[each])
    return f"{counted(words.total(), 'Attribute')}: {kinds}"


def _open(instance: InstanceReport, prefix: str) -> Iterator[Section]:
    by_module: dict[str, list[Row]] = defaultdict(list)
    for each in instance.not_evaluated:
        row = Row(
            "open",
            word=reason(each.reason),
            name=_of(each),
            tag=each.location.path,
            type=f"Usage {each.type}" if kind_of(each.type) == "Usage" else each.type,
            what=each.what,
            clause=clause(each.citation),
            url=each.citation.url,
        )
        by_module[each.module].append(row)
    for number, (name, rows) in enumerate(by_module.items(), 1):
        tallies = counted(len(rows), "requirement")
        yield Section("open", f"{prefix}-o{number}", name, rows, tallies=tallies)
