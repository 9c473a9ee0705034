"""The durable engine, in this process, as the plain evaluator's opposite."""

from typing import Any

import pyarrow as pa

from tests.differential.agreement import Tables
from touchrules.engines.durable.engine import Engine, Results
from touchrules.engines.plan import make_plan
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.language.fits import declared_types
from touchrules.language.load import parse_rulebooks
from touchrules.replay.run import check_fit
from touchrules.replay.tables import make_expectations, make_facts, make_findings
from touchrules.streams.instants import write_instant
from touchrules.streams.records import read_records
from touchrules.streams.stream import Stream

TIMESTAMPS = ("at", "promised_at")


def run_engine(
    rulebook_texts: list[str],
    touches: list[dict[str, Any]],
    timezone: str,
    as_of: int | None,
    settings: dict[str, Any],
) -> Tables:
    """The rows of findings, expectations and facts of a replay; instants are microseconds since 1970 UTC."""
    texts = {f"book{number}": text for number, text in enumerate(rulebook_texts)}
    rulebooks = parse_rulebooks(texts, settings)
    declared = declared_types(rulebooks)
    times = {*TIMESTAMPS, *(name for name, kind in declared.items() if kind == "timestamp")}
    records = [
        {name: write_instant(value) if name in times else value for name, value in touch.items()}
        for touch in touches
    ]
    stream = read_records(records, timezone=timezone, declared=declared)
    check_fit(rulebooks, stream)
    if as_of is not None:
        stream = stream.until(as_of)
    plan = make_plan(rulebooks, stream.types, timezone)
    results = decide(plan, stream, as_of)
    rules = {rule.id: (rule, book) for book in rulebooks for rule in book.rules}
    facts = {name: planned.fact for name, planned in plan.facts.items()}
    return (
        rows(make_findings(results.findings, rules, stream)),
        rows(make_expectations(results.settled, rules, stream)),
        rows(make_facts(results.periods, facts, stream)),
    )


def decide(plan: Any, stream: Stream, as_of: int | None) -> Results:
    """All that the engine makes of a stream, without its worker."""
    if not len(stream):
        return Results()
    engine = Engine(plan)
    engine.start()
    columns = prepare_columns(plan, engine.columns, stream)
    for touch in touches_of(stream, columns, 0, len(stream)):
        engine.record(touch)
    return engine.finish(stream.column("at")[-1] if as_of is None else as_of)


def rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a table, instants as microseconds."""
    plain = [
        column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column for column in table.columns
    ]
    return pa.Table.from_arrays(plain, names=table.column_names).to_pylist()
