"""What the columns of Parquet files and data frames mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from touchrules.errors import DataError
from touchrules.streams.reader import read_touches

DAY = 86_400_000_000


def table(**columns: Any) -> pa.Table:
    """Touches with those columns, as many as the first has cells."""
    count = len(next(iter(columns.values())))
    whole = {
        "touch_id": [f"t{index:03}" for index in range(count)],
        "at": [datetime(2025, 3, 10, tzinfo=UTC)] * count,
        "contact_id": ["c1"] * count,
        "kind": ["call"] * count,
    }
    return pa.table({**whole, **columns})


def column(values: pa.Array, name: str = "x", **options: Any) -> tuple[str | None, list[Any]]:
    stream = read_touches(table(**{name: values}), **options).stream
    return stream.types[name], stream.column(name)


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (pa.array([1, None, 2], pa.int8()), "number", [1.0, None, 2.0]),
        (pa.array([2**63 + 1, 2**53 + 1], pa.uint64()), "number", [2.0**63, 2.0**53]),
        (pa.array([1.5, float("nan")], pa.float32()), "number", [1.5, None]),
        (pa.array([Decimal("1.10")]), "number", [1.1]),
        (pa.array([True, None]), "boolean", [True, None]),
        (pa.array(["a", "", None]), "text", ["a", None, None]),
        (pa.array(["1", "2"], pa.large_string()), "text", ["1", "2"]),
        (pa.array(["a", "a"]).dictionary_encode(), "text", ["a", "a"]),
        (pa.array([1, 1]).dictionary_encode(), "number", [1.0, 1.0]),
        (pa.array([datetime(1970, 1, 2)], pa.timestamp("ms")), "timestamp", [DAY]),
        (pa.array([-1, 1999], pa.timestamp("ns", tz="UTC")), "timestamp", [-1, 1]),
        (pa.array([date(1970, 1, 2)]), "timestamp", [DAY]),
        (pa.array([date(1970, 1, 2)], pa.date64()), "timestamp", [DAY]),
        (pa.array([[1, 2]]), "text", ["[1,2]"]),
        (pa.array([{"b": 1, "a": "é"}]), "text", ['{"b":1,"a":"é"}']),
        (pa.array([time(14, 30)]), "text", ["14:30:00"]),
        (pa.nulls(2), None, [None, None]),
        (pa.array(["", ""]), None, [None, None]),
        (pa.array([float("nan")]), None, [None]),
    ],
)
def test_a_further_column_has_the_type_of_its_arrow_type(
    values: pa.Array, kind: str | None, expected: list[Any]
) -> None:
    assert column(values) == (kind, expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array([7, 8]), ["7", "8"]),
        (pa.array([7.0, 0.1, 1e22]), ["7.0", "0.1", "1e+22"]),
        (pa.array([Decimal("1.10")]), ["1.10"]),
        (pa.array([True]), ["true"]),
        (pa.array([date(2025, 3, 10)]), ["2025-03-10"]),
        (pa.array([datetime(2025, 3, 10, tzinfo=UTC)]), ["2025-03-10T00:00:00Z"]),
    ],
)
def test_values_in_text_fields_become_their_own_text(values: pa.Array, expected: list[str]) -> None:
    assert column(values, "rep_id") == ("text", expected)


def test_texts_in_typed_fields_are_read_as_in_csv() -> None:
    assert column(pa.array(["90", "nan", ""]), "duration_s") == ("number", [90.0, None, None])


def test_naive_times_and_dates_are_read_in_the_zone_of_the_stream() -> None:
    naive = pa.array([datetime(2025, 3, 30, 2, 30), datetime(2025, 10, 26, 2, 30)], pa.timestamp("us"))
    assert column(naive, timezone="Europe/Berlin")[1] == [1_743_298_200_000_000, 1_761_438_600_000_000]
    assert column(pa.array([date(1970, 1, 2)]), timezone="Asia/Kathmandu")[1] == [DAY - 19_800_000_000]


@pytest.mark.parametrize(
    ("values", "name", "reason"),
    [
        (pa.array([float("inf")]), "x", 'x "inf" is no number'),
        (pa.array([True]), "duration_s", 'duration_s "true" is no number'),
        (pa.array([1]), "icp", 'icp "1" is neither true nor false'),
        (pa.array([1]), "promised_at", 'promised_at "1" cannot be read as a time'),
    ],
)
def test_a_cell_that_does_not_fit_its_field_makes_a_bad_row(values: pa.Array, name: str, reason: str) -> None:
    reading = read_touches(table(**{name: values}), bad_rows="skip")
    assert [each.reason for each in reading.rejects] == [reason]


@pytest.mark.parametrize("seconds", [253_402_300_800, 2**62, -(2**62)])
def test_a_time_beyond_the_calendar_makes_a_bad_row(seconds: int) -> None:
    reading = read_touches(table(promised_at=pa.array([seconds], pa.timestamp("s"))), bad_rows="skip")
    assert [(each.row, len(reading.stream)) for each in reading.rejects] == [(1, 0)]


@pytest.mark.parametrize("values", [pa.array([b"x"]), pa.array([b"x"], pa.binary(1))])
def test_bytes_cannot_be_a_field(values: pa.Array) -> None:
    with pytest.raises(DataError, match="column x holds"):
        column(values)


def test_a_parquet_file_is_what_its_table_is(tmp_path: Path) -> None:
    path = tmp_path / "touches.parquet"
    pq.write_table(table(x=[1, 2]), path)
    assert read_touches(path).stream.table == read_touches(table(x=[1, 2])).stream.table


def test_a_data_frame_is_read_like_its_columns() -> None:
    frame = table(x=[1, 2], icp=[True, None]).to_pandas()
    stream = read_touches(frame).stream
    assert (stream.column("x"), stream.column("icp")) == ([1.0, 2.0], [True, None])


def test_a_mixed_column_of_a_data_frame_is_read_like_json() -> None:
    frame = table(y=[1, 2, 3, 4, 5, 6]).to_pandas()
    frame["x"] = pd.Series([1, "a", True, 2.5, None, {"k": [1]}], dtype=object)
    assert read_touches(frame).stream.column("x") == ["1", "a", "true", "2.5", None, '{"k":[1]}']


def test_a_frame_of_nothing_but_missing_ids_has_bad_rows() -> None:
    frame = table(x=[1, 2]).to_pandas()
    frame["touch_id"] = [float("nan"), float("nan")]
    assert [each.reason for each in read_touches(frame, bad_rows="skip").rejects] == [
        "touch_id is missing"
    ] * 2


def test_categories_and_nullable_columns_of_a_frame_are_plain_values() -> None:
    frame = table(y=[1, 2]).to_pandas()
    frame["x"] = pd.Categorical(["a", None])
    frame["n"] = pd.array([1, None], dtype="Int64")
    stream = read_touches(frame).stream
    assert (stream.column("x"), stream.column("n")) == (["a", None], [1.0, None])


def test_a_duration_column_is_told_as_text() -> None:
    assert column(pa.array([timedelta(seconds=90)]))[1] == ["0:01:30"]


def test_half_a_character_in_a_frame_is_told_with_its_column() -> None:
    frame = table(y=[1, 2]).to_pandas()
    frame["x"] = pd.Series(["a", "\ud800"], dtype=object)
    with pytest.raises(DataError, match=r"lone surrogate.* in column x"):
        read_touches(frame)


def test_several_tables_in_memory_are_one_stream() -> None:
    first, second = table(x=[1]), table(x=[2]).set_column(0, "touch_id", [["other"]])
    reading = read_touches([first.to_pandas(), second.to_pandas()])
    assert (reading.stream.column("touch_id"), reading.unselected) == (["other", "t000"], 0)


def test_a_mapping_works_on_typed_columns(tmp_path: Path) -> None:
    export = table(
        when=pa.array([0], pa.timestamp("s")), ms=[1500.0], who=pa.array(["A"]).dictionary_encode()
    )
    (tmp_path / "m.yaml").write_text(
        "where: {who: A}\ncolumns: {promised_at: {column: when, timezone: Asia/Kathmandu},"
        " duration_s: {column: ms, unit: ms}, rep_id: {column: who, lower: true}}",
        encoding="utf-8",
    )
    stream = read_touches(export, mapping=tmp_path / "m.yaml").stream
    assert list(stream.rows(["promised_at", "duration_s", "rep_id"])) == [(-19_800_000_000, 1.5, "a")]


def test_a_column_of_many_texts_in_many_parts_is_what_its_table_is(tmp_path: Path) -> None:
    rows = 120
    table = pa.table(
        {
            "touch_id": [f"t{row:03}" for row in range(rows)],
            "at": pa.array([datetime(2025, 1, 1, tzinfo=UTC)] * rows),
            "contact_id": [f"c{row // 3}" for row in range(rows)],
            "text": [f"text {row // 2}" if row % 5 else "" for row in range(rows)],
            "kind": ["call", "email"] * (rows // 2),
        }
    )
    path = tmp_path / "touches.parquet"
    pq.write_table(table, path, row_group_size=20)
    read = read_touches(path).stream
    whole = read_touches(table).stream
    assert {name: read.column(name) for name in read.names} == {
        name: whole.column(name) for name in whole.names
    }
    assert len(read.table.column("text").chunk(0).dictionary) == 60
    pq.write_table(table.set_column(3, "text", pa.array([b"\xff"] * rows).cast(pa.binary())), path)
    with pytest.raises(DataError):
        read_touches(path)
