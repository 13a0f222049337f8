import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings

from dicomspec import render
from dicomspec.render import Options
from dicomspec.render.json import instance_line
from dicomspec.report import Report, SkippedFile
from tests.dicomspec.render import samples
from tests.dicomspec.render.strategies import reports

SCHEMA = json.loads(Path("reports/report.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
GOLDEN = Path(__file__).parent / "goldens" / "mr.json"


def parsed(report, **options):
    return json.loads(render.render(report, "json", Options(**options)))


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "report", [samples.report(), samples.report(samples.ct()), samples.mixed(20)]
)
def test_reports_keep_to_the_schema(report):
    VALIDATOR.validate(parsed(report, show_values=True))


def test_the_schema_names_every_member_and_requires_it():
    """A member that is written but not described, or described but not written, is a mistake."""
    report = samples.report(samples.ct())
    data = parsed(Report("2024c", "0.1.0", report.instances, (SkippedFile("a.txt", "no"),)))
    defs = SCHEMA["$defs"]
    (instance,) = data["instances"]
    for described, written in (
        (SCHEMA, data),
        (SCHEMA["properties"]["tool"], data["tool"]),
        (SCHEMA["properties"]["skipped"]["items"], data["skipped"][0]),
        (defs["summary"], data["summary"]),
        (defs["instance"], instance),
        (defs["finding"], instance["findings"][0]),
        (defs["not_evaluated"], instance["not_evaluated"][0]),
        (defs["citation"], instance["findings"][0]["citation"]),
    ):
        assert described["required"] == list(described["properties"]) == list(written)


def test_the_golden_report():
    report = samples.report(samples.mr(frames=1), samples.unreadable())
    assert parsed(report) == json.loads(GOLDEN.read_text())


def test_values_are_null_unless_asked_for():
    report = samples.report(samples.unknown())
    (hidden,), (shown,) = (
        parsed(report, show_values=show)["instances"][0]["findings"] for show in (False, True)
    )
    assert hidden["value"] is None
    assert shown["value"] == "1.3.12.2.1107.5.9.1"


def test_an_instance_is_a_line():
    line = instance_line(samples.ct("a\nb\u2028c.dcm"), show_values=True)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["path"] == "a\nb\u2028c.dcm"


def test_a_file_name_that_is_not_utf8_is_escaped_as_text():
    line = instance_line(samples.unreadable("caf\udce9 🩻.dcm"))
    assert json.loads(line)["path"] == "caf\\udce9 🩻.dcm"


@settings(max_examples=150, deadline=None)
@given(reports)
def test_whatever_data_holds_the_report_is_ascii_and_keeps_to_the_schema(report):
    text = render.render(report, "json", Options(show_values=True))
    assert text.isascii()
    assert all(character.isprintable() or character == "\n" for character in text)
    data = json.loads(text)
    VALIDATOR.validate(data)
    json.dumps(data, ensure_ascii=False).encode()  # no lone surrogate came through
    assert len(data["instances"]) == len(report.instances)
