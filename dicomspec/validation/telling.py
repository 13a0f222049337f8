"""What tells the outcome of a condition in an Item of which the tags are known.

How it decides:
1. People's judgement, and what was not read, tell nothing; the IOD is known.
2. What is asked of one Attribute is told by its presence where it is the Item's own: where it can't
   be found elsewhere (see `scope`), at the root, or where the Item has it, or its definition does.
   Of one that is there its values tell whether it is some words, and its length whether it has any.
3. Presence at the root, or at any depth, whether text goes beyond the default repertoire, and the
   Transfer Syntax tell the same whenever they are the same.
4. Numbers to compare, and all else, may be other in every Item: of these nothing is foretold.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any, NamedTuple

from dicomspec import dataset as data
from dicomspec.model import Condition, Unparsed
from dicomspec.model import condition as c
from dicomspec.validation.scope import FRAMES, SHARED, Chain, find, number
from dicomspec.validation.verdict import Surroundings

_OF_ONE = (
    *(c.Present, c.Absent, c.HasValue, c.Is, c.IsNot, c.Compare, c.HasCode, c.HasNoCode),
    *(c.SomeItem, c.EveryItem),
)
_GROUPS = frozenset({*FRAMES, SHARED})
_LONG = 256  # bytes


class UntoldError(Exception):
    """What would tell is too much to keep."""


class Teller(NamedTuple):
    """What tells an outcome, of an Attribute if it is of one; `ask` may raise UntoldError."""

    ask: Callable[[int, Chain, Surroundings], Any]
    tag: int = 0


Tellers = frozenset[Teller]
_NONE: Tellers = frozenset()


class Item(NamedTuple):
    """The tags of an Item, and those that its definition has; None for the root."""

    tags: frozenset[int]
    own: Container[int] | None

    @classmethod
    def at(cls, chain: Chain, tags: frozenset[int]) -> "Item":
        """Return the Item at the end of a Chain."""
        level = chain[-1].level
        return cls(tags, None if len(chain) == 1 or level is None else level.slots)


def tellers(conditions: Iterable[Condition | None], item: Item) -> Tellers | None:
    """Return what tells the outcomes of conditions beside the tags, None if that isn't known."""
    found = _NONE
    for condition in conditions:
        for part in () if condition is None else _parts(condition):
            told = _of(part, item)
            if told is None:
                return None
            found |= told
    return found


_known: dict[int, tuple[Condition, tuple[c.Expression, ...]]] = {}  # by id, as in `conditions`
_KEPT = 1 << 16


def _parts(condition: Condition) -> tuple[c.Expression, ...]:
    """Return the parts of a condition that ask the data set something."""
    known = _known.get(id(condition))
    if known is None:
        if len(_known) >= _KEPT:
            _known.clear()
        known = _known[id(condition)] = (condition, tuple(_asking(condition)))
    return known[1]


def _asking(of: Condition | c.Expression | None) -> Iterator[c.Expression]:
    if isinstance(of, c.Conditional):
        for clause in (of.required, of.permitted, of.forbidden):
            yield from _asking(clause)
    elif isinstance(of, c.And | c.Or):
        for part in of.of:
            yield from _asking(part)
    elif isinstance(of, c.Not):
        yield from _asking(of.of)
    elif of is not None and not isinstance(of, Unparsed | c.Judgement | c.IODIs):
        yield of


def _of(e: c.Expression, item: Item) -> Tellers | None:
    if isinstance(e, c.BeyondDefault):
        return _TEXT
    if isinstance(e, c.TransferSyntaxIs):
        return _ENCODING
    return _of_one(e, item) if isinstance(e, _OF_ONE) and "x" not in e.ref.tag else None


def _of_one(e: Any, item: Item) -> Tellers | None:
    ref, tag = e.ref, number(e.ref.tag)
    presence = isinstance(e, c.Present | c.Absent) and not ref.number
    if not _is_own(ref.scope, tag, item):
        where = _ELSEWHERE.get(ref.scope)
        return frozenset({Teller(where, tag)}) if presence and where is not None else None
    if presence or tag not in item.tags:
        return _NONE
    if isinstance(e, c.Is | c.IsNot):
        return frozenset({Teller(_values, tag)})
    if isinstance(e, c.HasValue) and not ref.number:
        return frozenset({Teller(_empty, tag)})
    return None


def _is_own(scope: c.Scope, tag: int, item: Item) -> bool:
    """Say whether an Attribute is only looked for in the Item."""
    if scope is c.Scope.ITEM:
        return True
    if scope is c.Scope.NEAREST:
        return item.own is None or tag in item.tags or tag in item.own
    if item.own is None and scope is c.Scope.ANYWHERE:
        return tag in item.tags or _GROUPS.isdisjoint(item.tags)
    return item.own is None and scope is c.Scope.ROOT


def _values(tag: int, chain: Chain, around: Surroundings) -> Any:
    element = data.element(chain[-1].dataset, tag)
    values = around.strings(element)
    if values is not None and sum(map(len, values)) + len(values) > _LONG:
        raise UntoldError
    return values


def _empty(tag: int, chain: Chain, _: Surroundings) -> bool:
    element = data.element(chain[-1].dataset, tag)
    return element is None or data.is_empty(element)


def _at_the_root(tag: int, chain: Chain, _: Surroundings) -> bool:
    return data.element(chain[0].dataset, tag) is not None


def _inside(tag: int, chain: Chain, _: Surroundings) -> bool:
    written = f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
    return find(c.Ref(written, scope=c.Scope.INSIDE), chain) is not None


def _beyond(_: int, chain: Chain, __: Surroundings) -> bool | None:
    return data.beyond_default(chain[-1].dataset)


def _syntax(_: int, __: Chain, around: Surroundings) -> str | None:
    return around.transfer_syntax_uid


_ELSEWHERE = {c.Scope.ROOT: _at_the_root, c.Scope.INSIDE: _inside}
_TEXT, _ENCODING = frozenset({Teller(_beyond)}), frozenset({Teller(_syntax)})
