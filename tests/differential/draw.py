"""Where random choices come from: a seeded generator, or hypothesis."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Draw(Protocol):
    """A source of random choices."""

    def integer(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        ...

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        ...

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred draws."""
        ...


@dataclass(frozen=True, slots=True)
class RandomDraw:
    """Fast choices from a seeded generator."""

    source: random.Random

    def integer(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.source.random() * (high - low + 1))

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self.source.random() * len(options))]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred draws."""
        return self.source.random() * 100 < percent


@dataclass(frozen=True, slots=True)
class HypothesisDraw:
    """Choices that hypothesis can shrink: towards low numbers, first options and no."""

    draw: Callable[[st.SearchStrategy[Any]], Any]

    def integer(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return int(self.draw(st.integers(low, high)))

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.integer(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred draws."""
        return self.integer(0, 99) >= 100 - percent


def weighted(draw: Draw, options: dict[T, int]) -> T:
    """One of the options, by weight."""
    rest = draw.integer(1, sum(options.values()))
    for option, weight in options.items():
        rest -= weight
        if rest <= 0:
            return option
    raise AssertionError("a weight is negative")


def several(draw: Draw, options: Sequence[T], least: int, most: int) -> list[T]:
    """Between `least` and `most` different options, in any order."""
    left = list(options)
    number = draw.integer(least, min(most, len(left)))
    return [left.pop(draw.integer(0, len(left) - 1)) for _ in range(number)]
