"""Reads cells that come with an Arrow type of their own: Parquet files and data frames."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.model.durations import DAY
from touchrules.model.touches import FieldType
from touchrules.streams.cells import NO_ROWS, Read, Rows, Written, chunked
from touchrules.streams.instants import EARLIEST, LATEST, write_instant
from touchrules.streams.localtime import local_to_instant
from touchrules.streams.stream import BOOLEAN, NUMBER, TEXT, TIMESTAMP
from touchrules.streams.texts import encode_texts, is_coded_text, is_plain_text

_PER_MICROSECOND: Final = {"s": 1_000_000, "ms": 1_000, "us": 1}


def plain_type(arrow: pa.DataType) -> pa.DataType:
    """The type of the values themselves: a dictionary's, an extension's, or the type as it is."""
    if pa.types.is_dictionary(arrow):
        return plain_type(arrow.value_type)
    return plain_type(arrow.storage_type) if isinstance(arrow, pa.BaseExtensionType) else arrow


def is_readable(arrow: pa.DataType) -> bool:
    """Whether cells of that type can become text, numbers, true/false or times; bytes cannot."""
    kind = plain_type(arrow)
    if isinstance(arrow, pa.BaseExtensionType) and not is_plain_text(kind):
        return False
    return not any(
        test(kind)
        for test in (
            pa.types.is_binary,
            pa.types.is_large_binary,
            pa.types.is_fixed_size_binary,
            pa.types.is_binary_view,
            pa.types.is_interval,
        )
    )


def arrow_type_of(values: pa.ChunkedArray) -> FieldType | None:
    """The type that a further column has by its Arrow type; None if no cell is present."""
    kind = plain_type(values.type)
    if values.null_count == len(values) or _nothing_present(values, kind):
        return None
    if _is_number(kind):
        return "number"
    if pa.types.is_boolean(kind):
        return "boolean"
    return "timestamp" if pa.types.is_timestamp(kind) or pa.types.is_date(kind) else "text"


def read_typed(values: pa.ChunkedArray, wanted: FieldType, timezone: str) -> Read | Written:
    """The cells as values of the wanted type, or as texts that are still to be read as such."""
    if wanted == "text" and is_coded_text(values.type):
        return Read(values=encode_texts(values), bad=NO_ROWS)
    kind = plain_type(values.type)
    values = values.cast(kind) if kind != values.type else values
    if wanted == "timestamp" and pa.types.is_timestamp(kind):
        return _read_times(values, kind, timezone)
    if wanted == "timestamp" and pa.types.is_date(kind):
        return _read_times(values.cast(pa.date32()).cast(pa.timestamp("s")), pa.timestamp("s"), timezone)
    if wanted == "number" and _is_number(kind):
        return _read_numbers(values)
    if wanted == "boolean" and pa.types.is_boolean(kind):
        return Read(values=values, bad=NO_ROWS)
    return Written(texts=texts_of(values))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _nothing_present(values: pa.ChunkedArray, kind: pa.DataType) -> bool:
    if pa.types.is_floating(kind):
        return bool(pc.all(pc.is_null(values.cast(kind), nan_is_null=True)).as_py())
    if is_coded_text(values.type):
        return bool(encode_texts(values).null_count == len(values))
    if is_plain_text(kind):
        return bool(pc.all(pc.equal(values.cast(TEXT), ""), min_count=0).as_py())
    return False


def _read_numbers(values: pa.ChunkedArray) -> Read:
    numbers = values.cast(NUMBER, safe=False)
    numbers = pc.if_else(pc.is_nan(numbers), pa.scalar(None, NUMBER), numbers)
    return Read(values=numbers, bad=_positions(pc.is_inf(numbers)))


def _positions(flags: pa.ChunkedArray) -> Rows:
    return np.flatnonzero(pc.fill_null(flags, False).to_numpy())


def _read_times(values: pa.ChunkedArray, kind: pa.DataType, timezone: str) -> Read:
    """Times as microseconds UTC: cut below, refused beyond the calendar, local ones read in the zone."""
    present = values.is_valid().to_numpy()
    counts = pc.fill_null(values.cast(pa.int64()), 0).to_numpy()
    if kind.unit == "ns":
        times = np.floor_divide(counts, 1_000)
    else:
        factor = _PER_MICROSECOND[kind.unit]
        times = np.clip(counts, (EARLIEST - 2 * DAY) // factor, (LATEST + 2 * DAY) // factor) * factor
    if kind.tz is None and timezone != "UTC":
        distinct, places = np.unique(times, return_inverse=True)
        times = np.array([local_to_instant(int(clock), timezone) for clock in distinct], np.int64)[places]
    bad = present & ((times < EARLIEST) | (times > LATEST))
    read = pa.array(np.where(bad, 0, times), mask=~present | bad).cast(TIMESTAMP)
    return Read(values=chunked([read], TIMESTAMP), bad=np.flatnonzero(bad))


def texts_of(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The cells as their own texts: ints without a point, floats by repr, nested ones as JSON."""
    kind = plain_type(values.type)
    values = values.cast(kind) if kind != values.type else values
    if is_plain_text(kind):
        texts = values.cast(TEXT)
        return pc.if_else(pc.equal(texts, ""), pa.scalar(None, TEXT), texts)
    if pa.types.is_integer(kind) or kind == BOOLEAN or pa.types.is_decimal(kind) or pa.types.is_date(kind):
        return values.cast(TEXT)
    if pa.types.is_nested(kind):
        return _each_as_text(values, _compact_json)
    if pa.types.is_floating(kind):
        return _each_as_text(values.cast(NUMBER), lambda number: None if math.isnan(number) else repr(number))
    if pa.types.is_timestamp(kind):
        written = _each_as_text(_read_times(values, kind, "UTC").values.cast(pa.int64()), write_instant)
        return pc.coalesce(written, pa.chunked_array([values.cast(TEXT).combine_chunks()]))
    return _each_as_text(values, str)


def _compact_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _each_as_text(values: pa.ChunkedArray, write: Callable[[Any], str | None]) -> pa.ChunkedArray:
    return chunked(
        (
            pa.array((None if cell is None else write(cell) for cell in chunk.to_pylist()), TEXT)
            for chunk in values.chunks
        ),
        TEXT,
    )
