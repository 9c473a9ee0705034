"""Rulebooks that durable_rules could not hold as they stand are decided all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.differential.agreement import find_difference
from tests.differential.examples import Example
from tests.differential.inprocess import run_engine_here
from tests.reference.evaluator import replay

START = 1_740_992_400_000_000
KINDS = ["call", "voicemail", "email", "meeting"]
TOUCHES = [
    {
        "touch_id": f"t{number:03}",
        "at": START + number * 3_600_000_000,
        "contact_id": f"c{number % 3}",
        "kind": KINDS[number % 4],
        "rep_id": f"r{number % 5}",
        "duration_s": number * 0.5,
        **({"outcome": "connected"} if number % 7 == 0 else {}),
    }
    for number in range(40)
]


def rule(number: int, **keys: Any) -> dict[str, Any]:
    """A rule that finds every touch, changed by the keys."""
    return {"id": f"rule-{number}", "title": f"Rule {number}", "severity": "low", "when": {}} | keys


def example(*rules: dict[str, Any], facts: dict[str, Any] | None = None) -> Example:
    """The rules on forty touches."""
    book = {"rulebook": "book", "language": 1, "rules": list(rules), "facts": facts or {}}
    return Example(rulebooks=[book], touches=TOUCHES, timezone="UTC", as_of=None, settings={})


MANY_FACTS = {f"fact {number}": {"from": {"rep_id": f"r{number % 5}"}} for number in range(20)}
LARGE = {
    "two hundred rules that all find the same touch": [rule(number) for number in range(200)],
    "six hundred values of one field": [
        rule(1, when={"rep_id": [f"r{number}" for number in range(3, 600)]}),
        rule(2, when={"rep_id": {"not": [f"r{number}" for number in range(3, 600)]}}),
    ],
    "six hundred rules of one value each": [rule(n, when={"rep_id": f"r{n}"}) for n in range(600)],
    "rules called as messages are": [
        rule(1, id="touch", when={"kind": "call"}),
        rule(2, id="found", when={"found": "touch"}),
        rule(3, id="stage", when={"found": ["found", "touch"]}),
    ],
    "forty tests in one rule": [
        rule(1, where=[{"count": {"kind": "call"}, "within": f"{n + 1}h", "at_most": n} for n in range(40)])
    ],
    "sixty alternatives in one rule": [
        rule(1, where=[{"any": [{"gap": {"duration_s": n / 2}, "less_than": "9h"} for n in range(60)]}])
    ],
    "nested alternatives of many filters": [
        rule(
            1,
            when={
                "any": [
                    {
                        "kind": kind,
                        "any": [{"duration_s": {"more_than": n}} for n in range(9)],
                        "rep_id": "r1",
                    }
                    for kind in KINDS
                ],
                "not": {"any": [{"rep_id": f"r{n}", "kind": "call"} for n in range(30)]},
            },
        )
    ],
    "a chain of twenty rules": [
        rule(0, when={"kind": "call"}),
        *(rule(n, when={"found": f"rule-{n - 1}", "rep_id": {"not": f"r{n}"}}) for n in range(1, 20)),
    ],
    "a rule that joins sixty others": [
        *(rule(n, when={"rep_id": f"r{n % 5}"}) for n in range(60)),
        rule(60, when={"found": [f"rule-{n}" for n in range(30)], "any": [{"found": "rule-50"}]}),
        rule(61, when={"found": "rule-3"}, where=[{"count": {"found": "rule-40"}, "at_least": 1}]),
    ],
    "numbers that JSON writes with an exponent": [
        rule(1, when={"duration_s": {"more_than": 1e-7, "less_than": 1e17}}),
        rule(
            2, where=[{"sum": "duration_s", "of": {}, "at_least": 1e-9, "less_than": 123456789012345680000.0}]
        ),
    ],
    "texts that JSON escapes": [
        rule(1, when={"rep_id": {"not": ['a"b', "back\\slash", "ü\u2028", "-", "x" * 5_000]}}),
        rule(2, when={"any": [{"kind": 'say "call"'}, {"kind": "call"}]}),
    ],
}


@pytest.mark.parametrize("what", LARGE)
def test_what_is_too_large_for_durable_rules_is_decided_all_the_same(what: str) -> None:
    large = example(*LARGE[what])

    assert find_difference(run_engine_here, large) is None
    assert replay(large.rulebooks, large.touches, "UTC", None, {})[0]


def test_twenty_facts_in_one_rule_are_decided_all_the_same() -> None:
    names = list(MANY_FACTS)
    large = example(rule(1, given=names), rule(2, unless=names), rule(3, given=names[:5]), facts=MANY_FACTS)

    assert find_difference(run_engine_here, large) is None
    assert replay(large.rulebooks, large.touches, "UTC", None, {})[0]
