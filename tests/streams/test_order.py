"""The order of the files and of their rows never matters."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchrules.streams.reader import Reading, read_touches

COLUMNS = ["touch_id", "at", "contact_id", "kind", "duration_s", "x", "y"]
CELLS = {
    "touch_id": st.sampled_from(["a", "b", "ä", "Z", "z", "10", "9", "😀", "\uffff", ""]),
    "at": st.sampled_from(["2025-03-10", "2025-03-10T00:00Z", "2025-03-09 23:00-01", "1969-12-31", "soon"]),
    "contact_id": st.sampled_from(["c1", "c2", ""]),
    "kind": st.just("call"),
    "duration_s": st.sampled_from(["1", "1.5", "nan", "", "x"]),
    "x": st.sampled_from(["1", "2", "", "true", "2025-03-10T10:00"]),
    "y": st.sampled_from(["1", "2", ""]),
}
Row = dict[str, str]
ROWS = st.lists(st.fixed_dictionaries(CELLS), max_size=12)


def write(rows: list[Row], columns: list[str], path: Path) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def told(reading: Reading) -> list[tuple[Any, ...]]:
    return sorted(tuple(sorted(each.cells.items())) for each in reading.rejects)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("order")


@settings(deadline=None, derandomize=True)
@given(rows=ROWS, data=st.data())
def test_shuffled_and_split_files_are_one_stream(folder: Path, rows: list[Row], data: Any) -> None:
    whole = read_touches(write(rows, COLUMNS, folder / "whole.csv"), bad_rows="skip")
    shuffled = data.draw(st.permutations(rows))
    columns = data.draw(st.permutations(COLUMNS))
    cut = data.draw(st.integers(0, len(rows)))
    first = write(shuffled[:cut], columns, folder / "first.csv")
    second = write(shuffled[cut:], COLUMNS, folder / "second.csv")
    parts = read_touches([second, first], bad_rows="skip")
    assert parts.stream.types == whole.stream.types
    assert parts.stream.table.to_pydict() == whole.stream.table.to_pydict()
    assert told(parts) == told(whole)


@settings(deadline=None, derandomize=True)
@given(rows=ROWS)
def test_the_order_is_by_at_and_then_by_code_points(folder: Path, rows: list[Row]) -> None:
    stream = read_touches(write(rows, COLUMNS, folder / "order.csv"), bad_rows="skip").stream
    keys = list(stream.rows(["at", "touch_id"]))
    assert keys == sorted(keys)


def test_touches_up_to_an_instant_are_those_at_or_before_it(folder: Path) -> None:
    days = ("1970-01-01", "1970-01-02")
    rows = [dict.fromkeys(COLUMNS, "1") | {"touch_id": day, "at": day} for day in days]
    stream = read_touches(write(rows, COLUMNS, folder / "until.csv")).stream
    lengths = [len(stream.until(instant)) for instant in (-1, 0, 86_399_999_999, 86_400_000_000)]
    assert lengths == [0, 1, 1, 2]


def test_rows_give_the_fields_in_the_order_asked_for(folder: Path) -> None:
    rows = [dict.fromkeys(COLUMNS, "1") | {"touch_id": "a", "at": "1970-01-02"}]
    stream = read_touches(write(rows, COLUMNS, folder / "rows.csv"), timezone="Asia/Kathmandu").stream
    assert list(stream.rows(["touch_id", "topic", "at", "x"])) == [("a", None, 66_600_000_000, 1.0)]
    assert (list(stream.rows([])), stream.zones()) == ([()], ["Asia/Kathmandu"])
