"""Conditions worded in our own English → expressions: the inverse of `dicomspec.wording`.

How it reads:
1. Names of Attributes, with or without their tag, are replaced by tags first, the longest name
   first; text in quotes is left alone, to the letter. A name that two tags share has to be given
   with its tag.
2. The rest is `reading.lark`. Whatever it doesn't accept raises ReadingError, which says where.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lark import Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from codegen.grammar.attribute_names import AttributeNames, SharedNameError
from codegen.grammar.meanings import code
from codegen.grammar.words import parser
from dicomspec.model import condition as c

_GRAMMAR = Path(__file__).with_name("reading.lark")


class ReadingError(ValueError):
    """A wording that can't be read; the message says where and why."""


class Reader:
    """Reads wordings, with the names of one edition's registry."""

    def __init__(self, names: AttributeNames) -> None:
        self._names = names

    def read(self, wording: str, paragraph: str = "") -> c.Conditional:
        """Return the condition that a wording says; ReadingError if it can't be read."""
        try:
            evened = _UNEVEN.sub(_even, wording.strip())
            replaced = self._names.replace(evened, one_word=True)
            found = _ToCondition(paragraph).transform(parser(_GRAMMAR).parse(replaced))
        except UnexpectedInput as error:
            at = getattr(error, "pos_in_stream", 0) or 0
            raise ReadingError(
                f"can't be read at {replaced[max(0, at - 30) : at + 40]!r}"
            ) from error
        except VisitError as error:
            raise ReadingError(str(error.orig_exc)) from error
        except SharedNameError as error:
            raise ReadingError(str(error)) from error
        assert isinstance(found, c.Conditional)  # the grammar's start
        return found


# what stands in quotes; the capital that a clause begins with; white space
_UNEVEN = re.compile(
    r'"[^"]*"|(?P<clause>(?:^|;\s+)[RMN])(?=equired\s|ay\s+be\s|ot\s+permitted\s)|\s+'
)


def _even(match: re.Match[str]) -> str:
    if match["clause"]:
        return " ".join(match["clause"].split()).lower()
    return match[0] if match[0].startswith('"') else " "


def _flat(kind: type[c.And | c.Or], children: Sequence[Any]) -> c.And | c.Or:
    parts: list[Any] = []
    for child in children:
        parts.extend(child.of if isinstance(child, kind) else [child])
    return kind(tuple(parts))


