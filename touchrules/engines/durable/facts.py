"""Which facts stand, and the periods in which they stood."""

from __future__ import annotations

import copy
import heapq
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, NamedTuple

from touchrules.engines.columns import AT, ID, Layout, Touch
from touchrules.engines.durable.edges import FOREVER
from touchrules.engines.durable.overlay import Overlay
from touchrules.engines.predicates import compile_filter

if TYPE_CHECKING:
    from touchrules.engines.plan import PlannedFact


class Period(NamedTuple):
    """One unbroken period in which a fact stands. `touch` asserted it first; `until` None: it stands."""

    fact: str
    key: str
    since: int
    until: int | None
    touch: Any


class Standing(NamedTuple):
    """A fact that stands for one key."""

    since: int
    touch: Any
    expires: int


class FactMemory:
    """One fact, for all its keys. `begun` and `ended`: periods since somebody took them."""

    def __init__(self, planned: PlannedFact, layout: Layout) -> None:
        self.name = planned.fact.name
        self._key = layout.position(planned.key)
        self._lasts = planned.fact.lasts
        self._asserted_by = (
            None if planned.asserted_by is None else compile_filter(planned.asserted_by, layout)
        )
        self._until = None if planned.until is None else compile_filter(planned.until, layout)
        self._standing: MutableMapping[str, Standing] = {}
        # One for each key of `_queued`, not later than its fact runs out: asserted anew, it runs out later.
        self._expiring: list[tuple[int, str]] = []
        self._queued: set[str] = set()
        self.begun: list[Period] = []
        self.ended: list[Period] = []

    def rehearsal(self) -> FactMemory:
        """Return a memory that goes on from here and leaves this one as it is."""
        other = copy.copy(self)
        other._standing = Overlay(self._standing)
        other._expiring, other._queued = [], set()  # nobody asks a rehearsal what has run out
        other.begun, other.ended = [], []
        return other

    def dump(self) -> Any:
        """Return what is remembered, for `load`."""
        return self._standing, self._expiring, self._queued

    def load(self, dumped: Any) -> None:
        """Remember what was dumped."""
        self._standing, self._expiring, self._queued = dumped

    def holds(self, touch: Touch) -> bool:
        """Return whether the fact was known before a touch."""
        standing = self._standing.get(touch[self._key])
        return standing is not None and touch[AT] < standing.expires

    def expire(self, now: int) -> None:
        """End what has run out by an instant."""
        while self._expiring and self._expiring[0][0] <= now:
            _, key = heapq.heappop(self._expiring)
            self._queued.remove(key)
            standing = self._standing.get(key)
            if standing is not None and standing.expires <= now:
                self._end(key, now)
            elif standing is not None:
                self._queue(standing.expires, key)

    def learn(self, touch: Touch, told: Collection[str]) -> None:
        """Take in a touch; `told` are the facts that rules assert at it."""
        key = touch[self._key]
        if key is None:
            return
        if self.name in told or (self._asserted_by is not None and self._asserted_by(touch)):
            self._assert(key, touch[AT], touch[ID])
        elif self._until is not None and self._until(touch):
            self._end(key, touch[AT])

    def learn_later(self, trigger: Touch, at: int) -> None:
        """Assert the fact for a trigger's key at a deadline after it."""
        if trigger[self._key] is not None:
            self._assert(trigger[self._key], at, trigger[ID])

    def standing(self, as_of: int) -> Iterable[Period]:
        """Return the periods that are not in `ended` yet, as they look at the end of a replay."""
        for key, (since, touch, expires) in self._standing.items():
            yield Period(self.name, key, since, expires if expires <= as_of else None, touch)

    def _assert(self, key: str, at: int, touch: Any) -> None:
        expires = FOREVER if self._lasts is None else at + self._lasts
        standing = self._standing.get(key)
        if standing is not None and at >= standing.expires:
            self._end(key, at)
            standing = None
        if standing is not None:
            self._standing[key] = standing._replace(expires=expires)
            return
        self._standing[key] = Standing(at, touch, expires)
        self.begun.append(Period(self.name, key, at, None, touch))
        if self._lasts is not None and key not in self._queued:
            self._queue(expires, key)

    def _queue(self, expires: int, key: str) -> None:
        self._queued.add(key)
        heapq.heappush(self._expiring, (expires, key))

    def _end(self, key: str, at: int) -> None:
        standing = self._standing.pop(key, None)
        if standing is not None:
            until = min(at, standing.expires)
            self.ended.append(Period(self.name, key, standing.since, until, standing.touch))


def compile_facts(facts: Mapping[str, PlannedFact], layout: Layout) -> dict[str, FactMemory]:
    """Return an empty memory for each fact."""
    return {name: FactMemory(planned, layout) for name, planned in facts.items()}
