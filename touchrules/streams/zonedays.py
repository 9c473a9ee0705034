"""What the clocks of time zones show, for many instants at once: each day of a zone is looked up once.

Instants are int64, in microseconds since 1970 UTC; days are int64, counted from 1970-01-01; `zone_codes` are
positions in `zones`, IANA names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from touchrules.model.durations import DAY, MINUTE
from touchrules.streams.localtime import offset_us

Integers = npt.NDArray[np.int64]
ZoneCodes = npt.NDArray[np.signedinteger[Any]]

_MINUTES: int = 15 * MINUTE


def local_offsets(at: Integers, zone_codes: ZoneCodes, zones: Sequence[str]) -> Integers:
    """Return the offset of each instant: looked up once for each day of UTC whose two ends agree.

    No zone has ever changed its clocks and changed them back within a day (a test holds that).
    """
    codes, days, places = zone_days(zone_codes, at // DAY)
    first = look_up(offset_us, zones, codes, days * DAY)
    last = look_up(offset_us, zones, codes, (days + 1) * DAY - 1)
    found = first[places]
    if (first == last).all():
        return found
    changed = np.flatnonzero((first != last)[places])
    for code in np.unique(zone_codes[changed]).tolist():
        rows = changed[zone_codes[changed] == code]
        found[rows] = _offsets_by_quarter(at[rows], zones[code])
    return found


def _offsets_by_quarter(at: Integers, zone: str) -> Integers:
    """Return the offset of each instant: looked up once for each quarter of an hour whose two ends agree."""
    slots, places = np.unique(at // _MINUTES, return_inverse=True)
    first = np.array([offset_us(zone, int(slot) * _MINUTES) for slot in slots], np.int64)
    last = np.array([offset_us(zone, int(slot + 1) * _MINUTES - 1) for slot in slots], np.int64)
    found = first[places]
    for row in np.flatnonzero((first != last)[places]):
        found[row] = offset_us(zone, int(at[row]))
    return found


def look_up(
    function: Callable[[str, int], int], zones: Sequence[str], codes: Integers, values: Integers
) -> Integers:
    """Return what a function of a zone and a number gives for each pair."""
    pairs = zip(codes.tolist(), values.tolist(), strict=True)
    return np.array([function(zones[code], value) for code, value in pairs], np.int64)


def zone_days(codes: ZoneCodes, days: Integers) -> tuple[Integers, Integers, Integers]:
    """Return the distinct pairs of zone and day, as two arrays, and which of them each row has."""
    if not len(days):
        return days, days, days
    first = days.min()
    span = int(days.max() - first) + 1
    distinct, places = number_distinct(codes * np.int64(span) + (days - first))
    return distinct // span, distinct % span + first, places


def number_distinct(keys: Integers) -> tuple[Integers, Integers]:
    """Return the distinct keys (none is negative), ascending, and which of them each row has."""
    bound = int(keys.max(initial=0)) + 1
    if bound > 4 * len(keys) + 65_536:
        distinct, places = np.unique(keys, return_inverse=True)
        return distinct, places
    known = np.zeros(bound, np.bool_)
    known[keys] = True
    distinct = np.flatnonzero(known)
    numbers = np.zeros(bound, np.int64)
    numbers[distinct] = np.arange(len(distinct))
    return distinct, numbers[keys]
