"""Work that must not block the screen: one thing at a time in a thread, of two for one place the later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Later(Protocol):
    """Does work, and tells what came of it on the thread that asked."""

    def do(self, place: str, work: Callable[[], T], tell: Callable[[T], None], wait: float = 0.0) -> None:
        """Do some work after so many seconds, unless other work was asked for at the same place by then."""

    def beside(self) -> Later:
        """Return what does long work that nothing else shall wait for."""


class AtOnce:
    """Does everything at once: for tests and for notebooks that have no loop."""

    def do(self, place: str, work: Callable[[], T], tell: Callable[[T], None], wait: float = 0.0) -> None:
        """Do some work now, whatever else was asked for at that place."""
        del place, wait
        tell(work())

    def beside(self) -> Later:
        """Return itself: everything is done at once."""
        return self


class InTheLoop:
    """Does work in a thread beside the kernel's loop; what was asked for earlier at a place is dropped.

    `fail` is told of whatever work raises. `loop`: by default the one that runs.
    """

    def __init__(
        self, fail: Callable[[BaseException], None], loop: asyncio.AbstractEventLoop | None = None
    ) -> None:
        self._loop = loop or asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(1)
        self._fail = fail
        self._turns: dict[str, int] = {}

    def do(self, place: str, work: Callable[[], T], tell: Callable[[T], None], wait: float = 0.0) -> None:
        """Do some work after so many seconds, unless other work was asked for at the same place by then."""
        turn = self._turns[place] = self._turns.get(place, 0) + 1
        begin = partial(self._loop.call_later, wait, self._begin, place, turn, work, tell)
        self._loop.call_soon_threadsafe(begin)  # JupyterLab's messages may come on a thread of their own

    def beside(self) -> Later:
        """Return what does work in a thread of its own, on the same loop."""
        return InTheLoop(self._fail, self._loop)

    def _begin(self, place: str, turn: int, work: Callable[[], Any], tell: Callable[[Any], None]) -> None:
        if self._turns[place] != turn:
            return
        future = self._pool.submit(lambda: work() if self._turns[place] == turn else None)
        future.add_done_callback(
            lambda done: self._loop.call_soon_threadsafe(self._end, place, turn, done, tell)
        )

    def _end(self, place: str, turn: int, done: Future[Any], tell: Callable[[Any], None]) -> None:
        if self._turns[place] != turn:
            return
        error = done.exception()
        if error is not None:
            self._fail(error)
            return
        try:
            tell(done.result())
        except Exception as failed:
            self._fail(failed)
