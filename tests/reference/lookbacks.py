"""Looking back: the tests in `where`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.reference.filters import View, accepts
from tests.reference.localtime import period_start
from tests.reference.touches import Touch, key_of, read_field
from tests.reference.values import MICROSECONDS, as_number, compares, duration_microseconds, rounded

COMPARES = ("more_than", "at_least", "less_than", "at_most", "exactly")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Past:
    """What a test in `where` may look at: all touches, the filters' view, the facts that hold."""

    touches: Sequence[Touch]
    view: View
    fact_holds: Callable[[str, Touch], bool]


Test = Mapping[str, Any]


def history(past: Past, test: Test, trigger: Touch) -> list[Touch]:
    """The touches up to the trigger with its key, in stream order; none if it lacks the key."""
    per = test.get("per", "contact")
    key = key_of(past.view.book, trigger, per)
    if key is None:
        return []
    return [touch for touch in past.touches[: trigger.index + 1] if key_of(past.view.book, touch, per) == key]


def in_period(test: Test, touch: Touch, trigger: Touch) -> bool:
    """Whether `within`, `between` or `in_same` keeps the touch."""
    if "within" in test:
        return touch.at > trigger.at - duration_microseconds(test["within"])
    if "between" in test:
        near, far = (duration_microseconds(text) for text in test["between"])
        return trigger.at - far < touch.at <= trigger.at - near
    if "in_same" in test:
        return touch.at >= period_start(test["in_same"], trigger.at, trigger.zone)
    return True


def in_window(past: Past, test: Test, trigger: Touch) -> list[Touch]:
    """The touches that the windows keep, but for `newest`."""
    touches = history(past, test, trigger)
    if "since_last" in test:
        marks = [
            touch.index
            for touch in touches
            if touch.index < trigger.index and accepts(past.view, test["since_last"], touch)
        ]
        touches = [touch for touch in touches if not marks or touch.index > max(marks)]
    return [touch for touch in touches if in_period(test, touch, trigger)]


def counted(past: Past, test: Test, trigger: Touch, tests: Mapping[str, Any]) -> list[Touch]:
    """The touches in the window that the filter accepts, at most the `newest`."""
    kept = [touch for touch in in_window(past, test, trigger) if accepts(past.view, tests, touch)]
    return kept[-test["newest"] :] if "newest" in test else kept


def last_earlier(past: Past, test: Test, trigger: Touch, tests: Mapping[str, Any]) -> Touch | None:
    """The last touch before the trigger in the window that the filter accepts."""
    earlier = [
        touch
        for touch in in_window(past, test, trigger)
        if touch.index < trigger.index and accepts(past.view, tests, touch)
    ]
    return earlier[-1] if earlier else None


def present_values(past: Past, touches: list[Touch], field: str) -> list[Any]:
    """The present values of the field on these touches."""
    values = [read_field(past.view.book, touch, field) for touch in touches]
    return [value for value in values if value is not None]


def share(past: Past, test: Test, trigger: Touch) -> float | None:
    """How much of what `of` accepts is accepted by the filter too; None if that is too few."""
    whole = counted(past, test, trigger, test["of"])
    if len(whole) < test.get("out_of", 1):
        return None
    return len([touch for touch in whole if accepts(past.view, test["share"], touch)]) / len(whole)


def gap(past: Past, test: Test, trigger: Touch) -> float | None:
    """The seconds since the last earlier touch; None if there is none."""
    last = last_earlier(past, test, trigger, test["gap"])
    return None if last is None else (trigger.at - last.at) / MICROSECONDS


def measure(past: Past, test: Test, trigger: Touch) -> float | None:
    """The number that the test compares; None if there is none, or the test compares nothing."""
    if "count" in test:
        return float(len(counted(past, test, trigger, test["count"])))
    if "distinct" in test:
        touches = counted(past, test, trigger, test["of"])
        return float(len(set(present_values(past, touches, test["distinct"]))))
    if "sum" in test or "average" in test:
        touches = counted(past, test, trigger, test["of"])
        values = present_values(past, touches, test.get("sum", test.get("average")))
        total = sum((rounded(value) for value in values), Fraction(0))
        if "sum" in test:
            return float(total)
        return float(total / len(values)) if values else None
    if "share" in test:
        return share(past, test, trigger)
    return gap(past, test, trigger) if "gap" in test else None


def holds(past: Past, test: Test, trigger: Touch) -> bool:
    """Whether one test of `where` is true."""
    if "any" in test:
        return any(holds(past, part, trigger) for part in test["any"])
    if "not" in test:
        return not holds(past, test["not"], trigger)
    if "fact" in test:
        return past.fact_holds(test["fact"], trigger)
    if "seen" in test:
        return last_earlier(past, test, trigger, test["seen"]) is not None
    if "never" in test:
        return last_earlier(past, test, trigger, test["never"]) is None
    if "last" in test:
        return last_has(past, test, trigger)
    value = measure(past, test, trigger)
    return value is not None and all(
        compares(operator, value, as_number(test[operator])) for operator in COMPARES if operator in test
    )


def last_has(past: Past, test: Test, trigger: Touch) -> bool:
    """Whether there is a last earlier touch and it has what is asked."""
    last = last_earlier(past, test, trigger, test["last"])
    if last is None:
        return False
    compared = View(book=past.view.book, is_found=past.view.is_found, trigger=trigger)
    return accepts(compared, test.get("has", {}), last)
