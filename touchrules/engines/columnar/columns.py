"""Columns as typed arrays, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.engines.columnar import kernels
from touchrules.streams.texts import encode_texts, has_one_dictionary, is_coded_text

Codes = npt.NDArray[np.signedinteger]
Places = npt.NDArray[np.int32]
Instants = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
Progress = Callable[[int, int], None]
"""Called now and then with the touches done and all of them; what it raises ends the work."""

FEW: Final = 32_000
"""Numbers and timestamps of more distinct values than this are `Plain`."""
MASKED: Final = 40
"""Columns of at most so many values are tested by the masks of these."""
TRUTHS: Final = (False, True)
_SAMPLE: Final = 4_096


class Texts(Sequence[str]):
    """Distinct texts of an Arrow array, made Python's when one is asked for."""

    def __init__(self, texts: pa.Array) -> None:
        self.array = texts
        self._made: list[str] | None = None

    def _all(self) -> list[str]:
        if self._made is None:
            self._made = self.array.to_pylist()
        return self._made

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        return self._all()[place]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column by its distinct values: text, true/false, and numbers and timestamps of few values.

    `codes`: for each home row the position in `values`, -1 where missing, in the smallest of int8, int16
    and int32 that holds them. `values`: str, bool, float, or int (microseconds since 1970 UTC), all
    distinct (but for a `FoldedColumn`); some may stand on no row.
    """

    codes: Codes
    values: Sequence[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Sorted(Coded):
    """A column of very few values, for filters. `words`: for each value the words of its rows."""

    words: npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A column of numbers (float64) or timestamps (int64, microseconds since 1970 UTC) of many values.

    `values`: one for each home row; NaN or 0 where missing. `present`: None if present everywhere.
    """

    values: Numbers | Instants
    present: Truths | None

    def is_present(self) -> Truths:
        """Return for each home row whether it has a value."""
        return np.ones(len(self.values), np.bool_) if self.present is None else self.present


ColumnData = Coded | Plain


def unify(one: Coded, other: Coded) -> Codes:
    """Return the codes of `other` as positions in the values of `one`, both columns of one type.

    -1 where missing, -2 where `one` has no such value: never equal to a code of `one`.
    """
    if one.values is other.values:
        return other.codes
    if not len(one.values) or not len(other.values):
        return np.where(other.codes < 0, other.codes, other.codes.dtype.type(-2))
    found = pc.index_in(_as_arrow(other.values), value_set=_as_arrow(one.values)).fill_null(-2).to_numpy()
    return np.append(found, -1).astype(code_type(len(one.values)))[other.codes]


def _as_arrow(values: Sequence[Any]) -> pa.Array:
    return values.array if isinstance(values, Texts) else pa.array(values)


def numbers(column: ColumnData) -> tuple[Numbers, Truths]:
    """Return the numbers of a column (NaN where missing) and whether each is present, by home row."""
    if isinstance(column, Plain):
        return column.values.astype(np.float64, copy=False), column.is_present()
    return np.array([*column.values, np.nan], np.float64)[column.codes], column.codes >= 0


def instants(column: ColumnData) -> tuple[Instants, Truths]:
    """Return the timestamps of a column (0 where missing) and whether each is present, by home row."""
    if isinstance(column, Plain):
        return column.values.astype(np.int64, copy=False), column.is_present()
    return np.array([*column.values, 0], np.int64)[column.codes], column.codes >= 0


def sort_values(column: ColumnData) -> ColumnData:
    """Return the column with the masks of its values, if these are few."""
    if isinstance(column, Plain) or len(column.values) > MASKED:
        return column
    words = kernels.words_by_code(column.codes, len(column.values))
    return Sorted(column.codes, column.values, words)


def group_codes(column: ColumnData) -> tuple[Codes, int]:
    """Return a number for each distinct value of a column (-1 where missing), and how many there are."""
    if isinstance(column, Coded):
        return column.codes, len(column.values)
    codes, distinct = encode_numbers(column)
    return codes, len(distinct)


