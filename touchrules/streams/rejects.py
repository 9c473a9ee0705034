"""Tells which rows were not taken, each with its reason, and writes them to a file."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, cast

import numpy as np

from touchrules.errors import DataError, Problem
from touchrules.streams.arrowcells import texts_of
from touchrules.streams.cells import Cells, Json, Part, Reject, Rows, Typed, Written, take_cells

TOLD_AT_MOST: Final = 20
_OWN_COLUMNS: Final = ("reject_file", "reject_row", "reject_line", "reject_reason")


def cell_text(cells: Cells, row: int) -> str | None:
    """One cell as text, for a message; None if it is missing."""
    return cell_texts(cells, np.array([row], np.int64))[0]


def cell_texts(cells: Cells, rows: Rows) -> list[str | None]:
    """The cells of those rows (positions from 0) as texts; None where one is missing."""
    match take_cells(cells, rows):
        case Written(texts=texts) | Json(texts=texts):
            return cast(list[str | None], texts.to_pylist())
        case Typed(values=values):
            return cast(list[str | None], texts_of(values).to_pylist())


def row_texts(part: Part, rows: Rows) -> list[dict[str, str]]:
    """The rows of a part (positions from 0) as they stood in the file; missing cells are left out."""
    columns = {name: cell_texts(cells, rows) for name, cells in part.originals.items()}
    return [{name: text for name, texts in columns.items() if (text := texts[at])} for at in range(len(rows))]


def reject_rows(part: Part, reasons: Mapping[int, str]) -> list[Reject]:
    """The rejects for rows of a part (positions from 0), with their cells as they stood in the file."""
    rows = np.array(list(reasons), np.int64)
    return [
        Reject(
            file=part.file,
            row=int(part.numbers[row]),
            line=None if part.lines is None else int(part.lines[row]),
            reason=reasons[row],
            cells=cells,
        )
        for row, cells in zip(rows.tolist(), row_texts(part, rows), strict=True)
    ]


def refuse_rows(first: Sequence[Reject], total: int) -> DataError:
    """The error that tells how many rows are bad, and the first 20 of them."""
    told = "\n".join(f"      {reject}" for reject in first[:TOLD_AT_MOST])
    which = f"the first {TOLD_AT_MOST} are" if total > TOLD_AT_MOST else "they are"
    rows = "1 row cannot be taken; it is" if total == 1 else f"{total:,} rows cannot be taken; {which}"
    remedy = "Mend the file or its mapping, or set bad rows aside: bad_rows='skip', --bad-rows skip."
    return DataError(Problem(message=f"{rows}:\n{told}", remedy=remedy))


def write_rejects(rejects: Sequence[Reject], path: Path | str) -> None:
    """Write the rejects as CSV: file, row, line and reason, then the cells under their own names.

    The file appears whole or not at all. It can be mended and read again as touches.
    """
    names = list(dict.fromkeys(name for each in rejects for name in each.cells))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*_OWN_COLUMNS, *names])
    for each in rejects:
        own = [each.file, each.row, each.line or "", each.reason]
        writer.writerow([*own, *(each.cells.get(name, "") for name in names)])
    _write_whole(Path(path), text.getvalue().encode("utf-8", "backslashreplace"))


def _write_whole(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
