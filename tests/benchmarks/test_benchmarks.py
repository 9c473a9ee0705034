"""The benchmarks work, and all engines find the same touches by the five rules. Speed is never asserted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.benchmarks import bench_columnar, bench_parts, bench_tuning, demotouches, rivals
from tests.benchmarks.five import SQL, digest
from tests.benchmarks.touches import make_touches, write_parquet

TOUCHES = 2_000


@pytest.fixture(scope="module")
def touches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("touches") / "touches.parquet"
    write_parquet(path, TOUCHES)
    return path


def test_touches_of_one_seed_are_the_same_and_some_are_of_one_instant() -> None:
    table = make_touches(TOUCHES)
    assert table.equals(make_touches(TOUCHES))
    assert not table.equals(make_touches(TOUCHES, 2))
    assert len(table) == len(set(table.column("touch_id").to_pylist())) == TOUCHES
    pairs = list(zip(*(table.column(name).to_pylist() for name in ("contact_id", "at")), strict=True))
    assert len(set(pairs)) < TOUCHES


def test_all_engines_find_the_same_by_the_five_rules(touches: Path, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    found = {engine: digest(prepare(touches, tmp_path)()) for engine, prepare in rivals.ENGINES.items()}
    first = found["columnar"]
    assert first.keys() == SQL.keys()
    assert all(int(told.split()[0]) > 5 for told in first.values())
    assert all(one == first for one in found.values()), found


def test_the_command_for_five_rules_prints_its_tables(
    touches: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("duckdb")
    shutil.copy(touches, tmp_path / f"touches{TOUCHES}.parquet")
    engines = ["columnar", "duckdb-tuned", "columnar-file"]
    asked = ["--touches", str(TOUCHES), "--rounds", "1", "--keep", str(tmp_path), "--engines", *engines]
    assert bench_columnar.main(asked) == 0
    told = capfd.readouterr().out
    assert told.count(f" {TOUCHES:,} |") == len(engines)
    assert f"{TOUCHES:,} touches: {len(engines)} times the same" in told


def test_the_command_for_shipped_rulebooks_prints_its_tables(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = ["--touches", str(TOUCHES), "--runs", "1", "--every", "25", "--keep", str(tmp_path)]
    assert bench_tuning.main(asked) == 0
    told = capfd.readouterr().out
    for title in ("| rules |", "| writing |", "| threshold |", "| phrases |"):
        assert title in told


def test_made_up_touches_are_repeated_with_other_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demotouches, "YEAR", 500)
    demotouches.write_demo(tmp_path / "demo.parquet", 1_000)
    table = pq.read_table(tmp_path / "demo.parquet")
    assert len(table) == len(set(table.column("touch_id").to_pylist())) == 1_000
    contacts = set(table.column("contact_id").to_pylist())
    assert {f"{name}-1" for name in contacts if not name.endswith("-1")} < contacts


def test_the_command_for_replays_in_parts_prints_its_table(
    touches: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(touches, tmp_path / f"touches{TOUCHES}.parquet")
    assert bench_parts.main(["--touches", str(TOUCHES), "--memory", "0.5", "--keep", str(tmp_path)]) == 0
    assert f"| {TOUCHES:,} |" in capfd.readouterr().out
