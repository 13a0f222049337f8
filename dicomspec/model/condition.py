"""Conditions of Types 1C and 2C, of Usage C, and of anything else that holds only "if".

A `Condition` says when an Attribute or Module is required, when it may be there all the same, and
what holds otherwise. Its expressions are three-valued: true, false or unknown (SEMANTICS:
Conditions).

How the nodes are meant:
1. A `Ref` names an Attribute, and where it is looked for: by default in the Item that holds the
   conditional Attribute, then in the Items that enclose it, then at the root; in a Functional Group
   also in the other Functional Groups of the same frame, and in the shared ones. `number` is the
   Value meant, from one; 0 means any Value.
2. `Is` is false when the Attribute is absent. `IsNot` is true only when it is present with another
   value, or, with `or_absent`, also when it is absent.
3. `SomeItem` and `EveryItem` are false for a Sequence that is absent or empty. `ItemReferredTo` is
   unknown when no Item has the key: it may be in another instance.
4. A value that is itself a tag (VR AT) can be asked what it is the tag of: a private Attribute, or
   by the registry of the edition one of a VR, or of a name. What isn't in the registry is unknown.
5. `BeyondDefault` is true where text of the Item, or of Items in it that have no Specific Character
   Set of their own, has a byte outside of the default repertoire (PS3.5 6.1.2.1).
6. `Judgement` is what only people can know; `Unparsed` a text that has not been read. Both are
   unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Scope(Enum):
    """Where a Ref is looked for."""

    NEAREST = ""
    ITEM = "in this Item"
    ENCLOSING = "in the enclosing Item"
    ROOT = "at the root"
    ANYWHERE = "anywhere"
    INSIDE = "at any depth"  # in this Item, or in one that it holds


class Comparison(Enum):
    """A comparison of numbers."""

    EQUAL = "is"
    UNEQUAL = "is not"
    GREATER = "is greater than"
    LESS = "is less than"
    AT_LEAST = "is at least"
    AT_MOST = "is at most"


@dataclass(frozen=True, slots=True)
class Ref:
    """An Attribute, by its tag; `number` 0 means any Value, None the element as a whole."""

    tag: str
    number: int | None = None
    scope: Scope = Scope.NEAREST


@dataclass(frozen=True, slots=True)
class Present:
    """The element is there, empty or not."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Absent:
    """The element is not there."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class HasValue:
    """The element is there, and not empty."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Is:
    """The value is one of `values`."""

    ref: Ref
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IsNot:
    """There is a value, and it is none of `values`; with `or_absent`, or there is none."""

    ref: Ref
    values: tuple[str, ...]
    or_absent: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """The value, as a number, compared with a number."""

    ref: Ref
    comparison: Comparison
    number: str


@dataclass(frozen=True, slots=True)
class Same:
    """The values of two Attributes are equal."""

    left: Ref
    right: Ref


@dataclass(frozen=True, slots=True)
class Different:
    """Both Attributes have values, and they differ."""

    left: Ref
    right: Ref


@dataclass(frozen=True, slots=True)
class Closed:
    """The first `number` Values are the last ones too: a graphic ends where it begins."""

    ref: Ref
    number: str


