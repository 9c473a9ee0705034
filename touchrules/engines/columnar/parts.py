"""Which rules, expectations and facts of a plan build on which, and which of them go round in loops.

A loop always passes through a fact: a rule sees only facts of earlier touches, so that each touch of a loop
can be decided from those before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from touchrules.engines.binding import found_in
from touchrules.engines.plan import Plan, PlannedRule
from touchrules.language.walk import filters_of_test, walk_tests
from touchrules.model.filters import Filter
from touchrules.model.lookbacks import FactHolds


class Part(NamedTuple):
    """One thing to work out: what a rule accepts, how its expectations end, or when a fact stands."""

    sort: Literal["rule", "expect", "fact"]
    name: str


Reads = Mapping[Part, Sequence[Part]]


def find_reads(plan: Plan) -> Reads:
    """Return what each part of a plan reads."""
    rules = {planned.rule.id for planned in plan.rules}
    reads: dict[Part, list[Part]] = {}
    for planned in plan.rules:
        rule = planned.rule
        facts = [Part("fact", name) for name in _facts_of(planned)]
        named = found_in(*_filters_before(planned)) & rules
        reads[Part("rule", rule.id)] = [*facts, *(Part("rule", one) for one in sorted(named))]
        if planned.expect is not None:
            later = [planned.expect.touch]
            later += [] if planned.expect.cancel is None else [planned.expect.cancel]
            there = found_in(*later) & rules
            reads[Part("expect", rule.id)] = [
                Part("rule", rule.id),
                *(Part("rule", one) for one in sorted(there)),
            ]
    for name, fact in plan.facts.items():
        by = [one for one in (fact.asserted_by, fact.until) if one is not None]
        named = found_in(*by) & rules
        reads[Part("fact", name)] = [*(Part("rule", one) for one in sorted(named)), *_told_by(name, plan)]
    return reads


def _told_by(fact: str, plan: Plan) -> Iterator[Part]:
    """Yield the parts that assert a fact: rules, and expectations that break or are met."""
    for planned in plan.rules:
        rule = planned.rule
        if planned.expect is None:
            if rule.asserts == fact:
                yield Part("rule", rule.id)
        elif fact in (rule.asserts, rule.met_asserts):
            yield Part("expect", rule.id)


def _facts_of(planned: PlannedRule) -> list[str]:
    asked = [test.fact for test in walk_tests(planned.where) if isinstance(test, FactHolds)]
    return sorted({*asked, *planned.rule.given, *planned.rule.unless})


def _filters_before(planned: PlannedRule) -> list[Filter]:
    filters = [planned.when]
    for test in walk_tests(planned.where):
        filters += filters_of_test(test)
    return filters


def arrange(reads: Reads) -> list[tuple[Part, ...]]:
    """Return all parts so that each follows those that it reads; those of one loop stand together.

    Parts that stand alone but read themselves are loops too: `is_loop` tells.
    """
    arranged: list[tuple[Part, ...]] = []
    number: dict[Part, int] = {}
    lowest: dict[Part, int] = {}
    path: list[Part] = []
    on_path: set[Part] = set()
    for root in reads:
        if root in number:
            continue
        work = [(root, iter(reads[root]))]
        _enter(root, number, lowest, path, on_path)
        while work:
            part, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[part])
                if lowest[part] == number[part]:
                    arranged.append(_leave(part, path, on_path))
            elif following not in number:
                _enter(following, number, lowest, path, on_path)
                work.append((following, iter(reads[following])))
            elif following in on_path:
                lowest[part] = min(lowest[part], number[following])
    return arranged


def _enter(
    part: Part, number: dict[Part, int], lowest: dict[Part, int], path: list[Part], on_path: set[Part]
) -> None:
    number[part] = lowest[part] = len(number)
    path.append(part)
    on_path.add(part)


def _leave(part: Part, path: list[Part], on_path: set[Part]) -> tuple[Part, ...]:
    members: list[Part] = []
    while not members or members[-1] != part:
        members.append(path.pop())
        on_path.discard(members[-1])
    return tuple(members[::-1])


def is_loop(parts: tuple[Part, ...], reads: Reads) -> bool:
    """Return whether parts that stand together read each other, or one reads itself."""
    return len(parts) > 1 or parts[0] in reads[parts[0]]
