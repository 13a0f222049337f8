"""How the faces of a report say things, so that every format says them alike."""

from collections.abc import Iterable

from dicomspec.findings import Citation
from dicomspec.report import Summary, Verdict

VERDICTS = {
    Verdict.PASS: "Pass",
    Verdict.FAIL: "Fail",
    Verdict.UNREADABLE: "Unreadable",
    Verdict.UNKNOWN_SOP_CLASS: "Unknown SOP Class",
}

REASONS = {
    "judgement": "only people can judge the condition",
    "missing": "what decides the condition is missing, which is a finding of its own",
    "unparsed": "the condition has not been read from the standard yet",
}


_USAGES = frozenset({"M", "C", "U"})


def counted(number: int, noun: str) -> str:
    """Return "1 error", "2 errors", "1,024 instances"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def kind_of(letter: str) -> str:
    """Return what "1C" and "M" are: the Type of an Attribute, the Usage of a Module or Macro."""
    return "Usage" if letter in _USAGES else "Type"


def clause(citation: Citation) -> str:
    """Return the place for people: "PS3.3 C.7.1.1, Table C.7-1"; what has no number is left out."""
    section = _number(citation.section, "sect_", "chapter_")
    table = _number(citation.table, "table_")
    words = " ".join(filter(None, (citation.part, section)))
    return ", ".join(filter(None, (words, table and f"Table {table}")))


def _number(xml_id: str, *prefixes: str) -> str:
    for prefix in prefixes:
        if xml_id.startswith(prefix):
            return xml_id.removeprefix(prefix)
    return ""


def reason(word: str) -> str:
    """Return why a requirement was not evaluated, as a phrase; another word stands for itself."""
    return REASONS.get(word, word)


def run_verdict(summary: Summary) -> Verdict | None:
    """Return the worst verdict among the instances; None where there are none."""
    tallies = (
        (Verdict.FAIL, summary.fail),
        (Verdict.UNREADABLE, summary.unreadable),
        (Verdict.UNKNOWN_SOP_CLASS, summary.unknown_sop_class),
        (Verdict.PASS, summary.passed),
    )
    return next((verdict for verdict, number in tallies if number), None)


def verdict_tallies(summary: Summary) -> str:
    """Return "3 fail, 45 pass, 1 unreadable"; verdicts without instances are left out."""
    tallies = (
        (summary.fail, "fail"),
        (summary.passed, "pass"),
        (summary.unreadable, "unreadable"),
        (summary.unknown_sop_class, "unknown SOP Class"),
    )
    return ", ".join(f"{number:,} {word}" for number, word in tallies if number)


def severity_tallies(summary: Summary) -> str:
    """Return "2 errors, 1 warning"; "no findings" where there are none."""
    tallies = ((summary.error, "error"), (summary.warning, "warning"), (summary.note, "note"))
    return ", ".join(counted(number, word) for number, word in tallies if number) or "no findings"


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as runs: 1, 2, 3, 5 → (1, 3), (5, 5)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
