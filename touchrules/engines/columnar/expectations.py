"""Expectations: for each trigger the first later touch that decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never

import numpy as np
import numpy.typing as npt

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.calendar import business_day_ends, business_times
from touchrules.engines.columnar.columns import Coded, ColumnData, Plain, instants, numbers, unify
from touchrules.engines.columnar.masks import Bits, Rows
from touchrules.engines.columnar.orders import Lane, Order, Places
from touchrules.model.rules import BusinessDays, BusinessTime, FieldOffset, Moment, Rulebook
from touchrules.streams.localtime import day_of_date

Integers = npt.NDArray[np.int64]

_NO_PLACES: Final = np.zeros(0, np.int32)
_NO_TIMES: Final = np.zeros(0, np.int64)
_WIDE: Final = 1 << 62

MET: Final = 0
CANCELLED: Final = 1
BROKEN: Final = 2
OPEN: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """The expectations of one rule: triggers (home rows), and from when to when they wait (microseconds)."""

    triggers: Rows
    after: Integers
    by: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What became of `opened`: MET, CANCELLED, BROKEN or OPEN, when, and by which touch (home row, or -1)."""

    opened: Opened
    status: npt.NDArray[np.int8]
    at: Integers
    by: Rows

    def broken(self) -> Rows:
        """Return the triggers of broken ones."""
        broken: Rows = self.opened.triggers[self.status == BROKEN]
        return broken

    def due(self, triggers: Rows) -> Integers:
        """Return when the expectations of some triggers, ascending, are due."""
        return self.opened.by[np.searchsorted(self.opened.triggers, triggers)]

    def met(self) -> Rows:
        """Return the touches that met some expectation, each once, ascending."""
        return np.unique(self.by[self.status == MET])


def find_moments(
    moment: Moment, rulebook: Rulebook, triggers: Rows, at: Integers, zones: Coded, field: ColumnData | None
) -> tuple[Integers, Bits]:
    """Return when a moment is for each trigger, and whether it is known. `field`: of a `FieldOffset`."""
    times = at[triggers]
    known = np.ones(len(triggers), np.bool_)
    holidays = frozenset(day_of_date(when) for when in rulebook.holidays)
    match moment:
        case FieldOffset(offset=offset):
            if field is not None:
                values, present = instants(field)
                times, known = values[triggers], present[triggers]
            return times + max(-(1 << 61), min(offset, 1 << 61)), known
        case BusinessDays(days=days):
            return business_day_ends(times, zones.codes[triggers], zones.values, days, holidays), known
        case BusinessTime(duration=duration):
            hours = rulebook.business_hours
            codes = zones.codes[triggers]
            return business_times(times, codes, zones.values, duration, holidays, hours), known
        case _:
            assert_never(moment)


def open_expectations(
    triggers: Rows, at: Integers, after: tuple[Integers, Bits], by: tuple[Integers, Bits]
) -> Opened:
    """Return the expectations of triggers whose deadline can be told and does not lie before them."""
    kept = np.flatnonzero(after[1] & by[1] & (by[0] >= at[triggers]))
    return Opened(triggers[kept], after[0][kept], by[0][kept])


def settle(
    opened: Opened,
    order: Order,
    meets: Lane,
    cancels: Lane | None,
    match: Sequence[tuple[ColumnData, ColumnData]],
    as_of: int,
) -> Settled:
    """Return what became of expectations at an instant.

    `meets` and `cancels`: the touches that may meet and cancel, in the order. `match`: columns of the
    later touch and of the trigger that must be equal.
    """
    count = len(opened.triggers)
    met, stopped = _first_in_time(opened, order, meets, cancels)
    if match:
        met = _first_match(opened, order, meets, match)
    status = np.where(opened.by <= as_of, np.int8(BROKEN), np.int8(OPEN)).astype(np.int8)
    at = opened.by.copy()
    by = np.full(count, -1, np.int32)
    ended = stopped >= 0
    if cancels is not None and ended.any():
        status[ended], by[ended] = CANCELLED, cancels.rows[stopped[ended]]
        at[ended] = cancels.at[stopped[ended]]
    done = np.flatnonzero(met >= 0)
    if cancels is not None and len(cancels):
        late = ended[done] & (cancels.places[stopped[done]] < meets.places[met[done]])
        done = done[~late]
    status[done], by[done], at[done] = MET, meets.rows[met[done]], meets.at[met[done]]
    return Settled(opened, status, at, by)


