"""The standard's kind of sentences → conditions: every construct of condition.lark.

What a sentence should mean is written in our own English, which test_reading.py proves.
"""

import re
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from codegen.grammar import sentence
from codegen.grammar.attribute_names import AttributeNames
from codegen.grammar.sentence import Sentences
from codegen.grammar.words import parser
from dicomspec.model import condition as c
from tests.codegen.grammar.made import ELEMENTS, GRAMMARS, READER, SENTENCES, phrases

if TYPE_CHECKING:
    from lark import Lark

# "if …" → what it means; "#" stands for Lantern Colour, "%" for Kettle Count
PREDICATES = [
    # presence and absence
    ("# is present", "# is present"),
    ("# (0099,0001) is present", "# is present"),
    ("(0099,0001) is present", "# is present"),
    ("the # exists", "# is present"),
    ("the value of the # is present", "# is present"),
    ("the # Attribute is present", "# is present"),
    ("# and % are present", "# is present and % is present"),
    ("#, % and Flag Data are present", "# is present and % is present and Flag Data is present"),
    ("#, %, and Flag Data are present", "# is present and % is present and Flag Data is present"),
    ("# or % is present", "# is present or % is present"),
    ("either # or % is present", "# is present or % is present"),
    ("#, % or Flag Data is present", "# is present or % is present or Flag Data is present"),
    ("# is not present", "# is absent"),
    ("# is absent", "# is absent"),
    ("# is not included", "# is absent"),
    ("# and % are not present", "# is absent and % is absent"),
    ("# and % are absent", "# is absent and % is absent"),
    ("either # or % is not present", "# is absent or % is absent"),
    ("neither # nor % is present", "# is absent and % is absent"),
    ("neither # nor % nor Flag Data are present",
     "# is absent and % is absent and Flag Data is absent"),
    # a value, none
    ("# has a value", "# has a value"),
    ("# contains a value", "# has a value"),
    ("# is present with a value", "# has a value"),
    ("# is present and has a value", "# has a value"),
    ("a value is present for #", "# has a value"),
    ("# is not null", "# has a value"),
    ("# is not empty", "# has a value"),
    ("# is non-null", "# has a value"),
    ("# has no value", "# has no value"),
    ("# is empty", "# has no value"),
    ("# is null", "# has no value"),
    # lists of values
    ("# is RED", "# is RED"),
    ("# is RED or BLUE", "# is any of RED, BLUE"),
    ("# is RED, BLUE or GREY", "# is any of RED, BLUE, GREY"),
    ("# is RED, BLUE, or GREY", "# is any of RED, BLUE, GREY"),
    ("# is RED, BLUE, GREY", "# is any of RED, BLUE, GREY"),
    ('# is "dark red" or "light red"', '# is any of "dark red", "light red"'),
    ("# is \u201cdark red\u201d", '# is "dark red"'),
    ("# is DARK RED", '# is "DARK RED"'),
    ("# is DARK RED or VERY_DARK BLUE", '# is any of "DARK RED", "VERY_DARK BLUE"'),
    ("# is either RED or BLUE", "# is any of RED, BLUE"),
    ("# equals RED", "# is RED"),
    ("# equals either RED or BLUE", "# is any of RED, BLUE"),
    ("# is equal to RED", "# is RED"),
    ("# = RED", "# is RED"),
    ("# has a value of RED", "# is RED"),
    ("# has the value RED", "# is RED"),
    ("# has the value of RED", "# is RED"),
    ("# has value RED", "# is RED"),
    ("# has value of RED", "# is RED"),
    ("# has a value RED", "# is RED"),
    ("# has a value that is RED", "# is RED"),
    ("# is set to RED", "# is RED"),
    ("# is any of RED, BLUE", "# is any of RED, BLUE"),
    ("# is one of RED, BLUE", "# is any of RED, BLUE"),
    ("# value is RED", "# is RED"),
    ("values of # are RED or BLUE", "# is any of RED, BLUE"),
    ("values of # equal RED", "# is RED"),
    ("# is present and is RED", "# is RED"),
    ("# is present and is either RED or BLUE", "# is any of RED, BLUE"),
    ("# is present and has the value RED", "# is RED"),
    ("# is present, has value RED", "# is RED"),
    ("# is present with the value of RED", "# is RED"),
    ("# is present with a value of RED", "# is RED"),
    ("# is present and the value is RED", "# is RED"),
    ("# is present and its value is RED", "# is RED"),
    ("# of this frame is RED", "# is RED"),
    ("# in this Item is RED", "# is RED"),
    ('Sail UID is "1.2.840.10008.1" (Sloop Storage)', "Sail UID is 1.2.840.10008.1"),
    ('Sail UID is "1.2.840.10008.1 (Sloop Storage)"', "Sail UID is 1.2.840.10008.1"),
    # not a value
    ("# is not RED", "# is not RED"),
    ("# is not RED or BLUE", "# is none of RED, BLUE"),
    ("# is not RED and not BLUE", "# is none of RED, BLUE"),
    ("# is not RED, and not BLUE", "# is none of RED, BLUE"),
    ("# is not RED or not BLUE", "# is none of RED, BLUE"),
    ("# is not RED or is not BLUE", "# is none of RED, BLUE"),
    ("# is not RED nor BLUE", "# is none of RED, BLUE"),
    ("# is none of RED, BLUE, or GREY", "# is none of RED, BLUE, GREY"),
    ("# is other than RED", "# is not RED"),
    ("# other than RED", "# is not RED"),
    ("# not RED", "# is not RED"),
    ("# equals other than RED", "# is not RED"),
    ("# does not equal RED", "# is not RED"),
    ("# is not equal to RED", "# is not RED"),
    ("# not equal to RED", "# is not RED"),
    ("# has a value other than RED", "# is not RED"),
    ("# has a value that is not RED", "# is not RED"),
    ("# has a value not equal to RED", "# is not RED"),
    ("# is present and is not RED", "# is not RED"),
    ("# is present with a value other than RED", "# is not RED"),
    ("# is absent or is not RED", "# is absent or not RED"),
    ("# is not present or is not RED", "# is absent or not RED"),
    ("# is not present or is none of RED, BLUE", "# is absent or none of RED, BLUE"),
    # Value n, any Value
    ("# Value 2 is RED", "# Value 2 is RED"),
    ("# (0099,0001) Value 2 is RED", "# Value 2 is RED"),
    ("# (0099,0001), Value 2, is RED", "# Value 2 is RED"),
    ("# (0099,0001) Value 2 of this frame is not RED", "# Value 2 is not RED"),
    ("# contains RED", "any Value of # is RED"),
    ("# contains the value RED", "any Value of # is RED"),
    ("# includes the value RED or BLUE", "any Value of # is any of RED, BLUE"),
    ("# Value 2 includes RED", "# Value 2 is RED"),
    # numbers
    ("% is greater than 1", "% is greater than 1"),
    ("% is greater than one", "% is greater than 1"),
    ("% > -1.5", "% is greater than -1.5"),
    ("% is > 1", "% is greater than 1"),
    ("% is more than 3", "% is greater than 3"),
    ("% has a value greater than zero", "% is greater than 0"),
    ("% is present and has a value greater than 1", "% is greater than 1"),
    ("% equals greater than 1", "% is greater than 1"),
    ("% is less than 2", "% is less than 2"),
    ("% < 2", "% is less than 2"),
    ("% is greater than or equal to 2", "% is at least 2"),
    ("% is at least 2", "% is at least 2"),
    ("% >= 2", "% is at least 2"),
    ("% is non-zero", "% is not 0"),
    ("% is nonzero", "% is not 0"),
    ("% is not zero", "% is not 0"),
    ("% is not equal to zero", "% is not 0"),
    ("% equals 1 or 2", "% is any of 1, 2"),
    # tags as values
    ("# points to % (0099,0004)", 'any Value of # is "(0099,0004)"'),
    ("# includes the Tag for % or Flag Data",
     'any Value of # is any of "(0099,0004)", "(60xx,0099)"'),
    ("# contains the Tag for %", 'any Value of # is "(0099,0004)"'),
    ("# Value 1 equals % (0099,0004)", '# Value 1 is "(0099,0004)"'),
    ("# is % (0099,0004)", 'any Value of # is "(0099,0004)"'),
    # codes and Items
    ('# Sequence is (12, DCM, "Dusk")', "# Sequence is the code (12, DCM)"),
    ('# Sequence is (12,DCM,"Dusk") or (A-1,SRT,"Dawn")',
     "# Sequence is any of the codes (12, DCM), (A-1, SRT)"),
    ("# Sequence equals [DCM_12], [SCT_34], or [UCUM_mm]",
     '# Sequence is any of the codes (12, DCM), (34, SCT), ("mm", UCUM)'),
    ("# Sequence contains an Item with the value [DCM_12]", "# Sequence is the code (12, DCM)"),
    ("# Sequence contains an Item with a value of [DCM_12]", "# Sequence is the code (12, DCM)"),
    ("# Sequence has the value [DCM_12]", "# Sequence is the code (12, DCM)"),
    ("# Sequence Item value is [DCM_12]", "# Sequence is the code (12, DCM)"),
    ("# Sequence Item is [DCM_12]", "# Sequence is the code (12, DCM)"),
    ("# Sequence contains the code [DCM_12]", "# Sequence is the code (12, DCM)"),
    ("# Sequence contains more than one Item",
     "the number of Items of # Sequence is greater than 1"),
    ("# Sequence has more than one Item",
     "the number of Items of # Sequence is greater than 1"),
    # and, or; with commas
    ("# is RED and % is 1", "# is RED and % is 1"),
    ("# is RED or % is 1", "# is RED or % is 1"),
    ("# is RED and if % is 1", "# is RED and % is 1"),
    ("# is RED or when % is 1", "# is RED or % is 1"),
    ("# is RED, or if % is 1", "# is RED or % is 1"),
    ("# is RED; or % is 1", "# is RED or % is 1"),
    ("# is RED, and % is 1", "# is RED and % is 1"),
    ("# is RED and % is 1 and Flag Data is absent",
     "# is RED and % is 1 and Flag Data is absent"),
    ("either # is RED or % is 1", "# is RED or % is 1"),
    ("either # is present, % is 1, or Flag Data is absent",
     "# is present or % is 1 or Flag Data is absent"),
    ("both # is RED and % is 1", "# is RED and % is 1"),
    ("both # is RED and % is 1 or Flag Data is absent",
     "# is RED and % is 1, or Flag Data is absent"),
    ("# is RED and either % is 1 or Flag Data is absent",
     "# is RED and (% is 1 or Flag Data is absent)"),
    ("either # is RED or % is 1, and Flag Data is absent",
     "(# is RED or % is 1) and Flag Data is absent"),
    ("# is RED and % is 1, or Flag Data is absent",
     "# is RED and % is 1, or Flag Data is absent"),
    ("# is RED, or % is 1 and Flag Data is absent",
     "# is RED, or % is 1 and Flag Data is absent"),
    ("# is RED or % is 1, and Flag Data is absent",
     "(# is RED or % is 1) and Flag Data is absent"),
    ("# is RED, and % is 1 or Flag Data is absent",
     "# is RED and (% is 1 or Flag Data is absent)"),
    ("# is RED or BLUE and % is 1 or 2", "# is any of RED, BLUE and % is any of 1, 2"),
    ("# is present or % is present and has a value of 1", "# is present or % is 1"),
]  # fmt: skip

