"""Whether a test of `where` is true, once its look backs are answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from touchrules.engines.predicates import compares
from touchrules.model.lookbacks import (
    AnyTest,
    Average,
    Count,
    Distinct,
    FactHolds,
    Gap,
    Last,
    LookBackTest,
    Never,
    NotTest,
    Seen,
    Share,
    Sum,
    Test,
)

Answer = float | bool | None
"""What a look back comes to: a number (None where there is none), or yes or no. `never` is that of `seen`."""


def is_true(test: Test, answer: Callable[[LookBackTest], Answer], holds: Callable[[str], bool]) -> bool:
    """Return whether a test is true, given what its look backs come to and which facts stand."""
    match test:
        case FactHolds(fact=fact):
            return holds(fact)
        case AnyTest(tests=tests):
            return any(is_true(one, answer, holds) for one in tests)
        case NotTest(test=inner):
            return not is_true(inner, answer, holds)
        case Seen() | Last():
            return answer(test) is True
        case Never():
            return answer(test) is False
        case Count() | Distinct() | Sum() | Average() | Share() | Gap():
            number = answer(test)
            return number is not None and compares(float(number), test.compare)
        case _:
            assert_never(test)
