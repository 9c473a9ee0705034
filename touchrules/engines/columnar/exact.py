"""Sums that are exact, and ratios that are rounded once."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from touchrules.engines.columnar.columns import ColumnData, numbers
from touchrules.engines.durable.measures import millionths

Exact = npt.NDArray[Any]
"""Whole numbers: int64, or Python's own where they would not fit."""

_SAFE: Final = 1 << 53  # up to here a float holds every whole number
_WIDE: Final = 1 << 62


def millionths_at(column: ColumnData, rows: npt.NDArray[np.integer]) -> tuple[Exact, npt.NDArray[np.int64]]:
    """Return the values of a column in whole millionths, 0 where missing, and 1 or 0 for present."""
    values, present = numbers(column)
    there = present[rows]
    some, places = np.unique(values[rows][there], return_inverse=True)
    exact = [millionths(value) for value in some.tolist()]
    fits = not exact or max(abs(one) for one in exact) < _WIDE // max(len(rows), 1)
    table = np.array(exact, np.int64 if fits else object)
    whole = np.zeros(len(rows), table.dtype)
    whole[there] = table[places]
    return whole, there.astype(np.int64)


def running_sums(values: Exact) -> Exact:
    """Return the sums of the first 0, 1, 2, ... values."""
    sums = np.zeros(len(values) + 1, values.dtype)
    np.cumsum(values, out=sums[1:])
    return sums


def sums_between(sums: Exact, low: npt.NDArray[np.int32], high: npt.NDArray[np.int32]) -> Exact:
    """Return the sum of the values of each stretch [low, high); of an empty one 0."""
    difference: Exact = sums[np.maximum(low, high)] - sums[low]
    return difference


def exact_ratio(one: Exact, other: npt.NDArray[np.int64] | np.int64) -> npt.NDArray[np.float64]:
    """Return one / other, the exact quotient rounded once to a float."""
    divisors = np.broadcast_to(other, one.shape)
    if one.dtype != np.dtype(object) and _are_safe(one) and _are_safe(divisors):
        quotient: npt.NDArray[np.float64] = one / divisors
        return quotient
    pairs = zip(one.tolist(), divisors.tolist(), strict=True)
    return np.array([top / bottom for top, bottom in pairs], np.float64)


def _are_safe(values: Exact) -> bool:
    return not len(values) or bool(np.abs(values).max() <= _SAFE)
