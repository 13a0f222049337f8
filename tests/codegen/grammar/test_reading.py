"""Our own English → expressions: every construct of reading.lark, and back by the wording."""

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast, get_args

import pytest
from lark import Tree

from codegen.grammar.reading import ReadingError
from codegen.grammar.words import parser
from dicomspec.model import condition as c
from dicomspec.wording import Wording
from tests.codegen.grammar.made import (
    COLOUR,
    COLOURS,
    COUNT,
    ELEMENTS,
    FLAG,
    GRAMMARS,
    KETTLE,
    LIT,
    NAMES,
    READER,
    RED,
    SAIL,
    SAILOR,
    phrases,
)

if TYPE_CHECKING:
    from dicomspec.edition import Edition

_WORDING = Wording(
    cast(
        "Edition",
        SimpleNamespace(elements={each.tag: each for each in ELEMENTS}, shared_names=NAMES.shared),
    )
)
_MORE, _LESS = c.Comparison.GREATER, c.Comparison.LESS


def _scoped(scope: c.Scope) -> c.Expression:
    return c.Present(c.Ref("(0099,0003)", None, scope))


# what the wording writes, and what it stands for: each way of the grammar, as we ourselves write it
CANONICAL: list[tuple[str, c.Expression]] = [
    ("Kettle is present", LIT),
    ("Kettle is absent", c.Absent(KETTLE)),
    ("Kettle has a value", c.HasValue(KETTLE)),
    ("Kettle has no value", c.Not(c.HasValue(KETTLE))),
    ("Flag Data is present", c.Present(FLAG)),
    ("Sailor's Name is absent", c.Absent(SAILOR)),
    ("Twin Name (0099,0006) is present", c.Present(c.Ref("(0099,0006)"))),
    ("(0099,0010) is present", c.Present(c.Ref("(0099,0010)"))),
    ("(0077,0001) is present", c.Present(c.Ref("(0077,0001)"))),
    ("Lantern Colour is RED", RED),
    ("Lantern Colour is any of RED, BLUE", c.Is(COLOUR, ("RED", "BLUE"))),
    ('Lantern Colour is "dark red"', c.Is(COLOUR, ("dark red",))),
    ('Lantern Colour is any of "dark red", BLUE, ""', c.Is(COLOUR, ("dark red", "BLUE", ""))),
    ("Sail UID is 1.2.840.10008.1", c.Is(SAIL, ("1.2.840.10008.1",))),
    ("Kettle Count is -1", c.Is(COUNT, ("-1",))),
    ("Lantern Colour is not RED", c.IsNot(COLOUR, ("RED",))),
    ("Lantern Colour is none of RED, BLUE", c.IsNot(COLOUR, ("RED", "BLUE"))),
    ("Lantern Colour is absent or not RED", c.IsNot(COLOUR, ("RED",), or_absent=True)),
    (
        "Lantern Colour is absent or none of RED, BLUE",
        c.IsNot(COLOUR, ("RED", "BLUE"), or_absent=True),
    ),
    ("any Value of Lantern Colour is RED", c.Is(c.Ref("(0099,0001)", 0), ("RED",))),
    ("Lantern Colour Value 2 is RED", c.Is(c.Ref("(0099,0001)", 2), ("RED",))),
    ("Kettle in this Item is present", _scoped(c.Scope.ITEM)),
    ("Kettle in the enclosing Item is present", _scoped(c.Scope.ENCLOSING)),
    ("Kettle at the root is present", _scoped(c.Scope.ROOT)),
    ("Kettle anywhere is present", _scoped(c.Scope.ANYWHERE)),
    ("Kettle at any depth is present", _scoped(c.Scope.INSIDE)),
    (
        "Lantern Colour Value 3 at the root is not RED",
        c.IsNot(c.Ref("(0099,0001)", 3, c.Scope.ROOT), ("RED",)),
    ),
    ("Kettle Count is greater than 1", c.Compare(COUNT, _MORE, "1")),
    ("Kettle Count is less than -0.5", c.Compare(COUNT, _LESS, "-0.5")),
    ("Kettle Count is at least 1E-3", c.Compare(COUNT, c.Comparison.AT_LEAST, "1E-3")),
    ("Kettle Count is at most 10", c.Compare(COUNT, c.Comparison.AT_MOST, "10")),
    ("Kettle Count equals Kettle", c.Same(COUNT, KETTLE)),
    (
        "Kettle Count Value 1 differs from Kettle at the root",
        c.Different(c.Ref("(0099,0004)", 1), c.Ref("(0099,0003)", None, c.Scope.ROOT)),
    ),
    ("Kettle begins and ends with the same 2 Values", c.Closed(KETTLE, "2")),
    (
        "any Value of Kettle is the tag of a private Attribute",
        c.PrivateTag(c.Ref("(0099,0003)", 0)),
    ),
    ("Kettle is the tag of an Attribute of VR SQ", c.TagOfVR(KETTLE, "SQ")),
    (
        'Kettle is the tag of an Attribute whose name ends in "Kettle Sequence"',
        c.TagNamed(KETTLE, "Kettle Sequence"),
    ),
    *(
        (
            f"the number of Items of Lantern Colour Sequence {each.value} 2",
            c.ItemsNumber(COLOURS, each, "2"),
        )
        for each in c.Comparison
    ),
    *(
        (
            f"the number of Values of Lantern Colour {each.value} 2",
            c.ValuesNumber(COLOUR, each, "2"),
        )
        for each in c.Comparison
    ),
    (
        "Lantern Colour Sequence is the code (12, DCM)",
        c.HasCode(COLOURS, (c.Code("12", "DCM"),)),
    ),
    (
        'Lantern Colour Sequence is any of the codes (12, DCM), ("a b")',
        c.HasCode(COLOURS, (c.Code("12", "DCM"), c.Code("a b"))),
    ),
    (
        'Lantern Colour Sequence is the code (12, "made up", "Kettle is RED")',
        c.HasCode(COLOURS, (c.Code("12", "made up", "Kettle is RED"),)),
    ),
    ("Lantern Colour Sequence is not the code (12)", c.HasNoCode(COLOURS, (c.Code("12"),))),
    (
        "Lantern Colour Sequence is none of the codes (1, A), (2, B)",
        c.HasNoCode(COLOURS, (c.Code("1", "A"), c.Code("2", "B"))),
    ),
    ("some Item of Lantern Colour Sequence has (Kettle is present)", c.SomeItem(COLOURS, LIT)),
    (
        "every Item of Lantern Colour Sequence has (Kettle is present and this Item is the first)",
        c.EveryItem(COLOURS, c.And((LIT, c.FirstItem()))),
    ),
    (
        "the Item of Lantern Colour Sequence whose Kettle equals Kettle Count has (Kettle is RED)",
        c.ItemReferredTo(COLOURS, KETTLE, COUNT, c.Is(KETTLE, ("RED",))),
    ),
    ("this Item is the first", c.FirstItem()),
    ("this Item is the last", c.LastItem()),
    ("the enclosing Item is the first", c.FirstItem(enclosing=True)),
    ("the enclosing Item is the last", c.LastItem(enclosing=True)),
    ("this Item has Attributes", c.Filled()),
    ("text of this Item goes beyond the default repertoire", c.BeyondDefault()),
    ("this Item is in Lantern Colour Sequence", c.Within((COLOURS.tag,))),
    (
        "this Item is in any of Lantern Colour Sequence, Kettle",
        c.Within((COLOURS.tag, KETTLE.tag)),
    ),
    ('the IOD is "Ship\'s Log"', c.IODIs(("Ship's Log",))),
    ('the IOD is any of "Log", "Kettle Count"', c.IODIs(("Log", "Kettle Count"))),
    ('the Module "Kettle" is present', c.ModulePresent("Kettle")),
    ("the Transfer Syntax is 1.2.3", c.TransferSyntaxIs(("1.2.3",))),
    ("the Transfer Syntax is any of 1.2.3, 1.2.4", c.TransferSyntaxIs(("1.2.3", "1.2.4"))),
    ('people judge that "tea is wanted (0099,0003)"', c.Judgement("tea is wanted (0099,0003)")),
    ("not (Kettle is present)", c.Not(LIT)),
    ("Lantern Colour is RED and Kettle is present", c.And((RED, LIT))),
    ("Lantern Colour is RED or Kettle is present", c.Or((RED, LIT))),
    (
        "Lantern Colour is RED and Kettle is present, or this Item is the last",
        c.Or((c.And((RED, LIT)), c.LastItem())),
    ),
    (
        "Lantern Colour is RED and (Kettle is present or this Item is the last)",
        c.And((RED, c.Or((LIT, c.LastItem())))),
    ),
    (
        "not (Lantern Colour is RED or Kettle is present) and this Item is the last",
        c.And((c.Not(c.Or((RED, LIT))), c.LastItem())),
    ),
]