def _first_in_time(opened: Opened, order: Order, meets: Lane, cancels: Lane | None) -> tuple[Places, Places]:
    """Return for each expectation the index of the touch that meets it first and of one that cancels it."""
    asked, back = order.ascending(order.places_of(opened.triggers))
    after, by = opened.after, opened.by
    if back is not None:
        after, by = np.zeros(len(asked), np.int64), np.zeros(len(asked), np.int64)
        after[back], by[back] = opened.after, opened.by
    stop = (_NO_PLACES, _NO_TIMES) if cancels is None else (cancels.places, cancels.at)
    found = kernels.first_in_time(asked, order.ends, (meets.places, meets.at), stop, after, by)
    return found if back is None else (found[0][back], found[1][back])


def _first_match(
    opened: Opened, order: Order, meets: Lane, match: Sequence[tuple[ColumnData, ColumnData]]
) -> Places:
    """Return for each expectation the index of the touch that meets and matches it first, -1: none does."""
    places = order.places_of(opened.triggers)
    sure = np.maximum(places, 0)
    ends = order.ends[sure] if len(order.ends) else sure
    low = kernels.places_before(meets.places, sure, inclusive=True)
    high = kernels.places_before(meets.places, ends, inclusive=False)
    low = kernels.first_after(meets.at, low, high, opened.after - 1)
    later, wanted = _match_codes(match, meets.rows, opened.triggers)
    met = kernels.first_match(later, wanted, meets.at, low, high, opened.by)
    met[places < 0] = -1
    return met


def _match_codes(
    match: Sequence[tuple[ColumnData, ColumnData]], later: Rows, triggers: Rows
) -> tuple[Integers, Integers]:
    """Return numbers of later touches and of triggers that are equal where all pairs of columns match.

    Where a value is missing the number is negative, and differs between the two.
    """
    one, other = np.zeros(len(later), np.int64), np.zeros(len(triggers), np.int64)
    size = 1
    for column, trigger_column in match:
        mine, theirs = _comparable(column, trigger_column, later, triggers)
        parts = int(max(mine.max(initial=0), theirs.max(initial=0))) + 1
        if size * parts >= _WIDE:
            one, other, size = _number_anew(one, other)
        one, other = (
            np.where((held < 0) | (codes < 0), -1, held * parts + codes)
            for held, codes in ((one, mine), (other, theirs))
        )
        size *= parts
    return one, np.where(other < 0, -2, other)


def _number_anew(one: Integers, other: Integers) -> tuple[Integers, Integers, int]:
    """Return small numbers that are equal where the given ones are, and how many there are."""
    distinct, numbered = np.unique(np.concatenate([one, other]), return_inverse=True)
    numbered = numbered.astype(np.int64) - np.searchsorted(distinct, 0)
    return numbered[: len(one)], numbered[len(one) :], len(distinct)


def _comparable(
    column: ColumnData, other: ColumnData, later: Rows, triggers: Rows
) -> tuple[Integers, Integers]:
    """Return numbers of two columns of one type, at some rows of each, equal where their values are.

    They are negative where a value is missing.
    """
    if isinstance(column, Coded) and isinstance(other, Coded):
        mine, theirs = column.codes[later], unify(column, other)[triggers]
        return mine.astype(np.int64), theirs.astype(np.int64)
    whole = any(isinstance(one, Plain) and one.values.dtype == np.int64 for one in (column, other))
    read = instants if whole else numbers
    values, present = zip(read(column), read(other), strict=True)
    rows = (later, triggers)
    held = np.concatenate([one[some] for one, some in zip(values, rows, strict=True)])
    there = np.concatenate([one[some] for one, some in zip(present, rows, strict=True)])
    codes = np.where(there, np.unique(held, return_inverse=True)[1], -1).astype(np.int64)
    return codes[: len(later)], codes[len(later) :]
