"""What a row asks, in the words that the text and the page of a definition share."""

from collections.abc import Iterator

from dicomspec.render.definition.rows import NOT_READ, Tree


def asked(row: Tree) -> Iterator[str]:
    """Yield what a row asks beside its Type: condition, Items, values, Context Groups."""
    if "items" in row:
        yield items(*row["items"])
    if row.get("condition"):
        yield row["condition"].removesuffix(".")
    for each in row.get("items_if", ()):
        yield items(*each["items"]) + _when(each)
    yield from map(values, row.get("values", ()))
    yield from map(group, row.get("context_groups", ()))


def items(low: int, high: int | None) -> str:
    """Return a number of Items in words."""
    if high is None:
        return "any number of Items" if not low else f"{low} or more Items"
    if low == high:
        return "1 Item" if low == 1 else f"{low} Items"
    return f"{low} {'or' if high == low + 1 else 'to'} {high} Item{'s' if high > 1 else ''}"


def values(listed: Tree) -> str:
    """Return a list of values in words: "Value 3 one of AXIAL, LOCALIZER"."""
    kind = "one of" if listed["closed"] else "terms"
    number = f"Value {listed['number']} " if "number" in listed else ""
    section = f" ({listed['section'].removeprefix('sect_')})" if "section" in listed else ""
    return f"{number}{kind} {', '.join(listed['values'])}{_when(listed)}{section}"


def group(use: Tree) -> str:
    """Return the use of a Context Group in words: "Baseline CID 5002"."""
    return f"{use['use']} CID {use['cid']}{_when(use)}"


def _when(held: Tree) -> str:
    """Return under what something holds; nothing where it always does."""
    words = held.get("condition")
    if words is None:
        return ""
    return " under a condition not read yet" if words.startswith(NOT_READ) else f" when {words}"
