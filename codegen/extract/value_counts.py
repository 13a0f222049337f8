"""Numbers of Values that rows and sections lay down, beyond the registry's (PS3.5 6.4).

How it decides:
1. An entry of `value_counts.toml` counts for a paragraph and only while its text has the digest:
   another text never takes an old reading, and its place is named.
2. A sentence of a row is read by form ("Only a single value shall be present"). Nothing is read of
   a section's sentences but by hand, since they don't say whose Values they mean.
3. A sentence that says "shall" of a number of Values, and isn't read, is kept by its place: such
   are relations to other Attributes. What merely describes the Values ("A color triplet value")
   lays down no number.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from codegen.docbook import Section, digest, tag, text
from codegen.errata import Errata
from codegen.extract.conditions import Unread
from codegen.extract.hand_values import blocks, place_of
from codegen.extract.sentences import Paragraph
from codegen.source import SourceError
from dicomspec.model import ValueCount

HAND = Path(__file__).with_name("value_counts.toml")
_FORMS = (
    (
        re.compile(
            r"^(?:(?:Only a|A) single value shall (?:be present|be included|exist)"
            r"|This Attribute shall contain one Value"
            r"|[A-Z][A-Za-z ]+ \([0-9A-F]{4},[0-9A-F]{4}\) shall not be multi-valued)\.?$"
        ),
        (1, 1),
    ),
    (re.compile(r"^The Attribute may only have one or two values\b"), (1, 2)),
)
_MANY = r"(?:a single|one|two|three|four)"
_SPEAKS = re.compile(
    r"\b(?:[Ss]hall|must)\b.*\bnumber of [Vv]alues\b"
    r"|\bnumber of (?:\w+ )?[Vv]alues\b.*\b(?:[Ss]hall|must)\b"
    rf"|\b[Ss]hall (?:have|contain|consist of) (?:exactly |only )?{_MANY} [Vv]alues?\b"
    r"|\b(?:one|two|three|four|N|2N|N\+1) [Vv]alues? shall\b"
    r"|\b[Cc]ontains (?:N\+1|2N) values\b"
    r"|\bsingle [Vv]alue shall\b"
    r"|\b[Ss]hall (?:not )?be multi-?valued\b"
    r"|\b[Vv]alues? \d (?:\w+ \d )?shall be present\b"
    r"|\b[Nn]o (?:other|additional) [Vv]alues shall\b"
    r"|\bonly (?:have|be) one (?:or two )?[Vv]alues?\b"
    r"|\bpair of Window Center/Width values shall\b"
    r"|\b(?:VM|[Mm]ultiplicity)\b.*\bshall\b"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers that were read, and the places of sentences on numbers that weren't."""

    counts: tuple[ValueCount, ...]
    unread: tuple[str, ...]


@lru_cache(maxsize=4)
def load(path: Path = HAND) -> dict[tuple[str, str], tuple[Mapping[str, Any], ...]]:
    """Return the hand readings by (place, digest); SourceError where a place has two."""
    found: dict[tuple[str, str], tuple[Mapping[str, Any], ...]] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("counts", []):
        for place in entry["places"]:
            if (place, entry["digest"]) in found:
                raise SourceError(f"{path}: {place} is read twice")
            found[place, entry["digest"]] = tuple(entry["counts"])
    return found


@lru_cache(maxsize=4)
def _places(path: Path) -> frozenset[str]:
    return frozenset(place for place, _ in load(path))


def read_row_counts(paragraphs: Iterable[Paragraph], errata: Errata, path: Path = HAND) -> Counts:
    """Return what the description of a row says of the number of its Attribute's Values."""
    counts: list[ValueCount] = []
    unread: list[str] = []
    for paragraph in paragraphs:
        by_hand = list(_by_hand(paragraph.id, paragraph.text, errata, path))
        counts += by_hand or _said(paragraph)
        if not by_hand:
            unread += _unread(paragraph, by_form=not paragraph.depth)
    return Counts(tuple(counts), tuple(unread))


def read_section_counts(section: Section, errata: Errata, path: Path = HAND) -> Counts:
    """Return what was read by hand in the paragraphs that stand in a section itself."""
    counts: list[ValueCount] = []
    unread: list[str] = []
    for block in blocks(section.element):
        if block.tag == tag("para"):
            paragraph = Paragraph(place_of(block), text(block))
            by_hand = list(_by_hand(paragraph.id, paragraph.text, errata, path))
            counts += by_hand
            unread += [] if by_hand else _unread(paragraph, by_form=False)
    return Counts(tuple(counts), tuple(unread))


def _by_hand(place: str, printed: str, errata: Errata, path: Path) -> Iterator[ValueCount]:
    entries = load(path).get((place, digest(printed)))
    if entries is None and place in _places(path):
        errata.report(
            place, printed, "the text changed since its number of Values was read by hand"
        )
    for number, one in enumerate(entries or ()):
        when = f"Required when {one['when']}; not permitted otherwise." if "when" in one else ""
        yield ValueCount(
            minimum=one["least"],
            maximum=one.get("most"),
            paragraph=place,
            condition=Unread(place, digest(f"{number} {printed}"), printed, when) if when else None,
            tags=tuple(one.get("tags", ())),
        )


def _said(paragraph: Paragraph) -> Iterator[ValueCount]:
    """Yield what whole sentences say; a point of a list holds only under what leads to it."""
    for sentence in paragraph.sentences if not paragraph.depth else ():
        for form, (least, most) in _FORMS:
            if form.match(sentence):
                yield ValueCount(least, most, paragraph.id)


def _unread(paragraph: Paragraph, *, by_form: bool) -> list[str]:
    """Return the place of a paragraph once for each sentence on a number that isn't read.

    `by_form` says that sentences of known forms are.
    """
    return [
        paragraph.id
        for sentence in paragraph.sentences
        if _SPEAKS.search(sentence)
        and not (by_form and any(form.match(sentence) for form, _ in _FORMS))
    ]
