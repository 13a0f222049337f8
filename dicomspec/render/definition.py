"""A definition as a tree: IOD → IE → Module → Attribute → nested, Macros expanded, as JSON or text.

How it expands:
1. An Include is replaced by the rows of its Macro, each of which says by `via` which table it comes
   from; what the Include specializes is applied.
2. A Macro that includes itself is not expanded again below itself: the row says `recursive`.
3. A Functional Groups Sequence names the IOD's Functional Group Macros, which stand in a list of
   their own.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from dicomspec.edition import Edition
from dicomspec.model import (
    IOD,
    UID,
    Attribute,
    Condition,
    ContextGroupUse,
    DataElement,
    Entry,
    FunctionalGroupMacroUse,
    Heading,
    Include,
    ModuleUse,
    OtherAttributes,
    SOPClass,
    Table,
    Type,
    Unparsed,
    ValueList,
)
from dicomspec.wording import Wording

Tree = dict[str, Any]
_SHOWN = (
    "tag", "uid", "keyword", "vr", "vm", "type", "iod", "retired", "edition", "table", "url",
)  # fmt: skip
_Changed = dict[str, tuple[Type, Condition | None]]


class Definitions:
    """Trees of one edition's definitions; every method returns plain dicts, lists and strings."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._wording = Wording(edition)

    def find(self, name: str) -> Tree | None:
        """Return the tree of an IOD, Module, Macro, tag, keyword or UID; None if there is none."""
        if not name:
            return None  # some elements have no keyword, and no name
        for look in (self._iod_named, self._table_named, self._element_named, self._uid_named):
            tree = look(name)
            if tree is not None:
                return tree
        return None

    def iod(self, iod: IOD) -> Tree:
        """Return the whole tree of an IOD."""
        return {
            "kind": "IOD",
            "name": iod.name,
            "edition": self._edition.name,
            "table": iod.table,
            "url": self._edition.cite_iod(iod).url,
            "sop_classes": [
                {"uid": each.uid, "name": each.name}
                for each in self._edition.sop_classes.values()
                if each.iod == iod.name
            ],
            "information_entities": [
                {
                    "name": entity.name,
                    "modules": [self._use(iod, module) for module in entity.modules],
                }
                for entity in iod.entities
            ],
            "functional_group_macros": [self._use(iod, macro) for macro in iod.functional_groups],
        }

    def table(self, table: Table) -> Tree:
        """Return the tree of a Module or Macro."""
        return {
            "kind": table.kind.value,
            "name": table.name,
            "edition": self._edition.name,
            "table": table.id,
            "url": self._edition.cite(table.id).url,
            "attributes": list(self._entries(table.entries, table.id, (table.id,), {})),
        }

    def _use(self, iod: IOD, use: ModuleUse | FunctionalGroupMacroUse) -> Tree:
        macro = isinstance(use, FunctionalGroupMacroUse)
        tree: Tree = {
            "name": use.name,
            "usage": use.usage.value if use.usage else None,
            "condition": self._condition(use.condition),
            "table": use.table,
            "url": self._edition.cite_iod(iod, use.row, functional_groups=macro).url,
        }
        if isinstance(use, FunctionalGroupMacroUse):
            tree["sharing"] = use.sharing.value
        entries = self._edition.table(use.table).entries if use.table else ()
        tree["attributes"] = list(self._entries(entries, use.table or "", (use.table or "",), {}))
        return tree

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
                yield {
                    "others": True,
                    "type": kind,
                    "url": self._edition.cite(table, entry.row).url,
                }
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
            specialized = {each.tag: (each.type, each.condition) for each in entry.specializations}
            inner = self._edition.table(entry.table)
            rows = list(
                self._entries(
                    inner.entries, entry.table, (*above, entry.table), {**changed, **specialized}
                )
            )
            self._nest_below(rows, entry, table, above)
            for row in rows:
                if entry.condition is not None:
                    row.setdefault("include_condition", self._condition(entry.condition))
                row.setdefault("via", entry.table)
                yield row

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
        kind, condition = changed.get(entry.tag, (entry.type, entry.condition))
        tree: Tree = {
            "tag": entry.tag,
            "keyword": element.keyword if element else "",
            "name": entry.name,
            "vr": list(element.vr) if element else [],
            "vm": element.vm if element else "",
            "type": kind.value if kind else None,
            "condition": self._condition(condition),
            "url": self._edition.cite(table, entry.row).url,
        }
        if entry.items is not None:
            tree["items"] = [entry.items.minimum, entry.items.maximum]
        if entry.values:
            tree["values"] = [self._values(each) for each in entry.values]
        if entry.context_groups:
            tree["context_groups"] = [self._group(each) for each in entry.context_groups]
        if entry.entries:
            tree["attributes"] = list(self._entries(entry.entries, table, above, {}))
        return tree

    def _iod_named(self, name: str) -> Tree | None:
        known = {each.lower(): each for each in self._edition.iods}
        wanted = name.lower().removesuffix(" iod")
        return self.iod(self._edition.iod(known[wanted])) if wanted in known else None

    def _table_named(self, name: str) -> Tree | None:
        if name in self._edition.tables:
            return self.table(self._edition.table(name))
        wanted = name.lower().removesuffix(" module").removesuffix(" macro")
        named = [table for table, title in self._edition.tables.items() if title.lower() == wanted]
        tables = [self._edition.table(table) for table in named]
        asked = name.rpartition(" ")[2].lower()
        tables.sort(
            key=lambda table: table.kind.value.lower() != asked
        )  # stable: Modules come as they are
        return self.table(tables[0]) if tables else None

    def _element_named(self, name: str) -> Tree | None:
        digits = name.strip("()").replace(",", "")
        for element in self._edition.elements.values():
            if element.keyword == name or element.name.lower() == name.lower():
                return self._element(element)
        if len(digits) == 8 and not set(digits.lower()) - set("0123456789abcdef"):
            found = self._edition.element(int(digits, 16))
            return self._element(found) if found else None
        return (
            self._element(self._edition.elements[name]) if name in self._edition.elements else None
        )

    def _element(self, element: DataElement) -> Tree:
        return {
            "kind": "Data Element",
            "tag": element.tag,
            "name": element.name,
            "keyword": element.keyword,
            "vr": list(element.vr),
            "vm": element.vm,
            "retired": element.retired,
            "used_in": list(self._uses(element.tag)),
        }

    def _uses(self, tag: str) -> Iterator[Tree]:
        """Yield the tables that have a row of a tag; this loads every table."""
        for table in map(self._edition.table, self._edition.tables):
            for row in _rows(table.entries):
                if row.tag == tag:
                    kind = row.type.value if row.type else None
                    url = self._edition.cite(table.id, row.row).url
                    yield {"name": table.name, "table": table.id, "type": kind, "url": url}

    def _uid_named(self, name: str) -> Tree | None:
        sop_class = self._edition.sop_classes.get(name)
        uid = self._edition.uids.get(name)
        if sop_class is None and uid is None:
            return None
        return _uid(name, sop_class, uid)

    def _condition(self, condition: Condition | None) -> str | None:
        """Return a condition in words; one that isn't read says so by its place."""
        if isinstance(condition, Unparsed):
            return f"not read yet: {condition.paragraph}"
        return self._wording.condition(condition) if condition is not None else None

    def _values(self, values: ValueList) -> Tree:
        tree: Tree = {"closed": values.closed, "values": list(values.values)}
        if values.number is not None:
            tree["number"] = values.number
        if values.tags:
            tree["tags"] = list(values.tags)
        if values.condition is not None:
            tree["condition"] = self._condition(values.condition)
        return tree

    def _group(self, use: ContextGroupUse) -> Tree:
        tree: Tree = {"cid": use.cid, "use": "Baseline" if use.baseline else "Defined"}
        if use.tag:
            tree["tag"] = use.tag
        if use.condition is not None:
            tree["condition"] = self._condition(use.condition)
        return tree


