"""What is asked about: a path of tags or keywords, with the numbers of Items → its Steps.

How it reads:
1. A step is a keyword, a tag as printed, "(0028,1054)" or "(60xx,3000)", or its eight digits,
   "00281054"; an Item's number, from one, stands behind it in brackets. A number is a tag.
2. What isn't known is named, with what comes nearest.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from dicomspec import edition as editions
from dicomspec.edition import Edition, write_tag
from dicomspec.validation.scope import base_tag, is_repeating, number

_STEP = re.compile(
    r"(?P<name>\([0-9A-Fa-f]{2}[0-9A-Fa-fx]{2},[0-9A-Fa-f]{4}\)|[A-Za-z0-9]+)"
    r"(?:\[(?P<item>\d{1,9})\])?"
)
_DIGITS = re.compile(r"[0-9A-Fa-f]{2}(?:[0-9A-Fa-f]{2}|xx)[0-9A-Fa-f]{4}")
_NEAREST = 3
_NEAR = 0.75  # how alike
_LONGEST = 200  # characters that are looked for among the names
_LAST_TAG = 0xFFFFFFFF


class NoSuchRequirementError(LookupError):
    """The standard has no such IOD, table, Module or Attribute; or the path leads to no Item."""


class NoIODError(NoSuchRequirementError):
    """The data set's SOP Class tells no IOD, and none was named."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a path; `tag` is the Slot's, `group` the repeating group if one is named."""

    tag: int
    item: int | None = None
    group: int = 0

    @property
    def own(self) -> int:
        """The tag in the data set."""
        return self.group << 16 | self.tag & 0xFFFF if self.group else self.tag

    def words(self, edition: Edition) -> str:
        """Return the step by its keyword."""
        return edition.keyword(self.own) + (f"[{self.item}]" if self.item else "")


def parse(path: str | int, edition: Edition) -> tuple[Step, ...]:
    """Return the Steps of a path; NoSuchRequirementError names the one that isn't understood."""
    if isinstance(path, int):
        if not 0 <= path <= _LAST_TAG:
            raise NoSuchRequirementError(f"{path} is no tag")
        path = write_tag(path)
    return tuple(_parsed(part, path, edition) for part in path.replace(" ", "").split("."))


def _parsed(part: str, path: str, edition: Edition) -> Step:
    match = _STEP.fullmatch(part)
    if match is None:
        raise NoSuchRequirementError(f"{path!r} is no path: {part!r} is neither tag nor keyword")
    printed = _printed(match["name"], edition)
    if printed is None:
        near = nearest(match["name"], keywords(edition))
        raise NoSuchRequirementError(f"edition {edition.name} has no Attribute {part}{near}")
    tag = number(printed)
    group = tag >> 16 if is_repeating(tag) and "x" not in printed else 0
    return Step(base_tag(tag), int(match["item"]) if match["item"] else None, group)


def _printed(name: str, edition: Edition) -> str | None:
    """Return a tag as printed, from a keyword or from any way to write a tag."""
    if name.startswith("("):
        return name.upper().replace("X", "x")
    if _DIGITS.fullmatch(name):
        return f"({name[:4]},{name[4:]})".upper().replace("X", "x")
    return edition.tag(name)


def is_path(text: str, edition: str = editions.DEFAULT) -> bool:
    """Say whether a text is a path of tags and keywords, rather than a Module's name."""
    loaded = editions.load(edition)
    matches = [_STEP.fullmatch(part) for part in text.replace(" ", "").split(".")]
    if len(matches) > 1 or "[" in text:
        return all(matches)
    return all(match and _printed(match["name"], loaded) for match in matches)


def keywords(edition: Edition) -> list[str]:
    """Return the keywords of an edition."""
    return [each.keyword for each in edition.elements.values() if each.keyword]


def nearest(name: str, names: Iterable[str]) -> str:
    """Return what to say of the names that come nearest, nothing where none is near."""
    by_lower = {each.lower(): each for each in names}
    found = get_close_matches(name[:_LONGEST].lower(), by_lower, _NEAREST, _NEAR)
    return f"; nearest: {', '.join(by_lower[each] for each in found)}" if found else ""
