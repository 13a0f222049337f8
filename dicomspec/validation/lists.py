"""Which lists of values, and numbers of Values, count for which Attribute of an Item (PS3.5 6.3).

How it decides:
1. A row's own lists are for its Attribute, or for those that they name. So are the lists of the
   sections that the row points to; of those of the sections below, only the ones that name the
   row's Attribute.
2. A list for another Attribute counts for that one's row in the same table; where the table has no
   such row, for nothing.
3. What an Include says of the values of an Attribute counts for the rows of the included table,
   what a Sequence says for the rows right below it.
4. What the IOD's own sections lay down of values counts at the place that they name, whatever
   Module the row there is of.
5. A list that two rows reach counts once.
6. All this holds for numbers of Values too, but that no IOD lays down any.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dicomspec.edition import Edition
from dicomspec.findings import Citation
from dicomspec.model import (
    IOD,
    Attribute,
    Include,
    SectionValues,
    ValueConstraint,
    ValueCount,
    ValueList,
)
from dicomspec.validation.level import Counted, Listed, Rule, Source

Said = ValueList | ValueCount
Constraints = Mapping[str, tuple[Listed, ...]]  # by the tag that they are for


@dataclass(slots=True)
class _Reach:
    """The lists and numbers that rows of one Source have for its Attributes, by tag."""

    lists: dict[str, dict[int, Listed]]
    counts: dict[str, dict[int, Counted]]

    def add(self, tag: str, said: Said, citation: Citation) -> None:
        if isinstance(said, ValueCount):
            self.counts.setdefault(tag, {}).setdefault(id(said), Counted(said, citation))
        else:
            self.lists.setdefault(tag, {}).setdefault(id(said), Listed(said, citation))


def with_lists(rules: list[Rule], edition: Edition, constraints: Constraints) -> list[Rule]:
    """Return the Rules of one Item with the lists, and numbers, that count for each."""
    reached: dict[int, _Reach] = {}
    for rule in rules:
        reach = reached.setdefault(id(rule.source), _Reach({}, {}))
        for tag, said, citation in (*_of_row(rule, edition), *_of_rows_above(rule, edition)):
            reach.add(tag, said, citation)
    return [_listed(rule, reached[id(rule.source)], constraints) for rule in rules]


def _listed(rule: Rule, reach: _Reach, constraints: Constraints) -> Rule:
    tag = rule.attribute.tag
    lists = (*reach.lists.get(tag, {}).values(), *constraints.get(tag, ()))
    counts = tuple(reach.counts.get(tag, {}).values())
    found = (lists or counts) and not rule.children
    return replace(rule, lists=lists, counts=counts) if found else rule


def _of_row(rule: Rule, edition: Edition) -> Iterator[tuple[str, Said, Citation]]:
    row = rule.attribute
    for said in _said(row):
        for tag in said.tags or (row.tag,):
            yield tag, said, edition.cite(rule.source.table, said.paragraph)
    for section in _sections(row.see, edition):
        for said in _said(section):
            for tag in said.tags or (row.tag,):
                yield tag, said, _cite(edition, section, said)
    for section in (each for name in row.see for each in edition.values_below.get(name, ())):
        for said in _said(section):
            if row.tag in said.tags:
                yield row.tag, said, _cite(edition, section, said)


def _of_rows_above(rule: Rule, edition: Edition) -> Iterator[tuple[str, Said, Citation]]:
    """Yield what the Includes, and the Sequence, above a row say of its Attribute."""
    tag = rule.attribute.tag
    for row, table in rule.source.above:
        for said in _said(row):
            if tag in said.tags:
                yield tag, said, edition.cite(table, said.paragraph)
        sections = _sections(row.see, edition) if isinstance(row, Include) else ()
        for section in sections:
            for said in _said(section):
                if tag in said.tags:
                    yield tag, said, _cite(edition, section, said)


def _said(place: Attribute | Include | SectionValues) -> tuple[Said, ...]:
    """Return the lists and numbers of a row or a section."""
    if isinstance(place, SectionValues):
        return (*place.lists, *place.counts)
    return (*place.values, *place.value_counts)


def with_row(
    source: Source, row: Include | Attribute
) -> tuple[tuple[Include | Attribute, str], ...]:
    """Return what is above the rows of an Include or a Sequence: that row too, if it has lists."""
    lists = row.values or row.value_counts or (isinstance(row, Include) and row.see)
    return (*source.above, (row, source.table)) if lists else source.above


def constraints(iod: IOD, edition: Edition) -> Constraints:
    """Return what an IOD's own sections lay down of values, by the Attribute's tag."""
    found: dict[str, tuple[Listed, ...]] = {}
    for each in iod.values:
        tag = each.path[-1]
        found[tag] = (*found.get(tag, ()), _constraint(each, edition))
    return found


def _constraint(each: ValueConstraint, edition: Edition) -> Listed:
    citation = edition.cite_place(each.section, each.page, each.values.paragraph)
    return Listed(each.values, citation, path=each.path)


def _sections(names: Iterable[str], edition: Edition) -> Iterator[SectionValues]:
    for name in names:
        section = edition.section_values.get(name)
        if section is not None:
            yield section


def _cite(edition: Edition, section: SectionValues, said: Said) -> Citation:
    return edition.cite_place(section.section, section.page, said.paragraph)
