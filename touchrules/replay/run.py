"""Replays rulebooks over a stream with a chosen engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from touchrules.engines.durable.engine import Engine, Results
from touchrules.engines.durable.supervisor import Supervisor
from touchrules.engines.plan import Plan, make_plan
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.errors import DataError, Problem
from touchrules.language.fits import check_fields, check_types, stream_types
from touchrules.language.proof import with_excerpts
from touchrules.model.rules import Rulebook
from touchrules.replay.summary import Summary, summarise
from touchrules.replay.tables import make_expectations, make_facts, make_findings
from touchrules.streams.stream import Stream

EngineName = Literal["durable"]

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
    progress: Progress | None = None,
    notify: Callable[[str], None] | None = None,
) -> Replay:
    """Run rulebooks over a stream.

    `as_of`: microseconds since 1970 UTC, by default the last touch's `at`; later touches are left out.
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
    results = run_durable(plan, stream, as_of, progress=progress, notify=tell)
    rules = {rule.id: (rule, book) for book in rulebooks for rule in book.rules}
    facts = {name: planned.fact for name, planned in plan.facts.items()}
    findings = make_findings(results.findings, rules, stream)
    expectations = make_expectations(results.settled, rules, stream)
    return Replay(
        findings=findings,
        expectations=expectations,
        facts=make_facts(results.periods, facts, stream),
        summary=summarise(
            rulebooks,
            stream,
            findings=findings,
            expectations=expectations,
            looked=results.looked,
            found=Counter(one.rule for one in results.findings),
            as_of=as_of,
            engine=engine,
            notices=tuple(notices),
        ),
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
    progress: Progress | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Results:
    """Return all that durable_rules and what stands around it make of a stream.

    `observed`: the rows whose results tell why. An empty stream gives nothing.
    """
    if as_of is None or not len(stream):
        return Results()
    layout = Engine(plan).columns
    reading = None if progress is None else (lambda done, rows: progress("Reading texts", done, rows))
    columns = prepare_columns(plan, layout, stream, reading)
    supervisor = Supervisor(
        plan,
        lambda start, stop: touches_of(stream, columns, start, stop),
        len(stream),
        observed=observed,
        notify=notify,
    )
    gathered = Results()
    for done, results in supervisor.run(as_of):
        _gather(gathered, results)
        if progress is not None:
            progress("Replaying touches", done, len(stream))
    return gathered


def _gather(into: Results, results: Results) -> None:
    into.findings += results.findings
    into.settled += results.settled
    into.periods += results.periods
    into.observations += results.observations
    into.looked.update(results.looked)
