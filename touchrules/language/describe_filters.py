"""Filters in plain English: as a thing (a call by us) or as a condition (the outcome is connected)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from touchrules.language.describe_signals import (
    asks_for_some,
    say_field_or_signal,
    say_signal_absent,
    say_signal_test,
)
from touchrules.language.phrasing import (
    DIRECTIONS,
    KINDS,
    OUTREACH,
    REACHING_OUT,
    say_amount,
    say_clauses,
    say_comparison,
    say_constant,
    say_list,
    say_number,
)
from touchrules.language.vocabulary import NO_WORDS, Vocabulary
from touchrules.model.filters import (
    AllOf,
    AnyOf,
    Compares,
    ComparesField,
    Contains,
    Exists,
    FieldTest,
    Filter,
    Found,
    IsNoneOf,
    IsOneOf,
    Matches,
    Not,
    Number,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    Text,
    Truth,
    UnlikeTrigger,
)
from touchrules.model.signals import PhonePrefix

# How it reads that such a field is present, and that it is missing.
_PRESENCE: Final = {
    "promised_at": ("a time to be back in touch is promised", "no time to be back in touch is promised"),
    "referred_to": ("we are sent to another person", "we are sent to nobody else"),
    "referred_by": ("somebody referred us", "nobody referred us"),
    "icp": (
        "it is known whether the contact fits the ideal customer profile",
        "it is not known whether the contact fits the ideal customer profile",
    ),
}
# How it reads that such a field is true, and that it is false.
_TRUTHS: Final = {
    "icp": (
        "the contact fits the ideal customer profile",
        "the contact does not fit the ideal customer profile",
    )
}


_TOUCH: Final = ("a touch", "touches")
_BARE: Final = 2  # one thing without its article, for words such as "the last"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A filter taken apart: the kinds and the direction that make a thing of it, and the other tests."""

    kinds: tuple[str, ...]
    direction: str
    rest: tuple[Filter, ...]


def say_things(accepted: Filter, which: str = "", words: Vocabulary = NO_WORDS) -> str:
    """Return what a filter accepts, in the plural, with words that stand behind the noun.

    >>> say_things(AllOf(), "in the last day")
    'touches in the last day'
    """
    return _say_thing(accepted, which, 1, words)


def say_thing(accepted: Filter, which: str = "", words: Vocabulary = NO_WORDS) -> str:
    """Return one thing that a filter accepts: `a call by us where the outcome is connected`."""
    return _say_thing(accepted, which, 0, words)


def say_earlier(accepted: Filter, before: str, which: str = "", words: Vocabulary = NO_WORDS) -> str:
    """Return one thing with words before its noun: `the last call by us` for `the last`."""
    return f"{before} {_say_thing(accepted, which, _BARE, words)}"


def say_trigger(accepted: Filter, words: Vocabulary = NO_WORDS) -> tuple[str, tuple[str, ...]]:
    """Return a filter as something that happens, and what else must hold of it.

    `a rep leaves a voicemail`, and `no time to be back in touch is promised`.
    """
    parts = _take_apart(accepted)
    column = {"outbound": 2, "inbound": 3}.get(parts.direction)
    known = [forms for forms in _forms_of(parts) if len(forms) > 2]
    if isinstance(accepted, AnyOf) or column is None or not known or len(known) < len(_forms_of(parts)):
        return f"there is {say_thing(accepted, words=words)}", ()
    happens = [verbs[column] for verbs in known]
    subject = next((who for who in ("a rep ", "the contact ") if happens[0].startswith(who)), "")
    more = [other.removeprefix(subject) for other in happens[1:]]
    conditions = tuple(say_condition(one, words) for one in parts.rest)
    return say_list([happens[0], *more], "or"), conditions


def say_condition(test: Filter, words: Vocabulary = NO_WORDS) -> str:
    """Return a filter as a clause: `the outcome is connected`."""
    match test:
        case IsOneOf() | IsNoneOf():
            return _say_equality(test, words)
        case Compares():
            return _say_compare(test, words)
        case ComparesField(field=field, how=how, other=other):
            compared = say_comparison(field, how)
            return f"{say_field_or_signal(field, words)} is {compared} {say_field_or_signal(other, words)}"
        case Exists(field=field):
            return _say_presence(field, words)[0]
        case Contains(field=field, text=text):
            return f'{say_field_or_signal(field, words)} contains "{text}"'
        case Matches(field=field, pattern=pattern):
            return f"{say_field_or_signal(field, words)} matches the expression `{pattern}`"
        case SameAs(field=field, other=other):
            return f"{say_field_or_signal(field, words)} is the same as {say_field_or_signal(other, words)}"
        case SameAsTrigger() | OtherThanTrigger() | SimilarToTrigger() | UnlikeTrigger():
            return _say_trigger_test(test, words)
        case AllOf() | AnyOf() | Not() | Found():
            return _say_composed(test, words)
        case _:
            assert_never(test)


