"""One edition, from its Parts to linked definitions: the passes in their order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from codegen import errata as errata_files
from codegen import source
from codegen.docbook import Book
from codegen.errata import Errata
from codegen.extract.attributes import Tally, read_tables
from codegen.extract.constraints import Constraints
from codegen.extract.dictionary import read_elements, read_uids
from codegen.extract.hand_values import read_section_blocks
from codegen.extract.iods import read_iods
from codegen.extract.names import Names
from codegen.extract.sop_classes import read_sop_classes
from codegen.extract.value_counts import read_section_counts
from codegen.extract.value_tables import read_value_tables
from codegen.extract.values import other_lists, read_section
from codegen.grammar.apply import Conditions, apply
from codegen.link import Edition, link
from codegen.numbers import with_numbers
from dicomspec.model import SectionValues

PARTS = ("03", "04", "06")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of an edition, the problems met, and the tally of rows."""

    edition: Edition
    errata: Errata
    tally: Tally
    conditions: Conditions
    constraints: Constraints


def read_edition(name: str, given: Path | None = None) -> Reading:
    """Read Parts 3, 4 and 6 of an edition; SourceError if one is missing or isn't XML."""
    where = source.folder(name, given)
    errata = errata_files.load(name)
    part3, part4, part6 = (_open(name, number, where, errata) for number in PARTS)
    return read_books(name, part3, part4, part6, errata)


def _open(name: str, number: str, where: Path, errata: Errata) -> Book:
    part = source.open_part(name, number, where)
    if not part.as_in_manifest:
        errata.report(f"part{number}.xml", "", "not the bytes that standard/MANIFEST.toml names")
    return Book(part.root)


def read_books(name: str, part3: Book, part4: Book, part6: Book, errata: Errata) -> Reading:
    """Run the passes over opened Parts."""
    tally = Tally()
    for book in (part3, part4, part6):
        for place in book.duplicates:
            errata.report(place, place, "an id that stands twice; the first is meant")
    elements = read_elements(part6, errata)
    names = Names.of(elements)
    uids = read_uids(part6, errata, tally.left_out)
    iods = read_iods(part3, errata)
    edition = Edition(
        name=name,
        iods=tuple(iods),
        tables=tuple(read_tables(part3, names, errata, tally)),
        section_values=tuple(_section_values(part3, names, tally, errata)),
        elements=tuple(elements),
        uids=tuple(uids),
        sop_classes=tuple(read_sop_classes(part4, iods, uids, errata)),
    )
    linked = link(edition, part3, errata)
    conditions = Conditions(elements, errata)
    constraints = Constraints(part3, names, linked.tables, errata)
    understood = replace(
        linked,
        iods=apply(constraints.read(linked.iods), conditions),
        tables=apply(linked.tables, conditions),
        section_values=apply(linked.section_values, conditions),
    )
    errata.close()
    return Reading(with_numbers(understood), errata, tally, conditions, constraints)


def _section_values(
    book: Book, names: Names, tally: Tally, errata: Errata
) -> Iterator[SectionValues]:
    """Yield the lists that stand in sections, outside of any table of Attributes."""
    for section in book.sections.values():
        tally.other_lists += other_lists(section.element)
        lists = (
            *read_section(section, names),
            *read_value_tables(section, names),
            *read_section_blocks(section, errata),
        )
        counts = read_section_counts(section, errata)
        tally.count_sentences += counts.unread
        if lists or counts.counts:
            yield SectionValues(section.id, section.page, lists, counts.counts)
