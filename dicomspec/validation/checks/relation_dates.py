"""Dates in order: what ends doesn't begin later, and nobody is examined before being born.

How it decides:
1. The rows define a date as that of a start, of an end, or of a birth; none forbids in words that
   they contradict each other, so that this is for people to look at: a note.
2. Days are compared, and where both have a time of day, and the days are the same, that too. What
   is no date is a finding of its own. Of a DT only the first eight digits count as the day.
3. Two DTs of which one only has an offset from UTC can't be compared.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dicomspec.validation.checks.relation_kinds import by_section, named, texts
from dicomspec.validation.visit import Found, ItemVisit

CODE = "relation/date-order"
_DAY = re.compile(r"\d{8}")
_MOMENT = re.compile(r"(?P<local>\d{8,14}(?:\.\d{1,6})?)(?P<offset>[+-]\d{4})?")
_TIME = re.compile(r"\d{2,6}(?:\.\d{1,6})?")


class Interval(NamedTuple):
    """A start and an end, each a DT or a DA, and the TMs beside DAs (0 for none)."""

    start: int
    end: int
    start_time: int = 0
    end_time: int = 0
    section: str = ""


INTERVALS = (
    # PS3.3 C.7.1.1, C.7.2.1: the day of birth, and that on which the Study started
    Interval(0x00100030, 0x00080020, section="C.7.2.1"),
    # PS3.3 10.13: Performed Procedure Step
    Interval(0x00400244, 0x00400250, 0x00400245, 0x00400251, "10.13"),
    # PS3.3 C.4.10: Scheduled Procedure Step
    Interval(0x00400002, 0x00400004, 0x00400003, 0x00400005, "C.4.10"),
    # PS3.3 C.8.9.2: Radiopharmaceutical Start and Stop DateTime
    Interval(0x00181078, 0x00181079, section="C.8.9.2"),
    # PS3.3 C.8.21.3.1.1: Start and End Acquisition DateTime
    Interval(0x00189516, 0x00189517, section="C.8.21.3.1.1"),
    # PS3.3 C.8.8.23: First and Most Recent Treatment Date
    Interval(0x30080054, 0x30080056, section="C.8.8.23"),
    # PS3.3 C.30.3: Performed Procedure Step Start and End DateTime
    Interval(0x00404050, 0x00404051, section="C.30.3"),
)


def _in_order(visit: ItemVisit, tag: int) -> Iterator[Found]:
    interval = _BY_END[tag]
    start = _moment(visit, interval.start, interval.start_time)
    end = _moment(visit, tag, interval.end_time)
    if start is None or end is None or start[1] != end[1]:
        return
    digits = min(len(start[0]), len(end[0]))  # no more than both have
    if end[0][:digits] < start[0][:digits]:
        message = f"{named(visit, tag)} is earlier than {named(visit, interval.start)}."
        yield by_section(visit, CODE, tag, interval.section, message)


def _moment(visit: ItemVisit, tag: int, time: int) -> tuple[str, str] | None:
    """Return digits that compare as the moments do, and the offset from UTC; None for none."""
    values = texts(visit.dataset, tag)
    match = _MOMENT.fullmatch(values[0]) if len(values) == 1 else None
    if match is None:
        return None
    times = texts(visit.dataset, time) if time and _DAY.fullmatch(values[0]) else ()
    more = times[0] if len(times) == 1 and _TIME.fullmatch(times[0]) else ""
    return match["local"] + more, match["offset"] or ""


_BY_END = {each.end: each for each in INTERVALS}
ASKED = dict.fromkeys(_BY_END, _in_order)
