"""The touches that decide what rules find at some touches: enough of them, and no more than need be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.replay.findings import DAY, START, stream_of
from touchrules.engines.plan import make_plan
from touchrules.language.load import parse_rulebooks
from touchrules.replay.neighbourhood import Neighbourhoods, Part

WHO = {"c1": ("a1", "r1"), "c2": ("a1", "r2"), "c3": ("a2", "r1"), "c4": ("a2", "r2"), "c5": (None, None)}


def near(rules: str, facts: str = "") -> Neighbourhoods:
    """Over five touches, of the contacts c1 to c5, one a day."""
    text = f"rulebook: b\nlanguage: 1\n{facts}\nrules:\n{rules}"
    touches: list[dict[str, Any]] = [
        {"touch_id": f"t{number}", "at": START + number * DAY, "contact_id": contact, "account_id": account}
        | {"rep_id": rep, "kind": "call", "stage": ["won", None][number % 2]}
        for number, (contact, (account, rep)) in enumerate(WHO.items())
    ]
    stream = stream_of(touches)
    books = parse_rulebooks({"b.rulebook.yaml": text})
    return Neighbourhoods(make_plan(books, stream.types), stream)


def rule(name: str, more: str) -> str:
    return f"  - {{id: {name}, title: T, severity: low, when: {{kind: call}}, {more}}}\n"


def found(where: Neighbourhoods, part: Part, row: int = 0) -> list[int]:
    rows = where.find([part], np.array([row]))
    assert rows is not None
    return rows.tolist()


@pytest.mark.parametrize(
    ("per", "rows"),
    [
        ("contact", [0]),
        ("account", [0, 1]),
        ("rep", [0, 2]),
        ("[account_id, rep_id]", [0]),
        ("[kind]", [0, 1, 2, 3, 4]),
        ("[stage]", [0, 2, 4]),
    ],
)
def test_a_rule_is_decided_by_the_touches_with_its_key(per: str, rows: list[int]) -> None:
    text = rule("many", f"where: [{{count: {{kind: call}}, per: {per}, more_than: 1}}]")
    assert found(near(text), Part("rule", "many")) == rows


def test_a_touch_without_the_key_is_decided_by_itself() -> None:
    text = rule("many", "where: [{count: {kind: call}, per: rep, more_than: 1}]")
    assert found(near(text), Part("rule", "many"), 4) == [4]


def test_what_is_counted_must_itself_be_right() -> None:
    text = rule("first", "where: [{never: {kind: call}, per: account}]")
    text += rule("many", "where: [{count: {found: first}, per: rep, more_than: 1}]")
    assert found(near(text), Part("rule", "many")) == [0, 1, 2, 3]
    assert found(near(text), Part("rule", "first")) == [0, 1]


def test_touches_of_another_key_are_not_followed_where_nothing_is_decided_there() -> None:
    text = rule("many", "where: [{count: {kind: call}, per: rep, more_than: 1}, {seen: {}, per: account}]")
    assert found(near(text), Part("rule", "many")) == [0, 1, 2]


def test_a_fact_is_decided_where_it_is_asserted_and_where_it_is_met() -> None:
    facts = "facts:\n  known: {per: account}\n  met: {per: contact}"
    text = rule("asserting", "where: [{seen: {kind: call}, per: rep}], asserts: known")
    text += rule("asking", "given: known")
    text += rule("waiting", "expect: {touch: {kind: call}, per: account, by: 2d}, met_asserts: met")
    where = near(text, facts)
    assert found(where, Part("rule", "asking")) == [0, 1, 2, 3]
    assert found(where, Part("fact", "met")) == [0, 1]
    assert found(where, Part("expect", "waiting")) == [0, 1]
    assert where.keys_of(Part("rule", "asking")) == (("account_id",), ("rep_id",))


def test_more_than_may_be_are_none() -> None:
    text = rule("many", "where: [{count: {kind: call}, per: account, more_than: 1}]")
    assert near(text).find([Part("rule", "many")], np.array([0]), most=1) is None
    assert near(text).find([Part("rule", "many")], np.array([0]), most=2) is not None