# whole texts → what they mean; "|" begins a paragraph, "*" a point of a list
TEXTS = [
    ("Required if # is RED.", "Required when # is RED; not permitted otherwise."),
    ("Required when # is RED", "Required when # is RED; not permitted otherwise."),
    ("Required only if # is RED.", "Required when # is RED; not permitted otherwise."),
    ("Required if and only if # is RED.", "Required when # is RED; not permitted otherwise."),
    ("Shall be present if # is RED.", "Required when # is RED; not permitted otherwise."),
    ("Shall be present only if # is RED.", "Required when # is RED; not permitted otherwise."),
    # otherwise
    ("Required if # is RED. May be present otherwise.", "Required when # is RED; may"),
    ("Required if # is RED, may be present otherwise.", "Required when # is RED; may"),
    ("Required if # is RED; may be present otherwise.", "Required when # is RED; may"),
    ("Required if # is RED. It may be used otherwise.", "Required when # is RED; may"),
    ("Required if # is RED. May be included otherwise.", "Required when # is RED; may"),
    ("Required if # is RED. Otherwise, it may be present.", "Required when # is RED; may"),
    ("Required if # is RED. Otherwise optional.", "Required when # is RED; may"),
    ("Required if # is RED. Optional otherwise.", "Required when # is RED; may"),
    ("Required if # is RED. It shall not be present otherwise.", "Required when # is RED; not"),
    ("Required if # is RED. Shall not be used otherwise.", "Required when # is RED; not"),
    ("Required if # is RED. Shall not be included otherwise.", "Required when # is RED; not"),
    ("Required if # is RED. Otherwise, it shall not be present.", "Required when # is RED; not"),
    ("Required if # is RED. Otherwise not used.", "Required when # is RED; not"),
    ("Required if # is RED. Not permitted otherwise.", "Required when # is RED; not"),
    # may, may only, shall not
    ("Required if # is RED. May be present if % is 1.",
     "Required when # is RED; may be present when % is 1; not"),
    ("Required if # is RED. Otherwise it may be present only if % is 1.",
     "Required when # is RED; may be present when % is 1; not"),
    ("May only be present if % is 1.", "May be present when % is 1; not"),
    ("May be used only if % is 1.", "May be present when % is 1; not"),
    ("It shall be present only if % is 1. Required if # is RED.", None),
    ("Shall be present only if % is 1. Required if # is RED.",
     "Required when % is 1 or # is RED; not"),
    ("Required if # is RED. Shall not be present if % is 1.",
     "Required when # is RED; not permitted when % is 1; not"),
    ("It shall not be present, when % is 1. May be present otherwise.",
     "Not permitted when % is 1; may"),
    # several sentences
    ("Required if # is RED. Required if % is 1.", "Required when # is RED or % is 1; not"),
    ("Required if # is RED. Required if % is 1 and Flag Data is absent.",
     "Required when # is RED, or % is 1 and Flag Data is absent; not"),
    ("Required if # is RED. | Required if % is 1. | May be present otherwise.",
     "Required when # is RED or % is 1; may"),
    ("Required if # is RED. May be present otherwise. It may be present otherwise.",
     "Required when # is RED; may"),
    # lists
    ("Required if: | * # is RED, or | * % is 1.", "Required when # is RED or % is 1; not"),
    ("Required if | * # is RED or | * % is 1, or | * Flag Data is absent", None),
    ("Required if: | * # is RED, or | * % is 1, or | * Flag Data is absent",
     "Required when # is RED or % is 1 or Flag Data is absent; not"),
    ("Required if: | * # is RED and | * % is 1. | May be present otherwise.",
     "Required when # is RED and % is 1; may"),
    ("Required if # is RED | or % is 1.", "Required when # is RED or % is 1; not"),
    ("Required if # is RED | and % is 1. | May be present otherwise.",
     "Required when # is RED and % is 1; may"),
    ("Required if: | * # is RED | * % is 1", None),  # it doesn't say whether and or or
    # what says nothing of presence
    ("It glows. Required if # is RED. It is heavy, too.", "Required when # is RED; not"),
    ("Required if # is RED. One or more Items shall be included in this Sequence.",
     "Required when # is RED; not"),
    ("Only one Item may be present. Required if # is RED.", "Required when # is RED; not"),
    ("Zero or one Items are permitted. Required if # is RED.", "Required when # is RED; not"),
    ("Required if # is RED. | See [sect_1] where it is required.", "Required when # is RED; not"),
    ("Required if # is RED (see [sect_1.2]).", "Required when # is RED; not"),
    ("Required if # is RED, as described in [table_3-1]. May be present otherwise.",
     "Required when # is RED; may"),
    ("Required if # is RED. | Note: it is optional in harbours.", "Required when # is RED; not"),
    # Usage, and Includes
    ("C - Required if # is RED.", "Required when # is RED; not"),
    ("C \u2013 Required if # is RED. May be present otherwise.", "Required when # is RED; may"),
    ("C Required if # is RED.", "Required when # is RED; not"),
    ("U - May be used only if # is RED", "May be present when # is RED; not"),
    ("Include [table_10-3] if and only if # is RED.", "Required when # is RED; not"),
    ("Include [table_10-3]. if and only if # is RED or % is 1.",
     "Required when # is RED or % is 1; not"),
    # what is not understood is not read
    ("Required if the lantern is lit.", None),
    ("Required if # is RED and the lantern is lit.", None),
    ("Required if # is RED. Required if the lantern is lit.", None),
    ("Required if # is RED. May be present otherwise if the lantern is lit.", None),
    ("Required if # is RED. May be present otherwise. Shall not be present otherwise.", None),
    ("Required if # is RED, except at night.", None),
    ("Required if # is RED unless % is 1.", None),
    ("Required unless # is RED.", None),
    ("Required if # is RED. It shall be absent if % is 1.", None),
    ("Required if # is RED. It may be omitted at night.", None),
    ("Required for lanterns.", None),
    ("Required.", None),
    ("May be present otherwise.", None),
    ("# is required.", None),
    ("It glows.", None),
    ("", None),
    ("Required if Kettle is present.", None),  # a name of one word may be just a word
    ("Required if Kettle (0099,0003) is present.", "Required when Kettle is present; not"),
    ("Required if Twin Name is present.", None),  # two have this name
    ("Required if Twin Name (0099,0005) is present.",
     "Required when (0099,0005) is present; not"),
    ("Required if Value 2 of # is RED.", None),
    ("Required if # or % is not present.", None),  # both, or one of them?
    ("Required if # is present and RED.", None),
    ("Required if # is RED and BLUE.", None),
    # mixes of "and" and "or" whose order nothing tells
    ("Required if # is RED and % is 1 or Flag Data is absent.", None),
    ("Required if # is RED or % is 1 and Flag Data is absent.", None),
    ("Required if # is RED, and % is 1, or Flag Data is absent.", None),
    ("Required if # is RED, or % is 1, and Flag Data is absent.", None),
    ("Required if either # is RED or % is 1 and Flag Data is absent.", None),
]  # fmt: skip


