from dataclasses import replace

from dicomspec.findings import Citation, Finding
from dicomspec.render.groups import Groups
from tests.dicomspec.render.samples import location


def finding(code, path):
    return Finding(code, location(path), "", Citation("2024c", "PS3.3"))


def test_the_same_fault_in_several_items_and_instances_is_one_group():
    groups = Groups()
    groups.add(finding("attribute/type-1-missing", "(0040,0275)[1].(0040,0008)[1]"), 1)
    groups.add(finding("attribute/type-1-missing", "(0040,0275)[2].(0040,0008)[1]"), 1)
    groups.add(finding("attribute/type-1-missing", "(0040,0275)[1].(0040,0008)[1]"), 4)
    (group,) = groups
    assert group.path == "(0040,0275)[*].(0040,0008)[1]"
    assert (group.places, group.instances) == (3, [1, 4])


def test_another_code_path_or_sop_class_is_another_group():
    first = finding("attribute/type-1-missing", "(0040,0275)")
    groups = Groups()
    for each in (
        first,
        replace(first, code="attribute/type-1-empty"),
        replace(first, location=location("(0040,0008)")),
        replace(first, sop_class_uid="1.2.840.10008.5.1.4.1.1.2"),
    ):
        groups.add(each)
    assert len(groups) == 4


def test_where_only_the_message_tells_it_tells_groups_apart():
    read = finding("instance/unreadable", "")
    groups = Groups()
    for message in (
        "the data end within (0008,0016), at byte 222",
        "the data end within (7FE0,0010), at byte 1,048,576",
        "empty",
        "no such file or directory",
    ):
        groups.add(replace(read, message=message))
    assert [(group.first.message.partition(" (")[0], group.places) for group in groups] == [
        ("the data end within", 2),
        ("empty", 1),
        ("no such file or directory", 1),
    ]
    groups = Groups()
    for message in ("has 3 Items", "is not a Sequence"):
        groups.add(replace(read, code="sequence/item-count", message=message))
    assert len(groups) == 1


def test_the_gravest_come_first_then_the_most_widespread_then_the_earliest():
    groups = Groups()
    groups.add(finding("instance/retired-sop-class", ""), 1)
    for number in (1, 2):
        groups.add(finding("instance/retired-sop-class", "(0008,0016)"), number)
    groups.add(finding("attribute/type-1-empty", "(0010,0010)"), 1)
    groups.add(finding("attribute/type-1-empty", "(0010,0020)"), 1)
    assert [(group.first.severity.value, group.path) for group in groups] == [
        ("error", "(0010,0010)"),
        ("error", "(0010,0020)"),
        ("warning", "(0008,0016)"),
        ("warning", ""),
    ]