@pytest.mark.parametrize(("words", "expression"), CANONICAL)
def test_what_is_worded_is_read_back(words, expression):
    condition = c.Conditional("p", expression)
    wording = f"Required when {words}; not permitted otherwise."
    assert READER.read(wording, "p") == condition
    assert _WORDING.condition(condition) == wording


CLAUSES = [
    ("Required always; may be present otherwise.", c.And(()), None, None, True),
    ("Required when Kettle is present; not permitted otherwise.", LIT, None, None, False),
    ("May be present when Kettle is present; not permitted otherwise.", None, LIT, None, False),
    ("Not permitted when Kettle is present; may be present otherwise.", None, None, LIT, True),
    (
        "Required when Kettle is 1; may be present when Kettle is present; "  # noqa: ISC004
        "not permitted when Kettle is absent; may be present otherwise.",
        c.Is(KETTLE, ("1",)), LIT, c.Absent(KETTLE), True,
    ),
    ("May be present otherwise.", None, None, None, True),
    ("Not permitted otherwise.", None, None, None, False),
]  # fmt: skip


@pytest.mark.parametrize(("wording", "required", "permitted", "forbidden", "may"), CLAUSES)
def test_the_clauses(wording, required, permitted, forbidden, may):
    otherwise = c.Otherwise.MAY if may else c.Otherwise.SHALL_NOT
    expected = c.Conditional("p", required, permitted, forbidden, otherwise)
    assert READER.read(wording, "p") == expected
    assert _WORDING.condition(expected) == wording


