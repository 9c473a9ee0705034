"""The engines on the rulebooks and touches of an example."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq

from tests.differential.agreement import TABLES, Tables
from touchrules.engines.columnar import kernels
from touchrules.language.load import parse_rulebooks
from touchrules.replay.partitioned import A_TOUCH, replay_files
from touchrules.replay.run import EngineName, replay
from touchrules.streams.reader import read_touches

INSTANT = pa.timestamp("us", tz="UTC")
ARROW_TYPES = {str: pa.string(), float: pa.float64(), bool: pa.bool_(), int: INSTANT}
REQUIRED = {"touch_id": pa.string(), "at": INSTANT, "contact_id": pa.string(), "kind": pa.string()}


def run_engine(
    rulebook_texts: list[str],
    touches: list[dict[str, Any]],
    timezone: str,
    as_of: int | None,
    settings: dict[str, Any],
    engine: EngineName = "durable",
) -> Tables:
    """The rows of findings, expectations and facts of a replay; instants are microseconds since 1970 UTC.

    The durable engine runs with one worker to three.
    """
    texts = {f"{json.loads(text)['rulebook']}.rulebook.yaml": text for text in rulebook_texts}
    rulebooks = parse_rulebooks(texts, settings)
    declared = {name: field.type for book in rulebooks for name, field in book.fields.items()}
    stream = read_touches(touch_table(touches), timezone=timezone, declared=declared).stream
    came = replay(rulebooks, stream, as_of=as_of, engine=engine, workers=1 + len(touches) % 3)
    return plain_rows(came.findings), plain_rows(came.expectations), plain_rows(came.facts)


def run_columnar(*example: Any) -> Tables:
    """What `run_engine` gives, by the columnar engine."""
    return run_engine(*example, engine="columnar")


def run_columnar_compiled(*example: Any) -> Tables:
    """What `run_columnar` gives when even the shortest loop is compiled."""
    with mock.patch.object(kernels, "LONG", 0):
        return run_columnar(*example)


def run_parts(
    rulebook_texts: list[str],
    touches: list[dict[str, Any]],
    timezone: str,
    as_of: int | None,
    settings: dict[str, Any],
) -> Tables:
    """What `run_engine` gives, by a replay in parts of two files."""
    texts = {f"{json.loads(text)['rulebook']}.rulebook.yaml": text for text in rulebook_texts}
    rulebooks = parse_rulebooks(texts, settings)
    table = touch_table(touches)
    half = len(table) // 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / "one.parquet", folder / "other.parquet"]
        for path, part in zip(files, (table.slice(0, half), table.slice(half)), strict=True):
            pq.write_table(part, path)
        memory = A_TOUCH * max(1, len(table) // 4)
        replay_files(rulebooks, files, folder / "out", memory=memory, timezone=timezone, as_of=as_of)
        found, expected, known = (
            plain_rows(pq.read_table(folder / "out" / f"{table}.parquet")) for table in TABLES
        )
    return found, expected, known


def touch_table(touches: Sequence[dict[str, Any]]) -> pa.Table:
    """The touches as a table; a column where every touch has null has no type."""
    names = dict.fromkeys([*REQUIRED, *(name for touch in touches for name in touch)])
    columns = {}
    for name in names:
        values = [touch.get(name) for touch in touches]
        present = [value for value in values if value is not None]
        arrow = REQUIRED.get(name) or (ARROW_TYPES[type(present[0])] if present else pa.null())
        columns[name] = pa.array(values, arrow)
    return pa.table(columns)


def plain_rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a table as dicts, with instants as microseconds since 1970 UTC."""
    for index, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            column = table.column(index).cast(INSTANT).cast(pa.int64())
            table = table.set_column(index, field.name, column)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows
