"""Walks through the filters and tests of a rulebook, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from touchrules.model.filters import AllOf, AnyOf, FieldTest, Filter, Found, Not
from touchrules.model.lookbacks import (
    AnyTest,
    Average,
    Count,
    Distinct,
    FactHolds,
    Gap,
    Last,
    LookBack,
    Never,
    NotTest,
    Seen,
    Share,
    Sum,
    Test,
)
from touchrules.model.rules import Fact, Rule, Rulebook


def walk_filter(filter_: Filter) -> Iterator[Filter]:
    """Yield a filter and every filter inside it."""
    yield filter_
    match filter_:
        case AllOf() | AnyOf():
            for inner in filter_.filters:
                yield from walk_filter(inner)
        case Not():
            yield from walk_filter(filter_.filter)
        case Found() | FieldTest():
            return
        case _:
            assert_never(filter_)


def walk_tests(tests: Iterable[Test]) -> Iterator[Test]:
    """Yield tests and every test inside their `any` and `not`."""
    for test in tests:
        yield test
        match test:
            case AnyTest():
                yield from walk_tests(test.tests)
            case NotTest():
                yield from walk_tests((test.test,))
            case LookBack() | FactHolds():
                continue
            case _:
                assert_never(test)


def filters_of_test(test: Test) -> Iterator[Filter]:
    """Yield the filters that a test itself holds, not those of the tests inside it."""
    match test:
        case Count() | Distinct() | Sum() | Average() | Seen() | Never() | Gap():
            yield test.of
        case Share():
            yield test.share
            yield test.of
        case Last():
            yield test.of
            yield test.has
        case AnyTest() | NotTest() | FactHolds():
            return
        case _:
            assert_never(test)
    if test.window.since_last is not None:
        yield test.window.since_last


def filters_of_where(rule: Rule) -> Iterator[Filter]:
    """Yield the filters of the tests in `where`."""
    for test in walk_tests(rule.where):
        yield from filters_of_test(test)


def filters_of_rule(rule: Rule) -> Iterator[Filter]:
    """Yield the filters of a rule: `when`, those in `where`, and those of what it expects."""
    yield rule.when
    yield from filters_of_where(rule)
    if rule.expect is not None:
        yield rule.expect.touch
        if rule.expect.cancel is not None:
            yield rule.expect.cancel


def filters_of_fact(fact: Fact) -> Iterator[Filter]:
    """Yield the filters of a fact: `from` and `until`."""
    yield from (filter_ for filter_ in (fact.asserted_by, fact.until) if filter_ is not None)


def names_for_stages(rulebook: Rulebook, rule: Rule) -> Iterator[Found]:
    """Yield each `found` that must be worked out before the rule: in applies_to, `when` and `where`."""
    for filter_ in (rulebook.applies_to, rule.when, *filters_of_where(rule)):
        yield from (inner for inner in walk_filter(filter_) if isinstance(inner, Found))


def filters_of_rulebook(rulebook: Rulebook) -> Iterator[tuple[str, Filter]]:
    """Yield every filter with what it belongs to: `rule two-voicemails`, `fact known`, or ""."""
    yield "", rulebook.applies_to
    for fact in rulebook.facts.values():
        yield from ((f"fact {fact.name}", filter_) for filter_ in filters_of_fact(fact))
    for rule in rulebook.rules:
        yield from ((f"rule {rule.id}", filter_) for filter_ in filters_of_rule(rule))
