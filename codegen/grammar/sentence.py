"""The standard's sentences on presence → a condition, by the grammar in `condition.lark`.

How it reads:
1. The text is cut into sentences; a list after "Required if:" is joined to it. Sentences that say
   nothing of presence (what values mean, how many Items, "See …") don't count.
2. Each sentence is evened out: Attributes become {gggg,eeee}, a name without a tag by the registry;
   coded concepts become <value|scheme>; what stands in brackets behind a UID goes.
3. "Required if A. Required if B." is A or B. Every sentence on presence has to be read, or none is:
   the condition then is None, and it is for `readings` to say what it means.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from codegen.grammar.attribute_names import AttributeNames
from codegen.grammar.meanings import code
from codegen.grammar.words import parser
from dicomspec.model import condition as c

_ABOUT_PRESENCE = re.compile(
    r"\b(?:required|shall (?:only )?be present|may (?:only )?be present|may be used|"
    r"may be included|shall not be (?:present|used|included)|optional|not permitted|otherwise|"
    r"not used|(?:shall|may) (?:not )?be (?:absent|omitted|sent))\b",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"^(?:See |Note|For |\W*$)|\bItems? (?:shall be|are|is) (?:included|permitted|present)\b"
    r"|^(?:Zero|One|Only|Two) .*\bItems?\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])|\s*\u00b6(?!\s*(?:\u2022|or\b|and\b))\s*")
_CODE = re.compile(r'\((?P<value>[A-Za-z0-9.\-]+), ?(?P<scheme>[A-Z0-9]+), ?"[^"]*"\)')
_CODE_REFERENCE = re.compile(r"\[(?P<scheme>DCM|SCT|UCUM)_(?P<value>[A-Za-z0-9.\-]+)\]")
_UID_NAME = re.compile(r'("[0-9.]+")\s*\([A-Z][^()]*\)')
_UID_AND_NAME = re.compile(r'"([0-9.]{9,}) ?\([^()"]*\)"')
_SEE = re.compile(
    r"[,;]? ?\(?(?:see|as described in|as specified in)? ?(?:note )?"
    r"\[(?:sect|table|chapter|note)_[^\]]*\]\)?",
    re.IGNORECASE,
)
_USAGE = re.compile(r"^[MCU](?:\s*[-\u2013\u2014]\s*|\s+)(?=[A-Za-z])")
_INCLUDE = re.compile(r"^Include \[[^\]]*\]\.? if and only if\b")
# what may stand around an Attribute's name and says nothing
_BEFORE = re.compile(r"(?:\bthe )?(?:\bvalues? of )?(?:\bthe )?(?:\battribute )?(?=\{)")
_VALUE_NUMBER = re.compile(r"(\{[^}]*\})\s*,? ?values? (\d+)\b,?")
_AFTER = re.compile(
    r"(\{[^}]*\}(?:#\d+)?)\s+(?:(?:of this frame|in this item|of this item|attribute|value)\b ?)+"
)
_LOWER = re.compile(r"[a-z][a-z\-]*")
_GRAMMAR = Path(__file__).with_name("condition.lark")
_NUMBERS = {"one": "1", "zero": "0"}


class Sentences:
    """Reads the sentences of one edition, with the names of its registry."""

    def __init__(self, names: AttributeNames) -> None:
        self._names = names

    def read(self, text: str, paragraph: str = "") -> c.Conditional | None:
        """Return the condition that a description's text says, None if it can't be read whole.

        `text` has its paragraphs joined by " ¶ ", the points of a list begin with "• ".
        """
        found: dict[str, list[Any]] = {}
        for sentence in _SENTENCE.split(_joined(_USAGE.sub("", _INCLUDE.sub("Required if", text)))):
            if not _ABOUT_PRESENCE.search(sentence) or _HARMLESS.search(sentence):
                continue
            clauses = _clauses(self._even(sentence))
            if clauses is None:
                return None
            for name, value in clauses:
                found.setdefault(name, []).append(value)
        return _condition(found, paragraph)

    def _even(self, sentence: str) -> str:
        text = sentence.replace("\u201c", '"').replace("\u201d", '"').replace("\u00b6", " ")
        text = _CODE_REFERENCE.sub(r"<\g<value>|\g<scheme>>", text)
        text = _CODE.sub(r"<\g<value>|\g<scheme>>", text)
        text = _UID_NAME.sub(r"\1", _UID_AND_NAME.sub(r'"\1"', text))
        text = _PHRASE.sub(lambda match: f'"{match[0].strip(chr(34))}"', _SEE.sub("", text))
        text = self._names.replace(text, one_word=False)
        text = " ".join(_lowered(text).replace("\u2022", " ").split()).strip(" .;:")
        text = _VALUE_NUMBER.sub(r"\1#\2 ", _BEFORE.sub("", text))
        return " ".join(_AFTER.sub(r"\1 ", text).split())


@lru_cache(maxsize=4096)
def _clauses(sentence: str) -> tuple[tuple[str, Any], ...] | None:
    """Return what an evened-out sentence says; None if the grammar doesn't accept it."""
    if not _vocabulary().issuperset(_LOWER.findall(_LITERAL.sub(" ", sentence))):
        return None
    try:
        clauses = _ToClauses().transform(parser(_GRAMMAR).parse(sentence))
    except (UnexpectedInput, VisitError):
        return None
    return tuple(clauses)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """The words of the grammar: a sentence with another one can't be accepted."""
    return frozenset(_LOWER.findall(_GRAMMAR.read_text(encoding="utf-8")))


