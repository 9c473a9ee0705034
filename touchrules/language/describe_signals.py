"""Signals in plain English: what they read, and what a test of one asks for."""

from __future__ import annotations

from typing import assert_never

from touchrules.language.phrasing import COMPARISONS, say_count, say_list, say_number, say_word
from touchrules.language.vocabulary import NO_WORDS, Vocabulary, say_plain_field
from touchrules.model.filters import Comparison
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)

Count = PhraseCount | PatternCount | MentionCount | QuestionCount | WordCount
"""The signals that count."""


def say_signal(name: str, signal: Signal, words: Vocabulary) -> str:
    """Return what a signal counts or reads: `how often the text mentions the contact's name`."""
    match signal:
        case PhonePrefix(field=field):
            return f"the first six digits of {say_plain_field(field, words)}"
        case PhraseCount(label=""):
            return f"how often one of these stands in {_where(signal, words)}: {say_phrases(signal.phrases)}"
        case PhraseCount():
            return f"how often {_where(signal, words)} has {_things(name, signal, words)}"
        case PatternCount(pattern=pattern):
            return f"how often {_where(signal, words)} has {say_word(name)} (the expression `{pattern}`)"
        case MentionCount():
            return f"how often {_where(signal, words)} mentions {_mentioned(signal, words)}"
        case QuestionCount() | WordCount():
            return f"how many {_things(name, signal, words)} {_where(signal, words)} has"
        case _:
            assert_never(signal)


def say_phrases(phrases: tuple[str, ...]) -> str:
    """Return phrases as a list in quotes; `nothing` if there are none."""
    return ", ".join(f'"{phrase}"' for phrase in phrases) or "nothing"


def say_field_or_signal(name: str, words: Vocabulary = NO_WORDS) -> str:
    """Name a field, or what a signal counts: `the number of questions in the text`."""
    signal = words.signals.get(name)
    match signal:
        case None:
            return say_plain_field(name, words)
        case PhonePrefix():
            return say_signal(name, signal, words)
        case MentionCount():
            return f"the number of mentions of {_mentioned(signal, words)} in {_where(signal, words)}"
        case _:
            return f"the number of {_things(name, signal, words)} in {_where(signal, words)}"


def say_signal_test(name: str, signal: Count, how: Comparison, to: float, words: Vocabulary) -> str:
    """Return a compare of a signal as a clause: `the text has words of a sales pitch`."""
    where, things = _where(signal, words), _things(name, signal, words)
    if asks_for_none(how, to):
        return _without(signal, where, things, words)
    amount = f"{COMPARISONS[how]} {say_number(to)}"
    match signal:
        case QuestionCount() | WordCount():
            noun = things.removesuffix("s") if to == 1 else things
            return f"{where} has {amount} {noun}"
        case MentionCount():
            clause = f"{where} mentions {_mentioned(signal, words)}"
        case PhraseCount() | PatternCount():
            clause = f"{where} has {things}"
        case _:
            assert_never(signal)
    if asks_for_some(how, to):
        return clause
    return f"{clause} {COMPARISONS[how]} once" if to == 1 else f"{clause} {amount} times"


def say_signal_absent(name: str, signal: Count, words: Vocabulary) -> str:
    """Return that a signal's text is not there or has none: `the text, if any, has no questions`."""
    where = f"{_where(signal, words)}, if any,"
    return _without(signal, where, _things(name, signal, words), words)


def _without(signal: Count, where: str, things: str, words: Vocabulary) -> str:
    if isinstance(signal, MentionCount):
        return f"{where} does not mention {_mentioned(signal, words)}"
    return f"{where} has no {things}"


def asks_for_none(how: Comparison, to: float) -> bool:
    """Say whether only a count of nought passes a compare."""
    match how:
        case "exactly":
            return to == 0
        case "at_most":
            return 0 <= to < 1
        case "less_than":
            return 0 < to <= 1
        case "more_than" | "at_least":
            return False


def asks_for_some(how: Comparison, to: float) -> bool:
    """Say whether every count but nought passes a compare."""
    return (how == "at_least" and 0 < to <= 1) or (how == "more_than" and 0 <= to < 1)


def _where(signal: Count, words: Vocabulary) -> str:
    field = say_plain_field(signal.field, words)
    if signal.first is None:
        return field
    return f"the beginning of {field} ({say_count(signal.first, 'character')})"


def _mentioned(signal: MentionCount, words: Vocabulary) -> str:
    return say_list((say_plain_field(field, words) for field in signal.mentions), "or")


def _things(name: str, signal: Count, words: Vocabulary) -> str:
    """Return what is counted, in the plural."""
    match signal:
        case PhraseCount(label=label) if label:
            return label[:1].lower() + label[1:] if label[1:2].islower() else label
        case PhraseCount() | PatternCount():
            return say_word(name)
        case MentionCount():
            return f"mentions of {_mentioned(signal, words)}"
        case QuestionCount():
            return "questions"
        case WordCount():
            return "words"
        case _:
            assert_never(signal)
