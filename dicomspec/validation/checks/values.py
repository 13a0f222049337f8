"""What is in each element, whether the IOD names it or not: one pass over those of an Item.

How it decides:
1. One fault is one finding: an element with another VR than the registry's isn't looked at further,
   one with a wrong Value isn't counted. Of several wrong Values, the first is named.
2. The VR is the explicit one; that of the registry in implicit VR and for UN (PS3.5 6.2.2). Private
   elements have one if it is explicit. That private creators have another VR, several Values or
   another repertoire is told by who looks at them.
3. VRs and multiplicities of retired elements are recommendations (PS3.5 6.2): such an element is
   only looked at where its VR is explicit, and by that alone.
4. Of what stays in the file only the length counts, and the number of Values.
5. Specific Character Set is that of the Item, or of the nearest around it (PS3.5 7.5.3). That it is
   missing altogether is told by its Type.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from dicomspec import dataset as data
from dicomspec.catalogue import CATALOGUE
from dicomspec.dataset.syntax import LIST_VRS
from dicomspec.edition import Edition
from dicomspec.findings import Finding
from dicomspec.model import DataElement
from dicomspec.validation.checks import (
    character_sets,
    code_extension,
    decoded,
    met,
    multiplicity,
    patterns,
    representations,
    strings,
    text,
)
from dicomspec.validation.checks.binary import SIZES, STREAMS, wrong_length
from dicomspec.validation.checks.strings import REPRESENTATION, Fault
from dicomspec.validation.level import ANYTHING, Level
from dicomspec.validation.scope import Place
from dicomspec.validation.visit import Found, ItemVisit, Run

CHARACTER_SET = 0x00080005
_BY_CONTEXT = frozenset({representations.PIXEL_DATA, *representations.FOLLOWING})
_KEPT = 1 << 14  # rows
_SHORT = 256  # bytes
_UNDECLARED = frozenset({code_extension.BEYOND, code_extension.ESCAPE})
_GROUP_LENGTH = DataElement("", "Group Length", "", ("UL",), "1", retired=True)
_CREATOR = DataElement("", "Private Creator", "", ("LO",), "1-n")


class Row(NamedTuple):
    """What is known of a tag: its VR, "" where that takes looking, and what is fine at a glance."""

    vr: str
    fine: patterns.Fine
    known: DataElement | None


_PRIVATE = Row("", patterns.always, None)
_OWN = Row("LO", patterns.fine("LO", "1-n"), _CREATOR)
_ANY = {vr: patterns.fine(vr, "1-n") for vr in representations.VRS - {"SQ"}}


class _Rows(dict[int, Row]):
    """The rows of an edition, by tag."""

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        self.edition = edition

    def __missing__(self, tag: int) -> Row:
        """Return a tag's row; tags are without number, and not all are kept."""
        found = self._made(tag)
        if len(self) < _KEPT:
            self[tag] = found
        return found

    def _made(self, tag: int) -> Row:
        if tag >> 16 & 1:
            # PS3.5 7.8.1: below group 0009, and in FFFF, there are no private elements
            own = 0x10 <= tag & 0xFFFF <= 0xFF and 8 < tag >> 16 < 0xFFFF
            return _OWN if own else _PRIVATE
        known = _GROUP_LENGTH if not tag & 0xFFFF else self.edition.element(tag)
        return _PRIVATE if known is None else _row(tag, known)


def _row(tag: int, known: DataElement) -> Row:
    if tag == CHARACTER_SET:
        return Row("CS", _announces, known)
    if len(known.vr) != 1 or tag in _BY_CONTEXT:
        return Row("", patterns.never, known)
    vr = known.vr[0]
    return Row(vr, patterns.fine(vr, "1-n" if known.retired else known.vm), known)


_rows = lru_cache(maxsize=8)(_Rows)


