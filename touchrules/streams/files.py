"""Opens files of touches, plain or compressed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

import pyarrow as pa

from touchrules.errors import ArgumentError, DataError, Place, Problem

Format = Literal["csv", "jsonl", "parquet"]

_FORMATS: Final[dict[str, Format]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_COMPRESSIONS: Final = {".gz": "gzip", ".zst": "zstd"}
_FORMAT_REMEDY: Final = (
    "Touches are read from .csv, .tsv, .jsonl and .ndjson files, also with .gz or .zst after that,"
    " and from .parquet files."
)


def format_of(path: Path) -> Format:
    """What kind of file it is by its name; ArgumentError if it is not there, DataError if unknown."""
    if not path.exists():
        raise ArgumentError(
            Problem(message=f"There is no file {path}.", remedy="Give the path of a file of touches.")
        )
    if path.is_dir():
        raise ArgumentError(Problem(message=f"{path} is a folder.", remedy=_FORMAT_REMEDY))
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _COMPRESSIONS:
        suffixes.pop()
        if suffixes and _FORMATS.get(suffixes[-1]) == "parquet":
            raise data_error(path, "is a compressed Parquet file.", "Unpack it first.")
    known = _FORMATS.get(suffixes[-1]) if suffixes else None
    if known is None:
        raise data_error(path, "has an extension that says nothing about how to read it.", _FORMAT_REMEDY)
    return known


def data_error(path: Path | str, what: str, remedy: str = "", line: int | None = None) -> DataError:
    """The error that says what is wrong with a file; `what` goes on after the file's name."""
    place = Place(file=str(path), line=line, column=1) if line else None
    name = "This line" if line else str(path)
    return DataError(Problem(message=f"{name} {what}", remedy=remedy, place=place))


@contextmanager
def open_lines(path: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The text of a file, unpacked and decoded, with the ends of lines as they are.

    Whatever cannot be read while the file is open becomes a DataError that says where.
    """
    try:
        with open_bytes(path) as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
            yield text
    except UnicodeDecodeError as error:
        raise _undecodable(path, encoding, error) from None
    except OSError as error:
        raise data_error(path, f"cannot be read: {error}.", "Copy or export it again.") from None


def open_bytes(path: Path) -> pa.NativeFile:
    """The bytes of a file, unpacked."""
    return pa.input_stream(str(path), compression=_COMPRESSIONS.get(path.suffix.lower()))


def _undecodable(path: Path, encoding: str, error: UnicodeDecodeError) -> DataError:
    """Find the line and the byte, which the decoder knows only within its own buffer."""
    remedy = 'Save it as UTF-8, or name its encoding in a mapping file ("encoding: cp1252").'
    lines_are_bytes = encoding in {"utf-8-sig", "ascii"}
    with open_bytes(path) as stream:
        for number, line in enumerate(io.BufferedReader(stream) if lines_are_bytes else (), 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError as found:
                byte = f"byte 0x{line[found.start]:02x}, number {found.start + 1} of the line"
                return data_error(path, f"is not {encoding}: {byte}.", remedy, number)
    return data_error(path, f"is not {encoding}: {error.reason}.", remedy)
