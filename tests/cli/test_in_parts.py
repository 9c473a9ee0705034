"""The command `replay` on a folder of Parquet files, and within a limit of memory."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.command import run
from touchrules.streams.reader import read_touches


@pytest.fixture
def folder(touches: Path, tmp_path: Path) -> Path:
    table = read_touches(touches).stream.table.drop_columns(["local_hour", "weekday", "local_date"])
    folder = tmp_path / "quarter"
    folder.mkdir()
    for number in range(2):
        pq.write_table(table.slice(2 * number, 2), folder / f"month{number}.parquet")
    return folder


def test_a_folder_of_parquet_files_is_replayed(
    rulebook: Path, touches: Path, folder: Path, tmp_path: Path
) -> None:
    run("replay", rulebook, "--touches", touches, "--out", tmp_path / "one")
    result = run("replay", rulebook, "--touches", folder, "--out", tmp_path / "other")
    assert result.exit_code == 0, result.output
    one, other = (pq.read_table(tmp_path / name / "findings.parquet") for name in ("one", "other"))
    assert one.equals(other)


def test_json_of_a_replay_in_parts_is_the_summary(rulebook: Path, folder: Path, tmp_path: Path) -> None:
    shown = run(
        "replay", rulebook, "--touches", folder, "--memory", "1GB", "--out", tmp_path / "out", "--json"
    )
    assert json.loads(shown.stdout) == json.loads((tmp_path / "out" / "summary.json").read_text())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--memory", "much"], "is no size of at least 500MB"),
        (["--memory", "3MB"], "is no size of at least 500MB"),
        (["--verify", "3"], "--verify: that does not go with a replay in parts"),
        (["--engine", "durable"], "--engine durable: that does not go with a replay in parts"),
    ],
)
def test_what_does_not_go_with_a_replay_in_parts_is_told(
    options: list[str], message: str, rulebook: Path, folder: Path, tmp_path: Path
) -> None:
    result = run("replay", rulebook, "--touches", folder, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


def test_a_folder_without_parquet_files_is_told(rulebook: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("replay", rulebook, "--touches", tmp_path / "empty", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "There is no Parquet file in" in result.output
