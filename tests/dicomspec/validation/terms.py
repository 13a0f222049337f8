"""Values for data sets that are made: such as the lists of an Attribute have."""

import re
from functools import lru_cache

from pydicom.dataelem import DataElement

from dicomspec.edition import Edition
from dicomspec.findings import Finding
from dicomspec.model import Attribute, Entry, Include, ValueList
from dicomspec.validation.checks.multiplicity import spans
from dicomspec.validation.level import Slot
from dicomspec.validation.permitted import KINDS, Compared, Permitted

_NUMBERED = re.compile(r"Values? (\d+)")
_WHOLE = frozenset({"SL", "SS", "SV", "UL", "US", "UV", "IS"})


def listed(slot: Slot, vr: str, otherwise: object) -> object:
    """Return Values that all lists which hold for certain have, as many as are asked for.

    `otherwise` are those where there are no lists.
    """
    lists = [each for each in Permitted.of(slot).compared(vr) if each.certain]
    least = least_number(slot)
    if not lists and least == 1:
        return otherwise
    some = otherwise if isinstance(otherwise, list) else [otherwise]
    count = max(len(some), least, *(each.number or 1 for each in lists))
    values = [_value(lists, n, vr, some[min(n, len(some)) - 1]) for n in range(1, count + 1)]
    return values[0] if len(values) == 1 else values


def least_number(slot: Slot) -> int:
    """Return how many Values the rows and sections ask for at least, whatever the Item holds."""
    counts = [each.count for rule in slot.rules if rule.certain for each in rule.counts]
    return max([1, *(each.minimum for each in counts if each.condition is None)])


def _value(lists: list[Compared], number: int, vr: str, otherwise: object) -> object:
    asked = [each for each in lists if each.number in {None, number}]
    closed = [each for each in asked if each.closed] or asked[:1]
    if not closed:
        return otherwise
    common = frozenset.intersection(*(each.keys for each in closed)) or closed[0].keys
    read = KINDS[vr].printed
    return typed(next(each for each in closed[0].listed.values.values if read(each) in common), vr)


def typed(text: str, vr: str) -> object:
    """Return a value of a list as pydicom holds it."""
    if vr == "AT":
        return int(re.sub(r"[^0-9A-F]", "", text), 16)
    if vr in _WHOLE:
        return int(text[:-1], 16) if text.endswith("H") else int(text)
    return float(text) if vr in {"FD", "FL"} else text


def put(edition: Edition, element: DataElement, finding: Finding, turn: int) -> None:
    """Give an element a value of the list that a finding is about, another one each turn.

    Where it has too many or too few Values, give it as many as are asked for.
    """
    if finding.code == "value/multiplicity":
        _resize(element, finding)
        return
    there = lists(edition)[finding.citation.row or finding.citation.table]
    said = re.split(r": |, |;|\.$| and \d+ more", finding.message)[1:]
    terms = next(
        (each.values for each in there if [*each.values[:12]] == said[:-1]), there[0].values
    )
    value = typed(terms[turn % len(terms)], element.VR)
    number = _NUMBERED.match(finding.message)
    if number is None:
        element.value = value
        return
    values = list(element.value) if element.VM > 1 else [element.value]
    values[int(number[1]) - 1] = value
    element.value = values


def _resize(element: DataElement, finding: Finding) -> None:
    """Take Values away, or add empty ones."""
    wanted = spans(finding.message.split("; ")[1].split(" ")[0])[0]
    values = list(element.value) if element.VM > 1 else [element.value]
    values += [""] * (wanted.least - len(values))
    element.value = values[: wanted.most]


@lru_cache(maxsize=2)
def lists(edition: Edition) -> dict[str, list[ValueList]]:
    """Return every list of values of an edition by the place where it stands."""
    found: dict[str, list[ValueList]] = {}
    every = [each for table in edition.tables for each in _of(edition, table)]
    every += [each for section in edition.section_values.values() for each in section.lists]
    every += [each.values for name in edition.iods for each in edition.iod(name).values]
    for each in every:
        found.setdefault(each.paragraph, []).append(each)
    return found


def _of(edition: Edition, table: str) -> list[ValueList]:
    return _rows(edition.table(table).entries)


def _rows(entries: tuple[Entry, ...]) -> list[ValueList]:
    rows = [each for each in entries if isinstance(each, Attribute | Include)]
    return [found for row in rows for found in (*row.values, *_rows(row.entries))]
