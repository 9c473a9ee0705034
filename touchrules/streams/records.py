"""Reads touches that stand in a list, such as those of a rulebook's tests, as a stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from touchrules.model.touches import REQUIRED_FIELDS, FieldType
from touchrules.streams.cells import Json, Part, chunked
from touchrules.streams.jsonlines import WrittenNumber, json_cells
from touchrules.streams.reader import read_parts
from touchrules.streams.stream import Stream


def read_records(
    records: Sequence[Mapping[str, Any]],
    *,
    timezone: str = "UTC",
    declared: Mapping[str, FieldType] | None = None,
    name: str = "the touches",
) -> Stream:
    """Read touches given as fields: text, numbers, true/false; times are text; absent and None are missing.

    Typed as the records of a JSON Lines file are. `name` is what errors call the list. Raises DataError
    where a file with these records would.

    >>> touch = {"touch_id": "t1", "at": "2025-03-10 14:30", "contact_id": "c1", "kind": "call"}
    >>> read_records([touch]).column("weekday")
    ['mon']
    """
    names = dict.fromkeys((*REQUIRED_FIELDS, *(field for record in records for field in record)))
    columns = {field: _column([record.get(field) for record in records]) for field in names}
    numbers = np.arange(1, len(records) + 1, dtype=np.int64)
    part = Part(file=name, columns=dict(columns), originals=dict(columns), numbers=numbers)
    return read_parts([part], timezone=timezone, declared=declared or {}, bad_rows="stop").stream


def _column(values: Sequence[Any]) -> Json:
    texts, kinds = json_cells(_written(value) for value in values)
    return Json(texts=chunked([texts], pa.string()), kinds=kinds)


def _written(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return WrittenNumber(repr(value))
    return value
