"""What of the past a manager looks at: a period, a team and a segment.

What a rule finds in a touch depends on all that went before it, so every replay runs over all touches. A
scope says only which touches, and with them which findings, are shown and counted.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from touchrules.model.wording import counted
from touchrules.replay.columns import Columns
from touchrules.studio.groupings import Groupings, title_of

_KEPT: Final = 8
_NAMED: Final = 3

Truths = npt.NDArray[np.bool_]
"""Yes or no for each touch of the stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days as YYYY-MM-DD on the clocks of each contact, both included; an empty one is no bound."""

    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which touches are shown and counted. `reps`: none means all.

    `segment`: fields with the values that touches may have there, as `Groupings` names them.
    """

    period: Period = field(default_factory=Period)
    reps: tuple[str, ...] = ()
    segment: tuple[tuple[str, tuple[str, ...]], ...] = ()


EVERYTHING: Final = Scope()


class Scopes:
    """Which touches of a stream are within a scope; worked out once for each."""

    def __init__(self, columns: Columns, groupings: Groupings) -> None:
        self._columns, self._groupings = columns, groupings
        self._known: dict[Scope, Truths] = {}

    def mask(self, scope: Scope) -> Truths | None:
        """Return for each touch whether it is within a scope; None: all are."""
        if scope == EVERYTHING:
            return None
        known = self._known.pop(scope, None)
        self._known[scope] = self._make(scope) if known is None else known
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return self._known[scope]

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day on which there are touches; empty where there are none."""
        codes, names = self._columns.coded("local_date")
        present = sorted(names.to_pylist()[code] for code in np.unique(codes[codes >= 0]).tolist())
        return (present[0], present[-1]) if present else ("", "")

    def _make(self, scope: Scope) -> Truths:
        chosen = np.ones(len(self._columns.stream), np.bool_)
        if scope.period != Period():
            codes, names = self._columns.coded("local_date")
            inside = [_is_within(day, scope.period) for day in names.to_pylist()]
            chosen &= np.array([*inside, False], np.bool_)[codes]
        wanted = [*([("rep_id", scope.reps)] if scope.reps else []), *scope.segment]
        for name, values in wanted:
            grouping = self._groupings.find(name)
            fits = [label in set(values) for label in grouping.labels]
            chosen &= np.array([*fits, False], np.bool_)[grouping.codes]
        return chosen


def _is_within(day: str, period: Period) -> bool:
    return (not period.since or day >= period.since) and (not period.until or day <= period.until)


def preset_periods(first: str, last: str) -> tuple[tuple[str, Period], ...]:
    """Return the periods to choose from, with their names, for touches from a day to a day.

    >>> [name for name, _ in preset_periods("2025-02-03", "2025-07-20")]
    ['All', 'Last month (July 2025)', 'Last quarter (Q3 2025)', 'Q1 2025', 'Q2 2025', 'Q3 2025']
    """
    if not first:
        return (("All", Period()),)
    begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    quarters = []
    at = dt.date(begin.year, begin.month - (begin.month - 1) % 3, 1)
    while at <= end:
        quarters.append(_months(at, 3))
        at = _later(at, 3)
    month = _months(end.replace(day=1), 1)
    return (
        ("All", Period()),
        (f"Last month ({name_period(month)})", month),
        (f"Last quarter ({name_period(quarters[-1])})", quarters[-1]),
        *((name_period(one), one) for one in quarters),
    )


def _later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1)


def _months(first: dt.date, months: int) -> Period:
    last = _later(first, months) - dt.timedelta(days=1)
    return Period(since=first.isoformat(), until=last.isoformat())


def name_period(period: Period) -> str:
    """Return a period in few words.

    >>> name_period(Period(since="2025-07-01", until="2025-09-30")), name_period(Period(since="2025-07-02"))
    ('Q3 2025', 'since 2025-07-02')
    """
    if period.since and period.until:
        first = dt.date.fromisoformat(period.since)
        if first.day == 1 and period == _months(first, 1):
            return f"{calendar.month_name[first.month]} {first.year}"
        if first.day == 1 and first.month % 3 == 1 and period == _months(first, 3):
            return f"Q{first.month // 3 + 1} {first.year}"
        return f"{period.since} to {period.until}"
    if period.since:
        return f"since {period.since}"
    return f"until {period.until}" if period.until else "all"


def tell_narrowing(before: Scope, after: Scope) -> str:
    """Return what was done to a scope, in words.

    >>> tell_narrowing(EVERYTHING, Scope(reps=("Ann",)))
    'team set to Ann'
    """
    if after == EVERYTHING:
        return "period, team and segment cleared"
    told = []
    if before.period != after.period:
        told.append(f"period set to {name_period(after.period)}")
    if before.reps != after.reps:
        told.append(f"team set to {_list(after.reps, 'rep') if after.reps else 'all reps'}")
    if before.segment != after.segment:
        told.append(f"segment set to {tell_segment(after)}")
    return ", ".join(told) or "nothing set"


def tell_segment(scope: Scope) -> str:
    """Return the segment of a scope in words."""
    parts = [f"{title_of(name)} {_list(values, 'value')}" for name, values in scope.segment]
    return "; ".join(parts) or "all touches"


def _list(names: Sequence[str], one: str) -> str:
    return ", ".join(names) if len(names) <= _NAMED else counted(len(names), one)
