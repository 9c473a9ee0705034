"""The engine of the manners, opened again and again on one folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines.streams import manners
from tests.production.live.manners import Open
from touchrules.production import LiveEngine


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens the engine of the manners; each time the one before is closed."""
    engines: list[LiveEngine] = []

    def open_one(**how: Any) -> LiveEngine:
        while engines:
            engines.pop().close()
        engines.append(LiveEngine([manners()], bundle="b", **{"state": tmp_path / "state", **how}))
        return engines[-1]

    yield open_one
    for engine in engines:
        engine.close()
