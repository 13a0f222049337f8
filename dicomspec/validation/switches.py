"""What is asked of an Item, as far as the values of a few Attributes settle it.

A Directory Record has the Keys of its Type, a Content Item what its Value Type asks for: of such a
Level most Rules are out, and those that are in need no second look.

How it decides:
1. A switch is the condition of an Include that is nothing but "X is one of these words".
2. A Rule is out where one of its switches is false; a switch that is true no longer makes it
   conditional. What can't be decoded, or differs from frame to frame, leaves it as it was.
3. For the same words found, what is asked is the same, and kept.
"""

from dataclasses import replace

from dicomspec.model import Condition, Conditional, Is, Ref
from dicomspec.validation.level import Level, Rule, Slot
from dicomspec.validation.predicates import look
from dicomspec.validation.scope import Chain
from dicomspec.validation.verdict import Surroundings

_Words = frozenset[str]


class Switches:
    """The switches of a Level; `of` returns None for a Level without."""

    def __init__(self, level: Level, words: dict[Ref, _Words]) -> None:
        self._level = level
        self._words = words
        self._settled: dict[tuple[_Words | None, ...], Level] = {}

    @classmethod
    def of(cls, level: Level) -> "Switches | None":
        """Return the switches of a Level."""
        words: dict[Ref, _Words] = {}
        for slot in level.slots.values():
            for rule in slot.rules:
                for switch in filter(None, map(_switch, rule.source.includes)):
                    words[switch.ref] = words.get(switch.ref, frozenset()).union(switch.values)
        return cls(level, words) if words else None

    def settle(self, chain: Chain, around: Surroundings) -> Level:
        """Return what is asked of the Item at the end of a Chain."""
        found = tuple(_found(ref, words, chain, around) for ref, words in self._words.items())
        level = self._settled.get(found)
        if level is None:
            said = dict(zip(self._words, found, strict=True))
            slots = (_settled(slot, said) for slot in self._level.slots.values())
            level = replace(self._level, slots={slot.tag: slot for slot in slots if slot.rules})
            self._settled[found] = level
        return level


def _settled(slot: Slot, said: dict[Ref, _Words | None]) -> Slot:
    """Return a Slot with the Rules that are in; itself where nothing is settled."""
    rules = [rule for each in slot.rules if (rule := _of(each, said)) is not None]
    if rules == slot.rules:
        return slot
    narrow = Slot(slot.tag, slot.repeating, rules, whole=slot)
    narrow.settle()
    return narrow


def _of(rule: Rule, said: dict[Ref, _Words | None]) -> Rule | None:
    """Return a Rule without the switches that are true, None where one is false."""
    on = []
    for condition in rule.source.includes:
        switch = _switch(condition)
        words = None if switch is None else said[switch.ref]
        if switch is None or words is None:
            continue
        if words.isdisjoint(switch.values):
            return None
        on.append(condition)
    if not on:
        return rule
    rest = tuple(each for each in rule.source.includes if each not in on)
    return replace(rule, source=replace(rule.source, includes=rest, settled=tuple(on)))


def _found(ref: Ref, words: _Words, chain: Chain, around: Surroundings) -> _Words | None:
    """Return which of the words an Attribute has, None if that isn't known."""
    found, values = look(ref, chain, around)
    if values is None or (found is not None and found.frames):
        return None
    return words.intersection(values)


def _switch(condition: Condition) -> Is | None:
    if not isinstance(condition, Conditional) or not isinstance(condition.required, Is):
        return None
    if condition.permitted or condition.forbidden:
        return None
    # what is no word may be a number, which has several spellings
    words = all(word[:1].isalpha() for word in condition.required.values)
    return condition.required if words else None
