"""The files of the demo: same seed, same bytes."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
import zstandard

from touchrules.streams.demo.files import SHIPPED_SEED, SHIPPED_TOUCHES, write_csv, write_touches
from touchrules.streams.demo.generate import generate
from touchrules.streams.demo.shipped import SHIPPED
from touchrules.streams.demo.story import COLUMNS


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.gz", "two.gz", "other.gz")]
    for path, seed in zip(paths, (1, 1, 2), strict=True):
        write_touches(path, 2_000, seed)
    one, two, other = (path.read_bytes() for path in paths)
    assert one == two != other


def test_the_file_carries_no_time_stamp_and_no_name(tmp_path: Path) -> None:
    write_touches(tmp_path / "touches.csv.gz", 100, 1)
    assert (tmp_path / "touches.csv.gz").read_bytes()[3:8] == bytes(5)


@pytest.mark.parametrize("touches", [1, 79, 80, 81, 1_234])
def test_there_are_exactly_so_many_touches(touches: int, tmp_path: Path) -> None:
    write_touches(tmp_path / "touches.csv.gz", touches, 1)
    text = gzip.decompress((tmp_path / "touches.csv.gz").read_bytes()).decode()
    assert len(list(csv.DictReader(io.StringIO(text)))) == touches


def test_every_row_has_a_cell_for_every_column() -> None:
    rows = list(csv.reader(generate(5_000, 1).lines))
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_every_column_is_used() -> None:
    rows = list(csv.DictReader(generate(5_000, 1).lines, COLUMNS))
    assert [column for column in COLUMNS if not any(row[column] for row in rows)] == []


def test_all_touches_lie_in_the_year() -> None:
    years = {line.split(",", 2)[1][:10] for line in generate(5_000, 1).lines}
    assert min(years) >= "2025-01-01"
    assert max(years) <= "2026-01-01"


def test_the_shipped_demo_is_what_its_seed_gives() -> None:
    made: list[str] = []
    write_csv(made.append, SHIPPED_TOUCHES, SHIPPED_SEED)
    with zstandard.open(SHIPPED, "rt", encoding="utf-8", newline="") as shipped:
        assert shipped.read() == "".join(made)


def test_the_shipped_demo_is_small() -> None:
    assert SHIPPED.stat().st_size <= 2_000_000
