"""Every finding stands at exactly one place, the nearest to what it is about."""

from dataclasses import replace

import pytest

from dicomspec.findings import Citation, Finding
from dicomspec.render.html.places import OUTSIDE, place
from dicomspec.render.html.rows import module_rows
from dicomspec.report import InstanceReport, Verdict
from tests.dicomspec.render.samples import location, outline

OUTLINE = outline("""
Patient|Patient|M|C.7.1.1|C.7-1
 (0010,0010)|Patient's Name|2|ok
 (0010,0040)|Patient's Sex|2|ok
Series|General Series|M|C.7.3.1|C.7-5a
 (0010,0040)|Patient's Sex|3|ok
 (0040,0275)|Request Attributes Sequence|3|ok
 (0040,0275)[1].(0040,1001)|Requested Procedure ID|1C|ok
 (0040,0275)[2].(0040,1001)|Requested Procedure ID|1C|ok
Image|Overlay Plane|U|C.9.2|C.9-2
""")
ROWS = [module_rows(module) for module in OUTLINE]


def placed(*findings):
    instance = InstanceReport("a.dcm", Verdict.FAIL, findings, outline=OUTLINE)
    return place(instance, ROWS)


def finding(path, module):
    cited = Citation("2024c", "PS3.3")
    return Finding("attribute/type-1-missing", location(path), "", cited, module)


def test_an_item_is_a_row_where_its_sequence_has_several():
    assert [(row.kind, row.name, row.depth) for _, row in ROWS[1]] == [
        ("attribute", "Patient's Sex", 0),
        ("attribute", "Request Attributes Sequence", 0),
        ("item", "Item 1 of Request Attributes Sequence", 1),
        ("attribute", "Requested Procedure ID", 1),
        ("item", "Item 2 of Request Attributes Sequence", 1),
        ("attribute", "Requested Procedure ID", 1),
    ]


@pytest.mark.parametrize(
    ("path", "module", "where"),
    [
        ("(0010,0010)", "Patient", (0, 0)),
        ("(0010,0040)", "General Series", (1, 0)),  # the Module that the finding names
        ("(0010,0010)", "General Series", (0, 0)),  # the place weighs more than the Module
        ("(0040,0275)[2].(0040,1001)", "General Series", (1, 5)),
        ("(0040,0275)[2].(0040,9999)", "General Series", (1, 4)),  # its Item
        ("(0040,0275)[2]", "", (1, 4)),
        ("(0040,0275)[3].(0040,1001)", "", (1, 1)),  # an Item without a row: its Sequence
        ("(0040,0275)[1].(0040,0008)[1].(0008,0100)", "", (1, 2)),
        ("(0040,0275)", "", (1, 1)),
        ("(60xx,3000)", "Overlay Plane", (2, -1)),
        ("", "Patient", (0, -1)),
        ("(0009,0010)", "", OUTSIDE),
        ("", "", OUTSIDE),
        ("", "A Module of another IOD", OUTSIDE),
    ],
)
def test_a_finding_stands_as_near_as_can_be(path, module, where):
    assert dict(placed(finding(path, module))) == {where: [0]}


def test_findings_of_one_place_stand_there_in_order():
    one = finding("(0010,0010)", "Patient")
    assert dict(placed(one, replace(one, module=""), one)) == {(0, 0): [0, 1, 2]}


def test_without_an_outline_everything_stands_outside():
    instance = InstanceReport("a.dcm", Verdict.FAIL, (finding("(0010,0010)", "Patient"),))
    assert dict(place(instance, [])) == {OUTSIDE: [0]}
