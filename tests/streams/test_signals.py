"""Signals read from texts: each sentence of the language's section on them."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence

import pytest

from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)
from touchrules.streams.signals import (
    compile_signals,
    compute_signal,
    compute_signals,
    count_words,
    read_signals,
)


def value_of(signal: Signal, text: str | None, **touch: str | None) -> float | str | None:
    """Return what one touch with this text gives."""
    fields = {"text": text, **touch}
    return compute_signal(signal, lambda field: [fields.get(field)])[0]


def phrases(*wanted: str, first: int | None = None) -> PhraseCount:
    return PhraseCount(phrases=wanted, first=first)


EVERY_COUNT: list[Signal] = [
    phrases("a"),
    PatternCount(pattern="a"),
    MentionCount(mentions=("contact_name",)),
    QuestionCount(),
    WordCount(),
]


@pytest.mark.parametrize("signal", EVERY_COUNT, ids=lambda signal: type(signal).__name__)
def test_a_signal_is_missing_where_its_field_is(signal: Signal) -> None:
    assert value_of(signal, None) is None


@pytest.mark.parametrize("signal", EVERY_COUNT, ids=lambda signal: type(signal).__name__)
def test_an_empty_text_is_missing(signal: Signal) -> None:
    assert value_of(signal, "") is None


@pytest.mark.parametrize("signal", EVERY_COUNT, ids=lambda signal: type(signal).__name__)
def test_a_text_of_blanks_is_present_and_counts_nothing(signal: Signal) -> None:
    assert value_of(signal, " \t ") == 0.0


def test_counts_are_64_bit_floats() -> None:
    assert type(value_of(QuestionCount(), "why?")) is float


def test_a_signal_reads_the_field_it_names() -> None:
    assert value_of(PatternCount(pattern=r"\$\s?\d+", field="subject"), "$1 $2", subject="now $ 99") == 1.0


def test_first_cuts_by_code_points_before_anything_is_folded() -> None:
    assert value_of(phrases("this is", first=8), "   this is ann") == 0.0


def test_a_text_cut_within_a_word_ends_there() -> None:
    assert value_of(phrases("my name", first=7), "My nameless friend") == 1.0


def test_first_counts_a_character_beyond_the_basic_plane_once() -> None:
    assert value_of(PatternCount(pattern="b", first=2), "\U0001f600bb") == 1.0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Marketing PASSED me your name", 1.0),
        ("marketing  \n passed\u00a0me", 1.0),
        ("marketing passed men", 0.0),
        ("telemarketing passed me", 0.0),
        ("marketing passed me_too", 0.0),
        ("marketing passed me2", 0.0),
        ("marketing passed me\u00b2", 0.0),
        ("marketing passed me\u0661", 0.0),
        ("émarketing passed me", 0.0),
        ("(marketing passed me), marketing passed me.", 2.0),
    ],
)
def test_phrases_stand_between_other_characters_than_letters_digits_and_underscore(
    text: str, count: float
) -> None:
    assert value_of(phrases("marketing passed me"), text) == count


@pytest.mark.parametrize("quote", "\u2018\u2019\u201a\u201b")
def test_single_quotes_are_one(quote: str) -> None:
    assert value_of(phrases(f"I{quote}m"), "i'm here") == value_of(phrases("i'm"), f"I{quote}M here") == 1.0


@pytest.mark.parametrize("quote", "\u201c\u201d\u201e\u201f")
def test_double_quotes_are_one(quote: str) -> None:
    assert value_of(phrases(f"{quote}no{quote}"), 'say "no"') == 1.0


def test_case_is_ignored_character_by_character() -> None:
    assert value_of(phrases("ΟΔΟΣ"), "οδοσ, and not οδος") == 1.0


def test_sharp_s_is_not_two_letters() -> None:
    assert value_of(phrases("straße"), "STRASSE STRAẞE") == 1.0


def test_phrases_are_trimmed_and_empty_ones_ignored_and_doubles_harmless() -> None:
    assert value_of(phrases("  this   is ", "", "  ", "This is"), "this is it") == 1.0


def test_no_phrases_count_nothing() -> None:
    assert value_of(phrases(), "this is it") == 0.0


def test_the_longest_phrase_is_taken_first_and_scanning_goes_on_after_it() -> None:
    assert value_of(phrases("check", "check in", "in touch"), "check in touch") == 1.0


def test_a_shorter_phrase_counts_where_the_longest_does_not_end() -> None:
    assert value_of(phrases("check", "check in"), "check inside") == 1.0


def test_the_earlier_hit_wins_over_a_longer_one_that_begins_within_it() -> None:
    assert value_of(phrases("just checking", "checking in with you"), "just checking in with you") == 1.0


def test_two_hits_may_share_the_blank_between_them() -> None:
    assert value_of(phrases("hi"), "hi hi hi") == 3.0


def test_a_phrase_of_signs_keeps_its_boundary() -> None:
    assert value_of(phrases("?!"), "what?! so ?! ?!?!") == 3.0


def test_signs_in_phrases_are_no_expressions() -> None:
    assert value_of(phrases("a.c", "(b|d)*"), "abc a.c (b|d)*") == 2.0


def test_many_phrases_count_like_one_by_one() -> None:
    words = [f"word{n} again" for n in range(200)]
    assert value_of(phrases(*words), " and ".join(words)) == 200.0


def test_patterns_are_case_sensitive_and_do_not_overlap() -> None:
    assert value_of(PatternCount(pattern="aa"), "aaaaa AA") == 2.0


def test_a_pattern_may_ignore_case() -> None:
    assert value_of(PatternCount(pattern="(?i)price|cost"), "Price, COST") == 2.0


def test_a_pattern_knows_what_stands_before_its_next_match() -> None:
    assert value_of(PatternCount(pattern=r"\bfoo"), "foofoo foo") == 2.0


def test_a_pattern_reads_the_text_as_written() -> None:
    assert value_of(PatternCount(pattern="’  s"), "it’  s") == 1.0


def test_a_pattern_reads_on_behind_a_nul() -> None:
    assert value_of(PatternCount(pattern="\x00|b"), "a\x00b") == 2.0


def test_half_a_surrogate_pair_is_no_error() -> None:
    assert value_of(PatternCount(pattern="b+"), "a\ud800bb b") == 2.0


def test_mentions_count_the_values_of_the_same_touch() -> None:
    columns = {"text": ["Acme, Acme!", "acme"], "company_name": ["ACME", "Globex"]}
    signal = MentionCount(mentions=("company_name",))
    assert compute_signal(signal, columns.__getitem__) == [2.0, 0.0]


def test_a_contact_is_mentioned_by_the_first_word_too() -> None:
    signal = MentionCount(mentions=("contact_name",))
    assert value_of(signal, "Ann? Ann Lee? Lee? Anna?", contact_name="Ann  Lee") == 2.0


def test_other_fields_are_mentioned_whole_only() -> None:
    assert value_of(MentionCount(mentions=("company_name",)), "Acme", company_name="Acme Corp") == 0.0


def test_a_missing_field_gives_no_mention() -> None:
    signal = MentionCount(mentions=("contact_name", "company_name"))
    assert value_of(signal, "Acme and Ann", company_name="acme") == 1.0


def test_mentions_of_no_field_are_nought() -> None:
    assert value_of(MentionCount(mentions=()), "Acme") == 0.0


def test_questions_are_runs_of_question_marks() -> None:
    assert value_of(QuestionCount(), "Why?? When? ? So ???!?") == 5.0


@pytest.mark.parametrize(
    ("text", "count"),
    [("don't, don’t", 2.0), ("cold-call_me 24x7", 4.0), ("naïve ²½ Ⅳ", 3.0), ("'", 1.0), ("e\u0301t", 2.0)],
)
def test_words_are_runs_of_letters_digits_and_apostrophes(text: str, count: float) -> None:
    assert value_of(WordCount(), text) == count


def test_every_character_is_a_letter_or_digit_just_as_unicode_says() -> None:
    def is_word(character: str) -> bool:
        return unicodedata.category(character)[0] in "LN" or character in "'’"

    wrong = [c for c in map(chr, range(sys.maxunicode + 1)) if count_words(c) != is_word(c)]
    assert wrong == []


def test_every_boundary_is_just_as_unicode_says() -> None:
    def is_boundary(character: str) -> bool:
        return unicodedata.category(character)[0] not in "LN" and character != "_"

    wrong = [c for c in map(chr, range(sys.maxunicode + 1)) if bool(re.fullmatch(r"\W", c)) != is_boundary(c)]
    assert wrong == []


@pytest.mark.parametrize(
    ("number", "prefix"),
    [
        ("+14155552671", "415555"),
        ("(415) 555-2671", "415555"),
        ("1-415-555-2671 ext. 9", "415555"),
        ("+44 20 7946 0958", "207946"),
        ("+31 20 123 4567", None),
        ("555-2671", None),
        ("call me", None),
        ("+", None),
        ("9" * 10_000, None),
        ("\x00\ud800", None),
        (None, None),
        ("", None),
    ],
)
def test_a_phone_prefix_is_the_first_six_digits_of_a_number_of_ten(
    number: str | None, prefix: str | None
) -> None:
    assert value_of(PhonePrefix(field="from_number"), None, from_number=number) == prefix


def test_all_signals_come_out_together_as_one_by_one() -> None:
    columns: dict[str, Sequence[str | None]] = {
        "text": ["Hi Ann, this is Bo?", None, "Hi Ann, this is Bo?", "ANN ann"],
        "contact_name": ["Ann Lee", "Ann", "Bo", None],
        "from_number": ["4155552671", "x", None, "4155552671"],
    }
    signals: dict[str, Signal] = {
        "opening": phrases("this is", first=10),
        "intro": phrases("this is"),
        "names": MentionCount(mentions=("contact_name",)),
        "shouts": PatternCount(pattern="[A-Z]{2,}"),
        "asks": QuestionCount(),
        "words": WordCount(),
        "area": PhonePrefix(field="from_number"),
    }
    assert compute_signals(signals, columns.__getitem__, 4) == {
        "opening": [0.0, None, 0.0, 0.0],
        "intro": [1.0, None, 1.0, 0.0],
        "names": [1.0, None, 1.0, 0.0],
        "shouts": [0.0, None, 0.0, 1.0],
        "asks": [1.0, None, 1.0, 0.0],
        "words": [5.0, None, 5.0, 2.0],
        "area": ["415555", None, None, "415555"],
    }


def test_one_live_touch_reads_as_in_a_table() -> None:
    signals: dict[str, Signal] = {
        "names": MentionCount(mentions=("contact_name",)),
        "asks": QuestionCount(field="subject"),
        "area": PhonePrefix(field="from_number"),
    }
    touch = {"text": "Ann Lee", "contact_name": "Ann Lee", "from_number": "4155552671", "step": 3.0}
    assert read_signals(compile_signals(signals), touch) == {"names": 1.0, "asks": None, "area": "415555"}


def test_no_signals_and_no_touches_are_fine() -> None:
    assert compute_signals({"asks": QuestionCount()}, lambda field: [], 0) == {"asks": []}


def test_progress_tells_touches_done_and_ends_with_all() -> None:
    told: list[tuple[int, int]] = []
    texts = [f"text {n}" for n in range(2_500)]
    compute_signals({"asks": QuestionCount()}, lambda field: texts, 2_500, lambda *now: told.append(now))
    assert told == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]


def test_progress_may_end_the_work() -> None:
    class Stopped(Exception):
        """Raised by the caller's own progress function."""

    def stop(done: int, rows: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        compute_signals({"asks": QuestionCount()}, lambda field: ["?"], 1, stop)
