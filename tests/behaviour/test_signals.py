"""Signals, by the sentences of section 8."""

import pytest

from tests.reference.signals import count_phrases, count_words, phone_prefix, signal_value


@pytest.mark.parametrize(
    ("text", "phrases", "hits"),
    [
        ("This is it. THIS  IS it", ["this is"], 2),
        ("thesis is", ["is"], 1),
        ("is_ is", ["is"], 1),
        ("don’t", ["don't"], 1),
        ("a b a b a", ["a b a"], 1),
        ("a b c", ["a b", "a b c", "c"], 1),
        ("anything", ["", "  "], 0),
        ("İ said", ["i"], 1),
        ("price : 5 a:b", [": "], 1),
        ("\u201cyes\u201d", ['"yes"'], 1),
    ],
)
def test_phrases_are_counted_where_they_stand_alone(text, phrases, hits):
    assert count_phrases(text, phrases) == hits


def test_the_first_characters_are_read_as_if_the_text_ended_there():
    assert signal_value({"phrases": ["mark"], "first": 4}, {"text": "marketing"}) == 1.0


def test_a_pattern_counts_matches_that_do_not_overlap():
    assert signal_value({"pattern": "a.a"}, {"text": "abababa ABA"}) == 1.0 + 1.0


def test_mentions_count_the_name_and_its_first_word():
    fields = {"text": "Anna, ANNA  Müller!", "contact_name": "Anna Müller"}
    assert signal_value({"mentions": ["contact_name", "company_name"]}, fields) == 2.0


def test_questions_are_runs_of_question_marks():
    assert signal_value({"questions": True, "field": "subject"}, {"subject": "What?? Why? ?"}) == 3.0


def test_words_are_runs_of_letters_digits_and_apostrophes():
    assert count_words("don’t re-enter room_2 ½") == 6


def test_a_signal_is_missing_where_its_field_is():
    assert signal_value({"words": True}, {}) is None


@pytest.mark.parametrize(
    ("number", "prefix"),
    [("(415) 555-2671", "415555"), ("+44 20 7183 8750", "207183"), ("555-2671", None), ("no", None)],
)
def test_a_phone_prefix_is_six_digits_of_the_national_number(number, prefix):
    assert phone_prefix(number) == prefix
