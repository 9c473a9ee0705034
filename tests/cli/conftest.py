"""A small rulebook and a small file of touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import RULEBOOK, TOUCHES, write


@pytest.fixture
def rulebook(tmp_path: Path) -> Path:
    return write(tmp_path / "manners.rulebook.yaml", RULEBOOK)


@pytest.fixture
def touches(tmp_path: Path) -> Path:
    return write(tmp_path / "touches.csv", TOUCHES)
