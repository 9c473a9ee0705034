"""The labextension that is committed is of this version, and names no place on the network."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from touchrules import __version__

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "file",
    ["labextension/package.json", "labextension/package-lock.json", "touchrules/labextension/package.json"],
)
def test_it_has_the_version_of_the_python_package(file: str) -> None:
    assert json.loads((ROOT / file).read_text())["version"] == __version__


@pytest.mark.parametrize("folder", ["labextension", "tests/production/node"])
def test_no_lock_file_names_a_host_of_packages(folder: str) -> None:
    assert '"resolved"' not in (ROOT / folder / "package-lock.json").read_text()


def test_its_colours_are_those_of_jupyterlab() -> None:
    style = (ROOT / "labextension" / "style" / "base.css").read_text()
    named = re.findall(r"(?:color|background|border|outline): (.*);", style)
    assert [
        value for value in named if "var(--jp-" not in value and value not in {"0", "none", "inherit"}
    ] == []
