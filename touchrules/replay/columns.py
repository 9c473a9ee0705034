"""The columns of a stream as Arrow and numpy arrays, and at some of its rows."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.streams.stream import TEXT, Stream

LONG_TEXT: Final = pa.large_string()
"""Texts of any total length; an Arrow array of plain texts holds two gigabytes."""

_FULL: Final = (1 << 31) - 1
_PIECE: Final = 1 << 30

Rows = npt.NDArray[np.int64]
Instants = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


class Columns:
    """The columns of one stream; what was worked out once is kept.

    A column of texts may have a dictionary, of distinct texts.
    """

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._coded: dict[str, tuple[Codes, pa.Array]] = {}

    @cached_property
    def at(self) -> Instants:
        """`at` of all touches, in microseconds since 1970 UTC."""
        at: Instants = self.stream.table.column("at").cast(pa.int64()).to_numpy()
        return at

    def take(self, name: str, rows: Rows) -> pa.Array:
        """Return a field at some rows, with the type of its column, texts as `LONG_TEXT`; null where missing.

        A field that the stream has not is missing everywhere. Where a row is negative there is null too.
        """
        if name not in self.stream.table.column_names:
            return pa.nulls(len(rows))
        missing = rows < 0
        places = pa.array(rows, mask=missing) if missing.any() else pa.array(rows)
        column = self.stream.table.column(name)
        if pa.types.is_dictionary(column.type):
            codes, values = _decoded(column)
            return _roomy(values).take(_whole(codes.take(places)))
        return _whole(_roomy(column).take(places))

    def texts(self, name: str, rows: Rows) -> pa.Array:
        """Return a field of texts at some rows as `LONG_TEXT`; see `take`."""
        return self.take(name, rows).cast(LONG_TEXT)

    def coded(self, name: str) -> tuple[Codes, pa.Array]:
        """Return for each touch the position of its text among distinct ones, -1 where missing, and these.

        They are in no order, and some may stand at no touch.
        """
        if name not in self._coded:
            self._coded[name] = _encode(self.stream, name)
        return self._coded[name]


def _encode(stream: Stream, name: str) -> tuple[Codes, pa.Array]:
    if name not in stream.table.column_names or pa.types.is_null(stream.table.column(name).type):
        return np.full(len(stream), -1, np.int32), pa.array([], TEXT)
    column = stream.table.column(name)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    codes, texts = _decoded(column)
    return codes.cast(pa.int32()).fill_null(-1).to_numpy(), texts


def _decoded(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.Array]:
    """Return the codes of a column that has a dictionary, and what they stand for."""
    first = column.chunk(0).dictionary if column.num_chunks else pa.array([], column.type.value_type)
    if any(not chunk.dictionary.equals(first) for chunk in column.chunks):
        column = column.unify_dictionaries()
        first = column.chunk(0).dictionary
    return pa.chunked_array([chunk.indices for chunk in column.chunks], column.type.index_type), first


def _roomy(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return column.cast(LONG_TEXT) if pa.types.is_string(column.type) else column


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def as_texts(texts: pa.Array) -> pa.ChunkedArray:
    """Return `LONG_TEXT` as plain texts: in one chunk, or in as few as hold them."""
    if texts.nbytes <= _FULL:
        return pa.chunked_array([texts.cast(TEXT)])
    ends = np.cumsum(pc.fill_null(pc.binary_length(texts), 0).to_numpy())
    starts = [0]
    while starts[-1] < len(texts):
        before = int(ends[starts[-1] - 1]) if starts[-1] else 0
        stop = int(np.searchsorted(ends, before + _PIECE, side="right"))
        starts.append(max(stop, starts[-1] + 1))
    pieces = [pa.array(np.arange(start, stop)) for start, stop in pairwise(starts)]
    return pa.chunked_array([texts.take(piece).cast(TEXT) for piece in pieces])


def rank_texts(texts: pa.Array) -> npt.NDArray[np.int64]:
    """Return where each text stands among the distinct ones, by code point.

    >>> rank_texts(pa.array(["b", "a", "b"])).tolist()
    [1, 0, 1]
    """
    if not len(texts):
        return np.zeros(0, np.int64)
    ranks: npt.NDArray[np.int64] = pc.rank(texts, "ascending", tiebreaker="dense").to_numpy().astype(np.int64)
    return ranks - 1
