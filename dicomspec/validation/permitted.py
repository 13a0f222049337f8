r"""What the lists of values of one Slot permit, ready to compare with what elements hold.

How it compares:
1. Text is compared as it is, without its padding: case counts (PS3.5 6.2). Numbers are compared as
   numbers, however they are written: "1.0" is 1, "0001H" is 1. An AT is compared as a tag.
2. A list with a value that isn't one ("BIN_i", "CS000-CS999", "ROW\R1,R2,R3, etc.") describes
   values instead of listing them: nothing is compared with it.
3. A value is good, whatever the Item holds, if every closed list for it has it, and either one of
   these counts for certain, or every open list has it, or one does that counts for certain.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

from dicomspec.dataset import LIST_VRS, SINGLE_VRS
from dicomspec.validation.level import Listed, Rule, Slot

_KEPT = 512  # elements known to be good, for each Slot
_LONGEST = 256  # bytes or characters of one that is kept
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?", re.ASCII)
_PRINTED_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_PRINTED_HEX = re.compile(r"([0-9A-F]{2,8})H")
_PRINTED_TAG = re.compile(r"\(?([0-9A-F]{4}),?([0-9A-F]{4})(?:\)|H)?")
_PRINTED_WORD = re.compile(r"[A-Z0-9_ ]+")
_PRINTED_CODE_STRING = re.compile(r"[A-Z0-9_ ]{1,16}")  # PS3.5 6.2


class Compared(NamedTuple):
    """A list for one kind of values: `keys` are its values as they are compared."""

    rule: Rule
    listed: Listed
    keys: frozenset[Hashable]

    @property
    def number(self) -> int | None:
        """The Value that it is for, from one; None for every Value."""
        return self.listed.values.number

    @property
    def closed(self) -> bool:
        """Whether it has Enumerated Values, not Defined Terms."""
        return self.listed.values.closed

    @property
    def certain(self) -> bool:
        """Whether it counts whatever the data set holds."""
        place = not self.listed.path and self.listed.values.condition is None
        return place and self.rule.certain


class Kind(NamedTuple):
    """How values of some VRs are compared.

    `printed` reads a value of a list, `held` one of an element; None for what is no value.
    """

    printed: Callable[[str], Hashable | None]
    held: Callable[[str], Hashable | None]


class Permitted:
    """The lists of one Slot; `good` are elements that no list could object to."""

    def __init__(self, slot: Slot) -> None:
        self._lists = [(rule, listed) for rule in slot.rules for listed in rule.lists]
        self._compared: dict[str, tuple[Compared, ...]] = {}
        self.good: set[Hashable] = set()

    @classmethod
    def of(cls, slot: Slot) -> "Permitted":
        """Return what the lists of a Slot permit, compiled once."""
        if slot.permitted is None:
            slot.permitted = cls(slot)
        known: Permitted = slot.permitted
        return known

    def compared(self, vr: str) -> tuple[Compared, ...]:
        """Return the lists that values of a VR are compared with."""
        if vr not in self._compared:
            kind = KINDS.get(vr)
            every = self._lists if kind is not None else []
            found = [_compared(rule, listed, kind) for rule, listed in every if kind is not None]
            self._compared[vr] = tuple(each for each in found if each is not None)
        return self._compared[vr]

    def keep(self, key: Hashable) -> None:
        """Keep an element as one that no list could object to."""
        if len(self.good) >= _KEPT:
            self.good.clear()
        self.good.add(key)


def key(element: Any) -> Hashable | None:
    """Return what tells an element's value apart from others; None for what isn't kept."""
    value = element.value
    kind = type(value)
    if kind is bytes:
        return (element.VR, value, element.is_little_endian) if len(value) <= _LONGEST else None
    if kind is int or (isinstance(value, str) and len(value) <= _LONGEST):
        return (element.VR, value)
    return None


def is_good(value: Hashable, number: int, lists: tuple[Compared, ...]) -> bool:
    """Say whether none of the lists could object to a Value, whatever the Item holds."""
    asked = [each for each in lists if each.number is None or each.number == number]
    closed = [each for each in asked if each.closed]
    if any(value not in each.keys for each in closed):
        return False
    if any(each.certain for each in closed):
        return True
    having = [each for each in asked if not each.closed and value in each.keys]
    return len(having) + len(closed) == len(asked) or any(each.certain for each in having)


def _compared(rule: Rule, listed: Listed, kind: Kind) -> Compared | None:
    keys = frozenset(kind.printed(each) for each in listed.values.values)
    return None if not keys or None in keys else Compared(rule, listed, keys)


def _text(value: str) -> Hashable | None:
    return value


def _printed_by(pattern: re.Pattern[str]) -> Callable[[str], Hashable | None]:
    return lambda value: value if pattern.fullmatch(value) else None


def _printed_text(value: str) -> Hashable | None:
    return None if "\\" in value else value


def _printed_number(value: str) -> Hashable | None:
    if match := _PRINTED_HEX.fullmatch(value):
        return int(match[1], 16)
    return float(value) if _PRINTED_NUMBER.fullmatch(value) else None


def _number(value: str) -> Hashable | None:
    # a number equals, and hashes as, the same number of another type
    return float(value) if _NUMBER.fullmatch(value) else None


def _printed_tag(value: str) -> Hashable | None:
    match = _PRINTED_TAG.fullmatch(value)
    return f"({match[1]},{match[2]})" if match else None


_NUMBERS = ("DS", "FD", "FL", "IS", "SL", "SS", "SV", "UL", "US", "US or SS", "UV")
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(LIST_VRS, Kind(_printed_text, _text)),
    **dict.fromkeys(SINGLE_VRS, Kind(_printed_by(_PRINTED_WORD), _text)),
    "CS": Kind(_printed_by(_PRINTED_CODE_STRING), _printed_by(_PRINTED_CODE_STRING)),
    "AT": Kind(_printed_tag, _text),
    **dict.fromkeys(_NUMBERS, Kind(_printed_number, _number)),
}
