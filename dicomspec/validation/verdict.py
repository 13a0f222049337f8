"""What evaluating an expression comes to: a truth, with what decided it; and what it may ask of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dicomspec import dataset as data
from dicomspec.model import DataElement
from dicomspec.model import condition as c
from dicomspec.validation.scope import Chain, number

Truth = bool | None
Values = tuple[str, ...] | None


class Reason(NamedTuple):
    """What decided: an Attribute, if it was one, and what is said of it; worded when asked for."""

    what: str
    ref: c.Ref | None = None
    values: tuple[str, ...] = ()

    def words(self, keyword: Callable[[int], str]) -> str:
        """Return the reason in words, the Attribute by its keyword."""
        what = f"{self.what} {' or '.join(self.values)}" if self.values else self.what
        if self.ref is None:
            return what
        value = f" Value {self.ref.number}" if self.ref.number else ""
        return f"{keyword(number(self.ref.tag))}{value} {what}"


class Verdict(NamedTuple):
    """A truth, and what decided it."""

    truth: Truth
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a condition may ask of beside the data set; None where it isn't known.

    `keyword` names a tag; `module_present` tells whether a Module of the IOD is; `element` is the
    registry's entry of a tag. `seen` keeps what was looked up from the root: Surroundings are of
    one data set. `read` keeps elements with their values.
    """

    keyword: Callable[[int], str]
    iod: str | None = None
    transfer_syntax_uid: str | None = None
    module_present: Callable[[str], Truth] = lambda _: None
    element: Callable[[int], DataElement | None] = lambda _: None
    seen: dict[c.Ref | c.SomeItem | c.EveryItem, Any] = field(default_factory=dict, compare=False)
    read: dict[int, tuple[Any, Values]] = field(default_factory=dict, compare=False)

    def strings(self, element: Any) -> Values:
        """Return the values of an element of the data set as strings; each is decoded once."""
        known = self.read.get(id(element))
        if known is None:
            known = self.read[id(element)] = (element, data.strings(element))
        return known[1]


Evaluator = Callable[[Any, Chain, Surroundings], Verdict]
