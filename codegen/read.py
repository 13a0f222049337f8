"""One edition, from its Parts to linked definitions: the passes in their order."""

from dataclasses import dataclass
from pathlib import Path

from codegen import errata as errata_files
from codegen import source
from codegen.docbook import Book
from codegen.errata import Errata
from codegen.extract.attributes import Tally, read_tables
from codegen.extract.dictionary import read_elements, read_uids
from codegen.extract.iods import read_iods
from codegen.extract.sop_classes import read_sop_classes
from codegen.extract.values import read_lists
from codegen.link import Edition, link
from dicomspec.model import SectionValues

PARTS = ("03", "04", "06")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of an edition, the problems met, and the tally of rows."""

    edition: Edition
    errata: Errata
    tally: Tally


def read_edition(name: str, given: Path | None = None) -> Reading:
    """Read Parts 3, 4 and 6 of an edition; SourceError if one is missing or isn't XML."""
    where = source.folder(name, given)
    errata = errata_files.load(name)
    books = []
    for number in PARTS:
        part = source.open_part(name, number, where)
        if not part.as_in_manifest:
            errata.report(f"part{number}.xml", "", "not the bytes that standard/MANIFEST.toml names")
        books.append(Book(part.root))
    return read_books(name, *books, errata)


def read_books(name: str, part3: Book, part4: Book, part6: Book, errata: Errata) -> Reading:
    """Run the passes over opened Parts."""
    tally = Tally()
    for book in (part3, part4, part6):
        for place in book.duplicates:
            errata.report(place, place, "an id that stands twice; the first is meant")
    tables = read_tables(part3, errata, tally)
    iods = read_iods(part3, errata)
    elements = read_elements(part6, errata)
    uids = read_uids(part6, errata)
    edition = Edition(
        name=name,
        iods=tuple(iods),
        tables=tuple(tables),
        section_values=tuple(_section_values(part3)),
        elements=tuple(elements),
        uids=tuple(uids),
        sop_classes=tuple(read_sop_classes(part4, iods, uids, errata)),
    )
    linked = link(edition, part3, errata)
    errata.close()
    return Reading(linked, errata, tally)


def _section_values(book: Book) -> list[SectionValues]:
    """Return the lists that stand in sections, outside of any table."""
    read = ((section, read_lists(section.element)) for section in book.sections.values())
    return [SectionValues(section.id, section.page, lists) for section, lists in read if lists]