def combine(
    columns: Sequence[npt.NDArray[Any]], where: Truths | None = None
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Number the distinct choices of codes that stand side by side; -1 where `where` says no.

    Returns the number of each row's choice, and for each choice the first row that has it.
    """
    rows = np.arange(len(columns[0])) if where is None else np.flatnonzero(where)
    keys, size = np.zeros(len(rows), np.int64), 1
    for codes in columns:
        parts = int(codes.max(initial=-1)) + 2
        if size * parts >= 1 << 62:
            found, distinct = encode(pa.array(keys))
            keys, size = found.astype(np.int64), len(distinct)
        keys *= parts
        keys += codes[rows]
        keys += 1
        size *= parts
    found, distinct = encode(pa.array(keys))
    firsts = np.empty(len(distinct), np.int64)
    firsts[found[::-1]] = rows[::-1]
    numbered = np.full(len(columns[0]), -1, np.int32)
    numbered[rows] = found
    return numbered, firsts


def spread(column: ColumnData, codes: npt.NDArray[Any]) -> ColumnData:
    """Return the column that has, on each row, what `column` has at the row's code; missing where -1."""
    if isinstance(column, Coded):
        return Coded(np.append(column.codes, column.codes.dtype.type(-1))[codes], column.values)
    missing = np.zeros(1, np.int64) if column.values.dtype == np.int64 else np.full(1, np.nan)
    present = np.append(column.is_present(), False)[codes]
    return Plain(np.concatenate([column.values, missing])[codes], None if present.all() else present)


def stable_order(codes: npt.NDArray[Any], count: int) -> Places:
    """Return the rows (int32) sorted by their codes, equal ones in their order; codes are below `count`.

    Numpy sorts 16 bits at a time much faster than more.
    """
    unsigned = codes.astype(np.uint32)
    order = np.argsort(unsigned.astype(np.uint16), kind="stable").astype(np.int32)
    if count > 1 << 16 or codes.min(initial=0) < 0:
        high = (unsigned >> np.uint32(16)).astype(np.uint16)
        order = order[np.argsort(high[order], kind="stable")]
    return order


def run_starts(keys: npt.NDArray[Any]) -> Places:
    """Return for each row the first row (int32) of the run of equal keys that it stands in."""
    starts = np.arange(len(keys), dtype=np.int32)
    starts[1:][keys[1:] == keys[:-1]] = 0
    return np.maximum.accumulate(starts)


def code_type(count: int) -> np.dtype[np.signedinteger]:
    """Return the smallest type that holds the codes of so many values."""
    return np.dtype(np.int8 if count <= 1 << 7 else np.int16 if count <= 1 << 15 else np.int32)


def encode(column: pa.ChunkedArray | pa.Array) -> tuple[Codes, Sequence[Any]]:
    """Return codes in the order of the column, and the distinct values, of which some may stand on no row."""
    column = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    if is_coded_text(column.type) and sum(len(one.dictionary) for one in column.chunks) <= len(column):
        column = column if has_one_dictionary(column) else encode_texts(column, keep_empty=True)
    elif pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)  # few rows of many values
    column = column.dictionary_encode()  # all chunks get the same one
    values = column.chunk(0).dictionary if column.num_chunks else pa.array([], column.type.value_type)
    wanted = code_type(len(values))
    chunks = [chunk.indices.fill_null(-1).to_numpy().astype(wanted) for chunk in column.chunks]
    codes = np.concatenate([np.zeros(0, wanted), *chunks])
    return codes, Texts(values) if pa.types.is_string(values.type) else values.to_pylist()


def encode_numbers(column: Plain) -> tuple[Codes, Sequence[Any]]:
    """Return the codes of numbers or timestamps, and their distinct values."""
    return encode(pa.array(column.values, mask=None if column.present is None else ~column.present))
