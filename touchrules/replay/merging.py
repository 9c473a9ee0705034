"""Merges sorted tables that lie in files into one Parquet file, never holding much of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import ipc

ROWS_AT_ONCE: Final = 500_000

Keys = Sequence[str]
"""The columns by which tables are sorted, none of them with nulls: texts by code point, times."""


def write_run(table: pa.Table, path: Path) -> None:
    """Write a sorted table as it is merged later."""
    with pa.OSFile(str(path), "wb") as file, ipc.new_file(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=ROWS_AT_ONCE)


def merge_runs(
    runs: Sequence[Path], schema: pa.Schema, keys: Keys, path: Path, rows_at_once: int = ROWS_AT_ONCE
) -> None:
    """Merge tables that `write_run` wrote into a Parquet file, sorted by keys that tell all rows apart."""
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        for stretches in _stretches(runs, keys, rows_at_once):
            merged = pa.concat_tables(
                [_open(runs[run]).slice(start, end - start) for run, (start, end) in stretches.items()]
            )
            writer.write_table(merged.take(pc.sort_indices(merged, [(key, "ascending") for key in keys])))


def _stretches(runs: Sequence[Path], keys: Keys, rows_at_once: int) -> list[dict[int, tuple[int, int]]]:
    """Return what is merged at a time: of each run, by its number, from which row to which, if any."""
    tables = [_open(run) for run in runs]
    starts = [0] * len(tables)
    stretches = []
    for bound in [*_bounds(tables, keys, rows_at_once), None]:
        ends = [len(one) if bound is None else _place(one, keys, bound) for one in tables]
        pairs = enumerate(zip(starts, ends, strict=True))
        stretches.append({run: pair for run, pair in pairs if pair[1] > pair[0]})
        starts = ends
    return [one for one in stretches if one]


def _open(path: Path) -> pa.Table:
    """Return a table that stays on the disk; what was read of it counts as memory until it is let go."""
    with pa.memory_map(str(path)) as file:
        return ipc.open_file(file).read_all()


def _bounds(tables: Sequence[pa.Table], keys: Keys, rows_at_once: int) -> list[tuple[Any, ...]]:
    """Return keys between which there are about so many rows of all tables together."""
    rows = sum(map(len, tables))
    step = max(1, rows_at_once // 64)
    seen = sorted(_key(one, keys, row) for one in tables for row in range(step // 2, len(one), step))
    every = max(1, len(seen) // max(1, rows // rows_at_once))
    return list(dict.fromkeys(seen[every::every]))


def _place(table: pa.Table, keys: Keys, bound: tuple[Any, ...]) -> int:
    """Return the first row that is not before a bound."""
    read: Callable[[int], tuple[Any, ...]] = lambda row: _key(table, keys, row)  # noqa: E731
    return bisect_left(range(len(table)), bound, key=read)


def _key(table: pa.Table, keys: Keys, row: int) -> tuple[Any, ...]:
    """Return what a row is sorted by; times as whole numbers, which compare exactly."""
    cells = (table.column(key)[row] for key in keys)
    return tuple(cell.value if pa.types.is_timestamp(cell.type) else cell.as_py() for cell in cells)
