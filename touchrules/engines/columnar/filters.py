"""Filters as masks: each test of a column is one look at its few values, or at its numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.columns import Coded, ColumnData, Plain, Sorted, instants, numbers, unify
from touchrules.engines.columnar.masks import Bits, Mask, mask_of_bits, no_touch
from touchrules.engines.predicates import COMPARE
from touchrules.model.filters import (
    Compares,
    ComparesField,
    Contains,
    Exists,
    IsNoneOf,
    IsOneOf,
    Matches,
    SameAs,
)

Test = IsOneOf | IsNoneOf | Compares | ComparesField | Exists | Contains | Matches | SameAs


def judge_column(test: Test, column: ColumnData, other: ColumnData | None = None) -> Mask:
    """Return what a test says to each touch. `other`: the second column of tests that have one."""
    match test:
        case IsOneOf(values=values):
            return _is_one_of(column, [one.value for one in values])
        case IsNoneOf(values=values):
            return ~_is_one_of(column, [one.value for one in values])
        case Compares(how=how, to=to):
            if isinstance(column, Coded):
                return _by_table(column, [bool(COMPARE[how](value, to)) for value in column.values])
            return mask_of_bits(_present(column, np.asarray(COMPARE[how](column.values, to))))
        case Exists():
            if isinstance(column, Coded):
                return _by_table(column, [True] * len(column.values))
            return mask_of_bits(_present(column, np.ones(len(column.values), np.bool_)))
        case Contains() | Matches():
            return _is_one_of(column, [True])
        case ComparesField(how=how):
            one, there = numbers(column)
            two, also = numbers(_given(other))
            return mask_of_bits(COMPARE[how](one, two) & there & also)
        case SameAs():
            return mask_of_bits(equal_columns(column, _given(other)))


def equal_columns(column: ColumnData, other: ColumnData) -> Bits:
    """Return where two columns of one type are both present and equal."""
    if isinstance(column, Coded) and isinstance(other, Coded):
        same: Bits = unify(column, other) == column.codes
        return same & (column.codes >= 0)
    read = instants if _holds_instants(column) or _holds_instants(other) else numbers
    one, there = read(column)
    two, also = read(other)
    equal: Bits = one == two
    return equal & there & also


def _holds_instants(column: ColumnData) -> bool:
    return isinstance(column, Plain) and column.values.dtype == np.int64


def _given(column: ColumnData | None) -> ColumnData:
    if column is None:
        msg = "the test has a second column"
        raise ValueError(msg)
    return column


def _is_one_of(column: ColumnData, wanted: list[str | float | bool]) -> Mask:
    if isinstance(column, Coded):
        allowed = frozenset(wanted)
        return _by_table(column, [value in allowed for value in column.values])
    return mask_of_bits(_present(column, np.isin(column.values, np.array(wanted))))


def _by_table(column: Coded, says: list[bool]) -> Mask:
    """Return the mask of what is said to each value; no to those that are missing."""
    if isinstance(column, Sorted):
        rows = len(column.codes)
        chosen = column.words[np.array(says, np.bool_)]
        return Mask(np.bitwise_or.reduce(chosen, axis=0), rows) if len(chosen) else no_touch(rows)
    table = np.array([*says, False], np.bool_)
    return Mask(kernels.words_of_codes(column.codes, table), len(column.codes))


def _present(column: Plain, bits: npt.NDArray[np.bool_]) -> Bits:
    return bits if column.present is None else bits & column.present
