"""Lines as they come in, a few at a time."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from touchrules.errors import DataError, Problem

_CHUNK: Final = 1 << 16
_LONGEST_LINE: Final = 64 << 20
_PAUSE: Final = 0.2


class Stop:
    """Whether the reading should end. Signals may set it at any moment: it takes no lock, as events do."""

    def __init__(self) -> None:
        self._asked = False

    def set(self) -> None:
        """Ask for the end."""
        self._asked = True

    def is_set(self) -> bool:
        """Return whether the end was asked for."""
        return self._asked


def read_batches(file: int, stop: Stop) -> Iterator[list[str]]:
    """Yield the lines of a file or a pipe as soon as they are there, until its end or until `stop` is set.

    The last line may lack its end. Raises DataError where a line is longer than 64 MB.
    """
    begun = _Begun()
    while not stop.is_set():
        if not select.select([file], [], [], _PAUSE)[0]:
            continue
        chunk = os.read(file, _CHUNK)
        if lines := begun.end(chunk) if chunk else begun.rest():
            yield _decode(lines)
        if not chunk:
            return


class _Begun:
    """A line that has begun; its pieces are put together once, when it ends."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.length = 0

    def end(self, chunk: bytes) -> list[bytes]:
        """Take a chunk in; return the lines that end in it."""
        first, *others = chunk.split(b"\n")
        lines = [b"".join([*self._pieces, first]), *others[:-1]] if others else []
        if others:
            self._pieces, self.length = [], 0
        last = others[-1] if others else first
        self._pieces.append(last)
        self.length += len(last)
        if self.length > _LONGEST_LINE:
            remedy = "Touches are JSON Lines: one object a line."
            raise DataError(Problem(message="A line is longer than 64 MB.", remedy=remedy))
        return lines

    def rest(self) -> list[bytes]:
        """Return the last line, if it lacks its end."""
        return [b"".join(self._pieces)] if self.length else []


def follow_batches(path: Path, place: str | None, stop: Stop) -> Iterator[tuple[list[str], str]]:
    """Yield the lines of a file from a place on as it grows, and the place where they end, until `stop`.

    A file that is not there yet is waited for. One that was put in its place, or that was cut short, is read
    from its start; what stands in the other one is read to its end before.
    """
    while not stop.is_set():
        if not path.exists():
            time.sleep(_PAUSE)
            continue
        with path.open("rb") as file:
            known = os.fstat(file.fileno())
            number, _, offset = (place or "").partition(" ")
            if number == str(known.st_ino) and int(offset) <= known.st_size:
                file.seek(int(offset))
            yield from _follow_one(path, file, stop)
        place = None


def _follow_one(path: Path, file: BinaryIO, stop: Stop) -> Iterator[tuple[list[str], str]]:
    """Yield the lines of one file, until it is replaced and read to its end, or cut short."""
    begun, replaced = _Begun(), False
    number = os.fstat(file.fileno()).st_ino
    while not stop.is_set():
        chunk = file.read(_CHUNK)
        if lines := begun.end(chunk) if chunk or not replaced else begun.rest():
            yield _decode(lines), f"{number} {file.tell() - begun.length}"
        if chunk:
            continue
        if replaced or os.fstat(file.fileno()).st_size < file.tell():
            return
        replaced = _is_replaced(path, number)  # what was written until then is still to be read
        if not replaced:
            time.sleep(_PAUSE)


def _is_replaced(path: Path, number: int) -> bool:
    """Return whether another file stands at the path."""
    try:
        return path.stat().st_ino != number
    except FileNotFoundError:
        return False  # it is being replaced


def _decode(lines: list[bytes]) -> list[str]:
    return [line.decode("utf-8", "surrogateescape") for line in lines]
