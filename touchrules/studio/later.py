"""Work that must not block the screen: one thing at a time in a thread, of two for one place the later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol, TypeVar

from touchrules.errors import Cancelled

T = TypeVar("T")


class Later(Protocol):
    """Does work, and tells what came of it on the thread that asked."""

    def do(self, place: str, work: Callable[[], T], tell: Callable[[T], None], wait: float = 0.0) -> None:
        """Do some work after so many seconds, unless other work was asked for at the same place by then."""

    def drop(self) -> None:
        """Drop all work that was asked for; what has begun goes on to its end, and nobody is told."""

    def beside(self) -> Later:
        """Return what does long work that nothing else shall wait for."""


class AtOnce:
    """Does everything at once: for tests and for notebooks that have no loop."""

    def do(self, place: str, work: Callable[[], T], tell: Callable[[T], None], wait: float = 0.0) -> None:
        """Do some work now, whatever else was asked for at that place."""
        del place, wait
        tell(work())

    def drop(self) -> None:
        """Do nothing: nothing waits."""

    def beside(self) -> Later:
        """Return itself: everything is done at once."""
        return self


class InTheLoop:
    """Does work in a thread beside the kernel's loop; what was asked for earlier at a place is dropped.

    `fail` is told of whatever work raises, `rest` of every end of a piece of work; what `rest` raises counts
    as raised by the work. `loop`: by default the one that runs.
    """

    def __init__(
        self,
        fail: Callable[[BaseException], None],
        rest: Callable[[], None],
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._loop = loop or asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(1)
        self._fail, self._rest = fail, rest
        self._turns: dict[str, int] = {}

    def do(self, place: str, work: Callable[[], T], tell: Callable[[T], None], wait: float = 0.0) -> None:
        """Do some work after so many seconds, unless other work was asked for at the same place by then."""
        turn = self._turns[place] = self._turns.get(place, 0) + 1
        begin = partial(self._loop.call_later, wait, self._begin, place, turn, work, tell)
        self._loop.call_soon_threadsafe(begin)  # JupyterLab's messages may come on a thread of their own

    def drop(self) -> None:
        """Drop all work that was asked for; what has begun goes on to its end, and nobody is told."""
        self._turns = {place: turn + 1 for place, turn in self._turns.items()}

    def beside(self) -> Later:
        """Return what does work in a thread of its own, on the same loop; nobody waits for its end."""
        return InTheLoop(self._fail, lambda: None, self._loop)

    def _begin(self, place: str, turn: int, work: Callable[[], Any], tell: Callable[[Any], None]) -> None:
        if self._turns[place] != turn:
            return
        future = self._pool.submit(lambda: work() if self._turns[place] == turn else None)
        future.add_done_callback(
            lambda done: self._loop.call_soon_threadsafe(self._end, place, turn, done, tell)
        )

    def _end(self, place: str, turn: int, done: Future[Any], tell: Callable[[Any], None]) -> None:
        try:
            self._rest()
            if self._turns[place] == turn or isinstance(done.exception(), Cancelled):
                tell(done.result())
        except Exception as failed:
            self._fail(failed)
