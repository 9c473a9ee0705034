"""Wrong inputs: a clear error, the documented exit code, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.malformed import ALL, Malformed, lay_out
from touchrules.cli.exitcodes import EXIT_CODES


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_wrong_input_is_told_and_nothing_is_written(
    case: Malformed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = run("replay", case.rulebooks, "--touches", case.touches, "--out", case.out, *case.more)
    assert result.exit_code == case.code, result.output
    assert case.says in result.stderr
    assert result.stdout == ""
    assert 10 < len(result.stderr) < 4000
    assert sorted(tmp_path.rglob("*")) == before


def test_there_are_more_than_forty_wrong_inputs_with_documented_codes() -> None:
    assert len(ALL) > 40
    assert {case.code for case in ALL} <= {code for code, _ in EXIT_CODES}
