"""The golden sample: a small stream of made-up touches, and what both engines find in it."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from touchrules.errors import EnginesDiffer, Problem
from touchrules.language.fits import declared_types
from touchrules.language.testfiles import RulebookTest
from touchrules.model.rules import Rulebook
from touchrules.model.touches import TOUCH_FIELDS, FieldType
from touchrules.production.bundle.manifest import EXPECTATIONS, FACTS, FINDINGS, TOUCHES, SampleFigures
from touchrules.replay.run import EngineName, Progress, replay
from touchrules.streams.demo.generate import generate
from touchrules.streams.demo.story import COLUMNS
from touchrules.streams.instants import read_instant, write_instant
from touchrules.streams.records import read_records
from touchrules.streams.stream import Stream

ENGINES: Final[tuple[EngineName, ...]] = ("columnar", "durable")
MADE_UP: Final = 300
"""So many touches come from the made-up company, beside those of the tests."""
_SEED: Final = 1
_MOST_WORKERS: Final = 4
_TOUCHES_A_WORKER: Final = 1_000  # whoever verifies a bundle waits for it
_CONTACTS: Final = ("contact_id", "referred_by", "referred_to")
_PEOPLE: Final[dict[str, str]] = {
    **dict.fromkeys(_CONTACTS, "c"),
    "account_id": "a",
    "rep_id": "r",
    "touch_id": "t",
}
"""The fields that name somebody, and what their made-up names begin with."""

Record = dict[str, Any]


def make_records(
    rulebooks: Sequence[Rulebook], tests: Sequence[RulebookTest], timezone: str
) -> tuple[list[Record], int | None]:
    """Return the touches of the sample, and when its replay ends, in microseconds since 1970 UTC.

    They are those of all tests, each test's people renamed apart, and some of the made-up company.
    """
    types = {**declared_types(rulebooks), **TOUCH_FIELDS}
    streams = [test.touches for test in tests]
    streams.append(tuple(_made_up(types)))
    records = [
        record for number, touches in enumerate(streams, 1) for record in _renamed(touches, types, number)
    ]
    ends = [read_instant(test.as_of, "UTC") for test in tests if test.as_of is not None]
    lasts = [read_instant(record["at"], timezone) for record in records]
    return records, max((end for end in (*ends, *lasts) if end is not None), default=None)


def _made_up(types: Mapping[str, FieldType]) -> Iterator[Record]:
    for row in csv.DictReader(generate(MADE_UP, _SEED).lines, COLUMNS):
        yield {name: _typed(text, types.get(name)) for name, text in row.items() if text}


def _typed(text: str, kind: FieldType | None) -> str | float | bool:
    if kind == "number":
        return float(text)
    return text == "true" if kind == "boolean" else text


def _renamed(
    touches: Iterable[Mapping[str, Any]], types: Mapping[str, FieldType], number: int
) -> Iterator[Record]:
    """Yield touches with the fields that rules can read, and with names that only this test has."""
    names: dict[tuple[str, str], str] = {}

    def rename(letter: str, name: str) -> str:
        taken = sum(1 for one, _ in names if one == letter)
        return names.setdefault((letter, name), f"{letter}{number}-{taken + 1}")

    for touch in touches:
        record: Record = {}
        for field in (field for field in types if field in touch):
            value = touch[field]
            if field in _PEOPLE:
                value = rename(_PEOPLE[field], str(value))
            elif types[field] == "timestamp":
                value = _in_utc(value)
            elif isinstance(value, float) and value.is_integer():
                value = int(value)
            record[field] = value
        yield record


def _in_utc(text: str) -> str:
    instant = read_instant(text, "UTC")
    return text if instant is None else write_instant(instant)


def write_records(records: Iterable[Mapping[str, Any]]) -> bytes:
    """Return records as JSON Lines."""
    lines = (json.dumps(one, ensure_ascii=False, allow_nan=False, separators=(",", ":")) for one in records)
    return "".join(f"{line}\n" for line in lines).encode()


def read_sample(data: bytes, rulebooks: Sequence[Rulebook], timezone: str) -> Stream:
    """Return the touches of a sample as a stream. Raises DataError, ValueError where they are none."""
    records = [json.loads(line) for line in data.splitlines()]  # bytes: U+2028 is no end of a line
    return read_records(records, timezone=timezone, declared=declared_types(rulebooks), name=TOUCHES)


def decide_sample(
    rulebooks: Sequence[Rulebook],
    stream: Stream,
    as_of: int | None,
    engine: EngineName,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """Return what an engine makes of a sample, by the member that holds it."""
    workers = max(1, min(os.cpu_count() or 1, _MOST_WORKERS, len(stream) // _TOUCHES_A_WORKER))
    done = replay(rulebooks, stream, as_of=as_of, engine=engine, workers=workers, progress=progress)
    tables = {FINDINGS: done.findings, EXPECTATIONS: done.expectations, FACTS: done.facts}
    return {name: write_records(_rows(table)) for name, table in tables.items()}


def make_sample(
    rulebooks: Sequence[Rulebook],
    tests: Sequence[RulebookTest],
    timezone: str,
    progress: Progress | None = None,
) -> tuple[dict[str, bytes], SampleFigures]:
    """Return the members of the golden sample, and how much it holds. Raises EnginesDiffer."""
    records, as_of = make_records(rulebooks, tests, timezone)
    touches = write_records(records)
    stream = read_sample(touches, rulebooks, timezone)
    columnar, durable = (decide_sample(rulebooks, stream, as_of, engine, progress) for engine in ENGINES)
    for name, told in columnar.items():
        if durable[name] != told:
            remedy = "Nothing was written. Please report this."
            message = f"touchrules itself failed: the engines differ over {name}."
            raise EnginesDiffer(Problem(message=message, remedy=remedy))
    counts = {name: told.count(b"\n") for name, told in columnar.items()}
    figures = SampleFigures(
        touches=len(records),
        findings=counts[FINDINGS],
        expectations=counts[EXPECTATIONS],
        facts=counts[FACTS],
        as_of=None if as_of is None else write_instant(as_of),
    )
    return {TOUCHES: touches, **columnar}, figures


def _rows(table: pa.Table) -> list[Record]:
    columns = {name: _cells(table.column(name)) for name in table.column_names}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _cells(column: pa.ChunkedArray) -> list[Any]:
    if not pa.types.is_timestamp(column.type):
        values: list[Any] = column.to_pylist()
        return values
    return [None if one is None else _instant(one) for one in column.cast(pa.int64()).to_pylist()]


def _instant(instant: int) -> str | int:
    """Return an instant as text in UTC; one that no calendar has as its number of microseconds."""
    try:
        return write_instant(instant)
    except OverflowError:
        return instant
