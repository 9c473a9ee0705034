"""The truth about the demo: what was planted is what the shipped rulebooks find."""

from __future__ import annotations

import json

import pytest

from tests.streams.demo.exactness import OTHER_SEEDS, RULEBOOKS, compare, reported_rules
from touchrules.language.load import load_rulebooks
from touchrules.streams.demo.files import SHIPPED_SEED
from touchrules.streams.demo.generate import generate
from touchrules.streams.demo.truth import NOT_PLANTED, make_truth

# All breaches once and some more; `python -m tests.streams.demo.exactness` does the same at full size.
TOUCHES = 1_100


@pytest.mark.parametrize("seed", [SHIPPED_SEED, *OTHER_SEEDS])
def test_every_planted_breach_is_found_and_nothing_else(seed: int) -> None:
    assert compare(TOUCHES, seed).differences() == []


def test_every_shipped_rule_is_planted_or_it_is_told_why_not() -> None:
    rules = reported_rules(load_rulebooks([RULEBOOKS]))
    assert set(generate(TOUCHES, 1).planted) | set(NOT_PLANTED) == rules


def test_a_big_company_breaks_all_rules_but_those_that_are_switched_off() -> None:
    rules = reported_rules(load_rulebooks([RULEBOOKS]))
    truth = json.loads(make_truth(generate(20_000, 1), 1))
    assert set(truth["planted"]) == rules - set(truth["not_planted"])
    assert all("switched off" in why for why in truth["not_planted"].values())


def test_no_touch_is_planted_twice_for_one_rule() -> None:
    planted = generate(20_000, 3).planted
    assert [rule for rule, ids in planted.items() if len(ids) != len(set(ids))] == []


def test_all_planted_touches_are_in_the_file() -> None:
    ledger = generate(3_000, 4)
    written = {line.split(",", 1)[0] for line in ledger.lines}
    assert [ids for ids in ledger.planted.values() if not written.issuperset(ids)] == []
