"""What is in a condition, and what can decide it."""

import pytest

from dicomspec.model import Class, Conditional, Unparsed, classify, parts
from dicomspec.model import condition as c

REF = c.Ref("(0008,0060)")
CT, THERE, PEOPLE = c.Is(REF, ("CT",)), c.Present(REF), c.Judgement("it hurts")
UNREAD = Unparsed("para_1", "0" * 16)


def test_parts_are_all_that_is_in_it():
    inner = c.And((CT, c.Not(c.Or((THERE, PEOPLE)))))
    items = c.SomeItem(REF, c.EveryItem(REF, c.ItemReferredTo(REF, REF, REF, inner)))
    condition = Conditional("p", items, PEOPLE, THERE)
    kinds = [type(part).__name__ for part in parts(condition)]
    assert kinds == [
        "Conditional", "SomeItem", "EveryItem", "ItemReferredTo", "And", "Is", "Not", "Or",
        "Present", "Judgement", "Judgement", "Present",
    ]  # fmt: skip
    assert list(parts(None)) == []
    assert list(parts(UNREAD)) == [UNREAD]


@pytest.mark.parametrize(
    ("required", "permitted", "forbidden", "may", "expected"),
    [
        (CT, None, None, False, Class.MACHINE),
        (None, None, None, False, Class.MACHINE),
        (c.And(()), None, None, True, Class.MACHINE),
        (c.And((CT, UNREAD)), None, None, False, Class.UNPARSED),
        (c.Or((PEOPLE, UNREAD)), None, None, False, Class.UNPARSED),
        (PEOPLE, None, None, False, Class.JUDGEMENT),
        (c.Not(PEOPLE), None, None, False, Class.JUDGEMENT),
        # false AND unknown is false, true OR unknown is true
        (c.And((CT, PEOPLE)), None, None, False, Class.PARTLY),
        (c.Or((CT, PEOPLE)), None, None, False, Class.PARTLY),
        (c.Not(c.And((CT, PEOPLE))), None, None, False, Class.PARTLY),
        (c.And((PEOPLE, c.Or((CT, PEOPLE)))), None, None, False, Class.JUDGEMENT),
        (c.Or((PEOPLE, c.And((CT, PEOPLE)))), None, None, False, Class.JUDGEMENT),
        # without Items there is nothing to judge
        (c.SomeItem(REF, PEOPLE), None, None, False, Class.PARTLY),
        (c.EveryItem(REF, PEOPLE), None, None, False, Class.PARTLY),
        (c.Not(c.SomeItem(REF, PEOPLE)), None, None, False, Class.PARTLY),
        (c.ItemReferredTo(REF, REF, REF, PEOPLE), None, None, False, Class.JUDGEMENT),
        (c.ItemReferredTo(REF, REF, REF, c.Or((CT, PEOPLE))), None, None, False, Class.PARTLY),
        # what else is said
        (CT, PEOPLE, None, False, Class.PARTLY),
        (CT, PEOPLE, None, True, Class.PARTLY),
        (None, PEOPLE, None, False, Class.JUDGEMENT),
        (None, PEOPLE, None, True, Class.PARTLY),  # permitted either way
        (None, None, PEOPLE, True, Class.JUDGEMENT),
        (None, None, PEOPLE, False, Class.PARTLY),  # forbidden either way
        (None, CT, PEOPLE, False, Class.PARTLY),
        (None, PEOPLE, PEOPLE, False, Class.JUDGEMENT),
        (None, PEOPLE, CT, False, Class.PARTLY),
        (PEOPLE, CT, CT, True, Class.JUDGEMENT),
        # required if people judge so and CT; else permitted if people judge so
        (c.And((CT, PEOPLE)), PEOPLE, None, False, Class.JUDGEMENT),
        (c.And((CT, PEOPLE)), PEOPLE, None, True, Class.PARTLY),
    ],
)
def test_what_can_decide_it(required, permitted, forbidden, may, expected):
    otherwise = c.Otherwise.MAY if may else c.Otherwise.SHALL_NOT
    assert classify(Conditional("p", required, permitted, forbidden, otherwise)) is expected


def test_a_text_that_is_not_read():
    assert classify(UNREAD) is Class.UNPARSED
