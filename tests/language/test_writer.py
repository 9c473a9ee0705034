"""Rulebooks changed in place: what was not touched stays to the byte."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchrules.errors import ArgumentError
from touchrules.language.load import parse_rulebook
from touchrules.language.writer import (
    AddRule,
    Change,
    RemoveRule,
    SetParameter,
    SetPhrases,
    SetRuleKey,
    change_rulebook,
)

EVERYTHING = Path(__file__).parent.parent / "golden" / "describe" / "everything.rulebook.yaml"
TEXT = """\
# Discipline
rulebook: small   # its name
language: 1

parameters:
  cap: {type: integer, default: 3, min: 1}   # calls
  openers:
    type: phrases
    default:
      - "just checking in"   # the classic
      - touching base
signals:
  canned: {phrases: [one, "two"], first: 200}
rules:
  # first
  - id: a
    title: 'It''s A'
    severity: high   # very
    when: {kind: call}

  # second
  - id: b
    title: >
      A long
      title
    severity: low
    when:
      kind: email
      direction: outbound
"""


def touched_lines(before: str, after: str) -> list[str]:
    """Return the lines that differ, with - those that went, then with + those that came."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return sorted((line for line in lines if line[:1] in "+-"), key=lambda line: line.startswith("+"))


def test_no_change_gives_the_same_text() -> None:
    assert change_rulebook(TEXT, []) == TEXT


