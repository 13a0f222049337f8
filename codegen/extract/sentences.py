"""The sentences of a description: its blocks, without Notes, cut where a sentence ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codegen.docbook import Element, even, tag, target, text, xml_id

TAG = re.compile(r"\(([0-9A-Fa-fxX]{4}), ?([0-9A-Fa-fxX]{4})\)")
_END = re.compile(r"(?<=[.:;])\s+(?=[A-Z(\[])")
_ABBREVIATION = re.compile(r"(?:e\.g|i\.e|etc|vs|cf|No|Fig|approx|resp)\.$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside of any Note: its id and its text, references as "[id]".

    `references` are the ids of its own Part that it refers to; other Parts have the same ids for
    other places. `depth` is how many lists it is in.
    """

    id: str
    text: str
    references: tuple[str, ...] = ()
    depth: int = 0

    @property
    def sentences(self) -> list[str]:
        """The text cut into sentences."""
        merged: list[str] = []
        for piece in _END.split(self.text):
            if merged and _ABBREVIATION.search(merged[-1]):
                merged[-1] += " " + piece
            elif piece:
                merged.append(piece)
        return merged


def paragraphs(element: Element, depth: int = 0) -> Iterator[Paragraph]:
    """Yield the paragraphs below an element, in order, Notes and lists of values left out."""
    for child in element:
        if child.tag in {tag("note"), tag("variablelist"), tag("table"), tag("informaltable")}:
            continue
        if child.tag == tag("para"):
            printed = text(child)
            if printed:
                inner = tuple(target(reference) for reference in child.iter(tag("xref")))
                yield Paragraph(xml_id(child), printed, inner, depth)
        else:
            is_list = child.tag in {tag("itemizedlist"), tag("orderedlist")}
            yield from paragraphs(child, depth + is_list)


def value_lists(element: Element) -> Iterator[Element]:
    """Yield the variablelists below an element outside of any Note."""
    for child in element:
        if child.tag == tag("variablelist"):
            yield child
        if child.tag not in {tag("note"), tag("section"), tag("table")}:
            yield from value_lists(child)


def tags(sentence: str) -> list[str]:
    """Return the tags that a sentence names, as "(0010,0010)"."""
    return [written(match) for match in TAG.finditer(sentence)]


def written(match: re.Match[str]) -> str:
    """Return a match of TAG as the standard writes tags: "(0010,0010)", "(60xx,0010)"."""
    return match[0].upper().replace("X", "x").replace(" ", "")


def bare(sentence: str) -> str:
    """Return a sentence without its references."""
    return even(re.sub(r"\[[^\]]*\]", "", sentence))
