"""Touches a second of `touchrules run`, how long a planned touch is judged, and what memory stays in use.

Run: `python -m tests.benchmarks.bench_live [TOUCHES]`. Lines come in and answers go out as on the command
line, written down for good every hundred lines. The peer is the durable engine in a replay of the same
touches, with one worker. Memory is that of the worker, and what the engine's own process holds more than at
the start: after each fifth of the touches of 20,000 contacts, and after as many touches again as a fifth, of
40 contacts, while all others are quiet.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.alone import print_table
from tests.benchmarks.bench_durable import ROOT, measure, resident_megabytes
from tests.engines.streams import busy_stream
from tests.production.live.sending import demo_lines, lines_of
from touchrules.language.load import load_rulebooks
from touchrules.model.durations import DAY, MINUTE
from touchrules.model.rules import Rulebook
from touchrules.production import LiveEngine
from touchrules.production.live.conversation import Conversation, write_line
from touchrules.streams.instants import write_instant
from touchrules.streams.stream import Stream

CONTACTS: Final = 20_000
QUIET_CONTACTS: Final = 40
HISTORY: Final = 200
CHECKS: Final = 1_000
AT_ONCE: Final = 100
PEER: Final = 20_000
COLUMNS: Final = (
    "rulebooks",
    "rules",
    "touches",
    "touches a second",
    "in a replay",
    "ratio",
    "check p50, ms",
    "check p99, ms",
    "memory by fifths, MB",
    "others quiet, MB",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Touches a second; seconds of each check; megabytes after each fifth, and when most are quiet."""

    speed: float
    checks: list[float]
    memory: list[float]
    quiet: float


def measure_live(rulebooks: Sequence[Rulebook], stream: Stream) -> Measured:
    """Send all touches of a stream, then judge touches of one contact with much history."""
    lines = list(lines_of(stream).values())
    fifth = -(-len(lines) // 5)
    few = later(busy_stream(fifth, 2, QUIET_CONTACTS), stream.column("at")[-1])
    quiet_lines = list(lines_of(few).values())
    with tempfile.TemporaryDirectory() as folder, LiveEngine(rulebooks, bundle="b", state=folder) as engine:
        base = resident_megabytes(os.getpid())
        seconds, memory = 0.0, []
        for start in range(0, len(lines), fifth):
            seconds += send(engine, lines[start : start + fifth])
            memory.append(held(engine, base))
        send(engine, quiet_lines)
        quiet = held(engine, base)
        checks = judge(engine, few.column("at")[-1] + DAY)
    return Measured(speed=len(lines) / seconds, checks=checks, memory=memory, quiet=quiet)


def send(engine: LiveEngine, lines: Sequence[str]) -> float:
    """Have lines answered, and return how many seconds that took."""
    conversation = Conversation(engine)
    started = time.perf_counter()
    for start in range(0, len(lines), AT_ONCE):
        "".join(map(write_line, conversation.answer(lines[start : start + AT_ONCE])))
    if conversation.refused:
        raise SystemExit(f"{conversation.refused} lines were refused.")
    return time.perf_counter() - started


def judge(engine: LiveEngine, start: int) -> list[float]:
    """Give one contact much history, and return how many seconds each judgement of a planned touch took."""
    touch = {"contact_id": "watched", "account_id": "a1", "rep_id": "r1", "direction": "outbound"}
    touch |= {"outcome": "no_answer", "text": "Hello, this is Ann. Are you well?"}
    for number in range(HISTORY):
        kind = ("call", "voicemail", "email")[number % 3]
        at = write_instant(start + number * 7 * MINUTE)
        engine.record({**touch, "touch_id": f"w{number}", "at": at, "kind": kind})
    planned = {**touch, "at": write_instant(start + HISTORY * 7 * MINUTE), "kind": "call"}
    seconds = []
    for _ in range(CHECKS):
        started = time.perf_counter()
        engine.check(planned)
        seconds.append(time.perf_counter() - started)
    return seconds


def held(engine: LiveEngine, base: float) -> float:
    """The megabytes of the worker, and those of this process beyond what it held at the start."""
    return resident_megabytes(os.getpid()) - base + resident_megabytes(engine._judge.worker.pid)


def later(stream: Stream, last: int) -> Stream:
    """The same touches after an instant, with other names."""
    from touchrules.streams.records import read_records

    names = [name for name in stream.names if name not in {"local_hour", "weekday", "local_date"}]
    first = stream.column("at")[0]
    records = [dict(zip(names, row, strict=True)) for row in stream.rows(names)]
    for one in records:
        one["at"] = write_instant(one["at"] - first + last + MINUTE)
        one["touch_id"] = f"later-{one['touch_id']}"
    return read_records(records)


def rows(touches: int) -> Iterator[list[str]]:
    """The rows of the table."""
    few = [ROOT / f"rulebooks/{name}.rulebook.yaml" for name in ("relationship", "voicemail")]
    busy = busy_stream(touches, contacts=CONTACTS)
    _, demo = demo_lines(max(1_000, touches // 10))
    for name, paths, stream in (("voicemail", few, busy), ("all shipped", [ROOT / "rulebooks"], demo)):
        rulebooks = load_rulebooks([str(path) for path in paths])
        came = measure_live(rulebooks, stream)
        peer, _, _ = measure(rulebooks, Stream(table=stream.table.slice(0, PEER), timezone=stream.timezone))
        percent = statistics.quantiles(came.checks, n=100)
        yield [
            name,
            f"{sum(rule.enabled for book in rulebooks for rule in book.rules)}",
            f"{len(stream):,}",
            f"{came.speed:,.0f}",
            f"{peer:,.0f}",
            f"{came.speed / peer:.2f}",
            f"{1_000 * percent[49]:.1f}",
            f"{1_000 * percent[98]:.1f}",
            " ".join(f"{megabytes:.0f}" for megabytes in came.memory),
            f"{came.quiet:.0f}",
        ]


def main(touches: int) -> None:
    """Print the table."""
    print_table(COLUMNS, list(rows(touches)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
