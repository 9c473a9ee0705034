"""Reads CSV files in which nothing is unusual, many rows at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from touchrules.streams.cells import Cells, Part, Rows, Written
from touchrules.streams.files import open_bytes

_BLOCK: Final = 1 << 24
_BOM: Final = b"\xef\xbb\xbf"


def read_plain_csv(path: Path, header: list[str], delimiter: str) -> Part | None:
    """Return the cells of a CSV file in UTF-8 whose header is known; None if it must be read row by row.

    That is so where rows have too few or too many cells, where quotes stand anywhere but around a cell or
    doubled within one, and wherever else the two ways to read it might not agree.
    """
    with open_bytes(path) as stream:
        content = stream.read()
    content = content.removeprefix(_BOM)
    if len(delimiter) != 1 or not delimiter.isascii() or not _is_plain(content, ord(delimiter)):
        return None
    table = _read(content, header, delimiter)
    if table is None:
        return None
    columns: dict[str, Cells] = {
        name: Written(texts=column) for name, column in zip(header, table.columns, strict=True)
    }
    lines = _first_lines(table, header, content)
    if lines is None:
        return None
    numbers = np.arange(1, len(table) + 1, dtype=np.int64)
    return Part(file=str(path), columns=columns, originals=columns, numbers=numbers, lines=lines)


def _is_plain(content: bytes, delimiter: int) -> bool:
    """Return whether each quote opens a cell, closes one, or is one of two within a cell."""
    if not content or b"\0" in content or content.count(b"\r") != content.count(b"\r\n"):
        return False
    found = np.frombuffer(content, np.uint8)
    quotes = np.flatnonzero(found == ord('"'))
    if len(quotes) % 2:
        return False
    borders = np.zeros(256, np.bool_)
    borders[[delimiter, *b'"\r\n']] = True
    opening, closing = quotes[::2], quotes[1::2]
    before = found[opening[opening > 0] - 1]
    after = found[closing[closing < len(found) - 1] + 1]
    return bool(borders[before].all() and borders[after].all())


def _read(content: bytes, header: list[str], delimiter: str) -> pa.Table | None:
    text = {name: pa.string() for name in header}
    try:
        table = csv.read_csv(
            pa.BufferReader(content),
            csv.ReadOptions(block_size=_BLOCK),
            csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            csv.ConvertOptions(
                column_types=text, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True
            ),
        )
    except pa.ArrowException:
        return None
    return table if table.column_names == header else None


def _first_lines(table: pa.Table, header: list[str], content: bytes) -> Rows | None:
    """Return the line of the file on which each row begins; None if there are blank lines."""
    ends = content.count(b"\n") + (not content.endswith(b"\n"))
    first = 1 + sum(name.count("\n") for name in header)
    within = np.zeros(len(table), np.int64)
    if ends != first + len(table):
        for column in table.columns:
            counts: npt.NDArray[Any] = pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy()
            within += counts
        if ends != first + len(table) + int(within.sum()):
            return None
    lines: Rows = first + 1 + np.arange(len(table)) + np.cumsum(within) - within
    return lines
