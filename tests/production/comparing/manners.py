"""A small rulebook, and ways to have two versions of it compared."""

from __future__ import annotations

from touchrules.production.comparing.compare import compare
from touchrules.production.comparing.document import Comparison
from touchrules.production.comparing.version import Version, make_version

BOOK = """\
# Manners of the house.
rulebook: manners
language: 1
version: 1.0.0
title: Manners of the house
about: How we call.
holidays: [2025-12-25]
sources:
  paper: {title: On calling, author: Ann Author}
fields:
  region: {type: text, about: Where the contact lives}
parameters:
  cap: {type: integer, default: 3, min: 1, max: 9, label: Calls to one contact per 7 days, unit: calls}
  openers: {type: phrases, default: ["just checking in", "touching base"], label: Idle openers}
signals:
  idle: {phrases: $openers}
  sums: {pattern: '[0-9]+ dollars'}
facts:
  known: {about: We have met, from: {kind: meeting}}
rules:
  - id: too-many-calls
    title: Do not call too often
    why: People remember who pesters them.
    source: paper
    severity: high
    tags: [often]
    when: {kind: call}
    where: [{count: {kind: call}, within: 7d, more_than: $cap}]
    say: "{rep_id} called {contact_id} {value} times"
    advise: Wait a week.
  - id: idle-opener
    title: Say why you call
    why: An idle opener wastes their time.
    severity: low
    when: {kind: call, idle: {at_least: 1}}
    unless: known
    say: "{rep_id} did not say why"
  - id: sums-named
    title: Name no sums on the phone
    severity: medium
    when: {kind: call, sums: {at_least: 1}}
"""


def edited(*edits: tuple[str, str]) -> str:
    """Return the rulebook with texts in the place of others, each of which stands there once."""
    text = BOOK
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def without(rule: str, following: str | None) -> str:
    """Return the rulebook without a rule. `following`: the one behind it."""
    start = BOOK.index(f"  - id: {rule}")
    return BOOK[:start] + ("" if following is None else BOOK[BOOK.index(f"  - id: {following}") :])


def version(text: str, label: str) -> Version:
    """Return a version that holds one rulebook."""
    return make_version(label, {f"{label}.rulebook.yaml": text.encode()})


def compared(after: str, before: str = BOOK) -> Comparison:
    """Compare two texts."""
    return compare(version(before, "before"), version(after, "after"))
