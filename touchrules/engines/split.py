"""Takes a plan apart: into parts for several processes, or down to what one rule builds on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from touchrules.engines.binding import found_in
from touchrules.engines.plan import Plan, PlannedRule, lookbacks_in
from touchrules.language.walk import filters_of_test, walk_tests
from touchrules.model.filters import Filter
from touchrules.model.lookbacks import FactHolds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """Some rules and facts of a plan. `plan` holds beside them all that they build on."""

    plan: Plan
    rules: frozenset[str]
    facts: frozenset[str]


def split_plan(plan: Plan, parts: int) -> tuple[Part, ...]:
    """Return at most so many parts; each rule and each fact belongs to exactly one of them.

    What several parts build on, such as a rule that tells who is known, is decided in each of them anew.
    """
    rules = [planned.rule.id for planned in plan.rules]
    whole = Part(plan=plan, rules=frozenset(rules), facts=frozenset(plan.facts))
    if parts <= 1 or len(rules) <= 1:
        return (whole,)
    needs = _Needs(plan)
    owned: list[set[str]] = [set() for _ in range(parts)]
    held: list[set[str]] = [set() for _ in range(parts)]
    for rule in sorted(rules, key=lambda one: (-len(needs.of_rule(one)), one)):
        closure = needs.of_rule(rule)
        place = min(range(parts), key=lambda n: (needs.weight(held[n] | closure), n))
        owned[place].add(rule)
        held[place] |= closure
    return tuple(
        _part(plan, needs, mine, frozenset(plan.facts) if number == 0 else frozenset())
        for number, mine in enumerate(owned)
        if mine
    )


def narrow_plan(plan: Plan, rules: Iterable[str], facts: Iterable[str] = ()) -> Plan:
    """Return the plan of some rules and facts and of all that they build on."""
    return _part(plan, _Needs(plan), rules, frozenset(facts)).plan


def facts_of(planned: PlannedRule) -> set[str]:
    """Return the facts that a rule asks for."""
    asked = {test.fact for test in walk_tests(planned.where) if isinstance(test, FactHolds)}
    return asked.union(planned.rule.given, planned.rule.unless)


def _part(plan: Plan, needs: _Needs, rules: Iterable[str], facts: frozenset[str]) -> Part:
    mine = frozenset(rules)
    held = {one for rule in mine for one in needs.of_rule(rule)}
    held |= {one for fact in facts for one in needs.of_fact(fact)}
    kept = tuple(planned for planned in plan.rules if planned.rule.id in held)
    known = facts | {fact for planned in kept for fact in facts_of(planned)}
    known |= {fact for fact in plan.facts if needs.told_by(fact) & held}
    return Part(
        plan=dataclasses.replace(
            plan, rules=kept, facts={name: fact for name, fact in plan.facts.items() if name in known}
        ),
        rules=mine,
        facts=facts,
    )


class _Needs:
    """What each rule and each fact of a plan builds on."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rules = {planned.rule.id: planned for planned in plan.rules}
        self._told_by: dict[str, set[str]] = {fact: set() for fact in plan.facts}
        for planned in plan.rules:
            for fact in (planned.rule.asserts, planned.rule.met_asserts):
                if fact is not None:
                    self._told_by[fact].add(planned.rule.id)
        self._closures: dict[str, frozenset[str]] = {}

    def of_rule(self, rule: str) -> frozenset[str]:
        """Return the rules that a rule builds on, itself among them."""
        if rule not in self._closures:
            self._closures[rule] = self._closure([rule])  # a disabled rule is in no plan: it needs nothing
        return self._closures[rule]

    def of_fact(self, fact: str) -> frozenset[str]:
        """Return the rules that a fact builds on."""
        return self._closure(self._rules_of_fact(fact))

    def told_by(self, fact: str) -> set[str]:
        """Return the rules that assert a fact."""
        return self._told_by[fact]

    def weight(self, rules: Iterable[str]) -> int:
        """Return roughly how much work rules are."""
        return sum(2 + len(lookbacks_in(self._rules[rule].where)) for rule in rules)

    def _closure(self, rules: Iterable[str]) -> frozenset[str]:
        reached: set[str] = set()
        waiting = list(rules)
        while waiting:
            rule = waiting.pop()
            if rule not in reached and rule in self._rules:
                reached.add(rule)
                planned = self._rules[rule]
                waiting += found_in(*_filters_of(planned))
                for fact in facts_of(planned):
                    waiting += self._rules_of_fact(fact)
        return frozenset(reached)

    def _rules_of_fact(self, fact: str) -> set[str]:
        planned = self._plan.facts[fact]
        named = found_in(*(one for one in (planned.asserted_by, planned.until) if one is not None))
        return self._told_by[fact] | named


def _filters_of(planned: PlannedRule) -> list[Filter]:
    filters = [planned.when]
    for test in walk_tests(planned.where):
        filters += filters_of_test(test)
    if planned.expect is not None:
        filters += [planned.expect.touch]
        filters += [] if planned.expect.cancel is None else [planned.expect.cancel]
    return filters
