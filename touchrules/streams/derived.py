"""Works out local_hour, weekday and local_date for every touch of a stream."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.model.durations import DAY, HOUR
from touchrules.model.touches import WEEKDAYS
from touchrules.streams.cells import Rows
from touchrules.streams.localtime import text_of_day
from touchrules.streams.texts import code_type, encode_texts
from touchrules.streams.zonedays import local_offsets, number_distinct

_THURSDAY: Final = 3  # the weekday of 1970-01-01, Monday being 0


def derived_fields(at: Rows, zones: pa.ChunkedArray | None, timezone: str) -> dict[str, pa.Array]:
    """The three derived columns; `at` in microseconds UTC, `zones` null where the stream's zone counts."""
    clocks = at + local_offsets(at, *_coded_zones(zones, len(at), timezone))
    days = clocks // DAY
    clocks -= days * DAY
    first = int(days.min(initial=0))
    distinct, places = number_distinct(days - first)
    distinct += first
    weekdays = ((distinct + _THURSDAY) % 7).astype(np.int8)
    return {
        "local_hour": pa.array(clocks / HOUR, pa.float64()),
        "weekday": _coded(weekdays[places], WEEKDAYS),
        "local_date": _coded(places, [text_of_day(day) for day in distinct.tolist()]),
    }


def _coded_zones(
    zones: pa.ChunkedArray | None, rows: int, timezone: str
) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return for each touch the position of its zone, and the zones: the stream's and those of touches."""
    if zones is None or zones.null_count == rows:
        return np.zeros(rows, np.int64), [timezone]
    coded = encode_texts(zones).chunk(0)
    codes = coded.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    return codes + 1, [timezone, *coded.dictionary.to_pylist()]


def _coded(codes: npt.NDArray[Any], texts: Sequence[str]) -> pa.DictionaryArray:
    narrow = pa.array(codes).cast(code_type(len(texts)), safe=False)
    return pa.DictionaryArray.from_arrays(narrow, pa.array(texts, pa.string()), safe=False)
