"""Signals: numbers read out of what was said or written in a touch (language.md, section 8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, assert_never

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
from touchrules.streams.folding import first_word, fold
from touchrules.streams.phones import phone_prefix
from touchrules.streams.phrases import compile_hint, compile_phrases

Columns = Callable[[str], Sequence[str | None]]
"""The values of a text field, one for each touch; None is missing."""
Progress = Callable[[int, int], None]
"""Called now and then with the touches done and all of them; what it raises ends the work."""
Value = float | str | None

_TextCount = PhraseCount | PatternCount | QuestionCount | WordCount
_Count = _TextCount | MentionCount

_REPORT_EVERY: Final = 1_000
_QUESTION_RUN: Final = re.compile(r"\?+")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_FREQUENT_MARKS: Final = {
    "\u2019": "'",
    "\u201c": " ",
    "\u201d": " ",
    "\u2013": " ",
    "\u2014": " ",
    "\xa0": " ",
}
# Letters, digits and apostrophes as `a`, anything else as a blank: words are counted by their beginnings.
_AS_WORDS: Final = bytes(ord("a" if chr(c).isalnum() or c == ord("'") else " ") for c in range(256))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One way of reading a text that several signals share: its first characters, as written or folded.

    `counters` and `mentions` are by the signal's name; mentions are counted with the phrases of each touch.
    Where `hint` says no to a folded text, it holds none of the phrases of the counters.
    """

    first: int | None
    folded: bool
    hint: Callable[[str], bool]
    counters: Mapping[str, Callable[[str], int]]
    mentions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledSignals:
    """Signals made ready for reading: by the field that they read, then by how they read it."""

    names: tuple[str, ...]
    readings: Mapping[str, tuple[_Reading, ...]]
    prefixes: Mapping[str, str]


