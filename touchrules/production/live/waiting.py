"""Touches that wait until none can come that stands before them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import Final

from touchrules.production.live.touches import LiveTouch

Place = tuple[int, str]
"""Where a touch stands in the stream: its instant, and its id."""

BEFORE_ALL: Final[Place] = (-(1 << 62), "")


class Waiting:
    """Puts touches in the order of the stream that come at most `lateness` microseconds after later ones.

    `last`: the place of the last one that was let through; whatever stands before it comes too late. With
    no lateness touches wait for nothing, so they must come in their order.
    """

    def __init__(self, lateness: int, last: Place = BEFORE_ALL) -> None:
        self.lateness = lateness
        self.last = last
        self._newest = last[0]
        self._heap: list[tuple[Place, LiveTouch]] = []
        self._held: dict[str, LiveTouch] = {}

    def __len__(self) -> int:
        return len(self._heap)

    def find(self, touch_id: str) -> LiveTouch | None:
        """Return a touch that waits."""
        return self._held.get(touch_id)

    def is_late(self, touch: LiveTouch) -> bool:
        """Return whether one was let through already that stands after a touch, or at its place."""
        return touch.place <= self.last

    def before(self, at: int) -> list[LiveTouch]:
        """Return the waiting touches up to an instant, in their order; they go on waiting."""
        return [touch for _, touch in sorted(self._heap, key=lambda one: one[0]) if touch.at <= at]

    def admit(self, touch: LiveTouch) -> list[LiveTouch]:
        """Take a touch in that is not late; return those that need not wait any more."""
        heapq.heappush(self._heap, (touch.place, touch))
        self._held[touch.id] = touch
        self._newest = max(self._newest, touch.at)
        return self.release() if not self.lateness else self.advance(self._newest)

    def advance(self, now: int) -> list[LiveTouch]:
        """Return those that need not wait when it is so late."""
        return list(self._pop_before(now - self.lateness))

    def release(self) -> list[LiveTouch]:
        """Return all that wait."""
        return list(self._pop_before(1 << 62))

    def put_back(self, touches: Iterable[LiveTouch]) -> None:
        """Take touches in again that were let through, but could not be decided."""
        for touch in touches:
            heapq.heappush(self._heap, (touch.place, touch))
            self._held[touch.id] = touch

    def pass_by(self, instant: int) -> None:
        """Refuse from now on what stands before an instant."""
        self.last = max(self.last, (instant, ""))

    def _pop_before(self, instant: int) -> Iterator[LiveTouch]:
        while self._heap and self._heap[0][0][0] < instant:
            self.last, touch = heapq.heappop(self._heap)
            del self._held[touch.id]
            yield touch
