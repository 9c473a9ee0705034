"""Touches as lines, bundles to run, and what was told as the rows of a replay."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.model.touches import DERIVED_FIELDS
from touchrules.replay.run import replay
from touchrules.streams.demo.files import write_touches
from touchrules.streams.instants import read_instant, write_instant
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream

ROOT = Path(__file__).parents[3]
TABLES = ("findings", "expectations", "facts")
TIMES = ("at", "since", "until", "opened_at", "after", "by", "settled_at")


def export(rulebooks: Sequence[Path], folder: Path, *more: str) -> Path:
    """An unsigned bundle of rulebooks."""
    out = folder / "manners.touchrules"
    command = [sys.executable, "-m", "touchrules", "export", *rulebooks, "--unsigned", "--allow-untested"]
    subprocess.run([*command, *more, "--out", out], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return out


def demo_lines(touches: int, seed: int = 7) -> tuple[dict[str, str], Stream]:
    """The touches of a made-up year, as lines by their ids in the order of the stream, and as the stream."""
    declared = declared_types(load_rulebooks([str(ROOT / "rulebooks")]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "touches.csv.gz"
        write_touches(path, touches, seed)
        stream = read_touches(path, declared=declared).stream
    return lines_of(stream), stream


def lines_of(stream: Stream) -> dict[str, str]:
    """The touches of a stream as lines, by their ids."""
    names = [name for name in stream.names if name not in DERIVED_FIELDS]
    times = {name for name in names if stream.types[name] == "timestamp"}
    lines = {}
    for row in stream.rows(names):
        touch = {
            name: write_instant(value) if name in times else value
            for name, value in zip(names, row, strict=True)
            if value is not None
        }
        lines[touch["touch_id"]] = json.dumps(touch) + "\n"
    return lines


def rows_of_replay(rulebooks: Sequence[Path], stream: Stream) -> dict[str, list[dict[str, Any]]]:
    """The rows of a replay of a stream, with times as texts."""
    came = replay(load_rulebooks([str(one) for one in rulebooks]), stream)
    return {name: [_plain(row) for row in getattr(came, name).to_pylist()] for name in TABLES}


def rows_of_answers(answers: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a replay, put together from all that was told."""
    found: list[dict[str, Any]] = []
    expected: dict[tuple[str, ...], dict[str, Any]] = {}
    stood: dict[tuple[str, ...], dict[str, Any]] = {}
    for answer in answers:
        found += answer["findings"]
        for one in answer["expectations"]:
            known = expected.get((one["rule"], one["touch_id"]))
            if known is None or known["status"] == "open":
                expected[one["rule"], one["touch_id"]] = one
        for one in answer["facts"]:
            key = (one["fact"], one["key"], one["since"], one["touch_id"])
            if key not in stood or one["change"] == "ended":
                stood[key] = one
    facts = [{name: value for name, value in one.items() if name != "change"} for one in stood.values()]
    return {
        "findings": sorted(found, key=lambda one: (_time(one["at"]), one["touch_id"], one["rule"])),
        "expectations": sorted(
            expected.values(), key=lambda one: (_time(one["opened_at"]), one["touch_id"], one["rule"])
        ),
        "facts": sorted(
            facts, key=lambda one: (one["fact"], one["key"], _time(one["since"]), one["touch_id"])
        ),
    }


def _time(text: str) -> int:
    instant = read_instant(text, "UTC")
    assert instant is not None
    return instant


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: write_instant(_time(value.isoformat())) if name in TIMES and value is not None else value
        for name, value in row.items()
    }
