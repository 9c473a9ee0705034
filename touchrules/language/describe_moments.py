"""What must follow a touch, and by when, in plain English."""

from __future__ import annotations

from typing import assert_never

from touchrules.language.describe_filters import say_thing
from touchrules.language.describe_lookbacks import say_scope
from touchrules.language.phrasing import say_count, say_duration, say_list
from touchrules.language.vocabulary import Vocabulary, say_plain_field
from touchrules.model.durations import HOUR
from touchrules.model.rules import BusinessDays, BusinessTime, Effective, Expectation, FieldOffset, Moment


def say_expectation(expect: Expectation, words: Vocabulary) -> str:
    """Return what must follow: `then by 2 days later we expect a call by us with the same contact`."""
    thing = say_thing(expect.touch, say_scope(expect.per, words), words)
    clause = f"{_say_period(expect.after, expect.by, words)} we expect {thing}"
    if expect.match:
        pairs = (_say_match(later, now, words) for later, now in expect.match)
        clause += f", provided that {say_list(pairs)}"
    if expect.cancel is not None:
        clause += f", unless {say_thing(expect.cancel, words=words)} comes first"
    return clause


def _say_match(later: str, now: str, words: Vocabulary) -> str:
    if later == now:
        return f"{say_plain_field(later, words)} is the same as in this touch"
    return f"{say_plain_field(later, words)} is {say_plain_field(now, words)} in this touch"


def _say_period(after: Moment, by: Moment, words: Vocabulary) -> str:
    match after, by:
        case FieldOffset(field=field, offset=before), FieldOffset(field=other, offset=later) if (
            field == other != "at" and -before == later > 0
        ):
            return f"then within {say_duration(later)} of {say_plain_field(field, words)}"
        case FieldOffset(field="at", offset=0), FieldOffset(field="at", offset=offset) if offset > 0:
            return f"then within {say_duration(offset)}"
        case FieldOffset(field="at", offset=0), BusinessDays(days=days) if days > 1:
            return f"then within {say_count(days, 'business day')}"
        case FieldOffset(field="at", offset=0), BusinessTime(duration=duration):
            return f"then within {say_count(duration / HOUR, 'business hour')}"
        case _:
            pass
    if after == FieldOffset():
        return f"then by {_say_moment(by, words)}"
    return f"then from {_say_moment(after, words)} until {_say_moment(by, words)}"


def _say_moment(moment: Moment, words: Vocabulary) -> str:
    match moment:
        case FieldOffset(field="at", offset=0):
            return "the same instant"
        case FieldOffset(field="at", offset=offset) if offset > 0:
            return f"{say_duration(offset)} later"
        case FieldOffset(field=field, offset=0):
            return say_plain_field(field, words)
        case FieldOffset(field=field, offset=offset):
            side = "after" if offset > 0 else "before"
            return f"{say_duration(offset)} {side} {say_plain_field(field, words)}"
        case BusinessDays(days=1):
            return "the end of the next business day"
        case BusinessDays(days=days):
            return f"the end of {say_count(days, 'business day')}"
        case BusinessTime(duration=duration):
            return f"the end of {say_count(duration / HOUR, 'business hour')}"
        case _:
            assert_never(moment)


def say_effective(effective: Effective) -> str:
    """Return when a rule is in force: `It is in force from 2025-01-01.`."""
    parts = [f"from {effective.since}"] if effective.since else []
    parts += [f"until {effective.until}"] if effective.until else []
    return f"It is in force {' '.join(parts)}."