def _joined(text: str) -> str:
    """Join the points of a list to the sentence that they belong to."""
    return re.sub(r":?\s*\u00b6\s*\u2022\s*", " \u2022 ", text)


_PHRASE = re.compile(r'"[^"]*"|\b[A-Z][A-Z0-9_]+(?: [A-Z][A-Z0-9_]+)+\b')
_LITERAL = re.compile(r'"[^"]*"|\{[^}]*\}|<[^>]*>|\b[A-Z0-9][A-Z0-9_.+\-/]*[A-Z0-9_]*\b')


def _lowered(text: str) -> str:
    """Lower-case all but values, tags and codes."""
    kept = {match.span(): match[0] for match in _LITERAL.finditer(text)}
    lowered, at = [], 0
    for (start, end), literal in kept.items():
        lowered += [text[at:start].lower(), literal]
        at = end
    return "".join([*lowered, text[at:].lower()])


def _condition(found: dict[str, list[Any]], paragraph: str) -> c.Conditional | None:
    if not set(found) & {"required", "permitted", "forbidden"}:
        return None
    otherwise = found.get("otherwise", [c.Otherwise.SHALL_NOT])
    if len(set(otherwise)) > 1:
        return None
    return c.Conditional(
        paragraph,
        required=_or(found.get("required", [])),
        permitted=_or(found.get("permitted", [])),
        forbidden=_or(found.get("forbidden", [])),
        otherwise=otherwise[0],
    )


def _or(parts: list[Any]) -> Any:
    if not parts:
        return None
    return _flat(c.Or, parts) if len(parts) > 1 else parts[0]


def _flat(kind: type[c.And | c.Or], parts: Iterable[Any]) -> c.And | c.Or:
    flat: list[Any] = []
    for part in parts:
        flat.extend(part.of if isinstance(part, kind) else [part])
    return kind(tuple(flat))


