"""Where the window of a look back begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, assert_never

from touchrules.engines.columns import AT, ZONE, Touch
from touchrules.model.durations import DAY
from touchrules.model.lookbacks import Between, InSame, Within
from touchrules.streams.localtime import period_start

FOREVER: Final = 1 << 62
"""Farther than any instant, in microseconds."""

# How far back the start of a calendar period can lie, in any zone: its length, and two days of zones.
_PERIOD_REACH: Final = {"day": 3 * DAY, "week": 9 * DAY, "month": 33 * DAY, "quarter": 94 * DAY}


@dataclass(frozen=True, slots=True)
class Edges:
    """A window of a trigger: earlier touches with low < at <= high, in microseconds.

    `horizon`: no later trigger's window reaches a touch at or before it.
    """

    low: int
    high: int
    horizon: int


ALL_HISTORY: Final = Edges(-FOREVER, FOREVER, -FOREVER)


def compile_edges(span: Within | Between | InSame | None) -> Callable[[Touch], Edges]:
    """Return a function from a trigger to the edges of its window."""
    match span:
        case None:
            return lambda _: ALL_HISTORY
        case Within(duration=duration):
            return lambda touch: Edges(touch[AT] - duration, FOREVER, touch[AT] - duration)
        case Between(nearest=nearest, farthest=farthest):
            return lambda touch: Edges(touch[AT] - farthest, touch[AT] - nearest, touch[AT] - farthest)
        case InSame(period=period):
            reach = _PERIOD_REACH[period]
            return lambda touch: Edges(
                period_start(touch[AT], touch[ZONE], period) - 1, FOREVER, touch[AT] - reach
            )
        case _:
            assert_never(span)
