"""Touches a second of the durable engine, and the memory of its worker as the touches go on.

Run: `python -m tests.benchmarks.bench_durable [TOUCHES]`. The peer is durable_rules by itself: a touch
asserted, its rules fired and its memory deleted, with no history, no facts and no messages.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.engines.streams import busy_stream
from touchrules.engines.durable.engine import Engine
from touchrules.engines.durable.host import Network
from touchrules.engines.durable.supervisor import Supervisor
from touchrules.engines.durable.tokenconditions import StageView
from touchrules.engines.plan import Plan, make_plan
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.language.load import load_rulebooks, parse_rulebook
from touchrules.model.rules import Rulebook
from touchrules.streams.stream import Stream

ROOT = Path(__file__).parents[2]
CONTACTS = 2_000
PEER_TOUCHES = 5_000


def synthetic_rules(count: int = 60) -> Rulebook:
    """So many rules over counts, gaps, facts and chains, in equal parts."""
    rules = [_synthetic_rule(number) for number in range(count)]
    book = {
        "rulebook": "synthetic",
        "language": 1,
        "facts": {"known": {"from": {"outcome": "connected"}, "for": "90d"}},
        "rules": rules,
    }
    return parse_rulebook(json.dumps(book))


def _synthetic_rule(number: int) -> dict[str, object]:
    kind = ("call", "voicemail", "email")[number % 3]
    rule: dict[str, object] = {
        "id": f"rule-{number}",
        "title": f"Rule {number}",
        "severity": "low",
        "when": {"kind": kind, "direction": "outbound"},
    }
    match number % 4:
        case 0:
            rule["where"] = [{"count": {"kind": kind}, "within": f"{number + 1}d", "at_least": 3}]
        case 1:
            rule["unless"] = "known"
        case 2:
            rule["where"] = [{"gap": {"kind": kind}, "less_than": f"{number + 1}h"}]
        case _:
            rule["when"] = {"found": f"rule-{number - 1}"}
    return rule


def resident_megabytes(pid: int) -> float:
    """What a process holds in memory, on Linux."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def supervise(plan: Plan, stream: Stream) -> Supervisor:
    """A supervisor with all columns made ready."""
    columns = prepare_columns(plan, Engine(plan).columns, stream)
    return Supervisor(plan, lambda start, stop: touches_of(stream, columns, start, stop), len(stream))


def measure(rulebooks: Sequence[Rulebook], stream: Stream) -> tuple[float, int, list[tuple[int, float]]]:
    """Touches a second, findings, and the worker's memory after each tenth of the touches."""
    supervisor = supervise(make_plan(rulebooks, stream.types), stream)
    memory: list[tuple[int, float]] = []
    found = 0
    start = time.perf_counter()
    for done, results in supervisor.run(stream.column("at")[-1]):
        found += len(results.findings)
        if done >= (len(memory) + 1) * len(stream) / 10 and done < len(stream):
            memory.append((done, resident_megabytes(supervisor.worker.pid)))
    return len(stream) / (time.perf_counter() - start), found, memory


def measure_peer(rulebooks: Sequence[Rulebook], stream: Stream) -> float:
    """Touches a second of the rulesets alone, in this process."""
    plan = make_plan(rulebooks, stream.types)
    engine = Engine(plan)
    network = Network(engine.rulesets)
    columns = prepare_columns(plan, engine.columns, stream)
    touches = touches_of(stream, columns, 0, PEER_TOUCHES)
    answers = [1.0] * 1_000
    start = time.perf_counter()
    for touch in touches:
        touch[0] = set()
        view = StageView(touch, list(answers), lambda _: False)
        for position, ruleset in enumerate(engine.rulesets):
            network.open(position, touch, view.holds)
            for stage in ruleset.write_token:
                network.decide(position, stage, view)
            network.close(position)
    return len(touches) / (time.perf_counter() - start)


def table(touches: int) -> Iterator[str]:
    """The lines of the table."""
    stream = busy_stream(touches, contacts=CONTACTS)
    yield "| rules | touches | findings | touches a second | rulesets alone | ratio | memory, MB, by tenths |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    names = ("relationship", "voicemail")
    paths = [ROOT / f"rulebooks/{name}.rulebook.yaml" for name in names]
    books = {"voicemail": load_rulebooks(paths)}
    books["60 synthetic"] = (synthetic_rules(),)
    for name, rulebooks in books.items():
        peer = measure_peer(rulebooks, stream)
        speed, found, memory = measure(rulebooks, stream)
        held = " ".join(f"{megabytes:.0f}" for _, megabytes in memory)
        speeds = f"{speed:,.0f} | {peer:,.0f} | {speed / peer:.2f}"
        yield f"| {name} | {touches:,} | {found:,} | {speeds} | {held} |"


if __name__ == "__main__":
    for line in table(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000):
        print(line)
