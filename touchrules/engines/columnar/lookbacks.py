"""Looking back, as arithmetic on places: which accepted touches each trigger sees, and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.calendar import period_starts
from touchrules.engines.columnar.columns import Coded, ColumnData
from touchrules.engines.columnar.exact import Exact, exact_ratio, running_sums, sums_between
from touchrules.engines.columnar.masks import Bits, Mask, Rows
from touchrules.engines.columnar.orders import Lane, Order, Places
from touchrules.engines.predicates import COMPARE
from touchrules.model.lookbacks import Between, InSame, Threshold, Window, Within
from touchrules.streams.localtime import Period

Numbers = npt.NDArray[np.float64]
"""One for each trigger; NaN: there is none."""

_LONGEST: Final = 1 << 61  # microseconds: longer than all of the calendar
_NO_PLACES: Final = np.zeros(0, np.int32)
_NO_TIMES: Final = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What triggers see of a lane: for each the stretch [low, high), empty where low >= high."""

    low: Places
    high: Places

    @property
    def counts(self) -> Places:
        """How many touches each trigger sees."""
        counts: Places = np.maximum(self.high - self.low, 0)
        return counts


def see(
    order: Order,
    triggers: Rows,
    lane: Lane,
    window: Window,
    *,
    itself: bool,
    since: Lane | None = None,
    starts: npt.NDArray[np.int64] | None = None,
) -> Sight:
    """Return which touches of a lane each trigger sees through a window.

    `itself`: a trigger sees itself too. `since`: the touches of `since_last`. `starts`: for `in_same`, when
    the trigger's period began. Triggers that lack the key see nothing.
    """
    asked, back = order.ascending(order.places_of(triggers))
    if starts is not None and back is not None:
        began = np.zeros(len(asked), np.int64)
        began[back] = starts
        starts = began
    after, until = _bounds(window, order, asked, starts)
    before = _NO_PLACES if since is None else since.places
    times = lane.at if len(after) or len(until) else _NO_TIMES
    low, high = kernels.look(asked, order.starts, lane.places, times, before, after, until, itself=itself)
    if window.newest is not None:
        low = np.maximum(low, high - np.int32(min(window.newest, len(lane.places) + 1)))
    return Sight(low, high) if back is None else Sight(low[back], high[back])


def _bounds(
    window: Window, order: Order, places: Places, starts: npt.NDArray[np.int64] | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return after when and until when touches are seen, for each trigger; empty: there is no such bound."""
    match window.span:
        case Within(duration=duration):
            return order.at[places] - min(duration, _LONGEST) if len(order.at) else _NO_TIMES, _NO_TIMES
        case Between(nearest=nearest, farthest=farthest) if len(order.at):
            at = order.at[places]
            return at - min(farthest, _LONGEST), at - min(nearest, _LONGEST)
        case InSame() if starts is not None:
            return starts - 1, _NO_TIMES
        case _:
            return _NO_TIMES, _NO_TIMES


def find_period_starts(
    triggers: Rows, at: npt.NDArray[np.int64], zones: Coded, period: Period
) -> npt.NDArray[np.int64]:
    """Return when the local day, week, month or quarter of each trigger began."""
    return period_starts(at[triggers], zones.codes[triggers], zones.values, period)


def count(sight: Sight) -> Numbers:
    """Return how many touches each trigger sees."""
    return sight.counts.astype(np.float64)


def any_seen(sight: Sight) -> Bits:
    """Return whether each trigger sees a touch."""
    return np.asarray(sight.high > sight.low, np.bool_)


def latest(sight: Sight, lane: Lane) -> tuple[Places, Rows]:
    """Return which triggers see a touch, by their place among the triggers, and the latest of each."""
    some = np.flatnonzero(sight.high > sight.low).astype(np.int32)
    last = sight.high if len(some) == len(sight.high) else sight.high[some]
    return some, lane.rows[last - 1]


def gap(sight: Sight, lane: Lane, triggers: Rows, at: npt.NDArray[np.int64]) -> Numbers:
    """Return the seconds since the latest touch that each trigger sees."""
    some, rows = latest(sight, lane)
    seconds = np.full(len(triggers), np.nan)
    seconds[some] = exact_ratio(at[triggers[some]] - at[rows], np.int64(1_000_000))
    return seconds


def distinct(sight: Sight, lane: Lane, column: ColumnData) -> Numbers:
    """Return how many different present values of a column each trigger sees."""
    codes = codes_at(column, lane.rows)
    return kernels.distinct_in(codes, sight.low, sight.high).astype(np.float64)


def codes_at(column: ColumnData, rows: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Return numbers that are equal where the column's values are, -1 where it is missing."""
    if isinstance(column, Coded):
        return np.asarray(column.codes[rows], np.int64)
    _, numbered = np.unique(column.values[rows], return_inverse=True)
    codes: npt.NDArray[np.int64] = numbered.astype(np.int64)
    if column.present is not None:
        codes[~column.present[rows]] = -1
    return codes


def total(sight: Sight, sums: Exact) -> Numbers:
    """Return the sum that each trigger sees."""
    return exact_ratio(sums_between(sums, sight.low, sight.high), np.int64(1_000_000))


def average(sight: Sight, sums: Exact, present: Places) -> Numbers:
    """Return the average of the values that each trigger sees. `present`: running counts of them."""
    counts = sums_between(present, sight.low, sight.high)
    some = np.flatnonzero(counts)
    averages = np.full(len(sight.low), np.nan)
    totals = sums_between(sums, sight.low[some], sight.high[some])
    averages[some] = exact_ratio(totals, counts[some] * 1_000_000)
    return averages


def share(sight: Sight, lane: Lane, also: Mask, out_of: int) -> Numbers:
    """Return which share of the touches that each trigger sees a second filter accepts as well."""
    both = sums_between(running_sums(also.at(lane.rows).astype(np.int64)), sight.low, sight.high)
    of = sight.counts
    some = np.flatnonzero(of >= max(out_of, 1))
    shares = np.full(len(of), np.nan)
    shares[some] = both[some] / of[some]
    return shares


def passes(numbers: Numbers, compare: Sequence[Threshold]) -> Bits:
    """Return which numbers pass every threshold; NaN passes none."""
    bits: Any = ~np.isnan(numbers)
    for one in compare:
        bits &= COMPARE[one.how](numbers, one.value)
    return np.asarray(bits, np.bool_)
