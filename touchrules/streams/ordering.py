"""The order of a stream, and the touches that share their touch_id."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.streams.cells import NO_ROWS, Rows
from touchrules.streams.texts import take_rows

Hashes = npt.NDArray[np.uint64]
Truths = npt.NDArray[np.bool_]

_ROWS_AT_ONCE: Final = 1 << 18
_WORD: Final = 8
_FACTORS: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93))
_SHIFT: Final = np.uint64(32)


def stream_order(at: Rows, ids: pa.ChunkedArray) -> Rows | None:
    """Return the rows by `at`, ties by touch_id by code point; None if that is how they stand.

    `at`: microseconds. `ids`: plain texts, none missing and none twice.
    """
    order = None
    if (at[1:] < at[:-1]).any():
        order = np.argsort(at, kind="stable")
        at = at[order]
    tied = at[1:] == at[:-1]
    if not tied.any():
        return order
    if order is not None:
        ids = take_rows(ids, pa.array(order))
    wrong = tied & _is_greater(ids)
    if not wrong.any():
        return order
    runs = np.concatenate([[0], np.cumsum(~tied)])
    unsettled = np.zeros(int(runs[-1]) + 1, np.bool_)
    unsettled[runs[1:][wrong]] = True
    places = np.flatnonzero(unsettled[runs])
    texts = ids.take(pa.array(places))
    settled = pc.sort_indices(
        pa.table({"run": runs[places], "id": texts}), [("run", "ascending"), ("id", "ascending")]
    )
    order = np.arange(len(at)) if order is None else order
    order[places] = order[places[settled.to_numpy()]]
    return order


def _is_greater(texts: pa.ChunkedArray) -> Truths:
    """Return for each text but the last whether it is greater than the next."""
    greater = pc.greater(texts.slice(0, len(texts) - 1), texts.slice(1))
    found: Truths = pc.fill_null(greater, False).to_numpy()
    return found


def rows_of_shared(texts: pa.ChunkedArray) -> Rows:
    """Return the rows of a column of plain texts whose text stands on another row too, ascending."""
    hashes = [
        hash_texts(chunk.slice(start, _ROWS_AT_ONCE))
        for chunk in texts.chunks
        for start in range(0, len(chunk), _ROWS_AT_ONCE)
    ]
    if not hashes:
        return NO_ROWS
    every = np.concatenate(hashes)
    ordered = np.sort(every)
    alike = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(alike):
        return NO_ROWS
    rows = np.flatnonzero(np.isin(every, alike))
    rows = rows[texts.take(pa.array(rows)).is_valid().to_numpy()]
    codes = texts.take(pa.array(rows)).combine_chunks().dictionary_encode().indices.to_numpy()
    found: Rows = rows[np.bincount(codes)[codes] > 1] if len(rows) else rows
    return found


def hash_texts(texts: pa.Array) -> Hashes:
    """Return a number for each of some plain texts, the same for the same; rarely one for two texts."""
    wide = texts.cast(pa.large_string())
    _, ends, content = wide.buffers()
    ends = np.frombuffer(ends, np.int64)[wide.offset : wide.offset + len(wide) + 1]
    first, last = int(ends[0]), int(ends[-1])
    padded = np.zeros(last - first + _WORD, np.uint8)
    if content is not None:
        padded[:-_WORD] = np.frombuffer(content, np.uint8)[first:last]
    words = np.ndarray((len(padded) - _WORD + 1,), "<u8", padded.data, strides=(1,))
    starts, lengths = ends[:-1] - first, np.diff(ends)
    hashes = lengths.astype(np.uint64)
    rows: Rows | slice = slice(None)
    for before in range(0, int(lengths.max(initial=0)), _WORD):
        if before and (lengths[rows] <= before).any():
            rows = np.flatnonzero(lengths > before)
        here = words[starts[rows] + before]
        over = np.maximum(before + _WORD - lengths[rows], 0).astype(np.uint64)
        mixed = (hashes[rows] ^ (here << over * np.uint64(8))) * _FACTORS[0]
        mixed ^= mixed >> _SHIFT
        hashes[rows] = mixed * _FACTORS[1]
    return hashes
