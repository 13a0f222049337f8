"""Enumerated Values and Defined Terms (PS3.3 lists), Context Groups and Templates that a row names.

How it decides:
1. A list counts when its title says "Enumerated Values" or "Defined Terms"; "for Value n" gives the
   Value's number, "for X (gggg,eeee)" the Attribute, anything after "if", "when" or else a condition.
2. A list whose paragraph before it begins with "If", "When" or "Otherwise", or ends in a colon, holds
   only under what that paragraph says.
3. "B" or "D" before a reference to a CID or TID means Baseline or Defined (PS3.3 5.6).
"""

import re
from collections.abc import Iterable, Iterator

from codegen.docbook import Element, digest, tag, text, xml_id
from codegen.extract.sentences import Paragraph, bare, tags, value_lists
from dicomspec.model import ContextGroupUse, TemplateUse, Unparsed, ValueList

_TITLE = re.compile(
    r"^(?:Retired )?(?:Value (?P<before>\d+) )?(?P<kind>Enumerated [Vv]alues?|Defined Terms?)"
    r"(?: for Value (?P<number>\d+))?\s*(?P<rest>.*?):?$"
)
_TAGS_ONLY = re.compile(r"^(?:for|of) [^:]*\([0-9A-F]{4},[0-9A-F]{4}\)(?: Value (?P<number>\d+))?$")
_CONDITIONAL = re.compile(r"^(?:If|When|Otherwise|For)\b|:$")
_GROUP = re.compile(r"\b(?P<use>[BD])\[(?:sect_)?(?P<kind>[CT]ID)_?(?P<id>[\w.]+)\]")
_GROUP_WORDS = re.compile(
    r"\b(?P<use>Baseline|Defined) (?P<kind>CID|TID|Context Group)(?: is| shall be)? (?:D?CID )?"
    r"(?:\[(?:sect_)?[CT]ID_?)?(?P<id>\d+)\b"
)
_WHEN = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Oo]therwise|when|for humans|non-human|for the)\b")


def read_lists(element: Element) -> tuple[ValueList, ...]:
    """Return the lists below an element, Notes left out."""
    return tuple(found for lst in value_lists(element) if (found := _read_list(lst)) is not None)


def untitled(element: Element) -> int:
    """Return how many lists below an element have no title that says what they are."""
    return sum(1 for lst in value_lists(element) if _read_list(lst) is None)


def _read_list(element: Element) -> ValueList | None:
    head = element.find(tag("title"))
    title = text(head) if head is not None else ""
    match = _TITLE.match(title)
    if match is None:
        return None
    rest = match["rest"]
    only_tags = _TAGS_ONLY.match(rest)
    number = match["before"] or match["number"] or (only_tags and only_tags["number"])
    place = next((xml_id(p) for p in element.iter(tag("para")) if xml_id(p)), "")
    condition = None if not rest or only_tags else Unparsed(place, digest(title))
    return ValueList(
        closed=match["kind"].startswith("Enumerated"),
        values=tuple(text(term) for term in _terms(element)),
        paragraph=place,
        number=int(number) if number else None,
        tags=tuple(tags(rest)) if only_tags else (),
        condition=condition or _condition_before(element),
    )


def _terms(element: Element) -> Iterator[Element]:
    for entry in element.findall(tag("varlistentry")):
        yield from entry.findall(tag("term"))


def _condition_before(element: Element) -> Unparsed | None:
    before = element.getprevious()
    if before is None or before.tag != tag("para"):
        return None
    printed = text(before)
    return Unparsed(xml_id(before), digest(printed)) if _CONDITIONAL.search(printed) else None


def read_groups(
    found: Iterable[Paragraph],
) -> tuple[tuple[ContextGroupUse, ...], tuple[TemplateUse, ...]]:
    """Return the Context Groups and the Templates that paragraphs name."""
    groups: list[ContextGroupUse] = []
    templates: list[TemplateUse] = []
    for paragraph in found:
        for sentence in paragraph.sentences:
            for match in (*_GROUP.finditer(sentence), *_GROUP_WORDS.finditer(sentence)):
                baseline = match["use"].startswith("B")
                if match["kind"] == "TID":
                    templates.append(TemplateUse(match["id"], baseline))
                else:
                    groups.append(_group(paragraph, sentence, match, baseline=baseline))
    return tuple(groups), tuple(templates)


def _group(
    paragraph: Paragraph, sentence: str, match: re.Match[str], *, baseline: bool
) -> ContextGroupUse:
    before, after = sentence[: match.start()], sentence[match.end() :]
    named = tags(before)[-1:] or (tags(after)[:1] if after.lstrip().startswith("for ") else [])
    condition = Unparsed(paragraph.id, digest(paragraph.text)) if _WHEN.search(bare(sentence)) else None
    return ContextGroupUse(match["id"], baseline, named[0] if named else None, condition)
