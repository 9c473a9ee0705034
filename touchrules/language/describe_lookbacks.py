"""Looks at earlier touches in plain English: counts, gaps and what was last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from touchrules.language.describe_filters import (
    say_condition,
    say_earlier,
    say_percent,
    say_things,
)
from touchrules.language.phrasing import (
    COMPARISONS,
    PLURALS,
    say_clauses,
    say_duration,
    say_field,
    say_list,
    say_number,
    say_scope,
    say_thresholds,
    say_word,
)
from touchrules.model.filters import EVERY_TOUCH, Filter
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
    LookBack,
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


def say_test(test: Test) -> str:
    """Return a test of `where` as a clause: `there are at least 5 calls with the same contact`."""
    match test:
        case FactHolds(fact=fact):
            return f'the fact "{say_word(fact)}" holds'
        case NotTest(test=FactHolds(fact=fact)):
            return f'the fact "{say_word(fact)}" does not hold'
        case NotTest(test=inner):
            return f"it is not so that {_bracketed(inner)}"
        case AnyTest(tests=()):
            return "one of no tests is true (never)"
        case AnyTest(tests=tests):
            return "either " + say_clauses([_bracketed(one) for one in tests], "or")
        case _:
            return _say_look_back(test)


def _bracketed(test: Test) -> str:
    clause = say_test(test)
    return f"({clause})" if isinstance(test, AnyTest) and len(test.tests) > 1 else clause


def _say_look_back(test: LookBackTest) -> str:
    where = _say_where(test)
    match test:
        case Count(of=of, compare=compare):
            return f"{_say_there(compare)} {_say_counted(of, compare, where)} (this one counts)"
        case Distinct(field=field, of=of, compare=compare):
            values = PLURALS.get(field, f"values of {say_field(field)}")
            return f"there are {say_thresholds('', compare)} different {values} on {say_things(of, where)}"
        case Sum(field=field, of=of, compare=compare):
            amount = say_thresholds(field, compare)
            return f"the sum of {say_field(field)} over {say_things(of, where)} is {amount}"
        case Average(field=field, of=of, compare=compare):
            amount = say_thresholds(field, compare)
            return f"the average of {say_field(field)} over {say_things(of, where)} is {amount}"
        case Share():
            return _say_share(test, where)
        case Seen(of=of):
            return f"there was {say_earlier(of, 'an earlier', where)}"
        case Never(of=of):
            return f"there was {say_earlier(of, 'no earlier', where)}"
        case Last(of=of, has=has) if has == EVERY_TOUCH:
            return f"there was {say_earlier(of, 'an earlier', where)}"
        case Last(of=of, has=has):
            return f"for {say_earlier(of, 'the last', where)} it holds that {say_condition(has)}"
        case Gap(of=of, compare=compare):
            return f"{say_earlier(of, 'the last', where)} was {_say_gaps(compare)} before this one"
        case _:
            assert_never(test)


def _say_there(compare: Sequence[Threshold]) -> str:
    return "there is" if _is_one(compare) else "there are"


def _say_counted(of: Filter, compare: Sequence[Threshold], where: str) -> str:
    amount = say_thresholds("", compare)
    return say_earlier(of, amount, where) if _is_one(compare) else f"{amount} {say_things(of, where)}"


def _is_one(compare: Sequence[Threshold]) -> bool:
    return all(one.value == 1 for one in compare)


def _say_share(test: Share, where: str) -> str:
    share = say_list(f"{COMPARISONS[one.how]} {say_percent(one.value)}" for one in test.compare)
    clause = f"{share} of the {say_things(test.of, where)} are {say_things(test.share)}"
    return clause if test.out_of == 1 else f"{clause} (if there are at least {say_number(test.out_of)})"


def _say_gaps(compare: Sequence[Threshold]) -> str:
    return say_thresholds("duration_s", compare)


def _say_where(test: LookBack) -> str:
    """Say whose touches are looked at, how far back, and how many of them."""
    parts = [say_scope(test.per), _say_window(test.window)]
    return " ".join(part for part in parts if part)


def _say_window(window: Window) -> str:
    parts = []
    match window.span:
        case Within(duration=duration):
            said = say_duration(duration)
            parts.append(f"in the last {said.removeprefix('1 ') if said.count(' ') == 1 else said}")
        case Between(nearest=nearest, farthest=farthest):
            parts.append(f"from {say_duration(farthest)} ago to {say_duration(nearest)} ago")
        case InSame(period="day"):
            parts.append("on the same day of the contact's calendar")
        case InSame(period=period):
            parts.append(f"in the same {period} of the contact's calendar")
        case None:
            pass
        case _:
            assert_never(window.span)
    if window.since_last is not None:
        parts.append(f"since {say_earlier(window.since_last, 'the last')}")
    if window.newest is not None:
        latest = say_number(window.newest)
        parts.append("(only the latest one)" if window.newest == 1 else f"(only the latest {latest} of them)")
    return " ".join(parts)
