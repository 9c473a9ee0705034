"""Reads the records of a JSON Lines file, one a line, as cells."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.streams.cells import (
    JSON_NESTED,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_TRUTH,
    MISSING,
    Cells,
    Json,
    Part,
    Reject,
    chunked,
)
from touchrules.streams.csvfile import Progress, check_names
from touchrules.streams.files import data_error, open_lines

_ROWS_AT_ONCE: Final = 16_384
_DEEP_AT_LEAST: Final = 100  # brackets; fewer cannot nest deeper than Python can follow
_REMEDY: Final = 'Each line of a JSON Lines file is one JSON object, like {"touch_id": "t1", "kind": "call"}.'


class WrittenNumber(str):
    """A number as it was written."""

    __slots__ = ()


_KINDS: Final[dict[type, int]] = {
    type(None): MISSING,
    str: JSON_TEXT,
    WrittenNumber: JSON_NUMBER,
    bool: JSON_TRUTH,
    dict: JSON_NESTED,
    list: JSON_NESTED,
}


class _BadRecordError(ValueError):
    """A line that is JSON but no record."""


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _BadRecordError(f'names "{twice}" twice')
    return record


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_record,
    parse_int=WrittenNumber,
    parse_float=WrittenNumber,
    parse_constant=lambda word: None if word == "NaN" else WrittenNumber(word),
)


@dataclass(slots=True, kw_only=True)
class _Records:
    """What was read so far: columns of whole chunks, and the records since."""

    paths: Sequence[str]
    records: list[dict[str, Any]] = field(default_factory=list)
    chunks: dict[str, list[tuple[int, pa.Array, npt.NDArray[np.uint8]]]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def pack(self) -> None:
        """Turn the records into columns; a chunk remembers at which row it starts."""
        start = len(self.numbers) - len(self.records)
        names = dict.fromkeys(name for record in self.records for name in record)
        for name in (name for name in names if name not in self.paths):
            values = [record.get(name) for record in self.records]
            self.chunks.setdefault(name, []).append((start, *json_cells(values)))
        for path in self.paths:
            found = [_follow(record, path) for record in self.records]
            if any(there for there, _ in found):
                self.chunks.setdefault(path, []).append((start, *json_cells([value for _, value in found])))
        self.records.clear()


def read_json_lines(
    path: Path,
    *,
    encoding: str = "utf-8-sig",
    paths: Sequence[str] = (),
    progress: Progress | None = None,
    most: int | None = None,
) -> Part:
    """All values of the records, or of the first `most`; blank lines are none.

    `paths` (`data.id`) become columns of their own. Lines that are no JSON object are rejects; a
    file without a single object raises DataError.
    """
    found = _Records(paths=paths)
    with open_lines(path, encoding) as text:
        count = 0
        for number, line in enumerate(text, 1):
            if count == most:
                break
            if not line.strip():
                continue
            count += 1
            record = read_record(line)
            if isinstance(record, str):
                found.rejects.append(_reject(path, count, number, record, line))
                continue
            found.records.append(record)
            found.numbers.append(count)
            found.lines.append(number)
            if len(found.records) >= _ROWS_AT_ONCE:
                found.pack()
                if progress:
                    progress(count, None)
    found.pack()
    if not found.numbers:
        first = found.rejects[0].line if found.rejects else None
        raise data_error(path, "is no JSON object." if first else "is empty.", _REMEDY, first)
    return _part(found, path)


def read_record(line: str) -> dict[str, Any] | str:
    """The record, its numbers as they were written, or why the line is none."""
    try:
        record = _DECODER.decode(line.strip())
        if line.count("[") + line.count("{") > _DEEP_AT_LEAST:
            write_json(record)
    except _BadRecordError as error:
        return str(error)
    except json.JSONDecodeError as error:
        return f"is no JSON: {error.msg} at character {error.pos + 1}"
    except RecursionError:
        return "is nested too deep"
    if not isinstance(record, dict):
        return "is no JSON object"
    return "holds half a character (a lone \\ud800 to \\udfff)" if _has_surrogate(line, record) else record


def _has_surrogate(line: str, record: dict[str, Any]) -> bool:
    if "\\ud" not in line and "\\uD" not in line:
        return False
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _follow(record: dict[str, Any], path: str) -> tuple[bool, Any]:
    """Whether the path is there, and what stands at its end."""
    if path in record:
        return True, record[path]
    value: Any = record
    for step in path.split("."):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return False, None
    return True, value


def json_cells(values: Iterable[Any]) -> tuple[pa.Array, npt.NDArray[np.uint8]]:
    """The texts of JSON values, null where missing, and what kind each is."""
    values = list(values)
    kinds = np.array([_KINDS.get(type(value), JSON_NESTED) for value in values], np.uint8)
    for at in np.flatnonzero(kinds > JSON_NUMBER):
        values[at] = write_json(values[at])
    texts = pa.array(values, pa.string())
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    kinds[texts.is_null().to_numpy(zero_copy_only=False)] = MISSING
    return texts, kinds


def json_cell(value: Any) -> str:
    """The text of one JSON value, empty where it is missing, as `json_cells` makes them.

    >>> json_cell(None), json_cell(True), json_cell("call")
    ('', 'true', 'call')
    """
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else write_json(value)


def write_json(value: Any) -> str:
    """A JSON value as compact text, its numbers as they were written."""
    if isinstance(value, WrittenNumber):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}:{write_json(each)}" for key, each in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(write_json(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False, default=str)


def _part(found: _Records, path: Path) -> Part:
    check_names(list(found.chunks), path)
    rows = len(found.numbers)
    columns: dict[str, Cells] = {name: _column(chunks, rows) for name, chunks in found.chunks.items()}
    paths = set(found.paths)
    return Part(
        file=str(path),
        columns=columns,
        originals={name: cells for name, cells in columns.items() if name not in paths},
        numbers=np.array(found.numbers, np.int64),
        lines=np.array(found.lines, np.int64),
        rejects=tuple(found.rejects),
    )


def _column(chunks: list[tuple[int, pa.Array, npt.NDArray[np.uint8]]], rows: int) -> Json:
    """One column of its chunks, missing in the rows between them."""
    kinds = np.zeros(rows, np.uint8)
    texts, end = [], 0
    for start, chunk, chunk_kinds in chunks:
        kinds[start : start + len(chunk)] = chunk_kinds
        texts += [pa.nulls(start - end, pa.string()), chunk]
        end = start + len(chunk)
    texts.append(pa.nulls(rows - end, pa.string()))
    return Json(texts=chunked(texts, pa.string()), kinds=kinds)


def _reject(path: Path, row: int, line: int, reason: str, text: str) -> Reject:
    return Reject(file=str(path), row=row, line=line, reason=reason, cells={"(line)": text.rstrip("\r\n")})
