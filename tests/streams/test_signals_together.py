"""Many signals of many texts at once, against the reference's reading of one text after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reference.signals import signal_value
from touchrules.expressions import compile_count, compile_count_each
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)
from touchrules.streams import alphabet, batches, occurrences
from touchrules.streams.counting import count_in_texts
from touchrules.streams.mentions import Choices, count_mentions
from touchrules.streams.phraselists import phrase_lists
from touchrules.streams.signals import compile_signals, compute_signals, read_signals

LETTERS = ("a", "A", "b", "ab", "i", "I", "İ", "ı", "ß", "ẞ", "ﬁ", "Σ", "ς", "σ", "é", "e\u0301", "中", "文")
BLANKS = (" ", "  ", "\t\n", "\u00a0", "\u2003", "\x1c", "\x85")
OTHERS = ("\u0301", "_", "1", "²", "٣", "Ⅳ", "\x00", "\x01", "\ud800", "\U0001f600", "?", "??", ".", "-", "(")
QUOTES = ("'", "’", "‘", '"', "“", "„", "i'm", "I’M", "c++")
WORDS = ("my name", "My  name", "my name is", "name is", "is", "what are", "are you", "you", "a b a", "b a")
PIECES = (*LETTERS, *BLANKS, *BLANKS, *OTHERS, *QUOTES, *WORDS)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=12)
# The reference gives RE2 no half of a surrogate pair.
WHOLE_TEXTS = TEXTS.map(lambda text: text.replace("\ud800", ""))
PHRASES = st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=9)
FIRSTS = st.none() | st.integers(1, 12)
PATTERNS = (
    "a",
    r"\ba",
    r"a\b",
    "[^a]b",
    r"\S+",
    r"a.{0,9}b",
    "^a",
    "a$",
    r"\$|[$]",
    r"(?i)i'm|name",
    r"\W\w",
    "\x00",
)


def written(signal: Signal) -> dict[str, Any]:
    """The signal as a rulebook has it."""
    kinds = {"phrases": "phrases", "pattern": "pattern", "mentions": "mentions"}
    mapping: dict[str, Any] = {key: getattr(signal, key) for key in kinds if hasattr(signal, key)}
    mapping |= {"questions": True} if isinstance(signal, QuestionCount) else {}
    mapping |= {"words": True} if isinstance(signal, WordCount) else {}
    first = getattr(signal, "first", None)
    return mapping if first is None else mapping | {"first": first}


def expected(signals: Mapping[str, Signal], columns: Mapping[str, Sequence[str | None]]) -> dict[str, Any]:
    touches = [
        {name: value or None for name, value in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]
    return {
        name: [signal_value(written(signal), touch) for touch in touches] for name, signal in signals.items()
    }


@contextmanager
def limits(*, long: int, own: int, at_once: int) -> Iterator[None]:
    """Other limits, so that little text goes the way of much."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(occurrences, "LONG", long))
        stack.enter_context(patch.object(alphabet, "OWN", own))
        stack.enter_context(patch.object(batches, "AT_ONCE", at_once))
        phrase_lists.cache_clear()
        yield
    phrase_lists.cache_clear()


WAYS = pytest.mark.parametrize("long", [1 << 40, 0], ids=["short", "long"])


@WAYS
@pytest.mark.parametrize("own", [110, 3], ids=["own", "shared"])
@pytest.mark.parametrize("at_once", [1_000_000, 15], ids=["one", "several"])
@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(PHRASES, FIRSTS), min_size=1, max_size=5), st.lists(TEXTS, max_size=6))
def test_lists_of_phrases_count_as_each_alone(
    long: int, own: int, at_once: int, lists: list[tuple[list[str], int | None]], texts: list[str]
) -> None:
    signals = {
        f"list {number}": PhraseCount(phrases=tuple(phrases), first=first)
        for number, (phrases, first) in enumerate(lists)
    }
    with limits(long=long, own=own, at_once=at_once):
        assert compute_signals(signals, lambda _: texts, len(texts)) == expected(signals, {"text": texts})


@WAYS
@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(WHOLE_TEXTS, TEXTS, st.sampled_from(["", "Ann", "a b", "I’m"])), max_size=6),
    PHRASES,
    FIRSTS,
)
def test_all_sorts_count_as_the_reference_does(
    long: int, touches: list[tuple[str, str, str]], phrases: list[str], first: int | None
) -> None:
    columns = {
        name: [touch[place] for touch in touches]
        for place, name in enumerate(("text", "contact_name", "company_name"))
    }
    signals: dict[str, Signal] = {
        "phrases": PhraseCount(phrases=tuple(phrases), first=first),
        "names": MentionCount(mentions=("contact_name", "company_name"), first=first),
        "questions": QuestionCount(first=first),
        "all questions": QuestionCount(),
        "words": WordCount(first=first),
        "pattern": PatternCount(pattern=r"(?i)\b(i|a)\b", first=first),
    }
    with limits(long=long, own=110, at_once=40):
        found = compute_signals(signals, columns.__getitem__, len(touches))
    assert found == {name: [*values] for name, values in expected(signals, columns).items()}
    compiled = compile_signals(signals)
    for number, touch in enumerate(touches):
        one = read_signals(compiled, dict(zip(columns, touch, strict=True)))
        assert one == {name: values[number] for name, values in found.items()}


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_a_pattern_counts_in_many_texts_as_in_each(pattern: str, texts: list[str]) -> None:
    assert compile_count_each(pattern)(texts) == [compile_count(pattern)(text) for text in texts]


def test_counts_are_arrays_of_floats_for_texts_of_either_kind() -> None:
    signals = {"asks": QuestionCount(), "intro": PhraseCount(phrases=("this is",), first=9)}
    texts = ["This is it?", "so this is", "“this  is” it"]
    for given_texts in (texts, pa.array(texts), pa.chunked_array([texts[:1], texts[1:]])):
        counts = count_in_texts(signals, given_texts)
        assert counts["intro"].dtype == np.float64
        assert {name: found.tolist() for name, found in counts.items()} == {
            "asks": [1.0, 0.0, 0.0],
            "intro": [1.0, 0.0, 1.0],
        }


def test_mentions_are_counted_for_choices_of_text_and_names() -> None:
    choices = Choices(
        values={"text": ["Ann’s here", "", "Bo"], "contact_name": ["Ann Lee", "bo"]},
        codes={"text": np.array([2, 0, -1, 0, 1]), "contact_name": np.array([1, 0, 0, -1, 0])},
    )
    counts = np.full(5, np.nan)
    done = [rows.tolist() for rows in count_mentions(choices, "text", ("contact_name",), None, counts)]
    assert done == [[4, 0], [1, 3]]
    assert np.array_equal(counts, [1, 1, np.nan, 0, 0], equal_nan=True)


def test_progress_hears_of_long_texts_every_million_characters() -> None:
    told: list[tuple[int, int]] = []
    texts = [f"{number} " * 300_000 for number in range(4)]
    count_in_texts({"words": WordCount()}, texts, lambda *now: told.append(now))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_much_text_goes_the_compiled_way_and_counts_the_same() -> None:
    signals = {"hi": PhraseCount(phrases=("hi", "hi there", "there you are"), first=20)}
    signals["all"] = PhraseCount(phrases=("hi there", "you"))
    texts = [f"Hi  there you are {number}. Hi there, you" for number in range(5_000)]
    with limits(long=0, own=110, at_once=1_000_000):
        compiled = count_in_texts(signals, texts)
    plain = count_in_texts(signals, texts)
    assert all((compiled[name] == plain[name]).all() for name in signals)
    assert compiled["all"][0] == 4.0
