"""The table of findings, saved as it is shown."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from touchrules.studio import Studio
from touchrules.studio.views.findings import FindingsPanel


@pytest.fixture
def panel(app: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FindingsPanel:
    """The table, in a folder of its own."""
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    app._show("Findings")
    return app._findings


def said(panel: FindingsPanel) -> str:
    """What the bar on top says."""
    return str(panel._desk.words._status.value)


def saved(name: str) -> list[tuple[str, str]]:
    """The touches and rules in a file."""
    with Path(name).open(newline="") as file:
        return [(row["touch_id"], row["rule"]) for row in csv.DictReader(file)]


def test_what_is_saved_is_what_is_shown_in_its_order(panel: FindingsPanel) -> None:
    panel.table.query = "too-many"
    panel.table.sort = {"column": "at", "descending": True}
    assert "error" not in panel.table.answer({"save": True})
    assert saved("findings.csv") == [(touch, "too-many-calls") for touch in ("a5", "a4", "a3", "b3")]
    assert "Saved 4 findings as" in said(panel)


def test_no_file_is_written_over(panel: FindingsPanel) -> None:
    Path("findings.csv").write_text("somebody else's")
    panel.table.answer({"save": True})
    assert f"{Path('findings-2.csv').absolute()}." in said(panel)
    panel.table.query = "just"
    panel.table.answer({"save": True})
    assert Path("findings.csv").read_text() == "somebody else's"
    assert (len(saved("findings-2.csv")), len(saved("findings-3.csv"))) == (6, 0)


def test_what_cannot_be_saved_says_why(panel: FindingsPanel) -> None:
    Path.cwd().rmdir()
    assert "cannot be written" in panel.table.answer({"save": True})["error"]
    assert "Saved" not in said(panel)
