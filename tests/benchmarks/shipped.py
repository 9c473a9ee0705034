"""All shipped rulebooks over one file of touches: `python -m tests.benchmarks.shipped WORK FILE NUMBER`.

WORK is `decide` (in memory, texts read, NUMBER runs), `whole` (from the file to written findings) or `tune`
(every NUMBER-th parameter turned once). Tells what each part took.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from tests.benchmarks.alone import Took, peak_megabytes, tell, timed
from tests.benchmarks.demotouches import RULEBOOKS
from touchrules.engines.columnar.builder import Builder
from touchrules.engines.columnar.engine import LONG, THREADS, evaluate_plan, prepare_plan, wanted_of
from touchrules.engines.columnar.evaluator import Evaluator
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.rules import PlanNodes
from touchrules.engines.columnar.session import Session
from touchrules.engines.columnar.store import ColumnStore
from touchrules.engines.columnar.work import SORTS, Piece, gather_work
from touchrules.engines.columns import SignalColumn
from touchrules.engines.plan import Plan, make_plan
from touchrules.errors import ArgumentError, RulebookError
from touchrules.language.fits import declared_types
from touchrules.language.load import RulebookTexts, load_rulebooks, read_sources
from touchrules.language.parameters import write_value
from touchrules.model.durations import MINUTE
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rulebook
from touchrules.replay.run import replay
from touchrules.replay.writing import write_replay
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream

SORTS_OF_PARAMETERS: Final = {
    "integer": "threshold",
    "number": "threshold",
    "time_of_day": "threshold",
    "duration": "window",
}
_DEAREST: Final = 12


def read(path: Path, rulebooks: Sequence[Rulebook]) -> Stream:
    """Read touches with the fields that the rulebooks declare."""
    return read_touches(path, declared=declared_types(rulebooks)).stream


def decide(path: Path, runs: int) -> None:
    """Decide all rules again and again; the signals are worked out once, before."""
    books = load_rulebooks([RULEBOOKS])
    stream = read(path, books)
    plan = make_plan(books, stream.types, stream.timezone)
    first = ColumnStore(stream, plan.signals)
    signals = [SignalColumn(name) for name in plan.signals]
    _, reading = timed(lambda: first.prepare(signals))
    made = [_decide_once(plan, stream, first, signals) for _ in range(runs)]
    pieces, found, parts = min(made, key=lambda one: sum(part.cpu for part in one[2].values()))
    sorts = Counter[str]()
    for piece in pieces:
        sorts[piece.sort] += piece.seconds
    dearest = sorted(pieces, key=lambda piece: -piece.seconds)[:_DEAREST]
    tell(
        {
            "touches": len(stream),
            "rules": len(plan.rules),
            "findings": found,
            "signals": reading,
            "parts": parts,
            "sorts": sorts.most_common(),
            "dearest": [(piece.seconds, piece.sort, piece.label) for piece in dearest],
            "peak": peak_megabytes(),
        }
    )


def _decide_once(
    plan: Plan, stream: Stream, ready: ColumnStore, signals: Sequence[SignalColumn]
) -> tuple[Sequence[Piece], int, dict[str, Took]]:
    """Decide as `run_columnar` does, with the signals of another store."""
    store, sorting = timed(lambda: ColumnStore(stream, plan.signals))
    store._made.update((ready.content(column), ready.column(column)) for column in signals)
    graph = Graph()
    evaluator = Evaluator(graph, threads=min(THREADS, os.cpu_count() or 1) if len(stream) >= LONG else 1)
    nodes, building = timed(lambda: PlanNodes(Builder(graph, store, plan), _last(stream)))
    _, columns = timed(lambda: prepare_plan(nodes))
    outcome, rules = timed(lambda: evaluate_plan(nodes, evaluator))
    pieces = gather_work(nodes, wanted_of(nodes), evaluator.seconds, sorting.wall)
    parts = {
        "touches of a contact side by side": sorting,
        "the plan as a graph": building,
        "columns": columns,
        "rules": rules,
    }
    return pieces, sum(len(found.rows) for found in outcome.findings.values()), parts


def _last(stream: Stream) -> int:
    at: int = stream.table.column("at").cast(pa.int64())[-1].as_py()
    return at


def whole(path: Path, _: int) -> None:
    """Go from the file to written tables, once."""
    books = load_rulebooks([RULEBOOKS])
    with tempfile.TemporaryDirectory() as folder:
        stream, reading = timed(lambda: read(path, books))
        done, replaying = timed(lambda: replay(books, stream, report=True))
        _, writing = timed(lambda: write_replay(done, folder))
    sorts = {one.sort: one.seconds for one in done.report.sorts} if done.report else {}
    tell(
        {
            "touches": len(stream),
            "findings": len(done.findings),
            "parts": {"reading": reading, "replaying": replaying, "writing": writing},
            "sorts": sorts,
            "peak": peak_megabytes(),
        }
    )


def tune(path: Path, every: int) -> None:
    """Turn every so-manieth parameter once; between two of them all stand at their defaults."""
    texts = RulebookTexts(read_sources([RULEBOOKS]))
    books = texts.make()
    stream = read(path, books)
    session = Session(stream)
    base = make_plan(books, stream.types, stream.timezone)
    _, first = timed(lambda: session.decide(base))
    turned = []
    parameters = [(book.name, parameter) for book in books for parameter in book.parameters.values()]
    for book, parameter in parameters[::every]:
        name = f"{book}.{parameter.name}"
        changed = _turn(texts, name, parameter)
        if changed is not None:
            told = _time_turn(texts, session, base, changed)
            turned.append(
                {"name": name, "sort": SORTS_OF_PARAMETERS.get(parameter.type, parameter.type), **told}
            )
    tell({"touches": len(stream), "first": first, "turned": turned, "peak": peak_megabytes()})


def _time_turn(
    texts: RulebookTexts, session: Session, base: Plan, settings: dict[str, Any]
) -> dict[str, Any]:
    """Time one change: the rulebooks made anew, then decided, then the way back."""
    stream = session.stream
    plan, making = timed(lambda: make_plan(texts.make(settings), stream.types, stream.timezone))
    session._evaluator.seconds.clear()
    _, deciding = timed(lambda: session.decide(plan))
    sorts = Counter[str]()
    for number, seconds in session._evaluator.seconds.items():
        operation = session._graph.nodes[number].operation
        sorts[SORTS.get(operation, operation)] += seconds
    _, back = timed(lambda: session.decide(base))
    return {"making": making, "deciding": deciding, "back": back, "sorts": sorts}


def _turn(texts: RulebookTexts, name: str, parameter: Parameter) -> dict[str, Any] | None:
    """Return a setting one step away with which the rulebooks can be loaded; None: there is none."""
    for value in _steps(parameter):
        try:
            texts.make({name: value})
        except (RulebookError, ArgumentError):
            continue
        texts.make()
        return {name: value}
    return None


def _steps(parameter: Parameter) -> Iterator[Any]:
    value = parameter.value
    if parameter.type == "boolean":
        yield not value
    elif parameter.type == "choice":
        yield from (option for option in parameter.options if option != value)
    elif isinstance(value, tuple):
        yield from [value[:-1]] if value else []
    elif isinstance(value, int | float):
        step = parameter.step or (15 * MINUTE if parameter.type == "time_of_day" else 1)
        for other in (value + step, value - step):
            rounded = other if isinstance(other, int) else round(other, 9)
            timely = parameter.type in {"duration", "time_of_day"}
            yield write_value(parameter.type, rounded) if timely else rounded


if __name__ == "__main__":
    work, file, number = sys.argv[1:]
    {"decide": decide, "whole": whole, "tune": tune}[work](Path(file), int(number))
