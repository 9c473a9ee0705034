"""The texts of a table's cells, as people read them."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa


def cell_text(value: object) -> str:
    """A value in words: 12,230, 2026-03-01 14:05, yes, or nothing for none."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.{2 if abs(value) >= 100 else 3}f}".rstrip("0").rstrip(".")
        case dt.datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
        case list() | tuple():
            return ", ".join(cell_text(part) for part in value)
        case _:
            return str(value)


def page_texts(table: pa.Table, names: list[str], rows: pa.Array) -> list[list[str]]:
    """The cells of some rows, row after row."""
    page = table.select(names).take(rows)
    return [list(cells) for cells in zip(*(_column_texts(column) for column in page.columns), strict=True)]


def _column_texts(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return [cell_text(value) for value in column.to_pylist()]


def column_width(kind: pa.DataType) -> int:
    """Pixels for a column of a type."""
    if pa.types.is_temporal(kind):
        return 150
    return 100 if is_number(kind) or pa.types.is_boolean(kind) else 160


def is_number(kind: pa.DataType) -> bool:
    """Whether cells of this type stand at the right."""
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
