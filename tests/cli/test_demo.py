"""The command `demo`, and the demo as what `replay` reads by default."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import RULEBOOK, names, run, write
from touchrules.streams.demo import shipped


def test_demo_writes_touches_and_the_truth(tmp_path: Path) -> None:
    result = run("demo", "--touches", "1000", "--seed", "3", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert names(tmp_path / "out") == ["touches.csv.gz", "truth.json"]
    assert json.loads((tmp_path / "out" / "truth.json").read_text())["touches"] == 1000


def test_demo_refuses_no_touches_at_all(tmp_path: Path) -> None:
    assert run("demo", "--touches", "0", "--out", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()


def test_replay_without_touches_reads_the_shipped_demo_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("demo", "--touches", "200", "--out", tmp_path / "demo")
    monkeypatch.setattr(shipped, "SHIPPED", tmp_path / "demo" / "touches.csv.gz")
    rulebook = write(tmp_path / "manners.rulebook.yaml", RULEBOOK)
    result = run("replay", rulebook, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "made-up company" in result.stderr
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["touches"] == 200


def test_replay_with_a_mapping_but_no_touches_is_refused(tmp_path: Path) -> None:
    rulebook = write(tmp_path / "manners.rulebook.yaml", RULEBOOK)
    mapping = write(tmp_path / "crm.map.yaml", "")
    result = run("replay", rulebook, "--map", mapping, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "--touches" in result.stderr
