"""All conditions of an edition: those of its tables, its IODs and its sections' lists."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from dicomspec import edition as editions
from dicomspec.model import Condition, Conditional, Expression, Unparsed

PRESENCE = frozenset(
    f"{kind}.condition"
    for kind in ("Attribute", "Include", "ModuleUse", "FunctionalGroupMacroUse", "Specialization")
)  # the others say which values, CIDs or numbers of Items count


@cache
def of(edition: str) -> tuple[tuple[str, str, Condition], ...]:
    """Return every condition with its holder ("Attribute.condition") and its place."""
    found = editions.load(edition)
    defined: list[tuple[str, Any]] = [(table, found.table(table)) for table in found.tables]
    defined += [(iod, found.iod(iod)) for iod in found.iods]
    defined += list(found.section_values.items())
    return tuple((holder, where, each) for where, one in defined for holder, each in _in(one, ""))


def _in(value: Any, holder: str) -> Iterator[tuple[str, Condition]]:
    if isinstance(value, Conditional | Unparsed):
        yield holder, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _in(part, holder)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _in(getattr(value, field.name), f"{type(value).__name__}.{field.name}")


@cache
def expressions(edition: str) -> tuple[Expression, ...]:
    """Return the distinct expressions of an edition: what requires, permits or forbids."""
    clauses = (
        clause
        for _, _, each in of(edition)
        if isinstance(each, Conditional)
        for clause in (each.required, each.permitted, each.forbidden)
        if clause is not None
    )
    return tuple(dict.fromkeys(clauses))
