"""Tells when something happened on the clocks of whom it happened to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

YEAR: Final = 2025
_DAY: Final = 86_400
_FIRST: Final = date(YEAR - 1, 12, 1)
_HOLIDAYS: Final = frozenset({date(YEAR, 1, 1), date(YEAR, 12, 25), date(YEAR + 1, 1, 1)})
# More holidays would make the next business day of one rulebook another than that of the next.
_EPOCH: Final = date(1970, 1, 1).toordinal()

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
WORKDAYS: Final[tuple[date, ...]] = tuple(
    day
    for day in (date(YEAR, 1, 1) + timedelta(days=n) for n in range(570))
    if day.weekday() < 5 and day not in _HOLIDAYS
)
"""The workdays of the year, and of the months after it, of which nothing is told."""
LAST: Final = sum(day.year == YEAR for day in WORKDAYS) - 1
"""The position of the last workday of the year."""

_DATES: Final = tuple((_FIRST + timedelta(days=n)).isoformat() for n in range(700))
_FIRST_DAY: Final = _FIRST.toordinal() - _EPOCH
_CLOCK: Final = tuple(f"T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z" for n in range(_DAY))
SPOKEN_DAYS: Final = tuple(f"{WEEKDAYS[day.weekday()]}, {day:%B} {day.day}" for day in WORKDAYS)


@lru_cache
def midnights(zone: str) -> tuple[int, ...]:
    """The start of each workday in a zone, in seconds since 1970 UTC; no zone here changes clocks on one."""
    place = ZoneInfo(zone)
    starts = (datetime(day.year, day.month, day.day, tzinfo=place) for day in WORKDAYS)
    return tuple(int(start.timestamp()) for start in starts)


def write_time(at: int) -> str:
    """The instant, in seconds since 1970, as it stands in the file.

    >>> write_time(1_741_600_800)
    '2025-03-10T10:00:00Z'
    """
    day, second = divmod(at, _DAY)
    return _DATES[day - _FIRST_DAY] + _CLOCK[second]


def spoken_time(second: int) -> str:
    """The time of a local day as somebody says it.

    >>> spoken_time(9 * 3600), spoken_time(14 * 3600 + 1800)
    ('9 am', '2:30 pm')
    """
    hour, minute = divmod(second // 60, 60)
    half = "am" if hour < 12 else "pm"
    hour = (hour + 11) % 12 + 1
    return f"{hour}:{minute:02} {half}" if minute else f"{hour} {half}"


def next_monday(day: int, workdays: int = 4) -> int:
    """The first Monday from `day` on that begins so many workdays of one month, none of them skipped.

    >>> WORKDAYS[next_monday(1)].isoformat()
    '2025-01-06'
    """
    while True:
        start, end = WORKDAYS[day], WORKDAYS[day + workdays]
        weeks, rest = divmod(workdays, 5)
        whole = (end - start).days == 7 * weeks + rest
        if start.weekday() == 0 and whole and (workdays < 10 or start.month == end.month):
            return day
        day += 1


def workday_of(day: str) -> int:
    """The position of a workday of the year, written YYYY-MM-DD.

    >>> workday_of("2025-01-02")
    0
    """
    return WORKDAYS.index(date.fromisoformat(day))
