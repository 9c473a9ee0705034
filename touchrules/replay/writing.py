"""Writes what a replay gave into a folder: every file whole, or none at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from touchrules.errors import ArgumentError, Problem
from touchrules.replay.run import Replay
from touchrules.replay.summary import Summary
from touchrules.streams.cells import Reject
from touchrules.streams.rejects import write_rejects
from touchrules.streams.together import each_in_turn

Write = Callable[[Path], None]
"""Writes one file, at a path that is new."""

FINDINGS: Final = "findings.parquet"
EXPECTATIONS: Final = "expectations.parquet"
FACTS: Final = "facts.parquet"
SUMMARY: Final = "summary.json"
REJECTS: Final = "rejects.csv"


def write_replay(
    replay: Replay, folder: Path | str, *, rejects: Sequence[Reject] | None = None, unselected: int = 0
) -> tuple[Path, ...]:
    """Write findings.parquet, expectations.parquet, facts.parquet and summary.json; return their paths.

    The folder is made if it is missing. `rejects` are the rows set aside, for rejects.csv; None: bad rows
    were refused, and there is no such file. The same replay gives the same bytes. Whatever goes wrong, a
    Ctrl-C too, leaves the folder as it was. Raises ArgumentError if the folder cannot be written.
    """
    writers: dict[str, Write] = {
        FINDINGS: lambda path: write_table(replay.findings, path),
        EXPECTATIONS: lambda path: write_table(replay.expectations, path),
        FACTS: lambda path: write_table(replay.facts, path),
        SUMMARY: lambda path: write_text(write_summary(replay.summary, rejects, unselected), path),
    }
    if rejects is not None:
        writers[REJECTS] = lambda path: write_rejects(rejects, path)
    rows = max(len(replay.findings), len(replay.expectations), len(replay.facts))
    return write_files(Path(folder), writers, rows)


def write_summary(summary: Summary, rejects: Sequence[Reject] | None = None, unselected: int = 0) -> str:
    """Return summary.json: the summary, and how many rows were set aside or not selected by a mapping."""
    told = {**summary.as_json(), "set_aside": len(rejects or ()), "not_selected": unselected}
    return json.dumps(told, indent=2, allow_nan=False) + "\n"


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table as Parquet: the same table gives the same bytes."""
    pq.write_table(table, path, compression="zstd", version="2.6")


def write_text(text: str, path: Path) -> None:
    """Write a text in UTF-8."""
    path.write_text(text, encoding="utf-8", newline="\n")


def write_texts(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write several texts of a folder, by the names of their files, that appear all or not at all."""
    check_folder(folder, texts)
    return write_files(folder, {name: partial(write_text, text) for name, text in texts.items()})


def write_file(path: Path, write: Write) -> None:
    """Write one file that appears whole or not at all. Raises ArgumentError if it cannot be written."""
    write_files(path.parent, {path.name: write})


def write_files(folder: Path, writers: Mapping[str, Write], rows: int = 0) -> tuple[Path, ...]:
    """Write several files of a folder, by name, that appear all or not at all; return their paths.

    `rows`: how long the longest is; two long ones are written at a time.
    """
    check_folder(folder, writers)
    with _made(folder), _drafts_in(folder) as drafts:
        for _ in each_in_turn(lambda name: writers[name](drafts / name), list(writers), rows):
            pass
        _move_in(drafts, folder, list(writers))
    return tuple(folder / name for name in writers)


def check_folder(folder: Path, names: Iterable[str] = (FINDINGS, EXPECTATIONS, FACTS, SUMMARY)) -> None:
    """Raise ArgumentError if files of these names cannot be written there; changes nothing."""
    there = folder
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise _unwritable(folder, f"{there} is no folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise _unwritable(folder, os.strerror(errno.EACCES))
    for name in names:
        if (folder / name).is_dir():
            raise _unwritable(folder / name, "it is a folder")


def _unwritable(path: Path, why: str) -> ArgumentError:
    remedy = "Name a folder that you may write, or one that can be made."
    return ArgumentError(Problem(message=f"{path} cannot be written: {why}.", remedy=remedy))


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder, for good only if all goes well."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException as error:
        for made in new:
            with suppress(OSError):
                made.rmdir()
        if isinstance(error, OSError):
            raise _unwritable(folder, error.strerror or str(error)) from error
        raise


@contextmanager
def _drafts_in(folder: Path) -> Iterator[Path]:
    """Make a hidden folder for files that are not finished, and clear it away at the end."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".touchrules-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _move_in(drafts: Path, folder: Path, names: Sequence[str]) -> None:
    """Put finished files in place; if one cannot be, put back what was there."""
    kept = drafts / "kept"
    kept.mkdir()
    try:
        for name in names:
            if (folder / name).exists():
                _keep(folder / name, kept / name)
            (drafts / name).replace(folder / name)
    except BaseException:
        for name in names:
            if (drafts / name).exists():
                continue
            if (kept / name).exists():
                (kept / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


def _keep(path: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without hard links
        shutil.copy2(path, kept)
