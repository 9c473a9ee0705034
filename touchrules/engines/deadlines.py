"""When an expectation begins and when it is due, in the calendar of the contact's own zone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, assert_never

from touchrules.engines.columns import AT, ZONE, Layout, Touch
from touchrules.model.durations import DAY
from touchrules.model.rules import BusinessDays, BusinessTime, FieldOffset, Moment, Rulebook
from touchrules.streams.localtime import day_of_date, local_day, local_midnight, local_to_instant

_THURSDAY: Final = 3  # the weekday of 1970-01-01, Monday being 0
_FRIDAY: Final = 4

Deadline = Callable[[Touch], int | None]
"""From a trigger to an instant in microseconds, or None where the field that names it is missing."""


def compile_moment(moment: Moment, rulebook: Rulebook, layout: Layout) -> Deadline:
    """Return `after` or `by` of an expectation as a function of its trigger."""
    holidays = frozenset(day_of_date(when) for when in rulebook.holidays)
    match moment:
        case FieldOffset(field=field, offset=offset):
            position = layout.position(field)
            return lambda touch: None if touch[position] is None else touch[position] + offset
        case BusinessDays(days=days):
            return lambda touch: end_of_business_day(touch[AT], touch[ZONE], days, holidays)
        case BusinessTime(duration=duration):
            return lambda touch: add_business_time(
                touch[AT], touch[ZONE], duration, holidays, rulebook.business_hours
            )
        case _:
            assert_never(moment)


def is_business_day(day: int, holidays: frozenset[int]) -> bool:
    """Return whether a day is a weekday (Monday to Friday) and no holiday; all count from 1970-01-01.

    >>> is_business_day(0, frozenset())
    True
    """
    return (day + _THURSDAY) % 7 <= _FRIDAY and day not in holidays


def end_of_business_day(at: int, zone: str, days: int, holidays: frozenset[int]) -> int:
    """Return the end (24:00) of the n-th business day after the local date of an instant."""
    day = local_day(at, zone)
    while days > 0:
        day += 1
        days -= is_business_day(day, holidays)
    return local_midnight(day + 1, zone)


def add_business_time(
    at: int, zone: str, duration: int, holidays: frozenset[int], hours: tuple[int, int]
) -> int:
    """Return when so many microseconds of business hours have passed since an instant.

    `hours`: opening and closing, in microseconds of the local clock. Time that runs out exactly at
    closing ends at that closing; no time at all ends at once.
    """
    if duration == 0:
        return at
    left = duration
    day = local_day(at, zone)
    while True:
        if is_business_day(day, holidays):
            opens = local_to_instant(day * DAY + hours[0], zone)
            closes = local_to_instant(day * DAY + hours[1], zone)
            start = max(opens, at)
            if start + left <= closes:
                return start + left
            left -= max(0, closes - start)
        day += 1
