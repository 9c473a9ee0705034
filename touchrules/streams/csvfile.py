"""Reads the rows of a CSV file as texts."""

from __future__ import annotations

import csv
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.streams.cells import Cells, Part, Reject, Written, chunked
from touchrules.streams.files import data_error, open_lines
from touchrules.streams.plaincsv import read_plain_csv

Progress = Callable[[int, int | None], None]

_ROWS_AT_ONCE: Final = 32_768
_NOTHING: Final = pa.scalar(None, pa.string())
_DELIMITERS: Final = (",", ";", "\t", "|")
_QUOTED: Final = re.compile(r'"[^"]*"')
_LARGEST_CELL: Final = 2**31 - 1
_HEADER_REMEDY: Final = "The first line of a CSV file names its columns, each once."


@dataclass(slots=True, kw_only=True)
class _Rows:
    """What was read so far: whole chunks as Arrow columns, the rest as rows."""

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    chunks: list[list[pa.Array]] = field(default_factory=list)
    numbers: array[int] = field(default_factory=lambda: array("q"))
    lines: array[int] = field(default_factory=lambda: array("q"))
    rejects: list[Reject] = field(default_factory=list)

    def pack(self) -> None:
        """Turn the rows into Arrow columns, in which empty cells are null."""
        columns = zip(*self.rows, strict=True) if self.rows else iter(() for _ in self.header)
        texts = [pa.array(column, pa.string()) for column in columns]
        self.chunks.append([pc.if_else(pc.equal(text, ""), _NOTHING, text) for text in texts])
        self.rows.clear()


def usual_delimiter(path: Path) -> str:
    """What parts the cells of a CSV file if a mapping does not say it."""
    return "\t" if ".tsv" in path.suffixes else ","


def find_delimiter(path: Path, encoding: str = "utf-8-sig") -> str | None:
    """What seems to part the cells of a CSV file by its header, where that is not the usual; else None."""
    with open_lines(path, encoding) as text:
        header = _QUOTED.sub("", next(text, ""))
    usual = usual_delimiter(path)
    most = max((usual, *_DELIMITERS), key=header.count)
    return None if most == usual else most


def read_csv(
    path: Path,
    *,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
    progress: Progress | None = None,
    most: int | None = None,
) -> Part:
    """All cells of a CSV file as texts, or those of its first `most` rows; an empty cell is missing.

    Rows with too few or too many cells are rejects; wholly blank lines are no rows. Raises DataError for
    what is wrong with the file as a whole: no header, a column named twice or not at all, quotes that do
    not end, NUL bytes, another encoding, a broken archive.
    """
    csv.field_size_limit(_LARGEST_CELL)
    with open_lines(path, encoding) as text:
        reader = csv.reader(_without_nul(text, path), delimiter=delimiter, strict=True)
        last = 0
        try:
            found = _Rows(header=_header(next(reader, None), path))
            if encoding == "utf-8-sig" and most is None:
                part = read_plain_csv(path, found.header, delimiter)
                if part:
                    return part
            width, count, last = len(found.header), 0, reader.line_num
            for row in reader:
                if len(row) == width:
                    count += 1
                    found.rows.append(row)
                    found.numbers.append(count)
                    found.lines.append(last + 1)
                    if len(found.rows) == _ROWS_AT_ONCE:
                        found.pack()
                        if progress:
                            progress(count, None)
                elif row:
                    count += 1
                    found.rejects.append(_ragged(found.header, row, count, last + 1, path))
                last = reader.line_num
                if count == most:
                    break
        except csv.Error as error:
            remedy = 'A cell that starts with " ends with the next single "; a " inside it is written "".'
            raise data_error(path, f"is no CSV: {error}.", remedy, last + 1) from None
    found.pack()
    return _part(found, path)


def _part(found: _Rows, path: Path) -> Part:
    columns: dict[str, Cells] = {
        name: Written(texts=chunked((chunk[index] for chunk in found.chunks), pa.string()))
        for index, name in enumerate(found.header)
    }
    return Part(
        file=str(path),
        columns=columns,
        originals=columns,
        numbers=np.array(found.numbers, np.int64),
        lines=np.array(found.lines, np.int64),
        rejects=tuple(found.rejects),
    )


def _header(header: list[str] | None, path: Path) -> list[str]:
    if header is None:
        raise data_error(path, "is empty.", _HEADER_REMEDY)
    check_names(header, path)
    return header


def check_names(names: list[str], path: Path | str) -> None:
    """Raise DataError if a column has no name, or two have the same."""
    nameless = [str(index) for index, name in enumerate(names, 1) if not name.strip()]
    if nameless:
        raise data_error(path, f"has columns without a name: column {', '.join(nameless)}.", _HEADER_REMEDY)
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise data_error(path, f"has columns of the same name: {', '.join(twice)}.", _HEADER_REMEDY)


def _without_nul(lines: Iterator[str], path: Path) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if "\0" in line:
            remedy = (
                "This is no text file, or one in UTF-16: save it as UTF-8, or name its encoding in a mapping."
            )
            raise data_error(path, "holds a NUL byte.", remedy, number)
        yield line


def _ragged(header: list[str], row: list[str], number: int, line: int, path: Path) -> Reject:
    return Reject(
        file=str(path),
        row=number,
        line=line,
        reason=f"has {len(row)} cells, the header names {len(header)} columns",
        cells=dict(zip(header, row, strict=False)) | {"(more cells)": ",".join(row[len(header) :])},
    )
