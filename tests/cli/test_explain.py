"""The command `explain`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cli.command import ROOT, run
from touchrules.replay import explain


def test_what_was_found_is_told_with_its_numbers(rulebook: Path, touches: Path) -> None:
    shown = run("explain", rulebook, "--touches", touches, "--contact", "c1").stdout
    assert "Contact c1: 3 touches, rules said yes 3 times. 3 touches were looked at" in shown
    assert "FOUND  too-many-calls (high): bob called c1 3 times" in shown
    assert "it was 3" in shown


def test_touches_that_are_left_out_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("demo", "--touches", "600", "--seed", "5", "--out", tmp_path)
    how = ("explain", ROOT / "rulebooks", "--touches", tmp_path / "touches.csv.gz", "--contact", "c0000003")
    few = run(*how).stdout.splitlines()
    monkeypatch.setattr(explain, "find_neighbourhood", lambda _, stream, __: np.arange(len(stream)))
    every = run(*how).stdout.splitlines()
    assert len(few) > 10
    assert few[1:] == every[1:]
    assert "600 touches were looked at" in every[0]
