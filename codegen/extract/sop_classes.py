"""SOP Classes and their IODs (PS3.4 B.5, B.6, GG.3, I.4, and whatever else maps one).

How it reads:
1. Any table whose header begins with "SOP Class Name" and "SOP Class UID" lists SOP Classes; one
   that has an "IOD Specification" column maps them to the section of PS3.3 that the reference
   points to.
2. A table captioned "Retired …" lists retired ones; the registry of UIDs (PS3.6 A-1) says so too.
3. A SOP Class that only the registry of UIDs names has no IOD.
4. A UID that isn't one, one that the registry lacks, and an IOD column without a reference are
   named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codegen.docbook import Book, Row, Table, even
from codegen.errata import Errata
from dicomspec.model import IOD, UID, SOPClass

_UID = re.compile(r"[0-9]+(?:\.[0-9]+)+")


@dataclass(frozen=True, slots=True)
class _Listed:
    uid: str
    name: str
    section: str | None
    retired: bool
    table: str
    row: str


def read_sop_classes(
    book: Book, iods: Iterable[IOD], uids: Iterable[UID], errata: Errata
) -> list[SOPClass]:
    """Return every SOP Class of Part 4 and of the registry, by UID in order of first mention."""
    sections = _by_section(iods)
    registry = {uid.uid: uid for uid in uids}
    found: dict[str, SOPClass] = {}
    for listed in _listed(book, errata):
        if listed.uid not in registry:
            errata.report(listed.row, listed.uid, f"{listed.uid} is not in the registry of UIDs")
        iod = _iod(listed, sections, errata)
        known = found.get(listed.uid)
        if known is None or (known.iod is None and iod is not None):
            retired = listed.retired or (listed.uid in registry and registry[listed.uid].retired)
            found[listed.uid] = SOPClass(
                listed.uid, listed.name, iod, retired, listed.table, listed.row
            )
    for uid in registry.values():
        if "SOP Class" in uid.type and uid.uid not in found:
            found[uid.uid] = SOPClass(uid.uid, uid.name, retired=uid.retired)
    return list(found.values())


def _by_section(iods: Iterable[IOD]) -> dict[str, IOD | None]:
    """Return section → its only IOD; None where a section holds several."""
    found: dict[str, IOD | None] = {}
    for iod in iods:
        parts = iod.section.split(".")
        for length in range(2, len(parts) + 1):
            section = ".".join(parts[:length])
            found[section] = None if section in found and length < len(parts) else iod
    return found


def _iod(listed: _Listed, sections: dict[str, IOD | None], errata: Errata) -> str | None:
    if listed.section is None:
        return None
    reading = errata.reading(listed.row, listed.name)
    if "iod" in reading:
        return str(reading["iod"])
    iod = sections.get(listed.section)
    if iod is None:
        errata.report(listed.row, listed.name, f"{listed.section} describes no single IOD")
    return iod.name if iod else None


def _listed(book: Book, errata: Errata) -> Iterator[_Listed]:
    for table in book.tables:
        header = [even(title) for title in table.header]
        if header[:2] != ["SOP Class Name", "SOP Class UID"]:
            if "SOP Class UID" in header:
                errata.report(table.id, table.caption, "a table of SOP Classes that isn't read")
            continue
        iod = next(
            (n for n, title in enumerate(header) if title.startswith("IOD Specification")), None
        )
        for row in table.rows:
            listed = _read(row, table, iod)
            if not _UID.fullmatch(listed.uid):
                errata.report(row.id, row.text, "a SOP Class whose UID isn't one")
                continue
            if iod is not None and listed.section is None:
                errata.report(row.id, row.text, "a SOP Class without a reference to its IOD")
            yield listed


def _read(row: Row, table: Table, iod: int | None) -> _Listed:
    name, uid = (cell.text if (cell := row.at(n)) else "" for n in (0, 1))
    reference = row.at(iod) if iod is not None else None
    sections = [
        ref for ref in (reference.references if reference else ()) if ref.startswith("sect_")
    ]
    return _Listed(
        uid="".join(uid.split()),
        name=name,
        section=sections[0] if sections else None,
        retired=table.caption.startswith("Retired"),
        table=table.id,
        row=row.id,
    )
