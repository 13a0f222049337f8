"""Dates in order (relation/date-order)."""

import pytest

from dicomspec import edition as editions
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, check

EDITION = editions.load("2024c")
BIRTH, STUDY = "PatientBirthDate", "StudyDate"
START, STARTED = "PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime"
END, ENDED = "PerformedProcedureStepEndDate", "PerformedProcedureStepEndTime"
INJECTED, STOPPED = "RadiopharmaceuticalStartDateTime", "RadiopharmaceuticalStopDateTime"


def found(**values: object) -> list[str]:
    dataset = minimal.instance(EDITION, CT)
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    report = check(dataset)
    return [
        each.location.keywords for each in report.findings if each.code == "relation/date-order"
    ]


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ({BIRTH: "19700102", STUDY: "19700101"}, [STUDY]),
        ({BIRTH: "19700101", STUDY: "19700101"}, []),
        ({BIRTH: "", STUDY: "19700101"}, []),
        ({START: "20200101", END: "20191231"}, [END]),
        ({START: "20200101", STARTED: "1300", END: "20200101", ENDED: "1200"}, [END]),
        ({START: "20200101", STARTED: "1200", END: "20200101", ENDED: "120030.5"}, []),
        ({START: "20200101", STARTED: "130000", END: "20200101", ENDED: "13"}, []),
        ({START: "20200101", STARTED: "1300", END: "20200102", ENDED: "1200"}, []),
        ({INJECTED: "20200101130000", STOPPED: "20200101120000"}, [STOPPED]),
        ({INJECTED: "20200101130000+0100", STOPPED: "20200101120000+0100"}, [STOPPED]),
        ({INJECTED: "20200101130000+0200", STOPPED: "20200101120000"}, []),
        ({INJECTED: "202001", STOPPED: "2020010112"}, []),
    ],
)
def test_what_is_out_of_order(values, places):
    assert found(**values) == places
