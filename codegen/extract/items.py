"""Number of Items of a Sequence (PS3.3 5.2), from the sentences that give it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from codegen.docbook import digest
from codegen.extract.sentences import Paragraph
from dicomspec.model import Condition, ItemCount, Unparsed

_COUNTS: tuple[tuple[str, ItemCount], ...] = (
    (r"(?:only |exactly )?(?:a single|one)(?: item single)?", ItemCount(1, 1)),
    (r"no more than one", ItemCount(0, 1)),
    (r"zero or one", ItemCount(0, 1)),
    (r"zero or more", ItemCount(0, None)),
    (r"(?:only )?one or two", ItemCount(1, 2)),
    (r"one, two,? or three", ItemCount(1, 3)),
    (r"one or more", ItemCount(1, None)),
    (r"two or more", ItemCount(2, None)),
    (r"(?:only |exactly )?two", ItemCount(2, 2)),
)
_WORDS = "|".join(f"(?P<c{number}>{words})" for number, (words, _) in enumerate(_COUNTS))
_COUNT = re.compile(
    rf"\b(?:{_WORDS}) items? (?:shall be|are|is|may be|shall) "
    r"(?:included|permitted|present)(?: (?:in|for) (?:this|the) sequence+)?\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_HARMLESS = re.compile(r"^[.:]?$|^ for this frame\b|^, (?:where|one Item for)\b")
_ABOUT_NUMBER = re.compile(r"\bnumber of Items\b|\bItems?\b.*\b(?:shall be|are|is) (?:included|permitted)\b")


@dataclass(frozen=True, slots=True)
class Items:
    """The number that always holds, those that hold under a condition, and sentences not read."""

    always: ItemCount | None
    conditional: tuple[tuple[ItemCount, Condition], ...]
    unread: tuple[str, ...]  # ids of paragraphs


def read_items(paragraphs: Iterable[Paragraph]) -> Items:
    """Return what a Sequence's description says of the number of its Items."""
    always: list[ItemCount] = []
    conditional: list[tuple[ItemCount, Condition]] = []
    unread: list[str] = []
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            count, plain = _read(sentence)
            if count is not None and plain:
                always.append(count)
            elif count is not None:
                conditional.append((count, Unparsed(paragraph.id, digest(paragraph.text))))
            elif _ABOUT_NUMBER.search(sentence):
                unread.append(paragraph.id)
    return Items(always[0] if always else None, tuple(conditional), tuple(unread))


def _read(sentence: str) -> tuple[ItemCount | None, bool]:
    match = _COUNT.search(sentence)
    if match is None:
        return None, False
    number = next(n for n in range(len(_COUNTS)) if match[f"c{n}"])
    starts = not sentence[: match.start()].strip()
    return _COUNTS[number][1], starts and bool(_HARMLESS.match(match["rest"]))
