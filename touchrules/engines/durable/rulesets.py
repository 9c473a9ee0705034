"""A plan as rulesets for durable_rules, each small enough for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from touchrules.engines.binding import found_in
from touchrules.engines.columns import Layout, Touch
from touchrules.engines.durable.conditions import (
    ALWAYS,
    NEVER,
    Condition,
    Every,
    Leaf,
    count_alternatives,
    is_too_large,
    simplify,
    write_condition,
)
from touchrules.engines.durable.properties import (
    TokenProperty,
    TouchProperty,
    compile_token,
    compile_touch,
)
from touchrules.engines.durable.tokenconditions import StageView, TokenConditions
from touchrules.engines.durable.touchconditions import TouchConditions
from touchrules.engines.durable.wire import TOUCH_RULE, write_word
from touchrules.engines.kinds import kinds_of
from touchrules.engines.plan import Plan, PlannedRule
from touchrules.model.filters import AllOf, Filter, Found
from touchrules.model.lookbacks import FactHolds, LookBackTest, NotTest, Test

# What one ruleset of durable_rules 2.0.28 holds, with room to spare.
_MAX_BRANCHES: Final = 48
_MAX_PROPERTIES: Final = 200
_MAX_FACTS_IN_A_RULE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledRule:
    """A rule as conditions: on the token of its stage, on the touch, on facts and on found marks."""

    id: str
    stage: int
    token: Condition
    touch: Condition
    given: tuple[str, ...]
    unless: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(slots=True)
class Shard:
    """One ruleset: its rules and the properties of its messages."""

    rules: list[CompiledRule] = field(default_factory=list)
    touch_properties: set[str] = field(default_factory=set)
    token_properties: set[str] = field(default_factory=set)
    branches: int = 2

    def has_room(self, rule: CompiledRule) -> bool:
        """Return whether a rule fits in."""
        touch = self.touch_properties | properties_of(rule.touch)
        token = self.token_properties | properties_of(rule.token)
        fits = self.branches + _branches(rule) <= _MAX_BRANCHES
        return fits and len(touch) <= _MAX_PROPERTIES and len(token) <= _MAX_PROPERTIES

    def add(self, rule: CompiledRule) -> None:
        """Put a rule in."""
        self.rules.append(rule)
        self.touch_properties |= properties_of(rule.touch)
        self.token_properties |= properties_of(rule.token)
        self.branches += _branches(rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """A shard ready for durable_rules: `definition` is its JSON, the writers make its messages.

    `touch_properties` and, for each stage, `token_properties` tell what the writers write.
    """

    name: str
    definition: dict[str, Any]
    facts: tuple[str, ...]
    joined: frozenset[str]
    touch_properties: Mapping[str, TouchProperty]
    token_properties: Mapping[int, Mapping[str, TokenProperty]]
    write_touch: Callable[[Touch], str]
    write_token: Mapping[int, Callable[[StageView], str]]


def compile_rulesets(
    plan: Plan, layout: Layout, slots: Mapping[LookBackTest, int]
) -> tuple[tuple[Ruleset, ...], Mapping[str, int]]:
    """Return the rulesets of a plan, and for each rule the position of its ruleset.

    A rule that can never find anything is in none.
    """
    touches, tokens = TouchConditions(layout), TokenConditions(layout, slots)
    shards: list[Shard] = []
    homes: dict[str, int] = {}
    for planned in sorted(plan.rules, key=_group):
        rule = _compile_rule(planned, touches, tokens)
        if NEVER in (rule.touch, rule.token):
            continue
        homes[rule.id] = _place(rule, shards, homes, tokens)
    write = partial(_write_ruleset, touches=touches, tokens=tokens, layout=layout, slots=slots)
    return tuple(write(f"touchrules-{n}", shard) for n, shard in enumerate(shards)), homes


def _group(planned: PlannedRule) -> tuple[str, int]:
    """Return by what rules are put together: those of one kind of touch, so that it meets few rulesets."""
    kinds = kinds_of(planned.when)
    return ("" if kinds is None else ",".join(sorted(kinds)), planned.stage)


def _compile_rule(planned: PlannedRule, touches: TouchConditions, tokens: TokenConditions) -> CompiledRule:
    rule = planned.rule
    of_touch, of_stage, found = _split(planned.when)
    given, unless, where = _split_facts(rule.given, rule.unless, planned.where)
    tests = simplify(Every(tuple(tokens.compile(test) for test in where)))
    if is_too_large(tests):
        tests = tokens.verdict(where)
    token = [tests, tokens.effective(planned.since, planned.until), *map(tokens.found, of_stage)]
    if set(given).intersection(unless):
        token.append(NEVER)
    return CompiledRule(
        id=rule.id,
        stage=planned.stage,
        token=simplify(Every(tuple(token))),
        touch=touches.compile(AllOf(filters=tuple(of_touch))),
        given=given,
        unless=unless,
        found=tuple(found),
    )


def _split(when: Filter) -> tuple[list[Filter], list[Filter], list[str]]:
    """Split `when` into what the touch alone decides, what needs its stage, and the marks it joins."""
    of_touch: list[Filter] = []
    of_stage: list[Filter] = []
    marks: list[str] = []
    for one in when.filters if isinstance(when, AllOf) else (when,):
        match one:
            case Found(rules=(only,)) if len(marks) < 2:
                marks.append(only)
            case _ if found_in(one):
                of_stage.append(one)
            case _:
                of_touch.append(one)
    return of_touch, of_stage, list(dict.fromkeys(marks))


def _split_facts(
    given: tuple[str, ...], unless: tuple[str, ...], where: Sequence[Test]
) -> tuple[tuple[str, ...], tuple[str, ...], list[Test]]:
    """Split off the facts that a rule joins with; what is too much for one rule is told by its token."""
    tests: list[Test] = [FactHolds(fact=fact) for fact in given]
    tests += [NotTest(test=FactHolds(fact=fact)) for fact in unless]
    joined: list[str] = []
    forbidden: list[str] = []
    rest: list[Test] = []
    for test in (*tests, *where):
        full = len(joined) + len(forbidden) >= _MAX_FACTS_IN_A_RULE
        match test:
            case FactHolds(fact=fact) if not full:
                joined.append(fact)
            case NotTest(test=FactHolds(fact=fact)) if not full:
                forbidden.append(fact)
            case _:
                rest.append(test)
    return tuple(dict.fromkeys(joined)), tuple(dict.fromkeys(forbidden)), rest


def _place(rule: CompiledRule, shards: list[Shard], homes: Mapping[str, int], tokens: TokenConditions) -> int:
    """Put a rule into the shard of the rules that it joins, or let its token tell of them."""
    sources = {homes.get(one) for one in rule.found}
    home = next(iter(sources)) if len(sources) == 1 else None
    if home is not None and shards[home].has_room(rule):
        shards[home].add(rule)
        return home
    told = [tokens.found(Found(rules=(one,))) for one in rule.found]
    rule = CompiledRule(
        id=rule.id,
        stage=rule.stage,
        token=simplify(Every((rule.token, *told))),
        touch=rule.touch,
        given=rule.given,
        unless=rule.unless,
        found=(),
    )
    position = next((n for n, shard in enumerate(shards) if shard.has_room(rule)), len(shards))
    if position == len(shards):
        shards.append(Shard())
    shards[position].add(rule)
    return position


def _write_ruleset(
    name: str,
    shard: Shard,
    *,
    touches: TouchConditions,
    tokens: TokenConditions,
    layout: Layout,
    slots: Mapping[LookBackTest, int],
) -> Ruleset:
    definition: dict[str, Any] = {TOUCH_RULE: {"all": [{"t": {"is": "touch"}}], "run": TOUCH_RULE}}
    for rule in shard.rules:
        definition[rule.id] = {"all": _write_conditions(rule), "run": f"found:{rule.id}"}
    stages = sorted({rule.stage for rule in shard.rules})
    of_touch = touches.properties.select(sorted(shard.touch_properties))
    of_token = {stage: _token_properties(shard, stage, tokens) for stage in stages}
    return Ruleset(
        name=name,
        definition=definition,
        facts=tuple(dict.fromkeys(fact for rule in shard.rules for fact in (*rule.given, *rule.unless))),
        joined=frozenset(one for rule in shard.rules for one in rule.found),
        touch_properties=of_touch,
        token_properties=of_token,
        write_touch=compile_touch(of_touch, layout),
        write_token={stage: compile_token(of_token[stage], layout, slots) for stage in stages},
    )


def _token_properties(shard: Shard, stage: int, tokens: TokenConditions) -> dict[str, TokenProperty]:
    names = {name for rule in shard.rules if rule.stage == stage for name in properties_of(rule.token)}
    return tokens.properties.select(sorted(names))


def _write_conditions(rule: CompiledRule) -> list[dict[str, Any]]:
    token = simplify(Every((Leaf("is", "==", "stage"), Leaf("stage", "==", rule.stage), rule.token)))
    conditions = [{"s": write_condition(token)}]
    if rule.touch != ALWAYS:
        touch = simplify(Every((Leaf("is", "==", "touch"), rule.touch)))
        conditions.append({"t": write_condition(touch)})
    conditions += [{f"f{n}": {"fact": write_word(fact)}} for n, fact in enumerate(rule.given)]
    conditions += [{f"n{n}$not": {"fact": write_word(fact)}} for n, fact in enumerate(rule.unless)]
    for n, source in enumerate(rule.found):
        mark = Every((Leaf("is", "==", "found"), Leaf("rule", "==", source)))
        conditions.append({f"m{n}": write_condition(mark)})
    return conditions


def properties_of(condition: Condition) -> set[str]:
    """Return the names of the properties that a condition reads."""
    if isinstance(condition, Leaf):
        return {condition.property}
    return {name for one in condition.conditions for name in properties_of(one)}


def _branches(rule: CompiledRule) -> int:
    return max(count_alternatives(rule.touch), count_alternatives(rule.token), 1)
