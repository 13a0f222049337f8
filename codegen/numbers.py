"""Values of lists as a data set has them: whole numbers in decimal, tags as eight digits.

How it decides:
1. By the VR of the Attribute that a list is for: "0001H" and "+1" are whole numbers, "00280009H"
   is a tag. Values of other VRs, and what doesn't look like a number, stay as they are printed.
2. A list without an Attribute of its own is for that of its row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from codegen.link import Edition
from dicomspec.model import Attribute, Entry, Include, ValueList

_WHOLE = frozenset({"IS", "SL", "SS", "SV", "UL", "US", "UV"})
_HEXADECIMAL = re.compile(r"^(?P<digits>[0-9A-F]+)H$")
_DECIMAL = re.compile(r"^[+-]?\d+$")


def with_numbers(edition: Edition) -> Edition:
    """Return an edition whose lists have their numbers as a data set has them."""
    vrs = {element.tag: frozenset(element.vr) for element in edition.elements}
    return replace(
        edition,
        tables=tuple(
            replace(table, entries=_entries(table.entries, vrs)) for table in edition.tables
        ),
        section_values=tuple(
            replace(section, lists=tuple(_list(one, None, vrs) for one in section.lists))
            for section in edition.section_values
        ),
        iods=tuple(
            replace(
                iod,
                values=tuple(
                    replace(one, values=_list(one.values, one.path[-1], vrs)) for one in iod.values
                ),
            )
            for iod in edition.iods
        ),
    )


def normal(value: str, vr: frozenset[str]) -> str:
    """Return a value as a data set has it under some VRs."""
    hexadecimal = _HEXADECIMAL.match(value)
    if vr and vr <= _WHOLE and hexadecimal:
        return str(int(hexadecimal["digits"], 16))
    if vr and vr <= _WHOLE and _DECIMAL.match(value):
        return str(int(value))
    if vr == {"AT"}:
        return re.sub(r"[ ,H]", "", value)
    return value


def _entries(entries: Sequence[Entry], vrs: Mapping[str, frozenset[str]]) -> tuple[Entry, ...]:
    return tuple(_entry(entry, vrs) for entry in entries)


def _entry(entry: Entry, vrs: Mapping[str, frozenset[str]]) -> Entry:
    if not isinstance(entry, Attribute | Include):
        return entry
    own = entry.tag if isinstance(entry, Attribute) else None
    changes: dict[str, Any] = {
        "values": tuple(_list(one, own, vrs) for one in entry.values),
        "entries": _entries(entry.entries, vrs),
    }
    return replace(entry, **changes)


def _list(one: ValueList, own: str | None, vrs: Mapping[str, frozenset[str]]) -> ValueList:
    tag = one.tags[0] if one.tags else own
    vr = vrs.get(tag, frozenset()) if tag else frozenset()
    values = tuple(dict.fromkeys(normal(value, vr) for value in one.values))
    return replace(one, values=values) if values != one.values else one
