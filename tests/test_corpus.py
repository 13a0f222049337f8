"""The corpus: for every code a data set that fires it, and one near it that doesn't.

A folder is named after its code, "/" written "-"; what follows "--" tells several cases apart.
`fires.json` and `silent.json` are DICOM JSON, one Attribute of the root a line; where the fault is
one of encoding, or of what only a file has, they are `fires.dcm` and `silent.dcm`. `expected.json`
holds the code, the path of the finding, and why.
"""

import ast
import json
from pathlib import Path

import pytest

import dicomspec
from dicomspec import edition as editions
from dicomspec.catalogue import CATALOGUE, Severity
from dicomspec.report import Verdict

CORPUS = Path(__file__).with_name("corpus")
CASES = sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir())
TWO_WORDS = frozenset(
    each.keyword for each in editions.load("2024c").elements.values() if " " in each.name
)
_NEAR = 3  # so many Attributes of the root may differ
_NEAR_BYTES = 200

# What data sets can't show: the tests that do.
ELSEWHERE = {
    "instance/unreadable": "dicomspec/test_run.py::test_dicom_json",
    "instance/unknown-sop-class": "dicomspec/test_run.py::test_sop_classes_without_an_iod",
    "instance/retired-sop-class": "dicomspec/test_run.py::test_sop_classes_without_an_iod",
    "encoding/undefined-length": (
        "dicomspec/dataset/test_part10.py::test_undefined_length_of_a_vr_that_may_not_have_it"
    ),
    "encoding/json-duplicate": (
        "dicomspec/dataset/test_json.py::test_a_member_that_comes_twice_is_remarked"
    ),
    "file-meta/no-prefix": "dicomspec/dataset/test_part10.py::test_without_prefix_only_by_force",
    "file-meta/missing": "dicomspec/dataset/test_part10.py::test_without_file_meta_only_by_force",
    "attribute/in-private-item": (
        "dicomspec/validation/test_identity.py::test_no_bulk_in_private_items"
    ),
    "charset/beyond-default": (
        "dicomspec/validation/test_values.py::test_text_beyond_the_default_repertoire"
    ),
    "internal/check-crashed": (
        "dicomspec/validation/test_robust.py::test_a_check_that_raises_becomes_a_finding"
    ),
}


def given(case: str, name: str) -> dict[str, object] | Path:
    file = CORPUS / case / f"{name}.dcm"
    return file if file.exists() else load(case, name)


def load(case: str, name: str) -> dict[str, object]:
    path = CORPUS / case / f"{name}.json"
    loaded: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("edition", editions.available())
@pytest.mark.parametrize("case", CASES)
def test_one_fires_exactly_this_and_the_other_nothing(case, edition):
    expected = load(case, "expected")
    fired = dicomspec.validate(given(case, "fires"), edition).instances[0]
    found = [(each.code, each.location.path) for each in fired.findings]
    assert found == [(expected["code"], expected["path"])]
    failed = CATALOGUE[str(expected["code"])].severity is Severity.ERROR
    assert fired.verdict is (Verdict.FAIL if failed else Verdict.PASS)
    assert fired.findings[0].citation.url
    # names as the standard prints them; keywords are for paths
    step = fired.findings[0].location.steps[-1:]
    assert not any(s.keyword in fired.findings[0].message for s in step if s.keyword in TWO_WORDS)
    silent = dicomspec.validate(given(case, "silent"), edition).instances[0]
    assert [(each.code, each.location.path) for each in silent.findings] == []
    assert silent.verdict is Verdict.PASS


@pytest.mark.parametrize("case", CASES)
def test_the_two_are_near_each_other(case):
    fires, silent = given(case, "fires"), given(case, "silent")
    if isinstance(fires, Path) or isinstance(silent, Path):
        assert 0 < differing_bytes(Path(f"{fires}"), Path(f"{silent}")) <= _NEAR_BYTES
        return
    differing = [tag for tag in {**fires, **silent} if fires.get(tag) != silent.get(tag)]
    assert 1 <= len(differing) <= _NEAR


def differing_bytes(one: Path, other: Path) -> int:
    """Return how many bytes lie between what two files have in common at both ends."""
    left, right = sorted((one.read_bytes(), other.read_bytes()), key=len)
    ahead = common(left, right)
    return len(right) - ahead - common(left[ahead:][::-1], right[ahead:][::-1])


def common(left: bytes, right: bytes) -> int:
    """Return at how many first bytes two are the same."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((n for n, (a, b) in pairs if a != b), len(left))


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_named_after_its_code(case):
    expected = load(case, "expected")
    assert set(expected) == {"code", "path", "why"}
    assert case.partition("--")[0] == str(expected["code"]).replace("/", "-")
    names = {path.name for path in (CORPUS / case).iterdir()}
    assert names in ({"expected.json", f"fires.{end}", f"silent.{end}"} for end in ("json", "dcm"))


def test_every_code_has_a_pair_or_tests_of_its_own():
    paired = {str(load(case, "expected")["code"]) for case in CASES}
    assert paired & set(ELSEWHERE) == set()
    assert paired | set(ELSEWHERE) == set(CATALOGUE)


@pytest.mark.parametrize("code", ELSEWHERE)
def test_the_tests_that_are_named_are_there(code):
    """And they name the code, so that none can go away unseen."""
    file, _, name = ELSEWHERE[code].partition("::")
    source = (CORPUS.parent / file).read_text(encoding="utf-8")
    tests = {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    decorators = source[: source.index(f"def {name}(")].rpartition("\n\n\n")[2]
    assert code in decorators + tests[name]