@dataclass(frozen=True, slots=True)
class PrivateTag:
    """A value is the tag of a private Attribute."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class TagOfVR:
    """A value is the tag of an Attribute that has this VR in the registry."""

    ref: Ref
    vr: str


@dataclass(frozen=True, slots=True)
class TagNamed:
    """A value is the tag of an Attribute whose name in the registry ends in these words."""

    ref: Ref
    ending: str


@dataclass(frozen=True, slots=True)
class ItemsNumber:
    """The number of Items of a Sequence, 0 if it is absent, compared."""

    ref: Ref
    comparison: Comparison
    number: str


@dataclass(frozen=True, slots=True)
class ValuesNumber:
    """The number of Values of an Attribute, 0 if it is absent, compared."""

    ref: Ref
    comparison: Comparison
    number: str


@dataclass(frozen=True, slots=True)
class Code:
    """A coded concept: Code Value, and Coding Scheme Designator if it matters.

    `meaning` tells people what it stands for; it decides nothing.
    """

    value: str
    scheme: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class HasCode:
    """Some Item of a Code Sequence is one of `codes`."""

    ref: Ref
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class HasNoCode:
    """The Code Sequence has Items, and none is one of `codes`."""

    ref: Ref
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class SomeItem:
    """Some Item of a Sequence satisfies `holds`, whose Refs are looked for from that Item."""

    ref: Ref
    holds: "Expression"


@dataclass(frozen=True, slots=True)
class EveryItem:
    """Every Item of a Sequence satisfies `holds`."""

    ref: Ref
    holds: "Expression"


@dataclass(frozen=True, slots=True)
class ItemReferredTo:
    """The Item of a Sequence (from the root) whose `key` is the value of `by` satisfies `holds`."""

    ref: Ref
    key: Ref
    by: Ref
    holds: "Expression"


@dataclass(frozen=True, slots=True)
class FirstItem:
    """The Item with the Attribute (`enclosing`: the one around it) is the first of its Sequence."""

    enclosing: bool = False


@dataclass(frozen=True, slots=True)
class LastItem:
    """The Item with the Attribute (`enclosing`: the one around it) is the last of its Sequence."""

    enclosing: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """The Item has at least one Attribute."""


@dataclass(frozen=True, slots=True)
class BeyondDefault:
    """Text of the Item goes beyond the default character repertoire."""


@dataclass(frozen=True, slots=True)
class Within:
    """The Item that holds the Attribute is in one of these Sequences, at any depth."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IODIs:
    """The data set's IOD is one of these."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModulePresent:
    """A Module of the IOD is present."""

    name: str


@dataclass(frozen=True, slots=True)
class TransferSyntaxIs:
    """The Transfer Syntax is one of these; unknown where there is no File Meta Information."""

    uids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What only people can know, in a few words of ours."""

    what: str


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A text not read: where it begins, and what it was.

    `paragraph` is the xml:id of the paragraph, `digest` the first 16 hex digits of the SHA-256 of
    the text with white space and markup evened out.
    """

    paragraph: str
    digest: str


@dataclass(frozen=True, slots=True)
class Not:
    """The negation; of unknown it is unknown."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    of: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    of: "tuple[Expression, ...]"


Expression = (
    Present
    | Absent
    | HasValue
    | Is
    | IsNot
    | Compare
    | Same
    | Different
    | Closed
    | PrivateTag
    | TagOfVR
    | TagNamed
    | ItemsNumber
    | ValuesNumber
    | HasCode
    | HasNoCode
    | SomeItem
    | EveryItem
    | ItemReferredTo
    | FirstItem
    | LastItem
    | Filled
    | BeyondDefault
    | Within
    | IODIs
    | ModulePresent
    | TransferSyntaxIs
    | Judgement
    | Unparsed
    | Not
    | And
    | Or
)


class Otherwise(Enum):
    """What holds when nothing else does."""

    MAY = "may be present otherwise"
    SHALL_NOT = "not permitted otherwise"


@dataclass(frozen=True, slots=True)
class Conditional:
    """When something is required; when it may, or may not, be present; what holds otherwise.

    `paragraph` is the xml:id of the paragraph where its text begins. Without `required`, it is
    never required.
    """

    paragraph: str
    required: Expression | None = None
    permitted: Expression | None = None
    forbidden: Expression | None = None
    otherwise: Otherwise = Otherwise.SHALL_NOT


Condition = Conditional | Unparsed


def parts(of: "Condition | Expression | None") -> Iterator["Condition | Expression"]:
    """Yield a condition or expression and all that is in it."""
    if of is None:
        return
    yield of
    if isinstance(of, Conditional):
        for clause in (of.required, of.permitted, of.forbidden):
            yield from parts(clause)
    elif isinstance(of, And | Or):
        for part in of.of:
            yield from parts(part)
    elif isinstance(of, Not):
        yield from parts(of.of)
    elif isinstance(of, SomeItem | EveryItem | ItemReferredTo):
        yield from parts(of.holds)
