"""A registry made up for the tests of the grammars: no Attribute in it is the standard's."""

import re
from pathlib import Path

from codegen.grammar import sentence
from codegen.grammar.attribute_names import AttributeNames
from codegen.grammar.reading import Reader
from codegen.grammar.sentence import Sentences
from dicomspec.model import DataElement
from dicomspec.model import condition as c

ELEMENTS = tuple(
    DataElement(tag, name, re.sub(r"[^A-Za-z]", "", name), ("LO",), "1")
    for tag, name in (
        ("(0099,0001)", "Lantern Colour"),
        ("(0099,0002)", "Lantern Colour Sequence"),
        ("(0099,0003)", "Kettle"),
        ("(0099,0004)", "Kettle Count"),
        ("(0099,0005)", "Twin Name"),
        ("(0099,0006)", "Twin Name"),
        ("(0099,0007)", "Sailor's Name"),
        ("(0099,0008)", "Retired-knot"),
        ("(0099,000A)", "Sail UID"),
        ("(60xx,0099)", "Flag Data"),
        ("(0099,0010)", ""),
        ("(0099,0011)", ""),
        ("(FFFE,E000)", "Item"),
    )
)
NAMES = AttributeNames(ELEMENTS)
READER = Reader(NAMES)
SENTENCES = Sentences(NAMES)
GRAMMARS = Path(sentence.__file__).parent

COLOUR, COLOURS, KETTLE = c.Ref("(0099,0001)"), c.Ref("(0099,0002)"), c.Ref("(0099,0003)")
COUNT, SAILOR, SAIL = c.Ref("(0099,0004)"), c.Ref("(0099,0007)"), c.Ref("(0099,000A)")
FLAG = c.Ref("(60xx,0099)")
RED, LIT = c.Is(COLOUR, ("RED",)), c.Present(KETTLE)


def phrases(grammar: str) -> set[str]:
    """Return the quoted words of a grammar's rules, without comments and patterns."""
    text = (GRAMMARS / grammar).read_text(encoding="utf-8")
    rules = re.sub(r"^(?://|%|[A-Z_]+: /).*$", "", text, flags=re.MULTILINE)
    return set(re.findall(r'"([^"]+)"', rules))
