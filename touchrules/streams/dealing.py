"""Deals rows out to files by a number, those of one number together, in the order in which they come."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import ipc

from touchrules.streams.ordering import hash_texts

_COMPRESSED: Final = ipc.IpcWriteOptions(compression="lz4")
_SHIFT: Final = np.uint64(16)

Buckets = npt.NDArray[np.int64]
"""For each row the number of the bucket that it goes to."""


class Dealer(ExitStack):
    """Writes rows to the file of their bucket; files are begun when the first row comes, and end with it."""

    def __init__(self, path_of: Callable[[int], Path]) -> None:
        super().__init__()
        self._path_of = path_of
        self._writers: dict[int, Any] = {}

    def deal(self, table: pa.Table, buckets: Buckets) -> None:
        """Write each row of a table to the file of its bucket."""
        sorted_ = table.take(pa.array(np.argsort(buckets, kind="stable")))
        start = 0
        for bucket, count in enumerate(np.bincount(buckets).tolist()):
            if count:
                self._writer(bucket, table.schema).write_table(sorted_.slice(start, count))
            start += count

    def _writer(self, bucket: int, schema: pa.Schema) -> Any:
        if bucket not in self._writers:
            file = self.enter_context(pa.OSFile(str(self._path_of(bucket)), "wb"))
            writer = ipc.new_stream(file, schema, options=_COMPRESSED)
            self._writers[bucket] = self.enter_context(writer)
        return self._writers[bucket]


def read_dealt(path: Path) -> pa.Table:
    """Return the rows that were dealt to a file, and delete it."""
    with pa.OSFile(str(path)) as file, ipc.open_stream(file) as reader:
        table = reader.read_all()
    path.unlink()
    return table


def hash_column(texts: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    """Return a number for each text of a column, the same for the same."""
    whole = texts.cast(pa.large_string()).combine_chunks()
    return hash_texts(pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole)


def buckets_of(texts: pa.ChunkedArray, count: int) -> Buckets:
    """Return one of so many buckets for each text of a column, the same for the same."""
    return (hash_column(texts) >> _SHIFT).astype(np.int64) % count
