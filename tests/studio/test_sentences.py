"""Conditions as sentences with blanks, and triggers as choices: nothing that is written gets lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from touchrules.language.load import load_rulebooks, parse_rulebook
from touchrules.language.nodes import plain_value
from touchrules.language.source import read_source
from touchrules.language.splices import write_flow
from touchrules.studio.forms.sentences import (
    EXPECTATION,
    SENTENCES,
    Blank,
    Sentence,
    fill_blank,
    keys_beside,
    read_amount,
    read_blank,
    sentence_of,
)
from touchrules.studio.forms.touchwords import say_filter, say_written_test, touch_options
from touchrules.studio.forms.triggers import read_trigger, write_trigger


def written_rules() -> list[dict[str, Any]]:
    """All rules of the shipped rulebooks, as plain values."""
    rules: list[dict[str, Any]] = []
    for book in load_rulebooks(["rulebooks"]):
        root: Any = read_source(Path(book.file).read_bytes(), book.file).root
        rules += plain_value(root.get("rules"))  # type: ignore[arg-type]
    return rules


RULES = written_rules()
TESTS = [test for rule in RULES for test in rule.get("where", [])]


def blanks(sentence: Sentence) -> list[Blank]:
    return [part for part in sentence.parts if isinstance(part, Blank)]


def test_most_conditions_of_the_shipped_rulebooks_are_sentences() -> None:
    said = [test for test in TESTS if sentence_of(test)]
    assert len(said) / len(TESTS) > 0.85
    assert len([test for test in said if keys_beside(test, sentence_of(test))]) / len(said) < 0.15  # type: ignore[arg-type]


@pytest.mark.parametrize("test", TESTS, ids=lambda test: write_flow(test)[:60])
def test_what_stands_in_a_blank_put_there_again_changes_nothing(test: dict[str, Any]) -> None:
    sentence = sentence_of(test)
    for blank in blanks(sentence) if sentence else ():
        assert fill_blank(test, blank, read_blank(test, blank)) == test


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_what_a_trigger_chooses_written_again_is_the_same(rule: dict[str, Any]) -> None:
    trigger = read_trigger(rule["when"], {"idle": None, "words": None})
    again = write_trigger(trigger, rule["when"])
    assert [*again.items()] == [*rule["when"].items()]


@pytest.mark.parametrize("sentence", [*SENTENCES[:-1], EXPECTATION], ids=lambda one: one.head)
def test_each_new_sentence_is_good_and_reads_as_what_it_is_called(sentence: Sentence) -> None:
    rule = {"id": "a", "title": "A", "severity": "low", "when": {"kind": "call"}}
    part = {"expect": sentence.fresh} if sentence is EXPECTATION else {"where": [sentence.fresh]}
    book = parse_rulebook(f"rulebook: x\nlanguage: 1\nrules: [{write_flow({**rule, **part})}]\n")
    assert book.rules[0].where or book.rules[0].expect
    if sentence is not EXPECTATION:
        assert sentence_of(sentence.fresh) is sentence
        assert keys_beside(sentence.fresh, sentence) == ()


COUNT = {"count": {"kind": "call"}, "within": "7d", "more_than": 3, "newest": 9}


@pytest.mark.parametrize(
    ("key", "kind", "value", "wanted"),
    [
        ("compare", "comparison", "at_most", {"at_most": 3}),
        ("compare", "amount", read_amount("$cap"), {"more_than": "$cap"}),
        ("compare", "amount", read_amount("5"), {"more_than": 5}),
        ("window", "window", ("", ""), {"within": None}),
        ("window", "window", ("between", "2d, 5d"), {"within": None, "between": ["2d", "5d"]}),
        ("window", "window", ("in_same", "week"), {"within": None, "in_same": "week"}),
        ("per", "key", "rep", {"per": "rep"}),
        ("per", "key", "contact", {}),
        ("since_last", "restart", {"direction": "inbound"}, {"since_last": {"direction": "inbound"}}),
        ("since_last", "restart", None, {}),
    ],
)
def test_a_filled_blank_changes_its_part_alone(
    key: str, kind: Any, value: Any, wanted: dict[str, Any]
) -> None:
    filled = fill_blank(COUNT, Blank(key=key, kind=kind, label=""), value)
    changed = {**COUNT, **wanted}
    if key == "compare":
        changed = {name: one for name, one in changed.items() if name != "more_than" or name in wanted}
    assert filled == {name: one for name, one in changed.items() if one is not None}


@pytest.mark.parametrize(
    "test", [{"any": [{"fact": "a"}]}, {"count": {}, "more_than": 1, "at_most": 4}, "$x", {}]
)
def test_what_no_sentence_can_say_is_none(test: object) -> None:
    assert sentence_of(test) is None


def test_written_pieces_are_told_in_plain_english() -> None:
    book = parse_rulebook("rulebook: x\nlanguage: 1\nparameters: {cap: {type: integer, default: 4}}\n")
    assert say_filter({"kind": "call", "direction": "outbound"}, book, (), plural=True) == "calls by us"
    told = say_written_test({"count": {"kind": "call"}, "within": "7d", "more_than": "$cap"}, book, ())
    assert told == "counting this one, there are more than 4 calls with the same contact in the last 7 days"
    assert say_filter({"kind": {"knid": 1}}, book, (), plural=False) == "{kind: {knid: 1}}"


def test_kinds_that_the_language_does_not_know_are_offered_too() -> None:
    offered = dict(touch_options(["call", "fax"], plural=False))
    assert offered["a call from them"] == {"kind": "call", "direction": "inbound"}
    assert offered["a touch of kind fax"] == {"kind": "fax"}
