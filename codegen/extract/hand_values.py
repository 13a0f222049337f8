"""Lists of values read by hand, from `values.toml`: of sentences, tables and odd lists.

How it decides:
1. An entry counts for a paragraph, table or list (by its first paragraph) and only while its text
   has the digest: another text never takes an old reading, and its place is named.
2. `lists` are what it lays down; `tags` are the Attributes that a list is for where its own words
   don't say so.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from codegen.docbook import Element, Section, digest, tag, text, xml_id
from codegen.errata import Errata
from codegen.extract.conditions import Unread
from codegen.extract.names import Names
from codegen.extract.said_values import read_said
from codegen.extract.sentences import Paragraph, paragraphs
from codegen.source import SourceError
from dicomspec.model import ValueList

HAND = Path(__file__).with_name("values.toml")
_TABLES = frozenset({tag("table"), tag("informaltable")})
_PASSED_OVER = frozenset({tag("note"), tag("section"), tag("title"), tag("variablelist")})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person read at a place: lists, or the Attributes of a list that is there."""

    lists: tuple[Mapping[str, Any], ...] = ()
    tags: tuple[str, ...] = ()


@lru_cache(maxsize=4)
def load(path: Path = HAND) -> dict[tuple[str, str], Entry]:
    """Return the entries by (place, digest); SourceError where a place has two."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("values", []):
        read = Entry(tuple(entry.get("lists", ())), tuple(entry.get("tags", ())))
        for place in entry["places"]:
            if (place, entry["digest"]) in found:
                raise SourceError(f"{path}: {place} is read twice")
            found[place, entry["digest"]] = read
    return found


@lru_cache(maxsize=4)
def _places(path: Path) -> frozenset[str]:
    return frozenset(place for place, _ in load(path))


def read_by_hand(place: str, printed: str, errata: Errata | None, path: Path = HAND) -> Entry:
    """Return what a person read at a place; a text that changed since then is named."""
    entry = load(path).get((place, digest(printed)))
    if entry is None and place in _places(path) and errata is not None:
        errata.report(place, printed, "the text changed since its values were read by hand")
    return entry or Entry()


def lists_by_hand(
    place: str, printed: str, errata: Errata, path: Path = HAND
) -> Iterator[ValueList]:
    """Yield the lists that a person read in a paragraph or table."""
    for number, one in enumerate(read_by_hand(place, printed, errata, path).lists):
        when = f"Required when {one['when']}; not permitted otherwise." if "when" in one else ""
        condition = Unread(place, digest(f"{number} {printed}"), printed, when) if when else None
        yield ValueList(
            closed=one.get("closed", True),
            values=tuple(one["values"]),
            paragraph=place,
            number=one.get("number"),
            tags=tuple(one.get("tags", ())),
            condition=condition,
        )


def read_row_sentences(
    element: Element, own: str | None, names: Names, errata: Errata, path: Path = HAND
) -> Iterator[ValueList]:
    """Yield what the sentences of a row lay down; `own` is the row's Attribute."""
    for paragraph in paragraphs(element):
        found = list(lists_by_hand(paragraph.id, paragraph.text, errata, path))
        yield from found or _said(paragraph, own, names)


def _said(paragraph: Paragraph, own: str | None, names: Names) -> Iterator[ValueList]:
    """Yield what whole sentences say; a point of a list holds only under what leads to it."""
    for sentence in paragraph.sentences if not paragraph.depth else ():
        said = read_said(sentence, names)
        if said is not None and not said.sequences and (said.tag or own):
            tags = (said.tag,) if said.tag not in {None, own} else ()
            yield ValueList(
                closed=True,
                values=said.values,
                paragraph=paragraph.id,
                number=said.number,
                tags=tuple(name for name in tags if name),
            )


def read_section_blocks(section: Section, errata: Errata, path: Path = HAND) -> Sequence[ValueList]:
    """Return what a person read in the paragraphs and tables that stand in a section itself."""
    return [
        one
        for block in blocks(section.element)
        for one in lists_by_hand(place_of(block), text(block), errata, path)
    ]


def blocks(element: Element, passed_over: frozenset[str] = _PASSED_OVER) -> Iterator[Element]:
    """Yield the paragraphs and tables of a section itself; Notes and lists of values are left out.

    `passed_over` are the tags of what is left out with all that is in it.
    """
    for child in element:
        if child.tag == tag("para") or child.tag in _TABLES:
            yield child
        elif child.tag not in passed_over and isinstance(child.tag, str):
            yield from blocks(child, passed_over)


def place_of(block: Element) -> str:
    """Return the id of a block, or of the first paragraph in it that has one."""
    return xml_id(block) or next((xml_id(p) for p in block.iter(tag("para")) if xml_id(p)), "")
