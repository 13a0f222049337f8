"""What an expert says of conditions in data sets (../shared/conditions): `requirement` agrees."""

import json
from typing import Any

import pytest

from codegen.source import ROOT
from dicomspec import Requirement, requirement

EXAMPLES = ROOT / "../shared/conditions/examples.jsonl"


def _lines() -> list[dict[str, Any]]:
    if not EXAMPLES.is_file():
        return []
    return [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]


CASES = [
    pytest.param(example, case, id=f"{example['id']} {number}")
    for example in _lines()
    for number, case in enumerate(example["cases"], start=1)
]


def asked(example: dict[str, Any], case: dict[str, Any]) -> Requirement:
    """Ask for a row of the table, at the Item that a case leads to; or for a Module or Macro."""
    if example["kind"] != "attribute":
        return requirement(case["dataset"], module=example["path"], table=example["table"])
    steps = [f"({tag[:4]},{tag[4:]})[{index + 1}]" for tag, index in case["item"]]
    path = ".".join([*steps, example["path"][-1]])
    return requirement(case["dataset"], path, table=example["table"])


@pytest.mark.skipif(not CASES, reason="../shared/conditions/examples.jsonl is not there")
@pytest.mark.parametrize(("example", "case"), CASES)
def test_the_expert_is_agreed_with(example, case):
    found = asked(example, case)
    assert found.status == case["expect"], (case["note"], found.condition, found.because)


@pytest.mark.skipif(not CASES, reason="../shared/conditions/examples.jsonl is not there")
def test_all_kinds_and_answers_are_among_them():
    assert {each["kind"] for each in _lines()} >= {"attribute", "module"}
    expected = {case["expect"] for each in _lines() for case in each["cases"]}
    assert expected == {"required", "optional", "forbidden", "unknown"}
