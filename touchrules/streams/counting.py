"""What signals count, in many texts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, assert_never

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.expressions import compile_count_each
from touchrules.model.signals import PatternCount, PhraseCount, QuestionCount, WordCount
from touchrules.streams.batches import Batch, CharacterTable, Rows, count_runs, make_batches
from touchrules.streams.phraselists import phrase_lists

Numbers = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Called now and then with what is done and all there is; what it raises ends the work."""
TextCount = PhraseCount | PatternCount | QuestionCount | WordCount
"""Signals that depend on their text alone."""

_Counter = Callable[[Batch], Any]

_APOSTROPHES: Final = "'\u2019"
_WORDS: Final = CharacterTable(lambda character: int(character.isalnum() or character in _APOSTROPHES))
_QUESTIONS: Final = CharacterTable(lambda character: int(character == "?"))


def count_in_texts(
    signals: Mapping[str, TextCount],
    texts: Sequence[str] | pa.Array | pa.ChunkedArray,
    progress: Progress | None = None,
) -> dict[str, Numbers]:
    """Work out signals that depend on the text alone, for texts that are present.

    Returns for each name an array of counts, float64, one for each text. Each text is read anew: let there
    be no two alike. The signals' `field` does not matter. `progress` hears of texts, at least every million
    characters. Raises ValueError if a pattern is no RE2 expression.

    >>> count_in_texts({"asks": QuestionCount(), "words": WordCount()}, ["Why? When??", "So."])
    {'asks': array([2., 0.]), 'words': array([2., 1.])}
    """
    texts = texts if isinstance(texts, Sequence) else [*texts.to_pylist()]
    counts = {name: np.zeros(len(texts)) for name in signals}
    done = 0
    for rows in count_in_batches(signals, texts, counts):
        done += len(rows)
        if progress:
            progress(done, len(texts))
    return counts


def count_in_batches(
    signals: Mapping[str, TextCount], texts: Sequence[str], counts: Mapping[str, Numbers]
) -> Iterator[Rows]:
    """Do what `count_in_texts` does, some texts at a time: yields which ones, when their counts are there."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for name, signal in signals.items():
        alike.setdefault(_way(signal), []).append(name)
    groups = [(signals[names[0]], names) for names in alike.values()]
    lists = phrase_lists(tuple((s.phrases, s.first) for s, _ in groups if isinstance(s, PhraseCount)))
    of_lists = [names for signal, names in groups if isinstance(signal, PhraseCount)]
    others = [(_counter(s), names) for s, names in groups if not isinstance(s, PhraseCount)]
    for batch in make_batches(texts, lists.separator):
        place = _as_slice(batch.rows)
        found = [*zip(of_lists, lists.count(batch), strict=True)] if of_lists else []
        for names, numbers in chain(found, ((names, count(batch)) for count, names in others)):
            for name in names:
                counts[name][place] = numbers
        yield batch.rows


def _as_slice(rows: Rows) -> Rows | slice:
    """Return rising numbers as a slice, which is quicker to fill, if none is left out."""
    first, last = int(rows[0]), int(rows[-1])
    return slice(first, last + 1) if last - first + 1 == len(rows) else rows


def _way(signal: TextCount) -> tuple[object, ...]:
    """Return what tells apart signals that count differently, whatever their field."""
    what = signal.phrases if isinstance(signal, PhraseCount) else getattr(signal, "pattern", None)
    return type(signal), what, signal.first


def _counter(signal: PatternCount | QuestionCount | WordCount) -> _Counter:
    first = signal.first
    match signal:
        case PatternCount():
            count_each = compile_count_each(signal.pattern)
            return lambda batch: count_each([text[:first] for text in batch.texts])
        case QuestionCount():
            return lambda batch: count_runs(_QUESTIONS.read(batch.joined), batch, first)
        case WordCount():
            return lambda batch: count_runs(_WORDS.read(batch.joined), batch, first)
        case _:
            assert_never(signal)
