"""A JupyterLab server with a folder of rulebooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("jupyterlab", reason="the server's answers need jupyterlab")

from tests.browser.labserver import LabServer

BOOK = """\
rulebook: own
language: 1
title: Our own
facts:
  known: {about: We have met, from: {kind: meeting}}
rules:
  - id: own-calls
    title: No calls to strangers
    severity: low
    when: {kind: call}
    unless: known
"""
OTHER = """\
rulebook: other
language: 1
rules:
  - id: other-calls
    title: No mails to strangers
    severity: high
    report: false
    when: {kind: email}
    unless: known
"""


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the server shows, and beside it one that it does not."""
    folder = tmp_path_factory.mktemp("work") / "shown"
    for path, text in {
        "own/own.rulebook.yaml": BOOK,
        "own/other.rulebook.yaml": OTHER,
        "own/deeper/same.rulebook.yaml": BOOK,
        "wrong/wrong.rulebook.yaml": "rulebook: [",
        "wrong/good.rulebook.yaml": BOOK.replace("own", "good"),
        "../hidden/hidden.rulebook.yaml": BOOK,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / "latin").mkdir()
    (folder / "latin" / "latin.rulebook.yaml").write_bytes("rulebook: für\n".encode("latin-1"))
    return folder


@pytest.fixture(scope="session")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    program = ("jupyterlab", "--no-browser", f"--ServerApp.root_dir={root}")
    server = LabServer(program, tmp_path_factory.mktemp("home"))
    yield server
    server.stop()
