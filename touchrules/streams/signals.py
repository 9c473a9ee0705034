"""Signals: numbers read out of what was said or written in a touch (language.md, section 8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final, TypeVar, assert_never

import numpy as np

from touchrules.expressions import compile_count
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)
from touchrules.streams.counting import Numbers, TextCount, count_in_batches
from touchrules.streams.folding import fold
from touchrules.streams.mentions import Choices, count_mentions, spoken_names
from touchrules.streams.phones import phone_prefix
from touchrules.streams.phrases import compile_phrases

Columns = Callable[[str], Sequence[str | None]]
"""The values of a text field, one for each touch; None is missing."""
Progress = Callable[[int, int], None]
"""Called now and then with the touches done and all of them; what it raises ends the work."""
Value = float | str | None

_Values = dict[str, list[Value]]
_Steps = Iterator[int]
"""Fills the values of some signals, step by step; yields how many touches more are done."""

_Key = TypeVar("_Key", bound=Hashable)

_REPORT_EVERY: Final = 1_000
_QUESTIONS: Final = re.compile(r"\?+")
_WORDS: Final = re.compile(r"(?:[^\W_]|['\u2019])+")


def compute_signals(
    signals: Mapping[str, Signal], columns: Columns, rows: int, progress: Progress | None = None
) -> dict[str, list[Value]]:
    """Work out all signals for all touches: a list of `rows` values for each name.

    Counts are floats, phone prefixes texts; None where the signal's field is missing. Each distinct text
    is read once for all signals. Raises ValueError if a pattern is no RE2 expression.

    >>> asks = {"questions": QuestionCount()}
    >>> compute_signals(asks, {"text": ["Why? When??", None]}.__getitem__, 2)
    {'questions': [2.0, None]}
    """
    columns = cache(columns)
    values: _Values = {name: [] for name in signals}
    counted: dict[str, dict[str, TextCount]] = {}
    work: list[_Steps] = []
    for name, signal in signals.items():
        match signal:
            case PhonePrefix():
                work.append(_fill_prefixes(name, columns(signal.field), values))
            case MentionCount():
                work.append(_fill_mentions(name, signal, columns, values))
            case _:
                counted.setdefault(signal.field, {})[name] = signal
    work += [_fill_counts(group, columns(field), values) for field, group in counted.items()]
    _do(work, rows, progress)
    return values


def read_choices(
    signals: Mapping[str, Signal], choices: Choices, progress: Progress | None = None
) -> dict[str, Numbers | list[str | None]]:
    """Work out signals for choices of values, the first field of which is the field of all these signals.

    Signals that depend on their text alone need choices of one field: each of its values once, in their
    order. Returns for each name what it is for each choice: counts in float64, NaN where missing, or phone
    prefixes. `progress` hears of choices. Raises ValueError if a pattern is no RE2 expression.
    """
    field = next(iter(choices.values))
    texts, of = list(choices.values[field]), choices.codes[field]
    present = np.array([*map(bool, texts), False])[of]
    counts = {name: np.zeros(len(of)) for name in signals}
    prefixes: dict[str, list[str | None]] = {}
    counted: dict[str, TextCount] = {}
    work: list[_Steps] = []
    for name, signal in signals.items():
        match signal:
            case PhonePrefix():
                work.append(_read_prefixes(texts, prefixes.setdefault(name, [])))
            case MentionCount():
                rows = count_mentions(choices, field, signal.mentions, signal.first, counts[name])
                work.append(map(len, rows))
            case _:
                counted[name] = signal
    if counted:
        work.append(map(len, count_in_batches(counted, texts, counts)))
    _do(work, len(of), progress)
    for found in counts.values():
        found[~present] = np.nan
    return counts | prefixes


def _do(work: Sequence[_Steps], rows: int, progress: Progress | None) -> None:
    """Do all the work, and tell of every thousand touches, and of the last."""
    done = told = 0
    for part in work:
        for read in part:
            done += read
            while progress and told + _REPORT_EVERY <= done // len(work):
                told += _REPORT_EVERY
                progress(told, rows)
    if progress and (told < rows or not rows):
        progress(rows, rows)


def compute_signal(signal: Signal, column: Columns) -> list[Value]:
    """Work out one signal for all touches; see `compute_signals`.

    >>> compute_signal(WordCount(field="subject"), {"subject": ["Don't call us"]}.__getitem__)
    [3.0]
    """
    column = cache(column)
    return compute_signals({"signal": signal}, column, len(column(signal.field)))["signal"]


def _fill_counts(signals: Mapping[str, TextCount], column: Sequence[str | None], values: _Values) -> _Steps:
    """Count in each distinct text of a column."""
    numbers, texts = _distinct([text or None for text in column])
    touches = np.bincount(np.array(numbers, np.int64) + 1, minlength=len(texts) + 1)
    counts = {name: np.zeros(len(texts)) for name in signals}
    for done in count_in_batches(signals, texts, counts):
        yield int(touches[done + 1].sum())
    for name, found in counts.items():
        values[name] = _for_all(numbers, found.tolist())
    yield int(touches[0])


def _fill_mentions(name: str, signal: MentionCount, columns: Columns, values: _Values) -> _Steps:
    """Count in each distinct text with each choice of names that it comes with."""
    fields = tuple(dict.fromkeys((signal.field, *signal.mentions)))
    coded = {field: _distinct([value or None for value in columns(field)]) for field in fields}
    each = zip(*(numbers for numbers, _ in coded.values()), strict=True)
    numbers, chosen = _distinct([None if choice[0] < 0 else choice for choice in each])
    codes = np.array(chosen, np.int64).reshape(-1, len(fields)).T
    choices = Choices(
        values={field: texts for field, (_, texts) in coded.items()},
        codes=dict(zip(fields, codes, strict=True)),
    )
    touches = np.bincount(np.array(numbers, np.int64) + 1, minlength=len(chosen) + 1)
    counts = np.zeros(len(chosen))
    for done in count_mentions(choices, signal.field, signal.mentions, signal.first, counts):
        yield int(touches[done + 1].sum())
    values[name] = _for_all(numbers, counts.tolist())
    yield int(touches[0])


def _fill_prefixes(name: str, column: Sequence[str | None], values: _Values) -> _Steps:
    """Read each distinct number."""
    numbers, texts = _distinct([number or None for number in column])
    touches = np.bincount(np.array(numbers, np.int64) + 1, minlength=len(texts) + 1).tolist()
    found: list[str | None] = []
    for number, _ in enumerate(_read_prefixes(texts, found)):
        yield touches[number + 1]
    values[name] = _for_all(numbers, found)
    yield touches[0]


def _read_prefixes(numbers: Sequence[str], found: list[str | None]) -> _Steps:
    """Read one number after the other, none where there is no text."""
    for number in numbers:
        found.append(phone_prefix(number) if number else None)
        yield 1


def _distinct(values: Sequence[_Key | None]) -> tuple[list[int], list[_Key]]:
    """Number the distinct values that are present: the number of each, -1 if missing, and those values."""
    known: dict[_Key | None, int] = {None: -1}
    numbers = [known.setdefault(value, len(known) - 1) for value in values]
    return numbers, [value for value in known if value is not None]


def _for_all(numbers: Sequence[int], found: Sequence[Value]) -> list[Value]:
    """Return what was found for the values of these numbers; None for -1."""
    return list(map([*found, None].__getitem__, numbers))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledSignals:
    """Signals made ready for reading one touch after the other."""

    signals: Mapping[str, Signal]
    counters: Mapping[str, Callable[[str], int]]


def compile_signals(signals: Mapping[str, Signal]) -> CompiledSignals:
    """Make a rulebook's signals ready for `read_signals`, once for any number of touches.

    Raises ValueError if a pattern is no RE2 expression.
    """
    counters: dict[str, Callable[[str], int]] = {}
    for name, signal in signals.items():
        match signal:
            case PhraseCount():
                counters[name] = compile_phrases(signal.phrases)
            case PatternCount():
                counters[name] = compile_count(signal.pattern)
            case QuestionCount():
                counters[name] = count_questions
            case WordCount():
                counters[name] = count_words
            case MentionCount() | PhonePrefix():
                pass
            case _:
                assert_never(signal)
    return CompiledSignals(signals=signals, counters=counters)


def read_signals(signals: CompiledSignals, touch: Mapping[str, object]) -> dict[str, Value]:
    """Work out all signals of one touch, given as its fields; one that is absent or no text is missing.

    >>> read_signals(compile_signals({"asks": QuestionCount()}), {"text": "Why?"})
    {'asks': 1.0}
    """
    texts = {field: value for field, value in touch.items() if isinstance(value, str) and value}
    folded = cache(fold)
    values: dict[str, Value] = {}
    for name, signal in signals.signals.items():
        text = texts.get(signal.field)
        match signal:
            case _ if text is None:
                values[name] = None
            case PhonePrefix():
                values[name] = phone_prefix(text)
            case MentionCount():
                names = chain.from_iterable(spoken_names(f, texts.get(f)) for f in signal.mentions)
                values[name] = float(compile_phrases(names)(folded(text[: signal.first])))
            case PhraseCount():
                values[name] = float(signals.counters[name](folded(text[: signal.first])))
            case _:
                values[name] = float(signals.counters[name](text[: signal.first]))
    return values


def count_questions(text: str) -> int:
    """Count the runs of question marks.

    >>> count_questions("Really?? You?")
    2
    """
    return len(_QUESTIONS.findall(text))


def count_words(text: str) -> int:
    r"""Count the runs of letters, digits and apostrophes; `\w` is exactly letters, digits and `_`.

    >>> count_words("We don't cold-call.")
    4
    """
    return len(_WORDS.findall(text))
