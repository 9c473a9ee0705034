"""Decides which files are read, and what the mapping says of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pyarrow as pa

from touchrules.errors import ArgumentError, Problem
from touchrules.streams.arrowfile import is_frame
from touchrules.streams.mapping import FileMapping, TouchMapping

Source = Path | str | Any  # a file, a pandas DataFrame or a pyarrow Table


def plan_files(
    paths: Source | Sequence[Source], mapping: TouchMapping | None
) -> list[tuple[Source, FileMapping | None]]:
    """Which files are read, and what is told of each; folders become the files that a mapping names.

    Raises ArgumentError where a mapping with `files` and the paths do not fit together.
    """
    single = isinstance(paths, str | Path | pa.Table) or is_frame(paths)
    sources = [paths] if single else list(cast(Sequence[Source], paths))
    if not sources and (mapping is None or mapping.files[0].pattern is None):
        raise ArgumentError(Problem(message="No file of touches is given.", remedy="Name at least one."))
    if mapping is None:
        return [(source, None) for source in sources]
    entries = [entry for entry in mapping.files if entry.pattern is not None]
    if not entries:
        return [(source, mapping.files[0]) for source in sources]
    plan: list[tuple[Source, FileMapping | None]] = []
    for source in sources or [mapping.path.parent]:
        if not isinstance(source, str | Path):
            raise _unplanned("a table in memory", mapping)
        path = Path(source)
        plan.extend(_in_folder(path, entries, mapping) if path.is_dir() else _of_file(path, entries, mapping))
    return plan


def _in_folder(
    folder: Path, entries: Sequence[FileMapping], mapping: TouchMapping
) -> list[tuple[Source, FileMapping | None]]:
    plan: list[tuple[Source, FileMapping | None]] = []
    for entry in entries:
        found = sorted(folder.glob(str(entry.pattern)))
        if not found:
            remedy = "Mend the name, or take the entry out."
            message = f"{mapping.path} names {entry.pattern}, and there is no such file in {folder}."
            raise ArgumentError(Problem(message=message, remedy=remedy))
        plan.extend((path, entry) for path in found)
    return plan


def _of_file(
    path: Path, entries: Sequence[FileMapping], mapping: TouchMapping
) -> list[tuple[Source, FileMapping | None]]:
    found = [entry for entry in entries if path.match(str(entry.pattern))]
    if not found:
        raise _unplanned(str(path), mapping)
    return [(path, entry) for entry in found]


def _unplanned(name: str, mapping: TouchMapping) -> ArgumentError:
    patterns = ", ".join(str(entry.pattern) for entry in mapping.files)
    message = f"{mapping.path} says nothing of {name}: its files are {patterns}."
    return ArgumentError(Problem(message=message, remedy="Give one of those, or their folder."))