def _rows(entries: Iterable[Entry]) -> Iterator[Attribute]:
    for entry in entries:
        if isinstance(entry, Attribute):
            yield entry
        if isinstance(entry, Attribute | Include):
            yield from _rows(entry.entries)


def _uid(value: str, sop_class: SOPClass | None, uid: UID | None) -> Tree:
    tree: Tree = {"kind": "UID", "uid": value}
    if uid is not None:
        tree |= {"name": uid.name, "keyword": uid.keyword, "type": uid.type, "retired": uid.retired}
    if sop_class is not None:
        tree |= {"name": sop_class.name, "iod": sop_class.iod}
        tree["retired"] = sop_class.retired or bool(uid and uid.retired)
    return tree


def text(tree: Tree) -> str:
    """Return a tree as indented lines for a terminal."""
    return "\n".join(_lines(tree)) + "\n"


def _lines(tree: Tree) -> Iterator[str]:
    title = tree.get("name") or tree.get("uid", "")
    yield f"{title} ({tree['kind']})"
    for key in _SHOWN:
        value = tree.get(key)
        if value not in (None, "", [], False):
            yield f"  {key}: {', '.join(value) if isinstance(value, list) else value}"
    for sop_class in tree.get("sop_classes", ()):
        yield f"  SOP Class {sop_class['name']} {sop_class['uid']}"
    for entity in tree.get("information_entities", ()):
        yield f"{entity['name'] or 'Modules'}"
        for module in entity["modules"]:
            yield from _use_lines(module)
    if tree.get("functional_group_macros"):
        yield "Functional Group Macros"
        for macro in tree["functional_group_macros"]:
            yield from _use_lines(macro)
    yield from _attribute_lines(tree.get("attributes", ()), 1)
    for use in tree.get("used_in", ()):
        yield f"  {use['name']} ({use['table']}) Type {use['type'] or '-'}"


def _use_lines(use: Tree) -> Iterator[str]:
    sharing = f", {use['sharing']}" if use.get("sharing", "either") != "either" else ""
    condition = f"  [{use['condition']}]" if use.get("condition") else ""
    yield f"  {use['usage'] or '-'}  {use['name']}{sharing}{condition}"
    yield from _attribute_lines(use["attributes"], 3)


def _attribute_lines(attributes: Iterable[Tree], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for row in attributes:
        if "include" in row:
            yield f"{indent}… {row['include']}{' (as above)' if row.get('recursive') else ''}"
        elif row.get("others"):
            yield f"{indent}… other Attributes"
        else:
            yield f"{indent}{row['type'] or '-':<2} {row['tag']} {row['name']}{_details(row)}"
            yield from _attribute_lines(row.get("attributes", ()), depth + 1)


def _details(row: Tree) -> str:
    parts = []
    if "items" in row:
        low, high = row["items"]
        parts.append(
            f"{low}-{'n' if high is None else high} Items" if low != high else f"{low} Items"
        )
    if row["condition"]:
        parts.append(row["condition"])
    for values in row.get("values", ()):
        kind = "one of" if values["closed"] else "terms"
        number = f"Value {values['number']} " if "number" in values else ""
        parts.append(f"{number}{kind} {', '.join(values['values'])}")
    return f"  [{'; '.join(parts)}]" if parts else ""
