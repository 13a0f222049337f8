"""What dicom-validator makes of the same XML: Modules, Macros and IODs, as paths and Types.

How it is run:
1. Its own readers read the same part03.xml, part04.xml and part06.xml, laid out as it wants them.
2. Conditions and values are not compared, and parsing them takes it a minute: its parsers of these
   are replaced by ones that say nothing. Its search for a table by label, which walks the tree for
   each, is replaced by an index of the same tree: the first element of a label, as there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dicom_validator.spec_reader.condition import Condition, ConditionType
from dicom_validator.spec_reader.part3_reader import Part3Reader
from dicom_validator.spec_reader.part6_reader import Part6Reader

Path_ = tuple[str, ...]
Typed = tuple[Path_, str]


class _NoConditions:
    def parse(self, _text: str) -> Condition:
        return Condition(ctype=ConditionType.UserDefined)


class _NoValues:
    def parse(self, _element: object, _vr: str) -> list[object]:
        return []


def _reader(docbook: Path) -> Any:
    """Return the peer's reader; parts of it are replaced below, which its types don't foresee."""
    return Part3Reader(docbook, Part6Reader(docbook).data_elements())


def indexed(standard: Path, folder: Path) -> Any:
    """Return the peer's reader of an edition that is laid out in `folder`, with an index."""
    docbook = folder / "docbook"
    docbook.mkdir(parents=True)
    for number in ("03", "04", "06"):
        (docbook / f"part{number}.xml").symlink_to((standard / f"part{number}.xml").resolve())
    reader = _reader(docbook)
    reader._enum_parser = _NoValues()
    index: dict[tuple[str, str], Any] = {}
    for name, element in _named(reader):
        index.setdefault((name, element.get("label", "")), element)
    reader._get_ref_node = lambda name, label: index.get((name, label))
    return reader


def _named(reader: Any) -> Iterator[tuple[str, Any]]:
    for element in reader.get_doc_root().iter():
        if isinstance(element.tag, str):
            yield element.tag.split("}")[1], element


class Peer:
    """The peer's reading of one edition."""

    def __init__(self, standard: Path, folder: Path) -> None:
        self.reader = indexed(standard, folder)
        self.reader._condition_parser = _NoConditions()
        self.by_id: dict[str, Any] = {}
        for name, element in _named(self.reader):
            if name == "table":
                found = element.get("{http://www.w3.org/XML/1998/namespace}id", "")
                self.by_id.setdefault(found, element)
        self.iods: dict[str, Any] = self.reader.iod_descriptions()
        self.modules: dict[str, Any] = self.reader.module_descriptions()

    def table(self, name: str) -> tuple[set[Typed], set[Typed]]:
        """Return a table's own rows and Includes, each by the path above it."""
        described = self.reader._parse_module_description(self.by_id[name]) or {}
        rows: set[Typed] = set()
        includes: set[Typed] = set()
        for path, entry in _walk(described, ()):
            if isinstance(entry, list):
                includes |= {
                    (path, f"table_{one['ref']}") for one in entry if one["ref"] != "FuncGroup"
                }
            else:
                rows.add((path, entry["type"]))
        return rows, includes

    def expanded(self, ref: str, above: tuple[str, ...] = ()) -> set[Typed]:
        """Return the Types of every path of a Module or Macro, Macros expanded."""
        found: set[Typed] = set()
        if ref in above:
            return found
        for path, entry in _walk(self.modules.get(ref) or {}, ()):
            if isinstance(entry, list):
                for one in entry:
                    inner = self.expanded(one["ref"], (*above, ref))
                    found |= {(path + below, kind) for below, kind in inner}
            else:
                found.add((path, entry["type"]))
        return found


def _walk(described: dict[str, Any], above: Path_) -> Iterator[tuple[Path_, Any]]:
    for key, entry in described.items():
        if key == "include":
            yield above, entry
        else:
            path = (*above, key.upper().replace("X", "x"))
            yield path, entry
            yield from _walk(entry.get("items", {}), path)
