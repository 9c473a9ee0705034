"""Reading a text as if it were a file of touches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from touchrules.streams.reader import Reading, read_touches

Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A function from the text or bytes of one file to what is read of it."""

    def read_one(content: str | bytes, name: str = "touches.csv", **options: Any) -> Reading:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_touches(path, **options)

    return read_one
