"""A definition's tree as indented lines, for a terminal."""

from collections.abc import Iterable, Iterator

from dicomspec.render.definition.rows import Tree
from dicomspec.render.definition.words import asked

_SHOWN = (
    "tag", "uid", "keyword", "vr", "vm", "type", "iod", "retired", "edition", "table", "url",
)  # fmt: skip


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
    yield from _used_lines(tree.get("used_in", ()))


def _used_lines(uses: list[Tree]) -> Iterator[str]:
    if uses:
        yield f"  used in {len(uses)} {'place' if len(uses) == 1 else 'places'}:"
    for use in uses:
        kind = "" if use["kind"] == "Module" else f" {use['kind']}"
        way = "".join(f" > {name}" for name in use["path"])
        condition = f"  [{use['condition']}]" if use["condition"] else ""
        table = f"({use['table']}) Type {use['type'] or '-'}"
        yield f"  {use['name']}{kind}{way} {table}{condition}"


def _use_lines(use: Tree) -> Iterator[str]:
    sharing = f", {use['sharing']}" if use.get("sharing", "either") != "either" else ""
    condition = f"  [{use['condition']}]" if use.get("condition") else ""
    yield f"  {use['usage'] or '-'}  {use['name']}{sharing}{condition}"
    yield from _attribute_lines(use["attributes"], 3)


def _attribute_lines(attributes: Iterable[Tree], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for row in attributes:
        if "include" in row:
            yield f"{indent}\u2026 {row['include']}{' (as above)' if row.get('recursive') else ''}"
        elif row.get("others"):
            yield f"{indent}\u2026 other Attributes"
        else:
            details = "; ".join(asked(row))
            more = f"  [{details}]" if details else ""
            yield f"{indent}{row['type'] or '-':<2} {row['tag']} {row['name']}{more}"
            yield from _attribute_lines(row.get("attributes", ()), depth + 1)
