"""Parsers whose tokens are words: grammars are written with phrases, and parsed word by word."""

import re
from functools import lru_cache
from pathlib import Path

from lark import Lark

_PHRASE = re.compile(r'"(?P<words>[A-Za-z][A-Za-z,\- ]* [A-Za-z,\- ]+)"')


@lru_cache(maxsize=4)
def parser(grammar: Path) -> Lark:
    """Return the parser of a grammar file; "is not" in it stands for "is" "not"."""
    text = _PHRASE.sub(
        lambda match: "(" + " ".join(f'"{word}"' for word in match["words"].split()) + ")",
        grammar.read_text(encoding="utf-8"),
    )
    return Lark(text, parser="earley", lexer="basic", maybe_placeholders=False)
