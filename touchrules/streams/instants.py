"""Reads a written date or time as one exact instant, and an instant back as text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from touchrules.model.durations import DAY, SECOND

TIME_WITH_CLOCK: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::[0-5][0-9])?)?"
)
_TIME: Final = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{TIME_WITH_CLOCK}")
_ZONE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
_NO_IANA_ZONES: Final = frozenset({"localtime", "posixrules"})

EPOCH: Final = datetime(1970, 1, 1)
_EPOCH_UTC: Final = EPOCH.replace(tzinfo=UTC)
TIME_REMEDY: Final = (
    "A time is YYYY-MM-DD, alone or with HH:MM, HH:MM:SS or HH:MM:SS.ffffff after a T or a blank,"
    " and then nothing, Z or an offset like +02:00."
)


def microseconds(clock: datetime) -> int:
    """The microseconds from 1970-01-01 00:00 to a naive datetime, both on the same clock.

    >>> microseconds(datetime(1970, 1, 1, 0, 0, 1))
    1000000
    """
    since = clock - EPOCH
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


EARLIEST: Final = microseconds(datetime.min)
LATEST: Final = microseconds(datetime.max)
# Two days inside, so that the local time of every instant has a calendar in any zone.
CALENDAR_START: Final = EARLIEST + 2 * DAY
CALENDAR_END: Final = LATEST - 2 * DAY


@lru_cache(maxsize=1024)
def find_zone(name: str) -> ZoneInfo | None:
    """The IANA time zone of that name, or None if there is none.

    Looks in the system's time zones, then in the tzdata package. Names are exact, case and all; paths,
    `posix/...`, `right/...` and `localtime` are no IANA names.

    >>> find_zone("Europe/Berlin")
    zoneinfo.ZoneInfo(key='Europe/Berlin')
    >>> find_zone("../etc/passwd") is None
    True
    """
    if not _ZONE_NAME.fullmatch(name) or name in _NO_IANA_ZONES or name.startswith(("posix/", "right/")):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return None


def read_instant(text: str, zone: str) -> int | None:
    """Read a time as microseconds since 1970-01-01 00:00 UTC, or None if it is no time of the language.

    `zone` is an IANA name that `find_zone` knows; times without an offset of their own are read in it, a
    local time that occurs twice as the first of the two, one that never occurs with the offset before
    the jump. Digits beyond microseconds are cut off. Times outside the years 1 to 9999, in UTC,
    are refused; `why_no_instant` says why a text was.

    >>> read_instant("2025-03-10 14:30", "Europe/Berlin")
    1741613400000000
    """
    if not _TIME.fullmatch(text):
        return None
    try:
        clock = datetime.fromisoformat(text)
    except ValueError:
        return None
    if clock.tzinfo is None:
        known = find_zone(zone)
        if known is None:
            return None
        clock = clock.replace(tzinfo=known)
    since = clock - _EPOCH_UTC
    instant = (since.days * 86_400 + since.seconds) * SECOND + since.microseconds
    return instant if EARLIEST <= instant <= LATEST else None


def why_no_instant(text: str) -> str:
    """Why `read_instant` gave None, as the end of a sentence that starts with the text.

    >>> why_no_instant("2025-02-30")
    'names a day or hour that no calendar has'
    """
    if not _TIME.fullmatch(text):
        return "cannot be read as a time"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return "names a day or hour that no calendar has"
    return "lies outside the years 1 to 9999 in UTC"


def write_instant(instant: int) -> str:
    """Write microseconds since 1970 UTC as `YYYY-MM-DDTHH:MM:SSZ`, with microseconds if there are any.

    Outside the years 1 to 9999 it is the nearest instant within them.

    >>> write_instant(1_741_613_400_000_000)
    '2025-03-10T13:30:00Z'
    """
    within = min(max(instant, EARLIEST), LATEST)
    return (EPOCH + timedelta(microseconds=within)).isoformat() + "Z"


def in_calendar(instant: int) -> int:
    """The instant itself, or the nearest one whose local times have a calendar in any zone.

    >>> in_calendar(5), in_calendar(10**30) == CALENDAR_END
    (5, True)
    """
    return min(max(instant, CALENDAR_START), CALENDAR_END)


def as_utc(instant: int) -> datetime:
    """The instant as an aware datetime in UTC.

    >>> as_utc(0).isoformat()
    '1970-01-01T00:00:00+00:00'
    """
    return (EPOCH + timedelta(microseconds=instant)).replace(tzinfo=UTC)
