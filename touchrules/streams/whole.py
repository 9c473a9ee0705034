"""Puts the parts of a stream together as one typed table, and finds the rows that cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from touchrules.errors import DataError, Problem
from touchrules.model.touches import DERIVED_FIELDS, REQUIRED_FIELDS, RESERVED_NAMES, TOUCH_FIELDS, FieldType
from touchrules.streams.arrowcells import is_readable
from touchrules.streams.cells import NO_ROWS, Cells, Fault, Part, Rows, Typed, quoted
from touchrules.streams.columntypes import common_type, read_cells, type_of_cells, why_unreadable
from touchrules.streams.instants import find_zone
from touchrules.streams.rejects import cell_text
from touchrules.streams.stream import ARROW_TYPES
from touchrules.streams.texts import decode_texts, encode_texts, join_texts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Whole:
    """All rows of all parts in file order, bad ones too, and the faults that were found in them.

    `starts` is the position of each part's first row in the table.
    """

    table: pa.Table
    parts: tuple[Part, ...]
    starts: Rows
    faults: tuple[Fault, ...]

    def origin(self, row: int) -> tuple[Part, int]:
        """The part that a row of the table came from, and its position in it."""
        index = int(np.searchsorted(self.starts, row, side="right")) - 1
        return self.parts[index], row - int(self.starts[index])

    def position(self, row: int) -> str:
        """Where a row of the table stood, for a person."""
        part, local = self.origin(row)
        return f"row {part.numbers[local]} of {part.file}"


def join_parts(
    parts: Sequence[Part], declared: Mapping[str, FieldType], timezone: str, *, plain: bool = False
) -> Whole:
    """The parts as one table; raises DataError where a column cannot be used at all.

    A column has the type of its field, else its declared type, else what all its cells in all parts are.
    Texts have a dictionary, but for touch_id; `plain`: none has.
    """
    _check_columns(parts)
    names = _ordered_names(parts)
    starts = np.cumsum([0, *(len(part) for part in parts)], dtype=np.int64)
    columns: dict[str, pa.ChunkedArray] = {}
    faults = [
        _moved(fault, int(start)) for part, start in zip(parts, starts, strict=False) for fault in part.faults
    ]
    for name in names:
        wanted = _wanted_type(name, parts, declared, timezone)
        coded = wanted == "text" and name != "touch_id" and not plain
        columns[name], found = _read_column(name, wanted, parts, starts, timezone, coded=coded)
        faults.extend(found)
    table = pa.table(columns)
    faults.extend(_missing_values(table, faults))
    faults.extend(_unknown_zones(table))
    return Whole(table=table, parts=tuple(parts), starts=starts[:-1], faults=tuple(faults))


def _ordered_names(parts: Sequence[Part]) -> list[str]:
    """Fields of the language in its order, then all others by name: the same for any order of files."""
    found = {name for part in parts for name in part.columns} - set(DERIVED_FIELDS)
    return [name for name in TOUCH_FIELDS if name in found] + sorted(found - set(TOUCH_FIELDS))


def _check_columns(parts: Sequence[Part]) -> None:
    problems = [problem for part in parts for problem in _column_problems(part)]
    if problems:
        raise DataError(problems)


def _column_problems(part: Part) -> Iterator[Problem]:
    for name, cells in part.columns.items():
        if name in RESERVED_NAMES:
            yield Problem(
                message=f"{part.file} has a column {name}, which is a word of the rulebook language.",
                remedy=f"Rename it, in the file or with a mapping. No column may be called {_listed()}.",
            )
        if isinstance(cells, Typed) and not is_readable(cells.values.type):
            yield Problem(
                message=f"{part.file}: column {name} holds {cells.values.type}; that cannot be a field.",
                remedy="Fields are texts, numbers, true/false and times. Convert it, or leave it out.",
            )
    absent = [name for name in REQUIRED_FIELDS if name not in part.columns]
    if absent:
        yield Problem(
            message=f"{part.file} has no column {', '.join(absent)}.",
            remedy=f"Every touch needs {', '.join(REQUIRED_FIELDS)}. Name the columns so, or say in a"
            f" mapping file where they are. Columns: {', '.join(part.columns) or 'none'}.",
        )


def _listed() -> str:
    return ", ".join(sorted(RESERVED_NAMES))


def _wanted_type(
    name: str, parts: Sequence[Part], declared: Mapping[str, FieldType], timezone: str
) -> FieldType | None:
    if name in TOUCH_FIELDS:
        return TOUCH_FIELDS[name]
    if name in declared:
        return declared[name]
    return common_type(type_of_cells(part.columns[name], timezone) for part in parts if name in part.columns)


def _read_column(
    name: str, wanted: FieldType | None, parts: Sequence[Part], starts: Rows, timezone: str, *, coded: bool
) -> tuple[pa.ChunkedArray, list[Fault]]:
    """One column of the table; of type null if no cell of it is present (required fields keep theirs)."""
    rows = int(starts[-1])
    if wanted is None:
        return pa.chunked_array([pa.nulls(rows)]), []
    arrow, pieces, faults = ARROW_TYPES[wanted], [], []
    for part, start in zip(parts, starts, strict=False):
        if name not in part.columns:
            pieces.append(pa.nulls(len(part), pa.string() if coded else arrow))
            continue
        read = read_cells(part.columns[name], wanted, timezone)
        if coded and not pa.types.is_dictionary(read.values.type):
            pieces.extend(encode_texts(read.values).chunks)
        else:
            pieces.extend((read.values if coded else decode_texts(read.values)).chunks)
        if len(read.bad):
            faults.append(_unreadable(name, wanted, part.columns[name], int(start), read.bad))
    column = join_texts(pieces) if coded else pa.chunked_array(pieces, type=arrow)
    if column.null_count == rows and not faults and name not in REQUIRED_FIELDS:
        return pa.chunked_array([pa.nulls(rows)]), []
    return column, faults


def _unreadable(name: str, wanted: FieldType, cells: Cells, start: int, bad: Rows) -> Fault:
    def reason(row: int) -> str:
        return why_unreadable(name, cell_text(cells, row - start) or "", wanted)

    return Fault(field=name, rows=bad + start, reason=reason)


def _moved(fault: Fault, start: int) -> Fault:
    return Fault(field=fault.field, rows=fault.rows + start, reason=lambda row: fault.reason(row - start))


def _missing_values(table: pa.Table, faults: Sequence[Fault]) -> list[Fault]:
    """Required fields that are missing, but not where a fault already tells why."""
    found = []
    for name in REQUIRED_FIELDS:
        if not table.column(name).null_count:
            continue
        known = np.concatenate([NO_ROWS, *(fault.rows for fault in faults if fault.field == name)])
        missing = np.setdiff1d(np.flatnonzero(table.column(name).is_null().to_numpy()), known)
        if len(missing):
            found.append(_is_missing(name, missing))
    return found


def _is_missing(name: str, rows: Rows) -> Fault:
    return Fault(field=name, rows=rows, reason=lambda _: f"{name} is missing")


def _unknown_zones(table: pa.Table) -> list[Fault]:
    if "timezone" not in table.column_names or pa.types.is_null(table.column("timezone").type):
        return []
    zones = encode_texts(table.column("timezone")).chunk(0)
    distinct = zones.dictionary.to_pylist()
    unknown = [code for code, zone in enumerate(distinct) if find_zone(zone) is None]
    if not unknown:
        return []
    codes = zones.indices.fill_null(-1).to_numpy()
    return [
        Fault(
            field="timezone",
            rows=np.flatnonzero(np.isin(codes, unknown)),
            reason=lambda row: f"timezone {quoted(distinct[codes[row]])} is no IANA time zone",
        )
    ]
