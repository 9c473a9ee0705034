"""The event-time clock: expectations are opened, settled and broken in the order of the touches' own time."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

from touchrules.engines.columns import AT, ID, Layout, Touch
from touchrules.engines.deadlines import compile_moment
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


class _Open:
    """One open expectation."""

    __slots__ = ("after", "by", "key", "match", "open", "trigger", "value")

    def __init__(self, trigger: Touch, after: int, by: int, value: float | None) -> None:
        self.trigger = trigger
        self.after = after
        self.by = by
        self.value = value
        self.key: Hashable | None = None
        self.match: tuple[Hashable, ...] = ()
        self.open = True


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
        self._waiting: dict[Hashable, list[_Open]] = {}

    def open(self, trigger: Touch, value: float | None) -> _Open | None:
        """Open an expectation for a trigger, if its deadline can be told."""
        after, by = self._after(trigger), self._by(trigger)
        if after is None or by is None or by < trigger[AT]:
            return None
        opened = _Open(trigger, after, by, value)
        opened.key = self._key(trigger)
        opened.match = tuple(trigger[position] for position in self._earlier)
        if opened.key is not None:
            self._waiting.setdefault(opened.key, []).append(opened)
        return opened

    def settle(self, touch: Touch) -> Iterator[tuple[_Open, str]]:
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

    def close(self, one: _Open) -> None:
        """Wait no longer for an expectation."""
        one.open = False
        waiting = self._waiting.get(one.key) if one.key is not None else None
        if waiting is not None:
            waiting.remove(one)
            if not waiting:
                del self._waiting[one.key]


class Clock:
    """All expectations of a plan; time stands still between touches and never goes back."""

    def __init__(self, rules: Sequence[PlannedRule], layout: Layout) -> None:
        self._memories = {
            planned.rule.id: ExpectationMemory(planned, planned.expect, layout)
            for planned in rules
            if planned.expect is not None
        }
        self._due: list[tuple[int, int, str, _Open]] = []
        self._order = count()
        self.settled: list[Settled] = []

    def open(self, rule: str, trigger: Touch, value: float | None) -> None:
        """Open the expectation of a rule for a trigger that it accepts."""
        opened = self._memories[rule].open(trigger, value)
        if opened is not None:
            heapq.heappush(self._due, (opened.by, next(self._order), rule, opened))

    def settle(self, touch: Touch) -> list[PlannedRule]:
        """Settle what a touch decides; return the rules whose expectations it met."""
        met = []
        for rule, memory in self._memories.items():
            for one, status in memory.settle(touch):
                self._tell(rule, one, status, touch[AT], touch[ID])
                if status == "met":
                    met.append(memory.planned)
        return met

    def break_before(self, instant: int) -> Iterator[Broken]:
        """Yield, in their order, the expectations that were due before an instant."""
        while self._due and self._due[0][0] < instant:
            by, _, rule, one = heapq.heappop(self._due)
            if one.open:
                memory = self._memories[rule]
                memory.close(one)
                self._tell(rule, one, "broken", by, None)
                yield Broken(memory.planned, one.trigger, by, one.value)

    def still_open(self) -> Iterator[Settled]:
        """Yield the expectations that are open."""
        for _, _, rule, one in self._due:
            if one.open:
                yield _settled(rule, one, "open", None, None)

    def _tell(self, rule: str, one: _Open, status: str, at: int, by: object) -> None:
        self.settled.append(_settled(rule, one, status, at, by))


def _settled(rule: str, one: _Open, status: str, at: int | None, by: object) -> Settled:
    return Settled(rule, one.trigger[ID], one.trigger[AT], one.after, one.by, status, at, by)
