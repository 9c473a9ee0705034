"""Times as language.md says under "Times", to the letter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from touchrules.streams.instants import find_zone, read_instant, why_no_instant, write_instant


def utc(*parts: int) -> int:
    since = datetime(*parts, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-03-10", utc(2025, 3, 10)),
        ("2025-03-10T14:30", utc(2025, 3, 10, 14, 30)),
        ("2025-03-10 14:30:15", utc(2025, 3, 10, 14, 30, 15)),
        ("2025-03-10T14:30:15.5", utc(2025, 3, 10, 14, 30, 15, 500_000)),
        ("2025-03-10T14:30:15.123456Z", utc(2025, 3, 10, 14, 30, 15, 123_456)),
        ("2025-03-10T14:30Z", utc(2025, 3, 10, 14, 30)),
        ("2025-03-10T14:30+02", utc(2025, 3, 10, 12, 30)),
        ("2025-03-10T14:30-05:45", utc(2025, 3, 10, 20, 15)),
        ("2025-03-10T14:30-00:00", utc(2025, 3, 10, 14, 30)),
        ("2024-02-29T00:00", utc(2024, 2, 29)),
        ("1900-01-01T00:00:00Z", utc(1900, 1, 1)),
        ("9999-12-01T00:00:00Z", utc(9999, 12, 1)),
        ("0001-02-01", utc(1, 2, 1)),
    ],
)
def test_each_shape_of_a_time_is_read(text: str, instant: int) -> None:
    assert read_instant(text, "UTC") == instant


@pytest.mark.parametrize("zeros", ["1234567", "123456999999999999999999"])
def test_digits_beyond_microseconds_are_cut_off(zeros: str) -> None:
    assert read_instant(f"2025-03-10T00:00:00.{zeros}Z", "UTC") == utc(2025, 3, 10, 0, 0, 0, 123_456)


def test_digits_are_cut_off_before_1970_as_well() -> None:
    assert read_instant("1969-12-31T23:59:59.9999999Z", "UTC") == -1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 2025-03-10",
        "2025-03-10 ",
        "2025-03-10\n",
        "2025-3-10",
        "2025-03-10t14:30",
        "2025-03-10T14:30z",
        "2025-03-10T14",
        "2025-03-10  14:30",
        "2025-03-10T14:30:15.",
        "2025-03-10T14:30:15,5",
        "2025-03-10T14:30+2",
        "2025-03-10T14:30+0200",
        "2025-03-10T14:30 +02:00",
        "2025-03-10T14:30+24:00",
        "2025-03-10T14:30+02:60",
        "2025-03-10T24:00",
        "2025-03-10T23:60",
        "2025-03-10T23:59:60",
        "2025-03-10Z",
        "2025-02-29",
        "2025-04-31T10:00",
        "0000-01-01",
        "20250310",
        "2025-W11-1",
        "2025-069",
        "10.03.2025",
        "1741613400",
        "٢٠٢٥-03-10",
        "+2025-03-10",
        "-2025-03-10",
        "99999-03-10",
        "now",
    ],
)
def test_nothing_else_is_a_time(text: str) -> None:
    assert read_instant(text, "UTC") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("yesterday", "cannot be read as a time"),
        ("2025-02-30", "names a day or hour that no calendar has"),
        ("0001-01-01T00:00+01:00", "lies outside the years 1 to 9999 in UTC"),
        ("9999-12-31T23:59:59-01:00", "lies outside the years 1 to 9999 in UTC"),
    ],
)
def test_a_refused_time_says_why(text: str, reason: str) -> None:
    assert (read_instant(text, "UTC"), why_no_instant(text)) == (None, reason)


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        (
            "2025-03-30T02:30",
            "Europe/Berlin",
            utc(2025, 3, 30, 1, 30),
        ),  # never occurs: +01:00
        ("2025-10-26T02:30", "Europe/Berlin", utc(2025, 10, 26, 0, 30)),  # twice: the first
        ("2025-10-26T03:00", "Europe/Berlin", utc(2025, 10, 26, 2, 0)),
        ("2018-11-04", "America/Sao_Paulo", utc(2018, 11, 4, 3, 0)),  # midnight never occurs
        ("2018-02-17T23:30", "America/Sao_Paulo", utc(2018, 2, 18, 1, 30)),  # 23:30 twice
        ("2025-01-01", "Asia/Kathmandu", utc(2024, 12, 31, 18, 15)),
        ("1971-12-31T12:00", "Africa/Monrovia", utc(1971, 12, 31, 12, 44, 30)),
        ("2025-01-01T00:00Z", "Asia/Kathmandu", utc(2025, 1, 1)),
    ],
)
def test_a_time_without_zone_is_read_on_the_clocks_of_the_zone(text: str, zone: str, instant: int) -> None:
    assert read_instant(text, zone) == instant


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Base",
        "Europe",
        "europe/berlin ",
        "../etc/passwd",
        "/etc/localtime",
        "Europe/../Europe/Berlin",
        "Europe//Berlin",
        "localtime",
        "posixrules",
        "posix/Europe/Berlin",
        "right/Europe/Berlin",
        "zone.tab",
        "Europe/Berlin\0",
        "\ud800",
        "x" * 10_000,
        "+01:00",
        "Ｅurope/Berlin",
    ],
)
def test_what_is_no_iana_name_is_no_zone(name: str) -> None:
    assert find_zone(name) is None


@pytest.mark.parametrize(
    "name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST5EDT"]
)
def test_iana_names_are_zones(name: str) -> None:
    found = find_zone(name)
    assert found is not None
    assert found.key == name


def test_an_unknown_zone_reads_no_time() -> None:
    assert read_instant("2025-03-10", "Mars/Base") is None


def test_an_instant_is_written_and_read_again() -> None:
    instant = utc(2025, 3, 10, 14, 30, 15, 123_456)
    assert read_instant(write_instant(instant), "Asia/Kathmandu") == instant
