"""Deals the touches of Parquet files out to buckets, each with all touches of its contacts.

So files of any size are read a bucket at a time, and each bucket fits into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from touchrules.model.touches import TOUCH_FIELDS, FieldType
from touchrules.streams.acceptance import set_aside
from touchrules.streams.arrowcells import texts_of
from touchrules.streams.arrowfile import parquet_errors, read_typed
from touchrules.streams.cells import Cells, Part, Reject, Typed
from touchrules.streams.columntypes import common_type, type_of_cells
from touchrules.streams.dealing import Buckets, Dealer, buckets_of, hash_column, read_dealt
from touchrules.streams.duplicates import BadRows
from touchrules.streams.reader import ordered_stream
from touchrules.streams.rejects import refuse_rows
from touchrules.streams.stream import Stream
from touchrules.streams.texts import decode_texts
from touchrules.streams.whole import join_parts

Progress = Callable[[int, int], None]
"""Called now and then with the rows done and all of them."""

_ROWS_AT_ONCE: Final = 500_000
_ROW: Final = "row of the file"

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scattered:
    """Touches in buckets. `rejects`: the rows that were set aside so far.

    `declared`: the types of further fields, those too on which the files do not agree.
    """

    folder: Path
    files: Sequence[Path]
    buckets: int
    timezone: str
    declared: Mapping[str, FieldType]
    bad_rows: BadRows
    rejects: list[Reject] = field(default_factory=list)

    def read(self, bucket: int) -> Stream:
        """Return the good touches of a bucket; its other rows are added to `rejects`."""
        whole = join_parts(list(self._parts(bucket)), self.declared, self.timezone)
        good, rejects = set_aside(whole, self.bad_rows)
        self.rejects.extend(rejects)
        table = whole.table if len(good) == len(whole.table) else whole.table.take(pa.array(good))
        return ordered_stream(table, self.timezone)

    def check_rejects(self) -> tuple[Reject, ...]:
        """Return all rows set aside, in the order of the files; raises DataError if none may be."""
        places = {str(path): place for place, path in enumerate(self.files)}
        rejects = sorted(self.rejects, key=lambda one: (places[one.file], one.row))
        if rejects and self.bad_rows == "stop":
            raise refuse_rows(rejects, len(rejects))
        return tuple(rejects)

    def draft(self, bucket: int, file: int, *, judged: bool) -> Path:
        """Return where the rows of a file are that go to a bucket; `judged` ones stand apart."""
        return self.folder / f"{bucket}-{file}{'-judged' if judged else ''}.arrows"

    def _parts(self, bucket: int) -> Iterator[Part]:
        for number, path in enumerate(self.files):
            yield _no_rows(path)  # so that every bucket has the columns of all files
            for judged in (False, True):
                draft = self.draft(bucket, number, judged=judged)
                if draft.exists():
                    yield _as_part(read_dealt(draft), path)


def scatter_touches(
    files: Sequence[Path],
    folder: Path,
    *,
    buckets: int,
    timezone: str,
    declared: Mapping[str, FieldType],
    bad_rows: BadRows,
    progress: Progress | None = None,
) -> Scattered:
    """Deal the rows of Parquet files out to buckets in a folder.

    Raises DataError for files that are no Parquet, or whose columns cannot be fields of touches.
    """
    types = {**declared, **_types_in_doubt(files, declared, timezone)}
    scattered = Scattered(
        folder=folder, files=files, buckets=buckets, timezone=timezone, declared=types, bad_rows=bad_rows
    )
    join_parts([_no_rows(path) for path in files], types, timezone)
    shared = _shared_ids(files)
    apart: list[Part] = []
    done, rows = 0, count_rows(files)
    for number, path in enumerate(files):
        with Dealer(partial(scattered.draft, file=number, judged=False)) as dealer:
            for table in _batches(path):
                done += len(table)
                if len(shared):
                    is_shared = np.isin(_hashes(table.column("touch_id")), shared)
                    apart.append(_as_part(table.filter(pa.array(is_shared)), path))
                    table = table.filter(pa.array(~is_shared))  # noqa: PLW2901
                dealer.deal(table, _buckets(table, buckets))
                if progress is not None:
                    progress(done, rows)
    if apart:
        _judge_shared(scattered, apart)
    return scattered


def count_rows(files: Sequence[Path]) -> int:
    """Return how many rows Parquet files have. Raises DataError for those that are none."""
    rows = 0
    for path in files:
        with parquet_errors(path):
            rows += pq.read_metadata(path).num_rows
    return rows


def _judge_shared(scattered: Scattered, apart: Sequence[Part]) -> None:
    """Judge the rows that share a touch_id beside each other, and deal out the good ones."""
    whole = join_parts(apart, scattered.declared, scattered.timezone)
    good, rejects = set_aside(whole, scattered.bad_rows)
    scattered.rejects.extend(rejects)
    for number, path in enumerate(scattered.files):
        with Dealer(partial(scattered.draft, file=number, judged=True)) as dealer:
            for part, start in zip(apart, whole.starts.tolist(), strict=True):
                rows = good[(good >= start) & (good < start + len(part))] - start
                if part.file == str(path) and len(rows):
                    table = _as_table(part.take(rows))
                    dealer.deal(table, _buckets(table, scattered.buckets))


def _shared_ids(files: Sequence[Path]) -> Hashes:
    """Return the hashes of touch_ids that stand on several rows."""
    every = np.empty(count_rows(files), np.uint64)
    done = 0
    for path in files:
        for table in _batches(path, ["touch_id"]):
            every[done : done + len(table)] = _hashes(table.column("touch_id"))
            done += len(table)
    every.sort()
    return np.unique(every[1:][every[1:] == every[:-1]])


def _hashes(column: pa.ChunkedArray) -> Hashes:
    return hash_column(texts_of(column))


def _buckets(table: pa.Table, count: int) -> Buckets:
    return buckets_of(texts_of(table.column("contact_id")), count)


def _batches(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Yield the rows of a file piece by piece, with their numbers from 1; texts without a dictionary."""
    first = 1
    with parquet_errors(path), pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns):
            table = pa.Table.from_batches([batch])
            yield _numbered(table, first)
            first += len(table)


