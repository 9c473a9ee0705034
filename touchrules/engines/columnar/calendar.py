"""What the calendar says in each contact's own zone, for many touches at once.

Gives what `touchrules.streams.localtime` and `touchrules.engines.deadlines` give for one touch. Instants are
int64, in microseconds since 1970 UTC; days are int64, counted from 1970-01-01; `zone_codes` are positions in
`zones`, IANA names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np

from touchrules.model.durations import DAY
from touchrules.streams.instants import CALENDAR_END, CALENDAR_START
from touchrules.streams.localtime import Period, local_to_instant
from touchrules.streams.zonedays import Integers, ZoneCodes, local_offsets, look_up, zone_days

_THURSDAY: Final = 3  # the weekday of 1970-01-01, Monday being 0


def local_days(at: Integers, zone_codes: ZoneCodes, zones: Sequence[str]) -> Integers:
    """Return the local date of each instant."""
    at = np.clip(at, CALENDAR_START, CALENDAR_END)
    days: Integers = (at + local_offsets(at, zone_codes, zones)) // DAY
    return days


def period_starts(at: Integers, zone_codes: ZoneCodes, zones: Sequence[str], period: Period) -> Integers:
    """Return when the local day, week (from Monday), month or quarter of each instant started."""
    codes, days, places = zone_days(zone_codes, local_days(at, zone_codes, zones))
    return _midnights(_first_days(days, period), codes, zones)[places]


def business_day_ends(
    at: Integers, zone_codes: ZoneCodes, zones: Sequence[str], days: int, holidays: frozenset[int]
) -> Integers:
    """Return the end (24:00) of the n-th business day after the local date of each instant."""
    codes, today, places = zone_days(zone_codes, local_days(at, zone_codes, zones))
    last = _move(today, days, "preceding", holidays) if days > 0 else today
    return _midnights(last + 1, codes, zones)[places]


def business_times(
    at: Integers,
    zone_codes: ZoneCodes,
    zones: Sequence[str],
    duration: int,
    holidays: frozenset[int],
    hours: tuple[int, int],
) -> Integers:
    """Return when so many microseconds of business hours have passed since each instant.

    `hours`: opening and closing, in microseconds of the local clock. Time that runs out exactly at
    closing ends at that closing; no time at all ends at once.
    """
    ends = at.copy()
    if duration == 0:
        return ends
    days = local_days(at, zone_codes, zones)
    rows, left = np.arange(len(at)), np.full(len(at), duration)
    while len(rows):
        codes, distinct, places = zone_days(zone_codes[rows], days)
        distinct = _move(distinct, 0, "following", holidays)
        opens = _to_instants(distinct * DAY + hours[0], codes, zones)[places]
        closes = _to_instants(distinct * DAY + hours[1], codes, zones)[places]
        start = np.maximum(opens, at[rows])
        ends[rows] = start + left
        more = start + left > closes
        left = (left - np.maximum(closes - start, 0))[more]
        days = distinct[places][more] + 1
        rows = rows[more]
    return ends


def _first_days(days: Integers, period: Period) -> Integers:
    """Return the first day of the calendar period that each day lies in."""
    match period:
        case "day":
            return days
        case "week":
            return days - (days + _THURSDAY) % 7
        case "month" | "quarter":
            months = days.astype("M8[D]").astype("M8[M]").astype(np.int64)
            if period == "quarter":
                months -= months % 3
            return months.astype("M8[M]").astype("M8[D]").astype(np.int64)


def _move(days: Integers, count: int, start: Any, holidays: frozenset[int]) -> Integers:
    """Return the days so many business days on, from the nearest one `following` or `preceding` first."""
    closed = np.array(sorted(holidays), np.int64).astype("M8[D]")
    moved = np.busday_offset(days.astype("M8[D]"), count, roll=start, holidays=closed)
    return moved.astype(np.int64)


def _midnights(days: Integers, codes: Integers, zones: Sequence[str]) -> Integers:
    """Return when each local date starts in its zone."""
    return _to_instants(days * DAY, codes, zones)


def _to_instants(clocks: Integers, codes: Integers, zones: Sequence[str]) -> Integers:
    """Return when the clock of each zone shows so many microseconds since its own 1970."""
    return look_up(_to_instant, zones, codes, clocks)


@lru_cache(maxsize=131_072)
def _to_instant(zone: str, clock: int) -> int:
    return local_to_instant(clock, zone)
