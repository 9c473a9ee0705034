"""Touches put in the order of a key: those of one contact, account or rep together, by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.masks import Mask, Rows

Places = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """An order of touches by (key, stream order).

    `rows`: the touches (int32, places in home order) in this order; None: home order itself.
    `places`: for each touch of home order where it stands in this one, -1 for those that lack the key
    or are not asked about; None as above.
    `starts`, `ends`: for each place where the touches of its key begin, and the place after their last.
    `at`: of each place, microseconds.
    """

    rows: Rows | None
    places: Places | None
    starts: Places
    ends: Places
    at: npt.NDArray[np.int64]

    def places_of(self, rows: Rows) -> Places:
        """Return the place of each touch, -1 for one that lacks the key."""
        return rows if self.places is None else self.places[rows]

    def rows_at(self, places: Places) -> Rows:
        """Return the touches at some places."""
        return places if self.rows is None else self.rows[places]


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """Some touches in an order: their places there (ascending), and the touches themselves."""

    places: Places
    rows: Rows
    order: Order

    @property
    def at(self) -> npt.NDArray[np.int64]:
        """When each of them was, microseconds; read anew each time."""
        return self.order.at[self.places]

    def __len__(self) -> int:
        return len(self.places)


def home_order(starts: Places, at: npt.NDArray[np.int64]) -> Order:
    """Return home order itself, in which the touches of each contact stand together."""
    begins = starts == np.arange(len(starts), dtype=np.int32)
    return Order(rows=None, places=None, starts=starts, ends=_ends(begins), at=at)


def _starts(begins: npt.NDArray[np.bool_]) -> Places:
    places = np.arange(len(begins), dtype=np.int32)
    places[~begins] = 0
    return np.maximum.accumulate(places)


def _ends(begins: npt.NDArray[np.bool_]) -> Places:
    """Return for each place the next one at which a group begins, or the end."""
    bounds = np.append(np.flatnonzero(begins), len(begins))
    return np.repeat(bounds[1:].astype(np.int32), np.diff(bounds))


def order_rows(
    rows: Rows,
    keys: Sequence[npt.NDArray[np.integer]],
    counts: Sequence[int],
    at: npt.NDArray[np.int64],
    apart: Places | None = None,
) -> Order:
    """Return the order of some touches by several codes.

    `rows`: the touches, those of one key by time already. `keys`: for each touch of home order a code of
    0 .. count - 1, or -1 for none: such touches are left out. `apart`: numbers of the touches of home
    order, of which those that differ have different keys too.
    """
    for codes, count in zip(keys, counts, strict=True):
        rows = rows[kernels.sorted_by_group(codes[rows], count)]
    begins = np.zeros(len(rows), np.bool_)
    begins[:1] = True
    for codes in keys if apart is None else (*keys, apart):
        held = codes[rows]
        begins[1:] |= held[1:] != held[:-1]
    places = np.full(len(at), -1, np.int32)
    places[rows] = np.arange(len(rows), dtype=np.int32)
    return Order(rows=rows, places=places, starts=_starts(begins), ends=_ends(begins), at=at[rows])


def lane_of_mask(order: Order, mask: Mask) -> Lane:
    """Return the touches that a mask says yes to, in an order of all touches."""
    if order.rows is None:
        rows = mask.to_rows()
        return Lane(rows, rows, order)
    places = np.flatnonzero(mask.at(order.rows)).astype(np.int32)
    return Lane(places, order.rows[places], order)


def lane_of_rows(order: Order, rows: Rows) -> Lane:
    """Return some touches in an order; those that lack its key are left out."""
    places = order.places_of(rows)
    if order.places is not None:
        places = np.sort(places[places >= 0])
    return Lane(places, order.rows_at(places), order)
