"""Content constraints: what the sections of an IOD in Annex A lay down beside its tables.

How it decides:
1. A section belongs to the nearest section above it that is an IOD's. Each of its blocks counts: a
   paragraph outside of any Note, a list of values, a table without a table's caption of Modules.
2. A block is read by hand (`constraints.toml`) where its place is there with the digest of its
   text; a place with another text is named, and its text not read.
3. A sentence is read by form: "X shall be V" (`said_values`), "X shall not be present", "The Module
   M shall not be present" or "used"; a list of values is for what its title or section names.
4. A block that holds none of these and is of a kind that lays down no values (`_KINDS`) is counted
   as such; any other is not read, and counted.
5. An Attribute is where its IOD has it: of the paths that end in the Sequences and the tag that are
   named, the one at the root, else all of them.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from codegen.docbook import Book, Element, Section, digest, tag, text, xml_id
from codegen.errata import Errata
from codegen.extract.conditions import Unread
from codegen.extract.hand_values import blocks, place_of
from codegen.extract.names import Names
from codegen.extract.paths import Paths
from codegen.extract.said_values import read_said
from codegen.extract.sentences import Paragraph
from codegen.extract.values import read_section
from codegen.source import SourceError
from dicomspec.model import (
    IOD,
    ModuleExclusion,
    PresenceConstraint,
    Table,
    ValueConstraint,
    ValueList,
)

HAND = Path(__file__).with_name("constraints.toml")
_PASSED_OVER = frozenset(
    {tag("note"), tag("section"), tag("title"), tag("variablelist"), tag("figure")}
)
_EXCLUDED = re.compile(
    r"^The (?P<modules>(?:(?:(?:the )?\[sect_[^\]]*\]|[A-Z][A-Za-z -]* Module)(?:,? and |, )?)+)"
    r" shall not be (?:present|used)"
    r"(?: in this IOD| in a Standard Extended SOP Class of the .*)?\.?$"
)
_MODULE = re.compile(r"\[(?P<section>sect_[^\]]*)\]|(?P<name>[A-Z][A-Za-z -]*?) Module\b")
_ABSENT = re.compile(r" shall not be (?:present|used)(?: for this IOD)?\.?$")
_UNREAD = (
    ("a number of Items", re.compile(r"^The number of .*\bItems shall be\b")),
    (
        "a range of numbers",
        re.compile(r"\bshall be (?:less than or equal to|between) ?\d[^.]*\.?$"),
    ),
)
_KINDS = (
    ("Context Groups and codes", re.compile(r"\[sect_CID_|\bContext Group is|\[DCM_")),
    ("Templates", re.compile(r"\[sect_TID_")),
    (
        "tables of the IOD",
        re.compile(
            r"^\[(?:table|figure)_[^\]]*\] (?:specifies|identifies|illustrates)"
            r"|^IE Module|^Functional Group Macro (?:Section )?Usage\b"
        ),
    ),
    ("relations of Content Items", re.compile(r"^Source Value Type\b|\bby-(?:value|reference)\b")),
    (
        "what leads to a list",
        re.compile(
            r"\bfollowing Enumerated Values\b[^:]*:$|\bfrom the (?:specified|identified) CIDs?:$"
            r"|\bselected from the following:$"
        ),
    ),
    (
        "no requirement",
        re.compile(
            r"(?:not constrained|unconstrained)\.?$"
            r"|^(?!.*\b(?:shall|must|constrained|not permitted)\b)",
            re.DOTALL,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Hand:
    """What a person read in a block: one of `of`, or why nothing (`nothing`) or not (`unread`)."""

    of: tuple[Mapping[str, Any], ...] = ()
    nothing: str = ""
    unread: str = ""


@dataclass
class Found:
    """The constraints of one IOD."""

    values: list[ValueConstraint] = field(default_factory=list)
    presence: list[PresenceConstraint] = field(default_factory=list)
    excluded: list[ModuleExclusion] = field(default_factory=list)


def load(path: Path = HAND) -> dict[tuple[str, str], Hand]:
    """Return the hand readings by (place, digest); SourceError where a place has two."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("block", [])
    found: dict[tuple[str, str], Hand] = {}
    for entry in entries:
        hand = Hand(tuple(entry.get("of", ())), entry.get("nothing", ""), entry.get("unread", ""))
        for place in entry["places"]:
            if (place, entry["digest"]) in found:
                raise SourceError(f"{path}: {place} is read twice")
            found[place, entry["digest"]] = hand
    return found


