"""The columnar engine: all touches of a stream decided at once, rule by rule instead of touch by touch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import numpy as np

from touchrules.engines.columnar.builder import Builder
from touchrules.engines.columnar.evaluator import Evaluator
from touchrules.engines.columnar.expectations import BROKEN, Settled
from touchrules.engines.columnar.facts import Periods, find_periods
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.masks import Rows
from touchrules.engines.columnar.rules import PlanNodes
from touchrules.engines.columnar.store import ColumnStore
from touchrules.engines.columnar.work import Wanted, Work, gather_work
from touchrules.engines.outcome import FactPeriods, LazyFindings, Outcome, RuleExpectations, RuleFindings
from touchrules.engines.plan import Plan
from touchrules.streams.stream import Stream

Progress = Callable[[str, int, int], None]
"""Called now and then with what is being done, how far it is and how far it goes. Raise to stop."""

LONG: Final = 200_000
"""From so many touches on two nodes are worked out at a time."""
THREADS: Final = 2
"""How many nodes are worked out at a time on long streams."""


def run_columnar(
    plan: Plan,
    stream: Stream,
    as_of: int | None,
    progress: Progress | None = None,
    tell_work: Callable[[Work], None] | None = None,
) -> Outcome:
    """Return all that a plan finds in a stream. `as_of`: microseconds; no touch is later.

    An empty stream gives nothing. `tell_work` is told in the end which work was done, and how long it took.
    """
    if as_of is None or not len(stream):
        return Outcome(findings={}, expectations={}, periods={}, looked={})
    started = time.perf_counter()
    store = ColumnStore(stream, plan.signals)
    sorting = time.perf_counter() - started
    graph = Graph()
    evaluator = Evaluator(graph, threads=threads_for(len(stream)))
    nodes = PlanNodes(Builder(graph, store, plan), as_of)
    prepare_plan(nodes, progress)
    outcome = evaluate_plan(nodes, evaluator, progress)
    if tell_work is not None:
        tell_work(gather_work(nodes, wanted_of(nodes), evaluator.seconds, sorting))
    return outcome


def threads_for(touches: int) -> int:
    """Return how many nodes are worked out at a time on so many touches."""
    return min(THREADS, os.cpu_count() or 1) if touches >= LONG else 1


def prepare_plan(nodes: PlanNodes, progress: Progress | None = None) -> None:
    """Make the signals that a plan reads; those of one text are read together."""
    builder = nodes.builder
    builder.store.prepare(builder.columns, None if progress is None else partial(progress, "Reading texts"))


def evaluate_plan(nodes: PlanNodes, evaluator: Evaluator, progress: Progress | None = None) -> Outcome:
    """Return all that the nodes of a plan come to."""
    wanted = wanted_of(nodes)
    tell = _as_touches(progress, nodes.builder.store.rows)
    values = evaluator.evaluate(list(wanted.values()), tell)
    return outcome_of(nodes, dict(zip(wanted, values, strict=True)))


def outcome_of(nodes: PlanNodes, told: Mapping[Wanted, Any]) -> Outcome:
    """Return what a plan comes to, or the part of it that is told."""
    store = nodes.builder.store
    rules = [name for sort, name in told if sort == "found"]
    return Outcome(
        findings=LazyFindings({rule: _reader(rule, told, store) for rule in rules}),
        expectations={
            rule: _expectations(told["found", rule], store)
            for rule in rules
            if isinstance(told["found", rule], Settled)
        },
        periods={name: _fact_periods(told["fact", name], store) for sort, name in told if sort == "fact"},
        looked={name: told["looked", name] for sort, name in told if sort == "looked"},
        counts={rule: _count(told["found", rule]) for rule in rules},
    )


def wanted_of(nodes: PlanNodes) -> dict[Wanted, int]:
    """Return the nodes of all that a plan comes to."""
    graph = nodes.builder.graph
    wanted: dict[Wanted, int] = {}
    for rule, one in nodes.rules.items():
        wanted["looked", rule] = graph.add("how many", (), len, (one.looked,), f"looked at by {rule}")
        wanted["found", rule] = one.accepted if one.settled is None else one.settled
        if one.values is not None:
            wanted["values", rule] = one.values
            wanted["accepted", rule] = one.accepted
    for fact, node in nodes.facts.items():
        run, inputs = _periods(nodes.as_of), (nodes.fact_order(fact), node)
        wanted["fact", fact] = graph.add("periods", nodes.as_of, run, inputs, f"periods of {fact}")
    return wanted


def _as_touches(progress: Progress | None, touches: int) -> Callable[[int, int], None] | None:
    """Tell how much of the work is done as that share of the touches."""
    if progress is None:
        return None
    return lambda done, every: progress("Replaying touches", touches * done // max(every, 1), touches)


def _periods(as_of: int) -> Callable[..., Periods]:
    return lambda order, timeline: find_periods(order, timeline, as_of)


def _count(found: Rows | Settled) -> int:
    return int(np.count_nonzero(found.status == BROKEN)) if isinstance(found, Settled) else len(found)


def _reader(rule: str, told: Mapping[Wanted, Any], store: ColumnStore) -> Callable[[], RuleFindings]:
    """Return what puts the findings of a rule together."""
    found, values = told["found", rule], told.get(("values", rule))
    accepted: Any = told.get(("accepted", rule))
    stream_rows, times = store.stream_rows, store.at

    def read() -> RuleFindings:
        if isinstance(found, Settled):
            broken = np.flatnonzero(found.status == BROKEN)
            rows, at = found.opened.triggers[broken], found.opened.by[broken]
        else:
            rows, at = found, times[found]
        some = values
        if values is not None and rows is not accepted:
            some = values[np.searchsorted(accepted, rows)]
        return RuleFindings(rows=stream_rows[rows].astype(np.int64), at=at, values=some)

    return read


def _expectations(settled: Settled, store: ColumnStore) -> RuleExpectations:
    by = np.full(len(settled.by), -1, np.int64)
    some = settled.by >= 0
    by[some] = store.stream_rows[settled.by[some]]
    return RuleExpectations(
        rows=_stream_rows(store, settled.opened.triggers),
        after=settled.opened.after,
        by=settled.opened.by,
        status=settled.status,
        settled_at=settled.at,
        settled_by=by,
    )


def _fact_periods(periods: Periods, store: ColumnStore) -> FactPeriods:
    return FactPeriods(
        rows=_stream_rows(store, periods.rows),
        since=periods.since,
        until=periods.until,
        stands=periods.stands,
    )


def _stream_rows(store: ColumnStore, rows: Rows) -> Any:
    return store.stream_rows[rows].astype(np.int64)
