"""The orders of a replay's tables, found by numbers; texts are compared where numbers leave it open."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from touchrules.replay.columns import Columns, Instants, Rows, rank_texts

Order = npt.NDArray[np.int64]
"""For each place in the ordered table its place before."""
Ranks = npt.NDArray[np.int64]
"""Small numbers, not negative, that stand in the order of what they stand for."""


def order_by_row(rows: Rows, ranks: Ranks) -> Order:
    """Return the order by row, then rank, no two alike: by the row's own `at`, its touch_id, and rank."""
    return np.argsort(rows * (int(ranks.max(initial=0)) + 1) + ranks)


def order_by_instant(at: Instants, rows: Rows, ranks: Ranks, columns: Columns) -> Order:
    """Return the order by instant, then touch_id of the row, then rank; no row twice with the same rank.

    `at`: the row's own `at`, or later. Rows of the stream are in the order of their own `at` and touch_id,
    so that the row stands for both wherever `at` is its own.
    """
    order = order_by_row(rows, ranks)
    is_later = (at != columns.at[rows])[order]
    if not is_later.any():
        return order
    later, rest = order[is_later], order[~is_later]
    later = later[np.argsort(at[later], kind="stable")]
    order = np.insert(rest, np.searchsorted(at[rest], at[later], side="left"), later)
    return _settle_ties(order, np.diff(at[order]) == 0, rows, columns)


def order_by_group(groups: Ranks, at: Instants, rows: Rows, columns: Columns) -> Order:
    """Return the order by group, then instant, then touch_id of the row; no row twice in a group.

    `at` as in `order_by_instant`.
    """
    if np.array_equal(at, columns.at[rows]):
        return order_by_row(groups, rows)
    order = np.lexsort((rows, at, groups))
    tied = (np.diff(groups[order]) == 0) & (np.diff(at[order]) == 0)
    return _settle_ties(order, tied, rows, columns)


def _settle_ties(order: Order, tied: npt.NDArray[np.bool_], rows: Rows, columns: Columns) -> Order:
    """Return an order with ties in the order of their touch_id by code point; else it stays as it is.

    `tied`: for each but the first whether it ties with the one before. Those that tie must stand by row:
    where the rows are of one instant, they are right already.
    """
    own = columns.at[rows[order]]
    mixed = tied & (own[1:] != own[:-1])
    if not mixed.any():
        return order
    runs = np.concatenate([[0], np.cumsum(~tied)])
    unsettled = np.zeros(int(runs[-1]) + 1, np.bool_)
    unsettled[runs[1:][mixed]] = True
    places = np.flatnonzero(unsettled[runs])
    ranks = rank_texts(columns.texts("touch_id", rows[order[places]]))
    settled = order.copy()
    settled[places] = order[places[np.lexsort((ranks, runs[places]))]]
    return settled
