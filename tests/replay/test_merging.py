"""Sorted tables merged from files."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from touchrules.replay.merging import merge_runs, write_run

SCHEMA = pa.schema({"at": pa.timestamp("us", tz="UTC"), "id": pa.string(), "what": pa.float64()})


@pytest.mark.parametrize("seed", range(8))
def test_merged_tables_are_sorted_by_time_and_code_point(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    rows = [
        (random.randrange(-3, 3), random.choice(["é", "\uff5e", "\U0001f600", "Z"]) + str(number), None)
        for number in range(random.choice([0, 1, 300]))
    ]
    parts = [sorted(rows[number::5]) for number in range(5)]
    for number, part in enumerate(parts):
        columns = list(zip(*part, strict=True)) or [[], [], []]
        write_run(
            pa.table([pa.array(one) for one in columns], SCHEMA.names).cast(SCHEMA), tmp_path / f"{number}"
        )
    merge_runs(
        [tmp_path / f"{number}" for number in range(5)],
        SCHEMA,
        ("at", "id"),
        tmp_path / "all",
        rows_at_once=40,
    )
    merged = pq.read_table(tmp_path / "all")
    assert merged.schema.equals(SCHEMA)
    assert merged.column("id").to_pylist() == [one for _, one, _ in sorted(rows)]
