"""Replays Parquet files larger than memory: read, decided, told and written part by part."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import add
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from touchrules.engines.columnar import saved
from touchrules.engines.columnar.preparing import prepare_stream
from touchrules.engines.outcome import Outcome, renumber
from touchrules.engines.partitions.decide import decide_parts
from touchrules.engines.partitions.handing import WORD
from touchrules.engines.partitions.partition import Partition
from touchrules.engines.partitions.spill import Spill
from touchrules.engines.plan import Plan, make_plan
from touchrules.language.fits import declared_types
from touchrules.model.rules import Rulebook
from touchrules.model.touches import FieldType
from touchrules.replay import tables
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.merging import Keys, merge_runs, write_run
from touchrules.replay.run import Progress, check_fit, replay
from touchrules.replay.summary import Summary, Tally, make_summary, tally
from touchrules.replay.writing import (
    EXPECTATIONS,
    FACTS,
    FINDINGS,
    REJECTS,
    SUMMARY,
    Write,
    check_folder,
    write_files,
    write_replay,
    write_summary,
    write_text,
)
from touchrules.streams.cells import Reject
from touchrules.streams.duplicates import BadRows
from touchrules.streams.prepared import open_prepared
from touchrules.streams.rejects import write_rejects
from touchrules.streams.scattering import Scattered, count_rows, scatter_touches
from touchrules.streams.stream import TIMESTAMP, Stream

MEMORY: Final = 4_000_000_000
"""Bytes that a replay in parts may take, unless it is told otherwise."""
A_TOUCH: Final = 1_500
"""Bytes that a touch takes while its part is read and decided, more than were seen."""
_LEAN: Final = 3
"""Parts by another key than the contact hold few columns, and so many times the touches."""

_SORTED_BY: Final[dict[str, tuple[pa.Schema, Keys]]] = {
    FINDINGS: (tables.FINDINGS, ("at", "touch_id", "rule")),
    EXPECTATIONS: (tables.EXPECTATIONS, ("opened_at", "touch_id", "rule")),
    FACTS: (tables.FACTS, ("fact", "key", "since", "touch_id")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartedReplay:
    """What a replay in parts gave: its summary, the files that it wrote, and the rows set aside."""

    summary: Summary
    paths: tuple[Path, ...]
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """All touches in parts, and what is known of them all. `types`: of the fields."""

    parts: Sequence[Partition]
    types: dict[str, FieldType | None]
    last: int
    rejects: tuple[Reject, ...]
    empty: Stream


def replay_files(
    rulebooks: Sequence[Rulebook],
    files: Sequence[Path],
    out: Path,
    *,
    memory: int = MEMORY,
    timezone: str = "UTC",
    as_of: int | None = None,
    bad_rows: BadRows = "stop",
    progress: Progress | None = None,
) -> PartedReplay:
    """Replay Parquet files within so many bytes of memory, and write what `write_replay` writes.

    The tables are the same to the row as those of a replay in memory. All touches of one contact, one account
    and so on must fit into memory, with the few columns that rules by that key read. What is needed
    meanwhile lies in a folder beside `out`. Raises as `replay`, `read_touches` and `write_replay` do.
    """
    check_folder(out)
    beside = next(one for one in out.absolute().parents if one.is_dir())
    with tempfile.TemporaryDirectory(dir=beside, prefix=".touchrules-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        scattered = scatter_touches(
            files,
            _made(folder / "buckets"),
            buckets=-(-count_rows(files) * A_TOUCH // memory) or 1,
            timezone=timezone,
            declared=declared_types(rulebooks),
            bad_rows=bad_rows,
            progress=None if progress is None else partial(progress, "Reading touches"),
        )
        read = _prepare_parts(rulebooks, scattered, as_of, _made(folder / "parts"), progress)
        rejects = None if bad_rows == "stop" else read.rejects
        if read.parts:
            summary, writers = _decide(rulebooks, read, as_of, folder, progress)
            writers[SUMMARY] = lambda path: write_text(write_summary(summary, rejects), path)
            if rejects is not None:
                writers[REJECTS] = lambda path: write_rejects(rejects, path)
            paths = write_files(out, writers)
        else:
            done = replay(rulebooks, read.empty, as_of=as_of)
            summary, paths = done.summary, write_replay(done, out, rejects=rejects)
    return PartedReplay(summary=summary, paths=paths, rejects=read.rejects)


def _decide(
    rulebooks: Sequence[Rulebook],
    read: _Parts,
    as_of: int | None,
    folder: Path,
    progress: Progress | None,
) -> tuple[Summary, dict[str, Write]]:
    """Decide touches in parts; return the summary, and what writes the tables."""
    timezone = read.empty.timezone
    plan = make_plan(rulebooks, read.types, timezone)
    end = read.last if as_of is None else as_of
    spill = decide_parts(
        plan,
        read.types,
        read.parts,
        end,
        _made(folder / "work"),
        regrouped=-(-len(read.parts) // _LEAN),
        progress=progress,
    )
    runs = _made(folder / "runs")
    counted = _tell_parts(rulebooks, plan, spill, read.parts, runs, progress)
    summary = make_summary(
        rulebooks,
        counted,
        looked=spill.looked,
        found=spill.found,
        as_of=end,
        timezone=timezone,
        engine="columnar",
    )
    return summary, {name: _merger(runs, len(read.parts), name) for name in _SORTED_BY}


def _prepare_parts(
    rulebooks: Sequence[Rulebook],
    scattered: Scattered,
    as_of: int | None,
    folder: Path,
    progress: Progress | None,
) -> _Parts:
    """Read bucket after bucket, and keep the touches of each with their signals."""
    parts: list[Partition] = []
    types: dict[str, FieldType | None] = {}
    first, last = 0, -(1 << 62)
    for bucket in range(scattered.buckets):
        stream = scattered.read(bucket)
        check_fit(rulebooks, stream)
        types |= {name: kind for name, kind in stream.types.items() if kind or name not in types}
        if as_of is not None:
            stream = stream.until(as_of)
        if len(stream) and not (scattered.rejects and scattered.bad_rows == "stop"):
            there = folder / f"part-{bucket}"
            prepare_stream(make_plan(rulebooks, stream.types, stream.timezone), stream, there)
            parts.append(Partition(folder=there, rows=len(stream), first=first))
            first += -(-len(stream) // WORD) * WORD
            last = max(last, int(Columns(stream).at[-1]))
        if progress is not None:
            progress("Preparing touches", bucket + 1, scattered.buckets)
    rejects = scattered.check_rejects()
    return _Parts(parts=parts, types=types, last=last, rejects=rejects, empty=stream)


def _tell_parts(
    rulebooks: Sequence[Rulebook],
    plan: Plan,
    spill: Spill,
    parts: Sequence[Partition],
    folder: Path,
    progress: Progress | None,
) -> Tally:
    """Write the tables of each part, to be merged, and count."""
    tallies = []
    rules = {rule.id: (rule, book) for book in rulebooks for rule in book.rules}
    facts = {name: planned.fact for name, planned in plan.facts.items()}
    for number, part in enumerate(parts):
        columns, outcome = _in_part(part, spill.outcome(number), parts)
        tallies.append(tally(rulebooks, outcome, Columns(open_prepared(part.folder).stream())))
        write_run(tables.make_findings(outcome, rules, columns), folder / f"{number}-{FINDINGS}")
        write_run(tables.make_expectations(outcome, rules, columns), folder / f"{number}-{EXPECTATIONS}")
        write_run(tables.make_facts(outcome, facts, columns), folder / f"{number}-{FACTS}")
        if progress is not None:
            progress("Writing findings", number + 1, len(parts))
    return reduce(add, tallies)


def _in_part(part: Partition, outcome: Outcome, parts: Sequence[Partition]) -> tuple[Columns, Outcome]:
    """Return the columns of a part, and its outcome with their rows in place of numbers.

    Touches of other parts that settled an expectation stand at the end, with no field but their touch_id.
    """
    prepared = open_prepared(part.folder)
    home = saved.load_home(prepared)
    assert home is not None  # noqa: S101 - parts are prepared with it
    first = part.first or 0
    settled = [one.settled_by for one in outcome.expectations.values()]
    there = np.unique(np.concatenate([np.zeros(0, np.int64), *settled]))
    there = there[(there >= 0) & ((there < first) | (there >= first + part.rows))]
    numbers = np.concatenate([first + np.arange(part.rows), there])
    rows = np.concatenate([home["stream_rows"].astype(np.int64), part.rows + np.arange(len(there))])
    order = np.argsort(numbers)
    numbers, rows = numbers[order], rows[order]
    whole = pa.concat_tables([prepared.table, _touch_ids(there, parts)], promote_options="permissive")
    columns = Columns(replace(prepared.stream(), table=whole if len(there) else prepared.table))
    return columns, renumber(outcome, lambda asked: rows[np.searchsorted(numbers, asked)])


def _touch_ids(numbers: Rows, parts: Sequence[Partition]) -> pa.Table:
    """Return the touch_ids of some touches of several parts, in the order of their numbers."""
    found = [pa.chunked_array([], pa.string())]
    for part in parts:
        first = part.first or 0
        some = numbers[(numbers >= first) & (numbers < first + part.rows)] - first
        if len(some):
            prepared = open_prepared(part.folder)
            home = prepared.array("home-stream_rows")
            assert home is not None  # noqa: S101
            found.append(prepared.table.column("touch_id").take(pa.array(home[some])))
    ids = pa.chunked_array([chunk for one in found for chunk in one.chunks], pa.string())
    return pa.table({"touch_id": ids, "at": pa.array(np.zeros(len(ids), np.int64), TIMESTAMP)})


def _merger(runs: Path, parts: int, name: str) -> Write:
    """Return what merges the tables of that name of all parts."""
    schema, keys = _SORTED_BY[name]
    return lambda path: merge_runs([runs / f"{one}-{name}" for one in range(parts)], schema, keys, path)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
