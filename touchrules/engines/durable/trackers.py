"""One look back of a rule, answered for each touch as it comes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, MutableMapping
from typing import Any, Final, Generic, Protocol, Self, TypeVar, assert_never

from touchrules.engines.columns import AT, Layout, Touch
from touchrules.engines.durable.edges import compile_edges
from touchrules.engines.durable.history import (
    LatestTouches,
    RunningSums,
    RunningValues,
    WindowSums,
    WindowValues,
)
from touchrules.engines.durable.measures import compile_measure, compile_result
from touchrules.engines.durable.overlay import Overlay
from touchrules.engines.predicates import Predicate, compile_filter, compile_relation
from touchrules.engines.verdicts import Answer
from touchrules.model.durations import SECOND
from touchrules.model.lookbacks import (
    Average,
    Between,
    Count,
    Distinct,
    Gap,
    Key,
    Last,
    LookBackTest,
    Never,
    Seen,
    Share,
    Sum,
)


class History(Protocol):
    """What is remembered of one key."""

    def is_idle(self, horizon: int) -> bool:
        """Return whether no touch after the horizon is left."""

    def clone(self) -> Self:
        """Return a history that goes on from here and leaves this one as it is."""


State = TypeVar("State", bound=History)

_FIRST_SWEEP: Final = 4096


class Tracker(Protocol):
    """A look back that is shown every touch in order and answers for some of them."""

    def look(self, touch: Touch, *, asked: bool) -> Answer:
        """Take in a touch; return the answer for it if asked, else None."""

    def rehearsal(self) -> Self:
        """Return a tracker that goes on from here and leaves this one as it is."""

    def dump(self) -> Any:
        """Return what is remembered, for `load`."""

    def load(self, dumped: Any) -> None:
        """Remember what was dumped."""


def key_of(key: Key, layout: Layout) -> Callable[[Touch], Hashable | None]:
    """Return a function from a touch to its key; None where a field of it is missing."""
    positions = tuple(layout.position(field) for field in key)
    if len(positions) == 1:
        only = positions[0]

        def single(touch: Touch) -> Hashable | None:
            value: Hashable = touch[only]
            return value

        return single

    def several(touch: Touch) -> Hashable | None:
        values = tuple(touch[position] for position in positions)
        return None if None in values else values

    return several


def compile_tracker(test: LookBackTest, layout: Layout) -> Tracker:
    """Return the tracker of a bound look back; `found` in its filters must be decided when it looks."""
    match test:
        case Count() | Sum() | Average() | Share():
            return SumTracker(test, layout)
        case Distinct():
            return ValueTracker(test, layout)
        case Seen() | Never() | Last() | Gap():
            return LatestTracker(test, layout)
        case _:
            assert_never(test)


class _Keyed(Generic[State]):
    """The states of all keys of a look back; those that no question can reach any more are dropped."""

    def __init__(self, test: LookBackTest, layout: Layout) -> None:
        self._key = key_of(test.per, layout)
        self._accepts = compile_filter(test.of, layout)
        self._edges = compile_edges(test.window.span)
        self._windowed = test.window.span is not None
        self._newest = test.window.newest
        since = test.window.since_last
        self._resets: Predicate = (lambda _: False) if since is None else compile_filter(since, layout)
        self._states: MutableMapping[Hashable, State] = {}
        self._sweeps = self._windowed
        self._sweep_at = _FIRST_SWEEP

    def rehearsal(self) -> Self:
        """Return a tracker that goes on from here and leaves this one as it is."""
        other = copy.copy(self)
        other._states = Overlay(self._states, lambda state: state.clone())
        other._sweeps = False
        return other

    def dump(self) -> Any:
        """Return what is remembered, for `load`."""
        return self._states

    def load(self, dumped: Any) -> None:
        """Remember what was dumped."""
        self._states = dumped

    def _state(self, key: Hashable, new: Callable[[], State]) -> State:
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = new()
        return state

    def _end(self, key: Hashable, touch: Touch) -> None:
        """Forget a key where its history begins anew, and idle keys now and then."""
        if self._resets(touch):
            self._states.pop(key, None)
        if self._sweeps and len(self._states) >= self._sweep_at:
            horizon = self._edges(touch).horizon
            self._states = {k: state for k, state in self._states.items() if not state.is_idle(horizon)}
            self._sweep_at = max(_FIRST_SWEEP, 2 * len(self._states))


class SumTracker(_Keyed[WindowSums | RunningSums]):
    """Answers `count`, `sum`, `average` and `share`; the trigger counts."""

    def __init__(self, test: Count | Sum | Average | Share, layout: Layout) -> None:
        super().__init__(test, layout)
        self._measure = compile_measure(test, layout)
        self._result = compile_result(test)
        self._new = WindowSums if self._windowed or self._newest else RunningSums

    def look(self, touch: Touch, *, asked: bool) -> Answer:
        """Take in a touch and answer."""
        key = self._key(touch)
        if key is None:
            return self._result(0, 0) if asked else None
        if self._accepts(touch):
            state = self._state(key, self._new)
            state.add(touch[AT], *self._measure(touch))
            if self._newest and not self._windowed:
                state.keep_newest(self._newest)
        answer = None
        if asked:
            found = self._states.get(key)
            sums = found.sums(self._edges(touch), self._newest) if found else (0, 0)
            answer = self._result(*sums)
        self._end(key, touch)
        return answer


class ValueTracker(_Keyed[WindowValues | RunningValues]):
    """Answers `distinct`; the trigger counts."""

    def __init__(self, test: Distinct, layout: Layout) -> None:
        super().__init__(test, layout)
        self._value = layout.position(test.field)
        self._new = WindowValues if self._windowed or self._newest else RunningValues

    def look(self, touch: Touch, *, asked: bool) -> Answer:
        """Take in a touch and answer."""
        key = self._key(touch)
        if key is None:
            return 0.0 if asked else None
        if self._accepts(touch):
            state = self._state(key, self._new)
            state.add(touch[AT], touch[self._value])
            if self._newest and not self._windowed:
                state.keep_newest(self._newest)
        answer = None
        if asked:
            found = self._states.get(key)
            answer = float(found.distinct(self._edges(touch), self._newest)) if found else 0.0
        self._end(key, touch)
        return answer


class LatestTracker(_Keyed[LatestTouches]):
    """Answers `seen`, `never`, `last` and `gap`; the trigger does not count."""

    def __init__(self, test: Seen | Never | Last | Gap, layout: Layout) -> None:
        super().__init__(test, layout)
        self._answer = _compile_answer(test, layout)
        self._whole = isinstance(test, Last)
        self._only_last = not isinstance(test.window.span, Between)

    def look(self, touch: Touch, *, asked: bool) -> Answer:
        """Answer and take in a touch."""
        key = self._key(touch)
        if key is None:
            return self._answer(None, touch) if asked else None
        answer = self._answer(self._latest(key, touch), touch) if asked else None
        if self._accepts(touch):
            state = self._state(key, LatestTouches)
            if self._only_last:
                state.clear()
            state.add(touch if self._whole else touch[: AT + 1])
        self._end(key, touch)
        return answer

    def _latest(self, key: Hashable, touch: Touch) -> Touch | None:
        state = self._states.get(key)
        if state is None:
            return None
        edges = self._edges(touch)
        latest = state.latest(edges.high)
        return latest if latest is not None and latest[AT] > edges.low else None


def _compile_answer(
    test: Seen | Never | Last | Gap, layout: Layout
) -> Callable[[Touch | None, Touch], Answer]:
    match test:
        case Seen():
            return lambda latest, _: latest is not None
        case Never():
            return lambda latest, _: latest is None
        case Gap():
            return lambda latest, touch: None if latest is None else (touch[AT] - latest[AT]) / SECOND
        case Last(has=has):
            holds = compile_relation(has, layout)
            return lambda latest, touch: latest is not None and holds(latest, touch)
        case _:
            assert_never(test)
