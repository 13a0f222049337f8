"""The registries of PS3.6: Data Elements (Tables 6-1, 7-1, 8-1, 9-1) and UIDs (A-1, A-2).

How it reads:
1. A table is one of Data Elements when its header has Tag, Keyword, VR and VM; of UIDs when it has
   a UID, a name and a type, or a normative reference (well-known frames of reference).
2. "RET" in the last column means retired; "(Retired)" in a UID's name likewise.
3. A row without a keyword (a tag that is reserved, a group length) keeps an empty one.
4. The UIDs of Context Groups and Templates (A-3, A-4) belong to PS3.16 and are left out; Table
   B.1-1 repeats UIDs of A-1. Any other table with tags and VRs, or with UIDs, is named as a
   problem.
"""

import re
from collections.abc import Iterator

from codegen.docbook import Book, Row, Table
from codegen.errata import Errata
from codegen.extract.sentences import TAG, written
from dicomspec.model import UID, DataElement

_RETIRED = re.compile(r"\s*\(Retired\)$")
_VR = re.compile(r"[A-Z]{2}")
_VM = re.compile(r"^(\d+(?:-\d*n?)?(?: or \d+(?:-\d*n?)?)?|\d+-n)$")
_NO_SPACE = re.compile(r"\s+")
_LEFT_OUT = {
    "Context Group UID Values": "Context Groups belong to PS3.16",
    "Template UID Values": "Templates belong to PS3.16",
    "Standard Color Palettes": "its UIDs stand in Table A-1",
}


def read_elements(book: Book, errata: Errata) -> list[DataElement]:
    """Return every row of every registry of Data Elements, in order."""
    return [
        element
        for table in book.tables
        if _is_registry(table, errata)
        for element in _elements(table, errata)
    ]


def _is_registry(table: Table, errata: Errata) -> bool:
    if table.header[:5] == ("Tag", "Name", "Keyword", "VR", "VM"):
        return True
    if {"Tag", "VR"} <= set(table.header):
        errata.report(table.id, table.caption, "a table with tags and VRs that isn't a registry")
    return False


def _elements(table: Table, errata: Errata) -> Iterator[DataElement]:
    for row in table.rows:
        reading = errata.reading(row.id, row.text)
        if reading.get("leave_out"):
            continue
        cells = [_text(row, column) for column in range(6)]
        match = TAG.fullmatch(reading.get("tag", cells[0]))
        if match is None:
            errata.report(row.id, row.text, "a registry row whose tag isn't one")
            continue
        vm = reading.get("vm", cells[4])
        if vm and not _VM.match(vm):
            errata.report(row.id, row.text, "a VM that isn't one")
        yield DataElement(
            tag=written(match),
            name=reading.get("name", cells[1]),
            keyword=_NO_SPACE.sub("", cells[2]),
            vr=tuple(_VR.findall(cells[3].split("See")[0])),
            vm=vm,
            retired=cells[5].startswith("RET"),
        )


def read_uids(book: Book, errata: Errata, left_out: list[tuple[str, str]]) -> list[UID]:
    """Return the rows of Tables A-1 and A-2, in order; tables of other UIDs go to `left_out`."""
    uids: list[UID] = []
    for table in book.tables:
        header = [title.lower() for title in table.header]
        registry = {"uid type", "normative reference"} & set(header)
        if table.caption in _LEFT_OUT:
            left_out.append((table.id, _LEFT_OUT[table.caption]))
        elif header[:2] == ["uid value", "uid name"] and registry:
            uids += _uids(table, header, errata)
        elif any(re.search(r"\buid\b", title) for title in header):
            errata.report(table.id, table.caption, "a table of UIDs that isn't a registry")
    return uids


def _uids(table: Table, header: list[str], errata: Errata) -> Iterator[UID]:
    keyword = header.index("uid keyword") if "uid keyword" in header else None
    kind = header.index("uid type") if "uid type" in header else None
    for row in table.rows:
        value = _NO_SPACE.sub("", _text(row, 0))
        if not re.fullmatch(r"[0-9.]+", value):
            errata.report(row.id, row.text, "a registry row whose UID isn't one")
            continue
        name = _text(row, 1)
        yield UID(
            uid=value,
            name=_RETIRED.sub("", name),
            keyword=_NO_SPACE.sub("", _text(row, keyword)) if keyword is not None else "",
            type=_text(row, kind) if kind is not None else "Well-known frame of reference",
            retired=bool(_RETIRED.search(name)),
        )


def _text(row: Row, column: int) -> str:
    cell = row.at(column)
    return cell.text if cell else ""
