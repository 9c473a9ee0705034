"""The command `diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import RULEBOOK, TOUCHES, run, write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two versions of a rulebook and some touches."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOUCHRULES_KEYS", str(tmp_path / "keys"))
    write(tmp_path / "old.rulebook.yaml", RULEBOOK)
    write(tmp_path / "new.rulebook.yaml", RULEBOOK.replace("default: 2", "default: 1"))
    write(tmp_path / "touches.csv", TOUCHES.replace("-5", "5"))
    return tmp_path


VERSIONS = ("old.rulebook.yaml", "new.rulebook.yaml")


def test_diff_tells_a_changed_value() -> None:
    result = run("diff", *VERSIONS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "* cap: 2 → 1" in result.stdout


def test_diff_tells_what_is_found_newly() -> None:
    told = json.loads(run("diff", *VERSIONS, "--touches", "touches.csv", "--format", "json").stdout)
    (rule,) = told["rulebooks"][0]["rules"]
    assert (rule["findings"]["newly"], rule["findings"]["no_longer"]) == (1, 0)
    assert rule["findings"]["examples_newly"][0]["message"] == "ann called c1 2 times"


def test_diff_replays_until_as_of() -> None:
    end = ("--as-of", "2025-03-03 09:10")
    told = json.loads(run("diff", *VERSIONS, "--touches", "touches.csv", *end, "--format", "json").stdout)
    assert (told["measured"]["touches"], told["measured"]["newly"]) == (1, 0)


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_diff_writes_into_a_file_what_it_would_show(folder: Path, form: str) -> None:
    shown = run("diff", *VERSIONS, "--format", form).stdout
    result = run("diff", *VERSIONS, "--format", form, "--out", "told")
    assert result.stdout == ""
    assert (folder / "told").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize(("after", "code"), [("new.rulebook.yaml", 1), ("old.rulebook.yaml", 0)])
def test_diff_ends_with_exit_code_1_if_something_differs(after: str, code: int) -> None:
    assert run("diff", "old.rulebook.yaml", after, "--exit-code").exit_code == code


def test_diff_refuses_a_mapping_without_touches() -> None:
    result = run("diff", *VERSIONS, "--timezone", "UTC")
    assert result.exit_code == 2
    assert "--timezone" in result.stderr


def test_diff_of_one_version_says_how_to_name_two() -> None:
    result = run("diff", "old.rulebook.yaml")
    assert result.exit_code == 2
    assert "touchrules diff OLD NEW" in result.stderr


@pytest.mark.parametrize("name", ["old.rulebook.yaml", "touches.csv"])
def test_diff_is_not_written_over_what_it_reads(folder: Path, name: str) -> None:
    there = (folder / name).read_bytes()
    result = run("diff", *VERSIONS, "--touches", "touches.csv", "--out", name)
    assert (result.exit_code, (folder / name).read_bytes()) == (2, there)
    assert f"{name} is there already" in result.stderr
