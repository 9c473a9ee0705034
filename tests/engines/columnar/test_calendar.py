"""The calendar of many touches at once says what it says for each of them."""

from __future__ import annotations

import struct
import zoneinfo
from importlib import resources
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from touchrules.engines.columnar.calendar import business_day_ends, business_times, local_days, period_starts
from touchrules.engines.deadlines import add_business_time, end_of_business_day
from touchrules.model.durations import DAY, HOUR, MINUTE
from touchrules.streams.instants import EARLIEST, LATEST, read_instant
from touchrules.streams.localtime import Period, local_day, period_start

SEEDED = settings(deadline=None, derandomize=True, max_examples=200)
ZONES = (
    "UTC",
    "America/New_York",
    "Africa/Cairo",  # a midnight that never occurs
    "Australia/Lord_Howe",  # half an hour
    "Pacific/Apia",  # a day that never occurs
    "America/St_Johns",  # back over midnight at 00:01
    "America/Juneau",  # a day that occurs twice
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Africa/Monrovia",
    "Asia/Kathmandu",
    "Europe/Dublin",
)
ODD_TIMES = (
    "0001-01-01",
    "0001-01-04",
    "1867-10-18",
    "1883-11-18 17:00",
    "1972-01-07",
    "1985-12-31 18:30",
    "2010-11-07 02:31",
    "2011-12-30 10:00",
    "2018-11-04 03:00",
    "2023-04-27 22:00",
    "2024-12-31 23:59",
    "2025-03-09 07:00",
    "2025-04-05 15:00",
    "2025-11-02 06:00",
    "9999-12-29",
    "9999-12-31 23:59:59.999999",
)


def at(text: str) -> int:
    instant = read_instant(text, "UTC")
    assert instant is not None
    return instant


near_odd_times = st.builds(
    lambda text, step: min(max(at(text) + step, EARLIEST), LATEST),
    st.sampled_from(ODD_TIMES),
    st.integers(-4 * DAY, 4 * DAY) | st.integers(-300, 300).map(lambda minutes: minutes * 15 * MINUTE),
)
instants = near_odd_times | st.integers(EARLIEST, LATEST) | st.integers(at("2024-12-01"), at("2025-04-10"))
touches = st.lists(st.tuples(instants, st.integers(0, len(ZONES) - 1)), max_size=12)
some_holidays = st.frozensets(
    st.sampled_from([at(text) // DAY for text in ODD_TIMES]).flatmap(
        lambda day: st.integers(day - 3, day + 5)
    ),
    max_size=8,
)


def arrays(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    times = np.array([when for when, _ in rows], np.int64)
    return times, np.array([code for _, code in rows], np.int8)


@SEEDED
@given(touches)
def test_local_days(rows: list[tuple[int, int]]) -> None:
    times, codes = arrays(rows)
    assert local_days(times, codes, ZONES).tolist() == [local_day(when, ZONES[code]) for when, code in rows]


@pytest.mark.parametrize("period", get_args(Period))
@SEEDED
@given(rows=touches)
def test_period_starts(period: Period, rows: list[tuple[int, int]]) -> None:
    times, codes = arrays(rows)
    expected = [period_start(when, ZONES[code], period) for when, code in rows]
    assert period_starts(times, codes, ZONES, period).tolist() == expected


@SEEDED
@given(touches, st.integers(0, 12), some_holidays)
def test_business_days(rows: list[tuple[int, int]], days: int, holidays: frozenset[int]) -> None:
    times, codes = arrays(rows)
    expected = [end_of_business_day(when, ZONES[code], days, holidays) for when, code in rows]
    assert business_day_ends(times, codes, ZONES, days, holidays).tolist() == expected


hours_of_business = st.tuples(st.integers(0, 23), st.integers(1, 24)).map(
    lambda both: (min(both[0], both[1] - 1) * HOUR, max(both[0] + 1, both[1]) * HOUR)
)


@SEEDED
@given(
    touches,
    st.sampled_from([0, 1, HOUR // 2, 4 * HOUR, 8 * HOUR, 40 * HOUR]),
    some_holidays,
    hours_of_business,
)
@example([(at("2010-11-07 02:45"), 5)], HOUR, frozenset(), (0, 24 * HOUR))
@example([(at("2025-03-10 13:00"), 0)], 8 * HOUR, frozenset(), (9 * HOUR, 17 * HOUR))
def test_business_times(
    rows: list[tuple[int, int]], duration: int, holidays: frozenset[int], hours: tuple[int, int]
) -> None:
    times, codes = arrays(rows)
    expected = [add_business_time(when, ZONES[code], duration, holidays, hours) for when, code in rows]
    assert business_times(times, codes, ZONES, duration, holidays, hours).tolist() == expected


@pytest.mark.parametrize("zone", ["America/New_York", "Africa/Cairo", "Pacific/Apia", "America/St_Johns"])
def test_a_year_of_touches_at_once(zone: str) -> None:
    times = np.arange(at("2011-01-01"), at("2012-01-01"), 37 * MINUTE + 1, dtype=np.int64)
    codes = np.zeros(len(times), np.int16)
    days = [local_day(when, zone) for when in times.tolist()]
    assert local_days(times, codes, [zone]).tolist() == days
    ends = [
        add_business_time(when, zone, 12 * HOUR, frozenset(), (9 * HOUR, 17 * HOUR))
        for when in times.tolist()
    ]
    assert (
        business_times(times, codes, [zone], 12 * HOUR, frozenset(), (9 * HOUR, 17 * HOUR)).tolist() == ends
    )


def changes_of(zone: str) -> list[tuple[int, int]]:
    """When the clocks of a zone are changed, in seconds, and the offset from then on."""
    folders = [Path(folder) / zone for folder in zoneinfo.TZPATH]
    file = next((path for path in folders if path.is_file()), None)
    data = (file or resources.files("tzdata") / "zoneinfo" / zone).read_bytes()
    count = struct.unpack(">4sc15x6l", data[:44])[2:]  # of an older form of the table, which comes first
    start = 44 + count[3] * 5 + count[4] * 6 + count[5] + count[2] * 8 + count[1] + count[0]
    times, types = struct.unpack(">4sc15x6l", data[start : start + 44])[5:7]
    start += 44
    instants = struct.unpack(f">{times}q", data[start : start + 8 * times])
    kinds = data[start + 8 * times : start + 9 * times]
    start += 9 * times
    offsets = [struct.unpack(">l", data[start + 6 * kind : start + 6 * kind + 4])[0] for kind in range(types)]
    return [(when, offsets[kind]) for when, kind in zip(instants, kinds, strict=True)]


def test_no_zone_changes_its_clocks_twice_within_a_day() -> None:
    zones = sorted(zoneinfo.available_timezones() - {"localtime", "posixrules"})
    assert (504_901_800, 20_700) in changes_of("Asia/Kathmandu")
    quick = [
        zone
        for zone in zones
        for (one, _), (other, _) in zip(changes_of(zone), changes_of(zone)[1:], strict=False)
        if other - one <= DAY // 1_000_000
    ]
    assert len(zones) > 300
    assert not quick
