"""Runs the worker, starts it anew when it dies, and loses nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from touchrules.engines.columns import ID, Touch
from touchrules.engines.durable.engine import Decided, Results
from touchrules.engines.durable.worker import Finish, Message, Record, Reply, Start
from touchrules.engines.plan import Plan
from touchrules.errors import EngineError, Problem, TouchrulesError

Touches = Callable[[int, int], list[Touch]]
"""Returns the touches of some rows, freshly made."""

CHUNK: Final = 500
_WORKER: Final = "touchrules.engines.durable"


class WorkerDied(Exception):
    """The worker ended before it answered."""


class Worker:
    """A process that holds durable_rules, and the line to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own Python
                [sys.executable, "-m", _WORKER, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
        self._connection = Connection(ours.detach())

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, message: Message) -> None:
        """Send a message; its answer comes in turn."""
        try:
            self._connection.send(message)
        except OSError as error:
            raise WorkerDied from error

    def receive(self) -> Reply:
        """Return the next answer; raises WorkerDied, or what went wrong in the worker."""
        try:
            reply: Reply = self._connection.recv()
        except (EOFError, OSError) as error:
            raise WorkerDied from error
        if isinstance(reply.error, TouchrulesError):
            raise reply.error
        if reply.error is not None:
            raise EngineError(
                Problem(message=f"The durable engine failed.\n{reply.error}", remedy="Please report this.")
            )
        return reply

    def ask(self, message: Message) -> Reply:
        """Send a message and return its answer."""
        self.send(message)
        return self.receive()

    def close(self) -> str:
        """End the process; return how it ended."""
        self._connection.close()
        self._process.kill()
        return f"exit status {self._process.wait()}"


@dataclass(slots=True)
class _Journal:
    """What was decided, by the row where each answered stretch of touches starts."""

    stretches: list[tuple[int, int, dict[int, Decided]]]

    @property
    def rows(self) -> int:
        """How many rows are decided."""
        return self.stretches[-1][1] if self.stretches else 0


class Supervisor:
    """Decides the touches of a replay in a worker, and again in a new one if that dies.

    A new worker takes in what was decided before without asking durable_rules again, then goes on touch
    by touch through the stretch where the other died. A touch at which the worker dies twice is an error.
    """

    def __init__(
        self,
        plan: Plan,
        touches: Touches,
        rows: int,
        *,
        observed: frozenset[object] = frozenset(),
        notify: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._plan = plan
        self._touches = touches
        self._rows = rows
        self._observed = observed
        self._notify = notify
        self._journal = _Journal([])
        self.worker = self._start()

    def run(self, as_of: int) -> Generator[tuple[int, Results]]:
        """Yield how many touches are decided and what came out, until the end."""
        try:
            self._wait_for_start()
            for size, reply in self._decide_all():
                yield size, reply.results
            yield self._rows, self._finish(as_of).results
        finally:
            self.worker.close()

    def _start(self) -> Worker:
        """Start a worker; it loads the plan while others may start."""
        worker = Worker()
        try:
            worker.send(Start(plan=self._plan))
        except WorkerDied as error:
            raise _no_start(worker.close()) from error
        return worker

    def _wait_for_start(self) -> None:
        try:
            self.worker.receive()
        except WorkerDied as error:
            raise _no_start(self.worker.close()) from error

    def _decide_all(self) -> Iterator[tuple[int, Reply]]:
        while self._journal.rows < self._rows:
            try:
                yield from self._decide_ahead()
            except WorkerDied:
                yield from self._recover()

    def _decide_ahead(self) -> Iterator[tuple[int, Reply]]:
        """Decide in chunks; the worker is at the next one while what came out of one is taken."""
        start = self._journal.rows
        chunk = self._next_chunk(start)
        self.worker.send(chunk)
        while start < self._rows:
            stop = start + len(chunk.touches)
            chunk = self._next_chunk(stop)
            reply = self.worker.receive()
            if chunk.touches:
                self.worker.send(chunk)
            self._journal.stretches.append((start, stop, reply.decided))
            yield stop, reply
            start = stop

    def _next_chunk(self, start: int) -> Record:
        return self._record(start, min(start + CHUNK, self._rows))

    def _record(self, start: int, stop: int, decided: dict[int, Decided] | None = None) -> Record:
        return Record(touches=self._touches(start, stop), decided=decided, observed=self._observed)

    def _recover(self) -> Iterator[tuple[int, Reply]]:
        """Start a new worker and take it, touch by touch, past where the other died."""
        last = None
        stop = min(self._journal.rows + CHUNK, self._rows)
        self._restart()
        while self._journal.rows < stop:
            row = self._journal.rows
            try:
                reply = self.worker.ask(self._record(row, row + 1))
            except WorkerDied as error:
                if row == last:
                    raise self._poisoned(row) from error
                last = row
                self._restart()
                continue
            self._journal.stretches.append((row, row + 1, reply.decided))
            yield row + 1, reply

    def _restart(self) -> None:
        ended = self.worker.close()
        self._notify(
            f"The durable engine's worker died ({ended}) after {self._journal.rows} of {self._rows} "
            "touches. A new one goes on; nothing is lost."
        )
        self.worker = self._start()
        self._wait_for_start()
        for start, stop, decided in self._journal.stretches:
            self.worker.ask(self._record(start, stop, decided))

    def _finish(self, as_of: int) -> Reply:
        try:
            return self.worker.ask(Finish(as_of=as_of))
        except WorkerDied:
            self._restart()
        try:
            return self.worker.ask(Finish(as_of=as_of))
        except WorkerDied as error:
            raise _no_start(self.worker.close()) from error

    def _poisoned(self, row: int) -> EngineError:
        touch = self._touches(row, row + 1)[0]
        return EngineError(
            Problem(
                message=f"durable_rules crashed twice on one touch (row {touch[ID]} in stream order).",
                remedy="Nothing was written. Please report this with the touch and the rulebooks.",
            )
        )


def _no_start(ended: str) -> EngineError:
    return EngineError(
        Problem(
            message=f"The durable engine's worker ended as it started ({ended}).",
            remedy="Try `python -c 'import durable.lang'`: if that fails, install durable_rules anew.",
        )
    )
