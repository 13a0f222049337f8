import unicodedata

import pytest
from hypothesis import given

from dicomspec.render.safe import clipped, encodable, visible
from tests.dicomspec.render.strategies import any_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("study/IM0001.dcm", "study/IM0001.dcm"),
        ("頭部\u3000CT\u00a0é", "頭部\u3000CT\u00a0é"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\r\n\tb\x00\x7f\x9b", r"a\r\n\tb\x00\x7f\x9b"),
        ("mcd.\u202etxt\u2066\u200e", r"mcd.\u202etxt\u2066\u200e"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("line\u2028paragraph\u2029", r"line\u2028paragraph\u2029"),
        ("byte \udcff", r"byte \udcff"),
        ("tag \U000e0041", r"tag \U000e0041"),
        (r"C:\new\x1b", r"C:\new\x1b"),
    ],
)
def test_what_does_not_print_is_escaped_and_nothing_else(text, shown):
    assert visible(text) == shown


@given(any_text)
def test_every_character_shown_prints(text):
    for character in visible(text):
        assert character.isprintable() or unicodedata.category(character) == "Zs"


def test_a_long_value_is_cut_and_says_so():
    assert clipped("x" * 300, 10) == "xxxxxxxxxx... (300 characters)"
    assert clipped("x" * 10, 10) == "x" * 10


def test_lone_surrogates_become_text_wherever_they_are():
    data = {"path": "a\udcff", "list": ["\ud800", 1, None], "fine": "🩻"}
    assert encodable(data) == {"path": r"a\udcff", "list": [r"\ud800", 1, None], "fine": "🩻"}
