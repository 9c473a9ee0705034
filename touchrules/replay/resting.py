"""Which earlier touches a look back rests on: those that it counts, or the one that it looks back at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

import numpy as np
import pyarrow as pa

from touchrules.engines.binding import found_in
from touchrules.engines.columns import AT, FOUND, Layout, Touch
from touchrules.engines.durable.edges import compile_edges
from touchrules.engines.durable.measures import compile_measure, compile_result
from touchrules.engines.plan import Plan
from touchrules.engines.predicates import Predicate, compile_filter, compile_relation
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.engines.verdicts import Answer
from touchrules.language.walk import filters_of_test
from touchrules.model.durations import SECOND
from touchrules.model.filters import Filter
from touchrules.model.lookbacks import (
    Average,
    Count,
    Distinct,
    Gap,
    Last,
    LookBackTest,
    Never,
    Seen,
    Share,
    Sum,
    Within,
)
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.neighbourhood import Neighbourhoods
from touchrules.streams.stream import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a look back rests on at one touch, and what it comes to there (None: nothing to measure).

    `rows`: the touches that it counts, in stream order, the trigger among them where it counts; for `seen`,
    `never`, `last` and `gap` the one touch that they look back at. `among`: of the touches that a share is
    taken of, those that are in it; else empty.
    """

    answer: Answer
    rows: tuple[int, ...] = ()
    among: tuple[int, ...] = ()


class Past:
    """The past of a stream, as look backs of a plan see it.

    `found`: returns the touches that a rule found which a filter names, whichever engine says so.
    """

    def __init__(
        self, plan: Plan, stream: Stream, near: Neighbourhoods, found: Callable[[str], Rows]
    ) -> None:
        self._plan = plan
        self._stream = stream
        self._near = near
        self._found = found
        self._at = Columns(stream).at
        self._readers: dict[LookBackTest, _Reader] = {}
        self._known: tuple[int, dict[LookBackTest, Rest]] = (-1, {})

    def rest(self, test: LookBackTest, row: int) -> Rest:
        """Return what a bound look back rests on at a touch; of `never` the answer is that of `seen`."""
        if self._known[0] != row:
            self._known = (row, {})  # rules share look backs, and are told of touch by touch
        known = self._known[1]
        if test not in known:
            known[test] = self._find(test, row)
        return known[test]

    def _find(self, test: LookBackTest, row: int) -> Rest:
        rows = self._rows(test, row)
        reader = self._readers.get(test)
        if reader is None:
            reader = self._readers[test] = _Reader(test, Layout(frozenset(self._plan.signals)))
        if not len(rows):
            return reader.rest([])  # it lacks the key: even itself does not count
        part = Stream(table=self._stream.table.take(pa.array(rows)), timezone=self._stream.timezone)
        values = prepare_columns(self._plan, reader.layout.columns, part)
        touches = touches_of(part, values, 0, len(part))
        marks = self._marks(reader.named, rows)
        for place, touch in enumerate(touches):
            touch[FOUND] = {rule for rule, mark in marks.items() if mark[place]}
        told = reader.rest(touches)
        number = rows.tolist()
        return Rest(
            answer=told.answer,
            rows=tuple(number[place] for place in told.rows),
            among=tuple(number[place] for place in told.among),
        )

    def _rows(self, test: LookBackTest, row: int) -> Rows:
        """Return the touches up to one that have its key, and may lie in the window."""
        rows = self._near.share(test.per, np.array([row]))
        rows = rows[: int(np.searchsorted(rows, row, side="right"))]
        span = test.window.span
        if isinstance(span, Within) and test.window.since_last is None:
            rows = rows[(self._at[rows] > self._at[row] - span.duration) | (rows == row)]
        return rows

    def _marks(self, named: frozenset[str], rows: Rows) -> dict[str, list[bool]]:
        return {rule: np.isin(rows, self._found(rule)).tolist() for rule in sorted(named)}


class _Reader:
    """One look back, ready to read the touches of a key up to the trigger, which is the last of them."""

    def __init__(self, test: LookBackTest, layout: Layout) -> None:
        self.layout = layout
        self.named = found_in(*filters_of_test(test))
        self._accepts = compile_filter(test.of, layout)
        self._since = (
            None if test.window.since_last is None else compile_filter(test.window.since_last, layout)
        )
        self._edges = compile_edges(test.window.span)
        self._newest = test.window.newest
        self._judge = _compile_judge(test, layout)

    def rest(self, touches: list[Touch]) -> Rest:
        """Return what the look back rests on; its rows are places among the touches."""
        if not touches:
            return self._judge([], [])
        edges = self._edges(touches[-1])
        first = 0
        if self._since is not None:
            marks = [place for place, touch in enumerate(touches[:-1]) if self._since(touch)]
            first = marks[-1] + 1 if marks else 0
        times = [touch[AT] for touch in touches]
        first = max(first, bisect_right(times, edges.low))
        end = bisect_right(times, edges.high)
        kept = [place for place in range(first, end) if self._accepts(touches[place])]
        return self._judge(touches, kept if self._newest is None else kept[-self._newest :])


_Judge = Callable[[list[Touch], list[int]], Rest]
"""From the touches up to the trigger and the places of those that count, or might be looked back at."""


def _compile_judge(test: LookBackTest, layout: Layout) -> _Judge:
    match test:
        case Count() | Sum() | Average():
            return _judge_sums(test, layout)
        case Share(share=share):
            return _judge_share(test, share, layout)
        case Distinct(field=field):
            return _judge_values(layout.position(field))
        case Seen() | Never() | Gap():
            return _judge_latest(test, lambda _, __: True)
        case Last(has=has):
            return _judge_latest(test, compile_relation(has, layout))
        case _:
            assert_never(test)


def _judge_sums(test: Count | Sum | Average, layout: Layout) -> _Judge:
    measure, result = compile_measure(test, layout), compile_result(test)

    def judge(touches: list[Touch], kept: list[int]) -> Rest:
        measured = [measure(touches[place]) for place in kept]
        answer = result(sum(one for one, _ in measured), sum(other for _, other in measured))
        return Rest(answer=answer, rows=tuple(kept))

    return judge


def _judge_share(test: Share, share: Filter, layout: Layout) -> _Judge:
    accepts: Predicate = compile_filter(share, layout)
    result = compile_result(test)

    def judge(touches: list[Touch], kept: list[int]) -> Rest:
        among = tuple(place for place in kept if accepts(touches[place]))
        return Rest(answer=result(len(among), len(kept)), rows=tuple(kept), among=among)

    return judge


def _judge_values(position: int) -> _Judge:
    def judge(touches: list[Touch], kept: list[int]) -> Rest:
        values = {touches[place][position] for place in kept} - {None}
        return Rest(answer=float(len(values)), rows=tuple(kept))

    return judge


def _judge_latest(test: Seen | Never | Gap | Last, holds: Callable[[Touch, Touch], bool]) -> _Judge:
    def judge(touches: list[Touch], kept: list[int]) -> Rest:
        earlier = [place for place in kept if place < len(touches) - 1]
        if not earlier:
            return Rest(answer=None if isinstance(test, Gap) else False)
        latest, trigger = touches[earlier[-1]], touches[-1]
        if isinstance(test, Gap):
            return Rest(answer=(trigger[AT] - latest[AT]) / SECOND, rows=(earlier[-1],))
        return Rest(answer=holds(latest, trigger), rows=(earlier[-1],))

    return judge
