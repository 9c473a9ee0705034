"""Lengths of time, as whole microseconds, and how they are read and printed."""

from __future__ import annotations

import re
from typing import Final

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY

_UNITS: Final = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY, "w": WEEK}
_DURATION: Final = re.compile(r"(?:[0-9]+[smhdw])+")
_PART: Final = re.compile(r"([0-9]+)([smhdw])")
_TIME_OF_DAY: Final = re.compile(r"([0-9]{2}):([0-9]{2})")


def read_duration(text: str) -> int | None:
    """Read `90s`, `15m`, `2h`, `7d`, `2w` or these joined (`1h30m`).

    Returns microseconds, or None if the text is no duration. Months and years do not exist, a day is
    24 hours and a week 7 days.

    >>> read_duration("1h30m")
    5400000000
    """
    if not _DURATION.fullmatch(text):
        return None
    return sum(int(count) * _UNITS[unit] for count, unit in _PART.findall(text))


def write_duration(microseconds: int) -> str:
    """Print a duration as `1d2h3m4s`, cut to whole seconds; nought is `0s`.

    >>> write_duration(93_784_500_000)
    '1d2h3m4s'
    """
    rest = int(microseconds) // SECOND
    parts = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def read_time_of_day(text: str) -> int | None:
    """Read `08:00` to `24:00`; returns microseconds since midnight, or None.

    >>> read_time_of_day("08:30") == 8 * HOUR + 30 * MINUTE
    True
    """
    match = _TIME_OF_DAY.fullmatch(text)
    if not match or int(match[2]) > 59:
        return None
    microseconds = int(match[1]) * HOUR + int(match[2]) * MINUTE
    return microseconds if microseconds <= DAY else None


def write_time_of_day(microseconds: int) -> str:
    """Print a time of day as `HH:MM`.

    >>> write_time_of_day(8 * HOUR)
    '08:00'
    """
    hours, minutes = divmod(microseconds // MINUTE, 60)
    return f"{hours:02}:{minutes:02}"
