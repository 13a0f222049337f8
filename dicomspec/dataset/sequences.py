"""Bytes → Items of a Sequence (PS3.5 7.5), and past fragments of encapsulated data (PS3.5 A.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydicom.dataelem import DataElement
from pydicom.sequence import Sequence

from dicomspec.dataset import limits
from dicomspec.dataset.bulk import Fragments, no_fragments
from dicomspec.dataset.faults import Beyond, Malformed, shown
from dicomspec.dataset.held import data_set
from dicomspec.dataset.syntax import (
    EXPLICIT_LITTLE,
    FORMS,
    IMPLICIT_LITTLE,
    ITEM,
    SEQUENCE_END,
    UNDEFINED,
    Syntax,
)
from dicomspec.dataset.tags import tag_of

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from dicomspec.dataset.level import Head, Level
    from dicomspec.dataset.parser import Parser

_ITEM_WEIGHT = 3  # an Item takes the memory of three elements


def sequence(parser: Parser, level: Level, head: Head) -> DataElement:
    """Read the rest of a Sequence, with all that is in it.

    Raises Beyond where it is nested too deep.
    """
    tag, vr, length = head
    undefined = length == UNDEFINED
    if level.depth >= limits.DEPTH:
        raise Beyond(f"Sequences nested more than {limits.DEPTH} levels deep", parser.at)
    start = parser.at
    end = level.end if undefined else start + length
    # PS3.5 6.2.2: what UN holds is little endian, whatever the Transfer Syntax
    syntax = IMPLICIT_LITTLE if vr == "UN" else level.syntax
    within = level.below(syntax, end, bounded=not undefined, deeper=1)
    parser.trail.append([tag, 0])
    found = Sequence(_items(parser, within, closed=undefined, unknown=vr == "UN"))
    parser.trail.pop()
    found.is_undefined_length = undefined
    return DataElement(tag_of(tag), "SQ", found, start, undefined, already_converted=True)


def _items(parser: Parser, level: Level, *, closed: bool, unknown: bool) -> list[Dataset]:
    """Read Items to the end of the level; if `closed`, to the Sequence Delimitation Item."""
    found: list[Dataset] = []
    while parser.at < level.end:
        tag, length = _item_header(parser, level)
        if tag == SEQUENCE_END:
            if not closed:
                parser.not_due(tag)
                parser.go(level.end)
            return found
        if tag != ITEM:
            reason = f"{parser.where()}: {shown(tag)} where an Item is due"
            raise Malformed(reason, parser.at - 8)
        parser.trail[-1][1] += 1
        found.append(_item(parser, level, length, unknown=unknown))
    if closed:
        raise parser.ended(level, "in a Sequence without its Sequence Delimitation Item")
    return found


def _item_header(parser: Parser, level: Level) -> tuple[int, int]:
    """Read the tag and length of an Item or delimiter (PS3.5 7.5.1)."""
    data = parser.peek(8)
    parser.at += 8
    if parser.at > level.end or len(data) < 8:
        raise parser.ended(level, "within the tag and length of an Item")
    group, number, length = level.syntax.plain(data)
    tag = group << 16 | number
    if tag == SEQUENCE_END:
        parser.empty_delimiter(tag, length)
    return tag, length


def _item(parser: Parser, level: Level, length: int, *, unknown: bool) -> Dataset:
    parser.count(_ITEM_WEIGHT)
    undefined = length == UNDEFINED
    end = level.end if undefined else parser.at + length
    if end > level.end:
        raise parser.ended(level, f"within an Item of {length} bytes from byte {parser.at} on")
    if length & 1 and not undefined:
        # PS3.5 7.5.1
        parser.complain("encoding/odd-length", "The length of the Item is odd.", parser.at - 8)
    syntax = _syntax_within_unknown(parser) if unknown else level.syntax
    below = level.below(syntax, end, bounded=not undefined, deeper=0)
    item = data_set(parser.elements(below, closed=undefined), below, level)
    item.is_undefined_length_sequence_item = undefined
    return item


def _syntax_within_unknown(parser: Parser) -> Syntax:
    """Return how an Item of a UN is encoded: without VRs as it should be, or with."""
    return EXPLICIT_LITTLE if parser.peek(8)[4:6] in FORMS else IMPLICIT_LITTLE


def fragments(parser: Parser, level: Level, tag: int) -> Fragments:
    """Pass over fragments and their Sequence Delimitation Item; return where they are."""
    start = parser.at
    found = no_fragments()
    while parser.at < level.end:
        kind, length = _item_header(parser, level)
        if kind == SEQUENCE_END:
            return found
        if kind != ITEM or length == UNDEFINED:
            raise Malformed(f"{parser.where(tag)}: not a series of fragments", parser.at - 8)
        if parser.at + length > level.end:
            what = f"within a fragment of {length} bytes from byte {parser.at} on"
            raise parser.ended(level, f"{what}, of {parser.where(tag)}")
        parser.count(1)
        if length & 1:
            # PS3.5 A.4
            message = "The length of a fragment is odd."
            parser.complain("encoding/odd-length", message, parser.at - 8, tag)
        found.starts.append(parser.at - 8 - start)
        found.lengths.append(length)
        parser.go(parser.at + length)
    raise parser.ended(level, f"in {parser.where(tag)} without its Sequence Delimitation Item")
