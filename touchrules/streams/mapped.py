"""Turns the columns of somebody's export into the fields of touches, as a mapping says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Final, assert_never

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.errors import DataError, Problem
from touchrules.language.words import allowed
from touchrules.streams.arrowcells import read_typed, texts_of
from touchrules.streams.cells import (
    Cells,
    Fault,
    Json,
    Part,
    Read,
    Rows,
    Typed,
    Written,
    chunked,
    constant_cells,
    quoted,
)
from touchrules.streams.columntypes import read_number
from touchrules.streams.mapping import (
    UNITS,
    Column,
    FieldMapping,
    FileMapping,
    FirstPresent,
    Joined,
    Literally,
    Origin,
    Piece,
    columns_of,
)
from touchrules.streams.stream import NUMBER, TEXT, TIMESTAMP
from touchrules.streams.timeformats import time_reader

_MISTAKE: Final = object()


def map_part(part: Part, mapping: FileMapping, timezone: str) -> Part:
    """The part with the fields that the mapping makes, and the other columns that it keeps.

    Rows that `where` does not select are counted as unselected; cells that a mapping cannot read are faults.
    Raises DataError that names the columns which the file lacks.
    """
    _check_columns(part, mapping)
    part = _select(part, mapping)
    making = _Making(part=part, timezone=timezone)
    fields = {name: making.cells(name, field) for name, field in mapping.columns}
    return dataclasses.replace(part, columns=fields | _kept(part, mapping), faults=tuple(making.faults))


def _check_columns(part: Part, mapping: FileMapping) -> None:
    wanted = [column for _, each in mapping.columns for column in columns_of(each.origin)]
    wanted += [condition.column for condition in mapping.where] + list(mapping.keep or ())
    problems = [
        Problem(
            message=f"{part.file} has no {'path' if column.nested else 'column'} {quoted(column.name)}.",
            remedy=allowed(column.name, part.originals, label="Columns"),
            place=column.place,
        )
        for column in dict.fromkeys(wanted)
        if find_cells(part, column) is None
    ]
    if problems:
        raise DataError(problems)


def find_cells(part: Part, column: Column) -> Cells | None:
    """The cells of a column, or at a path inside the records; None if the file has none such."""
    if column.name in part.columns or not column.nested:
        return part.columns.get(column.name)
    first, *steps = column.name.split(".")
    cells = part.columns.get(first)
    if not isinstance(cells, Typed):
        return None
    values = cells.values
    for step in steps:
        if not pa.types.is_struct(values.type) or values.type.get_field_index(step) < 0:
            return None
        values = pc.struct_field(values, step)
    return Typed(values=values)


def _cells_of(part: Part, column: Column) -> Cells:
    cells = find_cells(part, column)
    if cells is None:
        raise KeyError(column.name)
    return cells


def _select(part: Part, mapping: FileMapping) -> Part:
    if not mapping.where:
        return part
    chosen = np.ones(len(part), bool)
    for condition in mapping.where:
        texts = _texts(_cells_of(part, condition.column))
        present = pa.array([value for value in condition.values if value is not None], TEXT)
        fits = pc.is_in(texts, value_set=present)
        if None in condition.values:
            fits = pc.or_(fits, texts.is_null())
        chosen &= fits.to_numpy()
    return part.take(np.flatnonzero(chosen))


def _kept(part: Part, mapping: FileMapping) -> dict[str, Cells]:
    made = {name for name, _ in mapping.columns}
    if mapping.keep is not None:
        return {column.name: _cells_of(part, column) for column in mapping.keep if column.name not in made}
    used = {column.name for _, each in mapping.columns for column in columns_of(each.origin)}
    gone = used | made | set(mapping.paths)
    return {name: cells for name, cells in part.columns.items() if name not in gone}


def _texts(cells: Cells) -> pa.ChunkedArray:
    match cells:
        case Written() | Json():
            return cells.texts
        case Typed():
            return texts_of(cells.values)
        case _:
            assert_never(cells)


@dataclass(slots=True, kw_only=True)
class _Making:
    """The fields of one part being made, and what could not be read on the way."""

    part: Part
    timezone: str
    faults: list[Fault] = field(default_factory=list)

    def cells(self, name: str, how: FieldMapping) -> Cells:
        """The cells of one field."""
        cells = _origin_cells(self.part, how.origin)
        if how.lower:
            cells = Written(texts=pc.utf8_lower(_texts(cells)))
        if how.values:
            cells = Written(texts=self.valued(name, _texts(cells), how))
        if how.format:
            zone, wrong = how.timezone or self.timezone, f"is no time of the format {how.format}"
            if isinstance(cells, Typed) and pa.types.is_temporal(cells.values.type):
                return self.taken(name, cells, read_typed(cells.values, "timestamp", zone), wrong)
            return self.taken(name, cells, _read_all(cells, time_reader(how.format, zone), TIMESTAMP), wrong)
        if how.unit:
            read = _read_all(cells, _seconds_reader(UNITS[how.unit]), NUMBER)
            return self.taken(name, cells, read, "is no number")
        return cells

    def valued(self, name: str, texts: pa.ChunkedArray, how: FieldMapping) -> pa.ChunkedArray:
        """The texts with those of `values` exchanged."""
        known = dict(how.values)
        match how.default:
            case "keep":
                return _read_each(texts, lambda text: known.get(text, text), TEXT).values
            case "missing":
                return _read_each(texts, known.get, TEXT).values
            case "error":
                read = _read_each(texts, lambda text: known.get(text, _MISTAKE), TEXT)
                self.complain(name, Written(texts=texts), read.bad, "is no value that the mapping lists")
                return read.values
            case _:
                assert_never(how.default)

    def taken(self, name: str, cells: Cells, read: Read | Written, wrong: str) -> Cells:
        """What was read of the cells, after the faults are noted."""
        if isinstance(read, Written):
            return read
        self.complain(name, cells, read.bad, wrong)
        return Typed(values=read.values)

    def complain(self, name: str, cells: Cells, rows: Rows, what: str) -> None:
        """Note the rows whose cell could not be read."""
        texts = _texts(cells)
        if len(rows):
            told = Fault(field=name, rows=rows, reason=lambda row: f"{name} {quoted(str(texts[row]))} {what}")
            self.faults.append(told)


def _seconds_reader(unit: float) -> Callable[[str], float | None]:
    def read(text: str) -> float | None:
        number = read_number(text)
        return None if number is None else number / 1000 if unit == UNITS["ms"] else number * unit

    return read


def _read_all(cells: Cells, read: Callable[[str], Any], arrow: pa.DataType) -> Read:
    """Every cell read; whatever comes out as None is a mistake."""
    return _read_each(_texts(cells), lambda text: _MISTAKE if (value := read(text)) is None else value, arrow)


def _read_each(texts: pa.ChunkedArray, read: Callable[[str], Any], arrow: pa.DataType) -> Read:
    """Each distinct text read once; those that come out as a mistake are null, and told."""
    values, bad, start = [], [np.zeros(0, np.int64)], 0
    for chunk in texts.chunks:
        encoded = chunk.dictionary_encode()
        made = [read(text) for text in encoded.dictionary.to_pylist()]
        mistakes = pa.array([value is _MISTAKE for value in made], pa.bool_()).take(encoded.indices)
        bad.append(np.flatnonzero(mistakes.fill_null(False).to_numpy(zero_copy_only=False)) + start)
        distinct = pa.array([None if value is _MISTAKE or value == "" else value for value in made], arrow)
        values.append(distinct.take(encoded.indices))
        start += len(chunk)
    return Read(values=chunked(values, arrow), bad=np.concatenate(bad))


def _origin_cells(part: Part, origin: Origin) -> Cells:
    match origin:
        case Column():
            return _cells_of(part, origin)
        case Literally():
            return constant_cells(origin.text or None, len(part))
        case FirstPresent():
            return Written(texts=_one_chunk(pc.coalesce(*(_piece(part, piece) for piece in origin.pieces))))
        case Joined():
            return Written(texts=_joined(part, origin))
        case _:
            assert_never(origin)


def _joined(part: Part, origin: Joined) -> pa.ChunkedArray:
    pieces = [_piece(part, piece) for piece in origin.pieces]
    columns = [texts for texts, piece in zip(pieces, origin.pieces, strict=True) if isinstance(piece, Column)]
    texts = pc.binary_join_element_wise(*pieces, pa.scalar(origin.separator), null_handling="skip")
    if not columns:
        return _one_chunk(texts)
    present = reduce(pc.or_, (column.is_valid() for column in columns))
    return _one_chunk(pc.if_else(present, texts, pa.scalar(None, TEXT)))


def _piece(part: Part, piece: Piece) -> pa.ChunkedArray:
    if isinstance(piece, Literally):
        return constant_cells(piece.text or None, len(part)).texts
    return _texts(_cells_of(part, piece))


def _one_chunk(texts: Any) -> pa.ChunkedArray:
    return texts if isinstance(texts, pa.ChunkedArray) else chunked([texts], TEXT)
