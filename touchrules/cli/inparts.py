"""Replays in parts from the command line: which files, and within how much memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import typer

from touchrules.cli.inputs import Source
from touchrules.cli.screen import make_console, progress_bars
from touchrules.cli.summary import show_files, show_summary
from touchrules.errors import ArgumentError, Problem
from touchrules.model.rules import Rulebook
from touchrules.replay.partitioned import MEMORY, replay_files
from touchrules.replay.writing import write_summary
from touchrules.streams.prepared import is_prepared

_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?) ?(MB|GB)", re.IGNORECASE)
_UNITS: Final = {"MB": 1_000_000, "GB": 1_000_000_000}
_LEAST: Final = 500 * _UNITS["MB"]


def is_in_parts(touches: Sequence[str], memory: str | None) -> bool:
    """Return whether touches are to be replayed in parts: that was asked for, or they are a folder."""
    return memory is not None or any(Path(one).is_dir() and not is_prepared(one) for one in touches)


def find_parquet(touches: Sequence[str]) -> list[Path]:
    """Return the Parquet files among paths and in folders among them, the latter by name.

    Raises ArgumentError for whatever else is there, and for a file that is named twice.
    """
    files: list[Path] = []
    for path in map(Path, touches):
        found = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        if not found:
            remedy = "Name a folder with *.parquet files, or files."
            raise ArgumentError(Problem(message=f"There is no Parquet file in {path}.", remedy=remedy))
        for one in found:
            if one.suffix.lower() != ".parquet" or not one.is_file():
                remedy = "Name Parquet files or a folder of them, or leave --memory out."
                raise ArgumentError(Problem(message=f"{one} is no Parquet file.", remedy=remedy))
        files += found
    twice = next((one for place, one in enumerate(files) if one in files[:place]), None)
    if twice is not None:
        raise ArgumentError(Problem(message=f"{twice} is named twice.", remedy="Name it once."))
    return files


def read_memory(text: str | None) -> int:
    """Return a size such as 4GB in bytes. Raises ArgumentError.

    >>> read_memory("1.5 GB")
    1500000000
    """
    if text is None:
        return MEMORY
    match = _SIZE.fullmatch(text.strip())
    size = int(float(match[1]) * _UNITS[match[2].upper()]) if match else 0
    if size < _LEAST:
        message = f'--memory: "{text}" is no size of at least 500MB.'
        raise ArgumentError(Problem(message=message, remedy="Give it in MB or GB, such as 4GB."))
    return size


def refuse_beside(given: Mapping[str, object]) -> None:
    """Raise ArgumentError where options are given that do not go with a replay in parts."""
    asked = [option for option, value in given.items() if value]
    if asked:
        message = f"{' and '.join(asked)}: that does not go with a replay in parts (--memory, or a folder)."
        raise ArgumentError(Problem(message=message, remedy="Leave it out, or replay files in memory."))


def replay_in_parts(
    books: Sequence[Rulebook],
    source: Source,
    memory: str | None,
    as_of: int | None,
    out: Path,
    *,
    as_json: bool,
) -> None:
    """Replay Parquet files in parts, and show the summary and where the files are, or the summary as JSON."""
    with progress_bars() as tell:
        done = replay_files(
            books,
            find_parquet(source.files),
            out,
            memory=read_memory(memory),
            timezone=source.zone,
            as_of=as_of,
            bad_rows=source.bad_rows.value,
            progress=tell,
        )
    if as_json:
        rejects = done.rejects if source.bad_rows.value == "skip" else None
        typer.echo(write_summary(done.summary, rejects), nl=False)
        return
    console = make_console()
    show_summary(console, done.summary)
    show_files(console, done.paths, set_aside=len(done.rejects), unselected=0)
