"""Does the same to several columns, two at a time where they are long."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

LONG: Final = 100_000
"""From so many rows on two columns are done at a time."""
_THREADS: Final = 2

One = TypeVar("One")
Made = TypeVar("Made")


def each_in_turn(do: Callable[[One], Made], ones: Sequence[One], rows: int) -> Iterator[Made]:
    """Yield what comes of each of some columns, in their order; `rows`: how long they are.

    What one raises is raised in its turn, and those that have not begun then are not done.
    """
    threads = min(_THREADS, os.cpu_count() or 1)
    if rows < LONG or threads == 1:
        yield from map(do, ones)
        return
    with ThreadPoolExecutor(threads) as pool:
        try:
            yield from pool.map(do, ones)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