@pytest.mark.parametrize(
    "written",
    [
        "required when Kettle is present; not permitted otherwise",
        "Required  when\n Kettle is present;  Not permitted otherwise.",
        "Required when (0099,0003) is present; not permitted otherwise.",
        "Required when Kettle (0099,0003) is present; not permitted otherwise.",
        "Required when Lantern Colour (0099,0003) is present; not permitted otherwise.",
    ],
)
def test_a_wording_need_not_be_ours_to_the_letter(written):
    assert READER.read(written, "p") == c.Conditional("p", LIT)


@pytest.mark.parametrize(
    ("written", "worded"),
    [
        ("(Kettle is present)", "Kettle is present"),
        ("Kettle is present, or Kettle is 1", "Kettle is present or Kettle is 1"),
        (
            "Kettle is present and (Kettle is 1 and Kettle is 2)",
            "Kettle is present and Kettle is 1 and Kettle is 2",
        ),
        (
            "(Kettle is present or Kettle is 1) or Kettle is 2",
            "Kettle is present or Kettle is 1 or Kettle is 2",
        ),
        ('Kettle is any of "RED", BLUE', "Kettle is any of RED, BLUE"),
        ("not (Kettle has a value)", "Kettle has no value"),
    ],
)
def test_what_may_be_written_in_another_way(written, worded):
    read = READER.read(f"Required when {written}; not permitted otherwise.")
    assert read.required is not None
    assert _WORDING.expression(read.required) == worded


def test_and_binds_closer_than_or():
    read = READER.read("Required when Lantern Colour is RED or Kettle is present and "
                       "this Item is the last; not permitted otherwise.")  # fmt: skip
    assert read.required == c.Or((RED, c.And((LIT, c.LastItem()))))


