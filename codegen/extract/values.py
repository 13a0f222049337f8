"""Enumerated Values and Defined Terms (PS3.3 5.5): lists in rows and in sections.

How it decides:
1. A list counts when its title says "Enumerated Values" or "Defined Terms"; "for Value n" gives the
   Value's number, "for X (gggg,eeee)" the Attributes, and anything else is a condition.
2. Where the title has no number, a paragraph right before the list that begins with "Value n" has
   it.
3. A list holds only under what the paragraph before it says, where the last sentence of that begins
   with "If", "When", "For" or the like and leads to the list: it ends in a colon, or speaks of the
   values that follow. A list inside another list's value holds only for that value; what is said
   of the only value of a list, of the list.
4. A list in a section is for the Attributes that its title names, or else those that a person read
   (`hand_values`), those whose values the
   paragraph before it announces, or else those of the section's title, or else those that the
   paragraph begins with; without any of these for that of the row that refers to the section.
"""

import re
from collections.abc import Iterator

from codegen.docbook import Element, Section, digest, tag, text, xml_id
from codegen.extract.conditions import Unread
from codegen.extract.hand_values import read_by_hand
from codegen.extract.names import Names, chain
from codegen.extract.sentences import TAG, Paragraph, tags, value_lists
from dicomspec.model import Condition, ValueList

_TITLE = re.compile(
    r"^(?:Retired )?(?:Value (?P<before>\d+) )?(?P<kind>Enumerated [Vv]alues?|Defined [Tt]erms?)"
    r"(?: for Value (?P<number>\d+))?\s*(?P<rest>.*?):?$"
)
_NAMED = rf"(?:(?!\b(?:if|when|unless)\b)(?:[^:()]|\([A-Za-z ]+\)))*{TAG.pattern}"
_IF = re.compile(r"\bif .+$")
_BITS = re.compile(r"^for Bits? \d")  # what a bit of a value stands for is no value
_PATTERN = re.compile(r"\\|_i$|\d-[A-Z]+\d")  # a term that stands for many values
_FOR_TAGS = re.compile(
    rf"^(?:for|of) (?P<named>{_NAMED}(?:(?:,|,? and) {_NAMED})*)(?: Value (?P<number>\d+))?"
    r" ?(?P<rest>.*)$"
)
_VALUE_SAID = re.compile(
    rf"^(?:(?:(?!\b(?:if|when|for|of)\b)[^.:()])*{TAG.pattern},? )?Value (?P<number>\d+)\b"
    r"|\bfor Value (?P<last>\d+)[:.]?$",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"^(?:If|When|Where|Otherwise|Unless|For|In case|In the case)\b")
_LEADS_TO_LIST = re.compile(r":$|\b(?:following|Enumerated Values?|Defined Terms?|one of)\b")
_VALUES_OF = re.compile(
    r"^(?:The )?(?:values?|Defined Terms?|Enumerated Values?) (?:of|for) (?:the )?(?:value of )?"
    r"(?:Attributes? )?$"
)
_ATTRIBUTE = re.compile(r"^(?:The )?(?:value of )?(?:Attributes? )?$")
_AND = re.compile(r",? and |, ")


def read_lists(element: Element) -> tuple[ValueList, ...]:
    """Return the lists below an element, Notes left out."""
    return tuple(found for lst in value_lists(element) if (found := _read_list(lst)) is not None)


def read_section(section: Section, names: Names) -> tuple[ValueList, ...]:
    """Return the lists that stand in a section itself, with the Attributes that they are for."""
    return tuple(
        found
        for lst in value_lists(section.element)
        if (found := _read_list(lst, _subjects(lst, section, names))) is not None
    )


def other_lists(element: Element) -> list[str]:
    """Return the places of lists below an element whose title says nothing of values."""
    return [_place(lst) for lst in value_lists(element) if _read_list(lst) is None]


def _read_list(element: Element, subjects: tuple[str, ...] = ()) -> ValueList | None:
    title = _title(element)
    match = _TITLE.match(title)
    if match is None or _BITS.match(match["rest"]) or any(map(_PATTERN.search, _printed(element))):
        return None
    named = _FOR_TAGS.match(match["rest"])
    rest = named["rest"] if named else match["rest"]
    own = Unread(_place(element), digest(title), f"Required {rest}.") if rest else None
    number = match["before"] or match["number"] or (named and named["number"])
    return ValueList(
        closed=match["kind"].startswith("Enumerated"),
        values=tuple(_printed(element)),
        paragraph=_place(element),
        number=int(number) if number else _number_before(element),
        tags=tuple(tags(named["named"])) if named else subjects,
        condition=own
        or _condition_around(element)
        or _condition_within(element)
        or _condition_before(element),
    )


def _title(element: Element) -> str:
    head = element.find(tag("title"))
    return text(head) if head is not None else ""


def _place(element: Element) -> str:
    return next((xml_id(p) for p in element.iter(tag("para")) if xml_id(p)), "")


def _printed(element: Element) -> Iterator[str]:
    for entry in element.findall(tag("varlistentry")):
        yield from map(text, entry.findall(tag("term")))


def _before(element: Element) -> Paragraph | None:
    """Return the paragraph right before a list."""
    before = element.getprevious()
    if before is None or before.tag != tag("para"):
        return None
    return Paragraph(xml_id(before), text(before))


def _number_before(element: Element) -> int | None:
    before = _before(element)
    match = _VALUE_SAID.search(before.text) if before else None
    return int(match["number"] or match["last"]) if match else None


def _condition_around(element: Element) -> Condition | None:
    outer = next(element.iterancestors(tag("varlistentry")), None)
    return Unread(_place(outer), digest(text(outer))) if outer is not None else None


def _condition_within(element: Element) -> Condition | None:
    """Return the condition of a list of one value, said of that value."""
    items = [item for entry in element.findall(tag("varlistentry")) for item in entry]
    said = [text(item) for item in items if item.tag == tag("listitem")]
    match = _IF.search(said[0]) if len(said) == 1 else None
    return Unread(_place(element), digest(said[0]), f"Required {match[0]}") if match else None


def _condition_before(element: Element) -> Condition | None:
    """Return the condition in the paragraph before a list, or before the lists right before it."""
    first = element
    while (before := first.getprevious()) is not None and before.tag == tag("variablelist"):
        first = before
    paragraph = _before(first)
    last = paragraph.sentences[-1] if paragraph and paragraph.sentences else ""
    if paragraph and _CONDITIONAL.match(last) and _LEADS_TO_LIST.search(last):
        return Unread(paragraph.id, digest(paragraph.text))
    return None


def _subjects(element: Element, section: Section, names: Names) -> tuple[str, ...]:
    """Return the Attributes whose values a list in a section is for; a Sequence has none."""
    before = _before(element)
    said = before.text if before else ""
    by_hand = read_by_hand(_place(element), text(element), None).tags
    found = (
        list(by_hand)
        or _beginning(said, _VALUES_OF, names)
        or names.tags(_AND.split(section.title))
        or names.tags([section.title])
        or _beginning(said, _ATTRIBUTE, names)
    )
    return tuple(found)


def _beginning(printed: str, lead: re.Pattern[str], names: Names) -> list[str]:
    """Return the Attributes that a paragraph begins with, after some lead."""
    mentions = names.mentions(printed)
    if not mentions or not lead.match(printed[: mentions[0].start]):
        return []
    found = mentions[: chain(printed, mentions)]
    return [mention.tag for mention in found if mention.tag not in names.sequences]
