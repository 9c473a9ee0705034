"""What rules are made of, in the words of those who approve them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from touchrules.language.describe import say_source, write_parameter_value
from touchrules.language.describe_filters import say_condition
from touchrules.language.describe_rules import say_definition
from touchrules.language.describe_signals import say_phrases, say_signal
from touchrules.language.phrasing import say_list, say_number, say_word
from touchrules.language.vocabulary import Vocabulary
from touchrules.model.durations import write_time_of_day
from touchrules.model.filters import EVERY_TOUCH
from touchrules.model.parameters import Parameter
from touchrules.model.rules import DeclaredField, Fact, Rulebook, Source
from touchrules.model.signals import PatternCount, PhraseCount, Signal

_MARKS: Final = str.maketrans("", "", "`*")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_TYPES: Final = {"number": "a number", "text": "a text", "boolean": "yes or no", "timestamp": "a time"}


def say_plainly(text: str) -> str:
    """Return a text without the marks that a screen would make bold, and in one line.

    >>> say_plainly("**walked away**: `x`")
    'walked away: x'
    """
    return " ".join(text.translate(_MARKS).split())


def capitalised(text: str) -> str:
    """Return a text that begins with a capital letter.

    >>> capitalised("the rep")
    'The rep'
    """
    return text[:1].upper() + text[1:]


def say_day(day: str) -> str:
    """Return a day as one says it.

    >>> say_day("2025-03-09")
    '9 March 2025'
    """
    read = date.fromisoformat(day)
    return f"{read.day} {_MONTHS[read.month - 1]} {read.year}"


def say_counted(count: int, one: str, more: str = "") -> str:
    """Return a count with what is counted.

    >>> say_counted(1, "rule"), say_counted(1200, "touch", "touches")
    ('1 rule', '1,200 touches')
    """
    return f"{say_number(count)} {one if count == 1 else more or f'{one}s'}"


def say_quoted(texts: Iterable[str]) -> str:
    """Return texts in quotes, in a list.

    >>> say_quoted(["a", "b"])
    '“a”, “b”'
    """
    return ", ".join(f"“{text}”" for text in texts)


def say_of_signal(name: str, signal: Signal, words: Vocabulary) -> str:
    """Return what is read out of a text."""
    if isinstance(signal, PatternCount):
        return f"how often the texts have {say_word(name)}, recognised by a pattern"
    if isinstance(signal, PhraseCount):
        return say_plainly(f"{say_signal(name, signal, words)}: {say_phrases(signal.phrases)}")
    return say_plainly(say_signal(name, signal, words))


def say_of_fact(fact: Fact, words: Vocabulary) -> str:
    """Return what begins a fact, how long it lasts, and what ends it."""
    return capitalised(say_plainly(say_definition(fact, words)).partition(": ")[2])


def say_of_field(field: DeclaredField) -> str:
    """Return what a further field of the touches holds."""
    about = f": {field.about.strip()}" if field.about else ""
    return f"{_TYPES[field.type]}{about}"


def say_of_source(source: Source) -> str:
    """Return where a rule comes from."""
    return say_source(source)


def say_limits(parameter: Parameter) -> str:
    """Return between what a parameter may be set, and in which steps."""
    written = [write_parameter_value(parameter, option) for option in parameter.options]
    if written:
        return f"one of {say_list(written, 'or')}"
    parts = []
    for word, value in (("from", parameter.min), ("to", parameter.max), ("in steps of", parameter.step)):
        if value is not None:
            parts.append(f"{word} {write_parameter_value(parameter, value)}")
    return " ".join(parts) or "anything"


def say_touches_looked_at(book: Rulebook, words: Vocabulary) -> str:
    """Return which touches the rules of a rulebook look at."""
    if book.applies_to == EVERY_TOUCH:
        return "all touches"
    return say_plainly(f"touches where {say_condition(book.applies_to, words)}")


def say_business_hours(book: Rulebook) -> str:
    """Return the business hours of a rulebook."""
    opening, closing = map(write_time_of_day, book.business_hours)
    return f"{opening} to {closing}, Monday to Friday"
