"""The cells of a file as they were written, before they are read as values."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Rows = npt.NDArray[np.int64]
NO_ROWS: Final[Rows] = np.zeros(0, np.int64)

MISSING, JSON_TEXT, JSON_NUMBER, JSON_TRUTH, JSON_NESTED = range(5)
_LONGEST_QUOTE: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Written:
    """Cells of a CSV file: texts, null where the cell is empty."""

    texts: pa.ChunkedArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Json:
    """Cells of JSON: their own text (null where missing), and for each what JSON says it is."""

    texts: pa.ChunkedArray
    kinds: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Typed:
    """Cells that come with an Arrow type of their own: Parquet, data frames, times read by a mapping.

    `encoded`: they are texts as `encode_texts` makes them.
    """

    values: pa.ChunkedArray
    encoded: bool = False


Cells = Written | Json | Typed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Read:
    """A column of values in its Arrow type, and the positions of the cells that could not be read."""

    values: pa.ChunkedArray
    bad: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A row that was not taken: where it stood, why, and its cells as text.

    `row` counts the data rows of the file from 1; `line` is its first line in a text file, else None.
    """

    file: str
    row: int
    line: int | None
    reason: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.position}: {self.reason}"

    @property
    def position(self) -> str:
        """Where the row stands, for a person."""
        line = f" (line {self.line})" if self.line else ""
        return f"{self.file}, row {self.row}{line}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fault:
    """Rows (positions from 0) that cannot be taken because of one field, and why for each of them."""

    field: str
    rows: Rows
    reason: Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """What one file gave: its columns, the number and line of each row, and what was wrong with rows.

    `rejects` are rows that never became cells (ragged lines); `originals` are the columns as they stood
    in the file; `unselected` counts the rows that a mapping's `where` left out.
    """

    file: str
    columns: dict[str, Cells]
    originals: dict[str, Cells]
    numbers: Rows
    lines: Rows | None = None
    rejects: tuple[Reject, ...] = ()
    faults: tuple[Fault, ...] = ()
    unselected: int = 0

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, rows: Rows) -> Part:
        """The part with only those rows; faults must not have been found yet."""
        return dataclasses.replace(
            self,
            columns={name: take_cells(cells, rows) for name, cells in self.columns.items()},
            originals={name: take_cells(cells, rows) for name, cells in self.originals.items()},
            numbers=self.numbers[rows],
            lines=None if self.lines is None else self.lines[rows],
            unselected=self.unselected + len(self) - len(rows),
        )


def chunked(arrays: Iterable[pa.Array], arrow_type: pa.DataType) -> pa.ChunkedArray:
    """One column of those pieces."""
    return pa.chunked_array(list(arrays), type=arrow_type)


def constant_cells(text: str | None, rows: int) -> Written:
    """A column that says the same in every row."""
    texts = pa.nulls(rows, pa.string()) if text is None else pa.repeat(pa.scalar(text), rows)
    return Written(texts=chunked([texts], pa.string()))


def take_cells(cells: Cells, rows: Rows) -> Cells:
    """The cells of those rows (positions from 0), in that order."""
    match cells:
        case Written():
            return Written(texts=cells.texts.take(pa.array(rows)))
        case Json():
            return Json(texts=cells.texts.take(pa.array(rows)), kinds=cells.kinds[rows])
        case Typed():
            return Typed(values=cells.values.take(pa.array(rows)), encoded=cells.encoded)


def quoted(text: str) -> str:
    """The text in quotes, cut if it is long.

    >>> quoted("next week")
    '"next week"'
    """
    short = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
    return '"' + short.replace("\n", "\\n").replace("\r", "\\r") + '"'
