"""All that an engine remembers, in one file that is whole or refused."""

from __future__ import annotations

import io
import json
import pickle
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from touchrules import __version__
from touchrules.engines.durable.clock import Awaited
from touchrules.engines.durable.engine import Engine
from touchrules.engines.durable.facts import Standing
from touchrules.engines.durable.history import (
    LatestTouches,
    RunningSums,
    RunningValues,
    WindowSums,
    WindowValues,
)

# What memories are made of, and all that a file can make: nothing in it can name other code.
_MADE: Final[Mapping[tuple[str, str], Any]] = {
    ("collections", "Counter"): Counter,
    **{
        (made.__module__, made.__name__): made
        for made in (
            Awaited,
            Standing,
            RunningSums,
            RunningValues,
            WindowSums,
            WindowValues,
            LatestTouches,
        )
    },
}


class _Reader(pickle.Unpickler):
    """Makes memories and plain values, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return what memories are made of."""
        made = _MADE.get((module, name))
        if made is None:
            msg = f"{module}.{name} is no part of a snapshot"
            raise pickle.UnpicklingError(msg)
        return made


def write_snapshot(engine: Engine, path: Path) -> None:
    """Write what an engine remembers into a new file: a line of JSON that tells of it, then the memories."""
    memories = pickle.dumps(engine.dump(), protocol=5)
    told = {"touchrules": __version__, "plan": fingerprint(engine), "sha256": sha256(memories).hexdigest()}
    with path.open("xb") as file:
        file.write(json.dumps(told).encode() + b"\n")
        file.write(memories)


def read_snapshot(engine: Engine, path: Path) -> bool:
    """Let an engine remember what a file holds; return whether it is whole and of such an engine."""
    try:
        first, _, memories = path.read_bytes().partition(b"\n")
        told = json.loads(first)
    except (OSError, ValueError):
        return False
    wanted = {"touchrules": __version__, "plan": fingerprint(engine), "sha256": sha256(memories).hexdigest()}
    if told != wanted:
        return False
    try:
        engine.load(_Reader(io.BytesIO(memories)).load())
    except pickle.UnpicklingError:
        return False
    return True


def fingerprint(engine: Engine) -> str:
    """Return what is the same for two engines that can take up each other's memories."""
    return sha256(engine.shape.encode()).hexdigest()