def _numbered(table: pa.Table, first: int) -> pa.Table:
    return table.append_column(_ROW, pa.array(np.arange(first, first + len(table))))


def _no_rows(path: Path) -> Part:
    with parquet_errors(path):
        return _as_part(_numbered(pq.read_schema(path).empty_table(), 1), path)


def _as_part(table: pa.Table, path: Path) -> Part:
    """Return rows of a file with their numbers as they stand there."""
    columns: dict[str, Cells] = {
        name: read_typed(column, name)
        for name, column in zip(table.column_names, table.columns, strict=True)
        if name != _ROW
    }
    numbers = table.column(_ROW).to_numpy()
    return Part(file=str(path), columns=columns, originals=columns, numbers=numbers)


def _as_table(part: Part) -> pa.Table:
    columns = {name: cells.values for name, cells in part.columns.items() if isinstance(cells, Typed)}
    plain = {name: decode_texts(column) for name, column in columns.items()}
    return pa.table({**plain, _ROW: pa.array(part.numbers)})


def _types_in_doubt(
    files: Sequence[Path], declared: Mapping[str, FieldType], timezone: str
) -> dict[str, FieldType]:
    """Return the types of further fields for which files have columns of several types."""
    kinds: dict[str, set[pa.DataType]] = {}
    for path in files:
        with parquet_errors(path):
            for one in pq.read_schema(path):
                kinds.setdefault(one.name, set()).add(one.type)
    doubtful = [name for name, some in kinds.items() if len(some) > 1 and name not in TOUCH_FIELDS]
    types: dict[str, FieldType] = {}
    for name in doubtful:
        if name not in declared:
            columns = [_whole_column(path, name) for path in files if name in pq.read_schema(path).names]
            kind = common_type(type_of_cells(column, timezone) for column in columns)
            types |= {} if kind is None else {name: kind}
    return types


def _whole_column(path: Path, name: str) -> Typed:
    return Typed(values=pq.read_table(path, columns=[name]).column(name))