@v_args(inline=True)
class _ToClauses(Transformer[Token, Any]):
    def start(self, *clauses: Any) -> list[tuple[str, Any]]:
        return [
            each
            for clause in clauses
            for each in (clause if isinstance(clause, list) else [clause])
        ]

    def required(self, *parts: Any) -> list[tuple[str, Any]]:
        clauses = [part for part in parts if isinstance(part, tuple)]
        expr = next(part for part in parts if not isinstance(part, tuple))
        return [("required", expr), *clauses]

    def permitted(self, expr: Any) -> tuple[str, Any]:
        return "permitted", expr

    def forbidden(self, expr: Any) -> tuple[str, Any]:
        return "forbidden", expr

    def otherwise(self, what: c.Otherwise) -> tuple[str, Any]:
        return "otherwise", what

    def may(self) -> c.Otherwise:
        return c.Otherwise.MAY

    def shall_not(self) -> c.Otherwise:
        return c.Otherwise.SHALL_NOT

    def any_of(self, *parts: Any) -> Any:
        return _flat(c.Or, parts)

    def all_of(self, *parts: Any) -> Any:
        return _flat(c.And, parts)

    ors = any_of
    ands = all_of
    either = any_of
    both = all_of

    def ref(self, token: Token) -> c.Ref:
        tag, _, number = str(token).partition("#")
        return c.Ref("(" + tag[1:-1] + ")", int(number) if number else None)

    def refs_and(self, *refs: c.Ref) -> tuple[c.Ref, ...]:
        return refs

    refs_or = refs_and

    def value(self, token: Token) -> str:
        return str(token).strip('"')

    def values(self, *values: str) -> tuple[str, ...]:
        return values

    values_or = values

    def codes(self, *codes: Token) -> tuple[c.Code, ...]:
        return tuple(code(*str(each)[1:-1].split("|")) for each in codes)

    def present(self, ref: c.Ref) -> Any:
        return c.Present(ref)

    def all_present(self, refs: tuple[c.Ref, ...]) -> Any:
        return c.And(tuple(map(c.Present, refs)))

    def any_present(self, refs: tuple[c.Ref, ...]) -> Any:
        return c.Or(tuple(map(c.Present, refs)))

    def absent(self, ref: c.Ref) -> Any:
        return c.Absent(ref)

    def any_absent(self, *refs: c.Ref) -> Any:
        return c.Or(tuple(map(c.Absent, refs)))

    def all_absent(self, refs: tuple[c.Ref, ...]) -> Any:
        return c.And(tuple(map(c.Absent, refs)))

    def neither(self, *refs: c.Ref) -> Any:
        return c.And(tuple(map(c.Absent, refs)))

    def has_value(self, ref: c.Ref) -> Any:
        return c.HasValue(ref)

    def no_value(self, ref: c.Ref) -> Any:
        return c.Not(c.HasValue(ref))

    def is_(self, ref: c.Ref, values: tuple[str, ...]) -> Any:
        return c.Is(ref, values)

    def any_is(self, *parts: Any) -> Any:
        ref, values = parts[-2:]
        return c.Is(c.Ref(ref.tag, 0 if ref.number is None else ref.number), values)

    def is_not(self, ref: c.Ref, values: tuple[str, ...]) -> Any:
        return c.IsNot(ref, values)

    def absent_or_not(self, ref: c.Ref, values: tuple[str, ...]) -> Any:
        return c.IsNot(ref, values, or_absent=True)

    def more(self, ref: c.Ref, number: Token) -> Any:
        return _compare(ref, c.Comparison.GREATER, number)

    def less(self, ref: c.Ref, number: Token) -> Any:
        return _compare(ref, c.Comparison.LESS, number)

    def at_least(self, ref: c.Ref, number: Token) -> Any:
        return _compare(ref, c.Comparison.AT_LEAST, number)

    def nonzero(self, ref: c.Ref) -> Any:
        return c.IsNot(ref, ("0",))

    def points(self, ref: c.Ref, *tags: Token) -> Any:
        number = 0 if ref.number is None else ref.number
        return c.Is(c.Ref(ref.tag, number), tuple(f"({str(tag)[1:-1]})" for tag in tags))

    def code(self, ref: c.Ref, codes: tuple[c.Code, ...]) -> Any:
        return c.HasCode(ref, codes)

    def many_items(self, ref: c.Ref) -> Any:
        return c.ItemsNumber(ref, c.Comparison.GREATER, "1")


def _compare(ref: c.Ref, comparison: c.Comparison, number: Token) -> c.Compare:
    return c.Compare(ref, comparison, _NUMBERS.get(str(number), str(number)))
