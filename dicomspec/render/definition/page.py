"""A definition's tree as a page that needs nothing else, made with the report's templates."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dicomspec.render.definition.rows import Tree
from dicomspec.render.definition.words import asked

_FACTS = {
    "keyword": "Keyword", "tag": "Tag", "vr": "VR", "vm": "VM", "uid": "UID", "type": "Type",
    "iod": "IOD", "edition": "Edition",
}  # fmt: skip


class Line(NamedTuple):
    """A row of a table of Attributes; `asked` is what it asks beside its Type."""

    depth: int
    tag: str
    name: str
    type: str
    asked: tuple[str, ...]
    url: str


class Part(NamedTuple):
    """A Module or Macro with its rows; `name` is empty where the whole page is of it."""

    name: str
    usage: str
    condition: str
    url: str
    lines: list[Line]


def page(tree: Tree, tool_version: str) -> str:
    """Return a tree as an HTML page."""
    from dicomspec.render.html.environment import environment  # noqa: PLC0415 - slow to import

    return (
        environment()
        .get_template("definition.html")
        .render(
            title=tree.get("name") or tree.get("uid", ""),
            kind=tree["kind"],
            table=tree.get("table", ""),
            url=tree.get("url", ""),
            sop_classes=tree.get("sop_classes", ()),
            used_in=tree.get("used_in", ()),
            facts=list(_facts(tree)),
            groups=list(_groups(tree)),
            tool_version=tool_version,
            edition=tree["edition"],
        )
    )


def _facts(tree: Tree) -> Iterator[tuple[str, str]]:
    for key, title in _FACTS.items():
        value = tree.get(key)
        if value:
            yield title, ", ".join(value) if isinstance(value, list) else value
    if tree.get("retired"):
        yield "Retired", "yes"


def _groups(tree: Tree) -> Iterator[tuple[str, list[Part]]]:
    """Yield the headings of the page and what stands under each."""
    for entity in tree.get("information_entities", ()):
        title = f"{entity['name']} IE" if entity["name"] else "Modules"
        yield title, [_part(use) for use in entity["modules"]]
    if tree.get("functional_group_macros"):
        yield "Functional Group Macros", [_part(use) for use in tree["functional_group_macros"]]
    if tree.get("attributes"):
        yield "Attributes", [Part("", "", "", tree["url"], list(_lines(tree["attributes"])))]


def _part(use: Tree) -> Part:
    sharing = f", {use['sharing']}" if use.get("sharing", "either") != "either" else ""
    usage = f"Usage {use['usage']}{sharing}" if use["usage"] else ""
    return Part(
        use["name"], usage, use["condition"] or "", use["url"], list(_lines(use["attributes"]))
    )


def _lines(rows: Iterable[Tree], depth: int = 0) -> Iterator[Line]:
    for row in rows:
        if "include" in row:
            again = ("as above",) if row.get("recursive") else ()
            yield Line(depth, "", f"Include {row['include']}", "", again, row["url"])
        elif row.get("others"):
            yield Line(depth, "", "Other Attributes", row["type"] or "", (), row["url"])
        else:
            yield Line(
                depth, row["tag"], row["name"], row["type"] or "", tuple(asked(row)), row["url"]
            )
            yield from _lines(row.get("attributes", ()), depth + 1)
