"""Runs the Node.js host beside this file on touches as plain values."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from touchrules.engines.columns import Column, FieldColumn, SignalColumn
from touchrules.engines.plan import Plan
from touchrules.engines.prepare import prepare_columns
from touchrules.streams.stream import Stream

NODE: Final = Path(__file__).parent / "node"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One touch that a rule finds; `opens`: it opens an expectation."""

    touch_id: str
    rule: str
    report: bool
    opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the host printed: the rules that it decides, and what they find."""

    decides: frozenset[str]
    finds: tuple[Find, ...]


def find_durable() -> Path | None:
    """Return the built package `durable`: TOUCHRULES_NODE_DURABLE, or the one beside the host."""
    told = os.environ.get("TOUCHRULES_NODE_DURABLE")
    durable = Path(told) if told else NODE / "node_modules" / "durable"
    return durable if (durable / "build/Release/rulesjs.node").is_file() else None


def why_not() -> str | None:
    """Return why the host cannot run here; None where it can."""
    if shutil.which("node") is None:
        return "Node.js is not installed"
    if find_durable() is None:
        return "the package durable is not built: run `npm ci --prefix tests/production/node`"
    return None


def run_host(
    folder: Path, rulesets: Mapping[str, Any], touches: Sequence[Mapping[str, Any]], *options: str
) -> Said:
    """Run the host over touches, in a folder for its files."""
    (folder / "rulesets.json").write_text(json.dumps(rulesets, sort_keys=True, indent=2))
    (folder / "touches.jsonl").write_text("".join(json.dumps(touch) + "\n" for touch in touches))
    files = [NODE / "host.mjs", find_durable(), folder / "rulesets.json", folder / "touches.jsonl"]
    done = subprocess.run(
        ["node", *map(str, files), *options], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    first, *lines = map(json.loads, done.stdout.splitlines())
    return Said(decides=frozenset(first["decides"]), finds=tuple(Find(**line) for line in lines))


def write_touches(plan: Plan, columns: Sequence[Column], stream: Stream) -> list[dict[str, Any]]:
    """Return touches as a host takes them: what is present, signals and local times worked out."""
    fields = [one for one in columns if isinstance(one, FieldColumn | SignalColumn)]
    values = prepare_columns(plan, fields, stream)
    first = zip(stream.column("touch_id"), stream.column("at"), strict=True)
    return [
        {"touch_id": touch_id, "at": _write_instant(at), **dict(_present(fields, row))}
        for (touch_id, at), row in zip(first, zip(*values, strict=True), strict=True)
    ]


def _present(fields: Sequence[FieldColumn | SignalColumn], row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for field, value in zip(fields, row, strict=True):
        if value is not None:
            yield field.name, value


def _write_instant(at: int) -> str:
    instant = EPOCH + timedelta(microseconds=at)
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")
