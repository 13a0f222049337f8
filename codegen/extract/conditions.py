"""Where the text of a condition begins. Its sentence is not read yet: see `Unparsed`."""

import re
from collections.abc import Iterable

from codegen.docbook import digest
from codegen.extract.sentences import Paragraph
from dicomspec.model import Unparsed

_REQUIRED = re.compile(
    r"\b(?:[Rr]equired\s?(?:only )?(?:if|when|for|unless)|[Ss]hall (?:only )?be present (?:only )?(?:if|when|unless)"
    r"|[Ii]nclude (?:if|only)|[Mm]ay (?:only )?be (?:present|used) only|[Mm]ay not be (?:present|used)|[Rr]equired\b)"
)


def place_of(paragraphs: Iterable[Paragraph], fallback: str) -> Unparsed:
    """Return the place of a condition: the first paragraph that says "Required if" or the like.

    Without one it is the description's first paragraph, and without that `fallback` (the row's id). The
    digest covers the text from there to the end of the description.
    """
    every = list(paragraphs)
    first = next((n for n, p in enumerate(every) if _REQUIRED.search(p.text)), 0)
    text = " ".join(paragraph.text for paragraph in every[first:])
    return Unparsed((every[first].id if every else "") or fallback, digest(text))