@pytest.mark.parametrize(
    "text",
    [
        "tea; May be late",
        "Kettle (0099,0003); Required when it boils",
        "two  spaces",
        "x; not permitted when",
    ],
)
def test_what_stands_in_quotes_is_kept_as_it_is(text):
    wording = f'Required when people judge that "{text}"; not permitted otherwise.'
    assert READER.read(wording).required == c.Judgement(text)


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        # the place is shown with some words before it and after it
        ("Required when Kettle is boiling; not permitted otherwise.", "0003}  is boiling"),
        ("Required if Kettle is present; not permitted otherwise.", "'required if"),
        ("Required when Kettle is present.", "present.'"),
        ("Required when Kettle is present; required when Kettle is absent.", "required when"),
        ("May be present otherwise; required always.", "; required always"),
        ("Required when Kettle is any of RED; not permitted otherwise.", "RED; not"),
        ("Required when Kettle is RED, BLUE; not permitted otherwise.", "RED, BLUE"),
        ("Required when Lantern Hue is RED; not permitted otherwise.", "Lantern Hue"),
        ("Required when Lantern Colour is red; not permitted otherwise.", "is red; not"),
        ('Required when Lantern Colour is "RED; not permitted otherwise.', '"RED'),
        ("Required when (Kettle is present; not permitted otherwise.", "present"),
        ("Required when Lantern Colour Value 1; not permitted otherwise.", "Value 1; not"),
        ("Required when Kettle Count is 1 2; not permitted otherwise.", "1 2"),
        ("Required when Kettle is Kettle Count; not permitted otherwise.", "0099,0004"),
        ("Required when Lantern Colour is the code 12; not permitted otherwise.", "code 12"),
        ("Required when Lantern Colour is RED and; not permitted otherwise.", "and; not"),
    ],
)
def test_an_error_names_the_place(wording, said):
    with pytest.raises(ReadingError, match=re.escape(said)) as caught:
        READER.read(wording)
    assert str(caught.value).startswith("can't be read at ")
    assert len(str(caught.value)) < 100


def test_an_error_at_the_end_names_the_end():
    with pytest.raises(ReadingError, match="present'"):
        READER.read("Required when Kettle is present")


@pytest.mark.parametrize("wording", ["Required always", "Kettle is present.", ";", "(((", "."])
def test_what_is_no_wording(wording):
    with pytest.raises(ReadingError, match="can't be read"):
        READER.read(wording)


@pytest.mark.parametrize("number", ["A", "1.5", "-"])
def test_a_value_number_that_is_none(number):
    with pytest.raises(ReadingError, match=re.escape(number)):
        READER.read(f"Required when Kettle Value {number} is RED; not permitted otherwise.")


def test_an_ambiguous_name_is_named():
    with pytest.raises(ReadingError, match="several tags are named 'Twin Name'; give the tag"):
        READER.read("Required when Twin Name is present; not permitted otherwise.")


def _all_wordings() -> list[str]:
    worded = [f"Required when {words}; not permitted otherwise." for words, _ in CANONICAL]
    return worded + [clause[0] for clause in CLAUSES]


def test_every_kind_of_expression_is_shown():
    shown = {type(part) for _, expression in CANONICAL for part in c.parts(expression)}
    assert shown == set(get_args(c.Expression)) - {c.Unparsed}


def test_every_rule_and_phrase_of_the_grammar_is_shown():
    """A construct that is added to reading.lark has to be added here too."""
    lark, wordings = parser(GRAMMARS / "reading.lark"), _all_wordings()
    used: set[str] = set()
    for wording in wordings:
        text = NAMES.replace(wording[0].lower() + wording[1:], one_word=True)
        used.update(str(node.data) for node in lark.parse(text).iter_subtrees())
    source = (GRAMMARS / "reading.lark").read_text(encoding="utf-8")
    rules = set(re.findall(r"^([a-z]\w*):|->\s*(\w+)", source, re.MULTILINE))
    assert {alias or rule for rule, alias in rules} == used - {"and_", "or_"}
    told = " ".join(wordings).lower()
    assert [each for each in phrases("reading.lark") if each.lower() not in told] == []
    assert isinstance(lark.parse("may be present otherwise"), Tree)


def test_a_code_has_the_meaning_that_is_known():
    wording = (
        "Required when Lantern Colour Sequence is any of the codes {}; not permitted otherwise."
    )
    known = c.Code("113097", "DCM", "Multi-energy proportional weighting")
    unknown = c.Code("113097", "99X")
    expected = c.HasCode(COLOURS, (known, unknown))
    assert READER.read(wording.format("(113097, DCM), (113097, 99X)")).required == expected
    assert _WORDING.expression(expected) == (
        "Lantern Colour Sequence is any of the codes "
        '(113097, DCM, "Multi-energy proportional weighting"), (113097, 99X)'
    )
