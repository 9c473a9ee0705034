"""A comparison for other programs.

`format` is 1; keys are added without another number, and none is taken away or gets another meaning:

- `before`, `after`: which versions, in words. `different`: whether anything differs but comments, layout
  and the order of things. `in_short`: how much, in a sentence.
- `measured`: null without touches; else `files`, `touches`, `contacts`, `first_day`, `last_day` (ISO 8601),
  and the findings of all rules together: `before`, `after`, `newly`, `no_longer`.
- `different_beside`: titles of rulebooks on which these build, that differ and were not asked about.
- `rulebooks`: for each that differs `rulebook` (its name), `title`, `status` (`added`, `retired`, `changed`,
  `rewritten`: only comments and layout, `same`: only what it finds), `changes` and `rules`.
- `rules`: for each `rule` (its id), `title`, `status` (`added`, `retired`, `changed`, `same`), `severity`,
  `enabled`, `why`, `does` (the rule in plain English), `because` (what changed that it builds on), `changes`,
  and `findings`: null without touches, else `before`, `after`, `newly`, `no_longer`, `contacts`, `reps`,
  `examples_newly`, `examples_no_longer`: of each at most ten, `at`, `contact`, `rep`, `message`, `advice`.
- `changes`: for each `kind`, `what`, `before`, `after` (null: nothing there), `added`, `taken_out`, and
  `bears_on`: the rules that build on it, `rule` and `title`. Kinds of a rulebook are `setting`,
  `setting-added`, `setting-retired`, `setting-limits`, `phrases`, `signal`, `fact`, `field`, `source`,
  `rulebook`, `layout`; of a rule `name`, `switched`, `severity`, `title`, `why`, `message`, `advice`,
  `conditions`.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Final

from touchrules.production.comparing.document import BookChanges, Comparison, Found, Measured, RuleChanges
from touchrules.production.comparing.sentences import say_in_short
from touchrules.replay.examples import Example

FORMAT: Final = 1


def write_comparison_json(comparison: Comparison) -> str:
    """Return a comparison as JSON, as it is described above."""
    told = {
        "format": FORMAT,
        "before": comparison.before,
        "after": comparison.after,
        "different": comparison.differs,
        "in_short": say_in_short(comparison),
        "measured": None if comparison.measured is None else _measured(comparison.measured),
        "different_beside": comparison.beside,
        "rulebooks": [_book(book) for book in comparison.rulebooks],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _measured(measured: Measured) -> dict[str, Any]:
    return {
        "files": measured.files,
        "touches": measured.touches,
        "contacts": measured.contacts,
        "first_day": measured.first,
        "last_day": measured.last,
        "before": measured.before,
        "after": measured.after,
        "newly": measured.newly,
        "no_longer": measured.no_longer,
    }


def _book(book: BookChanges) -> dict[str, Any]:
    return {
        "rulebook": book.rulebook,
        "title": book.title,
        "status": book.status,
        "changes": [dataclasses.asdict(change) for change in book.changes],
        "rules": [_rule(rule) for rule in book.rules],
    }


def _rule(rule: RuleChanges) -> dict[str, Any]:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "status": rule.status,
        "severity": rule.severity,
        "enabled": rule.enabled,
        "why": rule.why,
        "does": rule.does,
        "because": rule.because,
        "changes": [dataclasses.asdict(change) for change in rule.changes],
        "findings": None if rule.found is None else _found(rule.found),
    }


def _found(found: Found) -> dict[str, Any]:
    return {
        "before": found.before,
        "after": found.after,
        "newly": found.newly,
        "no_longer": found.no_longer,
        "contacts": found.contacts,
        "reps": found.reps,
        "examples_newly": [_example(one) for one in found.examples_newly],
        "examples_no_longer": [_example(one) for one in found.examples_no_longer],
    }


def _example(one: Example) -> dict[str, str]:
    return {
        "at": one.at,
        "contact": one.contact,
        "rep": one.rep,
        "message": one.message,
        "advice": one.advice,
    }
