"""Rules rewritten, copied, added and taken out in whatever layout: all else stays to the byte."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.test_writer import EVERYTHING, TEXT, touched_lines
from touchrules.errors import ArgumentError
from touchrules.language.load import parse_rulebook
from touchrules.language.nodes import plain_value
from touchrules.language.source import read_source
from touchrules.language.writer import AddRule, CopyRule, RemoveRule, SetRule, change_rulebook


def rules_of(text: str) -> list[Any]:
    """Return the rules of a text, as plain values."""
    root: Any = read_source(text, "x").root
    rules: Any = plain_value(root.get("rules"))
    return list(rules)


def names_of(text: str) -> list[str]:
    """Return the ids of the rules of a text."""
    return [rule["id"] for rule in rules_of(text)]


def rule_of(text: str, name: str) -> dict[str, Any]:
    """Return the keys of a rule, as plain values."""
    return next(rule for rule in rules_of(text) if rule["id"] == name)


LAYOUTS = {
    "as it is": TEXT,
    "windows": TEXT.replace("\n", "\r\n"),
    "no end of the last line": TEXT.rstrip("\n"),
    "comments behind": TEXT + "    # of b\n  # of none\n\nclaims: []\n",
    "no blanks": TEXT.replace("\n\n  # second", "\n  # second"),
    "no indentation": "rules:\n- id: a\n  title: A\n\n\n- id: b  # b\n  title: B\n# end\n",
    "braces": "rules: [{id: a, title: A}, {id: b, title: B} ] # end\n",
    "everything": EVERYTHING.read_text("utf-8"),
}
NEW = {"id": "new", "title": "New: one", "severity": "low", "when": {"kind": ["call", "sms"]}}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_a_rule_that_is_added_and_removed_leaves_the_same_bytes(text: str) -> None:
    added = change_rulebook(text, [AddRule(rule=NEW)])
    assert rule_of(added, "new") == NEW
    assert change_rulebook(added, [RemoveRule(rule="new")]) == text


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_a_rule_that_is_copied_and_removed_leaves_the_same_bytes(text: str) -> None:
    for name in names_of(text):
        copied = change_rulebook(text, [CopyRule(rule=name, as_id="new")])
        assert rule_of(copied, "new") == {**rule_of(text, name), "id": "new"}
        assert change_rulebook(copied, [RemoveRule(rule="new")]) == text


def test_a_copy_stands_behind_the_original_with_its_comments() -> None:
    copied = change_rulebook(TEXT, [CopyRule(rule="a", as_id="a-copy")])
    original = TEXT[TEXT.index("  - id: a") : TEXT.index("\n  # second")]
    wanted = TEXT.replace(original, original + "\n" + original.replace("id: a", "id: a-copy"))
    assert copied == wanted
    assert [rule.id for rule in parse_rulebook(copied).rules] == ["a", "a-copy", "b"]


def test_a_copy_of_a_rule_with_an_anchor_has_none() -> None:
    text = "rules:\n  - id: a\n    when: &w {kind: call}\n  - id: b\n    when: *w\n"
    copied = change_rulebook(text, [CopyRule(rule="a", as_id="c")])
    assert touched_lines(text, copied) == ["+   - id: c", "+     when: {kind: call}"]


WRITTEN = """\
rules:
  - id: a   # the name
    title: A
    unless: [known, referred]   # facts
    where:
      # at most
      - {count: {kind: call}, within: 7d,   # a week
         more_than: 3}
      - never: {kind: email}   # no mail
      - fact: warned
    say: so
"""


@pytest.mark.parametrize(
    ("keys", "old", "new"),
    [
        ({}, "", ""),
        ({"title": "B"}, "title: A", "title: B"),
        ({"unless": ["referred"]}, "[known, referred]", "[referred]"),
        ({"unless": ["known", "warned", "referred"]}, "[known, ", "[known, warned, "),
        ({"unless": None}, "    unless: [known, referred]   # facts\n", ""),
        ({"why": "So"}, "    say: so\n", "    say: so\n    why: So\n"),
        ({"say": None}, "    say: so\n", ""),
    ],
)
def test_of_a_rule_only_what_differs_is_written(keys: dict[str, Any], old: str, new: str) -> None:
    wanted = {**rule_of(WRITTEN, "a"), **keys}
    wanted = {key: value for key, value in wanted.items() if value is not None}
    assert change_rulebook(WRITTEN, [SetRule(rule="a", keys=wanted)]) == WRITTEN.replace(old, new, 1)


def test_of_a_test_only_its_number_is_written() -> None:
    keys = rule_of(WRITTEN, "a")
    keys["where"][0]["more_than"] = 5
    keys["where"][1]["never"]["direction"] = "outbound"
    wanted = WRITTEN.replace("more_than: 3", "more_than: 5")
    wanted = wanted.replace("{kind: email}", "{kind: email, direction: outbound}")
    assert change_rulebook(WRITTEN, [SetRule(rule="a", keys=keys)]) == wanted


def test_a_test_can_go_and_another_come_while_comments_stay() -> None:
    keys = rule_of(WRITTEN, "a")
    keys["where"] = [keys["where"][0], {"seen": {"kind": "sms"}}, {"fact": "warned"}, {"fact": "known"}]
    changed = change_rulebook(WRITTEN, [SetRule(rule="a", keys=keys)])
    assert rule_of(changed, "a") == keys
    assert ["# at most" in changed, "# a week" in changed, "# facts" in changed] == [True] * 3


def test_a_rule_gets_another_id_unless_it_is_taken() -> None:
    keys = {**rule_of(TEXT, "a"), "id": "c"}
    assert "- id: c\n" in change_rulebook(TEXT, [SetRule(rule="a", keys=keys)])
    with pytest.raises(ArgumentError, match="already"):
        change_rulebook(TEXT, [SetRule(rule="a", keys={**keys, "id": "b"})])


PLAIN = st.recursive(
    st.sampled_from([1, 2.5, True, "call", "a: b", "7d", "$cap", "no", "#x"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "not", "any", "x y"]), inner)
    ),
    max_leaves=6,
)
KEYS = st.dictionaries(st.sampled_from(["where", "when", "say", "unless", "title", "tags"]), PLAIN)


@settings(max_examples=150, deadline=None)
@given(first=KEYS, second=KEYS)
def test_a_rule_says_what_is_wanted_whatever_it_said(first: dict[str, Any], second: dict[str, Any]) -> None:
    text = TEXT
    for keys in (first, second, first):
        text = change_rulebook(text, [SetRule(rule="a", keys={"id": "a", **keys})])
        assert rule_of(text, "a") == {"id": "a", **keys}
        assert rule_of(text, "b") == rule_of(TEXT, "b")
    assert text.count("# ") >= 3


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_rules_become_one_another_in_any_layout(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([*LAYOUTS.values(), WRITTEN]))
    name = data.draw(st.sampled_from(names_of(text)))
    rich = EVERYTHING.read_text("utf-8")
    wanted = {**rule_of(rich, data.draw(st.sampled_from(names_of(rich)))), "id": name}
    assert rule_of(change_rulebook(text, [SetRule(rule=name, keys=wanted)]), name) == wanted
