"""What a rule remembers of earlier touches, kept up to date touch by touch."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from copy import copy
from typing import TYPE_CHECKING, Any, Final, Self

from touchrules.engines.columns import AT, Touch

if TYPE_CHECKING:
    from touchrules.engines.durable.edges import Edges


# Forgotten touches are dropped when they are at least so many and half of all that is held.
_COMPACT_FROM: Final = 8


class _History:
    """What is remembered of one key."""

    __slots__: tuple[str, ...] = ()

    def clone(self) -> Self:
        """Return a history that goes on from here and leaves this one as it is."""
        other = copy(self)
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, list | set | Counter):
                setattr(other, name, copy(value))
        return other


class RunningSums(_History):
    """Two sums over all accepted touches of a key."""

    __slots__ = ("_first", "_second")

    def __init__(self) -> None:
        self._first = self._second = 0

    def add(self, _at: int, first: int, second: int) -> None:
        """Add one accepted touch."""
        self._first += first
        self._second += second

    def sums(self, _edges: Edges, _newest: int | None) -> tuple[int, int]:
        """Return both sums."""
        return self._first, self._second

    def keep_newest(self, _count: int) -> None:
        """Keep all: sums that a window moves over are `WindowSums`."""

    def is_idle(self, _horizon: int) -> bool:
        """Return whether nothing is left; a sum over all history always is."""
        return False


class WindowSums(_History):
    """Two sums over a moving stretch of the accepted touches of a key.

    Touches older than any later question can reach are forgotten, so a question over a window that only
    moves forward costs amortised O(1), and one over calendar periods a binary search.
    """

    __slots__ = ("_at", "_base", "_first", "_head", "_second")

    def __init__(self) -> None:
        self._at: list[int] = []
        self._first: list[int] = []
        self._second: list[int] = []
        self._base = (0, 0)
        self._head = 0

    def add(self, at: int, first: int, second: int) -> None:
        """Add one accepted touch; `at` never goes back."""
        before = self._sums_before(len(self._at))
        self._at.append(at)
        self._first.append(before[0] + first)
        self._second.append(before[1] + second)

    def sums(self, edges: Edges, newest: int | None) -> tuple[int, int]:
        """Return both sums over the touches within the edges, of them only the newest."""
        self._forget(edges.horizon)
        end = len(self._at)
        if end > self._head and self._at[-1] > edges.high:
            end = bisect_right(self._at, edges.high, self._head)
        start = self._head
        if edges.low > edges.horizon:
            start = bisect_right(self._at, edges.low, start)
        if newest is not None:
            start = max(start, end - newest)
        if start >= end:
            return 0, 0
        until, since = self._sums_before(end), self._sums_before(start)
        return until[0] - since[0], until[1] - since[1]

    def keep_newest(self, count: int) -> None:
        """Forget all but the newest touches."""
        self._head = max(self._head, len(self._at) - count)
        self._compact()

    def is_idle(self, horizon: int) -> bool:
        """Return whether nothing is left after the horizon."""
        return not self._at or self._at[-1] <= horizon

    def _sums_before(self, index: int) -> tuple[int, int]:
        return self._base if index == 0 else (self._first[index - 1], self._second[index - 1])

    def _forget(self, horizon: int) -> None:
        at, head, end = self._at, self._head, len(self._at)
        while head < end and at[head] <= horizon:
            head += 1
        self._head = head
        self._compact()

    def _compact(self) -> None:
        head = self._head
        if head >= _COMPACT_FROM and head * 2 > len(self._at):
            self._base = self._sums_before(head)
            del self._at[:head], self._first[:head], self._second[:head]
            self._head = 0


class RunningValues(_History):
    """The different values of all accepted touches of a key."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: set[Any] = set()

    def add(self, _at: int, value: Any) -> None:
        """Add one accepted touch; a missing value (None) is no value."""
        if value is not None:
            self._values.add(value)

    def distinct(self, _edges: Edges, _newest: int | None) -> int:
        """Return the number of different values."""
        return len(self._values)

    def keep_newest(self, _count: int) -> None:
        """Keep all: values that a window moves over are `WindowValues`."""

    def is_idle(self, _horizon: int) -> bool:
        """Return whether nothing is left; all history always is."""
        return False


class WindowValues(_History):
    """How many different values stand on a moving stretch of the accepted touches of a key."""

    __slots__ = ("_at", "_counted", "_head", "_left", "_right", "_values")

    def __init__(self) -> None:
        self._at: list[int] = []
        self._values: list[Any] = []
        self._counted: Counter[Any] = Counter()
        self._head = self._left = self._right = 0

    def add(self, at: int, value: Any) -> None:
        """Add one accepted touch; a missing value (None) is no value but is a touch."""
        self._at.append(at)
        self._values.append(value)

    def distinct(self, edges: Edges, newest: int | None) -> int:
        """Return the number of different values within the edges, of the newest touches only."""
        end = bisect_right(self._at, edges.high, self._head)
        start = bisect_right(self._at, edges.low, self._head)
        if newest is not None:
            start = max(start, end - newest)
        self._move(min(start, end), end)
        found = len(self._counted)
        self._forget(edges.horizon)
        return found

    def keep_newest(self, count: int) -> None:
        """Forget all but the newest touches."""
        end = len(self._at)
        self._move(max(self._left, end - count), end)
        self._head = self._left
        self._compact()

    def is_idle(self, horizon: int) -> bool:
        """Return whether nothing is left after the horizon."""
        return not self._at or self._at[-1] <= horizon

    def _move(self, left: int, right: int) -> None:
        while self._right < right:
            self._count(self._right, 1)
            self._right += 1
        while self._right > right:
            self._right -= 1
            self._count(self._right, -1)
        while self._left < left:
            self._count(self._left, -1)
            self._left += 1
        while self._left > left:
            self._left -= 1
            self._count(self._left, 1)

    def _count(self, index: int, change: int) -> None:
        value = self._values[index]
        if value is None:
            return
        self._counted[value] += change
        if not self._counted[value]:
            del self._counted[value]

    def _forget(self, horizon: int) -> None:
        while self._head < self._left and self._at[self._head] <= horizon:
            self._head += 1
        self._compact()

    def _compact(self) -> None:
        head = self._head
        if head >= _COMPACT_FROM and head * 2 > len(self._at):
            del self._at[:head], self._values[:head]
            self._left -= head
            self._right -= head
            self._head = 0


class LatestTouches(_History):
    """The accepted touches of a key from the latest that a window which ends before now can reach."""

    __slots__ = ("_head", "_touches")

    def __init__(self) -> None:
        self._touches: list[Touch] = []
        self._head = 0

    def add(self, touch: Touch) -> None:
        """Add one accepted touch."""
        self._touches.append(touch)

    def clear(self) -> None:
        """Forget all touches."""
        self._touches.clear()
        self._head = 0

    def latest(self, high: int) -> Touch | None:
        """Return the last touch with at <= high, if there is one; `high` never goes back."""
        touches, head, end = self._touches, self._head, len(self._touches)
        while head + 1 < end and touches[head + 1][AT] <= high:
            head += 1
        self._head = head
        if head >= _COMPACT_FROM and head * 2 > end:
            del touches[:head]
            self._head = head = 0
        return touches[head] if touches and touches[head][AT] <= high else None

    def is_idle(self, horizon: int) -> bool:
        """Return whether nothing is left after the horizon."""
        return not self._touches or self._touches[-1][AT] <= horizon
