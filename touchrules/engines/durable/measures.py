"""What a look back measures on each touch, and the number that it makes of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final, assert_never

from touchrules.engines.columns import Layout, Touch
from touchrules.engines.predicates import compile_filter
from touchrules.model.lookbacks import Average, Count, Share, Sum

Measured = tuple[int, int]
Measure = Callable[[Touch], Measured]
Result = Callable[[int, int], float | None]

_MILLION: Final = 1_000_000


def millionths(value: float) -> int:
    """Return a number as a whole count of millionths, its exact value rounded half to even.

    >>> millionths(0.0000005), millionths(2.5)
    (0, 2500000)
    """
    return int(value) * _MILLION if value.is_integer() else round(Fraction(value) * _MILLION)


def compile_measure(test: Count | Sum | Average | Share, layout: Layout) -> Measure:
    """Return what one accepted touch adds to the two sums of a test."""
    match test:
        case Count():
            return lambda _: (1, 0)
        case Share(share=share):
            accepts = compile_filter(share, layout)
            return lambda touch: (int(accepts(touch)), 1)
        case Sum(field=field) | Average(field=field):
            position = layout.position(field)

            def measure(touch: Touch) -> Measured:
                value = touch[position]
                return (0, 0) if value is None else (millionths(value), 1)

            return measure
        case _:
            assert_never(test)


def compile_result(test: Count | Sum | Average | Share) -> Result:
    """Return the number that the two sums of a test make; None where there is none."""
    match test:
        case Count():
            return lambda count, _: float(count)
        case Sum():
            return lambda total, _: total / _MILLION
        case Average():
            return lambda total, present: total / (present * _MILLION) if present else None
        case Share(out_of=out_of):
            return lambda both, of: both / of if of >= out_of else None
        case _:
            assert_never(test)
