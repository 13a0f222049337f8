"""A description, cut into paragraphs and sentences, without Notes and lists."""

import pytest

from codegen.extract.sentences import Paragraph, bare, paragraphs, tags, value_lists
from codegen.source import parse
from tests.codegen.made import Maker

NS = 'xmlns="http://docbook.org/ns/docbook"'


def cell(inner: str):
    return parse(f"<td {NS}>{inner}</td>".encode(), "made up")


def test_notes_lists_of_values_and_tables_are_no_paragraphs():
    maker = Maker()
    element = cell(
        maker.para("One.")
        + maker.note("Not this.")
        + maker.values("Enumerated Values:", "A")
        + f"<table><tbody><tr><td>{maker.para('Nor this.')}</td></tr></tbody></table>"
        + f"<itemizedlist><listitem>{maker.para('Two.')}</listitem></itemizedlist>"
        + "<para xml:id='empty'> </para>"
    )
    assert [paragraph.text for paragraph in paragraphs(element)] == ["One.", "Two."]


def test_a_paragraph_knows_what_it_refers_to_in_its_own_part():
    maker = Maker()
    (paragraph,) = paragraphs(cell(maker.para("See [sect_1] and D[sect_CID_2].")))
    assert paragraph.text == "See [sect_1] and D[sect_CID_2]."
    assert paragraph.references == ("sect_1",)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("One, e.g. Two. Three.", ["One, e.g. Two.", "Three."]),
        ("See No. 5. Then.", ["See No. 5.", "Then."]),
        (
            "Value 1.5 is one. (Really.) [sect_1] too.",
            ["Value 1.5 is one.", "(Really.) [sect_1] too."],
        ),
        ("A: B; C", ["A:", "B;", "C"]),
        ("no. capital follows", ["no. capital follows"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_new_one_begins(text, sentences):
    assert Paragraph("p", text).sentences == sentences


def test_tags_are_written_as_the_standard_does():
    assert tags("a (0010,0010), b (60XX,000a) and c (0062, 000D); not (0010-0010)") == [
        "(0010,0010)",
        "(60xx,000A)",
        "(0062,000D)",
    ]


def test_a_bare_sentence_has_no_references():
    assert bare("See [sect_1] for more.") == "See for more."


def test_lists_of_values_are_found_at_any_depth_but_in_notes_and_tables():
    maker = Maker()
    element = cell(
        maker.values("a", "A")
        + f"<itemizedlist><listitem>{maker.values('b', 'B')}</listitem></itemizedlist>"
        + f"<note>{maker.values('c', 'C')}</note>"
        + f"<table><tbody><tr><td>{maker.values('d', 'D')}</td></tr></tbody></table>"
        + "<variablelist><title>e</title><varlistentry><term>E</term><listitem>"
        + maker.values("f", "F")
        + "</listitem></varlistentry></variablelist>"
    )
    titles = [lst[0].text for lst in value_lists(element)]
    assert titles == ["a", "b", "e", "f"]
