"""How dciodvfy's lines are read; the values in them are made up, and kept nowhere."""

import pytest

from tests.differential.dciodvfy import NO_OPINION, NO_REMARK, parse
from tests.differential.presence import Kind, Remark

LATERALITY, ASPECT = "</Laterality(0020,0060)> - ", "</PixelAspectRatio(0028,0034)> - "
ITEM = "</ContentSequence(0040,a730)[2]/ValueType(0040,a040)> - "
PRIVATE = '</(0065,1051,"Made Up")/Laterality(0020,0060)> - '


@pytest.mark.parametrize(
    ("where", "what", "kind", "place"),
    [
        (ITEM, "Missing attribute for Type 1 Required", Kind.MISSING, "(0040,A730).(0040,A040)"),
        (LATERALITY, "Empty attribute (no value) for Type 1C", Kind.EMPTY, "(0020,0060)"),
        (LATERALITY, "Attribute present but empty (no value)", Kind.EMPTY, "(0020,0060)"),
        (
            LATERALITY,
            "Attribute present when condition unsatisfied (which may not be present otherwise)",
            Kind.NOT_PERMITTED,
            "(0020,0060)",
        ),
        (ASPECT, "Shall not be present when X is present", Kind.NOT_PERMITTED, "(0028,0034)"),
        (PRIVATE, "Missing attribute for Type 2", Kind.MISSING, "(0065,1051).(0020,0060)"),
    ],
)
def test_an_error_on_presence_is_a_remark(where, what, kind, place):
    found = parse(f"CTImage\nError - {where}{what} - Module=<Made Up>\n")
    assert found.remarks == {Remark(kind, place, kind.value)}
    assert found.set_aside == {NO_REMARK: 1}


@pytest.mark.parametrize(
    ("line", "aside"),
    [
        (
            "Error - </StudyDate(0008,0020)[1]> - Value invalid for this VR [DA] = <MADE UP>",
            "errors: value representation",
        ),
        (
            "Error - </ImplementationClassUID(0002,0012)> - Missing attribute for Type 1 Required",
            "errors: File Meta Information",
        ),
        (
            f"Warning - {ASPECT}Missing attribute or value that would be needed to build DICOMDIR",
            "warnings: advice on DICOMDIR",
        ),
        (
            "Error - </PixelSpacing(0028,0030)[1]> - Value is zero = <0>",
            "errors: values",
        ),
        ("Error - Dicom dataset read failed", "errors: encoding"),
        ("MADE UP> - the rest of a value", NO_REMARK),
        ("Warning - something it never said before", "warnings: other"),
    ],
)
def test_all_other_lines_are_counted_by_kind(line, aside):
    found = parse(line)
    assert not found.remarks
    assert found.set_aside == {aside: 1}
    assert "MADE UP" not in repr(found)


def test_what_the_iod_does_not_have_is_kept_apart():
    line = "Warning - </Modality(0008,0060)> - Attribute is not present in standard DICOM IOD"
    found = parse(line)
    assert found.not_in_iod == {"(0008,0060)"}
    assert found.set_aside == {"warnings: not in the IOD": 1}


@pytest.mark.parametrize("words", NO_OPINION)
def test_where_it_gives_up_it_has_no_opinion(words):
    found = parse(f"Error - </Modality(0008,0060)> - Missing attribute for Type 1\nError - {words}")
    assert (found.none, found.remarks) == (words, set())
