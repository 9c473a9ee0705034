"""Reads files of touches into one stream."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

import numpy as np
import pyarrow as pa

from touchrules.errors import ArgumentError, Problem
from touchrules.model.touches import FieldType
from touchrules.streams.acceptance import accept_rows
from touchrules.streams.arrowfile import frame_part, is_frame, read_first_rows, read_parquet, table_part
from touchrules.streams.cells import Part, Reject
from touchrules.streams.csvfile import Progress, read_csv, usual_delimiter
from touchrules.streams.derived import derived_fields
from touchrules.streams.duplicates import BadRows
from touchrules.streams.files import format_of
from touchrules.streams.instants import find_zone
from touchrules.streams.jsonlines import read_json_lines
from touchrules.streams.mapped import map_part
from touchrules.streams.mapping import FileMapping, TouchMapping
from touchrules.streams.mappingfile import read_mapping
from touchrules.streams.ordering import stream_order
from touchrules.streams.prepared import is_prepared, open_prepared
from touchrules.streams.rejects import write_rejects
from touchrules.streams.sources import Source, plan_files
from touchrules.streams.stream import Stream
from touchrules.streams.texts import take_rows
from touchrules.streams.together import each_in_turn
from touchrules.streams.whole import Whole, join_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read: the stream, the rows set aside, and how many rows a mapping did not select."""

    stream: Stream
    rejects: tuple[Reject, ...] = ()
    unselected: int = 0

    def write_rejects(self, path: Path | str) -> None:
        """Write the rows set aside, with their reasons, as a CSV file that appears whole or not at all."""
        write_rejects(self.rejects, path)


def read_touches(
    paths: Source | Sequence[Source],
    *,
    mapping: TouchMapping | Path | str | None = None,
    timezone: str | None = None,
    declared: Mapping[str, FieldType] | None = None,
    bad_rows: BadRows = "stop",
    progress: Progress | None = None,
) -> Reading:
    """Read CSV, JSON Lines and Parquet files, or pandas DataFrames, as one stream of touches.

    `mapping` is a mapping file (see `touchrules.streams.mapping`) that makes fields of other columns.
    `timezone` is the IANA zone of touches and times that name none (default: the mapping's, else UTC),
    `declared` the types of further fields. A bad row raises DataError that tells the first 20, or is set
    aside (`bad_rows="skip"`). `progress` is called with the rows done, and all rows if that is known.
    A folder of prepared touches stands alone. Raises ArgumentError for files, zones and mappings that are
    not there.

    >>> touch = {"touch_id": ["t1"], "at": ["2025-03-10"], "contact_id": ["c1"], "kind": ["call"]}
    >>> read_touches(pa.table(touch)).stream.column("weekday")
    ['mon']
    """
    folder = prepared_among(paths)
    if folder is not None:
        return _open(folder, mapping, timezone, declared or {})
    rules = read_mapping(mapping) if isinstance(mapping, str | Path) else mapping
    zone = _checked_zone(timezone or (rules and rules.timezone) or "UTC")
    parts: list[Part] = []
    for source, how in plan_files(paths, rules):
        done = sum(len(part) + part.unselected for part in parts)
        part = _named_apart(read_part(source, how, _after(done, progress)), source, parts)
        parts.append(part if how is None else map_part(part, how, zone))
    if progress:
        rows = sum(len(part) + part.unselected for part in parts)
        progress(rows, rows)
    return read_parts(_told_once(parts), timezone=zone, declared=declared or {}, bad_rows=bad_rows)


def prepared_among(paths: Source | Sequence[Source]) -> Path | None:
    """The folder of prepared touches that is to be read, or None. Raises ArgumentError if it is not alone."""
    sources: Sequence[Source] = paths if isinstance(paths, list | tuple) else [paths]
    folders = [Path(one) for one in sources if is_prepared(one)]
    if folders and len(sources) > 1:
        remedy = "Give that folder alone, or the files that all of them were made of."
        raise ArgumentError(Problem(message=f"{folders[0]} is not the only file of touches.", remedy=remedy))
    return folders[0] if folders else None


def _open(
    folder: Path,
    mapping: TouchMapping | Path | str | None,
    timezone: str | None,
    declared: Mapping[str, FieldType],
) -> Reading:
    if mapping is not None:
        message = f"{folder} was prepared: what a mapping says had to be said then."
        raise ArgumentError(Problem(message=message, remedy="Leave the mapping out, or prepare again."))
    opened = open_prepared(folder, declared)
    stream = opened.stream()
    if timezone not in {None, stream.timezone}:
        message = f"{folder} was prepared in the time zone {stream.timezone}, not {timezone}."
        raise ArgumentError(Problem(message=message, remedy="Leave the time zone out, or prepare again."))
    return Reading(stream=stream, rejects=opened.rejects, unselected=opened.told["unselected"])


