"""Conditions in plain English of our own; `codegen.grammar.reading` reads the same words back.

How it words:
1. An Attribute is called by its name; where two tags share a name, the tag stands behind it.
2. A value stands bare if it is one word of capitals, digits and a few signs that can't be taken for
   an Attribute's name or a word of ours, else in quotes.
3. "and" binds closer than "or"; an "or" within an "and" stands in parentheses.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from dicomspec.edition import Edition
from dicomspec.model import condition as c

_WORD = re.compile(r"[A-Z0-9+\-](?:[A-Za-z0-9_.+\-/]*[A-Za-z0-9_+])?")
_PARTS = re.compile(r"[^A-Za-z0-9'/\-]+")
_ROOT = "1.2.840.10008."
_UID = re.compile(r"\b1\.2\.840\.10008(?:\.[0-9]+)+\b")
_OURS = frozenset(
    {"Attribute", "Attributes", "IOD", "Item", "Items", "Module", "Syntax", "Transfer", "VR"}
    | {"Value", "Values"}
)


class Wording:
    """Words conditions with the names of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._worded: dict[int, tuple[c.Condition, str]] = {}

    def condition(self, condition: c.Condition) -> str:
        """Return a condition as a sentence."""
        # definitions live as long as their edition, and are worded again and again
        known = self._worded.get(id(condition))
        if known is None or known[0] is not condition:
            known = (condition, self._condition(condition))
            self._worded[id(condition)] = known
        return known[1]

    def said(self, condition: c.Condition) -> str:
        """Return a condition as a sentence for people: registered UIDs by their names."""
        return self.named(self.condition(condition))

    def named(self, text: str) -> str:
        """Return a text with the names of the UIDs in it that the registry has."""
        return _UID.sub(self._name_of_uid, text) if _ROOT in text else text

    def _name_of_uid(self, found: re.Match[str]) -> str:
        uid = self._edition.uids.get(found[0])
        return f'"{uid.name}"' if uid is not None else found[0]

    def _condition(self, condition: c.Condition) -> str:
        if isinstance(condition, c.Unparsed):
            return f"Not read: {condition.paragraph}."
        clauses = []
        if condition.required is not None:
            always = condition.required == c.And(())
            clauses.append(
                "required always"
                if always
                else f"required when {self.expression(condition.required)}"
            )
        if condition.permitted is not None:
            clauses.append(f"may be present when {self.expression(condition.permitted)}")
        if condition.forbidden is not None:
            clauses.append(f"not permitted when {self.expression(condition.forbidden)}")
        clauses.append(condition.otherwise.value)
        sentence = "; ".join(clauses) + "."
        return sentence[0].upper() + sentence[1:]

    def expression(self, expression: c.Expression) -> str:
        """Return an expression in words."""
        return _WORDINGS[type(expression)](self, expression)

    def ref(self, ref: c.Ref) -> str:
        """Return an Attribute in words."""
        words = self.name(ref.tag)
        if ref.number == 0:
            words = f"any Value of {words}"
        elif ref.number is not None:
            words += f" Value {ref.number}"
        return f"{words} {ref.scope.value}".rstrip()

    def name(self, tag: str) -> str:
        """Return the name of a tag, with the tag where the name alone doesn't tell."""
        element = self._edition.elements.get(tag)
        if element is None or not element.name:
            return tag
        return (
            f"{element.name} {tag}" if element.name in self._edition.shared_names else element.name
        )

    def value(self, text: str) -> str:
        """Return a value as it stands in a wording."""
        bare = _WORD.fullmatch(text) and self._ambiguous.isdisjoint(_PARTS.split(text))
        return text if bare else f'"{text}"'

    @cached_property
    def _ambiguous(self) -> frozenset[str]:
        """The words that have another meaning: names of Attributes, and our own."""
        names = (element.name for element in self._edition.elements.values())
        return _OURS.union(name for name in names if name and " " not in name)


def _values(w: Wording, values: Iterable[str], one: str, several: str) -> str:
    every = tuple(values)
    if len(every) == 1:
        return f"{one} {w.value(every[0])}"
    return f"{several} {', '.join(map(w.value, every))}"


def _codes(w: Wording, codes: tuple[c.Code, ...], one: str, several: str) -> str:
    words = [f"({', '.join(_parts(w, code))})" for code in codes]
    return f"{one} {words[0]}" if len(words) == 1 else f"{several} {', '.join(words)}"


def _parts(w: Wording, code: c.Code) -> Iterator[str]:
    yield w.value(code.value)
    if code.scheme:
        yield w.value(code.scheme)
    if code.meaning:
        yield f'"{code.meaning}"'


