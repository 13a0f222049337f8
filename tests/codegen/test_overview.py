"""The overview Tables A.1-1a … A.1-13 of PS3.3 against the IOD tables that were read.

The overview is informative (A.1.4): where the two differ the IOD table holds. Every difference was
looked up in the XML and is in overview.toml; one that isn't there fails, and one that no longer
shows.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from codegen.docbook import Book
from codegen.read import Reading
from dicomspec.model import Usage

DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("overview.toml").read_text(encoding="utf-8")
)
LETTERS = {usage.value for usage in Usage}
NOT_IN_OVERVIEW = {
    "Legacy Converted Enhanced CT Image",
    "Legacy Converted Enhanced MR Image",
    "Legacy Converted Enhanced PET Image",
}


def module_name(printed: str) -> str:
    words = (DATA["words"].get(word, word) for word in printed.split())
    return str(DATA["rows"].get(printed, " ".join(words))).lower()


@pytest.fixture(scope="module")
def overview(part3: Book) -> dict[str, dict[str, str]]:
    """Return IOD → Module → Usage, as the overview has it."""
    found: dict[str, dict[str, str]] = {}
    for table in part3.tables:
        if table.id.startswith("table_A.1-"):
            iods = [DATA["columns"].get(title, title) for title in table.header[1:]]
            for row in table.rows:
                name = module_name(row.cells[0].text)
                for iod, cell in zip(iods, row.cells[1:], strict=True):
                    usage = cell.text.removesuffix("*")
                    assert usage in {"", *LETTERS}
                    known = found.setdefault(iod, {})
                    if usage:
                        assert name not in known
                        known[name] = usage
    return found


@pytest.fixture(scope="module")
def read(edition_2024c: Reading) -> dict[str, dict[str, str]]:
    """Return the same of the IOD tables."""
    return {
        iod.name: {
            module.name.lower(): module.usage.value if module.usage else ""
            for entity in iod.entities
            for module in entity.modules
        }
        for iod in edition_2024c.edition.iods
    }


def test_every_table_of_the_overview_is_there(part3):
    assert sum(table.id.startswith("table_A.1-") for table in part3.tables) == 20


def test_every_column_is_an_iod_and_every_composite_iod_a_column(overview, read, edition_2024c):
    composite = {i.name for i in edition_2024c.edition.iods if i.section.startswith("sect_A.")}
    assert set(overview) <= set(read)
    assert composite - set(overview) == NOT_IN_OVERVIEW


def test_every_row_is_a_module_of_some_iod_or_a_decided_difference(overview, read):
    modules = {module for iod in read.values() for module in iod}
    rows = {module for iod in overview.values() for module in iod}
    assert rows <= modules


def test_every_mark_is_the_usage_that_was_read_or_a_decided_difference(overview, read):
    differing = {
        (iod, module, marks.get(module, ""), read[iod].get(module, ""))
        for iod, marks in overview.items()
        for module in {*marks, *read[iod]}
        if marks.get(module, "") != read[iod].get(module, "")
    }
    decided = {
        (one["iod"], one["module"].lower(), one["overview"], one["table"])
        for one in DATA["difference"]
    }
    assert differing == decided
    compared = sum(len({*marks, *read[iod]}) for iod, marks in overview.items())
    assert compared > 3000
    assert len(DATA["difference"]) == len(decided)


def test_every_decision_has_its_reason():
    assert all(one["reason"] for one in DATA["difference"])
