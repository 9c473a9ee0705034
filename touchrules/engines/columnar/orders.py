"""Touches put in the order of a key: those of one contact, account or rep together, by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.columns import encode
from touchrules.engines.columnar.masks import Mask, Rows

Places = npt.NDArray[np.int32]

_SPARSE: Final = 20
"""Places of which there are so many times fewer than touches are sorted, more are marked in passing."""
_FEW: Final = 1 << 20
"""Up to so many choices of codes are sorted by counting though many of them may stand on no row."""


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

    def ascending(self, places: Places) -> tuple[Places, Places | None]:
        """Return some places, -1 among them, so that they ascend, and where each of the given ones is there.

        None: they ascend already. A last -1 may follow that was not given.
        """
        if self.places is None:
            return places, None
        if len(places) * _SPARSE < len(self.at):
            sorted_ = np.argsort(places)
            back = np.empty(len(places), np.int32)
            back[sorted_] = np.arange(len(places), dtype=np.int32)
            return places[sorted_], back
        words = kernels.words_of_rows(places[places >= 0], len(self.at))
        asked = np.append(kernels.rows_of_words(words, len(self.at)), np.int32(-1))
        numbers = np.zeros(len(self.at) + 1, np.int32)
        numbers[asked] = np.arange(len(asked), dtype=np.int32)
        return asked, numbers[places]


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
    codes, size = keys[0][rows].astype(np.int32), counts[0]
    for more, count in zip(keys[1:], counts[1:], strict=True):
        codes, size = _side_by_side(codes, size, more[rows], count)
    nothing = np.zeros(0, np.int32)
    return Order(*kernels.in_order(rows, codes, size, at, nothing if apart is None else apart))


def _side_by_side(
    one: npt.NDArray[np.int32], size: int, other: npt.NDArray[np.integer], count: int
) -> tuple[npt.NDArray[np.int32], int]:
    """Return a code for each choice of two, -1 where one of them is, and a number that all lie below."""
    lacking = (one < 0) | (other < 0)
    size *= count
    if size < _FEW:
        codes = one * np.int32(count)
        codes += other
    else:
        found, distinct = encode(pa.array(one.astype(np.int64) * count + other, mask=lacking))
        codes, size = found.astype(np.int32), len(distinct)
    codes[lacking] = -1
    return codes, size


def lane_of_mask(order: Order, mask: Mask) -> Lane:
    """Return the touches that a mask says yes to, in an order of all touches."""
    if order.rows is None:
        rows = mask.to_rows()
        return Lane(rows, rows, order)
    return Lane(*kernels.lane_at(mask.words, order.rows), order)


def lane_of_rows(order: Order, rows: Rows) -> Lane:
    """Return some touches in an order; those that lack its key are left out."""
    places = order.places_of(rows)
    if order.places is not None:
        places = np.sort(places[places >= 0])
    return Lane(places, order.rows_at(places), order)
