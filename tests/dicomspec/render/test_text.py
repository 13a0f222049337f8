import io
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from dicomspec import render
from dicomspec.findings import Finding
from dicomspec.render import Options
from dicomspec.render.text import terminal_options
from dicomspec.report import Report, SkippedFile
from tests.dicomspec.render import samples
from tests.dicomspec.render.samples import location
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


def noted(path, *codes, items=(1,), offset=None):
    """Return a CT Image that passes, with findings of those codes in those Items."""
    found = tuple(
        Finding(code, location(f"(0040,0275)[{item}].(0040,1001)"), "It is odd.",
                samples.cite("C.7.3.1", "C.7-5a"), "General Series", "1C",
                sop_class_uid=samples.CT_UID, offset=offset)
        for code in codes for item in items
    )  # fmt: skip
    return replace(samples.good_ct(path), findings=found)


WARNING, NOTE = "instance/retired-sop-class", "file-meta/preamble-used"


def test_warnings_that_differ_from_instance_to_instance_dont_part_them():
    series = [
        noted(f"{number:02}.dcm", *([WARNING] if number % 3 else [NOTE])) for number in range(30)
    ]
    where = "(0040,0275)[1].(0040,1001)"
    assert rendered(samples.report(*series)).splitlines()[:9] == [
        "PASS  30 instances  CT Image  6,420 requirements checked, 90 not evaluated",
        f"  warning  instance/retired-sop-class  {where}  {where}  x20",
        "           Module General Series, Type 1C",
        "           It is odd.",
        f"           PS3.3 C.7.3.1, Table C.7-5a  {samples.cite('C.7.3.1', 'C.7-5a').url}",
        "           in 01.dcm, 02.dcm, 04.dcm, ...",
        f"  note     file-meta/preamble-used  {where}  {where}  x10",
        "           It is odd.",
        "           in 00.dcm, 03.dcm, 06.dcm, ...",
    ]


def test_the_first_places_are_named_by_instance_and_item():
    some = noted("a.dcm", WARNING, items=(2, 3)), samples.good_ct("b.dcm")
    assert "           in a.dcm Item 2, a.dcm Item 3\n" in rendered(samples.report(*some))
    alone = rendered(samples.report(noted("a.dcm", WARNING, items=(2, 3, 5, 7))))
    assert "  x4\n" in alone
    assert "           in Item 2, Item 3, Item 5, ...\n" in alone
    assert "           in " not in rendered(samples.report(noted("a.dcm", WARNING)))


def test_many_kinds_of_notes_are_counted_and_told_verbosely():
    finding = noted("a.dcm", NOTE).findings[0]
    notes = tuple(
        replace(finding, location=location(f"(0040,{number})"), message="Odd: g.")
        for number in range(1001, 1015)
    )
    report = samples.report(replace(samples.good_ct(), findings=notes))
    quiet, told = rendered(report), rendered(report, verbose=True)
    assert quiet.count("Odd: ") == 10
    assert "  and 4 more kinds of note; see --verbose\n" in quiet
    assert told.count("Odd: ") == told.count("Module General Series") == 14
    assert quiet.splitlines()[-1].startswith("1 instance: 1 pass; 14 notes; ")


def test_the_byte_is_told_where_there_is_one_place():
    assert ", Type 1C, byte 1,234\n" in rendered(samples.report(noted("a", WARNING, offset=1234)))
    assert "byte" not in rendered(samples.report(noted("a", WARNING, items=(1, 2), offset=1234)))


def test_a_module_has_a_usage():
    instance = samples.mr()
    found = replace(instance, findings=(replace(instance.findings[-2], type="M"),))
    assert "Module Acquisition Context, Usage M\n" in rendered(samples.report(found))


def test_a_sop_class_is_called_by_its_name():
    instance = replace(samples.unknown(), sop_class_name="Nuclear Medicine Image Storage")
    assert rendered(samples.report(instance)).startswith(
        "UNKNOWN SOP CLASS  study/private/RAW0001.dcm  Nuclear Medicine Image Storage  "
    )


def test_what_was_filtered_out_is_counted():
    report = samples.report(replace(samples.good_ct(), filtered=3))
    assert "not evaluated; 3 findings filtered out; DICOM 2024c" in rendered(report)


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
