"""A whole rulebook is read into the model: its own keys, signals, facts and fields."""

from __future__ import annotations

from datetime import date

import pytest

from tests.language.snippets import HEAD, rulebook
from touchrules.errors import RulebookError
from touchrules.language.load import parse_rulebook
from touchrules.model.durations import DAY, HOUR, MINUTE
from touchrules.model.filters import EVERY_TOUCH, IsOneOf, Text
from touchrules.model.rules import DeclaredField, Fact, Rulebook, Source
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)

CALL = IsOneOf(field="kind", values=(Text("call"),))


def test_a_rulebook_needs_its_name_and_its_language_only() -> None:
    assert parse_rulebook(HEAD, file="golden.yaml") == Rulebook(name="golden", language=1, file="golden.yaml")


def test_every_key_of_a_rulebook_is_read() -> None:
    text = """\
version: 1.0.0
title: Golden
about: |
  Two lines,
  kept.
sources: {us: {title: Us, author: A, publisher: P, year: 2012}}
applies_to: {kind: call}
holidays: [2026-12-25, "2026-01-01"]
business_hours: ["08:30", "24:00"]
fields: {rep_city: {type: text, about: Where the rep sits}}
claims: [{rate: 0.5}, free text]
"""
    assert rulebook(text) == Rulebook(
        name="golden",
        language=1,
        file="golden.rulebook.yaml",
        version="1.0.0",
        title="Golden",
        about="Two lines,\nkept.\n",
        sources={"us": Source(title="Us", author="A", publisher="P", more=(("year", "2012"),))},
        applies_to=CALL,
        holidays=frozenset({date(2026, 12, 25), date(2026, 1, 1)}),
        business_hours=(8 * HOUR + 30 * MINUTE, 24 * HOUR),
        fields={"rep_city": DeclaredField(name="rep_city", type="text", about="Where the rep sits")},
        claims=({"rate": 0.5}, "free text"),
    )


def test_a_version_that_yaml_takes_for_a_number_is_kept_as_written() -> None:
    assert rulebook("version: 1.10\n").version == "1.10"


def test_json_is_yaml() -> None:
    assert parse_rulebook('{"rulebook": "golden", "language": 1, "rules": []}').name == "golden"


def test_a_fact_is_read_with_its_defaults() -> None:
    assert rulebook("facts: {known: {from: {}}}\n").facts == {
        "known": Fact(name="known", asserted_by=EVERY_TOUCH)
    }


def test_every_key_of_a_fact_is_read() -> None:
    text = "facts: {known: {about: Spoken, from: {kind: call}, until: {}, for: 365d, per: account}}\n"
    assert rulebook(text).facts["known"] == Fact(
        name="known", about="Spoken", asserted_by=CALL, until=EVERY_TOUCH, lasts=365 * DAY, per="account"
    )


SIGNALS: list[tuple[str, Signal]] = [
    ('{phrases: ["this is", ""]}', PhraseCount(phrases=("this is", ""))),
    ("{phrases: []}", PhraseCount(phrases=())),
    ("{phrases: [a], first: 200}", PhraseCount(phrases=("a",), first=200)),
    (r'{pattern: "\\$\\s?\\d+", field: subject}', PatternCount(pattern=r"\$\s?\d+", field="subject")),
    ("{mentions: [contact_name, company_name]}", MentionCount(mentions=("contact_name", "company_name"))),
    ("{questions: true}", QuestionCount()),
    ("{words: true, field: subject, first: 1}", WordCount(field="subject", first=1)),
    ("{phone_prefix: from_number}", PhonePrefix(field="from_number")),
]


@pytest.mark.parametrize(("text", "expected"), SIGNALS, ids=[text for text, _signal in SIGNALS])
def test_a_signal_is_read_as_its_kind(text: str, expected: Signal) -> None:
    assert rulebook(f"signals: {{it: {text}}}\n").signals == {"it": expected}


@pytest.mark.parametrize(
    "pattern",
    ["a*", "a?", "", "a|", "(a|b*)", "^", "$", r"\b", r"\B", "(?m)$", "(?i)x*", r"\Q", r"a|\b", r"\z"],
)
def test_a_pattern_that_can_match_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(RulebookError, match="can match the empty text"):
        rulebook(f"signals: {{it: {{pattern: '{pattern}'}}}}\n")


@pytest.mark.parametrize(
    "pattern", ["a+", r"\ba", r"\bdemo\b", "^a$", r"\Qa*", "(x+x+)+y", "(?i)price", r"\d{3}"]
)
def test_a_pattern_that_takes_a_character_is_read(pattern: str) -> None:
    assert rulebook(f"signals: {{it: {{pattern: '{pattern}'}}}}\n").signals == {
        "it": PatternCount(pattern=pattern)
    }


@pytest.mark.parametrize(
    "pattern", ["(a", "a{1001}", "((a{99}){99}){99}", "(?<=a)b", r"(a)\1", "a" * 10_001, "["]
)
def test_an_expression_that_re2_refuses_is_a_problem(pattern: str) -> None:
    with pytest.raises(RulebookError, match="no RE2 expression"):
        rulebook(f"signals: {{it: {{pattern: '{pattern}'}}}}\n")
