import pytest

from dicomspec.render.html.outline import Section, sections
from dicomspec.render.html.parts import parts, weigh
from dicomspec.render.html.rows import Row
from tests.dicomspec.render import samples


def section(name, rows):
    return Section("module", name, name, [Row("attribute", name=f"{n}") for n in range(rows)])


def laid(room, *rows):
    every = [section(f"m{number}", count) for number, count in enumerate(rows)]
    return [
        [(each.name, len(each.rows), each.continued) for each in part.sections]
        for part in parts(every, room)
    ]


@pytest.mark.parametrize(
    ("rows", "pages"),
    [
        ((), [[]]),
        ((9,), [[("m0", 9, False)]]),
        ((4, 4), [[("m0", 4, False), ("m1", 4, False)]]),
        ((4, 5), [[("m0", 4, False)], [("m1", 5, False)]]),
        ((20,), [[("m0", 9, False)], [("m0", 9, True)], [("m0", 2, True)]]),
        ((1, 10, 3), [[("m0", 1, False)], [("m1", 9, False)], [("m1", 1, True), ("m2", 3, False)]]),
    ],
)
def test_pages_of_ten_rows(rows, pages):
    """A section's heading takes the room of a row; what fits on a page isn't cut."""
    assert laid(10, *rows) == pages


def test_what_is_long_takes_more_room():
    assert Row("open", name="x" * 399).weight == 1
    assert Row("open", name="x" * 300, tag="x" * 500).weight == 3


@pytest.mark.parametrize("room", [5, 12, 60, 10_000])
def test_no_row_is_lost_and_no_page_overflows(room):
    every = sections(samples.mr(frames=8), "i1", show_values=False)
    pages = parts(every, room)
    told = [row for page in pages for each in page.sections for row in each.rows]
    assert told == [row for each in every for row in each.rows]
    assert all(sum(map(weigh, page.sections)) <= room for page in pages)