def switched_off(rule: str) -> SetRuleKey:
    return SetRuleKey(rule=rule, key="enabled", value=False)


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            SetParameter(name="cap", value=5),
            [
                "-   cap: {type: integer, default: 3, min: 1}   # calls",
                "+   cap: {type: integer, default: 5, min: 1}   # calls",
            ],
        ),
        (
            SetParameter(name="openers", value=["just checking in", "any: news?", "touching base"]),
            ['+       - "any: news?"'],
        ),
        (
            SetParameter(name="openers", value=["touching base"]),
            ['-       - "just checking in"   # the classic'],
        ),
        (
            SetParameter(name="openers", value=[]),
            [
                "-     default:",
                '-       - "just checking in"   # the classic',
                "-       - touching base",
                "+     default: []",
            ],
        ),
        (
            SetPhrases(signal="canned", phrases=("three",)),
            [
                '-   canned: {phrases: [one, "two"], first: 200}',
                "+   canned: {phrases: [three], first: 200}",
            ],
        ),
        (
            SetRuleKey(rule="a", key="title", value="That's B"),
            ["-     title: 'It''s A'", "+     title: 'That''s B'"],
        ),
        (
            SetRuleKey(rule="a", key="severity", value="low"),
            ["-     severity: high   # very", "+     severity: low   # very"],
        ),
        (
            SetRuleKey(rule="b", key="when", value={"kind": ["sms", "email"]}),
            [
                "-     when:",
                "-       kind: email",
                "-       direction: outbound",
                "+     when: {kind: [sms, email]}",
            ],
        ),
        (
            SetRuleKey(rule="b", key="title", value="Short"),
            ["-     title: >", "-       A long", "-       title", "+     title: Short"],
        ),
        (switched_off("a"), ["+     enabled: false"]),
        (
            RemoveRule(rule="a"),
            [
                "-   - id: a",
                "-     title: 'It''s A'",
                "-     severity: high   # very",
                "-     when: {kind: call}",
                "- ",
            ],
        ),
        (
            AddRule(rule={"id": "c", "title": "C", "severity": "info", "when": {}}),
            ["+ ", "+   - id: c", "+     title: C", "+     severity: info", "+     when: {}"],
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_the_touched_lines_differ(change: Change, lines: list[str]) -> None:
    assert touched_lines(TEXT, change_rulebook(TEXT, [change])) == lines


def test_the_changed_text_reads_as_the_changed_rulebook() -> None:
    changes: list[Change] = [
        SetParameter(name="cap", value=7),
        SetRuleKey(rule="b", key="severity", value="critical"),
        switched_off("b"),
        RemoveRule(rule="a"),
    ]
    rulebook = parse_rulebook(change_rulebook(TEXT, changes))
    read = [(rule.id, rule.severity, rule.enabled) for rule in rulebook.rules]
    assert (rulebook.parameters["cap"].value, read) == (7, [("b", "critical", False)])


def test_a_rule_may_be_switched_where_it_said_enabled() -> None:
    off = change_rulebook(TEXT, [switched_off("a"), SetRuleKey(rule="a", key="enabled", value=True)])
    assert touched_lines(TEXT, off) == ["+     enabled: true"]


def test_the_last_rule_leaves_an_empty_list() -> None:
    text = change_rulebook(TEXT, [RemoveRule(rule="a"), RemoveRule(rule="b")])
    assert parse_rulebook(text).rules == ()


def test_the_first_rule_makes_the_list() -> None:
    text = change_rulebook("rulebook: bare\nlanguage: 1", [AddRule(rule={"id": "a", "title": "A: b"})])
    assert text == 'rulebook: bare\nlanguage: 1\nrules:\n  - id: a\n    title: "A: b"\n'


def test_a_rule_in_braces_is_changed_in_its_braces() -> None:
    text = "rules: [{id: a, title: A}, {id: b}]\n"
    changes: list[Change] = [switched_off("b"), RemoveRule(rule="a"), AddRule(rule={"id": "c"})]
    assert change_rulebook(text, changes) == "rules: [{id: b, enabled: false}, {id: c}]\n"


def test_windows_line_ends_and_byte_order_marks_stay() -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    changed = change_rulebook(text, [switched_off("a")])
    assert changed == text.replace("{kind: call}\r\n", "{kind: call}\r\n    enabled: false\r\n")


def test_an_alias_is_replaced_without_its_anchor() -> None:
    text = "rules:\n  - id: a\n    when: &w {kind: call}\n  - id: b\n    when: *w\n"
    changed = change_rulebook(text, [SetRuleKey(rule="b", key="when", value={"kind": "sms"})])
    assert touched_lines(text, changed) == ["-     when: *w", "+     when: {kind: sms}"]


def test_an_empty_value_is_filled() -> None:
    changed = change_rulebook("rules:\n  - id: a\n    why:\n", [SetRuleKey(rule="a", key="why", value="So")])
    assert changed == "rules:\n  - id: a\n    why: So\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (SetParameter(name="kap", value=1), 'Did you mean "cap"'),
        (SetPhrases(signal="cannot", phrases=()), 'Did you mean "canned"'),
        (switched_off("zz"), "Rules: a, b"),
        (AddRule(rule={"id": "a"}), "already"),
        (AddRule(rule={"title": "A"}), "no id"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(change: Change, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        change_rulebook(TEXT, [change])


@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "just words"])
def test_what_is_no_rulebook_is_not_changed(text: str) -> None:
    with pytest.raises(ArgumentError):
        change_rulebook(text, [SetParameter(name="cap", value=1)])


WORDS = st.text(
    alphabet=st.sampled_from("ab 1:#'\"-,[]{}&*!|>%@`~?$\\\t\n\u2028é\x85\u00a0.")
    | st.characters(codec="utf-8"),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(
    title=WORDS,
    phrases=st.lists(WORDS, max_size=4),
    step=st.integers() | st.floats(allow_nan=False, allow_infinity=False),
)
def test_any_value_reads_back_as_it_was_set(title: str, phrases: list[str], step: float) -> None:
    changes: list[Change] = [
        SetRuleKey(rule="b", key="title", value=title),
        SetRuleKey(rule="a", key="title", value=title),
        SetRuleKey(rule="a", key="when", value={"step": {"at_least": step}}),
        SetParameter(name="openers", value=phrases),
        SetPhrases(signal="canned", phrases=tuple(f"x{phrase}" for phrase in phrases)),
    ]
    rulebook = parse_rulebook(change_rulebook(TEXT, changes))
    read = [rule.title for rule in rulebook.rules], rulebook.parameters["openers"].value
    assert read == ([title, title], tuple(phrases))


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_change_and_its_undoing_leave_all_rules_as_they_were(data: st.DataObject) -> None:
    text = EVERYTHING.read_text("utf-8")
    before = parse_rulebook(text)
    rule = data.draw(st.sampled_from(before.rules))
    severity = data.draw(st.sampled_from(["info", "critical"]))
    there = change_rulebook(text, [SetRuleKey(rule=rule.id, key="severity", value=severity)])
    back = change_rulebook(there, [SetRuleKey(rule=rule.id, key="severity", value=rule.severity)])
    assert back == text
