"""Parts of a rulebook's text that come back as they stood."""

from __future__ import annotations

import pytest

from tests.language.test_diff import BOOK, SEVERAL, differ, differences, edition
from touchrules.errors import ArgumentError
from touchrules.language.diff import diff_rulebooks
from touchrules.language.differences import LayoutChanged, RuleChanged, TextChanged
from touchrules.language.restoring import put_back
from touchrules.language.writer import RemoveRule, change_rulebook

WORDY = BOOK.replace(
    "    severity: low\n",
    "    # Asked for by Ann.\n    why: >-\n      A call without a reason\n\n      wastes a call.  \n"
    "    say: 'No reason'  # short\n    severity: low\n",
)


@pytest.mark.parametrize(
    "edit",
    [
        ("why: >-\n      A call without a reason\n\n      wastes a call.  \n", "why: Because\n"),
        (
            "    # Asked for by Ann.\n    why: >-\n      A call without a reason\n\n      wastes a call.  \n",
            "",
        ),
        ("say: 'No reason'  # short", 'say: "Give a reason"'),
        ("    say: 'No reason'  # short\n", ""),
    ],
)
@pytest.mark.parametrize("beside", [("severity: low", "severity: high"), ("id: pressed", "id: pressed")])
def test_texts_come_back_as_they_were_written_and_nothing_beside_them(
    edit: tuple[str, str], beside: tuple[str, str]
) -> None:
    assert edit[0] in WORDY
    text = WORDY.replace(*edit).replace(*beside)
    one = next(one for one in differ(WORDY, text) if isinstance(one, TextChanged))
    assert put_back(text, WORDY, one) == WORDY.replace(*beside)


def test_keys_come_back_behind_a_dash_and_into_a_rule_that_stands_in_brackets() -> None:
    before = BOOK.replace(
        "  - id: pressed\n    title: Do not press", "  - title: Do not press\n    id: pressed"
    )
    after = before.replace("- title: Do not press", "- title: Press on")
    assert put_back(after, before, differ(before, after)[0]) == before
    line = "  - {id: mute, title: Speak, severity: low, when: {kind: voicemail}}\n"
    lines = "  - id: mute\n    title: Speak\n    severity: high\n    when: {kind: voicemail}\n"
    (one,) = differ(BOOK + line, BOOK + lines)
    assert put_back(BOOK + lines, BOOK + line, one) == BOOK + lines.replace("high", "low")
    assert put_back(BOOK + line, BOOK + lines, one) == BOOK + line.replace("low", "high")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{from: {kind: call}, for: 9d}", "{from: {kind: call}}"),
        ("{from: {kind: call}}", "{from: {kind: call}, for: 9d}"),
        ("{for: 9d, from: {kind: call}}", "{from: {kind: call}}"),
        ("{from: {kind: call}}", "{for: 9d, from: {kind: call}}"),
        ("{from: {kind: call}, for: 9d, per: account}", "{from: {kind: email}, about: Open}"),
    ],
)
def test_keys_of_a_fact_in_brackets_come_back_where_they_stood(before: str, after: str) -> None:
    old, new = (BOOK.replace("facts:\n", f"facts:\n  open: {one}\n") for one in (before, after))
    (one,) = differ(old, new)
    assert put_back(new, old, one) == old


def test_a_rule_that_is_put_back_leaves_its_new_severity_alone() -> None:
    one = next(one for one in differences(SEVERAL) if isinstance(one, RuleChanged))
    assert put_back(SEVERAL, BOOK, one) == SEVERAL.replace(
        "    when: {pushy: {at_least: 1}}\n", "    when: {pushy: {at_least: 1}}\n    unless: known\n"
    )


@pytest.mark.parametrize("rule", ["too-many-calls", "idle-opener", "pressed"])
def test_a_rule_that_was_taken_out_comes_back_where_it_stood_with_its_comment(rule: str) -> None:
    text = change_rulebook(BOOK, [RemoveRule(rule=rule)])
    (one,) = differences(text)
    back = put_back(text, BOOK, one)
    assert differences(back) in {(), (LayoutChanged(rulebook="manners"),)}
    assert back.replace("\n\n", "\n") == BOOK.replace("\n\n", "\n")


def test_a_text_that_stands_on_one_line_is_put_back_with_its_block_or_not_at_all() -> None:
    flat = "{rulebook: manners, language: 1, signals: {idle: {words: true}}}"
    after = flat.replace("}}}", "}, asks: {questions: true}}}")
    (one,) = diff_rulebooks(edition(flat), edition(after))
    with pytest.raises(ArgumentError, match="taken back alone"):
        put_back(after, flat, one)
    block = BOOK.replace("signals:\n", "signals: {").replace(
        "  idle: {phrases: $openers}\n  pushy:", "idle: {phrases: $openers}, pushy:"
    )
    block = block.replace("[sign today, last chance]}", "[sign today, last chance]}}")
    (one,) = diff_rulebooks(edition(block), edition(block.replace("last chance", "now")))
    assert put_back(block.replace("last chance", "now"), block, one) == block


def test_ends_of_lines_stay_those_of_the_text_that_a_part_is_put_back_into() -> None:
    text = BOOK.replace("severity: medium", "severity: high").replace("    unless: known\n", "")
    windows = "\ufeff" + text.replace("\n", "\r\n")
    one = next(one for one in differences(text) if isinstance(one, RuleChanged))
    wanted = "\ufeff" + BOOK.replace("severity: medium", "severity: high").replace("\n", "\r\n")
    assert put_back(windows, BOOK, one) == wanted