@v_args(inline=True)
class _ToCondition(Transformer[Token, Any]):
    def __init__(self, paragraph: str) -> None:
        super().__init__()
        self._paragraph = paragraph

    def start(self, *clauses: tuple[str, Any]) -> c.Conditional:
        return c.Conditional(self._paragraph, **dict(clauses))

    def required(self, what: Any) -> tuple[str, Any]:
        return "required", c.And(()) if isinstance(what, Token) else what

    def permitted(self, what: Any) -> tuple[str, Any]:
        return "permitted", what

    def forbidden(self, what: Any) -> tuple[str, Any]:
        return "forbidden", what

    def otherwise(self, what: c.Otherwise) -> tuple[str, Any]:
        return "otherwise", what

    def may(self) -> c.Otherwise:
        return c.Otherwise.MAY

    def shall_not(self) -> c.Otherwise:
        return c.Otherwise.SHALL_NOT

    def or_(self, *of: Any) -> Any:
        return _flat(c.Or, of) if len(of) > 1 else of[0]

    def and_(self, *of: Any) -> Any:
        return _flat(c.And, of) if len(of) > 1 else of[0]

    def not_(self, of: Any) -> Any:
        return c.Not(of)

    def tag(self, token: Token) -> str:
        return "(" + str(token)[1:-1] + ")"

    def string(self, token: Token) -> str:
        return str(token)[1:-1]

    def values(self, *values: Any) -> tuple[str, ...]:
        return tuple(map(str, values))

    def codes(self, *codes: Any) -> tuple[c.Code, ...]:
        return codes

    def code(self, value: Any, scheme: Any = "", meaning: str = "") -> c.Code:
        known = code(str(value), str(scheme))
        return replace(known, meaning=meaning) if meaning else known

    def number(self, token: Token) -> int:
        return int(token)

    def any_value(self) -> str:
        return "any"

    def in_item(self) -> c.Scope:
        return c.Scope.ITEM

    def in_enclosing(self) -> c.Scope:
        return c.Scope.ENCLOSING

    def at_root(self) -> c.Scope:
        return c.Scope.ROOT

    def anywhere(self) -> c.Scope:
        return c.Scope.ANYWHERE

    def inside(self) -> c.Scope:
        return c.Scope.INSIDE

    def ref(self, *parts: Any) -> c.Ref:
        number: int | None = None
        tag, scope = "", c.Scope.NEAREST
        for part in parts:
            if isinstance(part, c.Scope):
                scope = part
            elif isinstance(part, int):
                number = part
            elif part == "any":
                number = 0
            else:
                tag = part
        return c.Ref(tag, number, scope)

    def greater(self) -> c.Comparison:
        return c.Comparison.GREATER

    def less(self) -> c.Comparison:
        return c.Comparison.LESS

    def at_least(self) -> c.Comparison:
        return c.Comparison.AT_LEAST

    def at_most(self) -> c.Comparison:
        return c.Comparison.AT_MOST

    def equal(self) -> c.Comparison:
        return c.Comparison.EQUAL

    def unequal(self) -> c.Comparison:
        return c.Comparison.UNEQUAL

    def present(self, ref: c.Ref) -> c.Present:
        return c.Present(ref)

    def absent(self, ref: c.Ref) -> c.Absent:
        return c.Absent(ref)

    def has_value(self, ref: c.Ref) -> c.HasValue:
        return c.HasValue(ref)

    def has_no_value(self, ref: c.Ref) -> c.Not:
        return c.Not(c.HasValue(ref))

    def is_(self, ref: c.Ref, values: Any) -> c.Is:
        return c.Is(ref, _tuple(values))

    def is_not(self, ref: c.Ref, values: Any) -> c.IsNot:
        return c.IsNot(ref, _tuple(values))

    def is_not_or_absent(self, ref: c.Ref, values: Any) -> c.IsNot:
        return c.IsNot(ref, _tuple(values), or_absent=True)

    def compare(self, ref: c.Ref, comparison: c.Comparison, number: Token) -> c.Compare:
        return c.Compare(ref, comparison, str(number))

    def same(self, left: c.Ref, right: c.Ref) -> c.Same:
        return c.Same(left, right)

    def different(self, left: c.Ref, right: c.Ref) -> c.Different:
        return c.Different(left, right)

    def closed(self, ref: c.Ref, number: Token) -> c.Closed:
        return c.Closed(ref, str(number))

    def private_tag(self, ref: c.Ref) -> c.PrivateTag:
        return c.PrivateTag(ref)

    def tag_of_vr(self, ref: c.Ref, vr: Any) -> c.TagOfVR:
        return c.TagOfVR(ref, str(vr))

    def tag_named(self, ref: c.Ref, ending: str) -> c.TagNamed:
        return c.TagNamed(ref, ending)

    def items_number(self, ref: c.Ref, comparison: c.Comparison, number: Token) -> c.ItemsNumber:
        return c.ItemsNumber(ref, comparison, str(number))

    def values_number(self, ref: c.Ref, comparison: c.Comparison, number: Token) -> c.ValuesNumber:
        return c.ValuesNumber(ref, comparison, str(number))

    def has_code(self, ref: c.Ref, codes: Any) -> c.HasCode:
        return c.HasCode(ref, codes if isinstance(codes, tuple) else (codes,))

    def has_no_code(self, ref: c.Ref, codes: Any) -> c.HasNoCode:
        return c.HasNoCode(ref, codes if isinstance(codes, tuple) else (codes,))

    def some_item(self, ref: c.Ref, holds: Any) -> c.SomeItem:
        return c.SomeItem(ref, holds)

    def every_item(self, ref: c.Ref, holds: Any) -> c.EveryItem:
        return c.EveryItem(ref, holds)

    def item_referred_to(self, ref: c.Ref, key: c.Ref, by: c.Ref, holds: Any) -> c.ItemReferredTo:
        return c.ItemReferredTo(ref, key, by, holds)

    def first_item(self) -> c.FirstItem:
        return c.FirstItem()

    def last_item(self) -> c.LastItem:
        return c.LastItem()

    def enclosing_first(self) -> c.FirstItem:
        return c.FirstItem(enclosing=True)

    def enclosing_last(self) -> c.LastItem:
        return c.LastItem(enclosing=True)

    def filled(self) -> c.Filled:
        return c.Filled()

    def beyond_default(self) -> c.BeyondDefault:
        return c.BeyondDefault()

    def within(self, *tags: str) -> c.Within:
        return c.Within(tags)

    def iod_is(self, *names: str) -> c.IODIs:
        return c.IODIs(names)

    def module_present(self, name: str) -> c.ModulePresent:
        return c.ModulePresent(name)

    def transfer_syntax_is(self, uids: Any) -> c.TransferSyntaxIs:
        return c.TransferSyntaxIs(_tuple(uids))

    def judgement(self, what: str) -> c.Judgement:
        return c.Judgement(what)


def _tuple(values: Any) -> tuple[str, ...]:
    return values if isinstance(values, tuple) else (str(values),)
