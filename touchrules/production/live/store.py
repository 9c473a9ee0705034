"""What was decided, written down before anybody is told: an append-only log in a folder."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchrules.errors import ArgumentError, EngineError, Problem
from touchrules.production.live.touches import LiveTouch

LOG: Final = "log.sqlite"
LOCK: Final = "lock"
FORMAT: Final = "1"
_KEPT_SNAPSHOTS: Final = 2
_PREFIX, _SUFFIX = "snapshot-", ".state"

_TABLES: Final = (
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE steps (number INTEGER PRIMARY KEY, touch_id TEXT UNIQUE, at INTEGER NOT NULL, touch TEXT,"
    " decided TEXT NOT NULL, answer TEXT NOT NULL)",
    "CREATE INDEX clocks ON steps (at) WHERE touch_id IS NULL",
    "CREATE TRIGGER steps_stay BEFORE UPDATE ON steps"
    " BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER steps_are_kept BEFORE DELETE ON steps"
    " BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One step of the log: a touch, or an instant to which the clock went on (`touch` None).

    `decided`: the rules that found it. `answer`: what was told, as JSON.
    """

    number: int
    at: int
    touch: LiveTouch | None
    decided: tuple[str, ...]
    answer: str


class Store:
    """The log of one engine, and the snapshots beside it.

    One process writes at a time: it holds a lock, which ends with it. What `append` returned from survives
    a kill of the process and a loss of power.
    """

    def __init__(self, folder: Path, bundle: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            lock = _take_lock(folder)
            opened.callback(os.close, lock)
            with _told(folder):
                self._log = sqlite3.connect(folder / LOG, isolation_level=None, check_same_thread=False)
                opened.callback(self._log.close)
                self._log.execute("PRAGMA journal_mode=WAL")
                self._log.execute("PRAGMA synchronous=FULL")
                self._open(bundle)
                self._clear_away()
            self._opened = opened.pop_all()

    def _open(self, bundle: str) -> None:
        """Make the tables of a new log, or see that the log is of the same bundle."""
        self._log.execute("BEGIN IMMEDIATE")
        known = self._log.execute("SELECT name FROM sqlite_master WHERE name = 'about'").fetchone()
        if known is None:
            for statement in _TABLES:
                self._log.execute(statement)
            self._log.executemany("INSERT INTO about VALUES (?, ?)", [("format", FORMAT), ("bundle", bundle)])
        self._log.execute("COMMIT")
        if self.about("format") != FORMAT:
            message = f"{self.folder} was written by another version of touchrules."
            raise ArgumentError(Problem(message=message, remedy="Use that version, or another folder."))
        if self.about("bundle") != bundle:
            message = f"{self.folder} holds what another bundle decided."
            remedy = "Give the bundle that it was begun with, or another folder."
            raise ArgumentError(Problem(message=message, remedy=remedy))

    def _clear_away(self) -> None:
        """Take away snapshots that were not finished, and those of steps that are not in the log."""
        for path in self.folder.glob(f".{_PREFIX}*.part"):
            path.unlink()
        last = 0 if self.last is None else self.last.number
        for number, path in self.snapshots():
            if number > last:
                path.unlink()

    def about(self, key: str) -> str | None:
        """Return what is noted under a key."""
        found = self._log.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def note(self, key: str, value: str) -> None:
        """Note something under a key, in the place of what was noted there."""
        with _told(self.folder):
            self._log.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))

    @property
    def last(self) -> Entry | None:
        """The last step."""
        found = self._log.execute("SELECT * FROM steps ORDER BY number DESC LIMIT 1").fetchone()
        return None if found is None else _entry(found)

    def find(self, touch_id: str) -> Entry | None:
        """Return the step of a touch."""
        found = self._log.execute("SELECT * FROM steps WHERE touch_id = ?", (touch_id,)).fetchone()
        return None if found is None else _entry(found)

    def find_clock(self, at: int) -> Entry | None:
        """Return the step at which the clock went on to an instant."""
        query = "SELECT * FROM steps WHERE touch_id IS NULL AND at = ?"
        found = self._log.execute(query, (at,)).fetchone()
        return None if found is None else _entry(found)

    def after(self, number: int) -> Iterator[Entry]:
        """Yield the steps after one, in their order."""
        for row in self._log.execute("SELECT * FROM steps WHERE number > ? ORDER BY number", (number,)):
            yield _entry(row)

    def append(self, entries: Sequence[Entry]) -> None:
        """Write steps, all of them or none."""
        rows = [
            (
                one.number,
                None if one.touch is None else one.touch.id,
                one.at,
                None if one.touch is None else write_touch(one.touch),
                json.dumps(one.decided),
                one.answer,
            )
            for one in entries
        ]
        with _told(self.folder):
            self._log.execute("BEGIN IMMEDIATE")
            try:
                self._log.executemany("INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?)", rows)
                self._log.execute("COMMIT")
            except BaseException:
                if self._log.in_transaction:
                    self._log.execute("ROLLBACK")
                raise

    def snapshots(self) -> list[tuple[int, Path]]:
        """Return the snapshots with the number of the last step in each, the newest first."""
        found = self.folder.glob(f"{_PREFIX}*{_SUFFIX}")
        numbered = [(path.stem.removeprefix(_PREFIX), path) for path in found]
        return sorted([(int(number), path) for number, path in numbered if number.isdecimal()], reverse=True)

    def new_snapshot(self, number: int) -> Path:
        """Return where a snapshot after a step is written, until it is whole."""
        path = self.folder / f".{_PREFIX}{number}.part"
        path.unlink(missing_ok=True)
        return path

    def keep_snapshot(self, number: int, written: Path) -> None:
        """Put a whole snapshot in its place; older ones go, but for one."""
        with written.open("rb") as file:
            os.fsync(file.fileno())
        written.replace(self.folder / f"{_PREFIX}{number}{_SUFFIX}")
        for _, path in self.snapshots()[_KEPT_SNAPSHOTS:]:
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the log, and let others write."""
        self._opened.close()


def write_touch(touch: LiveTouch) -> str:
    """Return a touch as it is logged."""
    return json.dumps([touch.zone, dict(sorted(touch.fields.items()))], ensure_ascii=False)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Let errors of the log say where they are and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        message = f"{folder / LOG} cannot be read or written: {error}."
        remedy = "See whether the disk is full, and whether the folder may be written. A log that is damaged"
        remedy += " cannot be used: put back a copy of the folder, or take another folder."
        raise EngineError(Problem(message=message, remedy=remedy)) from error


def _entry(row: Sequence[Any]) -> Entry:
    number, touch_id, at, touch, decided, answer = row
    read = None
    if touch is not None:
        zone, fields = json.loads(touch)
        read = LiveTouch(id=touch_id, at=at, zone=zone, fields=fields)
    return Entry(number=number, at=at, touch=read, decided=tuple(json.loads(decided)), answer=answer)


def _take_lock(folder: Path) -> int:
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        message = f"{folder} is in use by another process."
        remedy = "Wait until it has ended, or use another folder."
        raise ArgumentError(Problem(message=message, remedy=remedy)) from None
    return lock
