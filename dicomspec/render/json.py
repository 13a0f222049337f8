"""The JSON report, version 1; its JSON Schema is reports/report.schema.json.

How it decides:
1. Only ASCII is written: what could drive a terminal is escaped, the JSON way.
2. A lone surrogate (a file name that isn't UTF-8) is escaped as text: strict readers refuse it.
3. What stands in a UID element without the form of a UID is null where values are not shown.
4. An instance is one line, so that a large report can still be searched line by line.
"""

import json
from collections.abc import Iterator
from typing import Any

from dicomspec.findings import Citation, Finding, NotEvaluated
from dicomspec.render.format import Options
from dicomspec.render.safe import encodable, uid
from dicomspec.report import InstanceReport, Report, SkippedFile, Summary

VERSION = 1


def chunks(report: Report, options: Options) -> Iterator[str]:
    """Yield the JSON report: its head, then an instance at a time."""
    yield f'{{"report": {VERSION},\n "tool": {_dumped(_tool(report))},\n'
    yield f' "edition": {_dumped(report.edition)},\n'
    yield f' "summary": {_dumped(_summary(report.summary))},\n "instances": ['
    for number, instance in enumerate(report.instances):
        yield ",\n" if number else "\n"
        yield instance_line(instance, show_values=options.show_values)
    yield f'\n ],\n "skipped": {_dumped([_skipped(each) for each in report.skipped])}}}\n'


def instance_line(instance: InstanceReport, *, show_values: bool = False) -> str:
    """Return one instance as a JSON object on a single line, without the line's end."""
    return _dumped(_instance(instance, show_values=show_values))


def _dumped(data: dict[str, Any] | list[Any] | str) -> str:
    text = json.dumps(data)
    # A surrogate, paired or lone, is written "\ud…"; only then the slower way is needed.
    return json.dumps(encodable(data)) if "\\ud" in text else text


def _tool(report: Report) -> dict[str, Any]:
    return {"name": "dicomspec", "version": report.tool_version}


def _skipped(file: SkippedFile) -> dict[str, Any]:
    return {"path": file.path, "reason": file.reason}


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "instances": summary.instances,
        "pass": summary.passed,
        "fail": summary.fail,
        "unreadable": summary.unreadable,
        "unknown_sop_class": summary.unknown_sop_class,
        "error": summary.error,
        "warning": summary.warning,
        "note": summary.note,
        "not_evaluated": summary.not_evaluated,
        "requirements_checked": summary.requirements_checked,
        "filtered": summary.filtered,
    }


def _instance(instance: InstanceReport, *, show_values: bool) -> dict[str, Any]:
    return {
        "path": instance.path,
        "sop_class_uid": uid(instance.sop_class_uid, show_values=show_values),
        "iod": instance.iod,
        "sop_instance_uid": uid(instance.sop_instance_uid, show_values=show_values),
        "verdict": instance.verdict.value,
        "requirements_checked": instance.requirements_checked,
        "filtered": instance.filtered,
        "findings": [_finding(each, show_values=show_values) for each in instance.findings],
        "not_evaluated": [_not_evaluated(each) for each in instance.not_evaluated],
    }


def _finding(finding: Finding, *, show_values: bool) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.location.path,
        "keywords": finding.location.keywords,
        "module": finding.module,
        "type": finding.type,
        "message": finding.message,
        "value": finding.value if show_values else None,
        "offset": finding.offset,
        "condition": finding.condition,
        "because": list(finding.because),
        "citation": _citation(finding.citation),
        "fingerprint": finding.fingerprint,
    }


def _not_evaluated(open_requirement: NotEvaluated) -> dict[str, Any]:
    return {
        "path": open_requirement.location.path,
        "keywords": open_requirement.location.keywords,
        "module": open_requirement.module,
        "type": open_requirement.type,
        "what": open_requirement.what,
        "reason": open_requirement.reason,
        "citation": _citation(open_requirement.citation),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "part": citation.part,
        "table": citation.table,
        "section": citation.section,
        "row": citation.row,
        "url": citation.url,
    }
