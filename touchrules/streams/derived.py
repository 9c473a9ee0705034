"""Works out local_hour, weekday and local_date for every touch of a stream."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.model.durations import DAY, HOUR, MINUTE
from touchrules.model.touches import WEEKDAYS
from touchrules.streams.cells import Rows
from touchrules.streams.localtime import offset_us, text_of_day

_MINUTES: int = 15 * MINUTE


def derived_fields(at: Rows, zones: pa.ChunkedArray | None, timezone: str) -> dict[str, pa.Array]:
    """The three derived columns; `at` in microseconds UTC, `zones` null where the stream's zone counts."""
    days, clocks = np.divmod(_local_clocks(at, zones, timezone), DAY)
    distinct, places = np.unique(days, return_inverse=True)
    dates = pa.array([text_of_day(int(day)) for day in distinct], pa.string())
    return {
        "local_hour": pa.array(clocks / HOUR, pa.float64()),
        "weekday": pa.array(WEEKDAYS, pa.string()).take(pa.array((days + 3) % 7)),
        "local_date": dates.take(pa.array(places)),
    }


def _local_clocks(at: Rows, zones: pa.ChunkedArray | None, timezone: str) -> Rows:
    if zones is None or zones.null_count == len(zones):
        return at + _offsets(at, timezone)
    encoded = zones.fill_null(timezone).combine_chunks().dictionary_encode()
    codes: npt.NDArray[np.int32] = encoded.indices.to_numpy()
    clocks = at.copy()
    for code, zone in enumerate(encoded.dictionary.to_pylist()):
        rows = np.flatnonzero(codes == code)
        clocks[rows] += _offsets(at[rows], zone)
    return clocks


def _offsets(at: Rows, zone: str) -> Rows:
    """The offset of each instant: looked up once for each quarter of an hour whose two ends agree."""
    if zone == "UTC":
        return np.zeros(len(at), np.int64)
    slots, places = np.unique(at // _MINUTES, return_inverse=True)
    first = np.array([offset_us(zone, int(slot) * _MINUTES) for slot in slots], np.int64)
    last = np.array([offset_us(zone, int(slot + 1) * _MINUTES - 1) for slot in slots], np.int64)
    offsets = first[places]
    for row in np.flatnonzero((first != last)[places]):
        offsets[row] = offset_us(zone, int(at[row]))
    return offsets
