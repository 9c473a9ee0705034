"""Prepared touches: a folder that holds a stream ready to use, mapped into memory when it is opened.

It holds `touches.arrow`, the stream's table in its order, arrays of numbers as `.npy` files, which engines
put there for themselves, and `manifest.json`, which tells of them all. A folder is written under another name
and then put in place, so that it is there whole or not at all.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import ipc

from touchrules.errors import ArgumentError, DataError, Problem
from touchrules.model.touches import FieldType
from touchrules.streams.cells import Reject
from touchrules.streams.files import data_error
from touchrules.streams.stream import Stream
from touchrules.streams.texts import encode_texts

FORMAT: Final = "touchrules prepared touches"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
_TABLE: Final = "touches.arrow"
_REMEDY: Final = "Prepare the touches again: touchrules prepare."
_PIECE: Final = 1 << 24


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """An open folder of prepared touches. `told`: what the manifest says; `table`: that of the stream."""

    folder: Path
    told: Mapping[str, Any]
    table: pa.Table

    def array(self, name: str) -> npt.NDArray[Any] | None:
        """Return an array, mapped into memory, or None if there is none. Changes to it reach no file."""
        if f"{name}.npy" not in self.told["files"]:
            return None
        path = self.folder / f"{name}.npy"
        try:
            return np.asarray(np.load(path, mmap_mode="c", allow_pickle=False))
        except (OSError, ValueError) as error:
            raise data_error(path, f"cannot be read: {error}.", _REMEDY) from None

    def note(self, sort: str, name: str) -> Any:
        """Return what a writer noted by that name, or None."""
        return self.told["notes"].get(sort, {}).get(name)

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """The rows that were set aside."""
        return tuple(Reject(**one) for one in self.told["rejects"])

    def stream(self) -> Stream:
        """Return the touches."""
        return Stream(table=self.table, timezone=self.told["timezone"], prepared=self)


class Draft:
    """A folder of prepared touches that is being written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: dict[str, dict[str, Any]] = {}

    def save_array(self, name: str, array: npt.NDArray[Any]) -> None:
        """Write an array of numbers or of true/false."""
        with (self.folder / f"{name}.npy").open("xb") as file:
            np.save(file, np.ascontiguousarray(array), allow_pickle=False)

    def note(self, sort: str, name: str, what: Any) -> None:
        """Have the manifest tell something, in plain JSON values, by that name."""
        self.notes.setdefault(sort, {})[name] = what


@contextmanager
def write_prepared(
    stream: Stream, folder: Path, *, rejects: Sequence[Reject] = (), unselected: int = 0
) -> Iterator[Draft]:
    """Write a folder of prepared touches; it takes its place when the `with` ends well.

    Takes the place of such a folder, of nothing else. Raises ArgumentError if it cannot be written.
    """
    check_place(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        there = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            _write_table(stream.table, there / _TABLE)
            draft = Draft(there)
            yield draft
            manifest = {
                "format": FORMAT,
                "version": VERSION,
                "rows": len(stream),
                "timezone": stream.timezone,
                "unselected": unselected,
                "rejects": [dataclasses.asdict(one) for one in rejects],
                "notes": draft.notes,
                "files": {path.name: _seen(path) for path in sorted(there.iterdir())},
            }
            (there / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8", newline="\n")
            there.chmod(0o755)
            _put_in_place(there, folder)
        finally:
            shutil.rmtree(there, ignore_errors=True)
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error


def ready_table(stream: Stream) -> Stream:
    """Return the stream as it is best kept: each column in one piece, no text that stands on no touch."""
    columns = {}
    for name, column in zip(stream.table.column_names, stream.table.columns, strict=True):
        if pa.types.is_dictionary(column.type):
            if sum(len(chunk.dictionary) for chunk in column.chunks) > len(column):
                column = column.cast(column.type.value_type)  # noqa: PLW2901
            columns[name] = encode_texts(column)
        else:
            whole = column.combine_chunks()
            is_one = not isinstance(whole, pa.ChunkedArray)
            columns[name] = pa.chunked_array([whole], column.type) if is_one else whole
    return dataclasses.replace(stream, table=pa.table(columns))


def is_prepared(path: object) -> bool:
    """Whether that is the path of a folder of prepared touches."""
    return isinstance(path, str | Path) and (Path(path) / MANIFEST).is_file()


def open_prepared(folder: Path, declared: Mapping[str, FieldType] | None = None) -> Prepared:
    """Open a folder of prepared touches. Raises DataError if it is none, or a `declared` type is another."""
    told = _read_manifest(folder)
    for name, seen in told["files"].items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != seen["bytes"]:
            raise data_error(folder, f"is not whole: {name} is missing, or is cut off.", _REMEDY)
    try:
        with pa.memory_map(str(folder / _TABLE)) as source, ipc.open_file(source) as file:
            table = file.read_all()
    except (pa.ArrowException, OSError) as error:
        raise data_error(folder / _TABLE, f"cannot be read: {error}.", _REMEDY) from None
    opened = Prepared(folder=folder, told=told, table=table)
    types = opened.stream().types
    for name, wanted in (declared or {}).items():
        if types.get(name) not in {None, wanted}:
            message = f"{folder} holds {name} as {types[name]}, and a rulebook declares it as {wanted}."
            raise DataError(Problem(message=message, remedy="Prepare the touches with these rulebooks."))
    return opened


def zone_of_prepared(folder: Path) -> str:
    """The time zone that a folder was prepared in. Raises DataError if it holds no prepared touches."""
    return str(_read_manifest(folder)["timezone"])


def check_prepared(folder: Path) -> None:
    """Raise DataError if a file of the folder is not as it was written."""
    for name, seen in _read_manifest(folder)["files"].items():
        path = folder / name
        if not path.is_file() or _seen(path) != seen:
            raise data_error(folder, f"is damaged: {name} is not as it was written.", _REMEDY)


def check_place(folder: Path) -> None:
    """Raise ArgumentError if there is something at a path that prepared touches may not replace."""
    if not is_prepared(folder) and (folder.is_symlink() or folder.exists()) and not _is_empty(folder):
        raise _unwritable(folder, "there is something else of that name")


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and next(folder.iterdir(), None) is None


def _read_manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / MANIFEST
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise data_error(path, f"cannot be read: {error}.", _REMEDY) from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise data_error(folder, "holds no prepared touches.", _REMEDY)
    if told.get("version") != VERSION:
        raise data_error(folder, "was prepared by another version of touchrules.", _REMEDY)
    return told


def _write_table(table: pa.Table, path: Path) -> None:
    with ipc.new_file(str(path), table.schema) as file:
        file.write_table(table)


def _seen(path: Path) -> dict[str, int]:
    """Return the size of a file and the CRC-32 of what it holds."""
    check = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            check = zlib.crc32(piece, check)
    return {"bytes": path.stat().st_size, "crc32": check}


def _put_in_place(there: Path, folder: Path) -> None:
    """Give a folder its name; what had it goes."""
    old = there.with_name(there.name + ".old")
    with suppress(FileNotFoundError):
        folder.rename(old)
    try:
        there.rename(folder)
    except OSError:
        with suppress(OSError):
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _unwritable(folder: Path, why: str) -> ArgumentError:
    remedy = "Name a folder that you may write, or one that can be made."
    return ArgumentError(Problem(message=f"{folder} cannot be written: {why}.", remedy=remedy))