@lru_cache(maxsize=64)
def _announces(value: bytes) -> bool:
    """Say whether nothing is wrong with Specific Character Set."""
    text = value.decode("latin-1")
    terms = tuple(term.strip(" ") for term in text.split("\\")) if text.strip(" ") else ()
    return len(value) <= _SHORT and character_sets.fault(terms) is None


def has_elements(_run: Run, _level: Level, tags: frozenset[int]) -> bool:
    """Say whether there are elements at all."""
    return bool(tags)


def of_item(visit: ItemVisit) -> Iterator[Found]:
    """Report what elements of an Item have that their VR, or their multiplicity, doesn't allow."""
    rows = _rows(visit.run.edition)
    for key, element in data.each(visit.dataset):
        # a dict compares pydicom's tags slowly
        row = rows[int(key)]
        own, fine, known = row
        vr, value = element.VR, element.value
        if element.is_raw:
            if known is None and vr is not None:
                fine = _ANY.get(vr, patterns.never)
            elif vr != own and vr is not None:
                fine = patterns.never
            if value is not None and fine(value):
                continue
        elif vr == "SQ" and (own == "SQ" or known is None):
            continue
        yield from _look(visit, int(key), element, row)


def of_file_meta(run: Run) -> Iterator[Found]:
    """Report the same of File Meta Information."""
    meta = run.instance.file_meta
    if meta is not None:
        yield from of_item(ItemVisit(run, (), (Place(meta, ANYTHING),)))


def _look(visit: ItemVisit, tag: int, element: Any, row: Row) -> Iterator[Finding]:
    """Report what is wrong with an element that isn't fine at a glance."""
    if row is _OWN and element.VR not in {"LO", None}:
        return
    other = None if element.VR is None else representations.other(visit, tag, element, row.known)
    if other is not None and other.code == representations.UNKNOWN:
        _meet_unknown(visit, tag, f"{_name(row)} {other.words}")
    elif other is not None and other.code:
        citation = visit.run.edition.cite_section(other.part, other.section, other.row)
        yield visit.finding(other.code, tag, f"{_name(row)} {other.words}.", citation)
    if other is not None and other.code != representations.UNKNOWN:
        return
    vr = _vr(element, row)
    if vr is None or (vr != "AE" and data.is_empty(element)):
        return
    if vr == "SQ":
        yield from _not_followed(visit, tag, element, row)
        return
    fault = _fault(visit, tag, element, vr)
    if isinstance(fault, Fault):
        if row is not _OWN or not fault.code.startswith("charset/"):
            yield _finding(visit, tag, row, fault)
    elif fault is not None and not multiplicity.allows(_multiplicity(row), fault):
        words = multiplicity.words(_multiplicity(row), fault, _name(row))
        citation = visit.run.edition.cite_section("PS3.5", "6.4")
        yield visit.finding("value/multiplicity", tag, words, citation)


def _meet_unknown(visit: ItemVisit, tag: int, words: str) -> None:
    """Count an element as UN: where one is, all may be, and that is one thing to know."""

    def told(number: int) -> str:
        more = f"; {number - 1} more {'is' if number == 2 else 'are'}" if number > 1 else ""
        return f"{words}{more}."

    # PS3.5 6.2.2
    met.once(visit, representations.UNKNOWN, tag, told, ("PS3.5", "6.2.2"))


def _vr(element: Any, row: Row) -> str | None:
    """Return the VR by which an element's value is looked at, None where it isn't."""
    vr: str | None = element.VR
    if vr is not None and vr != "UN" and " or " not in vr:
        return vr if vr in representations.VRS else None
    known = row.known
    if known is None or not known.vr or (known.retired and vr is None):
        return None
    return known.vr[0] if "OB" not in known.vr else None


def _multiplicity(row: Row) -> str:
    """Return what a multiplicity of an element is held to."""
    return "1-n" if row.known is None or row.known.retired else row.known.vm


def _name(row: Row) -> str:
    return row.known.name if row.known is not None else "This element"