class Constraints:
    """Reads the content constraints of one edition; counts what became of each block."""

    def __init__(
        self,
        book: Book,
        names: Names,
        tables: Sequence[Table],
        errata: Errata,
        hand: Mapping[tuple[str, str], Hand] | None = None,
    ) -> None:
        self._book = book
        self._names = names
        self._tables = {table.id: table for table in tables}
        self._errata = errata
        self._hand = load() if hand is None else hand
        self._read_before = {place for place, _ in self._hand}
        self.blocks: Counter[str] = Counter()
        self.unread: list[tuple[str, str]] = []  # place, why

    def read(self, iods: Sequence[IOD]) -> tuple[IOD, ...]:
        """Return the IODs with their content constraints."""
        roots = {_root(self._book.sections[iod.section]).id: iod.table for iod in iods}
        sections: dict[str, list[Section]] = defaultdict(list)
        for section in self._book.sections.values():
            owner = _owner(section, roots)
            if owner is not None and section.id.startswith("sect_A."):
                sections[owner].append(section)
        return tuple(self._iod(iod, sections.get(iod.table, [])) for iod in iods)

    def _iod(self, iod: IOD, sections: Sequence[Section]) -> IOD:
        reader = _Reader(self, Paths(iod, self._tables))
        for section in sections:
            for block in blocks(section.element, _PASSED_OVER):
                reader.block(section, block)
            reader.lists(section)
        found = reader.found
        return replace(
            iod,
            values=tuple(dict.fromkeys(found.values)),
            presence=tuple(dict.fromkeys(found.presence)),
            excluded=tuple(dict.fromkeys(found.excluded)),
        )

    def by_hand(self, place: str, printed: str) -> Hand | None:
        """Return what a person read in a block; a text that changed since then is named."""
        hand = self._hand.get((place, digest(printed)))
        if hand is None and place in self._read_before:
            self.report(place, printed, "the text changed since it was read by hand")
        return hand

    def report(self, place: str, printed: str, what: str) -> None:
        """Name a problem."""
        self._errata.report(place, printed, what)

    def module(self, section: str) -> str:
        """Return the name of the Module that a section describes, as tables of Modules have it."""
        title = self._book.sections[section].title if section in self._book.sections else section
        return re.sub(r"(?: Module)?(?: \(Retired\))?$", "", title)

    @property
    def names(self) -> Names:
        """The names of Attributes."""
        return self._names


