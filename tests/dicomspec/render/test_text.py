import io
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from dicomspec import render
from dicomspec.render import Options
from dicomspec.render.text import terminal_options
from dicomspec.report import Report, SkippedFile
from tests.dicomspec.render import samples
from tests.dicomspec.render.strategies import reports

GOLDENS = Path(__file__).parent / "goldens"
SGR = re.compile(r"\x1b\[[0-9;]*m")


def rendered(report, **options):
    return render.render(report, "text", Options(**options))


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("mixed.txt", samples.mixed()),
        ("good.txt", samples.report(samples.good_ct())),
        ("none.txt", samples.report()),
    ],
)
def test_the_golden_reports(name, report):
    assert rendered(report, show_values=True) == (GOLDENS / name).read_text()


def test_an_instance_that_passes_is_one_line_and_a_series_that_does_too():
    assert len(rendered(samples.report(samples.good_ct())).splitlines()) == 2
    series = [samples.good_ct(f"{number}.dcm") for number in range(300)]
    text = rendered(samples.report(*series))
    assert len(text.splitlines()) == 2
    assert text.startswith("PASS  300 instances  CT Image  ")


def test_a_finding_is_told_in_full_once():
    more = samples.ct("b.dcm")
    less = samples.ct("a.dcm")
    less = replace(less, findings=less.findings[:1])
    text = rendered(samples.report(less, more))
    assert text.count("Patient's Sex is absent.") == 1
    assert "attribute/type-2-missing  PatientSex  (0010,0040)  as above\n" in text


def test_values_are_shown_only_when_asked_for():
    report = samples.report(samples.unknown())
    assert "value: 1.3.12.2.1107.5.9.1\n" in rendered(report, show_values=True)
    assert "value" not in rendered(report)


def test_at_most_ten_paths_of_a_block_are_listed():
    text = rendered(samples.report(*(samples.ct(f"{number:02}.dcm") for number in range(13))))
    assert "  09.dcm\n  and 3 more\n" in text
    assert "10.dcm" not in text


def test_skipped_files_are_counted_and_named():
    report = Report("2024c", "0.1.0", (), (SkippedFile("notes\x1b.txt", "no preamble"),))
    assert rendered(report).startswith("SKIPPED  1 file\n  notes\\x1b.txt: no preamble\n\n")


def test_our_own_words_are_ascii():
    assert rendered(samples.mixed(), show_values=True).isascii()


def test_colour_changes_nothing_but_colour():
    coloured = rendered(samples.mixed(), colour=True)
    assert "\x1b[1;31mFAIL\x1b[0m" in coloured
    assert SGR.sub("", coloured) == rendered(samples.mixed())


@settings(max_examples=150, deadline=None)
@given(reports)
def test_whatever_data_holds_nothing_reaches_the_terminal_unescaped(report):
    plain = rendered(report, show_values=True)
    for character in plain:
        printing = character.isprintable() or unicodedata.category(character) == "Zs"
        assert printing or character == "\n"
    plain.encode()
    coloured = rendered(report, show_values=True, colour=True)
    assert SGR.sub("", coloured) == plain
    for finding in report.findings:
        assert finding.code in plain


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "options"),
    [
        (io.StringIO(), {"TERM": "xterm"}, Options(show_values=False, colour=False)),
        (Terminal(), {"TERM": "xterm"}, Options(show_values=True, colour=True)),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, Options(show_values=True)),
        (Terminal(), {"TERM": "dumb"}, Options(show_values=True)),
    ],
)
def test_only_a_terminal_gets_values_and_colour(monkeypatch, stream, environment, options):
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal_options(stream) == options