def _meant(text: str) -> str:
    for sign, name in (("#", "Lantern Colour"), ("%", "Kettle Count"), ("*", "\u2022"),
                       ("|", "\u00b6")):  # fmt: skip
        text = text.replace(sign, name)
    return text


def _expected(wording: str) -> c.Conditional:
    meant = _meant(wording)
    for short, whole in (("may", "may be present otherwise."), ("not", "not permitted otherwise.")):
        if meant.endswith(f"; {short}"):
            meant = meant.removesuffix(short) + whole
    return READER.read(meant, "p")


@pytest.mark.parametrize(("condition", "meaning"), PREDICATES)
def test_what_a_condition_may_ask(condition, meaning):
    expected = _expected(f"Required when {meaning}; not")
    assert SENTENCES.read(_meant(f"Required if {condition}."), "p") == expected


@pytest.mark.parametrize(("text", "meaning"), TEXTS)
def test_texts(text, meaning):
    expected = None if meaning is None else _expected(meaning)
    assert SENTENCES.read(_meant(text), "p") == expected


def test_a_condition_has_the_place_that_it_is_given():
    read = SENTENCES.read(_meant("Required if # is RED."), "para_1")
    assert read is not None
    assert read.paragraph == "para_1"


def test_names_are_those_of_the_registry():
    """The same sentence isn't understood where no Attribute has that name."""
    fewer = Sentences(AttributeNames(each for each in ELEMENTS if each.name != "Kettle Count"))
    assert fewer.read("Required if Kettle Count is 1.") is None
    assert fewer.read("Required if Kettle Count (0099,0004) is 1.") is None  # two words left
    assert fewer.read("Required if (0099,0004) is 1.") == SENTENCES.read(
        "Required if Kettle Count is 1."
    )


