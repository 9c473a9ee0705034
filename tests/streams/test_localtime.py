"""The clocks and calendars of contacts, at the edges of time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchrules.model.durations import DAY, HOUR, SECOND
from touchrules.streams.derived import derived_fields
from touchrules.streams.instants import CALENDAR_END, CALENDAR_START, EARLIEST, LATEST, read_instant
from touchrules.streams.localtime import (
    local_clock,
    local_date,
    local_fields,
    local_midnight,
    local_to_instant,
    offset_us,
    period_start,
)

ZONES = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Africa/Monrovia", "Asia/Kathmandu"]
ODD_ZONES = ["America/New_York", "Pacific/Apia", "Africa/Casablanca", "Australia/Lord_Howe"]
SEEDED = settings(deadline=None, derandomize=True)


def at(text: str) -> int:
    instant = read_instant(text, "UTC")
    assert instant is not None
    return instant


@pytest.mark.parametrize(
    ("instant", "zone", "fields"),
    [
        (
            "2025-03-30T00:59:59.999999Z",
            "Europe/Berlin",
            (7_199.999999 / 3_600, "sun", "2025-03-30"),
        ),
        ("2025-03-30T01:00Z", "Europe/Berlin", (3.0, "sun", "2025-03-30")),
        ("2025-10-26T00:30Z", "Europe/Berlin", (2.5, "sun", "2025-10-26")),
        ("2025-10-26T01:30Z", "Europe/Berlin", (2.5, "sun", "2025-10-26")),
        ("2018-11-04T02:59Z", "America/Sao_Paulo", (23 + 59 / 60, "sat", "2018-11-03")),
        ("2018-11-04T03:00Z", "America/Sao_Paulo", (1.0, "sun", "2018-11-04")),
        ("1972-01-07T00:44:29Z", "Africa/Monrovia", (86_399 / 3600, "thu", "1972-01-06")),
        ("1972-01-07T00:44:30Z", "Africa/Monrovia", (2_670 / 3600, "fri", "1972-01-07")),
        ("2025-03-10T18:14:59Z", "Asia/Kathmandu", (86_399 / 3600, "mon", "2025-03-10")),
        ("1969-12-31T23:59:59Z", "UTC", (86_399 / 3600, "wed", "1969-12-31")),
    ],
)
def test_the_derived_fields_are_those_of_the_wall_clock(
    instant: str, zone: str, fields: tuple[float, str, str]
) -> None:
    assert local_fields(at(instant), zone) == fields


def test_local_hour_is_microseconds_since_midnight_divided_by_an_hour() -> None:
    assert local_fields(at("2025-03-10T17:30:00.000001Z"), "UTC")[0] == 63_000_000_001 / 3_600_000_000


def test_historical_offsets_have_seconds() -> None:
    assert offset_us("Africa/Monrovia", at("1971-12-31")) == -(44 * 60 + 30) * SECOND


def test_an_unknown_zone_has_no_offset() -> None:
    with pytest.raises(ValueError, match="Mars/Base"):
        offset_us("Mars/Base", 0)


@SEEDED
@given(
    zone=st.sampled_from(ZONES + ODD_ZONES),
    instant=st.integers(CALENDAR_START, CALENDAR_END) | st.integers(0, at("2037-01-01")),
)
def test_offsets_are_those_of_zoneinfo(zone: str, instant: int) -> None:
    clock = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)
    assert timedelta(microseconds=offset_us(zone, instant)) == clock.astimezone(ZoneInfo(zone)).utcoffset()


@SEEDED
@given(zone=st.sampled_from(ZONES), day=st.integers(-40_000, 40_000), clock=st.integers(0, DAY - 1))
def test_a_local_time_is_read_with_fold_nought(zone: str, day: int, clock: int) -> None:
    shown = datetime(1970, 1, 1) + timedelta(days=day, microseconds=clock)
    offset = shown.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    assert local_to_instant(day * DAY + clock, zone) == day * DAY + clock - offset // timedelta(
        microseconds=1
    )


@SEEDED
@given(
    touches=st.lists(st.tuples(st.sampled_from([None, *ZONES]), st.integers(0, 40 * DAY))),
    start=st.integers(CALENDAR_START, CALENDAR_END - 40 * DAY),
)
def test_the_columns_are_the_fields_of_each_touch(touches: list[tuple[str | None, int]], start: int) -> None:
    zones = pa.chunked_array([pa.array([zone for zone, _ in touches], pa.string())])
    instants = [start + after for _, after in touches]
    made = derived_fields(np.array(instants, np.int64), zones, "America/New_York")
    expected = [local_fields(start + after, zone or "America/New_York") for zone, after in touches]
    assert list(zip(*(column.to_pylist() for column in made.values()), strict=True)) == expected


@pytest.mark.parametrize(
    ("period", "start"),
    [("day", "2025-05-14"), ("week", "2025-05-12"), ("month", "2025-05-01"), ("quarter", "2025-04-01")],
)
def test_a_period_starts_at_its_local_midnight(period: str, start: str) -> None:
    begun = period_start(at("2025-05-14T21:59:59Z"), "Europe/Berlin", period)  # type: ignore[arg-type]
    assert begun == at(start) - 2 * HOUR


def test_a_week_starts_on_monday_and_a_monday_starts_its_own() -> None:
    assert period_start(at("2025-05-12T00:00Z"), "UTC", "week") == at("2025-05-12")


def test_a_day_without_midnight_starts_when_the_clocks_jump() -> None:
    assert period_start(at("2018-11-04T12:00Z"), "America/Sao_Paulo", "day") == at("2018-11-04T03:00Z")


def test_a_day_with_two_midnights_starts_at_the_first() -> None:
    assert local_midnight(at("2024-11-03") // DAY, "America/Havana") == at("2024-11-03T04:00Z")


def test_the_local_date_is_a_date() -> None:
    assert local_date(at("2025-12-31T23:30Z"), "Europe/Berlin") == date(2026, 1, 1)


@pytest.mark.parametrize("instant", [CALENDAR_START, CALENDAR_END])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_ends_of_the_calendar_have_local_dates_everywhere(instant: int, zone: str) -> None:
    assert local_clock(instant, zone) // DAY == (local_date(instant, zone) - date(1970, 1, 1)).days
    assert period_start(instant, zone, "quarter") <= instant


@pytest.mark.parametrize(("instant", "shown"), [(EARLIEST, "0001-01-01"), (LATEST, "9999-12-31")])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "UTC"])
def test_the_very_first_and_last_days_are_read_and_stay_in_the_calendar(
    instant: int, shown: str, zone: str
) -> None:
    assert local_fields(instant, zone)[2] in (shown, "0001-01-02", "9999-12-30")
