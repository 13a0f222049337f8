from functools import lru_cache

import pytest
from pydicom.dataset import Dataset

from dicomspec import edition as editions
from dicomspec.dataset import from_dataset
from dicomspec.edition import Edition
from dicomspec.report import InstanceReport
from dicomspec.validation.validator import Validator

CT = "1.2.840.10008.5.1.4.1.1.2"
ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1"


@pytest.fixture(scope="session")
def edition() -> Edition:
    return editions.load("2024c")


@lru_cache
def validator(name: str = "2024c") -> Validator:
    return Validator(editions.load(name))


def check(dataset: Dataset, *, outline: bool = False, edition: str = "2024c") -> InstanceReport:
    return validator(edition).validate(from_dataset(dataset), outline=outline)


def found(dataset: Dataset) -> list[tuple[str, str]]:
    """Return the findings of a data set as (code, keywords)."""
    return [(each.code, each.location.keywords) for each in check(dataset).findings]
