"""Which rules lack fields on a stream, and which can find nothing for that reason."""

from __future__ import annotations

import pytest

from touchrules.language.load import parse_rulebook
from touchrules.model.touches import FieldType
from touchrules.replay.silence import find_lacking_rules

TYPES: dict[str, FieldType | None] = {
    "touch_id": "text",
    "at": "timestamp",
    "contact_id": "text",
    "kind": "text",
    "subject": None,
}
HEAD = """\
rulebook: manners
language: 1
signals: {words: {words: true}, subject_words: {words: true, field: subject}}
facts:
  known: {from: {kind: call}}
  referred: {from: {referred_by: {exists: true}}}
  of_account: {from: {kind: call}, per: account}
  told: {}
rules:
  - {id: base, title: Base, severity: low, when: {outcome: connected}, asserts: told}
  - {id: rule, title: Rule, severity: low, %s}
"""


def _silent(rule: str) -> bool | None:
    """Return whether a rule can find nothing; None if it lacks no field."""
    lacking = find_lacking_rules([parse_rulebook(HEAD % rule)], TYPES)
    return next((one.silent for one in lacking if one.rule == "rule"), None)


@pytest.mark.parametrize(
    ("rule", "silent"),
    [
        ("when: {kind: call}", None),
        ("when: {kind: call, outcome: connected}", True),
        ("when: {outcome: {not: connected}}", False),
        ("when: {not: {outcome: connected}}", False),
        ("when: {not: {not: {outcome: connected}}}", True),
        ("when: {any: [{outcome: connected}, {kind: call}]}", False),
        ("when: {outcome: {exists: false}}", False),
        ("when: {words: {more_than: 3}}", True),
        ("when: {subject_words: {more_than: 3}}", True),
        ("when: {found: base}", None),
        ("when: {found: base, step: {exists: false}}", True),
        ("when: {not: {found: base}, step: {exists: false}}", False),
        ("when: {}, given: known", None),
        ("when: {}, given: referred", True),
        ("when: {}, unless: referred", False),
        ("when: {}, given: of_account", True),
        ("when: {step: {exists: false}}, given: told", True),
        ("when: {}, where: [{fact: referred}]", True),
        ("when: {}, where: [{any: [{fact: referred}, {fact: known}]}]", False),
        ("when: {}, where: [{not: {fact: referred}}]", False),
        ("when: {}, where: [{seen: {outcome: connected}}]", True),
        ("when: {}, where: [{never: {outcome: connected}}]", False),
        ("when: {}, where: [{seen: {kind: call}, per: rep}]", True),
        ("when: {}, where: [{last: {}, has: {topic: same}}]", True),
        ("when: {}, where: [{gap: {outcome: connected}, less_than: 3d}]", True),
        ("when: {}, where: [{count: {outcome: connected}, more_than: 1}]", True),
        ("when: {}, where: [{count: {outcome: connected}, less_than: 1}]", False),
        ("when: {}, where: [{sum: duration_s, of: {}, more_than: 1}]", True),
        ("when: {}, where: [{sum: duration_s, of: {}, at_most: 1}]", False),
        ("when: {}, where: [{distinct: rep_id, of: {}, at_least: 1}]", True),
        ("when: {}, where: [{average: duration_s, of: {}, at_most: 1}]", True),
        ("when: {}, where: [{share: {outcome: connected}, of: {}, less_than: 0.5}]", False),
        ("when: {}, where: [{share: {outcome: connected}, of: {}, more_than: 0.5}]", True),
        ("when: {}, expect: {touch: {kind: call}, by: promised_at}", True),
        ("when: {}, expect: {touch: {outcome: connected}, by: 2d}", False),
    ],
)
def test_a_rule_is_silent_only_if_it_can_find_nothing_without_the_field(
    rule: str, silent: bool | None
) -> None:
    assert _silent(rule) is silent


def test_the_fields_that_a_rule_lacks_are_those_behind_its_signals_and_facts() -> None:
    rulebook = parse_rulebook(HEAD % "when: {subject_words: 1, rep_id: r1}, unless: referred")
    (lacking,) = [one for one in find_lacking_rules([rulebook], TYPES) if one.rule == "rule"]
    assert lacking.absent == ("referred_by", "rep_id", "subject")


def test_a_disabled_rule_lacks_nothing() -> None:
    rulebook = parse_rulebook(HEAD % "when: {outcome: connected}, enabled: false")
    assert [one.rule for one in find_lacking_rules([rulebook], TYPES)] == ["base"]
