"""Facts as timelines: where in the order of their key they are asserted and retracted.

A touch at place p of the order stands at 2p of a timeline, and what happens between that touch and the
next one, such as an expectation that breaks, at 2p + 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.masks import Bits, Mask, Rows
from touchrules.engines.columnar.orders import Order

Integers = npt.NDArray[np.int64]
Moments = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Assertions:
    """What asserts a fact, in the order of its key, each at one moment.

    `moments`: where (ascending). `times`: when, microseconds. `rows`: by which touch (home rows).
    """

    moments: Moments
    times: Integers
    rows: Rows

    def is_same(self, other: Assertions) -> bool:
        """Return whether both are the same."""
        return all(
            np.array_equal(mine, theirs)
            for mine, theirs in (
                (self.moments, other.moments),
                (self.times, other.times),
                (self.rows, other.rows),
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """A fact for all keys: its assertions, the moments of its retractions (ascending), how long it lasts."""

    asserted: Assertions
    retracted: Moments
    lasts: int | None


NO_ASSERTIONS = Assertions(np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.int32))


def assert_at_touches(order: Order, rows: Rows) -> Assertions:
    """Return the assertions that touches make; those that lack the key make none."""
    places = order.places_of(rows)
    known = places >= 0
    places = places[known]
    return Assertions(2 * places, order.at[places], rows[known])


def assert_at_deadlines(order: Order, triggers: Rows, due: Integers) -> Assertions:
    """Return the assertions that broken expectations make for the key of their trigger.

    `due`: when each was due: the assertion comes after every touch of that instant.
    """
    places = order.places_of(triggers)
    known = places >= 0
    places, due = places[known], due[known]
    if not len(places):
        return NO_ASSERTIONS
    later = kernels.first_after(order.at, places, order.ends[places], due)
    return Assertions(2 * later - 1, due, triggers[known])


def join_assertions(parts: Sequence[Assertions], stream_rows: npt.NDArray[np.int32]) -> Assertions:
    """Return all assertions of a fact in their order: by moment, time, and stream order of their touches."""
    moments = np.concatenate([NO_ASSERTIONS.moments, *(one.moments for one in parts)])
    times = np.concatenate([NO_ASSERTIONS.times, *(one.times for one in parts)])
    rows = np.concatenate([NO_ASSERTIONS.rows, *(one.rows for one in parts)])
    ascending = len(parts) == 1 and bool(np.all(moments[1:] >= moments[:-1]))
    if ascending and not np.any((moments[1:] == moments[:-1]) & (moments[1:] % 2 == 1)):
        return Assertions(moments, times, rows)
    order = np.lexsort((stream_rows[rows], times, moments))
    return Assertions(moments[order], times[order], rows[order])


def retract_at_touches(order: Order, mask: Mask) -> Moments:
    """Return the moments at which touches retract a fact."""
    places = order.places_of(mask.to_rows())
    return 2 * np.sort(places[places >= 0])


def cool_down(order: Order, candidates: Rows, timeline: Timeline, at: Integers) -> Rows:
    """Return the candidates that a rule accepts which asserts the very fact that keeps it out.

    `candidates`: what it would accept without that. `timeline`: the fact as others assert and retract it.
    `at`: of all home rows. Candidates that lack the key are all accepted.
    """
    places = order.places_of(candidates)
    sorted_ = np.argsort(places, kind="stable")
    sorted_ = sorted_[np.searchsorted(places[sorted_], 0) :]
    lasts = -1 if timeline.lasts is None else min(timeline.lasts, 1 << 61)
    told, ended, times = timeline.asserted, timeline.retracted, at[candidates[sorted_]]
    bits = kernels.cool_down(places[sorted_], times, order.starts, told.moments, told.times, ended, lasts)
    accepted = np.ones(len(candidates), np.bool_)
    accepted[sorted_] = bits
    return candidates[accepted]


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """The periods in which a fact stood.

    `rows`: the touch that asserted it first (home rows). `since`, `until`: microseconds; `stands`: it has
    no end yet.
    """

    rows: Rows
    since: Integers
    until: Integers
    stands: Bits


def find_periods(order: Order, timeline: Timeline, as_of: int) -> Periods:
    """Return the unbroken periods in which a fact stands, as they look at an instant."""
    asserted, retracted = timeline.asserted, timeline.retracted
    count = len(asserted.moments)
    if not count:
        return Periods(asserted.rows, asserted.times, asserted.times, np.zeros(0, np.bool_))
    places = asserted.moments // 2
    starts = order.starts[places]
    ended = kernels.places_before(retracted, asserted.moments, inclusive=True)
    cut = kernels.places_before(retracted, asserted.moments, inclusive=False)
    expiry = _expiry(asserted.times, timeline.lasts)
    begins = np.ones(count, np.bool_)
    begins[1:] = (starts[1:] != starts[:-1]) | (cut[1:] > ended[:-1])
    begins[1:] |= asserted.times[1:] >= expiry[:-1]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], count) - 1
    until, stands = expiry[last], expiry[last] > as_of
    if len(retracted):
        moment = retracted[np.minimum(ended[last], len(retracted) - 1)]
        there = (ended[last] < len(retracted)) & (moment < 2 * order.ends[places[last]])
        at = order.at[np.where(there, moment // 2, 0)]
        stands &= ~(there & (at < until))
        until = np.where(there, np.minimum(until, at), until)
    return Periods(asserted.rows[first], asserted.times[first], until, stands)


def _expiry(times: Integers, lasts: int | None) -> Integers:
    if lasts is None:
        return np.full(len(times), np.iinfo(np.int64).max)
    return times + min(lasts, 1 << 61)
