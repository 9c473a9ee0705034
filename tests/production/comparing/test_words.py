"""Each kind of difference is told once, and in words."""

from __future__ import annotations

import pytest

from tests.production.comparing.manners import BOOK, compared, edited, without
from touchrules.production.comparing.astext import write_comparison_text
from touchrules.production.comparing.document import Comparison

NEW_RULE = """\
  - id: late-call
    title: Call at decent hours
    why: People sleep.
    severity: medium
    when: {kind: call, local_hour: {at_least: 21}}
"""

CASES = {
    "a value": (
        edited(("default: 3,", "default: 4,")),
        "* Calls to one contact per 7 days: 3 calls → 4 calls",
    ),
    "phrases": (
        edited(('"touching base"', "any news")),
        "Added: “any news” Taken out: “touching base”",
    ),
    "the order of phrases": (
        edited(('"just checking in", "touching base"', '"touching base", "just checking in"')),
        "The same ones in another order.",
    ),
    "limits": (
        edited(("max: 9,", "max: 12,")),
        "* Calls to one contact per 7 days: what it may be set to",
    ),
    "a label": (
        edited(("label: Idle openers", "label: Empty openers")),
        "Idle openers: anything → Empty openers: anything",
    ),
    "a new setting": (
        edited(("signals:\n", "  pause: {type: duration, default: 2d, label: Pause}\nsignals:\n")),
        "* Pause: 2 days (new)",
    ),
    "a pattern": (
        edited(("[0-9]+ dollars", "[0-9]+ (?:dollars|euros)")),
        "Now: the same, recognised by another pattern",
    ),
    "a fact": (
        edited(("from: {kind: meeting}", "from: {kind: meeting}, for: 30d")),
        "it lasts 30 days",
    ),
    "a field": (
        edited(("{type: text, about: Where the contact lives}", "{type: text, about: Where they work}")),
        "* Region: a text: Where the contact lives → a text: Where they work",
    ),
    "a source": (
        edited(("author: Ann Author", "author: Bob Author")),
        "* Paper: On calling, Ann Author → On calling, Bob Author",
    ),
    "a holiday": (
        edited(("[2025-12-25]", "[2025-12-25, 2026-01-01]")),
        "* Holidays Added: “1 January 2026”",
    ),
    "a version": (edited(("version: 1.0.0", "version: 1.1.0")), "* Version: 1.0.0 → 1.1.0"),
    "a title": (
        edited(("title: Manners of the house", "title: Our manners")),
        "* Title: Manners of the house → Our manners",
    ),
    "what is looked at": (
        edited(("holidays:", "applies_to: {direction: outbound}\nholidays:")),
        "* Touches that all rules look at: all touches → touches where ",
    ),
    "a new rule": (
        BOOK + NEW_RULE,
        "New rules * Call at decent hours (severity medium) Why it matters: People sleep. What it",
    ),
    "a retired rule": (
        without("sums-named", None),
        "Retired rules * Name no sums on the phone (severity medium) What it looked for: ",
    ),
    "a rule that is switched off": (
        edited(("    title: Say why you call", "    title: Say why you call\n    enabled: false")),
        "(severity low, switched off) Why it matters: An idle opener wastes their time. Switched: on → off",
    ),
    "a severity": (edited(("severity: high", "severity: critical")), "Severity: high → critical"),
    "the title of a rule": (
        edited(("title: Say why you call", "title: Say why")),
        "Title: Say why you call → Say why",
    ),
    "a reason": (
        edited(("why: People remember who pesters them.", "why: Nobody likes it.")),
        "Why it matters: People remember who pesters them. → Nobody likes it.",
    ),
    "a message": (
        edited(('"{rep_id} did not say why"', '"{rep_id} gave no reason"')),
        "What is told: [the rep] did not say why → [the rep] gave no reason",
    ),
    "an advice": (
        edited(("advise: Wait a week.", "advise: Wait two weeks.")),
        "Advice: Wait a week. → Wait two weeks.",
    ),
    "a condition": (
        edited(("within: 7d,", "within: 14d,")),
        "What it looks for Before: ",
    ),
    "a tag": (edited(("tags: [often]", "tags: [often, calls]")), "Filed under: often → often, calls"),
    "another id": (
        edited(("id: sums-named", "id: sums-of-money")),
        "Short name in reports: sums-named → sums-of-money",
    ),
    "a comment": (
        edited(("# Manners of the house.", "# Our manners.")),
        "Only comments, layout or the order of things differ.",
    ),
}


def told(comparison: Comparison) -> str:
    """Return the text of a comparison in one line."""
    return " ".join(write_comparison_text(comparison).split())


def count_told(comparison: Comparison) -> int:
    """Return how many things a comparison tells."""
    return sum(
        len(book.changes)
        + sum(len(rule.changes) or rule.status in {"added", "retired"} for rule in book.rules)
        for book in comparison.rulebooks
    )


@pytest.mark.parametrize(("after", "words"), CASES.values(), ids=CASES)
def test_each_kind_of_difference_is_told_in_words(after: str, words: str) -> None:
    assert words in told(compared(after))


@pytest.mark.parametrize("after", [after for after, _ in CASES.values()], ids=CASES)
def test_each_kind_of_difference_is_told_once(after: str) -> None:
    assert count_told(compared(after)) == 1


@pytest.mark.parametrize("after", [after for after, _ in CASES.values()], ids=CASES)
def test_nothing_technical_is_told(after: str) -> None:
    text = write_comparison_text(compared(after))
    assert not set("`{}*$") & set(text.replace("* ", ""))


def test_a_setting_names_the_rules_that_build_on_it() -> None:
    text = told(compared(edited(("default: 3,", "default: 4,"))))
    assert "Rules that build on it: “Do not call too often”" in text


def test_phrases_name_the_rules_that_build_on_them_by_a_signal() -> None:
    text = told(compared(edited(('"touching base"', "any news"))))
    assert "Rules that build on it: “Say why you call”" in text


def test_two_versions_that_are_the_same_say_so_and_ask_for_no_name() -> None:
    text = write_comparison_text(compared(BOOK))
    assert "Nothing differs." in text
    assert "Approved by" not in text


def test_a_comment_is_no_difference() -> None:
    assert not compared(CASES["a comment"][0]).differs


def test_rulebooks_of_other_names_are_added_and_retired() -> None:
    other = edited(("rulebook: manners", "rulebook: house"), ("title: Manners of the house", "title: House"))
    text = told(compared(other))
    assert "House ----- This rulebook is new. New rules" in text
    assert "Manners of the house -------------------- This rulebook is retired. Retired rules" in text
    assert "1 rulebook added, 1 rulebook retired, 3 rules added and 3 rules retired." in text
