"""Checks that a text is a time or a date as touches and rulebooks write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}:[0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
TIME_HELP: Final = "Write it like `2025-03-10`, `2025-03-10 09:00` or `2025-03-10T09:00:00Z`."


def is_time(text: str) -> bool:
    """Say whether a text is a date, or a date with a time of day.

    >>> is_time("2025-03-10 09:00"), is_time("2025-02-30"), is_time("10.3.2025")
    (True, False, False)
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return False
    day, clock, seconds, zone = match.groups()
    offset = "" if zone in (None, "Z") else _full_offset(zone)
    try:
        datetime.fromisoformat(f"{day}T{clock or '00:00'}:{seconds or '00'}{offset}")
    except ValueError:
        return False
    return True


def _full_offset(zone: str) -> str:
    digits = zone[1:].replace(":", "")
    return f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"


def read_date(text: str) -> date | None:
    """Return the date of a text YYYY-MM-DD, or None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
