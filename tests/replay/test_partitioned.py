"""Replays in parts give what replays in memory give, and refuse what these refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.replay.findings import random_stream
from touchrules.errors import DataError
from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks, parse_rulebooks
from touchrules.replay.partitioned import A_TOUCH, PartedReplay, replay_files
from touchrules.replay.run import Replay, replay
from touchrules.streams.demo.files import write_touches
from touchrules.streams.reader import read_touches

SHIPPED = load_rulebooks([Path(__file__).parents[2] / "rulebooks"])
TABLES = ("findings", "expectations", "facts")
BOOK = """
rulebook: manners
language: 1
facts:
  known: {from: {kind: call}, for: 30d}
  warned: {from: {kind: opt_out}, per: account, until: {kind: email}}
rules:
  - id: too-many
    title: Too many
    severity: high
    when: {}
    where: [{count: {}, per: [rep_id], more_than: 2}]
    unless: warned
    asserts: warned
  - id: again
    title: Again
    severity: low
    when: {}
    given: [known, warned]
    where: [{distinct: step, of: {}, per: account, at_least: 1}]
    say: "{value} {contact_name}"
  - id: follow-up
    title: Follow up
    severity: low
    when: {kind: call}
    expect: {touch: {kind: email}, per: account, by: 30d}
    asserts: known
