"""Which facts stand, and the periods in which they stood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from touchrules.engines.columns import AT, ID, Layout, Touch
from touchrules.engines.durable.edges import FOREVER
from touchrules.engines.predicates import compile_filter

if TYPE_CHECKING:
    from touchrules.engines.plan import PlannedFact

_FIRST_SWEEP: Final = 4096


class Period(NamedTuple):
    """One unbroken period in which a fact stands. `touch` asserted it first; `until` None: it stands."""

    fact: str
    key: str
    since: int
    until: int | None
    touch: Any


class _Standing(NamedTuple):
    since: int
    touch: Any
    expires: int


class FactMemory:
    """One fact, for all its keys."""

    def __init__(self, planned: PlannedFact, layout: Layout) -> None:
        self.name = planned.fact.name
        self._key = layout.position(planned.key)
        self._lasts = planned.fact.lasts
        self._asserted_by = (
            None if planned.asserted_by is None else compile_filter(planned.asserted_by, layout)
        )
        self._until = None if planned.until is None else compile_filter(planned.until, layout)
        self._standing: dict[str, _Standing] = {}
        self._sweep_at = _FIRST_SWEEP
        self.ended: list[Period] = []

    def holds(self, touch: Touch) -> bool:
        """Return whether the fact was known before a touch."""
        standing = self._standing.get(touch[self._key])
        return standing is not None and touch[AT] < standing.expires

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
        if standing is None:
            standing = _Standing(at, touch, expires)
        self._standing[key] = standing._replace(expires=expires)
        if len(self._standing) >= self._sweep_at:
            self._sweep(at)

    def _end(self, key: str, at: int) -> None:
        standing = self._standing.pop(key, None)
        if standing is not None:
            until = min(at, standing.expires)
            self.ended.append(Period(self.name, key, standing.since, until, standing.touch))

    def _sweep(self, now: int) -> None:
        for key in [key for key, standing in self._standing.items() if standing.expires <= now]:
            self._end(key, now)
        self._sweep_at = max(_FIRST_SWEEP, 2 * len(self._standing))


def compile_facts(facts: Mapping[str, PlannedFact], layout: Layout) -> dict[str, FactMemory]:
    """Return an empty memory for each fact."""
    return {name: FactMemory(planned, layout) for name, planned in facts.items()}
