"""Attributes that a sentence names: "Patient ID (0010,0020)", or by the name alone.

How it decides:
1. A name counts when the registry has it, not retired, in any case but with a capital at its
   beginning; the longest wins. A tag printed behind it is what counts.
2. A tag counts without a name that the registry knows.
3. "Code Sequence" may be left out at a name's end, where a reference or nothing follows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from codegen.extract.sentences import TAG, written
from dicomspec.model import DataElement

_WORD = re.compile(r"[^\s,;:()\[\]]+")
_LONGEST = 12  # words in a name
_LEFT_OUT = " code sequence"
_NOTHING_FOLLOWS = re.compile(r"\s*(?:[BD]?\[|$)")
_JOINED = re.compile(r"^(?:,|,? and)(?: the)? $")
_WHOLE = frozenset({"IS", "SL", "SS", "UL", "US"})
_TAG_FOLLOWS = re.compile(rf"\s*(?P<tag>{TAG.pattern})")


@dataclass(frozen=True, slots=True)
class Mention:
    """An Attribute that a text names: from where to where, and its tag."""

    start: int
    end: int
    tag: str


class Names:
    """The registry's names of Attributes, without regard to case."""

    def __init__(
        self, names: Mapping[str, str], sequences: Iterable[str] = (), whole: Iterable[str] = ()
    ) -> None:
        self._tags = {name.lower(): tag for name, tag in names.items()}
        self.sequences = frozenset(sequences)
        self.whole = frozenset(whole)  # tags of Attributes that hold whole numbers

    @classmethod
    def of(cls, elements: Iterable[DataElement]) -> "Names":
        """Return the names of the elements of a registry that are in force."""
        every = [element for element in elements if not element.retired]
        sequences = (element.tag for element in every if "SQ" in element.vr)
        whole = (element.tag for element in every if _WHOLE.intersection(element.vr))
        return cls({element.name: element.tag for element in every}, sequences, whole)

    def tag(self, name: str) -> str | None:
        """Return the tag of the Attribute of a name."""
        return self._tags.get(name.strip().lower())

    def tags(self, listed: Iterable[str]) -> list[str]:
        """Return the tags of names, Sequences left out; none if one isn't a name."""
        found = [self.tag(name) for name in listed]
        if None in found:
            return []
        return [tag for tag in found if tag and tag not in self.sequences]

    def mentions(self, text: str) -> list[Mention]:
        """Return the Attributes that a text names, in order."""
        words = list(_WORD.finditer(text))
        found: list[Mention] = []
        for place, word in enumerate(words):
            if found and word.start() < found[-1].end:
                continue
            mention = self._at(text, words[place : place + _LONGEST])
            if mention is not None:
                found.append(mention)
        return found

    def _at(self, text: str, words: list[re.Match[str]]) -> Mention | None:
        """Return the mention that begins at the first of some words."""
        start = words[0].start()
        alone = TAG.match(text, start - 1) if start else None
        if alone is not None:
            return Mention(alone.start(), alone.end(), written(alone))
        if not text[start].isupper():
            return None
        for word in reversed(words):
            end = start + len(text[start : word.end()].rstrip("."))
            tag = self._named(text, start, end)
            if tag is not None:
                return _with_tag(Mention(start, end, tag), text)
        return None

    def _named(self, text: str, start: int, end: int) -> str | None:
        name = text[start:end]
        tag = self.tag(name)
        if tag is None and " " in name and _NOTHING_FOLLOWS.match(text, end):
            tag = self.tag(name + _LEFT_OUT)
        return tag


def chain(text: str, mentions: Sequence[Mention]) -> int:
    """Return how many of some mentions, from the first on, are joined by "and" or a comma.

    They may be given from the last to the first.
    """
    for count, pair in enumerate(pairwise(mentions), 1):
        left, right = sorted(pair, key=lambda mention: mention.start)
        if not _JOINED.match(text[left.end : right.start]):
            return count
    return len(mentions)


def _with_tag(mention: Mention, text: str) -> Mention:
    """Take the tag printed behind a name into the mention."""
    printed = _TAG_FOLLOWS.match(text, mention.end)
    if printed is None:
        return mention
    match = TAG.match(printed["tag"])
    assert match is not None  # the pattern is the same
    return Mention(mention.start, printed.end(), written(match))
