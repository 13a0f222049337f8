"""Declared corrections, and what none declares."""

import pytest

from codegen import source
from codegen.docbook import digest
from codegen.errata import Correction, Errata, load
from codegen.source import SourceError

FILE = """
[[correction]]
place = "p1"
digest = "%s"
reading = { type = "1C" }
reason = "made up"
"""


def test_a_correction_counts_for_the_text_that_it_was_made_for(tmp_path):
    (tmp_path / "1999z.toml").write_text(FILE % digest("as printed"), encoding="utf-8")
    errata = load("1999z", tmp_path)
    assert errata.reading("p1", "as printed") == {"type": "1C"}
    assert errata.reading("p2", "as printed") == {}
    errata.close()
    assert errata.problems == []
    assert errata.used == {"p1"}


def test_a_text_that_changed_is_named_and_not_corrected(tmp_path):
    (tmp_path / "1999z.toml").write_text(FILE % digest("as printed"), encoding="utf-8")
    errata = load("1999z", tmp_path)
    assert errata.reading("p1", "as printed now") == {}
    errata.close()
    assert [problem.what for problem in errata.problems] == [
        "the text changed since its correction was declared"
    ]


def test_a_correction_that_was_not_used_is_named():
    errata = Errata({"p9": Correction("p9", "0", {}, "made up")})
    errata.close()
    assert [(p.place, p.what) for p in errata.problems] == [
        ("p9", "a declared correction whose place is not in this edition")
    ]


def test_a_problem_is_named_once_for_a_place_and_kind():
    errata = Errata()
    for what in ("odd", "odd", "odder"):
        errata.report("p1", "text", what)
    assert [problem.what for problem in errata.problems] == ["odd", "odder"]


def test_a_place_with_two_corrections_is_refused(tmp_path):
    (tmp_path / "1999z.toml").write_text((FILE % "0") + (FILE % "1"), encoding="utf-8")
    with pytest.raises(SourceError, match="two corrections"):
        load("1999z", tmp_path)


def test_an_edition_without_corrections_has_none(tmp_path):
    assert load("1999z", tmp_path).corrections == {}


@pytest.mark.parametrize("edition", ["2024c", "2024a"])
def test_every_declared_correction_has_a_reason_and_is_used(reading, edition):
    errata = reading(edition).errata
    assert errata.problems == []
    assert errata.used == set(errata.corrections)
    assert all(len(correction.reason) > 20 for correction in errata.corrections.values())


def test_corrections_are_declared_for_the_editions_that_are_committed():
    folder = source.STANDARD / "errata"
    assert {path.stem for path in folder.glob("*.toml")} == {"2024a", "2024c"}
