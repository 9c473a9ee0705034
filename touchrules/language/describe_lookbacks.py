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
from touchrules.language.describe_signals import say_field_or_signal
from touchrules.language.phrasing import (
    COMPARISONS,
    PLURALS,
    SCOPES,
    say_clauses,
    say_duration,
    say_last,
    say_list,
    say_number,
    say_thresholds,
    say_word,
)
from touchrules.language.vocabulary import NO_WORDS, Vocabulary
from touchrules.model.filters import EVERY_TOUCH, AllOf, Filter
from touchrules.model.lookbacks import (
    AnyTest,
    Average,
    Between,
    Count,
    Distinct,
    FactHolds,
    Gap,
    InSame,
    Key,
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
from touchrules.model.signals import PhonePrefix


def say_test(test: Test, words: Vocabulary = NO_WORDS) -> str:
    """Return a test of `where` as a clause: `there are at least 5 calls with the same contact`."""
    match test:
        case FactHolds(fact=fact):
            return say_fact_holds(fact, words)
        case NotTest(test=FactHolds(fact=fact)):
            return say_fact_holds(fact, words, negation="not ")
        case NotTest(test=Seen(of=of) | Last(of=of, has=AllOf(filters=())) as inner):
            return f"there was {say_earlier(of, 'no earlier', say_where(inner, words), words)}"
        case NotTest(test=inner):
            return f"it is not so that {_bracketed(inner, words)}"
        case AnyTest(tests=()):
            return "one of no tests is true (never)"
        case AnyTest(tests=tests):
            return "either " + say_clauses([_bracketed(one, words) for one in tests], "or")
        case _:
            return _say_look_back(test, words)


def say_fact_holds(fact: str, words: Vocabulary, negation: str = "") -> str:
    """Return that a fact holds: `the contact is known`."""
    known = words.facts.get(fact)
    return f"the {known.per if known else 'contact'} {say_standing(fact, words, negation)}"


def say_standing(name: str, words: Vocabulary, negation: str = "") -> str:
    """Return how somebody stands of whom a fact holds: `is known`, `counts as "wrong person"`.

    What somebody was told (`told_of_copies`) is no name for them: they were told it, or not.
    """
    fact = words.facts.get(name)
    lately = "" if fact is None or fact.lasts is None else f" {say_last(fact.lasts)}"
    if name.startswith("told_") and lately:
        return f"was {negation}{say_word(name)}{lately}"
    if "_" in name:
        return f'{"does not count" if negation else "counts"} as "{say_word(name)}"'
    return f"was {negation}{name}{lately}" if lately else f"is {negation}{name}"


def say_scope(per: Key, words: Vocabulary = NO_WORDS) -> str:
    """Say whose touches are looked at.

    >>> say_scope(("contact_id",)), say_scope(("rep_id", "campaign"))
    ('with the same contact', 'with the same rep and campaign')
    """
    if len(per) == 1 and per[0] in SCOPES:
        return SCOPES[per[0]]
    counted = [
        f"the {say_word(field)}"
        for field in per
        if field in words.signals and not isinstance(words.signals[field], PhonePrefix)
    ]
    if counted:  # a count as a key: touches that are alike in what it counts
        others = [say_field_or_signal(field, words) for field in per if field not in words.signals]
        return f"alike in {say_list([*counted, *others])}"
    names = (say_field_or_signal(field, words).removeprefix("the ") for field in per)
    return f"with the same {say_list(names)}"


def _bracketed(test: Test, words: Vocabulary) -> str:
    clause = say_test(test, words)
    return f"({clause})" if isinstance(test, AnyTest) and len(test.tests) > 1 else clause


def _say_look_back(test: LookBackTest, words: Vocabulary) -> str:
    where = say_where(test, words)
    match test:
        case Count(of=of, compare=compare):
            counted = _say_counted(of, compare, where, words)
            return f"counting this one, {_say_there(compare)} {counted}"
        case Distinct(field=field, of=of, compare=compare):
            values = PLURALS.get(field, f"values of {say_field_or_signal(field, words)}")
            amount = _say_amounts(compare)
            return f"there are {amount} different {values} among {say_things(of, where, words)}"
        case Sum(field=field) | Average(field=field):
            what = "sum" if isinstance(test, Sum) else "average"
            said = (
                f"the {what} of {say_field_or_signal(field, words)} over {say_things(test.of, where, words)}"
            )
            return f"{said} is {say_thresholds(field, test.compare)}"
        case Share():
            return _say_share(test, where, words)
        case Seen(of=of):
            return f"there was {say_earlier(of, 'an earlier', where, words)}"
        case Never(of=of):
            return f"there was {say_earlier(of, 'no earlier', where, words)}"
        case Last(of=of, has=has) if has == EVERY_TOUCH:
            return f"there was {say_earlier(of, 'an earlier', where, words)}"
        case Last(of=of, has=has):
            last = say_earlier(of, "the last", where, words)
            return f"at {last}, {say_condition(has, words)}"
        case Gap(of=of, compare=(Threshold(how="at_least", value=0),)):
            return f"there was {say_earlier(of, 'an earlier', where, words)}"
        case Gap(of=of, compare=compare):
            return f"{say_earlier(of, 'the last', where, words)} was {_say_gaps(compare)} before this one"
        case _:
            assert_never(test)


def _say_there(compare: Sequence[Threshold]) -> str:
    return "there is" if _is_one(compare) else "there are"


def _say_counted(of: Filter, compare: Sequence[Threshold], where: str, words: Vocabulary) -> str:
    amount = _say_amounts(compare)
    if _is_one(compare):
        return say_earlier(of, amount, where, words)
    return f"{amount} {say_things(of, where, words)}"


def _say_amounts(compare: Sequence[Threshold]) -> str:
    """Print how many are asked for; a range that one number alone fills is that number.

    >>> _say_amounts([Threshold(how="at_least", value=2), Threshold(how="less_than", value=3)])
    'exactly 2'
    """
    match compare:
        case [Threshold(how="at_least", value=low), Threshold(how="less_than", value=high)] if (
            high == low + 1
        ):
            return f"exactly {say_number(low)}"
        case _:
            return say_thresholds("", compare).replace("less than", "fewer than")


def _is_one(compare: Sequence[Threshold]) -> bool:
    return all(one.value == 1 for one in compare)


def _say_share(test: Share, where: str, words: Vocabulary) -> str:
    share = say_list(f"{COMPARISONS[one.how]} {say_percent(one.value)}" for one in test.compare)
    of = say_things(test.of, where, words)
    clause = f"{share} of the {of} are {say_things(test.share, words=words)}"
    return clause if test.out_of == 1 else f"{clause} (if there are at least {say_number(test.out_of)})"


def _say_gaps(compare: Sequence[Threshold]) -> str:
    return say_thresholds("duration_s", compare)


def say_where(test: LookBack, words: Vocabulary = NO_WORDS) -> str:
    """Return whose touches are looked at, how far back, and how many of them."""
    parts = [say_scope(test.per, words), _say_window(test.window, words)]
    return " ".join(part for part in parts if part)


def _say_window(window: Window, words: Vocabulary) -> str:
    parts = []
    match window.span:
        case Within(duration=duration):
            parts.append(say_last(duration))
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
        joined = "and since" if parts else "since"
        parts.append(f"{joined} {say_earlier(window.since_last, 'the last', words=words)}")
    if window.newest is not None:
        latest = say_number(window.newest)
        parts.append("(only the latest one)" if window.newest == 1 else f"(only the latest {latest} of them)")
    return " ".join(parts)
