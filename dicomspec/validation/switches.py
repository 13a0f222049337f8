"""Which Slots of a Level are in force in an Item, as far as the values of a few Attributes say so.

A Directory Record has the Keys of its Type, a Content Item what its Value Type asks for: of such a
Level most Slots are out, and an absent Attribute of theirs says nothing.

How it decides:
1. A switch is the condition of an Include that is nothing but "X is one of these words".
2. A Slot is out where each of its Rules hangs on a switch that is false. What can't be decoded, or
   differs from frame to frame, leaves every Slot in.
3. For the same words found, the Slots in force are the same, and kept.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dicomspec.model import Condition, Conditional, Is, Ref
from dicomspec.validation.level import Rule, Slot
from dicomspec.validation.predicates import Surroundings, look
from dicomspec.validation.scope import Chain

Slots = dict[int, Slot]


class _Switch(NamedTuple):
    ref: Ref
    words: frozenset[str]


class Switches:
    """The switches of a Level; `of` returns None for a Level without."""

    def __init__(self, slots: Slots, alternatives: dict[int, list[frozenset[_Switch]]]) -> None:
        self._slots = slots
        self._alternatives = alternatives
        self._words: dict[Ref, frozenset[str]] = {}
        for switch in {each for rules in alternatives.values() for rule in rules for each in rule}:
            self._words[switch.ref] = self._words.get(switch.ref, frozenset()) | switch.words
        self._in_force: dict[tuple[frozenset[str] | None, ...], Slots] = {}

    @classmethod
    def of(cls, slots: Slots) -> "Switches | None":
        """Return the switches of a Level's Slots."""
        alternatives = {
            tag: [frozenset(_switches(rule)) for rule in slot.rules]
            for tag, slot in slots.items()
            if not slot.repeating
        }
        hanging = {tag: rules for tag, rules in alternatives.items() if all(rules)}
        return cls(slots, hanging) if hanging else None

    def in_force(self, chain: Chain, around: Surroundings) -> Slots:
        """Return the Slots in force in the Item at the end of a Chain, in their order."""
        found = tuple(_found(ref, words, chain, around) for ref, words in self._words.items())
        slots = self._in_force.get(found)
        if slots is None:
            said = dict(zip(self._words, found, strict=True))
            slots = {tag: slot for tag, slot in self._slots.items() if self._is_in(tag, said)}
            self._in_force[found] = slots
        return slots

    def _is_in(self, tag: int, said: dict[Ref, frozenset[str] | None]) -> bool:
        rules = self._alternatives.get(tag)
        return rules is None or any(_all_on(rule, said) for rule in rules)


def _all_on(switches: Iterable[_Switch], said: dict[Ref, frozenset[str] | None]) -> bool:
    for switch in switches:
        words = said[switch.ref]
        if words is not None and not words & switch.words:
            return False
    return True


def _found(
    ref: Ref, words: frozenset[str], chain: Chain, around: Surroundings
) -> frozenset[str] | None:
    """Return which of the words an Attribute has, None if that isn't known."""
    found, values = look(ref, chain, around)
    if values is None or (found is not None and found.frames):
        return None
    return words.intersection(values)


def _switches(rule: Rule) -> Iterator[_Switch]:
    return (switch for each in rule.source.includes if (switch := _switch(each)) is not None)


def _switch(condition: Condition) -> _Switch | None:
    if not isinstance(condition, Conditional) or not isinstance(condition.required, Is):
        return None
    words = condition.required.values
    # what is no word may be a number, which has several spellings
    if condition.permitted or condition.forbidden or not all(word[:1].isalpha() for word in words):
        return None
    return _Switch(condition.required.ref, frozenset(words))
