"""Every expression of the editions can be true and false, or a reason is known why not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice

import pytest

from dicomspec import edition as editions
from dicomspec.model import Class, Conditional, Expression, classify, parts
from dicomspec.model import condition as c
from dicomspec.validation.conditions import Outcome, decide
from dicomspec.wording import Wording
from tests.dicomspec import conditions
from tests.dicomspec.validation import satisfy

_WEIGHT = "Cumulative Meterset Weight"
# An expression that can't be true, or not false, by its wording; and why.
NEVER = {
    (
        f"the Item of Control Point Sequence whose {_WEIGHT} equals {_WEIGHT} has "  # noqa: ISC004
        f"({_WEIGHT} has a value)",
        False,
    ): "the Item that is found by its weight has one; where there is none, it is unknown",
}
_EACH = 40


def judged(expression: Expression) -> bool:
    return any(isinstance(part, c.Judgement | c.Unparsed) for part in parts(expression))


def named(expression: Expression) -> Iterator[str]:
    """Yield the tags that an expression names, each time it does."""
    for part in parts(expression):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, c.Ref):
                yield value.tag


@pytest.mark.parametrize("name", editions.available())
@pytest.mark.parametrize("holds", [True, False])
def test_every_expression_can_be_true_and_false(name, holds):
    """By the first way that comes to mind, unless two parts are about the same Attribute."""
    edition = editions.load(name)
    wording = Wording(edition)
    failed = set()
    for expression in conditions.expressions(name):
        if judged(expression):
            continue
        try:
            world = satisfy.make(expression, edition, holds=holds)
        except satisfy.CannotError:
            failed.add((wording.expression(expression), holds))
            continue
        assert world.truth(expression) is holds
        repeated = [tag for tag, count in Counter(named(expression)).items() if count > 1]
        assert world.tries == 1 or repeated, wording.expression(expression)
    assert failed == {each for each in NEVER if each[1] is holds}


@pytest.mark.parametrize("name", editions.available())
def test_each_way_to_make_an_expression_true_or_false_does(name):
    """The first ways of each; those that name an Attribute twice may contradict themselves."""
    edition = editions.load(name)
    wording = Wording(edition)
    for expression in conditions.expressions(name):
        tags = list(named(expression))
        if judged(expression) or len(set(tags)) < len(tags):
            continue
        for holds in (True, False):
            for way in islice(satisfy.ways(expression, want=holds), _EACH):
                world = satisfy.World(edition)
                way(world, world.item)
                assert world.truth(expression) is holds, (wording.expression(expression), holds)


def _decided(condition: Conditional, name: str) -> set[Outcome]:
    """Return the outcomes that data sets made from a condition's clauses come to."""
    edition = editions.load(name)
    found = set()
    clauses = (condition.required, condition.permitted, condition.forbidden)
    for clause in (each for each in clauses if each is not None):
        for holds in (True, False):
            try:
                world = satisfy.make(clause, edition, holds=holds)
            except satisfy.CannotError:
                continue
            found.add(decide(condition, world.chain, world.surroundings).outcome)
    return found - {Outcome.UNKNOWN}


@pytest.mark.parametrize("name", editions.available())
def test_what_a_data_set_can_decide_one_decides(name):
    """The class of a condition holds: "partly" is decided by some data set, "judgement" by none."""
    wording = Wording(editions.load(name))
    every = {
        replace(each, paragraph="")
        for _, _, each in conditions.of(name)
        if isinstance(each, Conditional)
    }
    counted: Counter[Class] = Counter()
    for condition in every:
        kind = classify(condition)
        counted[kind] += 1
        if kind is Class.PARTLY:
            assert _decided(condition, name), wording.condition(condition)
        elif kind is Class.JUDGEMENT:
            assert not _decided(condition, name), wording.condition(condition)
    assert counted[Class.PARTLY] > 100


def test_what_contradicts_itself_can_not_be_made():
    edition, ref = editions.load("2024c"), c.Ref("(0008,0060)")
    both = c.And((c.Present(ref), c.Absent(ref)))
    with pytest.raises(satisfy.CannotError):
        satisfy.make(both, edition, holds=True)
    assert satisfy.make(both, edition, holds=False).truth(both) is False
    with pytest.raises(satisfy.CannotError):
        satisfy.make(c.Judgement("who knows"), edition, holds=True)


def test_another_way_is_tried_where_parts_are_about_the_same():
    ref = c.Ref("(0008,0060)")
    either = c.And((c.Or((c.Absent(ref), c.Is(ref, ("CT",)))), c.Present(ref)))
    world = satisfy.make(either, editions.load("2024c"), holds=True)
    assert (world.tries, world.item.Modality) == (2, "CT")
