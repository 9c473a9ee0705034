"""One engine deciding the five rules: `python -m tests.benchmarks.rivals ENGINE FILE RUNS`.

Tells what the file took to load, what the five rules took, the peak memory of both, and what was found.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from tests.benchmarks.alone import peak_megabytes, tell, timed
from tests.benchmarks.five import RULEBOOK, SQL, TUNED_SQL, Found, digest, find_by_pandas
from touchrules.engines.columnar.preparing import prepare_stream
from touchrules.engines.plan import make_plan
from touchrules.language.load import parse_rulebook
from touchrules.replay.run import EngineName, decide, replay
from touchrules.replay.writing import write_replay
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream

_NUMBERED: Final = """
    SELECT row_number() OVER (ORDER BY "at", touch_id) AS row, * RENAME ("at" AS moment)
    FROM read_parquet('{}') ORDER BY row
"""
_CODED: Final = """
    CREATE TYPE kinds AS ENUM (SELECT DISTINCT kind FROM texts WHERE kind IS NOT NULL);
    CREATE TYPE directions AS ENUM (SELECT DISTINCT direction FROM texts WHERE direction IS NOT NULL);
    CREATE TYPE outcomes AS ENUM (SELECT DISTINCT outcome FROM texts WHERE outcome IS NOT NULL);
    CREATE TABLE touches AS SELECT * REPLACE (
        substr(contact_id, 2)::INTEGER AS contact_id, kind::kinds AS kind,
        direction::directions AS direction, outcome::outcomes AS outcome
    ) FROM texts ORDER BY row;
    DROP TABLE texts;
"""

Find = Callable[[], Found]
"""Decides the five rules."""


def by_touchrules(path: Path, engine: EngineName) -> Find:
    """Read the touches for an engine of this project."""
    stream = read_touches(path).stream
    return lambda: _decided(stream, engine)


def by_prepared(path: Path, folder: Path) -> Find:
    """Prepare the touches as `touchrules prepare` does, and open them."""
    read = read_touches(path).stream
    prepare_stream(make_plan([parse_rulebook(RULEBOOK)], read.types), read, folder / "prepared")
    stream = read_touches(folder / "prepared").stream
    return lambda: _decided(stream, "columnar")


def _decided(stream: Stream, engine: EngineName) -> Found:
    plan = make_plan([parse_rulebook(RULEBOOK)], stream.types, stream.timezone)
    as_of = stream.table.column("at").cast(pa.int64())[-1].as_py()
    outcome = decide(plan, stream, as_of, engine=engine)
    ids = stream.table.column("touch_id")
    return {rule: ids.take(pa.array(found.rows)) for rule, found in outcome.findings.items()}


def by_duckdb(path: Path, *, tuned: bool) -> Find:
    """Load the touches into a table of DuckDB, as they are or as its SQL runs fastest."""
    connection = _connect()
    if tuned:
        connection.execute(f"CREATE TABLE texts AS {_NUMBERED.format(path)}")
        connection.execute(_CODED)
    else:
        connection.execute(f"CREATE TABLE touches AS SELECT * EXCLUDE (row) FROM ({_NUMBERED.format(path)})")
    return lambda: _queried(connection, TUNED_SQL if tuned else SQL)


def _connect() -> Any:
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
    return connection


def _queried(connection: Any, queries: Mapping[str, str]) -> Found:
    return {rule: connection.sql(sql).to_arrow_table().column(0) for rule, sql in queries.items()}


def by_pandas(path: Path, *, tuned: bool) -> Find:
    """Read the touches into a data frame; `tuned`: what repeats as categories."""
    import pandas as pd

    touches = pd.read_parquet(path).sort_values(["at", "touch_id"], ignore_index=True)
    if tuned:
        for name in ("contact_id", "kind", "direction", "outcome"):
            touches[name] = touches[name].astype("category")
    return lambda: find_by_pandas(touches, tuned=tuned)


def from_file_by_columnar(path: Path, folder: Path) -> Find:
    """Read, replay and write all three tables, with messages."""

    def find() -> Found:
        done = replay([parse_rulebook(RULEBOOK)], read_touches(path).stream)
        write_replay(done, folder)
        return _by_rule(done.findings)

    return find


def from_file_by_duckdb(path: Path, folder: Path) -> Find:
    """Read the touches and write which of them were found, by SQL alone."""

    def find() -> Found:
        connection = _connect()
        connection.execute(
            f"CREATE VIEW touches AS SELECT * RENAME (\"at\" AS moment) FROM read_parquet('{path}')"
        )
        queries = " UNION ALL ".join(f"SELECT '{rule}' AS rule, * FROM ({sql})" for rule, sql in SQL.items())
        out = folder / "findings.parquet"
        connection.execute(f"COPY ({queries}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
        return _by_rule(connection.sql(f"FROM read_parquet('{out}')").to_arrow_table())

    return find


def _by_rule(findings: pa.Table) -> Found:
    of = findings.column("rule").dictionary_encode().combine_chunks()
    codes, rules = of.indices.to_numpy(), of.dictionary.to_pylist()
    ids = findings.column("touch_id")
    return {rule: ids.filter(pa.array(codes == code)) for code, rule in enumerate(rules)}


ENGINES: Final[Mapping[str, Callable[[Path, Path], Find]]] = {
    "columnar": lambda path, _: by_touchrules(path, "columnar"),
    "columnar-prepared": by_prepared,
    "durable": lambda path, _: by_touchrules(path, "durable"),
    "duckdb": lambda path, _: by_duckdb(path, tuned=False),
    "duckdb-tuned": lambda path, _: by_duckdb(path, tuned=True),
    "pandas": lambda path, _: by_pandas(path, tuned=False),
    "pandas-tuned": lambda path, _: by_pandas(path, tuned=True),
    "columnar-file": from_file_by_columnar,
    "duckdb-file": from_file_by_duckdb,
}


def main(engine: str, path: str, runs: int) -> None:
    """Measure one engine."""
    with tempfile.TemporaryDirectory() as folder:
        find, loading = timed(lambda: ENGINES[engine](Path(path), Path(folder)))
        found, took = timed(find, runs)
        peak = peak_megabytes()
    tell({"loading": loading, "took": took, "peak": peak, "found": digest(found)})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
