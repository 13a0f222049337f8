"""The kinds of relations that `relation_tables` has.

How it decides:
1. A relation is asked where its element stands, if a row of the IOD names it there: the finding
   cites that row.
2. What is empty, absent, or no finite number says nothing here: that is a finding of its own, or
   none. An element that the relation needs, and that isn't there, likewise.
3. One fault is one finding: of Items that number themselves wrongly the first is named, and of
   Values that several Items have the second Item that has it.
4. Nothing is gone through twice: the Values that References may have are kept for the data set.
"""

from collections.abc import Callable, Iterator
from typing import Any

from dicomspec import dataset as data
from dicomspec.findings import Finding, Location, Step
from dicomspec.validation.checks import relation_tables as tables
from dicomspec.validation.scope import Chain
from dicomspec.validation.visit import Found, ItemVisit, cite, names

COUNT, NUMBERING = "relation/count", "relation/numbering"
MISSING, RANGE = "relation/reference-missing", "relation/range"
ORDER, CONTRADICTION = "relation/order", "relation/contradiction"


def named(visit: ItemVisit, tag: int) -> str:
    """Return the name of an Attribute."""
    element = visit.run.edition.element(tag)
    return element.name if element is not None else visit.run.edition.keyword(tag)


def by_row(visit: ItemVisit, code: str, tag: int, message: str) -> Finding:
    """Return a finding that cites the row of an element of the Item."""
    slot = visit.slot(tag)
    assert slot is not None  # it is asked where a row names the element
    return visit.finding(code, tag, message, cite(visit.run.edition, slot.first))


def by_section(visit: ItemVisit, code: str, tag: int, section: str, message: str) -> Finding:
    """Return a finding about an element of the Item that cites a section of PS3.3."""
    return visit.finding(code, tag, message, visit.run.edition.cite_section("PS3.3", section))


def below(visit: ItemVisit, code: str, path: tuple[int, int, int], message: str) -> Finding:
    """Return a finding about an element of an Item: (Sequence, number of the Item, element)."""
    sequence, item, tag = path
    edition, slot = visit.run.edition, visit.slot(sequence)
    assert slot is not None  # it is asked where a row names the element
    row = visit.run.plan.children(slot).slots.get(tag) if not slot.varies else None
    found = by_row(visit, code, sequence, message)
    steps = (*visit.steps, Step(*names(edition, sequence), item), Step(*names(edition, tag)))
    return Finding(
        code=code,
        location=Location(steps),
        message=message,
        citation=cite(edition, row.first) if row is not None else found.citation,
        module=found.module,
        sop_class_uid=found.sop_class_uid,
    )


def nearest(chain: Chain, tag: int) -> Any:
    """Return an element of the Item at the end of a Chain, or of the nearest around that has it."""
    for place in reversed(chain):
        if tag in place.dataset.keys():  # noqa: SIM118 - a Dataset makes a Tag first
            return data.element(place.dataset, tag)
    return None


def numbers(dataset: Any, tag: int) -> tuple[float, ...]:
    """Return an element's Values as finite numbers, none if it is absent or has others."""
    element = data.element(dataset, tag)
    return (data.numbers(element) or ()) if element is not None else ()


def texts(dataset: Any, tag: int) -> tuple[str, ...]:
    """Return an element's Values, none if it is absent or they can't be decoded."""
    element = data.element(dataset, tag)
    return (data.strings(element) or ()) if element is not None else ()


def how_many(dataset: Any, tag: int) -> int:
    """Return how many Values or Items an element has, 0 if it is absent or that can't be told."""
    element = data.element(dataset, tag)
    return (data.how_many(element) or 0) if element is not None else 0


def items(element: Any) -> list[Any]:
    """Return the Items of a Sequence, none for what isn't one or can't be followed."""
    try:
        return list(data.items(element) or ()) if element is not None else []
    except data.BadElement:
        return []


def whole(element: Any) -> int | None:
    """Return the one Value of an element as a whole number; of a Sequence how many Items."""
    if element is None:
        return None
    if data.vr(element) == "SQ":
        return data.how_many(element)
    found = data.numbers(element)
    return int(found[0]) if found and len(found) == 1 and found[0].is_integer() else None


def whole_of(visit: ItemVisit, tag: int) -> int | None:
    """Return the one Value of an element of the Item as a whole number."""
    return whole(data.element(visit.dataset, tag))


def _within(visit: ItemVisit, within: int | None) -> bool:
    return within is None or visit.chain[-1].sequence == within


def _counted(visit: ItemVisit, relation: tables.Counted) -> Iterator[Found]:
    tag = relation.tag
    if not _within(visit, relation.within) or relation.item not in {0, visit.chain[-1].number}:
        return
    says = whole(nearest(visit.chain, relation.by))
    count = how_many(visit.dataset, tag) if says is not None else 0
    if says is None or not count:
        return
    if count != says * relation.times + relation.plus:
        element: Any = data.element(visit.dataset, tag)
        what = "Items" if data.vr(element) == "SQ" else "Values"
        many = f"{relation.times} \N{MULTIPLICATION SIGN} " if relation.times > 1 else ""
        more = f" + {relation.plus}" if relation.plus else ""
        wanted = f"{many}{named(visit, relation.by)}{more}"
        yield by_row(visit, COUNT, tag, f"{named(visit, tag)} hasn't as many {what} as {wanted}.")


def _same(visit: ItemVisit, relation: tables.Same) -> Iterator[Found]:
    counts = [how_many(visit.dataset, tag) for tag in relation]
    if all(counts) and counts[0] != counts[1]:
        own, other = (named(visit, tag) for tag in relation)
        message = f"{own} hasn't as many Values as {other}."
        yield by_row(visit, COUNT, relation.tag, message)


def _numbered(visit: ItemVisit, relation: tables.Numbered) -> Iterator[Found]:
    sequence, tag, first = relation
    for number, item in enumerate(items(data.element(visit.dataset, sequence)), start=1):
        value = whole(data.element(item, tag))
        if value is not None and value != first + number - 1:
            message = f"{named(visit, tag)} doesn't go up one by one from {first}."
            yield below(visit, NUMBERING, (sequence, number, tag), message)
            return


def _persons(visit: ItemVisit, relation: tables.Persons) -> Iterator[Found]:
    sequence, tag = relation
    count, persons = how_many(visit.dataset, sequence), how_many(visit.dataset, tag)
    # what is said is said of several Items
    if count > 1 and persons and count != persons:
        own, other = named(visit, sequence), named(visit, tag)
        message = f"{own} hasn't as many Items as {other} has Values."
        yield by_row(visit, COUNT, sequence, message)


def _unique(visit: ItemVisit, relation: tables.Unique) -> Iterator[Found]:
    sequence, tag = relation
    seen = set()
    for number, item in enumerate(items(data.element(visit.dataset, sequence)), start=1):
        values = texts(item, tag)
        if any(values) and values in seen:
            message = f"{named(visit, tag)} is that of an earlier Item."
            yield below(visit, NUMBERING, (sequence, number, tag), message)
            return
        seen.add(values)


def _referred(visit: ItemVisit, relations: tuple[tables.Reference, ...]) -> Iterator[Found]:
    tag = relations[0].tag
    there = next(
        (
            (relation, element)
            for relation in relations
            if _within(visit, relation.within)
            and (element := nearest(visit.chain, relation.sequence)) is not None
        ),
        None,
    )
    values = texts(visit.dataset, tag) if there else ()
    if not there or not any(values):
        return
    relation, element = there
    among = _values(visit, relation, element)
    if among and not among.issuperset(map(_plain, values)):
        sequence, target = named(visit, relation.sequence), named(visit, relation.target)
        message = f"{named(visit, tag)} is no {target} of an Item of the {sequence}."
        yield by_row(visit, MISSING, tag, message)


def _values(visit: ItemVisit, relation: tables.Reference, element: Any) -> frozenset[str]:
    """Return the Values that a Reference may have; none if they can't be told."""
    kept: dict[Any, Any] = visit.run.related
    key = (relation.target, id(element))
    if key not in kept:
        found = [data.element(item, relation.target) for item in items(element)]
        every = [data.strings(each) for each in found if each is not None]
        known = frozenset(_plain(value) for values in every for value in values or ())
        kept[key] = (element, known if None not in every else frozenset())
    among: frozenset[str] = kept[key][1]
    return among


def _plain(value: str) -> str:
    """Return a number without what doesn't count in it (PS3.5 6.2, IS): "+01" → "1"."""
    try:
        return str(int(value))
    except ValueError:
        return value


def _bounded(visit: ItemVisit, bound: tables.Bound) -> Iterator[Found]:
    slot = visit.slot(bound.tag)
    assert slot is not None  # it is asked where a row names the element
    if bound.tables and all(rule.source.table not in bound.tables for rule in slot.rules):
        return
    values = numbers(visit.dataset, bound.tag)
    if not values:
        return
    low = min(values) <= bound.least if bound.above else min(values) < bound.least
    if low or (bound.most is not None and max(values) > bound.most):
        least = f"more than {bound.least:g}" if bound.above else f"at least {bound.least:g}"
        most = f" and at most {bound.most:g}" if bound.most is not None else ""
        message = f"{named(visit, bound.tag)} shall be {least}{most}."
        yield by_row(visit, RANGE, bound.tag, message)


Asked = tuple[Callable[[ItemVisit, Any], Iterator[Found]], Any]


_BY_ELEMENT: tuple[tuple[Callable[..., Iterator[Found]], tuple[Any, ...]], ...] = (
    (_counted, tables.COUNTED),
    (_same, tables.SAME),
    (_bounded, tables.BOUNDS),
)
_BY_SEQUENCE: tuple[tuple[Callable[..., Iterator[Found]], tuple[Any, ...]], ...] = (
    (_numbered, tables.NUMBERED),
    (_unique, tables.UNIQUE),
    (_persons, tables.PERSONS),
)


def asked() -> dict[int, list[Asked]]:
    """Return what the tables ask, by the tag of the element that it is asked of."""
    found: dict[int, list[Asked]] = {}
    for check, relations in _BY_ELEMENT:
        for relation in relations:
            found.setdefault(relation.tag, []).append((check, relation))
    for check, relations in _BY_SEQUENCE:
        for relation in relations:
            found.setdefault(relation.within, []).append((check, relation))
    for tag in {relation.tag for relation in tables.REFERENCES}:
        alternatives = tuple(each for each in tables.REFERENCES if each.tag == tag)
        found.setdefault(tag, []).append((_referred, alternatives))
    return found
