"""Clocks and calendars, by the sentences on times in section 1."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.behaviour.cases import at
from tests.reference.localtime import derived_fields, instant_of, midnight, read_instant

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-03", "2025-03-02 23:00"),
        ("2025-03-03 10:00", "2025-03-03 09:00"),
        ("2025-03-03T10:00:01.1234567Z", "2025-03-03 10:00:01.123456"),
        ("2025-03-03T10:00-03:30", "2025-03-03 13:30"),
        ("2025-03-03 10:00+02", "2025-03-03 08:00"),
        ("2025-10-26 02:30", "2025-10-26 00:30"),
        ("2025-03-30 02:30", "2025-03-30 01:30"),
    ],
)
def test_a_time_without_zone_is_read_in_the_zone_of_the_stream(text, expected):
    assert read_instant(text, BERLIN) == at(expected)


def test_midnight_that_never_occurs_is_the_jump():
    assert midnight(date(2024, 4, 26), ZoneInfo("Africa/Cairo")) == at("2024-04-25 22:00")


def test_the_derived_fields_are_in_the_contacts_zone():
    instant = instant_of(datetime(2025, 3, 2, 18, 30), UTC)
    assert derived_fields(instant, ZoneInfo("Asia/Kathmandu")) == {
        "local_hour": 0.25,
        "weekday": "mon",
        "local_date": "2025-03-03",
    }
