"""Dates and times: DA, TM and DT (PS3.5 Table 6.2-1).

How it decides:
1. A date is a day of the Gregorian calendar, also before 1582; of a year nothing else is asked.
2. Ranges and the two quotation marks are for Queries; a data set has neither.
3. A second of 60 is a leap second: whether there was one is nobody's question.
"""

import re
from calendar import isleap

_DATE = re.compile(rb"(\d{4})(\d\d)(\d\d)")
_TIME = re.compile(rb"(\d\d)(?:(\d\d)(?:(\d\d)(?:\.\d{1,6})?)?)?")
_DATE_TIME = re.compile(
    rb"(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.\d{1,6})?)?)?)?)?)?"
    rb"(?:([+-])(\d\d)(\d\d))?"
)
_RANGE = re.compile(rb"\d*(?:\.\d*)?-\d*(?:\.\d*)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ACR_NEMA = re.compile(rb"\d{4}\.\d\d\.\d\d|\d\d:\d\d(?::\d\d(?:\.\d+)?)?")
OLD = "is written as ACR-NEMA did"


def date(value: bytes) -> str | None:
    """Return what is wrong with a DA, None if nothing is."""
    match = _DATE.fullmatch(value)
    if match is None:
        return _otherwise(value, "is not of the form YYYYMMDD")
    return _day(*match.groups())


def time(value: bytes) -> str | None:
    """Return what is wrong with a TM, None if nothing is."""
    value = value.rstrip(b" ")
    match = _TIME.fullmatch(value)
    if match is None:
        return _otherwise(value, "is not of the form HHMMSS.FFFFFF")
    return _clock(*match.groups())


def date_time(value: bytes) -> str | None:
    """Return what is wrong with a DT, None if nothing is."""
    value = value.rstrip(b" ")
    match = _DATE_TIME.fullmatch(value)
    if match is None:
        return _otherwise(value, "is not of the form YYYYMMDDHHMMSS.FFFFFF&ZZXX")
    year, month, day, *clock, sign, hours, minutes = match.groups()
    return (
        _day(year, month or b"01", day or b"01") or _clock(*clock) or _offset(sign, hours, minutes)
    )


def _otherwise(value: bytes, form: str) -> str:
    """Return what a value is that isn't of the form it should have."""
    if _ACR_NEMA.fullmatch(value):
        return OLD
    return "is a range, which only Queries have" if _RANGE.fullmatch(value) else form


def _day(year: bytes, month: bytes, day: bytes) -> str | None:
    number = int(month)
    if not 1 <= number <= 12:
        return "has a month that is none"
    last = 28 if number == 2 and not isleap(int(year)) else _DAYS[number - 1]
    return None if 1 <= int(day) <= last else "has a day that its month hasn't"


def _clock(hours: bytes | None, minutes: bytes | None, seconds: bytes | None) -> str | None:
    if int(hours or 0) > 23:
        return "has an hour beyond 23"
    if int(minutes or 0) > 59:
        return "has a minute beyond 59"
    return "has a second beyond 60" if int(seconds or 0) > 60 else None


def _offset(sign: bytes | None, hours: bytes | None, minutes: bytes | None) -> str | None:
    """Return what is wrong with an offset from UTC."""
    if sign is None or hours is None or minutes is None:
        return None
    offset = int(hours) * 60 + int(minutes)
    if sign == b"-" and not offset:
        return "has the offset -0000"
    most = 12 if sign == b"-" else 14
    fine = offset <= most * 60 and int(minutes) < 60
    return None if fine else "has an offset from UTC that is out of range"
