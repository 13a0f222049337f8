"""The rows of a table of Attributes as trees: nested, Macros expanded.

How it expands:
1. An Include is replaced by the rows of its Macro, each of which says by `via` which table it comes
   from; what the Include specializes is applied.
2. A Macro that includes itself is not expanded again below itself: the row says `recursive`.
3. A CID of an Include is for the Attribute that it names; without a name for the Sequence that the
   Include stands in, if the Macro is of coded entries, else for the first Sequence of the Macro.
4. Values are those of the row, then those of the sections that it refers to, as far as these are
   for its Attribute; each list of a section says which.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from dicomspec.edition import Edition
from dicomspec.model import (
    Attribute,
    Condition,
    Conditional,
    ContextGroupUse,
    Entry,
    Heading,
    Include,
    ItemCount,
    OtherAttributes,
    Table,
    Type,
    Unparsed,
    ValueList,
)
from dicomspec.wording import Wording

Tree = dict[str, Any]
NOT_READ = "not read yet"
_CODE_VALUE = "(0008,0100)"


class _Change(NamedTuple):
    """What the Includes above a row change in its Attribute."""

    type: tuple[Type, Condition | None] | None = None
    values: tuple[Tree, ...] = ()
    groups: tuple[Tree, ...] = ()

    def under(self, outer: "_Change") -> "_Change":
        """Return this change with that of an Include further out."""
        return _Change(
            self.type or outer.type, self.values + outer.values, self.groups + outer.groups
        )


_Changed = dict[str, _Change]
_NO_CHANGE = _Change()


class Rows:
    """Rows of one edition's tables, as trees."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._wording = Wording(edition)

    def of(self, table: Table) -> list[Tree]:
        """Return the rows of a table."""
        return list(self._entries(table.entries, table.id, (table.id,), {}))

    def condition(self, condition: Condition | None) -> str | None:
        """Return a condition in words; one that isn't read says so by its place."""
        if isinstance(condition, Unparsed):
            return f"{NOT_READ}: {condition.paragraph}"
        return self._wording.said(condition) if condition is not None else None

    def _when(self, condition: Condition | None) -> Tree:
        """Return under what a list, a CID or a number of Items holds; nothing if always."""
        if condition is None:
            return {}
        if isinstance(condition, Conditional) and condition.required is not None:
            return {"condition": self._wording.named(self._wording.expression(condition.required))}
        return {"condition": self.condition(condition)}

    def _entries(
        self, entries: Iterable[Entry], table: str, above: tuple[str, ...], changed: _Changed
    ) -> Iterator[Tree]:
        for entry in entries:
            if isinstance(entry, Attribute):
                yield self._attribute(entry, table, above, changed)
            elif isinstance(entry, Include):
                yield from self._include(entry, table, above, changed)
            elif isinstance(entry, OtherAttributes):
                kind = entry.type.value if entry.type else None
                url = self._edition.cite(table, entry.row).url
                yield {"others": True, "type": kind, "url": url}
            else:
                assert isinstance(entry, Heading)  # the fourth kind of row; it says nothing

    def _include(
        self, entry: Include, table: str, above: tuple[str, ...], changed: _Changed
    ) -> Iterator[Tree]:
        url = self._edition.cite(table, entry.row).url
        if entry.table is None or entry.table not in self._edition.tables:
            yield {"include": entry.what or entry.table, "url": url}
        elif entry.table in above:
            yield {"include": entry.table, "recursive": True, "url": url}
        else:
            inner = self._edition.table(entry.table)
            merged = self._changes(entry, inner)
            for tag, outer in changed.items():
                merged[tag] = merged.get(tag, _NO_CHANGE).under(outer)
            inside = (*above, entry.table)
            rows = list(self._entries(inner.entries, entry.table, inside, merged))
            self._nest_below(rows, entry, table, above)
            for row in rows:
                if entry.condition is not None:
                    row.setdefault("include_condition", self.condition(entry.condition))
                row.setdefault("via", entry.table)
                yield row

    def _changes(self, entry: Include, inner: Table) -> _Changed:
        """Return what an Include changes, by tag."""
        made: _Changed = {}

        def change(tag: str | None, outer: _Change) -> None:
            if tag is not None:
                made[tag] = made.get(tag, _NO_CHANGE).under(outer)

        for each in entry.specializations:
            change(each.tag, _Change(type=(each.type, each.condition)))
        for use in entry.context_groups:
            change(use.tag or self._own_sequence(inner), _Change(groups=(self._group(use),)))
        for listed in (*map(self._values, entry.values), *self._listed(entry.see)):
            for tag in listed.get("tags", ()):
                change(tag, _Change(values=(listed,)))
        return made

    def _nest_below(
        self, rows: list[Tree], entry: Include, table: str, above: tuple[str, ...]
    ) -> None:
        if entry.entries and rows:
            nested = list(self._entries(entry.entries, table, above, {}))
            rows[-1]["attributes"] = [*rows[-1].get("attributes", []), *nested]

    def _attribute(
        self, entry: Attribute, table: str, above: tuple[str, ...], changed: _Changed
    ) -> Tree:
        element = self._edition.elements.get(entry.tag)
        change = changed.get(entry.tag, _NO_CHANGE)
        kind, condition = change.type or (entry.type, entry.condition)
        tree: Tree = {
            "tag": entry.tag,
            "keyword": element.keyword if element else "",
            "name": entry.name,
            "vr": list(element.vr) if element else [],
            "vm": element.vm if element else "",
            "type": kind.value if kind else None,
            "condition": self.condition(condition),
            "url": self._edition.cite(table, entry.row).url,
        }
        found = {
            "items": list(_ends(entry.items)) if entry.items is not None else None,
            "items_if": [self._count(*each) for each in entry.item_counts_if],
            "values": [*map(self._values, entry.values), *self._for(entry), *change.values],
            "context_groups": [*self._groups(entry), *change.groups],
            "attributes": list(self._entries(entry.entries, table, above, _deeper(changed))),
        }
        return tree | {key: value for key, value in found.items() if value}

    def _count(self, count: ItemCount, condition: Condition) -> Tree:
        return {"items": list(_ends(count)), **self._when(condition)}

    def _for(self, entry: Attribute) -> Iterator[Tree]:
        """Yield the lists of the sections that a row refers to which are for its Attribute."""
        for listed in self._listed(entry.see):
            if entry.tag in listed.get("tags", (entry.tag,)):
                yield listed

    def _listed(self, sections: Iterable[str]) -> Iterator[Tree]:
        for section in sections:
            values = self._edition.section_values.get(section)
            for each in values.lists if values else ():
                yield {**self._values(each), "section": section}

    def _values(self, values: ValueList) -> Tree:
        tree: Tree = {"closed": values.closed, "values": list(values.values)}
        if values.number is not None:
            tree["number"] = values.number
        if values.tags:
            tree["tags"] = list(values.tags)
        return tree | self._when(values.condition)

    def _groups(self, entry: Attribute) -> Iterator[Tree]:
        """Yield the CIDs of a row, and those of the coded entries that its Items hold."""
        yield from map(self._group, entry.context_groups)
        for each in entry.entries:
            if isinstance(each, Include) and self._holds_code(each.table):
                yield from (self._group(use) for use in each.context_groups if not use.tag)

    def _holds_code(self, table: str | None) -> bool:
        """Say whether a Macro is of coded entries: it has Code Value, or includes what has."""
        if table is None or table not in self._edition.tables:
            return False
        return any(
            self._holds_code(each.table) if isinstance(each, Include) else each.tag == _CODE_VALUE
            for each in self._edition.table(table).entries
            if isinstance(each, Attribute | Include)
        )

    def _own_sequence(self, table: Table) -> str | None:
        """Return the first Sequence of a Macro; None for a Macro of coded entries."""
        if self._holds_code(table.id):
            return None
        own = (each for each in table.entries if isinstance(each, Attribute))
        return next((each.tag for each in own if each.entries), None)

    def _group(self, use: ContextGroupUse) -> Tree:
        tree: Tree = {"cid": use.cid, "use": "Baseline" if use.baseline else "Defined"}
        if use.tag:
            tree["tag"] = use.tag
        return tree | self._when(use.condition)


def _ends(count: ItemCount) -> tuple[int, int | None]:
    return count.minimum, count.maximum


def _deeper(changed: _Changed) -> _Changed:
    """Return what of a change holds in nested Items too: all but Types."""
    return {
        tag: each._replace(type=None) for tag, each in changed.items() if each.values or each.groups
    }


def attributes(
    entries: Iterable[Entry], above: tuple[Attribute, ...] = ()
) -> Iterator[tuple[tuple[Attribute, ...], Attribute]]:
    """Yield the Attributes of a table's own rows, with the Sequences that each is nested in."""
    for entry in entries:
        inside = above
        if isinstance(entry, Attribute):
            yield above, entry
            inside = (*above, entry)
        if isinstance(entry, Attribute | Include):
            yield from attributes(entry.entries, inside)
