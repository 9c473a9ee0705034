"""Keeps a worker that decides, and starts it anew from what was written down when it dies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from touchrules.engines.durable.engine import Decided, Results
from touchrules.engines.durable.supervisor import Worker, WorkerDied
from touchrules.engines.durable.worker import Follow, Load, Message, Rehearse, Reply, Save, Start, Step
from touchrules.engines.plan import Plan
from touchrules.errors import EngineError, Problem
from touchrules.production.live.store import Entry, Store

_AT_ONCE: Final = 500
_WORTH_SAVING: Final = 1_000
"""A worker that had to catch up with so many steps saves the next one the trouble."""

Make = Callable[[Entry], Step]
"""Makes of what was written down what an engine takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came out of one step, and the rules that found it."""

    results: Results
    decided: Decided


class Judge:
    """Decides steps in a worker process. What is decided must be appended to the store before the next."""

    def __init__(self, plan: Plan, store: Store, make: Make, notify: Callable[[str], None]) -> None:
        self._plan = plan
        self._store = store
        self._make = make
        self._notify = notify
        self._worker: Worker | None = None

    @property
    def worker(self) -> Worker:
        """The worker, started if there is none."""
        if self._worker is None:
            self._worker = self._start(())
        return self._worker

    def decide(self, parts: Iterable[Sequence[Step]]) -> Iterator[list[Verdict | EngineError]]:
        """Yield what is decided of each part of the steps, in their order.

        An error stands where the worker died twice at a step, and nothing was taken. The worker is at the
        next part while what came of one is written down, which must be done before more is asked for.
        """
        rest = iter(parts)
        part = next(rest, None)
        self._send(part)
        while part is not None:
            following = next(rest, None)
            verdicts = self._receive(part)
            self._send(following)
            yield verdicts
            part = following

    def _send(self, part: Sequence[Step] | None) -> None:
        if part is not None:
            with suppress(WorkerDied):  # whoever waits for the answer hears of it
                self.worker.send(Follow(steps=list(part)))

    def _receive(self, part: Sequence[Step]) -> list[Verdict | EngineError]:
        try:
            return _verdicts(self.worker.receive(), len(part))
        except (WorkerDied, EngineError):
            return self._decide_one_by_one(part)

    def rehearse(self, steps: Sequence[Step], as_of: int | None = None) -> Reply:
        """Tell what would come out of steps, and what stands at an instant after them; take none."""
        return self._ask(Rehearse(steps=list(steps), as_of=as_of))

    def save(self, number: int) -> None:
        """Write a snapshot after a step, the last one that was decided."""
        path = self._store.new_snapshot(number)
        self._ask(Save(path=path))
        self._store.keep_snapshot(number, path)

    def drop(self) -> None:
        """End the worker: the next one remembers no more than is written down."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def close(self) -> None:
        """End the worker."""
        self.drop()

    def _ask(self, message: Message) -> Reply:
        try:
            return self.worker.ask(message)
        except WorkerDied:
            self._restart(())
        except BaseException:
            self.drop()  # neither what it holds of the touch at which it failed nor a late answer is seen
            raise
        try:
            return self.worker.ask(message)
        except WorkerDied as error:
            raise _failed(self.worker.close()) from error

    def _decide_one_by_one(self, steps: Sequence[Step]) -> list[Verdict | EngineError]:
        done: list[tuple[Step, Verdict]] = []
        verdicts: list[Verdict | EngineError] = []
        self._restart(done)
        for step in steps:
            verdict = self._decide_one(step, done)
            verdicts.append(verdict)
            if isinstance(verdict, Verdict):
                done.append((step, verdict))
        return verdicts

    def _decide_one(self, step: Step, done: Sequence[tuple[Step, Verdict]]) -> Verdict | EngineError:
        for _ in range(2):
            try:
                return _verdicts(self.worker.ask(Follow(steps=[step])), 1)[0]
            except (WorkerDied, EngineError):
                self._restart(done)
        return EngineError(
            Problem(
                message="The durable engine failed twice on this touch; it was not recorded.",
                remedy="Please report this with the touch and the bundle.",
            )
        )

    def _restart(self, done: Sequence[tuple[Step, Verdict]]) -> None:
        ended = self.worker.close()
        self._notify(f"The durable engine's worker failed ({ended}). A new one goes on; nothing is lost.")
        self._worker = self._start(done)

    def _start(self, done: Sequence[tuple[Step, Verdict]]) -> Worker:
        """Start a worker that remembers all that was written down, and what was done since."""
        worker = Worker()
        try:
            self._teach(worker, done)
        except WorkerDied as error:
            raise _failed(worker.close()) from error
        except BaseException:
            worker.close()
            raise
        return worker

    def _teach(self, worker: Worker, done: Sequence[tuple[Step, Verdict]]) -> None:
        worker.ask(Start(plan=self._plan))
        number = next((n for n, path in self._store.snapshots() if worker.ask(Load(path=path)).loaded), 0)
        known = ((self._make(one), frozenset(one.decided)) for one in self._store.after(number))
        caught_up = 0
        for follow in _follow_all(known):
            worker.ask(follow)
            caught_up += len(follow.steps)
        if caught_up >= _WORTH_SAVING:
            path = self._store.new_snapshot(number + caught_up)
            worker.ask(Save(path=path))
            self._store.keep_snapshot(number + caught_up, path)
        for follow in _follow_all((step, verdict.decided) for step, verdict in done):
            worker.ask(follow)


def _failed(ended: str) -> EngineError:
    message = f"The durable engine's worker ended as it started ({ended})."
    remedy = "Try `python -c 'import durable.lang'`: if that fails, install durable_rules anew."
    return EngineError(Problem(message=message, remedy=remedy))


def _verdicts(reply: Reply, steps: int) -> list[Verdict | EngineError]:
    nothing: Decided = frozenset()
    return [
        Verdict(results=reply.each[position], decided=reply.decided.get(position, nothing))
        for position in range(steps)
    ]


def _follow_all(known: Iterable[tuple[Step, Decided]]) -> Iterator[Follow]:
    rest = iter(known)
    while part := list(islice(rest, _AT_ONCE)):
        decided = {position: found for position, (_, found) in enumerate(part) if found}
        yield Follow(steps=[step for step, _ in part], decided=decided)
