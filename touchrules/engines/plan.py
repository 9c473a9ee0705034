"""What is to be decided for each touch, in which order: the same for all engines."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from touchrules.engines.binding import (
    ColumnTypes,
    Names,
    bind_expectation,
    bind_filter,
    bind_test,
    found_in,
    signal_column,
)
from touchrules.language.walk import filters_of_test, names_for_stages, walk_tests
from touchrules.model.filters import AllOf, Filter
from touchrules.model.lookbacks import Last, LookBackTest, Never, Seen, Test
from touchrules.model.rules import Expectation, Fact, Rule, Rulebook
from touchrules.model.signals import Signal
from touchrules.model.touches import KEYS
from touchrules.streams.instants import read_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRule:
    """A rule over columns. `when` holds the rulebook's `applies_to` too; `since` and `until` are instants."""

    rule: Rule
    rulebook: Rulebook
    stage: int
    when: Filter
    where: tuple[Test, ...]
    expect: Expectation | None
    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFact:
    """A fact over columns."""

    fact: Fact
    key: str
    asserted_by: Filter | None
    until: Filter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Rulebooks tied to one stream. `rules` are those that are enabled, in the order of their stages."""

    rules: tuple[PlannedRule, ...]
    facts: Mapping[str, PlannedFact]
    signals: Mapping[str, Signal]
    signal_fields: Mapping[str, tuple[str, str]]
    """Signal column -> (rulebook, name of the signal in it)."""

    @property
    def stages(self) -> int:
        """The number of stages."""
        return max((rule.stage for rule in self.rules), default=0)


def make_plan(rulebooks: Sequence[Rulebook], types: ColumnTypes, timezone: str = "UTC") -> Plan:
    """Tie rulebooks to a stream whose columns have these types.

    The rulebooks must be free of problems, also beside each other and on these types (see
    `touchrules.language`). Fields that the stream lacks are missing everywhere.
    """
    names = {book.name: Names(rulebook=book, types=types) for book in rulebooks}
    stages = _find_stages(rulebooks)
    rules = [
        _plan_rule(rule, names[book.name], stages[rule.id], timezone)
        for book in rulebooks
        for rule in book.rules
        if rule.enabled
    ]
    facts: dict[str, PlannedFact] = {}
    for book in rulebooks:
        for fact in book.facts.values():
            facts.setdefault(fact.name, _plan_fact(fact, names[book.name]))
    signals = {
        signal_column(book.name, name): (book.name, name, signal)
        for book in rulebooks
        for name, signal in book.signals.items()
    }
    return Plan(
        rules=tuple(sorted(rules, key=lambda planned: planned.stage)),
        facts=facts,
        signals={column: signal for column, (_, _, signal) in signals.items()},
        signal_fields={column: (book, name) for column, (book, name, _) in signals.items()},
    )


def _plan_rule(rule: Rule, names: Names, stage: int, timezone: str) -> PlannedRule:
    effective = rule.effective
    return PlannedRule(
        rule=rule,
        rulebook=names.rulebook,
        stage=stage,
        when=flatten(
            AllOf(filters=(bind_filter(names.rulebook.applies_to, names), bind_filter(rule.when, names)))
        ),
        where=tuple(bind_test(test, names) for test in rule.where),
        expect=None if rule.expect is None else bind_expectation(rule.expect, names),
        since=None if effective.since is None else read_instant(effective.since, timezone),
        until=None if effective.until is None else read_instant(effective.until, timezone),
    )


def _plan_fact(fact: Fact, names: Names) -> PlannedFact:
    return PlannedFact(
        fact=fact,
        key=KEYS[fact.per],
        asserted_by=None if fact.asserted_by is None else bind_filter(fact.asserted_by, names),
        until=None if fact.until is None else bind_filter(fact.until, names),
    )


def flatten(tree: AllOf) -> AllOf:
    """Return the same filter with the filters of inner `AllOf`s beside the others.

    >>> flatten(AllOf(filters=(AllOf(), AllOf(filters=(AllOf(),)))))
    AllOf(filters=())
    """
    filters: list[Filter] = []
    for one in tree.filters:
        filters.extend(flatten(one).filters if isinstance(one, AllOf) else (one,))
    return AllOf(filters=tuple(filters))


def _find_stages(rulebooks: Sequence[Rulebook]) -> dict[str, int]:
    """Return the stage of each rule: one past the latest of those that its `when` and `where` name."""
    named: dict[str, frozenset[str]] = {}
    for book in rulebooks:
        for rule in book.rules:
            names = names_for_stages(book, rule)
            named[rule.id] = frozenset(other for one in names for other in one.rules)
    stages: dict[str, int] = {}

    def stage(rule: str) -> int:
        if rule not in stages:
            stages[rule] = 1 + max((stage(other) for other in named[rule]), default=0)
        return stages[rule]

    for name in named:
        stage(name)
    return stages


def lookbacks_in(tests: Sequence[Test]) -> tuple[LookBackTest, ...]:
    """Return the look backs among tests, at any depth, as their trackers are shared (see `tracked`)."""
    found = (tracked(test) for test in walk_tests(tests) if isinstance(test, LookBackTest))
    return tuple(dict.fromkeys(found))


def tracked(test: LookBackTest) -> LookBackTest:
    """Return a look back without what it is compared with: tests that differ only in that share work."""
    match test:
        case Never(of=of, per=per, window=window):
            return Seen(of=of, per=per, window=window)
        case Seen() | Last():
            return test
        case _:
            return dataclasses.replace(test, compare=())


def stage_of(test: LookBackTest, stages: Mapping[str, int]) -> int:
    """Return the first stage at which all that a look back names is decided."""
    return 1 + max((stages.get(rule, 0) for rule in found_in(*filters_of_test(test))), default=0)
