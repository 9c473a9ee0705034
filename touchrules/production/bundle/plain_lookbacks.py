"""Look backs and the tests that ask them as plain values, for a host in another language."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, assert_never

from touchrules.engines.plan import tracked
from touchrules.model.lookbacks import (
    AnyTest,
    Average,
    Between,
    Count,
    Distinct,
    FactHolds,
    Gap,
    InSame,
    Last,
    LookBackTest,
    Never,
    NotTest,
    Seen,
    Share,
    Sum,
    Test,
    Threshold,
    Window,
    Within,
)
from touchrules.production.bundle.plain_filters import write_filter


def write_lookback(test: LookBackTest) -> dict[str, Any]:
    """Return what a look back works out, without what its answer is compared with.

    Durations are in microseconds.
    """
    return {
        **_write_question(test),
        "of": write_filter(test.of),
        "per": list(test.per),
        "window": _write_window(test.window),
    }


def _write_question(test: LookBackTest) -> dict[str, Any]:
    kind = type(test).__name__.lower()
    match test:
        case Count() | Seen() | Never() | Gap():
            return {"kind": kind}
        case Distinct(field=field) | Sum(field=field) | Average(field=field):
            return {"kind": kind, "field": field}
        case Share(share=share, out_of=least):
            return {"kind": kind, "share": write_filter(share), "out_of": least}
        case Last(has=has):
            return {"kind": kind, "has": write_filter(has)}
        case _:
            assert_never(test)


def _write_window(window: Window) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    match window.span:
        case Within(duration=duration):
            plain["within"] = duration
        case Between(nearest=nearest, farthest=farthest):
            plain["between"] = [nearest, farthest]
        case InSame(period=period):
            plain["in_same"] = period
        case None:
            pass
        case _:
            assert_never(window.span)
    if window.since_last is not None:
        plain["since_last"] = write_filter(window.since_last)
    if window.newest is not None:
        plain["newest"] = window.newest
    return plain


def write_test(test: Test, numbers: Mapping[LookBackTest, int]) -> dict[str, Any]:
    """Return a test of `where`; a look back is named by its number, with what its answer must be.

    >>> write_test(NotTest(test=FactHolds(fact="known")), {})
    {'not': {'fact': 'known'}}
    """
    match test:
        case FactHolds(fact=fact):
            return {"fact": fact}
        case AnyTest(tests=tests):
            return {"any": [write_test(one, numbers) for one in tests]}
        case NotTest(test=inner):
            return {"not": write_test(inner, numbers)}
        case Seen() | Last():
            return {"answer": numbers[tracked(test)], "is": True}
        case Never():
            return {"answer": numbers[tracked(test)], "is": False}
        case _:
            return {
                "answer": numbers[tracked(test)],
                "compare": [write_threshold(one) for one in test.compare],
            }


def write_threshold(threshold: Threshold) -> dict[str, Any]:
    """Return one compare: `{"at_least": 3.0}`."""
    how, value = dataclasses.astuple(threshold)
    return {how: value}