def _say_compare(test: Compares, words: Vocabulary) -> str:
    signal = words.signals.get(test.field)
    if signal is not None and not isinstance(signal, PhonePrefix):
        return say_signal_test(test.field, signal, test.how, test.to, words)
    amount = f"{say_comparison(test.field, test.how)} {say_amount(test.field, test.to)}"
    return f"{say_field_or_signal(test.field, words)} is {amount}"


def _say_trigger_test(
    test: SameAsTrigger | OtherThanTrigger | SimilarToTrigger | UnlikeTrigger, words: Vocabulary
) -> str:
    field = say_field_or_signal(test.field, words)
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


def _say_composed(test: AllOf | AnyOf | Not | Found, words: Vocabulary) -> str:
    match test:
        case AllOf(filters=()):
            return "it is any touch"
        case AllOf(filters=filters):
            parts = _take_apart(test)
            if parts.kinds or parts.direction:
                return f"it is {say_thing(test, words=words)}"
            return say_clauses([_bracketed(one, words) for one in filters])
        case AnyOf(filters=()):
            return "it is one of no touches (never)"
        case AnyOf(filters=filters):
            return "either " + say_clauses([_bracketed(one, words) for one in filters], "or")
        case Not(filter=inner):
            return _say_not(inner, words)
        case Found():
            return f"it {_say_found(test, words)}"
        case _:
            assert_never(test)


def _say_not(inner: Filter, words: Vocabulary) -> str:
    match inner:
        case Exists(field=field):
            return _say_presence(field, words)[1]
        case Found():
            return f"it {_say_found(inner, words, not_so=True)}"
        case AnyOf(filters=(_, _, *_)):
            clauses = [_bracketed(one, words) for one in inner.filters]
            return f"none of this is so: {say_clauses(clauses, 'or')}"
        case IsOneOf() if inner.values:
            return _say_equality(IsNoneOf(field=inner.field, values=inner.values), words)
        case SameAs(field=field, other=other):
            return f"{say_field_or_signal(field, words)} is not {say_field_or_signal(other, words)}"
        case Compares(field=field, how=how, to=to) if asks_for_some(how, to):
            signal = words.signals.get(field)
            if signal is not None and not isinstance(signal, PhonePrefix):
                return say_signal_absent(field, signal, words)
        case _:
            pass
    return f"it is not so that {_bracketed(inner, words)}"


def _say_found(test: Found, words: Vocabulary, *, many: bool = False, not_so: bool = False) -> str:
    """Say that rules found a touch: those that only define something are what the touch counts as."""
    rules = [words.rules.get(name) for name in test.rules]
    named = zip(test.rules, rules, strict=True)
    titles = say_list((f"`{name}`" if rule is None else f"“{rule.title}”" for name, rule in named), "or")
    if all(rule is not None and not rule.report for rule in rules):
        verb = "count" if many else "does not count" if not_so else "counts"
        return f"{verb} as {titles}"
    return f"{'were' if many else 'was'} {'not ' if not_so else ''}found by the rule {titles}"


def say_percent(ratio: float) -> str:
    """Print a ratio as per cent.

    >>> say_percent(0.9)
    '90%'
    """
    return f"{say_number(round(ratio * 100, 6))}%"


def _bracketed(test: Filter, words: Vocabulary) -> str:
    """Put a clause that holds joining words into brackets, so that it is read as one."""
    clause = say_condition(test, words)
    joined = isinstance(test, AnyOf | AllOf) and len(test.filters) > 1
    return f"({clause})" if joined else clause


