"""Names of Attributes in texts, with and without their tags."""

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from codegen.grammar.attribute_names import AttributeNames, SharedNameError
from dicomspec import edition as editions
from tests.codegen.grammar.made import NAMES


def replaced(text: str, *, one_word: bool = False) -> str:
    return " ".join(NAMES.replace(text, one_word=one_word).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lantern Colour (0099,0001) is RED", "{0099,0001} is RED"),
        ("Lantern Colour is RED", "{0099,0001} is RED"),
        ("if (0099,0001) is RED", "if {0099,0001} is RED"),
        ("Lantern Colour(0099,0001) is RED", "{0099,0001} is RED"),
        ("the Sailor's Name, or", "the {0099,0007} , or"),
        ("Sailor's Name's end", "{0099,0007} 's end"),
        ("Flag Data", "{60xx,0099}"),
        ("Flag Data (60xx,0099)", "{60xx,0099}"),
        ("nothing of the kind", "nothing of the kind"),
        ("", ""),
    ],
)
def test_names_and_tags(text, expected):
    assert replaced(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lantern Colour Sequence has Items", "{0099,0002} has Items"),
        ("Lantern Colour Sequences", "{0099,0001} Sequences"),
        ("Lantern Colours", "Lantern Colours"),
        ("Kettle Count", "{0099,0004}"),
        ("Lantern Colour Lantern Colour Sequence", "{0099,0001} {0099,0002}"),
    ],
)
def test_the_longest_name_comes_first(text, expected):
    assert replaced(text) == expected


@pytest.mark.parametrize("written", ["(0099,000A)", "(0099,000a)", "(0099, 000A)", "(0099, 000a)"])
def test_a_tag_may_be_printed_in_several_ways(written):
    assert replaced(f"Sail UID {written} is") == "{0099,000A} is"
    assert replaced(f"of {written} is") == "of {0099,000A} is"


@pytest.mark.parametrize("text", ["(0099, 0001", "(0099;0001)", "(99,1)", "(0099,  0001)"])
def test_what_is_no_tag(text):
    assert replaced(f"see {text}.") == " ".join(f"see {text}.".split())


def test_the_tag_counts_where_the_print_has_another_name():
    assert replaced("Lantern Colour (0099,0004) is 2") == "{0099,0004} is 2"
    assert replaced("Lantern Colour (0077,7777) is 2") == "{0077,7777} is 2"
    # a name that no Attribute has stays, so that no grammar accepts it
    assert replaced("Lantern Hue (0099,0001) is RED") == "Lantern Hue {0099,0001} is RED"


def test_what_stands_in_quotes_is_left_alone():
    text = 'is "Lantern Colour (0099,0001)" or "Kettle"'
    assert replaced(text, one_word=True) == text
    assert replaced('is "Lantern Colour') == 'is " {0099,0001}'  # no closing quote


@pytest.mark.parametrize(("one_word", "expected"), [(False, "Kettle"), (True, "{0099,0003}")])
def test_a_name_of_one_word_counts_only_where_it_is_said(one_word, expected):
    assert replaced("a Kettle is", one_word=one_word) == f"a {expected} is"
    assert replaced("a Kettle (0099,0003) is", one_word=one_word) == "a {0099,0003} is"
    assert replaced("Kettles", one_word=one_word) == "Kettles"


def test_a_name_with_a_hyphen_is_more_than_one_word():
    assert replaced("Retired-knot is present") == "{0099,0008} is present"


def test_a_name_that_two_tags_share():
    assert NAMES.shared == {"Twin Name"}
    assert replaced("Twin Name (0099,0006) is") == "{0099,0006} is"
    assert replaced("Twin Name is") == "Twin Name is"
    with pytest.raises(SharedNameError, match="several tags are named 'Twin Name'; give the tag"):
        replaced("Twin Name is", one_word=True)


def test_names_that_mean_no_attribute():
    assert replaced("this Item is", one_word=True) == "this Item is"


@given(
    text=st.text(st.sampled_from(' "(),09aAxX{}Lantern Colour Kettle\n'), max_size=60),
    one_word=st.booleans(),
)
@example(text='"', one_word=True)
@example(text="(0099,0001)(0099,0001)", one_word=False)
def test_no_text_is_too_odd_and_quotes_survive(text, one_word):
    result = NAMES.replace(text, one_word=one_word)
    assert result.count('"') == text.count('"')
    assert NAMES.replace(result, one_word=one_word).split() == result.split()


@pytest.mark.parametrize("name", editions.available())
def test_every_name_of_an_edition_is_found(name):
    """The standard's own registry as test data: each name alone, and each with its tag."""
    edition = editions.load(name)
    names = AttributeNames(edition.elements.values())
    assert names.shared - {""} == edition.shared_names - {""}
    for tag, element in edition.elements.items():
        if element.name in {"", "Item", "Item Delimitation Item", "Sequence Delimitation Item"}:
            continue
        braced = "{" + tag.strip("()") + "}"
        text = f"if {element.name} {tag} is present"
        assert names.replace(text, one_word=False).split() == f"if {braced} is present".split()
        if element.name not in names.shared:
            text = f"if {element.name} is present"
            assert names.replace(text, one_word=True).split() == f"if {braced} is present".split()
