"""Names of Attributes in a text → their tags in braces: "Image Type (0008,0008)" → "{0008,0008}".

How it finds them:
1. A tag in parentheses is always one; the name of an Attribute right before it goes with it, the
   longest name first. The name doesn't have to be that tag's: prints have errors, and the tag is
   what counts.
2. A name alone counts by the registry, if only one tag has it; what stands in quotes is left alone.
"""

import re
from collections.abc import Iterable

from dicomspec.model import DataElement

_NEXT = re.compile(
    r'"[^"]*"|\((?P<tag>[0-9A-Fa-fx]{4}, ?[0-9A-Fa-fx]{4})\)|(?P<word>[A-Za-z0-9][A-Za-z0-9\'/-]*)'
)
_TAG_BEHIND = re.compile(r"\s?\((?P<tag>[0-9A-Fa-fx]{4}, ?[0-9A-Fa-fx]{4})\)")
_RESERVED = frozenset({"Item", "Item Delimitation Item", "Sequence Delimitation Item", ""})


class SharedNameError(ValueError):
    """A name that several tags have, without its tag."""


class AttributeNames:
    """The names of one edition's registry, found in texts."""

    def __init__(self, elements: Iterable[DataElement]) -> None:
        self._tags: dict[str, str] = {}
        self.shared: set[str] = set()
        for element in elements:
            if element.name in self._tags:
                self.shared.add(element.name)
            if element.name not in _RESERVED:
                self._tags[element.name] = element.tag.strip("()")
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(self._tags, key=len, reverse=True):
            first = _NEXT.match(name)
            if first is not None and first["word"]:
                self._by_word.setdefault(first["word"], []).append(name)

    def replace(self, text: str, *, one_word: bool) -> str:
        """Return a text with its Attributes as "{gggg,eeee}".

        Names of one word without a tag count only with `one_word`, names of several tags never:
        with `one_word` they raise SharedNameError, else they stay as they are.
        """
        pieces: list[str] = []
        at = 0
        while match := _NEXT.search(text, at):
            pieces.append(text[at : match.start()])
            at = match.end()
            if match["tag"]:
                pieces.append(_braced(match["tag"]))
            elif match["word"]:
                at, piece = self._name(text, match, one_word=one_word)
                pieces.append(piece)
            else:
                pieces.append(match[0])
        return "".join([*pieces, text[at:]])

    def _name(self, text: str, match: re.Match[str], *, one_word: bool) -> tuple[int, str]:
        """Return where the text goes on, and what stands for the name (or word) at a match."""
        for name in self._by_word.get(match["word"], ()):
            end = match.start() + len(name)
            if not text.startswith(name, match.start()) or text[end : end + 1].isalnum():
                continue
            behind = _TAG_BEHIND.match(text, end)
            if behind is not None:
                return behind.end(), _braced(behind["tag"])
            if name in self.shared and one_word:
                raise SharedNameError(f"several tags are named {name!r}; give the tag")
            if name not in self.shared and (one_word or " " in name or "-" in name):
                return end, _braced(self._tags[name])
        return match.end(), match[0]


def _braced(tag: str) -> str:
    return " {" + tag.replace(" ", "").upper().replace("X", "x") + "} "