def _say_thing(accepted: Filter, which: str, number: int, words: Vocabulary) -> str:
    """Say what a filter accepts; `number` is 0 for one with its article, 1 for several, _BARE for one."""
    if isinstance(accepted, AnyOf) and accepted.filters:
        if any(_take_apart(one).rest for one in accepted.filters):
            return say_clauses([_say_thing(one, which, number, words) for one in accepted.filters], "or")
        nouns = say_list((_say_thing(one, "", number, words) for one in accepted.filters), "or")
        return f"{nouns} {which}" if which else nouns
    parts = _take_apart(accepted)
    noun = _say_nouns(parts, number)
    said = f"{noun} {which}".rstrip()
    match parts.rest:
        case ():
            return said
        case (Found() as found, *rest):
            counted = f"{noun} that {_say_found(found, words, many=number == 1)}"
            said = f"{counted} {which}".rstrip()
            if not rest:
                return said
            return f"{said} and where {say_clauses([_bracketed(one, words) for one in rest])}"
        case rest:
            return f"{said} where {say_clauses([_bracketed(one, words) for one in rest])}"


def _say_nouns(parts: _Parts, number: int) -> str:
    forms = _forms_of(parts) or [_TOUCH]
    said = say_list((_say_noun(one, number) for one in forms), "or")
    by = "" if forms == [REACHING_OUT] else DIRECTIONS.get(parts.direction, "")
    return f"{said} {by}".rstrip()


def _forms_of(parts: _Parts) -> list[tuple[str, ...]]:
    """Return how each kind is told; those that together are reaching out are told as one."""
    if parts.direction == "outbound" and set(parts.kinds) >= OUTREACH:
        return [REACHING_OUT, *(_forms_of_kind(kind) for kind in parts.kinds if kind not in OUTREACH)]
    return [_forms_of_kind(kind) for kind in parts.kinds]


def _forms_of_kind(kind: str) -> tuple[str, ...]:
    return KINDS.get(kind, (f'a touch of kind "{kind}"', f'touches of kind "{kind}"'))


def _say_noun(forms: tuple[str, ...], number: int) -> str:
    return forms[0].removeprefix("an ").removeprefix("a ") if number == _BARE else forms[number]


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
    """Return the texts that a test names, if it names nothing else; each once, whatever its case."""
    if not isinstance(test, IsOneOf | IsNoneOf):
        return ()
    texts = tuple(value.value for value in test.values if isinstance(value, Text))
    return texts if len(texts) == len(test.values) else ()


def _say_equality(test: IsOneOf | IsNoneOf, words: Vocabulary) -> str:
    positive, field = isinstance(test, IsOneOf), say_field_or_signal(test.field, words)
    if not test.values:
        return f"{field} is {'one of no values (never)' if positive else 'anything'}"
    if (special := _say_special(test, words)) is not None:
        return special
    said = list(dict.fromkeys(say_constant(test.field, value) for value in test.values))
    listed = say_list(_each_case_once(said), "or" if positive else "nor")
    if positive:
        return f"{field} is {listed}"
    return f"{field} is {'neither' if len(test.values) > 1 else 'not'} {listed}"


def _each_case_once(said: list[str]) -> list[str]:
    """Leave out what is there already with other capitals: `lost` beside `Lost`.

    >>> _each_case_once(["lost", "Lost", "won"])
    ['lost', 'won']
    """
    return list({one.lower(): one for one in reversed(said)}.values())[::-1]


def _say_special(test: IsOneOf | IsNoneOf, words: Vocabulary) -> str | None:
    """Return a test of equality as people say it, where there is such a way."""
    positive, (first, *more) = isinstance(test, IsOneOf), test.values
    if isinstance(first, Truth) and test.field in _TRUTHS and positive and not more:
        return _TRUTHS[test.field][0 if first.value else 1]
    signal = words.signals.get(test.field)
    if isinstance(first, Number) and positive and not more and signal and not isinstance(signal, PhonePrefix):
        return say_signal_test(test.field, signal, "exactly", first.value, words)
    told = {"kind": {kind: forms[0] for kind, forms in KINDS.items()}, "direction": DIRECTIONS}.get(
        test.field
    )
    texts = _texts(test)
    if told is None or not texts or not told.keys() >= set(texts):
        return None
    if positive:
        return f"it is {say_list((told[text] for text in texts), 'or')}"
    return f"it is {'neither' if len(texts) > 1 else 'not'} {say_list((told[text] for text in texts), 'nor')}"


def _say_presence(field: str, words: Vocabulary) -> tuple[str, str]:
    """Return how it reads that a field is there, and that it is missing; a signal is where its field is."""
    signal = words.signals.get(field)
    if signal is not None and not isinstance(signal, PhonePrefix):
        field = signal.field
    said = say_field_or_signal(field, words)
    return _PRESENCE.get(field, (f"{said} is given", f"{said} is missing"))
