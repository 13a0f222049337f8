"""Grammars of words: a phrase stands for its words, one after the other."""

import pytest
from lark import UnexpectedInput

from codegen.grammar.words import parser
from tests.codegen.grammar.made import GRAMMARS

_GRAMMAR = """
start: "is not" WORD     -> is_not
     | "is" WORD ("," "or" WORD)* -> is_
     | "not-null, or empty" -> odd
WORD: /[A-Z]+/
%import common.WS
%ignore WS
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("grammar") / "made.lark"
    path.write_text(_GRAMMAR, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("is not RED", "is_not", ["RED"]),
        ("is   not\nRED", "is_not", ["RED"]),
        ("is RED", "is_", ["RED"]),
        ("is RED, or BLUE", "is_", ["RED", "BLUE"]),
        ("not-null, or empty", "odd", []),
    ],
)
def test_phrases_are_parsed_word_by_word(made, text, rule, words):
    tree = parser(made).parse(text)
    assert (tree.data, [str(token) for token in tree.children]) == (rule, words)


@pytest.mark.parametrize("text", ["are not RED", "is not", "not is RED", "is RED or BLUE", ""])
def test_what_the_grammar_does_not_have(made, text):
    with pytest.raises(UnexpectedInput):
        parser(made).parse(text)


@pytest.mark.parametrize("name", ["reading.lark", "condition.lark"])
def test_a_grammar_is_compiled_once(name):
    assert parser(GRAMMARS / name) is parser(GRAMMARS / name)
