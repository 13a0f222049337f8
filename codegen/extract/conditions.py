"""Where the text of a condition begins, and what it is; `codegen.grammar` says what it means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from codegen.docbook import digest
from codegen.extract.sentences import Paragraph
from dicomspec.model import Unparsed

_REQUIRED = re.compile(
    r"\b(?:[Rr]equired\s?(?:only )?(?:if|when|for|unless)"
    r"|[Ss]hall (?:only )?be present (?:only )?(?:if|when|unless)"
    r"|[Ii]nclude (?:if|only)|[Mm]ay (?:only )?be (?:present|used) only"
    r"|[Mm]ay not be (?:present|used)|[Rr]equired\b)"
)


@dataclass(frozen=True, slots=True)
class Unread(Unparsed):
    """The text of a condition, to be read by `codegen.grammar.apply`; never emitted.

    `text` has its paragraphs joined by " \u00b6 ", each point of a list beginning with "\u2022 ".
    `wording` is how a person read it, where that stands beside it.
    """

    text: str = ""
    wording: str = ""


def place_of(paragraphs: Iterable[Paragraph], fallback: str) -> Unread:
    """Return a condition's place and text: from the paragraph that says "Required if" on.

    Without one it begins with the description's first paragraph, or at `fallback` (the row's id).
    The digest covers the text from there to the end of the description.
    """
    every = list(paragraphs)
    first = next((n for n, p in enumerate(every) if _REQUIRED.search(p.text)), 0)
    rest = every[first:]
    text = " \u00b6 ".join("\u2022 " * paragraph.depth + paragraph.text for paragraph in rest)
    plain = " ".join(paragraph.text for paragraph in rest)
    return Unread((rest[0].id if rest else "") or fallback, digest(plain), text)