def _is_not(w: Wording, e: c.IsNot) -> str:
    if e.or_absent:
        return f"{w.ref(e.ref)} {_values(w, e.values, 'is absent or not', 'is absent or none of')}"
    return f"{w.ref(e.ref)} {_values(w, e.values, 'is not', 'is none of')}"


def _and(w: Wording, e: c.And) -> str:
    parts = [
        f"({w.expression(part)})" if isinstance(part, c.Or) else w.expression(part) for part in e.of
    ]
    return " and ".join(parts)


def _or(w: Wording, e: c.Or) -> str:
    joint = ", or " if any(isinstance(part, c.And) for part in e.of) else " or "
    return joint.join(w.expression(part) for part in e.of)


def _not(w: Wording, e: c.Not) -> str:
    if isinstance(e.of, c.HasValue):
        return f"{w.ref(e.of.ref)} has no value"
    return f"not ({w.expression(e.of)})"


def _quoted(names: Iterable[str], one: str, several: str) -> str:
    words = [f'"{name}"' for name in names]
    return f"{one} {words[0]}" if len(words) == 1 else f"{several} {', '.join(words)}"


def _within(w: Wording, e: c.Within) -> str:
    names = [w.name(tag) for tag in e.tags]
    return f"this Item is in {'any of ' if len(names) > 1 else ''}{', '.join(names)}"


def _position(which: str) -> Callable[[Wording, c.FirstItem | c.LastItem], str]:
    return lambda _, e: f"{'the enclosing' if e.enclosing else 'this'} Item is the {which}"


_WORDINGS: Mapping[type, Callable[..., str]] = {
    c.Present: lambda w, e: f"{w.ref(e.ref)} is present",
    c.Absent: lambda w, e: f"{w.ref(e.ref)} is absent",
    c.HasValue: lambda w, e: f"{w.ref(e.ref)} has a value",
    c.Is: lambda w, e: f"{w.ref(e.ref)} {_values(w, e.values, 'is', 'is any of')}",
    c.IsNot: _is_not,
    c.Compare: lambda w, e: f"{w.ref(e.ref)} {e.comparison.value} {e.number}",
    c.Same: lambda w, e: f"{w.ref(e.left)} equals {w.ref(e.right)}",
    c.Different: lambda w, e: f"{w.ref(e.left)} differs from {w.ref(e.right)}",
    c.Closed: lambda w, e: f"{w.ref(e.ref)} begins and ends with the same {e.number} Values",
    c.PrivateTag: lambda w, e: f"{w.ref(e.ref)} is the tag of a private Attribute",
    c.TagOfVR: lambda w, e: f"{w.ref(e.ref)} is the tag of an Attribute of VR {w.value(e.vr)}",
    c.TagNamed: lambda w, e: (
        f'{w.ref(e.ref)} is the tag of an Attribute whose name ends in "{e.ending}"'
    ),
    c.ItemsNumber: lambda w, e: (
        f"the number of Items of {w.ref(e.ref)} {e.comparison.value} {e.number}"
    ),
    c.ValuesNumber: lambda w, e: (
        f"the number of Values of {w.ref(e.ref)} {e.comparison.value} {e.number}"
    ),
    c.HasCode: lambda w, e: (
        f"{w.ref(e.ref)} {_codes(w, e.codes, 'is the code', 'is any of the codes')}"
    ),
    c.HasNoCode: lambda w, e: (
        f"{w.ref(e.ref)} {_codes(w, e.codes, 'is not the code', 'is none of the codes')}"
    ),
    c.SomeItem: lambda w, e: f"some Item of {w.ref(e.ref)} has ({w.expression(e.holds)})",
    c.EveryItem: lambda w, e: f"every Item of {w.ref(e.ref)} has ({w.expression(e.holds)})",
    c.ItemReferredTo: lambda w, e: (
        f"the Item of {w.ref(e.ref)} whose {w.ref(e.key)} equals {w.ref(e.by)} "
        f"has ({w.expression(e.holds)})"
    ),
    c.FirstItem: _position("first"),
    c.LastItem: _position("last"),
    c.Filled: lambda _, __: "this Item has Attributes",
    c.BeyondDefault: lambda _, __: "text of this Item goes beyond the default repertoire",
    c.Within: _within,
    c.IODIs: lambda _, e: _quoted(e.names, "the IOD is", "the IOD is any of"),
    c.ModulePresent: lambda _, e: f'the Module "{e.name}" is present',
    c.TransferSyntaxIs: lambda w, e: _values(
        w, e.uids, "the Transfer Syntax is", "the Transfer Syntax is any of"
    ),
    c.Judgement: lambda _, e: f'people judge that "{e.what}"',
    c.Unparsed: lambda _, e: f'people judge that "not read: {e.paragraph}"',
    c.Not: _not,
    c.And: _and,
    c.Or: _or,
}
