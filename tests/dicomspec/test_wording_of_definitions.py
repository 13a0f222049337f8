"""What is worded is read back as the same: all conditions of all editions, and made-up ones."""

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from codegen.grammar.attribute_names import AttributeNames
from codegen.grammar.reading import Reader
from dicomspec import edition as editions
from dicomspec.model import Conditional, Unparsed
from dicomspec.model import condition as c
from dicomspec.wording import Wording
from tests.dicomspec import conditions

EDITION = editions.load("2024c")
WORDING = Wording(EDITION)
READER = Reader(AttributeNames(EDITION.elements.values()))


@pytest.mark.parametrize("name", editions.available())
def test_no_condition_is_unread(name):
    unread = [
        (holder, where, each.paragraph)
        for holder, where, each in conditions.of(name)
        if isinstance(each, Unparsed)
    ]
    assert unread == []


@pytest.mark.parametrize("name", editions.available())
def test_conditions_are_where_they_are_looked_for(name):
    holders = {holder for holder, _, _ in conditions.of(name)}
    assert holders >= conditions.PRESENCE
    assert holders - conditions.PRESENCE == {
        "Attribute.item_counts_if",
        "ContextGroupUse.condition",
        "PresenceConstraint.condition",
        "ValueCount.condition",
        "ValueList.condition",
    }


@pytest.mark.parametrize("name", editions.available())
def test_every_condition_is_read_back(name):
    edition = editions.load(name)
    wording = Wording(edition)
    reader = Reader(AttributeNames(edition.elements.values()))
    every = {
        replace(each, paragraph="")
        for _, _, each in conditions.of(name)
        if isinstance(each, Conditional)
    }
    assert len(every) > 1000
    for each in every:
        assert reader.read(wording.condition(each)) == each


# what a wording can hold: no double quotes, for there is no way to write them
_PLAIN = st.text(st.characters(codec="utf-8", exclude_characters='"'), max_size=12)
_NAMES = [each.name for each in EDITION.elements.values() if each.name]
_ATTRIBUTES = [tag for tag in EDITION.elements if not tag.startswith("(FFFE")]  # not delimiters


def _one_of(many: list[str]) -> st.SearchStrategy[str]:
    """Return what draws from a list that is too long to be shown."""
    return st.integers(0, len(many) - 1).map(lambda n: many[n])


_VALUES = st.one_of(
    st.from_regex(r"[A-Z0-9+\-](?:[A-Za-z0-9_.+\-/]*[A-Za-z0-9_+])?", fullmatch=True),
    st.sampled_from(["RED", "KVP", "KVP_1", "X.Rows", "Modality", "IOD", "Value", "Items", "1 2"]),
    _one_of(_NAMES),
    _PLAIN,
)
_TUPLES = st.lists(_VALUES, min_size=1, max_size=3).map(tuple)
_TAGS = _one_of([*_ATTRIBUTES, "(0009,1001)", "(FFFB,FFFC)"])
_NUMBERS = st.one_of(st.integers(-9, 99).map(str), st.sampled_from(["-0.5", "1E-3", "+2"]))
_REFS = st.builds(c.Ref, _TAGS, st.none() | st.integers(0, 12), st.sampled_from(list(c.Scope)))
_ORDERS = st.sampled_from(
    [each for each in c.Comparison if each not in {c.Comparison.EQUAL, c.Comparison.UNEQUAL}]
)  # to be (not) equal to a number is Is and IsNot
_COUNTS = st.sampled_from(list(c.Comparison))
_CODES = st.lists(
    st.builds(c.Code, _VALUES, st.just("") | _VALUES)
    | st.builds(c.Code, _VALUES, _VALUES.filter(bool), _PLAIN),
    min_size=1,
    max_size=3,
).map(tuple)
_QUOTED = st.lists(_PLAIN, min_size=1, max_size=3).map(tuple)

