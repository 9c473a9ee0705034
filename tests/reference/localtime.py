"""Clocks and calendars: an instant is whole microseconds since 1970 in UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?"
)


def local_time(instant: int, zone: ZoneInfo) -> datetime:
    """What the clocks of the zone show."""
    return (EPOCH + timedelta(microseconds=instant)).astimezone(zone)


def instant_of(local: datetime, zone: ZoneInfo | timezone) -> int:
    """The instant at which the zone's clocks show it: the first of two, the offset before a jump."""
    return (local.replace(tzinfo=zone, fold=0) - EPOCH) // MICROSECOND


def midnight(day: date, zone: ZoneInfo) -> int:
    """The instant at which the day starts in the zone."""
    return instant_of(datetime(day.year, day.month, day.day), zone)


def derived_fields(instant: int, zone: ZoneInfo) -> dict[str, float | str]:
    """local_hour, weekday and local_date."""
    local = local_time(instant, zone)
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return {
        "local_hour": (seconds * 1_000_000 + local.microsecond) / 3_600_000_000,
        "weekday": WEEKDAYS[local.weekday()],
        "local_date": local.date().isoformat(),
    }


def period_start(period: str, instant: int, zone: ZoneInfo) -> int:
    """The instant at which the day, week, month or quarter of the instant's local date starts."""
    today = local_time(instant, zone).date()
    first = {
        "day": today,
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "quarter": today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
    }[period]
    return midnight(first, zone)


def read_offset(text: str) -> timezone:
    """The zone of `Z`, `+02` or `-03:30`."""
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:].lstrip(":") or "0")))


def read_instant(text: str, zone: ZoneInfo) -> int:
    """An ISO 8601 time or date; without its own zone it is read in the given one."""
    found = INSTANT.fullmatch(text)
    assert found, f"{text!r} is not a time"
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    local = datetime(
        int(year),
        int(month),
        int(day),
        int(hour or 0),
        int(minute or 0),
        int(second or 0),
        int((fraction or "0").ljust(6, "0")[:6]),
    )
    return instant_of(local, read_offset(offset) if offset else zone)
