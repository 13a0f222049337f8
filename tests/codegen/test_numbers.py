"""Numbers and tags in lists, as a data set has them."""

import pytest

from codegen.numbers import normal
from tests.codegen.conftest import needs, read_session


@pytest.mark.parametrize(
    ("value", "vr", "as_in_a_data_set"),
    [
        ("0001H", {"US"}, "1"),
        ("FFFFH", {"US"}, "65535"),
        ("0110H", {"US", "SS"}, "272"),
        ("+1", {"SS"}, "1"),
        ("-1", {"SS"}, "-1"),
        ("0003", {"US"}, "3"),
        ("00", {"IS"}, "0"),
        ("00181063H", {"AT"}, "00181063"),
        ("0001H", {"CS"}, "0001H"),
        ("+1", {"DS"}, "+1"),
        ("RED", {"US"}, "RED"),
        ("1", set(), "1"),
    ],
)
def test_a_number_is_as_a_data_set_has_it(value, vr, as_in_a_data_set):
    assert normal(value, frozenset(vr)) == as_in_a_data_set


def test_no_real_list_of_whole_numbers_has_anything_else():
    needs("2024c")
    edition = read_session("2024c").edition
    whole = {e.tag for e in edition.elements if set(e.vr) <= {"US", "SS", "UL", "SL", "IS"}}
    for section in edition.section_values:
        for one in section.lists:
            if one.tags and whole.issuperset(one.tags):
                assert all(value.lstrip("-").isdecimal() for value in one.values), one