def compile_signals(signals: Mapping[str, Signal]) -> CompiledSignals:
    """Make a rulebook's signals ready for `read_signals`, once for any number of touches.

    Raises ValueError if a pattern is no RE2 expression.
    """
    prefixes: dict[str, str] = {}
    ways: dict[tuple[str, int | None, bool], dict[str, _Count]] = {}
    for name, signal in signals.items():
        if isinstance(signal, PhonePrefix):
            prefixes[name] = signal.field
        else:
            way = (signal.field, signal.first, isinstance(signal, PhraseCount | MentionCount))
            ways.setdefault(way, {})[name] = signal
    readings: dict[str, tuple[_Reading, ...]] = {}
    for (field, first, folded), group in ways.items():
        reading = _Reading(
            first=first,
            folded=folded,
            hint=compile_hint(p for s in group.values() if isinstance(s, PhraseCount) for p in s.phrases),
            counters={n: _compile_counter(s) for n, s in group.items() if not isinstance(s, MentionCount)},
            mentions={n: s.mentions for n, s in group.items() if isinstance(s, MentionCount)},
        )
        readings[field] = (*readings.get(field, ()), reading)
    return CompiledSignals(names=tuple(signals), readings=readings, prefixes=prefixes)


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
    compiled = compile_signals(signals)
    columns = cache(columns)
    values: dict[str, list[Value]] = {name: [None] * rows for name in signals}
    for name, field in compiled.prefixes.items():
        values[name] = [phone_prefix(number) if number else None for number in columns(field)]
    work = [_read_column(field, readings, columns, values) for field, readings in compiled.readings.items()]
    done = 0
    for part in work:
        reported = done
        for read in part:
            done += read
            if progress and done - reported >= _REPORT_EVERY:
                reported = done
                progress(done // len(work), rows)
    if progress:
        progress(rows, rows)
    return values


def compute_signal(signal: Signal, column: Columns) -> list[Value]:
    """Work out one signal for all touches; see `compute_signals`.

    >>> compute_signal(WordCount(field="subject"), {"subject": ["Don't call us"]}.__getitem__)
    [3.0]
    """
    column = cache(column)
    return compute_signals({"signal": signal}, column, len(column(signal.field)))["signal"]


def read_signals(signals: CompiledSignals, touch: Mapping[str, object]) -> dict[str, Value]:
    """Work out all signals of one touch, given as its fields; one that is absent or no text is missing.

    >>> read_signals(compile_signals({"asks": QuestionCount()}), {"text": "Why?"})
    {'asks': 1.0}
    """
    values: dict[str, list[Value]] = {name: [None] for name in signals.names}

    def column(field: str) -> Sequence[str | None]:
        value = touch.get(field)
        return [value if isinstance(value, str) else None]

    for name, field in signals.prefixes.items():
        number = column(field)[0]
        values[name][0] = phone_prefix(number) if number else None
    for field, readings in signals.readings.items():
        for _ in _read_column(field, readings, column, values):
            pass
    return {name: column[0] for name, column in values.items()}


def _read_column(
    field: str, readings: Sequence[_Reading], columns: Columns, values: dict[str, list[Value]]
) -> Iterator[int]:
    """Fill the values of all signals of one field, text by text; yields how many touches had each text."""
    texts = columns(field)
    spoken = {
        name: _phrases_of_touches(fields, columns, len(texts))
        for reading in readings
        for name, fields in reading.mentions.items()
    }
    touches_with: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        if text:
            touches_with.setdefault(text, []).append(row)
    for text, rows in touches_with.items():
        for reading in readings:
            _read_text(text, rows, reading, spoken, values)
        yield len(rows)


def _read_text(
    text: str,
    rows: Sequence[int],
    reading: _Reading,
    spoken: Mapping[str, Sequence[tuple[str, ...]]],
    values: dict[str, list[Value]],
) -> None:
    """Count in one text what one reading asks for, for all touches that have this text."""
    seen = text if reading.first is None else text[: reading.first]
    if reading.folded:
        seen = fold(seen)
    counts = not reading.folded or reading.hint(seen)
    for name, count in reading.counters.items():
        number = float(count(seen)) if counts else 0.0
        for row in rows:
            values[name][row] = number
    for name in reading.mentions:
        known: dict[tuple[str, ...], float] = {}
        for row in rows:
            phrases = spoken[name][row]
            if phrases not in known:
                known[phrases] = float(compile_phrases(phrases)(seen))
            values[name][row] = known[phrases]


def _phrases_of_touches(fields: Sequence[str], columns: Columns, rows: int) -> list[tuple[str, ...]]:
    """Return for each touch the phrases that count as mentions: the values that it has of the fields."""
    spoken: list[tuple[str, ...]] = [()] * rows
    for field in fields:
        values = columns(field)
        spoken = [phrases + _spoken(field, value) for phrases, value in zip(spoken, values, strict=True)]
    return spoken


def _spoken(field: str, value: str | None) -> tuple[str, ...]:
    """Return what one value is called in a text; people are also called by their first name."""
    if not value:
        return ()
    return (value, first_word(value)) if field == "contact_name" else (value,)


def _compile_counter(signal: _TextCount) -> Callable[[str], int]:
    match signal:
        case PhraseCount():
            return compile_phrases(signal.phrases)
        case PatternCount():
            return compile_count(signal.pattern)
        case QuestionCount():
            return count_questions
        case WordCount():
            return count_words
        case _:
            assert_never(signal)


def count_questions(text: str) -> int:
    """Count the runs of question marks.

    >>> count_questions("Really?? You?")
    2
    """
    return len(_QUESTION_RUN.findall(text)) if "??" in text else text.count("?")


def count_words(text: str) -> int:
    """Count the runs of letters, digits and apostrophes.

    >>> count_words("We don't cold-call.")
    4
    """
    if not text.isascii():
        for mark, plain in _FREQUENT_MARKS.items():
            text = text.replace(mark, plain)
        text = _BEYOND_ASCII.sub(lambda run: _in_ascii(run[0]), text)
    return (b" " + text.encode().translate(_AS_WORDS)).count(b" a")


@lru_cache(maxsize=65_536)
def _in_ascii(run: str) -> str:
    """Return letters and digits as `a` and anything else as blanks."""
    return "".join("a" if character.isalnum() else " " for character in run)
