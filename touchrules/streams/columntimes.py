"""Reads many times of the most usual shapes at once."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from touchrules.streams.instants import EARLIEST, LATEST
from touchrules.streams.stream import TIMESTAMP

_DAY_AND_CLOCK: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
)


def read_usual_times(texts: pa.Array, timezone: str) -> pa.Array | None:
    """The times of texts like 2025-03-10T14:30:00.123Z, or without Z where the time zone is UTC.

    None if one of them has another shape, or cannot be read: then each must be looked at by itself.
    """
    for zone, arrow in (("Z", TIMESTAMP), ("", pa.timestamp("us"))):
        if zone == "" and timezone != "UTC":
            return None
        if pc.all(pc.match_substring_regex(texts, rf"\A{_DAY_AND_CLOCK}{zone}\z")).as_py():
            return _cast(texts, arrow)
    return None


def _cast(texts: pa.Array, arrow: pa.DataType) -> pa.Array | None:
    try:
        instants = texts.cast(arrow).cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    inside = pc.and_(pc.greater_equal(instants, EARLIEST), pc.less_equal(instants, LATEST))
    return instants.cast(TIMESTAMP) if pc.all(inside).as_py() else None
