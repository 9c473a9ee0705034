"""What a look back measures in plain English, what it came to, and what the rule looks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from touchrules.language.describe_filters import say_earlier, say_percent, say_things
from touchrules.language.describe_lookbacks import say_test, say_where
from touchrules.language.describe_signals import say_field_or_signal
from touchrules.language.phrasing import (
    COMPARISONS,
    PLURALS,
    say_amount,
    say_list,
    say_number,
    say_thresholds,
)
from touchrules.language.vocabulary import NO_WORDS, Vocabulary
from touchrules.model.lookbacks import (
    Average,
    Count,
    Distinct,
    Gap,
    Last,
    LookBackTest,
    Never,
    Seen,
    Share,
    Sum,
    Threshold,
)

_MOST_DIGITS: Final = 8
_DIGITS: Final = {"duration_s": 0, "local_hour": 6}
"""How many decimals sums and averages of these fields have; those of other fields have two."""


def say_measure(test: LookBackTest, words: Vocabulary = NO_WORDS) -> str:
    """Return what a look back measures: `calls with the same contact in the last 7 days`.

    What is only true or not stands as a clause: `there was an earlier call with the same contact`.
    """
    where = say_where(test, words)
    match test:
        case Count(of=of):
            return say_things(of, where, words)
        case Distinct(field=field, of=of):
            values = PLURALS.get(field, f"values of {say_field_or_signal(field, words)}")
            return f"different {values} among {say_things(of, where, words)}"
        case Sum(field=field) | Average(field=field):
            what = "sum" if isinstance(test, Sum) else "average"
            return (
                f"the {what} of {say_field_or_signal(field, words)} over {say_things(test.of, where, words)}"
            )
        case Share(share=share, of=of):
            return f"how many of the {say_things(of, where, words)} are {say_things(share, words=words)}"
        case Gap(of=of):
            return f"time since {say_earlier(of, 'the last', where, words)}"
        case Seen() | Never() | Last():
            return say_test(test, words)
        case _:
            assert_never(test)


def say_wanted(test: LookBackTest) -> str:
    """Return what a rule looks for: `more than 3`, `at least 60%`; of a clause that it is so: `yes`."""
    match test:
        case Seen() | Never() | Last():
            return "yes"
        case Share(compare=compare):
            return say_list(f"{COMPARISONS[one.how]} {say_percent(one.value)}" for one in compare)
        case Gap(compare=compare):
            return say_thresholds("duration_s", compare)
        case Count(compare=compare) | Distinct(compare=compare):
            return say_thresholds("", compare)
        case Sum(field=field, compare=compare) | Average(field=field, compare=compare):
            return say_thresholds(field, compare)
        case _:
            assert_never(test)


def say_answer(test: LookBackTest, answer: float | bool | None) -> str:
    """Return what a look back came to, as `say_wanted` tells what is looked for.

    >>> say_answer(Gap(of=Count, compare=()), 5400.0), say_answer(Seen(of=Count), False)
    ('1 hour 30 minutes', 'no')
    """
    match test:
        case Seen() | Last():
            return "yes" if answer is True else "no"
        case Never():
            return "yes" if answer is False else "no"
    if answer is None:
        return "nothing to measure"
    match test:
        case Share(compare=compare):
            return say_percent(_rounded(answer, compare, digits=4))
        case Gap(compare=compare):
            return say_amount("duration_s", _rounded(answer, compare, digits=0))
        case Sum(field=field, compare=compare) | Average(field=field, compare=compare):
            return say_amount(field, _rounded(answer, compare, digits=_DIGITS.get(field, 2)))
        case Count() | Distinct():
            return say_number(answer)
        case _:
            assert_never(test)


def _rounded(answer: float, compare: Sequence[Threshold], *, digits: int) -> float:
    """Return a number with so many decimals, or more where it would seem to reach what it does not."""
    for some in range(digits, _MOST_DIGITS):
        near = round(float(answer), some)
        if all(_side(near, one) == _side(answer, one) for one in compare):
            return near
    return float(answer)


def _side(number: float, threshold: Threshold) -> int:
    """Return whether a number lies below a threshold, on it or above: -1, 0 or 1."""
    return (number > threshold.value) - (number < threshold.value)
