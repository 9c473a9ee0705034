"""Every row of the articles' advice has rules, and tests that show them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from touchrules.language.heuristics import load_articles, rules_of
from touchrules.language.load import load_rulebooks
from touchrules.language.testfiles import load_tests

FOLDER = Path(__file__).parents[2] / "rulebooks"
RULEBOOKS = load_rulebooks([FOLDER])
TESTS = load_tests([FOLDER], RULEBOOKS)
FINDING = Counter(test.rule for test in TESTS if test.finds)
SILENT = Counter(test.rule for test in TESTS if not test.finds)
ROWS = [row for article in load_articles([FOLDER], RULEBOOKS) for row in article.heuristics]


def test_all_rows_of_the_five_articles_are_there() -> None:
    rows = {"B": 9, "N": 11, "F": 10, "W": 10, "G": 13}
    assert [row.id for row in ROWS] == [
        f"{letter}{n}" for letter, many in rows.items() for n in range(1, many + 1)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_has_a_rule_that_two_tests_find_and_two_leave_silent(row) -> None:
    rules = [rule.id for _book, rule in rules_of(row, RULEBOOKS) if rule.report]
    assert any(FINDING[rule] >= 2 and SILENT[rule] >= 2 for rule in rules), rules


def test_there_are_at_least_seventy_rules_that_report() -> None:
    assert sum(rule.report for book in RULEBOOKS for rule in book.rules) >= 70


@pytest.mark.parametrize(
    "rule", [rule for book in RULEBOOKS for rule in book.rules], ids=lambda rule: rule.id
)
def test_a_shipped_rule_says_why_whence_and_what_to_do_and_has_tests_of_both_kinds(rule) -> None:
    assert rule.why
    assert rule.source
    assert rule.say
    assert rule.advise
    assert FINDING[rule.id]
    assert SILENT[rule.id]
