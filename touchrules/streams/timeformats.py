"""Reads times in the formats that a mapping file names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Final

from touchrules.model.durations import SECOND
from touchrules.streams.columntypes import read_number
from touchrules.streams.instants import EARLIEST, LATEST, microseconds, read_instant
from touchrules.streams.localtime import local_to_instant

_PER_UNIT: Final = {"epoch_s": SECOND, "epoch_ms": 1_000}


def time_reader(form: str, timezone: str) -> Callable[[str], int | None]:
    """A function from a text to microseconds since 1970 UTC, or None where it does not fit the format.

    `form` is iso, epoch_s, epoch_ms, rfc2822 or a pattern of strptime; times without a zone of their own
    are read in `timezone`.

    >>> time_reader("epoch_ms", "UTC")("1741613400000")
    1741613400000000
    """
    match form:
        case "iso":
            return partial(read_instant, zone=timezone)
        case "epoch_s" | "epoch_ms":
            return partial(_read_epoch, per_unit=_PER_UNIT[form])
        case "rfc2822":
            return partial(_read_rfc2822, timezone=timezone)
        case _:
            return partial(_read_pattern, form=form, timezone=timezone)


def _read_epoch(text: str, per_unit: int) -> int | None:
    """Exact to the microsecond, which a float would not be."""
    if read_number(text) is None or text.lower() == "nan":
        return None
    try:
        return _within_calendar(int(Decimal(text) * per_unit // 1))
    except (InvalidOperation, OverflowError):
        return None


def _read_rfc2822(text: str, timezone: str) -> int | None:
    try:
        return _instant(parsedate_to_datetime(text), timezone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _read_pattern(text: str, form: str, timezone: str) -> int | None:
    try:
        return _instant(datetime.strptime(text, form), timezone)
    except (ValueError, OverflowError):
        return None


def _instant(clock: datetime, timezone: str) -> int | None:
    offset = clock.utcoffset()
    shown = microseconds(clock.replace(tzinfo=None))
    if offset is None:
        return _within_calendar(local_to_instant(shown, timezone))
    return _within_calendar(shown - offset // timedelta(microseconds=1))


def _within_calendar(instant: int) -> int | None:
    return instant if EARLIEST <= instant <= LATEST else None
