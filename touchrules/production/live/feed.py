"""Lines as they come in, a few at a time."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from touchrules.errors import DataError, Problem

_CHUNK: Final = 1 << 16
_LONGEST_LINE: Final = 64 << 20
_PAUSE: Final = 0.2


def read_batches(file: int, stop: threading.Event) -> Iterator[list[str]]:
    """Yield the lines of a file or a pipe as soon as they are there, until its end or until `stop` is set.

    The last line may lack its end. Raises DataError where a line is longer than 64 MB.
    """
    rest = b""
    while not stop.is_set():
        if not select.select([file], [], [], _PAUSE)[0]:
            continue
        chunk = os.read(file, _CHUNK)
        if not chunk:
            if rest:
                yield _decode([rest])
            return
        *lines, rest = (rest + chunk).split(b"\n")
        _check_length(rest)
        if lines:
            yield _decode(lines)


def follow_batches(path: Path, offset: int, stop: threading.Event) -> Iterator[tuple[list[str], int]]:
    """Yield the lines of a file from an offset on as it grows, and where they end, until `stop` is set.

    A file that is not there yet is waited for. One that was put in its place, or that was cut short, is read
    from its start.
    """
    while not stop.is_set():
        if not path.exists():
            stop.wait(_PAUSE)
            continue
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(offset if offset <= size else 0)
            rest = b""
            while not stop.is_set():
                chunk = file.read(_CHUNK)
                *lines, rest = (rest + chunk).split(b"\n")
                _check_length(rest)
                if lines:
                    yield _decode(lines), file.tell() - len(rest)
                if chunk:
                    continue
                if _is_replaced(path, file.fileno(), file.tell()):
                    break
                stop.wait(_PAUSE)
            offset = 0


def _is_replaced(path: Path, file: int, read: int) -> bool:
    """Return whether another file stands at the path, or the same one cut short."""
    ours = os.fstat(file)
    try:
        there = path.stat()
    except FileNotFoundError:
        return False  # it is being replaced
    return (there.st_ino, there.st_dev) != (ours.st_ino, ours.st_dev) or ours.st_size < read


def _check_length(line: bytes) -> None:
    if len(line) > _LONGEST_LINE:
        remedy = "Touches are JSON Lines: one object a line."
        raise DataError(Problem(message="A line is longer than 64 MB.", remedy=remedy))


def _decode(lines: list[bytes]) -> list[str]:
    return [line.decode("utf-8", "surrogateescape") for line in lines]
