"""The event-time clock: expectations are opened, settled and broken in the order of the touches' own time."""

from __future__ import annotations

import copy
import heapq
from collections.abc import Hashable, Iterator, MutableMapping, Sequence
from typing import Any, NamedTuple

from touchrules.engines.columns import AT, ID, Layout, Touch
from touchrules.engines.deadlines import compile_moment
from touchrules.engines.durable.overlay import Overlay
from touchrules.engines.durable.trackers import key_of
from touchrules.engines.plan import PlannedRule
from touchrules.engines.predicates import compile_filter
from touchrules.model.rules import Expectation


class Settled(NamedTuple):
    """How one expectation ended, or that it is open. Times in microseconds; touches by their ID."""

    rule: str
    trigger: Any
    opened_at: int
    after: int
    by: int
    status: str
    settled_at: int | None
    settled_by: Any


class Awaited(NamedTuple):
    """One open expectation. `number`: in the order in which all were opened."""

    number: int
    trigger: Touch
    after: int
    by: int
    value: float | None
    key: Hashable | None
    match: tuple[Hashable, ...]


class Broken(NamedTuple):
    """An expectation that nothing met in time."""

    rule: PlannedRule
    trigger: Touch
    by: int
    value: float | None


class ExpectationMemory:
    """The open expectations of one rule, by the key on which they wait."""

    def __init__(self, planned: PlannedRule, expect: Expectation, layout: Layout) -> None:
        self.planned = planned
        self._key = key_of(expect.per, layout)
        self._after = compile_moment(expect.after, planned.rulebook, layout)
        self._by = compile_moment(expect.by, planned.rulebook, layout)
        self._meets = compile_filter(expect.touch, layout)
        self._cancels = None if expect.cancel is None else compile_filter(expect.cancel, layout)
        self._later = tuple(layout.position(later) for later, _ in expect.match)
        self._earlier = tuple(layout.position(trigger) for _, trigger in expect.match)
        self._waiting: MutableMapping[Hashable, list[Awaited]] = {}

    def rehearsal(self) -> ExpectationMemory:
        """Return a memory that goes on from here and leaves this one as it is."""
        other = copy.copy(self)
        other._waiting = Overlay(self._waiting, list)
        return other

    def dump(self) -> Any:
        """Return what is remembered, for `load`."""
        return self._waiting

    def load(self, dumped: Any) -> None:
        """Remember what was dumped."""
        self._waiting = dumped

    def open(self, number: int, trigger: Touch, value: float | None) -> Awaited | None:
        """Open an expectation for a trigger, if its deadline can be told."""
        after, by = self._after(trigger), self._by(trigger)
        if after is None or by is None or by < trigger[AT]:
            return None
        match = tuple(trigger[position] for position in self._earlier)
        opened = Awaited(number, trigger, after, by, value, self._key(trigger), match)
        if opened.key is not None:
            self._waiting.setdefault(opened.key, []).append(opened)
        return opened

    def settle(self, touch: Touch) -> Iterator[tuple[Awaited, str]]:
        """Yield the expectations that a touch meets (`met`) or cancels (`cancelled`)."""
        if not self._waiting:
            return
        key = self._key(touch)
        waiting = self._waiting.get(key) if key is not None else None
        if not waiting:
            return
        meets = self._meets(touch)
        cancels = self._cancels is not None and self._cancels(touch)
        if not (meets or cancels):
            return
        values = tuple(touch[position] for position in self._later)
        matches = None not in values
        for one in list(waiting):
            if meets and one.after <= touch[AT] and matches and one.match == values:
                status = "met"
            elif cancels:
                status = "cancelled"
            else:
                continue
            self.close(one)
            yield one, status

    def close(self, one: Awaited) -> None:
        """Wait no longer for an expectation."""
        waiting = self._waiting.get(one.key) if one.key is not None else None
        if waiting is not None:
            waiting[:] = [other for other in waiting if other.number != one.number]
            if not waiting:
                del self._waiting[one.key]


class Clock:
    """All expectations of a plan; time stands still between touches and never goes back.

    `opened` and `settled`: what became of expectations since somebody took it.
    """

    def __init__(self, rules: Sequence[PlannedRule], layout: Layout) -> None:
        self._memories = {
            planned.rule.id: ExpectationMemory(planned, planned.expect, layout)
            for planned in rules
            if planned.expect is not None
        }
        self._open: MutableMapping[int, tuple[str, Awaited]] = {}
        self._due: list[tuple[int, int]] = []
        self._count = 0
        self.opened: list[Settled] = []
        self.settled: list[Settled] = []

    def rehearsal(self) -> Clock:
        """Return a clock that goes on from here and leaves this one as it is."""
        other = copy.copy(self)
        other._memories = {rule: memory.rehearsal() for rule, memory in self._memories.items()}
        other._open = Overlay(self._open)
        other._due = list(self._due)
        other.opened, other.settled = [], []
        return other

    def dump(self) -> Any:
        """Return what is remembered, for `load`."""
        waiting = {rule: memory.dump() for rule, memory in self._memories.items()}
        return waiting, self._open, self._due, self._count

    def load(self, dumped: Any) -> None:
        """Remember what was dumped."""
        waiting, self._open, self._due, self._count = dumped
        for rule, memory in self._memories.items():
            memory.load(waiting[rule])

    def open(self, rule: str, trigger: Touch, value: float | None) -> None:
        """Open the expectation of a rule for a trigger that it accepts."""
        opened = self._memories[rule].open(self._count, trigger, value)
        if opened is not None:
            self._count += 1
            self._open[opened.number] = (rule, opened)
            heapq.heappush(self._due, (opened.by, opened.number))
            self.opened.append(_settled(rule, opened, "open", None, None))

    def settle(self, touch: Touch) -> list[PlannedRule]:
        """Settle what a touch decides; return the rules whose expectations it met."""
        met = []
        for rule, memory in self._memories.items():
            for one, status in memory.settle(touch):
                del self._open[one.number]
                self._tell(rule, one, status, touch[AT], touch[ID])
                if status == "met":
                    met.append(memory.planned)
        return met

    def break_before(self, instant: int) -> Iterator[Broken]:
        """Yield, in their order, the expectations that were due before an instant."""
        while self._due and self._due[0][0] < instant:
            by, number = heapq.heappop(self._due)
            if number not in self._open:
                continue
            rule, one = self._open.pop(number)
            memory = self._memories[rule]
            memory.close(one)
            self._tell(rule, one, "broken", by, None)
            yield Broken(memory.planned, one.trigger, by, one.value)

    def still_open(self) -> Iterator[Settled]:
        """Yield the expectations that are open."""
        for rule, one in self._open.values():
            yield _settled(rule, one, "open", None, None)

    def _tell(self, rule: str, one: Awaited, status: str, at: int, by: object) -> None:
        self.settled.append(_settled(rule, one, status, at, by))


def _settled(rule: str, one: Awaited, status: str, at: int | None, by: object) -> Settled:
    return Settled(rule, one.trigger[ID], one.trigger[AT], one.after, one.by, status, at, by)
