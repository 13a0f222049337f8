"""What has a name → its definition as a tree.

How it finds:
1. A name is an IOD's, then a Module's or Macro's (or its table's id), then a Data Element's (name,
   keyword, tag), then a SOP Class's, which gives its IOD, then any UID's.
2. A UID itself is shown as what the registries say of it.
3. A Functional Groups Sequence names the IOD's Functional Group Macros, which stand in a list of
   their own.
"""

from collections.abc import Iterator

from dicomspec.edition import Edition
from dicomspec.model import (
    IOD,
    UID,
    DataElement,
    FunctionalGroupMacroUse,
    ModuleUse,
    SOPClass,
    Table,
)
from dicomspec.render.definition.rows import Rows, Tree, attributes


class Definitions:
    """Trees of one edition's definitions; every method returns plain dicts, lists and strings."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._rows = Rows(edition)

    def find(self, name: str) -> Tree | None:
        """Return the tree of an IOD, Module, Macro, tag, keyword or UID; None if there is none."""
        if not name:
            return None  # some elements have no keyword, and no name
        for look in (
            self._iod_named,
            self._table_named,
            self._element_named,
            self._sop_class_named,
            self._uid_named,
        ):
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
            "attributes": self._rows.of(table),
        }

    def _use(self, iod: IOD, use: ModuleUse | FunctionalGroupMacroUse) -> Tree:
        macro = isinstance(use, FunctionalGroupMacroUse)
        tree: Tree = {
            "name": use.name,
            "usage": use.usage.value if use.usage else None,
            "condition": self._rows.condition(use.condition),
            "table": use.table,
            "url": self._edition.cite_iod(iod, use.row, functional_groups=macro).url,
        }
        if isinstance(use, FunctionalGroupMacroUse):
            tree["sharing"] = use.sharing.value
        tree["attributes"] = self._rows.of(self._edition.table(use.table)) if use.table else []
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
            "edition": self._edition.name,
            "tag": element.tag,
            "name": element.name,
            "keyword": element.keyword,
            "vr": list(element.vr),
            "vm": element.vm,
            "retired": element.retired,
            "used_in": list(self._uses(element.tag)),
        }

    def _uses(self, tag: str) -> Iterator[Tree]:
        """Yield the rows of a tag, each with the way to it; this loads every table."""
        for table in map(self._edition.table, self._edition.tables):
            for above, row in attributes(table.entries):
                if row.tag == tag:
                    yield {
                        "kind": table.kind.value,
                        "name": table.name,
                        "table": table.id,
                        "path": [each.name for each in above],
                        "type": row.type.value if row.type else None,
                        "condition": self._rows.condition(row.condition),
                        "url": self._edition.cite(table.id, row.row).url,
                    }

    def _sop_class_named(self, name: str) -> Tree | None:
        for uid in self._edition.uids.values():
            if name == uid.keyword or name.lower() == uid.name.lower():
                sop_class = self._edition.sop_classes.get(uid.uid)
                if sop_class is not None and sop_class.iod is not None:
                    return self.iod(self._edition.iod(sop_class.iod))
                return self._uid_named(uid.uid)
        return None

    def _uid_named(self, name: str) -> Tree | None:
        sop_class = self._edition.sop_classes.get(name)
        uid = self._edition.uids.get(name)
        if sop_class is None and uid is None:
            return None
        return {"edition": self._edition.name} | _uid(name, sop_class, uid)


def _uid(value: str, sop_class: SOPClass | None, uid: UID | None) -> Tree:
    tree: Tree = {"kind": "UID", "uid": value}
    if uid is not None:
        tree |= {"name": uid.name, "keyword": uid.keyword, "type": uid.type, "retired": uid.retired}
    if sop_class is not None:
        tree |= {"name": sop_class.name, "iod": sop_class.iod}
        tree["retired"] = sop_class.retired or bool(uid and uid.retired)
    return tree