def _finding(visit: ItemVisit, tag: int, row: Row, fault: Fault) -> Finding:
    name = f"Value {fault.number} of {_name(row)}" if fault.number else _name(row)
    clause = CATALOGUE[fault.code].clause
    citation = visit.run.edition.cite_clause(clause)
    if fault.section:
        citation = visit.run.edition.cite_section("PS3.5", fault.section)
    elif clause.startswith("PS3.5 6.2"):
        citation = visit.run.edition.cite_section("PS3.5", "6.2", "table_6.2-1")
    return visit.finding(fault.code, tag, f"{name} {fault.words}.", citation)


def _not_followed(visit: ItemVisit, tag: int, element: Any, row: Row) -> Iterator[Finding]:
    """Report a Sequence that can't be followed, where nobody else does."""
    slot = visit.slot(tag)
    if slot is not None and slot.sequence:
        return
    try:
        data.items(element, within=visit.dataset)
    except data.BadElement as bad:
        if not bad.remarked:
            message = f"{_name(row)} can't be followed: {bad.reason}."
            citation = visit.run.edition.cite_section("PS3.5", "7.5")
            yield visit.finding("encoding/sequence-not-followed", tag, message, citation)


def _fault(visit: ItemVisit, tag: int, element: Any, vr: str) -> Fault | int | None:
    """Return what is wrong with an element's value, or else how many Values it has, if known."""
    if tag == CHARACTER_SET:
        terms = data.strings(element)
        found = character_sets.fault(terms) if terms else None
        return Fault(found[0], found[2], found[1]) if found else None
    if not element.is_raw:
        return decoded.fault(vr, element.value) or _number(element, vr)
    value: bytes | None = element.value
    if vr in SIZES or vr in STREAMS:
        return _of_binary(visit, element, vr)
    if value is None:
        return _number(element, vr)
    if vr in text.FORMS:
        return _of_text(visit, tag, vr, value)
    return strings.fault(vr, value) or (value.count(b"\\") + 1 if vr in LIST_VRS else 1)


def _of_text(visit: ItemVisit, tag: int, vr: str, value: bytes) -> Fault | int | None:
    repertoire = _repertoire(visit)
    found = text.read(vr, value, repertoire)
    if isinstance(found, list):
        return len(found)
    if found is None or repertoire is not character_sets.DEFAULT or found.code not in _UNDECLARED:
        return found
    return None if _asks_for_character_set(visit, tag) else found


def _asks_for_character_set(visit: ItemVisit, tag: int) -> bool:
    """Say whether the missing Specific Character Set is told of, for text of an element."""
    root = visit.chain[0]
    slots = root.level.slots if root.level is not None else {}
    # PS3.3 C.12.1: of Type 1C, by text that isn't private
    element = data.element(root.dataset, CHARACTER_SET)
    told = CHARACTER_SET in slots and (element is None or data.is_empty(element))
    return told and not tag >> 16 & 1


def _of_binary(visit: ItemVisit, element: Any, vr: str) -> Fault | int | None:
    length = getattr(element, "extent", None) or element.length
    words = wrong_length(vr, length, odd_is_told=visit.run.instance.is_file)
    return _number(element, vr) if words is None else Fault(REPRESENTATION, words)


def _number(element: Any, vr: str) -> int | None:
    """Return how many Values an element has, None where that isn't known."""
    # PS3.5 6.4: these have one, however long
    if vr in STREAMS:
        return None
    if element.is_raw and vr in SIZES:
        length: int = getattr(element, "extent", None) or element.length
        return length // SIZES[vr] if length % SIZES[vr] == 0 else None
    return data.how_many(element)


def _repertoire(visit: ItemVisit) -> character_sets.Repertoire | None:
    """Return what text of the Item may be made of, None where that can't be told."""
    for place in reversed(visit.chain):
        element = data.element(place.dataset, CHARACTER_SET)
        if element is not None:
            terms = data.strings(element)
            return None if terms is None else character_sets.repertoire(terms)
    return character_sets.DEFAULT