def read_parts(
    parts: Sequence[Part], *, timezone: str, declared: Mapping[str, FieldType], bad_rows: BadRows
) -> Reading:
    """Make one stream of parts; `timezone` must be known. Raises as `read_touches` does."""
    return _take_good_rows(join_parts(parts, declared, timezone), timezone, bad_rows)


def read_part(source: Source, how: FileMapping | None = None, progress: Progress | None = None) -> Part:
    """The cells of one file or table, as they stand there."""
    if is_frame(source):
        return frame_part(source)
    if isinstance(source, pa.Table):
        return table_part(source)
    return read_file(Path(source), how or FileMapping(), progress=progress)


def read_file(
    path: Path,
    how: FileMapping,
    *,
    paths: Sequence[str] = (),
    progress: Progress | None = None,
    most: int | None = None,
) -> Part:
    """The cells of a file, or of its first `most` rows. `paths`: into records, beside those of `how`."""
    encoding = how.encoding or "utf-8-sig"
    match format_of(path):
        case "csv":
            delimiter = how.delimiter or usual_delimiter(path)
            return read_csv(path, encoding=encoding, delimiter=delimiter, progress=progress, most=most)
        case "jsonl":
            inside = (*how.paths, *paths)
            return read_json_lines(path, encoding=encoding, paths=inside, progress=progress, most=most)
        case "parquet":
            return read_parquet(path, progress=progress) if most is None else read_first_rows(path, most)
        case other:
            assert_never(other)


def _named_apart(part: Part, source: Source, before: Sequence[Part]) -> Part:
    """Tables in memory have no names of their own: they are numbered."""
    if isinstance(source, str | Path) or all(part.file != each.file for each in before):
        return part
    return dataclasses.replace(part, file=f"{part.file} (source {len(before) + 1})")


def _checked_zone(zone: str) -> str:
    if find_zone(zone) is None:
        remedy = 'Use a name like "Europe/Berlin" or "UTC".'
        raise ArgumentError(Problem(message=f'"{zone}" is no IANA time zone.', remedy=remedy))
    return zone


def _after(done: int, progress: Progress | None) -> Progress | None:
    """Progress that goes on counting where the files before ended."""
    if progress is None:
        return None
    return lambda rows, total: progress(done + rows, None if total is None else done + total)


def _told_once(parts: Sequence[Part]) -> list[Part]:
    """A file that is read under several entries has its rows told once."""
    seen: set[str] = set()
    once = []
    for part in parts:
        once.append(dataclasses.replace(part, rejects=()) if part.file in seen else part)
        seen.add(part.file)
    return once


def _unselected(parts: Sequence[Part]) -> int:
    """Rows that no entry of the mapping selected."""
    total = 0
    for file in {part.file for part in parts}:
        same = [part for part in parts if part.file == file]
        if len(same) == 1:
            total += same[0].unselected
            continue
        taken = np.unique(np.concatenate([part.numbers for part in same]))
        total += len(same[0]) + same[0].unselected - len(taken)
    return total


def _take_good_rows(whole: Whole, timezone: str, bad_rows: BadRows) -> Reading:
    good, rejects = accept_rows(whole, bad_rows)
    table = whole.table if len(good) == len(whole.table) else whole.table.take(pa.array(good))
    return Reading(
        stream=ordered_stream(table, timezone),
        rejects=rejects,
        unselected=_unselected(whole.parts),
    )


def ordered_stream(table: pa.Table, timezone: str) -> Stream:
    """The stream of a table of good touches: put in its order, with the derived fields."""
    columns = dict(zip(table.column_names, table.columns, strict=True))
    order = stream_order(columns["at"].cast(pa.int64()).to_numpy(), columns["touch_id"])
    if order is not None:
        rows = pa.array(order)
        ordered = each_in_turn(lambda column: take_rows(column, rows), table.columns, len(table))
        columns = dict(zip(table.column_names, ordered, strict=True))
    at = columns["at"].cast(pa.int64()).to_numpy()
    columns |= derived_fields(at, columns.get("timezone"), timezone)
    return Stream(table=pa.table(columns), timezone=timezone)
