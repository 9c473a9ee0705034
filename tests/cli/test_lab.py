"""`touchrules lab`: what JupyterLab is started with, and what is wrong before it starts."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import run
from touchrules.cli.lab import make_environment

# Prints the extensions that a server would load, as it finds them out itself.
ENABLED = """
from jupyter_core.paths import jupyter_config_path
from jupyter_server.extension.config import ExtensionConfigManager
found = ExtensionConfigManager(read_config_path=jupyter_config_path()).get_jpserver_extensions()
print(*(name for name, enabled in found.items() if enabled))
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What the process became. It cannot become another one here, for it is that of the tests."""
    pytest.importorskip("jupyterlab")
    monkeypatch.setenv("TOUCHRULES_CACHE", "")
    calls: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda path, words, environment: calls.append((words, environment)))
    return calls


def test_a_folder_with_the_shipped_rulebooks_is_made_where_there_is_none(
    started: list[tuple[list[str], dict[str, str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("lab", "--no-browser")
    [(words, environment)] = started
    folder = tmp_path / "touchrules-rulebooks"
    assert len(list(folder.glob("*.rulebook.yaml"))) == 8
    assert (folder / "health.yaml").is_file()
    assert words[2:] == ["jupyterlab", f"--ServerApp.root_dir={folder}", "--no-browser"]
    assert environment["TOUCHRULES_RULEBOOKS"] == str(folder)


def test_a_folder_that_is_there_is_left_as_it_is(
    started: list[tuple[list[str], dict[str, str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "touchrules-rulebooks").mkdir()
    run("lab")
    assert list((tmp_path / "touchrules-rulebooks").iterdir()) == []


def test_arguments_after_two_dashes_are_those_of_jupyterlab(
    started: list[tuple[list[str], dict[str, str]]], tmp_path: Path
) -> None:
    run("lab", "--rulebooks", str(tmp_path), "--", "--ServerApp.port=9000")
    assert started[0][0][-1] == "--ServerApp.port=9000"


def test_the_kernel_is_told_where_the_touches_are(tmp_path: Path) -> None:
    environment = make_environment({}, tmp_path, tmp_path / "touches.csv")
    assert environment["TOUCHRULES_TOUCHES"] == str(tmp_path / "touches.csv")


def test_the_server_answers_about_rulebooks(tmp_path: Path) -> None:
    pytest.importorskip("jupyterlab")
    environment = make_environment({**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path)}, tmp_path, None)
    ran = subprocess.run(
        [sys.executable, "-c", ENABLED], env=environment, capture_output=True, text=True, check=True
    )
    assert "touchrules.server" in ran.stdout.split()


def test_a_file_of_touches_that_is_not_there_is_told(tmp_path: Path) -> None:
    pytest.importorskip("jupyterlab")
    result = run("lab", "--data", str(tmp_path / "none.csv"))
    assert (result.exit_code, "--data: there is no file" in result.stderr) == (2, True)


def test_a_folder_of_rulebooks_that_is_not_there_is_told(tmp_path: Path) -> None:
    pytest.importorskip("jupyterlab")
    result = run("lab", "--rulebooks", str(tmp_path / "none"))
    assert (result.exit_code, "--rulebooks: there is no folder" in result.stderr) == (2, True)


def test_without_jupyterlab_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    result = run("lab")
    assert (result.exit_code, "pip install 'touchrules[lab]'" in result.stderr) == (2, True)
