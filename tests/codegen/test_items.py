"""Numbers of Items, from sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.extract.conditions import Unread
from codegen.extract.items import read_items
from codegen.extract.sentences import Paragraph
from dicomspec.model import ItemCount, Unparsed

ONE, MANY = ItemCount(1, 1), ItemCount(1, None)


def read(*texts: str):
    return read_items(Paragraph(f"p{number}", text) for number, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Only a single Item shall be included in this Sequence.", ONE),
        ("A single Item shall be present.", ONE),
        ("Only one Item shall be permitted.", ONE),
        ("Only a single Item single Item is permitted in this Sequence.", ONE),
        ("One or more Items shall be included in this Sequence.", MANY),
        ("One or more items are permitted in the sequence", MANY),
        ("At least one Item shall be included in this Sequence.", MANY),
        ("One or more Items are allowed.", MANY),
        ("One or more Items shall included in this Sequence.", MANY),
        ("Zero or more Items may be included in this Sequence.", ItemCount(0, None)),
        ("Zero or one Item shall be included in this Sequence.", ItemCount(0, 1)),
        ("No more than one Item shall be included in this Sequence.", ItemCount(0, 1)),
        ("One or two Items shall be included in this Sequence.", ItemCount(1, 2)),
        ("Only one or two Items are permitted in this Sequence.", ItemCount(1, 2)),
        ("One, two, or three Items shall be included in this Sequence.", ItemCount(1, 3)),
        ("Two Items shall be included in this Sequence", ItemCount(2, 2)),
        ("Exactly two Items shall be included in this Sequence.", ItemCount(2, 2)),
        ("Two or more Items are permitted in this Sequencee.", ItemCount(2, None)),
        ("Shall consist of a single Item whose rows are cells.", ONE),
        ("One or more Items are permitted in this Sequence for this frame.", MANY),
        ("One or more Items are permitted in this Sequence, one Item for each colour.", MANY),
    ],
)
def test_a_count_and_no_more_holds_always(sentence, count):
    items = read("About something.", f"It is so. {sentence}", "More about it.")
    assert items.always == count
    assert items.conditional == ()
    assert items.unread == ()


def test_a_count_that_contradicts_the_first_is_kept_by_its_place():
    items = read("A single Item shall be present.", "One or more Items shall be present.")
    assert (items.always, items.unread) == (ONE, ("p2",))
    again = read("A single Item shall be present.", "Only one Item shall be present.")
    assert (again.always, again.unread) == (ONE, ())


def test_other_words_are_a_condition_at_its_paragraph():
    items = read("Words.", "Two Items shall be included in this Sequence if Colour is RED.")
    assert items.always is None
    ((count, condition),) = items.conditional
    assert isinstance(condition, Unparsed)
    assert (count, condition.paragraph) == (ItemCount(2, 2), "p2")


def test_a_condition_may_come_first():
    items = read("If Colour is RED, exactly two Items shall be included in this Sequence.")
    assert [count for count, _ in items.conditional] == [ItemCount(2, 2)]


def test_each_of_two_counts_in_a_sentence_holds_under_a_condition():
    items = read(
        "Only a single Item shall be included in this Sequence, unless Colour is RED, in which case"
        " two or more Items shall be included in this Sequence."
    )
    assert items.always is None
    assert [count for count, _ in items.conditional] == [ONE, ItemCount(2, None)]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Two Items shall be included if Colour is RED.", "Required if Colour is RED."),
        ("If Colour is RED, two Items shall be included.", "Required If Colour is RED."),
        ("One Item is present unless Colour is RED, in which case two Items are present.", ""),
    ],
)
def test_one_clause_beside_a_count_is_the_text_of_its_condition(sentence, text):
    every = [condition for _, condition in read(sentence).conditional]
    assert {condition.text for condition in every if isinstance(condition, Unread)} == {text}
    assert len({condition.digest for condition in every}) == len(every)


@pytest.mark.parametrize(
    "sentence",
    [
        "If a single Item is present, it is blue.",
        "If more than one Item is present, the order counts.",
        "When one or more Items are present, they are blue.",
    ],
)
def test_what_only_begins_a_condition_is_no_count(sentence):
    assert read(sentence) == read("Words.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The number of Items shall be equal to Number of Colours (0011,0011).",
        "Shall have the same number of Items as there are colours.",
        "The number and order of Items shall equal the colours.",
        "The maximum number of Items is one less than the colours.",
        "Exactly one Item shall be included for each colour.",
        "For every colour exactly one Item shall be present in this Sequence.",
        "There shall be one Item in this Sequence for each colour.",
        "More than one Item shall be present only if there are colours.",
    ],
)
def test_a_number_that_hangs_on_something_else_is_kept_by_its_place(sentence):
    items = read("Words.", sentence)
    assert (items.always, items.conditional) == (None, ())
    assert items.unread == ("p2",)


@given(st.lists(st.text(max_size=80), max_size=3))
def test_no_text_is_too_odd(texts):
    read(*texts)
