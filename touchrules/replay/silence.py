"""Which rules lack fields on a stream, and which of them can find nothing there for that reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from touchrules.engines.plan import Plan, PlannedRule, make_plan
from touchrules.engines.predicates import compares
from touchrules.language.fits import fields_read
from touchrules.language.walk import walk_tests
from touchrules.model.filters import EVERY_TOUCH, AllOf, AnyOf, FieldTest, Filter, Found, Not
from touchrules.model.lookbacks import (
    AnyTest,
    Average,
    Count,
    Distinct,
    FactHolds,
    Gap,
    Last,
    Never,
    NotTest,
    Seen,
    Share,
    Sum,
    Test,
)
from touchrules.model.rules import Fact, FieldOffset, Rule, Rulebook
from touchrules.model.signals import MentionCount
from touchrules.model.touches import KEYS, FieldType

Types = Mapping[str, FieldType | None]
"""The fields of a stream; those that no touch has are None or not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingRule:
    """A rule that reads fields which no touch has: itself, or through its signals and facts.

    `silent`: for want of them it can find nothing; else it can still find something.
    """

    rulebook: str
    rule: str
    absent: tuple[str, ...]
    silent: bool


def find_lacking_rules(rulebooks: Sequence[Rulebook], types: Types) -> tuple[LackingRule, ...]:
    """Return the enabled rules that read a field which no touch has, in the order of the rulebooks."""
    hopes = _find_hopes(make_plan(rulebooks, types), types)
    facts = {fact.name: (fact, book) for book in reversed(rulebooks) for fact in book.facts.values()}
    lacking = []
    for book in rulebooks:
        for rule in book.rules:
            absent = {name for name in _fields(rule, book, facts) if types.get(name) is None}
            if rule.enabled and absent:
                silent = rule.id not in hopes.rules
                lacking.append(
                    LackingRule(rulebook=book.name, rule=rule.id, absent=tuple(sorted(absent)), silent=silent)
                )
    return tuple(lacking)


def _fields(rule: Rule, book: Rulebook, facts: Mapping[str, tuple[Fact, Rulebook]]) -> Iterator[str]:
    """Yield the fields that a rule reads, those behind its signals and of the facts that it asks for."""
    yield from _columns(dataclasses.replace(book, facts={}, rules=(rule,)), book)
    asked = {test.fact for test in walk_tests(rule.where) if isinstance(test, FactHolds)}
    for name in {*rule.given, *rule.unless, *asked}:
        fact, home = facts[name]
        alone = dataclasses.replace(home, applies_to=EVERY_TOUCH, facts={name: fact}, rules=())
        yield KEYS[fact.per]
        yield from _columns(alone, home)


def _columns(part: Rulebook, book: Rulebook) -> Iterator[str]:
    """Yield the columns that part of a rulebook reads, those behind its signals too."""
    for use in fields_read(dataclasses.replace(part, signals={})):
        signal = book.signals.get(use.name)
        yield use.name if signal is None else signal.field
        if isinstance(signal, MentionCount):
            yield from signal.mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hopes:
    """What can happen, as far as is known: columns that some touch has, findings, facts that stand."""

    columns: frozenset[str]
    rules: set[str]
    facts: set[str]

    def size(self) -> int:
        """Return how much can happen."""
        return len(self.rules) + len(self.facts)


def _find_hopes(plan: Plan, types: Types) -> _Hopes:
    """Return what can happen at all: it grows from nothing until nothing more follows."""
    fields = {name for name, kind in types.items() if kind is not None}
    signals = {name for name, signal in plan.signals.items() if signal.field in fields}
    keyed = {name for name, fact in plan.facts.items() if fact.key in fields}
    hopes, before = _Hopes(columns=frozenset(fields | signals), rules=set(), facts=set()), -1
    while hopes.size() > before:
        before = hopes.size()
        for name in keyed:
            asserted_by = plan.facts[name].asserted_by
            if asserted_by is not None and _can_accept(asserted_by, hopes):
                hopes.facts.add(name)
        for planned in plan.rules:
            if _can_find(planned, hopes):
                rule = planned.rule
                hopes.rules.add(rule.id)
                hopes.facts.update(keyed.intersection((rule.asserts, rule.met_asserts)))
    return hopes


def _can_find(planned: PlannedRule, hopes: _Hopes) -> bool:
    expect = planned.expect
    moments = () if expect is None else (expect.by, expect.after)
    return (
        _can_accept(planned.when, hopes)
        and hopes.facts.issuperset(planned.rule.given)
        and all(_can_hold(test, hopes) for test in planned.where)
        and all(not isinstance(one, FieldOffset) or one.field in hopes.columns for one in moments)
    )


def _can_accept(filter_: Filter, hopes: _Hopes) -> bool:
    """Whether a bound filter can say yes to a touch."""
    match filter_:
        case AllOf(filters=filters):
            return all(_can_accept(one, hopes) for one in filters)
        case AnyOf(filters=filters):
            return any(_can_accept(one, hopes) for one in filters)
        case Not(filter=inner):
            return not _must_accept(inner, hopes)
        case Found(rules=rules):
            return not hopes.rules.isdisjoint(rules)
        case FieldTest():
            return True
        case _:
            assert_never(filter_)


def _must_accept(filter_: Filter, hopes: _Hopes) -> bool:
    """Whether a bound filter says yes to every touch, whatever its fields."""
    match filter_:
        case AllOf(filters=filters):
            return all(_must_accept(one, hopes) for one in filters)
        case AnyOf(filters=filters):
            return any(_must_accept(one, hopes) for one in filters)
        case Not(filter=inner):
            return not _can_accept(inner, hopes)
        case Found() | FieldTest():
            return False
        case _:
            assert_never(filter_)


def _can_hold(test: Test, hopes: _Hopes) -> bool:
    """Whether a bound test of `where` can be true."""
    match test:
        case FactHolds(fact=fact):
            return fact in hopes.facts
        case AnyTest(tests=tests):
            return any(_can_hold(one, hopes) for one in tests)
        case NotTest() | Never():
            return True
    some = hopes.columns.issuperset(test.per) and _can_accept(test.of, hopes)
    match test:
        case Seen() | Gap():
            return some
        case Last(has=has):
            return some and _can_accept(has, hopes)
        case Average(field=field):
            return some and field in hopes.columns
        case Share(share=share):
            return some and (_can_accept(share, hopes) or compares(0.0, test.compare))
        case Count():
            return some or compares(0.0, test.compare)
        case Distinct(field=field) | Sum(field=field):
            return (some and field in hopes.columns) or compares(0.0, test.compare)
        case _:
            assert_never(test)