class _Reader:
    """Reads the blocks of one IOD."""

    def __init__(self, constraints: Constraints, paths: Paths) -> None:
        self._all = constraints
        self._paths = paths
        self.found = Found()

    def block(self, section: Section, block: Element) -> None:
        """Read a paragraph or a table."""
        printed, place = text(block), place_of(block)
        if not printed or _is_caption(block):
            return
        hand = self._all.by_hand(place, printed)
        if hand is not None:
            self._by_hand(hand, section, place, printed)
        elif block.tag == tag("para") and self._sentences(section, Paragraph(place, printed)):
            self._all.blocks["read"] += 1
        else:
            self._class(place, printed)

    def lists(self, section: Section) -> None:
        """Read the lists of values of a section."""
        for one in read_section(section, self._all.names):
            named = self._all.names.mentions(_said_before(section, one.paragraph))
            sequences = [m.tag for m in named if m.tag in self._all.names.sequences]
            self._all.blocks["read"] += bool(one.tags)
            for name in one.tags:
                path = (*reversed(sequences), name)
                self._value(section, one.paragraph, path, replace(one, tags=()))
            if not one.tags:
                self._unread(one.paragraph, "a list of values for no Attribute that is named")

    def _class(self, place: str, printed: str) -> None:
        why = next((name for name, pattern in _UNREAD if pattern.search(printed)), None)
        kind = next((name for name, pattern in _KINDS if pattern.search(printed)), None)
        if why or kind is None:
            self._unread(place, why or "not understood")
        else:
            self._all.blocks[kind] += 1

    def _unread(self, place: str, why: str) -> None:
        self._all.blocks["not read"] += 1
        self._all.unread.append((place, why))

    def _sentences(self, section: Section, paragraph: Paragraph) -> bool:
        """Read a paragraph, if each of its sentences that says "shall" is of a known form."""
        read = [
            (sentence, self._sentence(section, paragraph.id, sentence))
            for sentence in paragraph.sentences
            if re.search(r"\bshall\b", sentence)
        ]
        if not read or any(found is None for _, found in read):
            return False
        for _, found in read:
            self._add(found or Found())
        return True

    def _sentence(self, section: Section, place: str, sentence: str) -> Found | None:
        excluded = _EXCLUDED.match(sentence)
        if excluded is not None:
            return Found(excluded=list(self._modules(section, excluded["modules"])))
        absent = _ABSENT.search(sentence)
        mentions = self._all.names.mentions(sentence)
        if (
            absent
            and len(mentions) == 1
            and re.match(r"^(?:The )?$", sentence[: mentions[0].start])
        ):
            return Found(presence=list(self._absent(section, place, (mentions[0].tag,))))
        said = read_said(sentence, self._all.names)
        if said is None or said.tag is None:
            return None
        values = ValueList(closed=True, values=said.values, paragraph=place, number=said.number)
        path = (*reversed(said.sequences), said.tag)
        return Found(values=list(self._values(section, place, path, values)))

    def _add(self, found: Found) -> None:
        self.found.values += found.values
        self.found.presence += found.presence
        self.found.excluded += found.excluded

    def _modules(self, section: Section, printed: str) -> Iterator[ModuleExclusion]:
        for match in _MODULE.finditer(printed):
            name = self._all.module(match["section"]) if match["section"] else match["name"]
            yield ModuleExclusion(name, section.id, section.page)

    def _value(self, section: Section, place: str, path: Sequence[str], values: ValueList) -> None:
        self.found.values += self._values(section, place, path, values)

    def _values(
        self, section: Section, place: str, path: Sequence[str], values: ValueList
    ) -> Iterator[ValueConstraint]:
        for each in self._where(place, path):
            yield ValueConstraint(each, values, section.id, section.page)

    def _absent(
        self, section: Section, place: str, path: Sequence[str]
    ) -> Iterator[PresenceConstraint]:
        for each in self._where(place, path):
            yield PresenceConstraint(each, forbidden=True, section=section.id, page=section.page)

    def _where(self, place: str, path: Sequence[str]) -> list[tuple[str, ...]]:
        found = self._paths.ending(tuple(path))
        if not found:
            shown = " > ".join(path)
            self._all.report(f"{place} constraint", shown, f"{shown} is not in the IOD")
        return found

    def _by_hand(self, hand: Hand, section: Section, place: str, printed: str) -> None:
        if hand.unread:
            self._unread(place, hand.unread)
            return
        self._all.blocks[hand.nothing or "read"] += 1
        for number, one in enumerate(hand.of):
            if "exclude" in one:
                for name in map(self._all.module, one["exclude"]):
                    self.found.excluded.append(ModuleExclusion(name, section.id, section.page))
            else:
                condition = _condition(one, place, printed, number)
                self._by_hand_one(one, section, place, condition)

    def _by_hand_one(
        self, one: Mapping[str, Any], section: Section, place: str, condition: Unread | None
    ) -> None:
        if "values" in one:
            values = ValueList(
                closed=True,
                values=tuple(one["values"]),
                paragraph=place,
                number=one.get("number"),
                condition=condition,
            )
            self._value(section, place, one["path"], values)
            return
        for path in self._where(place, one["path"]):
            self.found.presence.append(
                PresenceConstraint(path, one["absent"], section.id, section.page, condition)
            )


def _condition(one: Mapping[str, Any], place: str, printed: str, number: int) -> Unread | None:
    """Return the condition of a hand reading, in whose wording it is read."""
    if "when" not in one:
        return None
    wording = f"Required when {one['when']}; not permitted otherwise."
    return Unread(place, digest(f"{number} {printed}"), printed, wording)


def _root(section: Section) -> Section:
    """Return the section of an IOD from that of its table of Modules."""
    parent = section.parent
    return section if parent is None or parent.depth == 0 else parent


def _owner(section: Section, roots: Mapping[str, str]) -> str | None:
    at: Section | None = section
    while at is not None and at.id not in roots:
        at = at.parent
    return roots[at.id] if at is not None else None


def _is_caption(block: Element) -> bool:
    """Tell whether a table is one that has been read elsewhere: of Modules, of Macros."""
    caption = block.find(tag("caption"))
    return caption is not None and bool(
        re.search(r"IOD Modules$|Functional Group Macros$", text(caption))
    )


def _said_before(section: Section, place: str) -> str:
    """Return the paragraph right before the list that has a place."""
    for each in section.element.iter(tag("variablelist")):
        if any(xml_id(inner) == place for inner in each.iter(tag("para"))):
            before = each.getprevious()
            return text(before) if before is not None and before.tag == tag("para") else ""
    return ""
