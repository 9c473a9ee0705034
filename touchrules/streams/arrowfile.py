"""Reads Parquet files and data frames as cells."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from touchrules.errors import DataError
from touchrules.streams.cells import Cells, Json, Part, Typed, chunked
from touchrules.streams.csvfile import Progress, check_names
from touchrules.streams.files import data_error
from touchrules.streams.jsonlines import WrittenNumber, json_cells
from touchrules.streams.texts import encode_texts, is_coded_text, is_plain_text
from touchrules.streams.together import each_in_turn

_FRAME: Final = "the data frame"
_MANY_GROUPS: Final = 4
_FEW_ROWS: Final = 10
"""A column whose values stand on fewer rows than this each has many distinct ones."""


def read_parquet(path: Path, *, progress: Progress | None = None) -> Part:
    """All columns of a Parquet file; raises DataError if it is none, or is cut off."""
    with parquet_errors(path):
        with pq.ParquetFile(path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
            metadata = file.metadata
        check_names([str(name) for name in schema.names], path)
        coded = [field.name for field in schema if is_plain_text(field.type) and field.name != "touch_id"]
        columns: dict[str, Cells] = {}

        def read(name: str) -> Typed:
            with pq.ParquetFile(path, metadata=metadata, read_dictionary=coded) as file:
                if not (name in coded and _has_many(file, name)):
                    return read_typed(file.read(columns=[name], use_threads=False).column(name), name)
            with pq.ParquetFile(path, metadata=metadata) as file:
                texts = file.read(columns=[name], use_threads=False).column(name)
            return _encode_cells(texts)

        for name, column in zip(schema.names, each_in_turn(read, schema.names, rows), strict=True):
            columns[name] = column
            if progress:
                progress(rows * len(columns) // len(schema.names), rows)
    return _part(columns, rows, str(path))


def read_first_rows(path: Path, rows: int) -> Part:
    """All columns of the first rows of a Parquet file. Raises as `read_parquet` does."""
    with parquet_errors(path), pq.ParquetFile(path) as file:
        batch = next(file.iter_batches(batch_size=rows), None)
        table = file.schema_arrow.empty_table() if batch is None else pa.Table.from_batches([batch])
    return table_part(table, str(path))


@contextmanager
def parquet_errors(path: Path) -> Iterator[None]:
    """Tell what cannot be read of a Parquet file as a DataError."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise data_error(path, f"cannot be read as Parquet: {reason}.", "Export it again.") from None


def _has_many(file: pq.ParquetFile, name: str) -> bool:
    """Return whether a long column seems to hold many distinct texts, as its first rows do.

    A dictionary of these is made faster of all texts than read part by part.
    """
    if file.num_row_groups < _MANY_GROUPS:
        return False
    first = file.read_row_group(0, columns=[name], use_threads=False).column(name)
    return any(len(chunk.dictionary) * _FEW_ROWS > len(chunk) for chunk in first.chunks)


def table_part(table: pa.Table, name: str = "the table") -> Part:
    """The columns of a pyarrow table."""
    check_names(table.column_names, name)
    columns: dict[str, Cells] = {
        column: Typed(values=values) for column, values in zip(table.column_names, table.columns, strict=True)
    }
    return _part(columns, len(table), name)


def read_typed(column: pa.ChunkedArray, name: str) -> Typed:
    """Return a column that was read, texts but for touch_id with one dictionary.

    Raises ArrowInvalid for what cannot be.
    """
    if name == "touch_id" or not (is_coded_text(column.type) or is_plain_text(column.type)):
        column.validate(full=True)
        return Typed(values=column)
    return _encode_cells(column)


def _encode_cells(texts: pa.ChunkedArray) -> Typed:
    column = encode_texts(texts)
    column.chunk(0).dictionary.validate(full=True)
    return Typed(values=column, encoded=True)


def frame_part(frame: Any) -> Part:
    """The columns of a pandas DataFrame (its index is left out).

    A column of mixed values is read like JSON: each value as its own text, unless all are of one kind.
    """
    names = [str(name) for name in frame.columns]
    check_names(names, _FRAME)
    columns = {name: _frame_cells(name, frame.iloc[:, index]) for index, name in enumerate(names)}
    return _part(columns, len(frame), _FRAME)


def is_frame(source: Any) -> bool:
    """Whether it is a pandas DataFrame, without importing pandas."""
    kinds = type(source).mro()
    return any(kind.__name__ == "DataFrame" and kind.__module__.startswith("pandas") for kind in kinds)


def _part(columns: dict[str, Cells], rows: int, name: str) -> Part:
    return Part(file=name, columns=columns, originals=columns, numbers=np.arange(1, rows + 1, dtype=np.int64))


def _frame_cells(name: str, series: Any) -> Cells:
    try:
        values = pa.array(series, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return _mixed_cells(name, series)
    return Typed(values=values if isinstance(values, pa.ChunkedArray) else chunked([values], values.type))


def _mixed_cells(name: str, values: Iterable[Any]) -> Json:
    try:
        texts, kinds = json_cells([_json_value(value) for value in values])
    except UnicodeEncodeError:
        raise _half_character(name) from None
    return Json(texts=chunked([texts], pa.string()), kinds=kinds)


def _half_character(name: str) -> DataError:
    return data_error(_FRAME, f"holds half a character (a lone surrogate) in column {name}.", "Take it out.")


def _json_value(value: Any) -> Any:
    """What JSON would make of a Python value: null, text, number, true/false, list or mapping."""
    if value is None or type(value) in {str, list, dict}:
        return value
    if type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, numbers.Integral):
        return WrittenNumber(int(value))
    if isinstance(value, numbers.Real):
        return None if math.isnan(value) else WrittenNumber(repr(float(value)))
    return str(value)
