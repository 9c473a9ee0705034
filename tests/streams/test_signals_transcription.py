"""Signals against an obvious, slow reading of the language's words, character by character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchrules.model.filters import Contains
from touchrules.model.signals import MentionCount, PhraseCount, QuestionCount, Signal, WordCount
from touchrules.streams import phrases as phrases_module
from touchrules.streams.folding import fold, ignore_case
from touchrules.streams.phrases import count_phrases
from touchrules.streams.signals import compute_signal
from touchrules.streams.texttests import text_test

LETTERS = "aAbBéÉΣσςİiIßẞǅ1²_ 	\n\u00a0\u2003\x1c'’‘\"“.?-\u0301\U0001f600\U00010400"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS), max_size=40) | st.text(max_size=20)
PHRASES = st.lists(st.text(alphabet=st.sampled_from("aAbé '’.?_Σ"), max_size=4), max_size=12)


def lower(character: str) -> str:
    return "i" if character == "İ" else character.lower()


def slowly_folded(text: str) -> str:
    folded = ""
    for character in text:
        if character in "\u2018\u2019\u201a\u201b":
            folded += "'"
        elif character in "\u201c\u201d\u201e\u201f":
            folded += '"'
        elif character.isspace():
            folded += "" if folded.endswith(" ") else " "
        else:
            folded += lower(character)
    return folded.strip(" ")


def is_wordlike(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or character == "_"


def slowly_counted(phrases: list[str], text: str) -> int:
    wanted = sorted({slowly_folded(phrase) for phrase in phrases} - {""}, key=len, reverse=True)
    folded = slowly_folded(text)
    count = at = 0
    while at < len(folded):
        for phrase in wanted:
            end = at + len(phrase)
            free_left = at == 0 or not is_wordlike(folded[at - 1])
            free_right = end >= len(folded) or not is_wordlike(folded[end])
            if folded[at:end] == phrase and free_left and free_right:
                count, at = count + 1, end
                break
        else:
            at += 1
    return count


def runs(text: str, members: str = "", *, letters: bool) -> int:
    inside = [c in members or (letters and unicodedata.category(c)[0] in "LN") for c in text]
    return sum(now and not before for before, now in zip([False, *inside], inside, strict=False))


def value_of(signal: Signal, **touch: str) -> float | str | None:
    return compute_signal(signal, lambda field: [touch[field]])[0]


@given(TEXTS)
def test_folding_is_as_written(text: str) -> None:
    assert fold(text) == slowly_folded(text)


@given(TEXTS)
def test_case_is_ignored_as_written(text: str) -> None:
    assert ignore_case(text) == "".join(map(lower, text))


def test_case_is_ignored_as_written_for_every_character() -> None:
    text = "".join(map(chr, range(0x110000)))
    assert ignore_case(text) == "".join(map(lower, text))


def test_blanks_are_as_written_for_every_character() -> None:
    text = "a".join(map(chr, range(0x110000)))
    assert fold(text) == slowly_folded(text)


@settings(max_examples=400)
@given(PHRASES, TEXTS)
def test_phrases_count_as_written(phrases: list[str], text: str) -> None:
    assert count_phrases(phrases, text) == slowly_counted(phrases, text)


@settings(max_examples=400)
@given(PHRASES, TEXTS)
def test_many_phrases_count_as_written(phrases: list[str], text: str) -> None:
    many = [*phrases, "ab", "aa", "ba", "é", "?", "a.", "b a"]
    assert len(set(many)) > phrases_module.FEW
    assert count_phrases(many, text) == slowly_counted(many, text)


@given(TEXTS.filter(bool), TEXTS, st.integers(1, 30))
def test_mentions_count_as_written(text: str, name: str, first: int) -> None:
    signal = MentionCount(mentions=("contact_name",), first=first)
    wanted = [name, *name.split()[:1]]
    assert value_of(signal, text=text, contact_name=name) == slowly_counted(wanted, text[:first])


@given(TEXTS.filter(bool), st.integers(1, 30) | st.none())
def test_words_count_as_written(text: str, first: int | None) -> None:
    assert value_of(WordCount(first=first), text=text) == runs(text[:first], "'’", letters=True)


@given(TEXTS.filter(bool))
def test_questions_count_as_written(text: str) -> None:
    assert value_of(QuestionCount(), text=text) == runs(text, "?", letters=False)


@given(st.text(alphabet=st.sampled_from("aAΣσςİi'’"), max_size=3), TEXTS.filter(bool))
def test_contains_is_as_written(wanted: str, text: str) -> None:
    expected = "".join(map(lower, wanted)) in "".join(map(lower, text))
    assert text_test(Contains(field="text", text=wanted), [text]) == [expected]


@pytest.mark.parametrize("begun", ["- ", "a ", "é ", "? "])
def test_a_text_that_begins_a_long_phrase_over_and_over_is_read_all_the_same(begun: str) -> None:
    signal = PhraseCount(phrases=(begun * 500 + "x", "end", *"12345"))
    assert value_of(signal, text=begun * 20_000 + "end") == 1.0
