"""Draws that come out the same in every version of Python: only `Random.random()` is used."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def pick(random: Random, choices: Sequence[T]) -> T:
    """One of the choices, all equally likely."""
    return choices[int(random.random() * len(choices))]


def below(random: Random, limit: int) -> int:
    """A whole number from 0 to below the limit.

    >>> below(Random(1), 1)
    0
    """
    return int(random.random() * limit)


def between(random: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included.

    >>> between(Random(1), 7, 7)
    7
    """
    return low + int(random.random() * (high - low + 1))
