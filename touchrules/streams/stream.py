"""The touches of one replay: typed, complete, and in their one order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from touchrules.model.touches import FieldType
from touchrules.streams.texts import is_coded_text, is_plain_text

if TYPE_CHECKING:
    from touchrules.streams.prepared import Prepared

TEXT: Final = pa.string()
NUMBER: Final = pa.float64()
BOOLEAN: Final = pa.bool_()
TIMESTAMP: Final = pa.timestamp("us", tz="UTC")
ARROW_TYPES: Final[dict[FieldType, pa.DataType]] = {
    "text": TEXT,
    "number": NUMBER,
    "boolean": BOOLEAN,
    "timestamp": TIMESTAMP,
}
_ROWS_AT_ONCE: Final = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A table of touches, ordered by `at`, ties by `touch_id` (by code point).

    `table` has one column a field: text string, number float64, boolean bool, timestamp timestamp[us, UTC];
    missing is null, and a column without any present value is of type null. Texts may have a dictionary (as
    `encode_texts` makes it), those that were read have one, but for touch_id. Fields that no file had are
    absent, local_hour, weekday and local_date are always there. `timezone` is the IANA zone of touches
    that name none. `prepared` is the open folder that these very touches come from, if there is one.
    """

    table: pa.Table
    timezone: str = "UTC"
    prepared: Prepared | None = field(default=None, repr=False, compare=False)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that the stream has, in the order of its columns."""
        return tuple(self.table.column_names)

    @property
    def types(self) -> dict[str, FieldType | None]:
        """The type of each field; None where no touch has a value."""
        return {column.name: _field_type(column.type) for column in self.table.schema}

    def column(self, name: str) -> list[Any]:
        """One field of all touches: str, float, bool, int (microseconds since 1970 UTC), None if missing.

        A field that the stream has not is missing everywhere.
        """
        if name not in self.table.column_names:
            return [None] * len(self)
        return _values(self.table.column(name))

    def rows(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The touches in order, each a tuple of those fields, with values as in `column`."""
        for start in range(0, len(self), _ROWS_AT_ONCE):
            part = Stream(table=self.table.slice(start, _ROWS_AT_ONCE), timezone=self.timezone)
            if names:
                yield from zip(*(part.column(name) for name in names), strict=True)
            else:
                yield from (() for _ in range(len(part)))

    def zones(self) -> list[str]:
        """The time zone of each touch: its own, else the stream's."""
        return [zone or self.timezone for zone in self.column("timezone")]

    def until(self, as_of: int) -> Stream:
        """The touches with at <= as_of, in microseconds since 1970 UTC."""
        at = self.table.column("at").cast(pa.int64()).to_numpy()
        kept = int(np.searchsorted(at, as_of, side="right"))
        return self if kept == len(self) else Stream(table=self.table.slice(0, kept), timezone=self.timezone)


def _field_type(arrow: pa.DataType) -> FieldType | None:
    if is_plain_text(arrow) or is_coded_text(arrow):
        return "text"
    for name, known in ARROW_TYPES.items():
        if arrow == known:
            return name
    return None


def _values(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    if pa.types.is_dictionary(column.type):
        return _decoded(column)
    values: list[Any] = column.to_pylist()
    return values


def _decoded(column: pa.ChunkedArray) -> list[Any]:
    """Return the values of a column that has a dictionary; equal ones are one object where that is cheap."""
    values: list[Any] = []
    for chunk in column.chunks:
        if len(chunk.dictionary) > len(chunk):
            values += chunk.cast(column.type.value_type).to_pylist()
        else:
            distinct = [*chunk.dictionary.to_pylist(), None]
            codes = chunk.indices.cast(pa.int64()).fill_null(-1)
            values += map(distinct.__getitem__, codes.to_pylist())
    return values
