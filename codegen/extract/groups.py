"""Context Groups and Templates that a description names (PS3.3 5.6).

How it decides:
1. "B" or "D" before a reference to a CID or TID, or "Baseline" or "Defined" before it or its
   number, is a use. A reference or number without either goes on with the last of these in its
   sentence ("The Defined CID for X is …"); where there is none, it is no use, and its place is
   kept.
2. Uses with no more than "and", "or" or a comma between them stand together. What stands between
   them and the next belongs to them up to the last "and" or semicolon, to the next from there.
3. A use is for the Attributes named right before it, or after "for" right behind it, or else for
   those of the uses before it in its sentence, or else for the row's own.
4. An "if", "unless", "otherwise", "for" or the like that is left over is a condition; one before
   the first use of a sentence holds for all of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from codegen.docbook import digest
from codegen.extract.conditions import Unread
from codegen.extract.names import Mention, Names, chain
from codegen.extract.sentences import Paragraph
from dicomspec.model import ContextGroupUse, TemplateUse

_REFERENCE = re.compile(
    r"(?:(?<!\w)(?P<use>[BD])|\b(?P<said>Baseline|Defined) (?:[CT]ID )?)?"
    r"\[(?:sect_)?(?P<kind>[CT]ID)_?(?P<id>[\w.]+)\]"
)
_WORDS = re.compile(
    r"\b(?P<said>Baseline|Defined) (?P<kind>CID|TID|Context Group)s?"
    r"(?: is| are| shall be)? (?:D?CID )?"
    r"(?P<id>\d+(?:(?:,| and|, and| or) \d+)*)\b(?: [\"\u201c][^\"\u201d]*[\"\u201d]| [A-Z][^.;]*)?"
)
_ANNOUNCED = re.compile(
    r"(?<!\bNo )\b(?P<said>Baseline|Defined) (?:CID|TID|Context Group|Template)s?\b"
    r"(?! (?:is |are )?\d)"
)
_NUMBER = re.compile(r"\b(?:is|are|shall be) (?P<kind>)(?P<id>\d+(?: and \d+)*)\b(?!\.\d)")
_TOGETHER = re.compile(r"^[\s,.]*(?:and|or)?\s*$")
_CUT = re.compile(r"^.*(?:;|(?<!\w),? and\b)", re.DOTALL)
_GOES_ON = re.compile(r"^,? ?(?:for|is|are|shall|if|when|unless|or)\b")
_BEHIND = re.compile(
    r"^,? ?(?:(?:is|are) (?:specified|defined) |(?:shall|is to|are to) be used )?for (?:the )?$"
)
_BEFORE = re.compile(
    r"^,?(?: (?:has|have|is|are|the|and|Attribute|Type [123]C?|shall be|within \[[^\]]*\]"
    r"|in the [\w -]+ Macro),?)* ?$"
)
_FOR = re.compile(r"\b[Ff]or (?:the )?$")
_LEFT = re.compile(
    r"\b(?:if|when|where|unless|otherwise|for|only|except|or as)\b|\bother than\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Uses:
    """What a description names, and the paragraphs whose references to a CID or TID are no use."""

    groups: tuple[ContextGroupUse, ...]
    templates: tuple[TemplateUse, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Set:
    """Uses that stand together: where, which (kind, id, baseline), and the words about them."""

    start: int
    end: int
    named: tuple[tuple[str, str, bool], ...]
    before: str = ""
    behind: str = ""


def read_uses(paragraphs: Iterable[Paragraph], names: Names) -> Uses:
    """Return the Context Groups and the Templates that paragraphs name."""
    groups: list[ContextGroupUse] = []
    templates: list[TemplateUse] = []
    unread: list[str] = []
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            together = _worded(sentence, _together(sentence, list(_uses(sentence))))
            groups += _groups(paragraph, together, names)
            every = [use for one in together for use in one.named]
            templates += [TemplateUse(name, base) for kind, name, base in every if kind == "TID"]
            if not together and _REFERENCE.search(sentence):
                unread.append(paragraph.id)
    return Uses(tuple(groups), tuple(templates), tuple(unread))


def _uses(sentence: str) -> Iterator[_Set]:
    baseline: bool | None = None
    patterns = [_REFERENCE, _WORDS, _ANNOUNCED]
    if _ANNOUNCED.search(sentence):
        patterns.append(_NUMBER)
    matches = [match for pattern in patterns for match in pattern.finditer(sentence)]
    for match in sorted(matches, key=lambda match: match.start()):
        found = match.groupdict()
        use = found.get("use") or found.get("said")
        if use:
            baseline = use.startswith("B")
        if baseline is not None and "id" in found:
            kind = "TID" if found["kind"] == "TID" else "CID"
            every = re.split(r",? and |,? or |, ", found["id"].rstrip("."))
            yield _Set(match.start(), match.end(), tuple((kind, name, baseline) for name in every))


def _together(sentence: str, uses: list[_Set]) -> list[_Set]:
    found: list[_Set] = []
    for use in uses:
        if found and _TOGETHER.match(sentence[found[-1].end : use.start]):
            found[-1] = replace(found[-1], end=use.end, named=found[-1].named + use.named)
        else:
            found.append(use)
    return found


def _worded(sentence: str, sets: list[_Set]) -> list[_Set]:
    """Deal out the words before, between and behind the sets."""
    if not sets:
        return []
    cuts = [(sentence[: sets[0].start], "")]
    cuts += [_cut(sentence[left.end : right.start]) for left, right in pairwise(sets)]
    behind = [left for left, _ in cuts[1:]] + [sentence[sets[-1].end :]]
    before = [cuts[0][0]] + [right for _, right in cuts[1:]]
    return [
        replace(one, before=words, behind=more)
        for one, words, more in zip(sets, before, behind, strict=True)
    ]


def _cut(between: str) -> tuple[str, str]:
    match = _CUT.match(between)
    if match is not None:
        return re.sub(r"(?:;|,? and)$", "", match[0]), between[match.end() :]
    return (between, "") if _GOES_ON.match(between) else ("", between)


def _groups(paragraph: Paragraph, sets: list[_Set], names: Names) -> Iterator[ContextGroupUse]:
    for_all = False
    tags: Sequence[str | None] = (None,)
    for number, one in enumerate(sets):
        own, before, behind = _attributes(one, names)
        tags = own or tags
        for_all = for_all or (number == 0 and bool(_LEFT.search(before)))
        holds = for_all or bool(_LEFT.search(before)) or bool(_LEFT.search(behind))
        which = " ".join(name for _, name, _ in one.named)
        said = digest(f"{which}: {paragraph.text}")  # a paragraph can have several
        condition = Unread(paragraph.id, said) if holds else None
        for kind, name, baseline in one.named:
            if kind == "CID":
                for tag in tags:
                    yield ContextGroupUse(name, baseline, tag, condition)


def _attributes(one: _Set, names: Names) -> tuple[list[str], str, str]:
    """Return the tags that a set is for, and what is left of the words before and behind it."""
    mentions = names.mentions(one.behind)
    if mentions and _BEHIND.match(one.behind[: mentions[0].start]):
        found = mentions[: chain(one.behind, mentions)]
        return _tags(found), _without(one.before, names), one.behind[found[-1].end :]
    mentions = names.mentions(one.before)
    if mentions and _BEFORE.match(one.before[mentions[-1].end :]):
        found = mentions[-chain(one.before, mentions[::-1]) :]
        return _tags(found), _FOR.sub("", one.before[: found[0].start]), one.behind
    return [], _without(one.before, names), one.behind


def _tags(mentions: list[Mention]) -> list[str]:
    return [mention.tag for mention in mentions]


def _without(text: str, names: Names) -> str:
    """Return a text without the Attributes that it names, and the "for" before them."""
    left = ""
    place = 0
    for mention in names.mentions(text):
        left += _FOR.sub("", text[place : mention.start])
        place = mention.end
    return left + text[place:]
