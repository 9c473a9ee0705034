"""The table: pages asked for, sorting, filtering, grouping, choosing and saving."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from touchrules.studio.drawing import Table

CALLS = pa.table(
    {
        "rep": pa.array(["Joe", "Ann", "joe", None, "Zoë"]).dictionary_encode(),
        "calls": [3, 1200, 7, None, 5],
        "at": [dt.datetime(2026, 3, day, 9, 30, tzinfo=dt.UTC) for day in range(1, 6)],
    }
)


def page(table: Table, start: int = 0, stop: int = 100) -> list[Any]:
    """The lines of a page as the browser gets them."""
    answer = table.answer({"asked": "q", "page": [start, stop]})
    assert answer["asked"] == "q"
    return answer["lines"]


def rows(table: Table) -> list[int]:
    return [line.get("row", line.get("name")) for line in page(table)]


def test_a_page_holds_the_texts_of_its_cells() -> None:
    assert page(Table(["rep", "calls", "at"], CALLS), 1, 2) == [
        {"row": 1, "cells": ["Ann", "1,200", "2026-03-02 09:30"]}
    ]


def test_nothing_in_a_cell_is_no_text() -> None:
    assert page(Table(["rep", "calls"], CALLS), 3, 4) == [{"row": 3, "cells": ["", ""]}]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"column": "calls", "descending": False}, [0, 4, 2, 1, 3]),
        ({"column": "calls", "descending": True}, [1, 2, 4, 0, 3]),
        ({"column": "rep", "descending": False}, [1, 0, 4, 2, 3]),
    ],
)
def test_rows_are_sorted_and_those_without_a_value_come_last(
    sort: dict[str, object], expected: list[int]
) -> None:
    table = Table([], CALLS)
    table.sort = sort
    assert rows(table) == expected


def test_a_query_keeps_the_rows_that_hold_it_in_any_case() -> None:
    table = Table([], CALLS)
    table.query = "JOE"
    assert rows(table) == [0, 2]
    assert (table.matching, table.rows) == (2, 5)


def test_a_query_is_a_text_and_no_pattern() -> None:
    table = Table([], CALLS)
    table.query = "j.e"
    assert table.total == 0


def test_groups_come_with_their_counts_the_largest_first() -> None:
    table = Table([], pa.table({"kind": ["call", "mail", "call"], "n": [1, 2, 3]}), group_by="kind")
    assert page(table)[0] == {"group": 0, "name": "call", "count": 2, "folded": False}
    assert rows(table) == ["call", 0, 2, "mail", 1]
    assert page(table, 2, 4)[0]["row"] == 2


def test_a_group_folds_and_unfolds() -> None:
    table = Table([], pa.table({"kind": ["call", "mail", "call"]}), group_by="kind")
    table.answer({"fold": 0, "folded": True})
    assert rows(table) == ["call", "mail", 1]
    table.answer({"fold": 0, "folded": False})
    assert table.total == 5


def test_a_group_of_nothing_has_a_name() -> None:
    assert rows(Table([], CALLS, group_by="rep"))[6] == "(nothing)"


def test_choosing_gives_the_number_of_the_row_in_the_table_as_given() -> None:
    table, chosen = Table([], CALLS), []
    table.on_choose(chosen.append)
    table.sort = {"column": "calls", "descending": True}
    table.answer({"choose": page(table, 0, 1)[0]["row"]})
    assert chosen == [1]


def test_choosing_no_row_is_answered_by_an_error() -> None:
    assert "does not know" in Table([], CALLS).answer({"choose": 99})["error"]


def test_saving_tells_what_the_saver_tells() -> None:
    table = Table([], CALLS)
    table.on_save(lambda: "Saved as calls.csv")
    assert table.answer({"save": True}) == {"asked": None, "save": "Saved as calls.csv"}


def test_a_column_that_the_table_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="no column phone"):
        Table(["rep", "phone"], CALLS)


def test_another_table_is_another_version() -> None:
    table = Table([], CALLS, group_by="rep", sort={"column": "calls", "descending": True})
    before = table.version
    table.set_table(pa.table({"word": ["one"]}))
    assert (table.version > before, table.group_by, table.sort, table.total) == (True, "", {}, 1)


def test_a_table_of_nothing_has_no_lines() -> None:
    assert page(Table()) == []
    assert page(Table(["rep"], CALLS.slice(0, 0), group_by="rep")) == []


def test_a_page_of_a_million_rows_comes_at_once() -> None:
    number = np.arange(1_000_000)
    reps = pa.DictionaryArray.from_arrays(pa.array(number % 98), pa.array([f"rep {n}" for n in range(98)]))
    table = Table([], pa.table({"n": number, "rep": reps}))
    table.sort = {"column": "n", "descending": True}
    table.group_by = "rep"
    start = time.perf_counter()
    lines = page(table, 700_000, 700_200)
    assert time.perf_counter() - start < 0.1
    assert len(lines) == 200
    assert table.total == 1_000_098


def test_a_row_of_an_older_table_is_not_chosen() -> None:
    table, chosen = Table(["rep"], CALLS), []
    table.on_choose(chosen.append)
    before = table.version
    table.set_table(CALLS.slice(1))
    assert "older" in table.answer({"asked": "q", "choose": 0, "version": before})["error"]
    table.answer({"asked": "q", "choose": 0, "version": table.version})
    assert chosen == [0]
