"""Filters in plain English: as a thing (a call by us) or as a condition (the outcome is connected)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from touchrules.language.phrasing import (
    DIRECTIONS,
    KINDS,
    say_amount,
    say_clauses,
    say_comparison,
    say_constant,
    say_field,
    say_list,
    say_number,
)
from touchrules.model.filters import (
    AllOf,
    AnyOf,
    Compares,
    ComparesField,
    Constant,
    Contains,
    Exists,
    FieldTest,
    Filter,
    Found,
    IsNoneOf,
    IsOneOf,
    Matches,
    Not,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    Text,
    Truth,
    UnlikeTrigger,
)

# How it reads that such a field is present, and that it is missing.
_PRESENCE: Final = {
    "promised_at": ("a time to be back in touch is promised", "no time to be back in touch is promised"),
    "referred_to": ("we are sent to another person", "we are sent to nobody else"),
    "referred_by": ("somebody referred us", "nobody referred us"),
}
# How it reads that such a field is true, and that it is false.
_TRUTHS: Final = {
    "icp": (
        "the contact fits the ideal customer profile",
        "the contact does not fit the ideal customer profile",
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A filter taken apart: the kinds and the direction that make a thing of it, and the other tests."""

    kinds: tuple[str, ...]
    direction: str
    rest: tuple[Filter, ...]


def say_things(accepted: Filter, which: str = "") -> str:
    """Return what a filter accepts, in the plural, with words that stand behind the noun.

    >>> say_things(AllOf(), "in the last day")
    'touches in the last day'
    """
    return _say_thing(accepted, which, number=1)


def say_thing(accepted: Filter, which: str = "") -> str:
    """Return one thing that a filter accepts: `a call by us where the outcome is connected`."""
    return _say_thing(accepted, which, number=0)


def say_earlier(accepted: Filter, before: str, which: str = "") -> str:
    """Return one thing with words before its noun: `the last call by us` for `the last`."""
    things = accepted.filters if isinstance(accepted, AnyOf) and accepted.filters else (accepted,)
    nouns = [say_thing(one, which).removeprefix("an ").removeprefix("a ") for one in things]
    return f"{before} {say_clauses(nouns, 'or')}"


def say_trigger(accepted: Filter) -> str:
    """Return a filter as something that happens: `a rep leaves a voicemail and no time is promised`."""
    parts = _take_apart(accepted)
    column = {"outbound": 2, "inbound": 3}.get(parts.direction)
    known = [KINDS[kind] for kind in parts.kinds if kind in KINDS]
    if isinstance(accepted, AnyOf) or column is None or not known or len(known) < len(parts.kinds):
        return f"there is {say_thing(accepted)}"
    happens = [verbs[column] for verbs in known]
    subject = next((who for who in ("a rep ", "the contact ") if happens[0].startswith(who)), "")
    more = [other.removeprefix(subject) for other in happens[1:]]
    return say_clauses([say_list([happens[0], *more], "or"), *map(say_condition, parts.rest)])


def say_condition(test: Filter) -> str:
    """Return a filter as a clause: `the outcome is connected`."""
    match test:
        case IsOneOf():
            return _say_equality(test, test.values, positive=True)
        case IsNoneOf():
            return _say_equality(test, test.values, positive=False)
        case Compares(field=field, how=how, to=to):
            return f"{say_field(field)} is {say_comparison(field, how)} {say_amount(field, to)}"
        case ComparesField(field=field, how=how, other=other):
            return f"{say_field(field)} is {say_comparison(field, how)} {say_field(other)}"
        case Exists(field=field):
            return _say_presence(field)[0]
        case Contains(field=field, text=text):
            return f'{say_field(field)} contains "{text}"'
        case Matches(field=field, pattern=pattern):
            return f"{say_field(field)} matches the expression `{pattern}`"
        case SameAs(field=field, other=other):
            return f"{say_field(field)} equals {say_field(other)}"
        case SameAsTrigger() | OtherThanTrigger() | SimilarToTrigger() | UnlikeTrigger():
            return _say_trigger_test(test)
        case AllOf() | AnyOf() | Not() | Found():
            return _say_composed(test)
        case _:
            assert_never(test)


