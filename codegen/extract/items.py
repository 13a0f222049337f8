"""Number of Items of a Sequence (PS3.3 5.2), from the sentences that give it.

How it decides:
1. A count is a number in words, "Item" and a verb ("are permitted", "shall be included", …). "More
   than one" is none, nor is what only begins a condition ("If a single Item is present, …").
2. A sentence that is a count and no more holds always; one with other words before or after the
   count holds under what they say, as does each of several counts in one sentence.
3. A count "for each" of something, a sentence that compares the number of Items with something
   else, and a count that contradicts the first one are not read; their place is kept.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codegen.docbook import digest
from codegen.extract.conditions import Unread
from codegen.extract.sentences import Paragraph
from dicomspec.model import Condition, ItemCount

_COUNTS: tuple[tuple[str, ItemCount], ...] = (  # what begins with another's words stands before it
    (r"(?:at least one|one or more)", ItemCount(1, None)),
    (r"two or more", ItemCount(2, None)),
    (r"zero or more", ItemCount(0, None)),
    (r"(?:zero or one|no more than one)", ItemCount(0, 1)),
    (r"(?:only )?one or two", ItemCount(1, 2)),
    (r"one, two,? or three", ItemCount(1, 3)),
    (r"(?:only |exactly )?(?:a single|one)(?: item single)?", ItemCount(1, 1)),
    (r"(?:only |exactly )?two", ItemCount(2, 2)),
)
_WORDS = "|".join(f"(?P<c{number}>{words})" for number, (words, _) in enumerate(_COUNTS))
_COUNT = re.compile(
    rf"(?<!than )\b(?:{_WORDS}) items? (?:shall be|are|is|may be|shall) "
    r"(?:included|permitted|present|allowed)(?: (?:in|for) (?:this|the) sequence+)?\b",
    re.IGNORECASE,
)
_CONSISTS = re.compile(r"^Shall consist of a single Item\b")
_BEGINS_CONDITION = re.compile(r"\b(?:if|when|unless)$", re.IGNORECASE)
_NOTHING_MORE = re.compile(r"^[.:]?$|^ for this frame\b|^, (?:where|one Item for)\b")
_FOR_EACH_BEFORE = re.compile(r"\bfor (?:each|every)\b", re.IGNORECASE)
_FOR_EACH_AFTER = re.compile(r"^,? (?:for (?:each|every)|per|only if)\b")
_COMPARED = re.compile(
    r"\bnumber (?:and order )?of Items\b.*\bshall\b|\bshall\b.*\bnumber of Items\b"
    r"|\bmaximum number of Items\b"
    r"|\bItems?\b.*\bshall be (?:included|permitted)\b|\bMore than one Item shall\b"
    r"|\bone Item (?:in this Sequence )?(?:per|for (?:each|every))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Items:
    """The number that always holds, those that hold under a condition, and sentences not read."""

    always: ItemCount | None
    conditional: tuple[tuple[ItemCount, Condition], ...]
    unread: tuple[str, ...]  # ids of paragraphs


@dataclass(frozen=True, slots=True)
class _Said:
    """A count that a sentence says, None for a number not read; `always` if it says no more."""

    count: ItemCount | None
    always: bool
    sentence: str = ""
    condition: str = ""  # "Required if …", where one clause before or after the count says it


def read_items(paragraphs: Iterable[Paragraph]) -> Items:
    """Return what a Sequence's description says of the number of its Items."""
    always: list[ItemCount] = []
    conditional: list[tuple[ItemCount, Condition]] = []
    unread: list[str] = []
    for paragraph in paragraphs:
        for said in (said for sentence in paragraph.sentences for said in _read(sentence)):
            if said.count is None or (said.always and always and said.count != always[0]):
                unread.append(paragraph.id)
            elif said.always:
                always.append(said.count)
            else:
                condition = Unread(paragraph.id, digest(said.sentence), said.condition)
                conditional.append((said.count, condition))
    return Items(always[0] if always else None, tuple(conditional), tuple(unread))


def _read(sentence: str) -> Iterator[_Said]:
    if _CONSISTS.match(sentence):
        yield _Said(ItemCount(1, 1), always=True)
        return
    matches = list(_COUNT.finditer(sentence))
    if not matches and _COMPARED.search(sentence):
        yield _Said(None, always=False)
    for match in matches:
        before, after = sentence[: match.start()], sentence[match.end() :]
        if _BEGINS_CONDITION.search(before.strip()):
            continue
        if _FOR_EACH_BEFORE.search(before) or _FOR_EACH_AFTER.match(after):
            yield _Said(None, always=False)
            continue
        number = next(n for n in range(len(_COUNTS)) if match[f"c{n}"])
        yield _Said(
            _COUNTS[number][1],
            always=not before.strip() and bool(_NOTHING_MORE.match(after)),
            sentence=f"{match[0]}: {sentence}",  # a sentence can have several counts
            condition=_clause(before, after) if len(matches) == 1 else "",
        )


def _clause(before: str, after: str) -> str:
    """Return the words before or after the only count of a sentence as those of a condition."""
    if before.strip():
        return "Required " + before.strip().removesuffix(",") + "."
    return "Required" + after
