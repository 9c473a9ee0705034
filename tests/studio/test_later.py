"""Work beside a real loop: who is told of what, in which thread, and what becomes of older work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from touchrules.errors import Cancelled
from touchrules.studio.later import InTheLoop

SECONDS = 20


class Heard:
    """All that a loop was told, in order; each can be waited for."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self.failed: list[BaseException] = []
        self.rests = 0
        self._news = asyncio.Event()
        self.refusing: list[BaseException] = []

    def tell(self, what: Any) -> None:
        self.all.append(what)
        self._news.set()

    def fail(self, error: BaseException) -> None:
        self.failed.append(error)
        self._news.set()

    def rest(self) -> None:
        self.rests += 1
        if self.refusing:
            raise self.refusing.pop()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        while not is_so():
            await self._news.wait()
            self._news.clear()


class Gate:
    """Work that goes on until a test lets it end."""

    def __init__(self, answer: Any = None, error: BaseException | None = None) -> None:
        self._answer, self._error = answer, error
        self._begun, self._opened = threading.Event(), threading.Event()

    def work(self) -> Any:
        self._begun.set()
        assert self._opened.wait(SECONDS)
        if self._error is not None:
            raise self._error
        return self._answer

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, SECONDS)

    def open(self) -> None:
        self._opened.set()


def in_a_loop(test: Callable[[InTheLoop, Heard], Awaitable[None]]) -> None:
    """Run a test in a loop of its own."""

    async def run() -> None:
        heard = Heard()
        await asyncio.wait_for(test(InTheLoop(heard.fail, heard.rest), heard), SECONDS)

    asyncio.run(run())


def test_work_is_done_in_another_thread_and_told_on_the_loops() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        tell = lambda worked: heard.tell((worked, threading.get_ident()))  # noqa: E731
        later.do("a", threading.get_ident, tell)
        await heard.until(lambda: bool(heard.all))
        ((worked, told),) = heard.all
        assert worked != told == threading.get_ident()

    in_a_loop(test)


def test_of_two_pieces_of_work_for_one_place_the_later_is_done() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        done: list[str] = []
        later.do("a", lambda: done.append("older"), heard.tell)
        later.do("a", lambda: done.append("newer"), heard.tell)
        later.do("b", lambda: "end", heard.tell)
        await heard.until(lambda: "end" in heard.all)
        assert done == ["newer"]
        assert heard.all == [None, "end"]

    in_a_loop(test)


def test_what_waits_for_somebody_to_stop_is_replaced_by_what_is_asked_for_then() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        later.do("a", lambda: "at once", heard.tell)
        await heard.until(lambda: heard.all == ["at once"])
        later.do("a", lambda: "in an hour", heard.tell, 3600.0)
        later.do("a", lambda: "now", heard.tell)
        await heard.until(lambda: heard.all == ["at once", "now"])

    in_a_loop(test)


def test_the_answer_of_work_that_had_begun_is_dropped_where_newer_work_is_asked_for() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        gate = Gate("older")
        later.do("a", gate.work, heard.tell)
        await gate.begun()
        later.do("a", lambda: "newer", heard.tell)
        gate.open()
        await heard.until(lambda: bool(heard.all))
        assert heard.all == ["newer"]
        assert heard.rests == 2

    in_a_loop(test)


def test_work_for_several_places_is_done_one_after_the_other() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        gate = Gate("a")
        later.do("a", gate.work, heard.tell)
        later.do("b", lambda: "b", heard.tell)
        later.do("c", lambda: "c", heard.tell)
        await gate.begun()
        gate.open()
        await heard.until(lambda: len(heard.all) == 3)
        assert heard.all == ["a", "b", "c"]

    in_a_loop(test)


def test_of_what_is_dropped_nobody_is_told() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        gate = Gate("dropped")
        later.do("a", gate.work, heard.tell)
        later.do("b", lambda: "dropped too", heard.tell)
        await gate.begun()
        later.drop()
        later.do("c", lambda: "after", heard.tell)
        gate.open()
        await heard.until(lambda: bool(heard.all))
        assert heard.all == ["after"]

    in_a_loop(test)


def test_what_work_raises_is_a_failure_and_later_work_goes_on() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        later.do("a", lambda: 1 // 0, heard.tell)
        later.do("b", lambda: "after", heard.tell)
        await heard.until(lambda: bool(heard.all))
        assert [type(one) for one in heard.failed] == [ZeroDivisionError]

    in_a_loop(test)


def test_what_showing_an_answer_raises_is_a_failure_too() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        later.do("a", lambda: 0, lambda found: heard.tell(1 // found))
        await heard.until(lambda: bool(heard.failed))
        assert [type(one) for one in heard.failed] == [ZeroDivisionError]

    in_a_loop(test)


def test_older_work_that_fails_is_not_told_but_that_it_was_stopped_is() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        for error in (ValueError(), Cancelled([])):
            gate = Gate(error=error)
            later.do("a", gate.work, heard.tell)
            await gate.begun()
            later.do("a", lambda: "newer", heard.tell)
            gate.open()
        await heard.until(lambda: bool(heard.failed) and "newer" in heard.all)
        assert [type(one) for one in heard.failed] == [Cancelled]

    in_a_loop(test)


def test_work_that_did_not_hear_that_it_was_stopped_counts_as_stopped() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        heard.refusing.append(Cancelled([]))
        later.do("a", lambda: "done", heard.tell)
        await heard.until(lambda: bool(heard.failed))
        assert heard.all == []
        assert [type(one) for one in heard.failed] == [Cancelled]

    in_a_loop(test)


def test_work_beside_holds_nothing_up_and_its_end_is_nobodys_rest() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        gate = Gate("long")
        beside = later.beside()
        beside.do("a", gate.work, heard.tell)
        await gate.begun()
        later.do("a", lambda: "short", heard.tell)
        await heard.until(lambda: heard.all == ["short"])
        gate.open()
        await heard.until(lambda: heard.all == ["short", "long"])
        assert heard.rests == 1
        beside.do("a", lambda: 1 // 0, heard.tell)
        await heard.until(lambda: bool(heard.failed))

    in_a_loop(test)


def test_work_can_be_asked_for_from_another_thread() -> None:
    async def test(later: InTheLoop, heard: Heard) -> None:
        tell = lambda told: heard.tell((told, threading.get_ident()))  # noqa: E731
        await asyncio.to_thread(later.do, "a", lambda: "done", tell)
        await heard.until(lambda: bool(heard.all))
        assert heard.all == [("done", threading.get_ident())]

    in_a_loop(test)


def test_without_a_loop_there_is_none_to_work_beside() -> None:
    with pytest.raises(RuntimeError, match="no running event loop"):
        InTheLoop(print, print)
