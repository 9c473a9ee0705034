"""`replay --engine`, `--verify` and `--explain-plan`."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from tests.cli.command import ROOT, names, run
from touchrules.engines.columnar import engine as columnar
from touchrules.engines.outcome import Outcome
from touchrules.replay import run as replaying

SHOWN = ("findings.parquet", "expectations.parquet", "facts.parquet")


def replay(rulebook: Path, touches: Path, tmp_path: Path, *more: str) -> Any:
    return run("replay", rulebook, "--touches", touches, "--out", tmp_path / "out", *more)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    assert run("demo", "--touches", "800", "--seed", "5", "--out", tmp_path / "demo").exit_code == 0
    return tmp_path / "demo" / "touches.csv.gz"


def test_both_engines_write_the_same_tables_and_the_summary_names_the_engine(
    demo: Path, tmp_path: Path
) -> None:
    for engine in ("columnar", "durable"):
        result = run(
            *("replay", ROOT / "rulebooks", "--touches", demo, "--out", tmp_path / engine),
            *(("--engine", engine) if engine == "durable" else ()),
        )
        assert result.exit_code == 0, result.output
        assert f"decided by the {engine} engine" in result.stdout
        assert json.loads((tmp_path / engine / "summary.json").read_text())["engine"] == engine
    for name in SHOWN:
        one, other = (pq.read_table(tmp_path / engine / name) for engine in ("columnar", "durable"))
        assert one.num_rows
        assert one.equals(other)


def test_a_replay_that_verifies_tells_what_was_verified(demo: Path, tmp_path: Path) -> None:
    result = replay(ROOT / "rulebooks", demo, tmp_path, "--verify", "5", "--verify-seed", "7")
    assert result.exit_code == 0, result.output
    shown = words(result.stdout)
    assert "Verified with the durable engine 5 contacts of " in shown
    assert "drawn with seed 7, with " in shown
    assert "No difference." in shown
    assert "Not verified" not in shown


def test_what_could_not_be_verified_is_told(rulebook: Path, touches: Path, tmp_path: Path) -> None:
    result = replay(rulebook, touches, tmp_path, "--verify", "2", "--verify-touches", "2")
    assert result.exit_code == 0
    shown = words(result.stdout)
    few = "more than 2 touches would have to be replayed"
    assert f"Not verified, as {few}" in shown or f"For 1 of these contacts only, as {few}" in shown
    assert "too-many-calls" in shown.split("Verified with")[1]
    assert "(per contact_id)" in shown
    assert "--verify-touches with a higher number" in shown


def test_json_tells_what_was_verified_and_where_the_time_went(
    rulebook: Path, touches: Path, tmp_path: Path
) -> None:
    result = replay(rulebook, touches, tmp_path, "--verify", "9", "--explain-plan", "--json")
    told = json.loads(result.stdout)
    verified, plan = told.pop("verified"), told.pop("plan")
    assert told == json.loads((tmp_path / "out" / "summary.json").read_text())
    assert (verified["contacts"], verified["seed"]) == (["c1", "c2"], 1) or len(verified["contacts"]) == 2
    assert (verified["differences"], verified["findings"], verified["expectations"]) == ([], 2, 3)
    assert {one["sort"] for one in plan["sorts"]} >= {"texts", "columns", "filters", "tables"}
    assert plan["dearest"][0]["seconds"] >= plan["dearest"][1]["seconds"]


def plant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the columnar engine lose the first finding of too-many-calls."""
    original = columnar.run_columnar

    def lose(*arguments: Any) -> Outcome:
        outcome = original(*arguments)
        found = outcome.findings["too-many-calls"]
        kept = np.arange(len(found.rows)) > 0
        values = None if found.values is None else found.values[kept]
        less = dataclasses.replace(found, rows=found.rows[kept], at=found.at[kept], values=values)
        return dataclasses.replace(outcome, findings={**outcome.findings, "too-many-calls": less})

    monkeypatch.setattr(replaying, "run_columnar", lose)


def test_a_difference_is_told_ends_with_1_and_nothing_is_written(
    rulebook: Path, touches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert replay(rulebook, touches, tmp_path).exit_code == 0  # who does not look does not see it
    before = {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path / "out")}
    result = replay(rulebook, touches, tmp_path, "--verify", "5")
    assert result.exit_code == 1
    assert "1 difference." in result.stdout
    told = result.stderr.splitlines()
    assert told[:3] == [
        "rule too-many-calls, touch t3",
        "  columnar: nothing",
        "  durable:  found at 2025-03-03T11:00:00Z, value 3.0",
    ]
    assert "touchrules itself failed: the engines differ 1 time." in result.stderr
    assert {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path / "out")} == before


def test_a_difference_is_told_as_json_too(
    rulebook: Path, touches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    result = replay(rulebook, touches, tmp_path, "--verify", "5", "--json")
    (difference,) = json.loads(result.stdout)["verified"]["differences"]
    assert (result.exit_code, difference["name"], difference["columnar"]) == (1, "too-many-calls", "nothing")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", [("--verify", "3"), ("--explain-plan",)])
def test_options_of_the_columnar_engine_do_not_go_with_durable(
    option: tuple[str, ...], rulebook: Path, touches: Path, tmp_path: Path
) -> None:
    result = replay(rulebook, touches, tmp_path, "--engine", "durable", *option)
    assert result.exit_code == 2
    assert f"{option[0]} and --engine durable do not go together." in result.stderr
    assert not (tmp_path / "out").exists()


def test_nobody_cannot_be_verified(rulebook: Path, touches: Path, tmp_path: Path) -> None:
    assert replay(rulebook, touches, tmp_path, "--verify", "0").exit_code == 2


def test_no_touches_are_verified_in_no_time(rulebook: Path, touches: Path, tmp_path: Path) -> None:
    result = replay(rulebook, touches, tmp_path, "--verify", "3", "--explain-plan", "--as-of", "2020-01-01")
    assert result.exit_code == 0, result.output
    assert "There are no touches to verify." in result.stdout


def test_the_plan_tells_where_the_time_went_and_what_is_shared(demo: Path, tmp_path: Path) -> None:
    shown = words(replay(ROOT / "rulebooks", demo, tmp_path, "--explain-plan").stdout)
    assert "Where the time went work pieces seconds reading texts for signals" in shown
    assert "more than one rule needs" in shown
    assert "Pieces of work that took longest" in shown
