"""Small rulebooks around the one line that a test is about."""

from __future__ import annotations

from touchrules.language.load import parse_rulebook
from touchrules.model.filters import Filter
from touchrules.model.lookbacks import Test
from touchrules.model.rules import Rule, Rulebook

HEAD = "rulebook: golden\nlanguage: 1\n"
FACT = "facts: {known: {from: {kind: meeting}}}\n"


def rulebook(text: str = "") -> Rulebook:
    """Return the rulebook `golden` with more lines."""
    return parse_rulebook(HEAD + text, file="golden.rulebook.yaml")


def rule(lines: str, before: str = FACT) -> Rule:
    """Return one rule, written as the inside of a flow mapping; `when` is {} unless it is given."""
    when = "" if "when:" in lines else "when: {}, "
    text = f"{before}rules:\n- {{id: first, title: First, severity: low, {when}{lines}}}\n"
    return rulebook(text).rules[-1]


def when(text: str, before: str = "") -> Filter:
    """Return a filter."""
    return rule(f"when: {text}", before).when


def look_back(text: str, before: str = FACT) -> Test:
    """Return the one test of `where`."""
    (test,) = rule(f"where: [{text}]", before).where
    return test