def _evened() -> list[str]:
    texts = [f"Required if {condition}." for condition, _ in PREDICATES]
    texts += [text for text, meaning in TEXTS if meaning is not None]
    return [
        SENTENCES._even(each)
        for text in texts
        for each in sentence._SENTENCE.split(
            sentence._joined(
                sentence._USAGE.sub("", sentence._INCLUDE.sub("Required if", _meant(text)))
            )
        )
        if sentence._ABOUT_PRESENCE.search(each) and not sentence._HARMLESS.search(each)
    ]


def test_every_rule_and_phrase_of_the_grammar_is_shown():
    """A construct that is added to condition.lark has to be added here too."""
    lark: Lark = parser(GRAMMARS / "condition.lark")
    used: set[str] = set()
    told = _evened()
    for each in told:
        used.update(str(node.data) for node in lark.parse(each).iter_subtrees())
    source = (GRAMMARS / "condition.lark").read_text(encoding="utf-8")
    rules = set(re.findall(r"^([a-z]\w*):|->\s*(\w+)", source, re.MULTILINE))
    assert {alias or rule for rule, alias in rules} - used == {"items"}  # it has an alias only
    words = " \n ".join(re.sub(r"[,;]", r" \g<0> ", each) for each in told)
    missing = [each for each in phrases("condition.lark") if f" {each} " not in f" {words} "]
    assert missing == []


def _words() -> st.SearchStrategy[str]:
    """Sentences of the grammar's own words, in any order."""
    literal = st.sampled_from(["Lantern Colour", "Kettle Count", "RED", "1", '"a"', "[DCM_1]", "¶"])
    word = st.sampled_from(sorted(phrases("condition.lark")))
    rest = st.lists(st.one_of(literal, word), max_size=12).map(" ".join)
    return rest.map(lambda text: f"Required if {text}.")


@settings(max_examples=150, deadline=None)
@given(st.one_of(_words(), st.text(max_size=60), st.text(max_size=60).map("Required if {}".format)))
def test_any_text_is_read_or_not(text):
    read: Any = SENTENCES.read(text)
    assert read is None or isinstance(read, c.Conditional)
    assert read == SENTENCES.read(text)
