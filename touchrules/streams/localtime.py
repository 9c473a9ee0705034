"""What the clocks and the calendar show in a contact's own time zone."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from touchrules.model.durations import DAY, HOUR, MINUTE
from touchrules.model.touches import WEEKDAYS
from touchrules.streams.instants import EPOCH, as_utc, find_zone, in_calendar

Period = Literal["day", "week", "month", "quarter"]

_SLOT: Final = 15 * MINUTE
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()


def offset_us(zone: str, at: int) -> int:
    """The zone's offset from UTC at that instant, in microseconds, exact to the second.

    `zone` is a name that `find_zone` knows, else ValueError; `at` is in microseconds since 1970 UTC.
    Before the year 1 and after 9999 it is the offset at the calendar's end.

    >>> offset_us("Asia/Kathmandu", 1_741_613_400_000_000) == 5 * HOUR + 45 * MINUTE
    True
    """
    offset = _slot_offset(zone, at // _SLOT)
    return _exact_offset(zone, at) if offset is None else offset


def local_clock(at: int, zone: str) -> int:
    """The microseconds that the local clock has counted since its own 1970-01-01 00:00.

    >>> local_clock(0, "Asia/Kathmandu") == 5 * HOUR + 30 * MINUTE
    True
    """
    return at + offset_us(zone, at)


def local_day(at: int, zone: str) -> int:
    """The local date as the number of days since 1970-01-01.

    >>> local_day(-1, "UTC")
    -1
    """
    return local_clock(in_calendar(at), zone) // DAY


def local_date(at: int, zone: str) -> date:
    """The local date.

    >>> local_date(0, "America/New_York")
    datetime.date(1969, 12, 31)
    """
    return date_of_day(local_day(at, zone))


def local_fields(at: int, zone: str) -> tuple[float, str, str]:
    """The derived fields of a touch: local_hour, weekday (mon ... sun), local_date (YYYY-MM-DD).

    >>> local_fields(1_741_613_400_000_000, "Europe/Berlin")
    (14.5, 'mon', '2025-03-10')
    """
    day, clock = divmod(local_clock(at, zone), DAY)
    return clock / HOUR, weekday_of_day(day), text_of_day(day)


def local_to_instant(clock: int, zone: str) -> int:
    """The instant at which the local clock has counted so many microseconds since its own 1970.

    A local time that occurs twice is the first of the two; one that never occurs takes the offset before
    the jump.

    >>> local_to_instant(local_clock(0, "Asia/Kathmandu"), "Asia/Kathmandu")
    0
    """
    shown = EPOCH + timedelta(microseconds=in_calendar(clock))
    offset = shown.replace(tzinfo=_known(zone)).utcoffset() or timedelta()
    return clock - offset // _MICROSECOND


def local_midnight(day: int, zone: str) -> int:
    """The instant at which the local date starts; `day` counts from 1970-01-01.

    >>> local_midnight(1, "UTC") == DAY
    True
    """
    return local_to_instant(day * DAY, zone)


def period_start(at: int, zone: str, period: Period) -> int:
    """The instant at which the local day, week (from Monday), month or quarter of `at` started.

    >>> period_start(1_741_613_400_000_000, "UTC", "month") == 20148 * DAY
    True
    """
    return _start_of_period(zone, local_day(at, zone), period)


@lru_cache(maxsize=65_536)
def date_of_day(day: int) -> date:
    """The date that is so many days after 1970-01-01; the nearest one, outside the years 1 to 9999.

    >>> date_of_day(59)
    datetime.date(1970, 3, 1)
    """
    return date.fromordinal(min(max(_EPOCH_ORDINAL + day, 1), date.max.toordinal()))


@lru_cache(maxsize=65_536)
def text_of_day(day: int) -> str:
    """That date as YYYY-MM-DD.

    >>> text_of_day(59)
    '1970-03-01'
    """
    return date_of_day(day).isoformat()


def weekday_of_day(day: int) -> str:
    """The weekday, mon to sun, of the date that is so many days after 1970-01-01.

    >>> weekday_of_day(0)
    'thu'
    """
    return WEEKDAYS[(day + 3) % 7]


def day_of_date(when: date) -> int:
    """The days from 1970-01-01 to that date.

    >>> day_of_date(date(1970, 3, 1))
    59
    """
    return when.toordinal() - _EPOCH_ORDINAL


def _known(zone: str) -> ZoneInfo:
    found = find_zone(zone)
    if found is None:
        raise ValueError(f"{zone!r} is no IANA time zone")
    return found


def _exact_offset(zone: str, at: int) -> int:
    offset = as_utc(in_calendar(at)).astimezone(_known(zone)).utcoffset() or timedelta()
    return offset // _MICROSECOND


@lru_cache(maxsize=131_072)
def _slot_offset(zone: str, slot: int) -> int | None:
    """The offset throughout a quarter of an hour, or None if the clocks are changed in the midst of it."""
    first, last = _exact_offset(zone, slot * _SLOT), _exact_offset(zone, (slot + 1) * _SLOT - 1)
    return first if first == last else None


@lru_cache(maxsize=131_072)
def _start_of_period(zone: str, day: int, period: Period) -> int:
    when = date_of_day(day)
    match period:
        case "day":
            start = when
        case "week":
            start = when - timedelta(days=when.weekday())
        case "month":
            start = when.replace(day=1)
        case "quarter":
            start = when.replace(month=when.month - (when.month - 1) % 3, day=1)
    return local_midnight(day_of_date(start), zone)
