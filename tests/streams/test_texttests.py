"""Tests of texts in filters: contains and matches."""

from __future__ import annotations

import pytest

from touchrules.expressions import compile_count, compile_search, find_fault, matches_nothing
from touchrules.model.filters import Contains, Matches
from touchrules.streams.texttests import compile_text_test, text_test


def test_contains_ignores_case_on_both_sides() -> None:
    test = Contains(field="text", text="Free TRIAL")
    assert text_test(test, ["a FREE trial", "free  trial", "carefree trials"]) == [True, False, True]


def test_contains_leaves_quotes_as_they_are() -> None:
    assert text_test(Contains(field="text", text="I'm"), ["I’m", "i'm"]) == [False, True]


def test_a_missing_text_passes_no_test() -> None:
    assert text_test(Contains(field="text", text=""), [None, "", "a"]) == [False, False, True]


def test_matches_finds_the_expression_anywhere() -> None:
    assert text_test(Matches(field="text", pattern="[0-9]{2}"), ["in 24 h", "4 h"]) == [True, False]


def test_matches_is_case_sensitive_unless_it_says_so() -> None:
    values = ["Demo", "demo"]
    assert text_test(Matches(field="text", pattern="demo"), values) == [False, True]
    assert text_test(Matches(field="text", pattern="(?i)demo"), values) == [True, True]


def test_an_expression_that_is_slow_elsewhere_is_fast_here() -> None:
    passes = compile_text_test(Matches(field="text", pattern="(a*)*(a|aa)+$"))
    assert passes("a" * 200_000 + "b") is False


def test_an_anchor_and_a_nul_are_read_right() -> None:
    assert compile_search("^a\x00b$")("a\x00b") is True


def test_groups_are_counted_once_for_each_match() -> None:
    assert compile_count("(a)(b)?")("ab a") == 2


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", "(?<=a)b", r"\1", "\ud800", "[[:nope:]]"])
def test_what_re2_cannot_read_is_told_and_nothing_is_printed(
    pattern: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert find_fault(pattern)
    assert capfd.readouterr() == ("", "")


def test_an_expression_that_re2_reads_has_no_fault() -> None:
    assert find_fault(r"(?i)\bdemo\b") is None


def test_a_wrong_expression_cannot_be_compiled() -> None:
    with pytest.raises(ValueError, match="missing"):
        compile_count("(")


@pytest.mark.parametrize(
    "pattern", ["", "a*", "a|", "^", "$", r"\b", r"\B", "(?m)^", "(?m)$", r"\A", r"\z", "a*?", "(?:^|x)"]
)
def test_expressions_that_can_match_nothing_are_known(pattern: str) -> None:
    assert matches_nothing(pattern) is True


@pytest.mark.parametrize("pattern", ["a", "a+", r"\ba", "^a", "a$", "(?s).", r"\n", r"^\s+$", "\x00"])
def test_expressions_that_match_something_are_known(pattern: str) -> None:
    assert matches_nothing(pattern) is False
