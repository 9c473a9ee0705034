"""Spans: from which place of an order to which other something is seen, or is known.

A touch that is looked back for is seen by all that follow it, until the window has moved past it; a fact
holds for all touches that follow its assertion, until it is retracted or has expired. So what a thousand
triggers would ask one by one is a mask that is filled span by span.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.facts import Timeline
from touchrules.engines.columnar.masks import Mask
from touchrules.engines.columnar.orders import Lane, Order, Places, lane_of_mask
from touchrules.model.durations import DAY
from touchrules.model.lookbacks import Between, InSame, Window, Within
from touchrules.streams.localtime import Period

LONGEST: Final = 1 << 61
"""Microseconds: longer than all of the calendar."""
_LONGER_THAN: Final[dict[Period, int]] = {
    "day": 3 * DAY,
    "week": 9 * DAY,
    "month": 33 * DAY,
    "quarter": 95 * DAY,
}


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Stretches [begin, end) of places in an order; both ascend."""

    begin: Places
    end: Places


def spans_of_counts(
    order: Order, lane: Lane, window: Window, least: int, *, itself: bool, since: Lane | None = None
) -> Spans:
    """Return from where at least so many touches of a lane (1 or more) are seen through a window.

    `itself`, `since` as in `lookbacks.see`. The window must not be a calendar period.
    """
    apart = least - 1
    oldest = lane.places[: max(len(lane.places) - apart, 0)]
    newest = lane.places[apart:]
    together = order.starts[oldest] == order.starts[newest]
    oldest, newest = oldest[together], newest[together]
    begin = newest if itself else newest + np.int32(1)
    ends = end = order.ends[oldest]
    match window.span:
        case Within(duration=duration):
            end = _from(order, oldest, ends, duration)
        case Between(nearest=nearest, farthest=farthest):
            begin = np.maximum(begin, _from(order, newest, ends, nearest))
            end = _from(order, oldest, ends, farthest)
        case InSame():
            msg = "a calendar period is no span"
            raise ValueError(msg)
        case None:
            pass
    if since is not None and len(since):
        number = kernels.places_before(since.places, oldest, inclusive=False)
        again = since.places[np.minimum(number, len(since) - 1)]
        there = (number < len(since)) & (again < end)
        end = np.where(there, again + np.int32(1), end)
    return Spans(begin, end)


def _from(order: Order, places: Places, ends: Places, later: int) -> Places:
    """Return for each place the first one that is so much later, or the end of its key."""
    return kernels.first_after(order.at, places, ends, order.at[places] + (min(later, LONGEST) - 1))


def widened(window: Window) -> Window:
    """Return a window without calendar periods through which at least as much is seen."""
    span = window.span
    if isinstance(span, InSame):
        span = Within(duration=_LONGER_THAN[span.period])
    return Window(span=span, since_last=window.since_last, newest=window.newest)


def mask_of_counts(
    order: Order, mask: Mask, since: Mask | None = None, *, window: Window, least: int, itself: bool
) -> Mask:
    """Return the mask of the touches that see at least so many of a mask's, in home order.

    `since` and the rest as in `spans_of_counts`.
    """
    match window.span:
        case Within(duration=duration):
            bounds = (-1, min(duration, LONGEST))
        case Between(nearest=nearest, farthest=farthest):
            bounds = (min(nearest, LONGEST), min(farthest, LONGEST))
        case _:
            bounds = (-1, -1)
    last = None if since is None else since.words
    words = kernels.seen_words(
        mask.words, last, order.starts, order.ends, order.at, bounds, least, itself=itself
    )
    if words is not None:
        return Mask(words, mask.rows)
    lanes = [lane_of_mask(order, one) for one in (mask, since) if one is not None]
    spans = spans_of_counts(
        order, lanes[0], window, least, itself=itself, since=lanes[1] if len(lanes) > 1 else None
    )
    return mask_of_spans(order, spans, mask.rows)


def spans_of_fact(order: Order, timeline: Timeline) -> Spans:
    """Return for which touches a fact holds."""
    asserted, retracted = timeline.asserted, timeline.retracted
    places = asserted.moments // 2
    end = order.ends[places]
    if timeline.lasts is not None:
        until = asserted.times + (min(timeline.lasts, LONGEST) - 1)
        end = kernels.first_after(order.at, places, end, until)
    if len(retracted):
        number = kernels.places_before(retracted, asserted.moments, inclusive=True)
        ended = retracted[np.minimum(number, len(retracted) - 1)] // 2
        there = (number < len(retracted)) & (ended < end)
        end = np.where(there, ended + np.int32(1), end)
    return Spans(places + np.int32(1), end)


def mask_of_spans(order: Order, spans: Spans, rows: int) -> Mask:
    """Return the mask of the touches within spans. `rows`: how many touches there are in home order."""
    return Mask(kernels.words_of_spans(spans.begin, spans.end, order.rows, rows), rows)
