"""The texts of conditions → conditions: by hand where one was read by hand, else by the grammar.

How it decides:
1. A reading in `readings.toml` counts for its paragraphs, and only while the text there has its
   digest: another text never takes an old reading.
2. Otherwise the grammar reads the text; what it can't read whole stays `Unparsed`, and is named.
3. A hand reading whose paragraph is there with another text is named too.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from codegen.errata import Errata
from codegen.extract.conditions import Unread
from codegen.grammar.attribute_names import AttributeNames
from codegen.grammar.reading import Reader, ReadingError
from codegen.grammar.sentence import Sentences
from dicomspec.model import Condition, Conditional, DataElement, Otherwise, Unparsed

READINGS = Path(__file__).with_name("readings.toml")
NOTHING = Conditional("", otherwise=Otherwise.MAY)  # a text that says nothing of presence


@dataclass(frozen=True, slots=True)
class HandReading:
    """One reading: the digest of the text, where the text stands, and its wording."""

    digest: str
    paragraphs: tuple[str, ...]
    reading: str
    note: str = ""


def load(path: Path = READINGS) -> dict[tuple[str, str], HandReading]:
    """Return the hand readings by (paragraph, digest)."""
    if not path.is_file():
        return {}
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("reading", [])
    readings = (
        HandReading(e["digest"], tuple(e["paragraphs"]), e["reading"], e.get("note", ""))
        for e in entries
    )
    return {(place, each.digest): each for each in readings for place in each.paragraphs}


class Conditions:
    """Reads the condition texts of one edition; counts how each was read."""

    def __init__(
        self,
        elements: Iterable[DataElement],
        errata: Errata,
        readings: dict[tuple[str, str], HandReading] | None = None,
    ) -> None:
        self._names = AttributeNames(elements)
        self._errata = errata
        self._readings = load() if readings is None else readings
        self._places = {place for place, _ in self._readings}
        self.by_hand: set[tuple[str, str]] = set()
        self.by_grammar: set[tuple[str, str]] = set()
        self.unparsed: set[tuple[str, str]] = set()

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._names)

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(self._names)

    def read(self, unread: Unread) -> Condition | None:
        """Return the condition of a text; None where it says nothing of presence."""
        key = (unread.paragraph, unread.digest)
        hand = self._readings.get(key)
        if unread.wording:
            hand = HandReading(unread.digest, (unread.paragraph,), unread.wording)
        if hand is not None:
            self.by_hand.add(key)
            return self._by_hand(hand, unread)
        if unread.paragraph in self._places:
            self._errata.report(
                unread.paragraph, unread.text, "the text changed since it was read by hand"
            )
        found = self._sentences.read(unread.text, unread.paragraph)
        if found is not None:
            self.by_grammar.add(key)
            return found
        self.unparsed.add(key)
        self._errata.report(unread.paragraph, unread.text, "a condition that isn't understood")
        return Unparsed(*key)

    def _by_hand(self, hand: HandReading, unread: Unread) -> Condition | None:
        try:
            found = self._reader.read(hand.reading, unread.paragraph)
        except ReadingError as error:
            self._errata.report(
                unread.paragraph, unread.text, f"its hand reading can't be read: {error}"
            )
            return Unparsed(unread.paragraph, unread.digest)
        return None if replace(found, paragraph="") == NOTHING else found


def apply(value: Any, conditions: Conditions) -> Any:
    """Return a definition with every Unread text in it read, however deep it is."""
    if isinstance(value, Unread):
        return conditions.read(value)
    if isinstance(value, tuple):
        return tuple(apply(part, conditions) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in fields(value):
            old = getattr(value, field.name)
            new = apply(old, conditions)
            if new is not old and new != old:
                changes[field.name] = new
        return replace(value, **changes) if changes else value
    return value
