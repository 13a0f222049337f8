"""Values that a sentence lays down without a list, as in "Modality shall be ES".

How it decides:
1. A sentence counts when all of it is: an Attribute (or "the value", "this", nothing: the one that
   is spoken of), perhaps where it is, a verb that says "shall", and values. Any other word, a
   condition above all, and it isn't read.
2. A value is in capitals or digits, or in quotes; a remark in parentheses behind it is none.
3. "between m and n, inclusive" stands for each whole number from m to n, where the Attribute holds
   whole numbers and there are at most a hundred of them.
4. Sequences named where it is, and only these, are where the Attribute is looked for.
"""

import re
from dataclasses import dataclass

from codegen.docbook import even
from codegen.extract.names import Mention, Names

_SHALL = re.compile(
    r"\b[Ss]hall (?:(?:always|only) )?(?:be(?: (?:set|equal|constrained) to| specified as)?"
    r"|have (?:the|a)(?: Enumerated)? [Vv]alue(?: of)?|have the [Vv]alues|contain the value|equal)"
    r"(?: the (?:Enumerated )?[Vv]alue)? ?"
)
_SUBJECT = re.compile(
    r"^(?:The |This |Its )?(?:(?:[Vv]alues?|Enumerated Value|Attribute)(?: (?:of|for))? ?)?"
    r"(?:the )?(?:(?:value of )?(?:the )?Attribute )?$"
)
_SPOKEN_OF = re.compile(
    r"^(?:The value of this Attribute|(?:The |This |Its )?(?:[Vv]alue|Attribute)?)\b"
)
_NUMBER = re.compile(r"^,? ?Value (?P<number>\d+)\b")
_WHERE = re.compile(
    r"^,? ?(?:(?:of|in|within|from|for|defined|the|each|this|that|Item|Items|Attribute|and|see"
    r"|\([^()a-z]*\)|\[[^\]]*\]|\(\[[^\]]*\](?:,? \[[^\]]*\])*\)|,)(?: |$|(?=,)))*$"
)
_COMMENT = r"(?: \((?!\d{4},)[^()]*\))?"
_VALUE = (
    r"(?:[\"\u201c'\u2018][A-Z0-9][^\"\u201d'\u2019]*[\"\u201d'\u2019]"
    r"|[A-Z0-9+\-](?:[A-Z0-9_.+\-\/]*[A-Z0-9_])?)(?![\w])"
)
_VALUES = re.compile(rf"^(?:either )?{_VALUE}{_COMMENT}(?:(?:,? or |, ){_VALUE}{_COMMENT})*\.?$")
_EACH = re.compile(_VALUE)
_RANGE = re.compile(r"^(?:between )?(?P<least>\d+) (?:and|to) (?P<most>\d+),? inclusive\.?$")
_MOST = 100
_ITEM = "(FFFE,E000)"  # "Item" is a name of the registry
_QUOTES = "\"'\u201c\u201d\u2018\u2019"


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence lays down: of which Attribute (None: the one spoken of) in which Sequences.

    The Sequences are those named, from the innermost out, as the sentence has them.
    """

    tag: str | None
    sequences: tuple[str, ...]
    number: int | None
    values: tuple[str, ...]


def read_said(sentence: str, names: Names) -> Said | None:
    """Return what a sentence lays down, None if it isn't of this kind."""
    verb = _SHALL.search(sentence)
    if verb is None:
        return None
    subject = _subject(sentence[: verb.start()], names)
    if subject is None:
        return None
    mention, number, sequences = subject
    values = _values(sentence[verb.end() :], whole=mention is None or mention.tag in names.whole)
    tag = mention.tag if mention else None
    return Said(tag, sequences, number, values) if values else None


def _subject(
    printed: str, names: Names
) -> tuple[Mention | None, int | None, tuple[str, ...]] | None:
    """Return the Attribute, the Value's number and the Sequences that a sentence begins with."""
    mentions = names.mentions(printed)
    first = mentions[0] if mentions and _SUBJECT.match(printed[: mentions[0].start]) else None
    end = first.end if first else 0
    rest = printed[end:]
    if first is None and not _NUMBER.match(printed):
        said = _SPOKEN_OF.match(printed)
        rest = printed[said.end() if said else 0 :]
    number = _NUMBER.match(rest)
    rest = rest[number.end() :] if number else rest
    others = [other for other in names.mentions(rest) if other.tag != _ITEM]
    left = _without(rest, others)
    if not _WHERE.match(left.strip()) or any(o.tag not in names.sequences for o in others):
        return None
    if first is not None and first.tag in names.sequences:
        return None
    sequences = tuple(dict.fromkeys(other.tag for other in others))
    return first, int(number["number"]) if number else None, sequences


def _without(text: str, mentions: list[Mention]) -> str:
    left, place = "", 0
    for mention in mentions:
        left += text[place : mention.start]
        place = mention.end
    return even(left + text[place:])


def _values(printed: str, *, whole: bool) -> tuple[str, ...]:
    found = _RANGE.match(printed)
    if found is not None:
        numbers = range(int(found["least"]), int(found["most"]) + 1)
        return tuple(map(str, numbers)) if whole and len(numbers) <= _MOST else ()
    if not _VALUES.match(printed):
        return ()
    without = re.sub(r" \((?!\d{4},)[^()]*\)", "", printed)
    return tuple(match[0].strip(_QUOTES) for match in _EACH.finditer(without))