"""
BOOKS = parse_rulebooks({"manners.rulebook.yaml": BOOK})
TOUCH = {"touch_id": "t1", "at": "2025-03-03 10:00", "contact_id": "c1", "kind": "call"}


def write_parquet(folder: Path, *tables: pa.Table) -> list[Path]:
    paths = [folder / f"touches{number}.parquet" for number in range(len(tables))]
    for path, table in zip(paths, tables, strict=True):
        pq.write_table(table, path)
    return paths


def touches(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([TOUCH | row for row in rows])


def both(
    books: Any, files: list[Path], out: Path, parts: int, as_of: int | None = None
) -> tuple[Replay, PartedReplay]:
    stream = read_touches(files, declared=declared_types(books)).stream
    memory = max(1, len(stream) * A_TOUCH // parts)
    return replay(books, stream, as_of=as_of), replay_files(books, files, out, memory=memory, as_of=as_of)


def assert_same(whole: Replay, parted: PartedReplay, out: Path) -> None:
    written = {name: pq.read_table(out / f"{name}.parquet") for name in TABLES}
    assert {name: getattr(whole, name).to_pylist() for name in TABLES} == {
        name: table.to_pylist() for name, table in written.items()
    }
    assert all(written[name].schema.equals(getattr(whole, name).schema) for name in TABLES)
    assert parted.summary == whole.summary


@pytest.mark.parametrize("seed", range(12))
def test_a_replay_in_parts_gives_the_tables_and_the_summary_of_one_in_memory(
    seed: int, tmp_path: Path
) -> None:
    table = random_stream(seed, 40 + seed).table.drop_columns(["local_hour", "weekday", "local_date"])
    files = write_parquet(tmp_path, table.slice(0, 25), table.slice(25))
    whole, parted = both(BOOKS, files, tmp_path / "out", parts=1 + seed % 5)
    assert_same(whole, parted, tmp_path / "out")


def test_all_shipped_rulebooks_give_the_same_in_parts(tmp_path: Path) -> None:
    write_touches(tmp_path / "touches.csv.gz", 3000, 4)
    stream = read_touches(tmp_path / "touches.csv.gz", declared=declared_types(SHIPPED)).stream
    table = stream.table.drop_columns(["local_hour", "weekday", "local_date"])
    files = write_parquet(tmp_path, table.slice(1000), table.slice(0, 1000))
    whole, parted = both(SHIPPED, files, tmp_path / "out", parts=4)
    assert_same(whole, parted, tmp_path / "out")


def test_a_replay_in_parts_may_end_early(tmp_path: Path) -> None:
    table = random_stream(3, 60).table.drop_columns(["local_hour", "weekday", "local_date"])
    at = table.column("at").cast(pa.int64())[30].as_py()
    whole, parted = both(BOOKS, write_parquet(tmp_path, table), tmp_path / "out", parts=3, as_of=at)
    assert_same(whole, parted, tmp_path / "out")


@pytest.mark.parametrize("as_of", [None, 0])
def test_without_touches_the_tables_are_empty(as_of: int | None, tmp_path: Path) -> None:
    rows = touches(*([] if as_of is None else [{}]))
    rows = rows if len(rows) else touches({}).slice(0, 0)
    whole, parted = both(BOOKS, write_parquet(tmp_path, rows), tmp_path / "out", parts=1, as_of=as_of)
    assert_same(whole, parted, tmp_path / "out")


def test_all_bad_rows_of_all_parts_are_refused_as_in_memory(tmp_path: Path) -> None:
    good = [{"touch_id": f"g{number}", "contact_id": f"c{number}"} for number in range(30)]
    bad = [{"touch_id": f"b{n}", "contact_id": f"d{n}", "timezone": "Mars/Base"} for n in range(25)]
    twice = [{"touch_id": "g3", "contact_id": "elsewhere"}, {"touch_id": None}]
    files = write_parquet(tmp_path, touches(*good[:20], *bad[:9]), touches(*bad[9:], *good[20:], *twice))
    with pytest.raises(DataError) as expected:
        read_touches(files)
    with pytest.raises(DataError) as caught:
        replay_files(BOOKS, files, tmp_path / "out", memory=A_TOUCH * 12)
    assert str(caught.value) == str(expected.value)
    assert not (tmp_path / "out").exists()


def test_bad_rows_are_set_aside_as_in_memory(tmp_path: Path) -> None:
    rows = [{"touch_id": f"t{number % 20}", "contact_id": f"c{number % 7}"} for number in range(40)]
    rows[30] |= {"contact_id": "other"}
    rows += [{"touch_id": "z", "timezone": "Mars/Base"}]
    files = write_parquet(tmp_path, touches(*rows[:23]), touches(*rows[23:]))
    reading = read_touches(files, bad_rows="skip")
    parted = replay_files(BOOKS, files, tmp_path / "out", memory=A_TOUCH * 10, bad_rows="skip")
    assert parted.rejects == reading.rejects
    assert parted.summary == replay(BOOKS, reading.stream).summary
    assert len((tmp_path / "out" / "rejects.csv").read_text().splitlines()) == len(reading.rejects) + 1


def test_columns_on_whose_type_files_disagree_have_the_type_they_have_in_memory(tmp_path: Path) -> None:
    book = "rulebook: b\nlanguage: 1\nrules: [{id: r, title: R, severity: low, when: {size: '3'}}]\n"
    books = parse_rulebooks({"b.rulebook.yaml": book})
    files = write_parquet(
        tmp_path,
        touches(*({"touch_id": f"n{n}", "contact_id": f"c{n}", "size": n} for n in range(9))),
        touches(*({"touch_id": f"t{n}", "contact_id": f"d{n}", "size": str(n)} for n in range(9))),
    )
    whole, parted = both(books, files, tmp_path / "out", parts=6)
    assert len(whole.findings) == 2
    assert_same(whole, parted, tmp_path / "out")


def test_what_does_not_fit_the_touches_is_refused(tmp_path: Path) -> None:
    book = "rulebook: b\nlanguage: 1\nrules: [{id: r, title: R, severity: low, when: {size: 3}}]\n"
    with pytest.raises(DataError, match="size"):
        replay_files(
            parse_rulebooks({"b.rulebook.yaml": book}), write_parquet(tmp_path, touches({})), tmp_path / "out"
        )


def test_a_file_that_is_no_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "touches.parquet").write_text("no")
    with pytest.raises(DataError, match="cannot be read as Parquet"):
        replay_files(BOOKS, [tmp_path / "touches.parquet"], tmp_path / "out")


def test_nothing_is_left_behind_when_a_replay_is_stopped(tmp_path: Path) -> None:
    def stop(what: str, done: int, total: int) -> None:
        if what == "Writing findings":
            raise KeyboardInterrupt

    files = write_parquet(tmp_path, touches({}))
    with pytest.raises(KeyboardInterrupt):
        replay_files(BOOKS, files, tmp_path / "out", progress=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["touches0.parquet"]