def _say_trigger_test(test: SameAsTrigger | OtherThanTrigger | SimilarToTrigger | UnlikeTrigger) -> str:
    field = say_field(test.field)
    match test:
        case SameAsTrigger():
            return f"{field} was the same as now"
        case OtherThanTrigger():
            return f"{field} was another one than now"
        case SimilarToTrigger(at_least=ratio):
            return f"{field} was at least {say_percent(ratio)} like now"
        case UnlikeTrigger(less_than=ratio):
            return f"{field} was less than {say_percent(ratio)} like now"
        case _:
            assert_never(test)


def _say_composed(test: AllOf | AnyOf | Not | Found) -> str:
    match test:
        case AllOf(filters=()):
            return "it is any touch"
        case AllOf(filters=filters):
            parts = _take_apart(test)
            if parts.kinds or parts.direction:
                return f"it is {say_thing(test)}"
            return say_clauses([_bracketed(one) for one in filters])
        case AnyOf(filters=()):
            return "it is one of no touches (never)"
        case AnyOf(filters=filters):
            return "either " + say_clauses([_bracketed(one) for one in filters], "or")
        case Not(filter=Exists(field=field)):
            return _say_presence(field)[1]
        case Not(filter=inner):
            return f"it is not so that {_bracketed(inner)}"
        case Found(rules=rules):
            return f"it was found by the rule {say_list(map(_code, rules), 'or')}"
        case _:
            assert_never(test)


def say_percent(ratio: float) -> str:
    """Print a ratio as per cent.

    >>> say_percent(0.9)
    '90%'
    """
    return f"{say_number(round(ratio * 100, 6))}%"


def _bracketed(test: Filter) -> str:
    """Put a clause that holds joining words into brackets, so that it is read as one."""
    clause = say_condition(test)
    joined = isinstance(test, AnyOf | AllOf) and len(test.filters) > 1
    return f"({clause})" if joined else clause


def _say_thing(accepted: Filter, which: str, number: int) -> str:
    if isinstance(accepted, AnyOf) and accepted.filters:
        return say_clauses([_say_thing(one, which, number) for one in accepted.filters], "or")
    parts = _take_apart(accepted)
    touch = ("a touch", "touches")[number]
    nouns = [KINDS[kind][number] if kind in KINDS else f'{touch} of kind "{kind}"' for kind in parts.kinds]
    words = [say_list(nouns, "or") or touch, DIRECTIONS.get(parts.direction, ""), which]
    noun = " ".join(word for word in words if word)
    if not parts.rest:
        return noun
    return f"{noun} where {say_clauses([_bracketed(one) for one in parts.rest])}"


def _take_apart(accepted: Filter) -> _Parts:
    tests = accepted.filters if isinstance(accepted, AllOf) else (accepted,)
    kinds: tuple[str, ...] = ()
    direction = ""
    rest: list[Filter] = []
    for test in tests:
        words = _texts(test)
        if words and not kinds and isinstance(test, IsOneOf) and test.field == "kind":
            kinds = words
        elif len(words) == 1 and not direction and isinstance(test, IsOneOf) and _is_direction(test, words):
            direction = words[0]
        else:
            rest.append(test)
    return _Parts(kinds=kinds, direction=direction, rest=tuple(rest))


def _is_direction(test: FieldTest, words: tuple[str, ...]) -> bool:
    return test.field == "direction" and words[0] in DIRECTIONS


def _texts(test: Filter) -> tuple[str, ...]:
    """Return the texts that a test allows, if it allows nothing else."""
    if not isinstance(test, IsOneOf):
        return ()
    texts = tuple(value.value for value in test.values if isinstance(value, Text))
    return texts if len(texts) == len(test.values) else ()


def _say_equality(test: FieldTest, values: tuple[Constant, ...], *, positive: bool) -> str:
    if not values:
        return f"{say_field(test.field)} is {'one of no values (never)' if positive else 'anything'}"
    if len(values) == 1 and isinstance(values[0], Truth) and test.field in _TRUTHS and positive:
        return _TRUTHS[test.field][0 if values[0].value else 1]
    said = say_list((say_constant(test.field, value) for value in values), "or" if positive else "nor")
    if positive:
        return f"{say_field(test.field)} is {said}"
    return f"{say_field(test.field)} is {'neither' if len(values) > 1 else 'not'} {said}"


def _say_presence(field: str) -> tuple[str, str]:
    return _PRESENCE.get(field, (f"{say_field(field)} is given", f"{say_field(field)} is missing"))


def _code(rule: str) -> str:
    return f"`{rule}`"
