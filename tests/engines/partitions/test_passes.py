"""Which passes a plan needs, and in which order."""

from __future__ import annotations

import pytest

from touchrules.engines.columnar.builder import Builder
from touchrules.engines.columnar.engine import wanted_of
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.rules import PlanNodes
from touchrules.engines.columnar.store import ColumnStore
from touchrules.engines.partitions.passes import EVERYONE, Pass, plan_passes
from touchrules.engines.plan import make_plan
from touchrules.language.load import parse_rulebooks
from touchrules.streams.records import read_records

TOUCH = {"touch_id": "t1", "at": "2025-03-03", "contact_id": "c1", "kind": "call", "rep_id": "r1"}
RULE = "- {id: %s, title: T, severity: low, when: {}, where: [{%s}]%s}\n"


def passes(*rules: str, facts: str = "{}") -> list[Pass]:
    text = f"rulebook: b\nlanguage: 1\nfacts: {facts}\nrules:\n{''.join(rules)}"
    stream = read_records([TOUCH])
    plan = make_plan(parse_rulebooks({"b.rulebook.yaml": text}), stream.types)
    graph = Graph()
    nodes = PlanNodes(Builder(graph, ColumnStore(stream, plan.signals), plan), 0)
    return plan_passes(graph, wanted_of(nodes))


def test_rules_that_look_back_on_contacts_need_one_pass() -> None:
    found = passes(RULE % ("one", "seen: {}", ""), RULE % ("other", "count: {found: one}, more_than: 2", ""))
    assert [step.key for step in found] == ["contact_id"]
    assert not found[0].hands_on


def test_what_a_later_pass_needs_is_handed_on_to_it() -> None:
    first = RULE % ("one", "seen: {}", "")
    by_rep = RULE % ("other", "sum: duration_s, of: {found: one}, per: rep, at_least: 1", "")
    found = passes(first, by_rep)
    keys = [step.key for step in found]
    assert keys.index("rep_id") < len(keys) - 1
    handed = [node for step in found for node in step.hands_on]
    assert sorted(handed) == sorted({node for step in found for node in step.takes})


@pytest.mark.parametrize(("per", "key"), [("contact", "contact_id"), ("rep", EVERYONE)])
def test_a_loop_through_several_keys_needs_everyone(per: str, key: str) -> None:
    rule = RULE % ("one", "seen: {}", ", unless: told, given: met, asserts: told")
    facts = f"{{told: {{per: contact}}, met: {{from: {{found: one}}, per: {per}}}}}"
    assert key in [step.key for step in passes(rule, facts=facts)]