_LEAVES: st.SearchStrategy[c.Expression] = st.one_of(
    st.builds(c.Present, _REFS),
    st.builds(c.Absent, _REFS),
    st.builds(c.HasValue, _REFS),
    st.builds(c.Is, _REFS, _TUPLES),
    st.builds(c.IsNot, _REFS, _TUPLES, st.booleans()),
    st.builds(c.Compare, _REFS, _ORDERS, _NUMBERS),
    st.builds(c.Same, _REFS, _REFS),
    st.builds(c.Different, _REFS, _REFS),
    st.builds(c.Closed, _REFS, _NUMBERS),
    st.builds(c.PrivateTag, _REFS),
    st.builds(c.TagOfVR, _REFS, _VALUES),
    st.builds(c.TagNamed, _REFS, _PLAIN),
    st.builds(c.ItemsNumber, _REFS, _COUNTS, _NUMBERS),
    st.builds(c.ValuesNumber, _REFS, _COUNTS, _NUMBERS),
    st.builds(c.HasCode, _REFS, _CODES),
    st.builds(c.HasNoCode, _REFS, _CODES),
    st.builds(c.FirstItem, st.booleans()),
    st.builds(c.LastItem, st.booleans()),
    st.just(c.Filled()),
    st.just(c.BeyondDefault()),
    st.builds(c.Within, st.lists(_TAGS, min_size=1, max_size=3).map(tuple)),
    st.builds(c.IODIs, _QUOTED),
    st.builds(c.ModulePresent, _PLAIN),
    st.builds(c.TransferSyntaxIs, _TUPLES),
    st.builds(c.Judgement, _PLAIN),
)


def _grown(inner: st.SearchStrategy[c.Expression]) -> st.SearchStrategy[c.Expression]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(c.And, several),
        st.builds(c.Or, several),
        st.builds(c.Not, inner),
        st.builds(c.SomeItem, _REFS, inner),
        st.builds(c.EveryItem, _REFS, inner),
        st.builds(c.ItemReferredTo, _REFS, _REFS, _REFS, inner),
    )


EXPRESSIONS: st.SearchStrategy[c.Expression] = st.recursive(_LEAVES, _grown, max_leaves=8)
CLAUSES = st.none() | EXPRESSIONS


def flat(e: c.Expression) -> c.Expression:
    """Return an expression with "and" in "and" and "or" in "or" joined, and no single parts."""
    if isinstance(e, c.And | c.Or):
        kind = type(e)
        parts: list[c.Expression] = []
        for part in map(flat, e.of):
            parts.extend(part.of if isinstance(part, kind) else [part])
        return parts[0] if len(parts) == 1 else kind(tuple(parts))
    if isinstance(e, c.Not):
        return c.Not(flat(e.of))
    if isinstance(e, c.SomeItem | c.EveryItem | c.ItemReferredTo):
        return replace(e, holds=flat(e.holds))
    return e


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS)
def test_any_expression_is_read_back(expression):
    wording = f"Required when {WORDING.expression(expression)}; not permitted otherwise."
    assert READER.read(wording).required == flat(expression)


@settings(max_examples=100, deadline=None)
@given(CLAUSES, CLAUSES, CLAUSES, st.sampled_from(list(c.Otherwise)))
def test_any_condition_is_read_back(required, permitted, forbidden, otherwise):
    given = Conditional("p", required, permitted, forbidden, otherwise)
    clauses = (None if each is None else flat(each) for each in (required, permitted, forbidden))
    read = READER.read(WORDING.condition(given), "p")
    assert (read.required, read.permitted, read.forbidden) == tuple(clauses)
    assert (read.paragraph, read.otherwise) == ("p", otherwise)


def test_every_name_of_the_registry_is_read_back():
    for tag in _ATTRIBUTES:
        read = READER._names.replace(WORDING.name(tag), one_word=True)
        assert read.strip() == "{" + tag.strip("()") + "}"
