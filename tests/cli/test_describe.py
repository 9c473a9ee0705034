"""The command `describe`, where it writes pages and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import RULEBOOK, names, run, write

ADVICE = "articles: {talks: {T1: Call seldom.}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = RULEBOOK.replace("language: 1\n", "language: 1\nsources: {talks: {title: On talks}}\n")
    write(
        tmp_path / "books" / "manners.rulebook.yaml",
        text.replace("severity: high", "severity: high\n    tags: [T1]"),
    )
    write(tmp_path / "books" / "heuristics.yaml", ADVICE)
    return tmp_path / "books"


def test_the_table_tells_what_became_of_the_advice(folder: Path) -> None:
    result = run("describe", folder, "--table")
    assert result.exit_code == 0, result.output
    assert "| T1 | Call seldom. | [Call no more than twice]" in result.stdout


def test_pages_are_written_for_each_rulebook_and_for_all(folder: Path, tmp_path: Path) -> None:
    result = run("describe", folder, "--out", tmp_path / "pages")
    assert result.exit_code == 0, result.output
    assert names(tmp_path / "pages") == ["README.md", "manners.md"]
    assert "### Call no more than twice" in (tmp_path / "pages" / "manners.md").read_text()


def test_pages_beside_the_rulebooks_do_not_change_what_is_found_there(folder: Path) -> None:
    run("describe", folder, "--out", folder)
    before = {path.name: path.read_text() for path in folder.iterdir()}
    run("describe", folder, "--out", folder)
    assert {path.name: path.read_text() for path in folder.iterdir()} == before


@pytest.mark.parametrize("more", [("--table", "--rule", "call-back"), ("--table", "--out", "pages")])
def test_two_wishes_at_once_are_a_wrong_argument(folder: Path, more: tuple[str, ...]) -> None:
    result = run("describe", folder, *more)
    assert result.exit_code == 2
    assert "do not go together" in result.stderr
