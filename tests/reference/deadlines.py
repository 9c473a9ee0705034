"""When something is due: the texts of `after` and `by`."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.reference.localtime import instant_of, local_time, midnight
from tests.reference.values import DURATION, duration_microseconds

BUSINESS_DAYS = re.compile(r"([0-9]+)bd")
BUSINESS_TIME = re.compile(r"([0-9]+(?:\.[0-9]+)?)bh")
FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_.]*)(?:\s*([+-])\s*((?:[0-9]+[smhdw])+))?")
HOUR = 3_600_000_000


def is_business_day(day: date, holidays: list[str]) -> bool:
    """Monday to Friday, and none of the holidays."""
    return day.weekday() < 5 and day.isoformat() not in holidays


def business_days_end(at: int, zone: ZoneInfo, number: int, holidays: list[str]) -> int:
    """24:00 of the n-th business day after the local date."""
    day = local_time(at, zone).date()
    while number > 0:
        day += timedelta(days=1)
        if is_business_day(day, holidays):
            number -= 1
    return midnight(day + timedelta(days=1), zone)


def business_time_end(at: int, zone: ZoneInfo, hours: Fraction, content: Mapping[str, Any]) -> int:
    """The instant at which that many business hours have passed."""
    opening, closing = content.get("business_hours", ["09:00", "17:00"])
    left = int(hours * HOUR)
    day = local_time(at, zone).date()
    while True:
        if is_business_day(day, content.get("holidays", [])):
            opens = instant_of(datetime.combine(day, time.fromisoformat(opening)), zone)
            closes = instant_of(datetime.combine(day, time.fromisoformat(closing)), zone)
            start = max(opens, at)
            if start < closes and left <= closes - start:
                return start + left
            left -= max(0, closes - start)
        day += timedelta(days=1)


def due_instant(
    text: str, at: int, zone: ZoneInfo, fields: Mapping[str, Any], content: Mapping[str, Any]
) -> int | None:
    """The instant that `after` or `by` names for a trigger; None if its field is missing."""
    text = text.strip()
    if DURATION.fullmatch(text):
        return at + duration_microseconds(text)
    if found := BUSINESS_DAYS.fullmatch(text):
        return business_days_end(at, zone, int(found[1]), content.get("holidays", []))
    if found := BUSINESS_TIME.fullmatch(text):
        return business_time_end(at, zone, Fraction(found[1]), content)
    found = FIELD.fullmatch(text)
    assert found, f"{text!r} is no deadline"
    start: int | None = fields.get(found[1])
    if start is None or found[2] is None:
        return start
    length = duration_microseconds(found[3])
    return start + length if found[2] == "+" else start - length
