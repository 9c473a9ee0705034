"""Replays rulebooks over a stream with a chosen engine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, assert_never

import pyarrow as pa

from touchrules.engines.columnar.engine import run_columnar
from touchrules.engines.columnar.work import Work
from touchrules.engines.columns import Column, Touch
from touchrules.engines.durable.engine import Engine, Results
from touchrules.engines.durable.outcome import outcome_of
from touchrules.engines.durable.supervisor import Supervisor
from touchrules.engines.outcome import Outcome
from touchrules.engines.plan import Plan, make_plan
from touchrules.engines.prepare import Values, prepare_columns, touches_of
from touchrules.engines.split import Part, split_plan
from touchrules.errors import DataError, Problem
from touchrules.language.fits import check_fields, check_types, stream_types
from touchrules.language.proof import with_excerpts
from touchrules.model.rules import Rulebook
from touchrules.replay.columns import Columns
from touchrules.replay.planreport import PlanReport, make_plan_report
from touchrules.replay.summary import Summary, summarise
from touchrules.replay.tables import make_expectations, make_facts, make_findings
from touchrules.streams.stream import Stream
from touchrules.streams.together import each_in_turn

EngineName = Literal["columnar", "durable"]

_TABLES: Final = ("findings", "expectations", "facts")
_MAX_WORKERS: Final = 4
_TOUCHES_A_WORKER: Final = 5_000

Progress = Callable[[str, int, int], None]
"""Called now and then with what is being done, how far it is and how far it goes. Raise to stop."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decision:
    """What an engine decided about a stream. `as_of`: microseconds; None where the stream is empty."""

    plan: Plan
    stream: Stream
    as_of: int | None
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What came out: three tables (language.md, section 12), and the summary.

    `decision`: what they were made of. `report`: where the time went, if that was asked for.
    """

    findings: pa.Table
    expectations: pa.Table
    facts: pa.Table
    summary: Summary
    decision: Decision
    report: PlanReport | None


def replay(
    rulebooks: Sequence[Rulebook],
    stream: Stream,
    *,
    as_of: int | None = None,
    engine: EngineName = "columnar",
    workers: int | None = None,
    report: bool = False,
    progress: Progress | None = None,
    notify: Callable[[str], None] | None = None,
) -> Replay:
    """Run rulebooks over a stream.

    `as_of`: microseconds since 1970 UTC, by default the last touch's `at`; later touches are left out.
    `workers`: how many processes share the rules, by default as many as are worth it. `report`: tell where
    the time went, for the columnar engine.
    `notify` is told of what should be known though it changes nothing, such as a worker started anew.
    Raises DataError where a rulebook does not fit the stream, EngineError where the engine cannot go on.
    """
    check_fit(rulebooks, stream)
    if as_of is not None:
        stream = stream.until(as_of)
    columns = Columns(stream)
    if as_of is None and len(stream):
        as_of = int(columns.at[-1])
    notices: list[str] = []

    def tell(notice: str) -> None:
        notices.append(notice)
        if notify is not None:
            notify(notice)

    plan = make_plan(rulebooks, stream.types, stream.timezone)
    work: list[Work] = []
    outcome = decide(
        *(plan, stream, as_of),
        engine=engine,
        workers=workers,
        progress=progress,
        notify=tell,
        tell_work=work.append if report else None,
    )
    decision = Decision(plan=plan, stream=stream, as_of=as_of, outcome=outcome)
    tables, seconds = _make_tables(rulebooks, decision, columns)
    return Replay(
        **tables,
        summary=summarise(rulebooks, outcome, columns, as_of=as_of, engine=engine, notices=tuple(notices)),
        decision=decision,
        report=make_plan_report(work[0] if work else (), seconds) if report else None,
    )


def _make_tables(
    rulebooks: Sequence[Rulebook], decision: Decision, columns: Columns
) -> tuple[dict[str, pa.Table], dict[str, float]]:
    """Return the tables of a replay by name, and how many seconds each took."""
    outcome = decision.outcome
    rules = {rule.id: (rule, book) for book in rulebooks for rule in book.rules}
    facts = {name: planned.fact for name, planned in decision.plan.facts.items()}
    makers: dict[str, Callable[[], pa.Table]] = {
        "facts": lambda: make_facts(outcome, facts, columns),  # often the longest, begun first
        "findings": lambda: make_findings(outcome, rules, columns),
        "expectations": lambda: make_expectations(outcome, rules, columns),
    }

    def make(name: str) -> tuple[str, pa.Table, float]:
        started = time.perf_counter()
        return name, makers[name](), time.perf_counter() - started

    made = sorted(
        each_in_turn(make, list(makers), len(decision.stream)), key=lambda one: _TABLES.index(one[0])
    )
    return {name: table for name, table, _ in made}, {name: seconds for name, _, seconds in made}


def decide(
    plan: Plan,
    stream: Stream,
    as_of: int | None,
    *,
    engine: EngineName,
    workers: int | None = None,
    progress: Progress | None = None,
    notify: Callable[[str], None] = lambda _: None,
    tell_work: Callable[[Work], None] | None = None,
) -> Outcome:
    """Return what an engine decides about a stream, none of whose touches is later than `as_of`.

    `as_of` is None only where the stream is empty. `tell_work` is told what the columnar engine did. The
    rest as in `replay`.
    """
    match engine:
        case "columnar":
            return run_columnar(plan, stream, as_of, progress, tell_work)
        case "durable":
            results = run_durable(plan, stream, as_of, workers=workers, progress=progress, notify=notify)
            return outcome_of(results, plan)
        case _:
            assert_never(engine)


def check_fit(rulebooks: Sequence[Rulebook], stream: Stream) -> None:
    """Raise DataError with all that rulebooks ask of a stream and that it has not."""
    problems = [*_check_names(rulebooks, stream)]
    if len(stream):
        types = stream_types(rulebooks, stream.types)
        problems += check_fields(rulebooks, types, stream.names)
        problems += check_types(rulebooks, types)
    if problems:
        raise DataError(with_excerpts(problems))


def _check_names(rulebooks: Sequence[Rulebook], stream: Stream) -> Iterator[Problem]:
    columns = set(stream.names)
    for book in rulebooks:
        for name in sorted(columns.intersection(book.signals)):
            yield Problem(
                context=f"rulebook {book.name}",
                place=book.signals[name].place,
                message=f'The touches have a column "{name}", which is a signal of this rulebook.',
                remedy="Rename the column by a mapping, or the signal in the rulebook.",
            )


def run_durable(
    plan: Plan,
    stream: Stream,
    as_of: int | None,
    *,
    observed: frozenset[object] = frozenset(),
    workers: int | None = None,
    progress: Progress | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Results:
    """Return all that durable_rules and what stands around it make of a stream.

    `observed`: the rows whose results tell why, from a single worker. `workers`: how many processes share
    the rules, by default as many as there are cores if the stream is long. An empty stream gives nothing.
    """
    if as_of is None or not len(stream):
        return Results()
    if workers is None:
        workers = 1 if observed else _count_workers(len(stream))
    parts = split_plan(plan, workers)
    layouts = [Engine(part.plan).columns for part in parts]
    every = list(dict.fromkeys(column for columns in layouts for column in columns))
    reading = None if progress is None else (lambda done, rows: progress("Reading texts", done, rows))
    values = dict(zip(every, prepare_columns(plan, every, stream, reading), strict=True))
    supervisors = [
        Supervisor(
            part.plan, _touches(stream, values, columns), len(stream), observed=observed, notify=notify
        )
        for part, columns in zip(parts, layouts, strict=True)
    ]
    gathered = Results()
    for part, done, results in _run_together(parts, [one.run(as_of) for one in supervisors]):
        _gather(gathered, part, results)
        if progress is not None:
            progress("Replaying touches", done, len(stream))
    return gathered


def _count_workers(touches: int) -> int:
    """Return how many workers are worth their start."""
    return max(1, min(os.cpu_count() or 1, _MAX_WORKERS, touches // _TOUCHES_A_WORKER))


def _touches(
    stream: Stream, values: Mapping[Column, Values], columns: Sequence[Column]
) -> Callable[[int, int], list[Touch]]:
    chosen = [values[column] for column in columns]
    return lambda start, stop: touches_of(stream, chosen, start, stop)


def _run_together(
    parts: Sequence[Part], runs: Sequence[Generator[tuple[int, Results]]]
) -> Iterator[tuple[Part, int, Results]]:
    """Yield what comes out of each part in turn; all workers are at work meanwhile, and end with us."""
    going = dict(zip(parts, runs, strict=True))
    done = dict.fromkeys(parts, 0)
    try:
        while going:
            for part, run in list(going.items()):
                step = next(run, None)
                if step is None:
                    del going[part]
                else:
                    done[part] = step[0]
                    yield part, min(done.values()), step[1]
    finally:
        for run in runs:
            run.close()


def _gather(into: Results, part: Part, results: Results) -> None:
    """Take in what belongs to a part."""
    into.findings += [one for one in results.findings if one.rule in part.rules]
    into.settled += [one for one in results.settled if one.rule in part.rules]
    into.periods += [one for one in results.periods if one.fact in part.facts]
    into.observations += results.observations
    into.looked.update({rule: count for rule, count in results.looked.items() if rule in part.rules})
