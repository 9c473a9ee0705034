"""Replays rulebooks over a stream with a chosen engine."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pyarrow as pa

from touchrules.engines.columns import Column, Touch
from touchrules.engines.durable.engine import Engine, Results
from touchrules.engines.durable.supervisor import Supervisor
from touchrules.engines.plan import Plan, make_plan
from touchrules.engines.prepare import Values, prepare_columns, touches_of
from touchrules.engines.split import Part, split_plan
from touchrules.errors import DataError, Problem
from touchrules.language.fits import check_fields, check_types, stream_types
from touchrules.language.proof import with_excerpts
from touchrules.model.rules import Rulebook
from touchrules.replay.summary import Summary, summarise
from touchrules.replay.tables import make_expectations, make_facts, make_findings
from touchrules.streams.stream import Stream

EngineName = Literal["durable"]

_MAX_WORKERS: Final = 4
_TOUCHES_A_WORKER: Final = 5_000

Progress = Callable[[str, int, int], None]
"""Called now and then with what is being done, how far it is and how far it goes. Raise to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What came out: three tables (language.md, section 12), and the summary."""

    findings: pa.Table
    expectations: pa.Table
    facts: pa.Table
    summary: Summary


def replay(
    rulebooks: Sequence[Rulebook],
    stream: Stream,
    *,
    as_of: int | None = None,
    engine: EngineName = "durable",
    workers: int | None = None,
    progress: Progress | None = None,
    notify: Callable[[str], None] | None = None,
) -> Replay:
    """Run rulebooks over a stream.

    `as_of`: microseconds since 1970 UTC, by default the last touch's `at`; later touches are left out.
    `workers`: how many processes share the rules, by default as many as are worth it.
    `notify` is told of what should be known though it changes nothing, such as a worker started anew.
    Raises DataError where a rulebook does not fit the stream, EngineError where the engine cannot go on.
    """
    check_fit(rulebooks, stream)
    if as_of is not None:
        stream = stream.until(as_of)
    elif len(stream):
        as_of = stream.column("at")[-1]
    notices: list[str] = []

    def tell(notice: str) -> None:
        notices.append(notice)
        if notify is not None:
            notify(notice)

    plan = make_plan(rulebooks, stream.types, stream.timezone)
    results = run_durable(plan, stream, as_of, workers=workers, progress=progress, notify=tell)
    return _make_replay(rulebooks, stream, plan, results, as_of=as_of, engine=engine, notices=tuple(notices))


def _make_replay(
    rulebooks: Sequence[Rulebook],
    stream: Stream,
    plan: Plan,
    results: Results,
    *,
    as_of: int | None,
    engine: EngineName,
    notices: tuple[str, ...],
) -> Replay:
    rules = {rule.id: (rule, book) for book in rulebooks for rule in book.rules}
    facts = {name: planned.fact for name, planned in plan.facts.items()}
    findings = make_findings(results.findings, rules, stream)
    expectations = make_expectations(results.settled, rules, stream)
    summary = summarise(
        rulebooks,
        stream,
        findings=findings,
        expectations=expectations,
        looked=results.looked,
        found=Counter(one.rule for one in results.findings),
        as_of=as_of,
        engine=engine,
        notices=notices,
    )
    return Replay(
        findings=findings,
        expectations=expectations,
        facts=make_facts(results.periods, facts, stream),
        summary=summary,
    )


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
