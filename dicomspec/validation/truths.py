"""Truths of expressions without their reasons: compiled, since most are asked for nothing else.

How it decides:
1. As `conditions` and `predicates`, which know the reasons too; a test holds that all truths agree.
2. What asks whether an Attribute is there, has a value, or has one of some values, is compiled, and
   so are And, Or and Not, and what asks for people's judgement, the repertoire of the text, the IOD
   or the Transfer Syntax. What compares with a number, or asks for codes or Items, is false where
   there is no such Attribute.
3. All else is asked of `conditions`, and so is what may have to look in Functional Groups.
"""

from collections.abc import Callable, Mapping
from typing import Any

from dicomspec import dataset as data
from dicomspec.model import condition as c
from dicomspec.validation.predicates import equal_values
from dicomspec.validation.scope import FRAMES, SHARED, Chain, number
from dicomspec.validation.verdict import Surroundings, Truth

Ask = Callable[[Chain, Surroundings], Truth]
Slow = Callable[[Any, Chain, Surroundings], Truth]
_Get = Callable[[Chain], Any]
_GROUPS = frozenset({*FRAMES, SHARED})
_ELSEWHERE = object()  # it may be in a Functional Group


def compiled(expression: c.Expression | None, slow: Slow) -> Ask:
    """Return what asks the truth of an expression; `slow` is asked for what isn't compiled."""
    if expression is None:
        return _false
    compile_ = _COMPILERS.get(type(expression))
    ask = None if compile_ is None else compile_(expression, slow)
    if ask is not None:
        return ask
    return lambda chain, around: slow(expression, chain, around)


def _false(_: Chain, __: Surroundings) -> Truth:
    return False


def _unknown(_: Chain, __: Surroundings) -> Truth:
    return None


def _getter(ref: c.Ref) -> _Get | None:
    """Return what looks an Attribute up from the Item outward (SEMANTICS: Conditions, 2)."""
    if "x" in ref.tag or ref.scope not in _SCOPES:
        return None
    tag = number(ref.tag)
    return _SCOPES[ref.scope](tag)


def _root(tag: int) -> _Get:
    return lambda chain: data.element(chain[0].dataset, tag)


def _item(tag: int) -> _Get:
    return lambda chain: data.element(chain[-1].dataset, tag)


def _nearest(tag: int) -> _Get:
    def nearest(chain: Chain) -> Any:
        if len(chain) == 1:
            return data.element(chain[0].dataset, tag)
        for depth in range(len(chain) - 1, 0, -1):
            place = chain[depth]
            found = data.element(place.dataset, tag)
            if found is not None:
                return found
            if place.level is not None and tag in place.level.slots:
                return None
        if chain[1].sequence in _GROUPS:
            return _ELSEWHERE
        return data.element(chain[0].dataset, tag)

    return nearest


def _anywhere(tag: int) -> _Get:
    def anywhere(chain: Chain) -> Any:
        root = chain[0].dataset
        found = data.element(root, tag)
        return found if found is not None or _GROUPS.isdisjoint(root.keys()) else _ELSEWHERE

    return anywhere


_SCOPES: Mapping[c.Scope, Callable[[int], _Get]] = {
    c.Scope.NEAREST: _nearest,
    c.Scope.ITEM: _item,
    c.Scope.ROOT: _root,
    c.Scope.ANYWHERE: _anywhere,
}


def _if_present(e: Any, slow: Slow) -> Ask | None:
    """Return what is false without the Attribute, and else is asked of `slow`."""
    get = _getter(e.ref)
    if get is None:
        return None
    return lambda chain, around: get(chain) is not None and slow(e, chain, around)


def _beyond_default(_: c.BeyondDefault, __: Slow) -> Ask:
    return lambda chain, _: data.beyond_default(chain[-1].dataset)


def _iod(e: c.IODIs, _: Slow) -> Ask:
    return lambda _, around: None if around.iod is None else around.iod in e.names


def _transfer_syntax(e: c.TransferSyntaxIs, _: Slow) -> Ask:
    def ask(_: Chain, around: Surroundings) -> Truth:
        uid = around.transfer_syntax_uid
        return None if uid is None else uid in e.uids

    return ask


def _present(e: c.Present | c.Absent, slow: Slow) -> Ask | None:
    get, wanted = _getter(e.ref), isinstance(e, c.Present)
    if get is None or e.ref.number:
        return None

    def ask(chain: Chain, around: Surroundings) -> Truth:
        found = get(chain)
        return slow(e, chain, around) if found is _ELSEWHERE else (found is not None) is wanted

    return ask


def _has_value(e: c.HasValue, slow: Slow) -> Ask | None:
    get = _getter(e.ref)
    if get is None or e.ref.number:
        return None

    def ask(chain: Chain, around: Surroundings) -> Truth:
        found = get(chain)
        if found is _ELSEWHERE:
            return slow(e, chain, around)
        return found is not None and not data.is_empty(found)

    return ask


def _judgement(_: c.Judgement, __: Slow) -> Ask:
    return _unknown


def _is(e: c.Is | c.IsNot, slow: Slow) -> Ask | None:
    get, number_ = _getter(e.ref), e.ref.number
    negated = isinstance(e, c.IsNot)
    none = negated and getattr(e, "or_absent", False)
    words = frozenset(filter(None, e.values))
    numbers = [value for value in words if not value[0].isalpha()]
    if get is None:
        return None

    def ask(chain: Chain, around: Surroundings) -> Truth:
        found = get(chain)
        if found is None:
            return none
        if found is _ELSEWHERE:
            return slow(e, chain, around)
        values = around.strings(found)
        if values is None:
            return None
        if number_:
            values = values[number_ - 1 : number_]
        if not words.isdisjoint(values):
            return not negated
        given = [value for value in values if value]
        if not given:
            return none
        equal = any(equal_values(value, wanted) for wanted in numbers for value in given)
        return equal is not negated

    return ask


def _and(e: c.And, slow: Slow) -> Ask:
    asks = [compiled(part, slow) for part in e.of]

    def ask(chain: Chain, around: Surroundings) -> Truth:
        truth: Truth = True
        for each in asks:
            found = each(chain, around)
            if found is False:
                return False
            if found is None:
                truth = None
        return truth

    return ask


def _or(e: c.Or, slow: Slow) -> Ask:
    asks = [compiled(part, slow) for part in e.of]

    def ask(chain: Chain, around: Surroundings) -> Truth:
        truth: Truth = False
        for each in asks:
            found = each(chain, around)
            if found:
                return True
            if found is None:
                truth = None
        return truth

    return ask


def _not(e: c.Not, slow: Slow) -> Ask:
    inner = compiled(e.of, slow)

    def ask(chain: Chain, around: Surroundings) -> Truth:
        found = inner(chain, around)
        return None if found is None else not found

    return ask


_COMPILERS: Mapping[type, Callable[[Any, Slow], Ask | None]] = {
    c.Present: _present,
    c.Absent: _present,
    c.Is: _is,
    c.IsNot: _is,
    c.HasValue: _has_value,
    c.SomeItem: _if_present,
    c.EveryItem: _if_present,
    c.HasCode: _if_present,
    c.HasNoCode: _if_present,
    c.Compare: _if_present,
    c.Judgement: _judgement,
    c.BeyondDefault: _beyond_default,
    c.IODIs: _iod,
    c.TransferSyntaxIs: _transfer_syntax,
    c.And: _and,
    c.Or: _or,
    c.Not: _not,
}
