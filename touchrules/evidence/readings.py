"""Which fields a rule reads, and on which touches it reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from touchrules.language.walk import filters_of_test, walk_filter, walk_tests
from touchrules.model.filters import (
    AllOf,
    AnyOf,
    ComparesField,
    Exists,
    FieldTest,
    Filter,
    Found,
    IsNoneOf,
    Not,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    UnlikeTrigger,
)
from touchrules.model.lookbacks import Average, Distinct, Last, LookBack, Sum, Test
from touchrules.model.rules import Expectation, FieldOffset, Rule, Rulebook
from touchrules.model.signals import MentionCount

TRIGGER_TESTS: Final = (SameAsTrigger, OtherThanTrigger, SimilarToTrigger, UnlikeTrigger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A field that a rule reads, by its name in the stream, on the touches that all of `beside` accept."""

    field: str
    beside: tuple[Filter, ...]


def readings_of(rule: Rule, book: Rulebook) -> Iterator[Reading]:
    """Yield what a rule reads: in its filters, by its keys, and for sums, matches and deadlines.

    A test is read on the touches that pass what stands beside it, tests of the same field left out. Not
    among them are fields of which the same filter says itself what it makes of a missing one, by `exists`
    or `not`.
    """
    when = AllOf(filters=(book.applies_to, rule.when))
    yield from _of_filter(when, (), book)
    for test in walk_tests(rule.where):
        yield from _of_test(test, when, book)
    if rule.expect is not None:
        yield from _of_expectation(rule.expect, when, book)


def _of_test(test: Test, when: Filter, book: Rulebook) -> Iterator[Reading]:
    if not isinstance(test, LookBack):
        return
    for name in test.per:
        yield from _read(name, (when,), book)
    if isinstance(test, Distinct | Sum | Average):
        yield from _read(test.field, (test.of,), book)
    if isinstance(test, Last):
        yield from _of_filter(test.of, (), book)
        yield from _of_filter(test.has, (test.of,), book)
        for inner in walk_filter(test.has):
            if isinstance(inner, TRIGGER_TESTS):
                yield from _read(inner.field, (when,), book)
        return
    for filter_ in filters_of_test(test):
        yield from _of_filter(filter_, (), book)


def _of_expectation(expect: Expectation, when: Filter, book: Rulebook) -> Iterator[Reading]:
    for name in expect.per:
        yield from _read(name, (when,), book)
    for later, trigger in expect.match:
        yield from _read(later, (expect.touch,), book)
        yield from _read(trigger, (when,), book)
    for moment in (expect.after, expect.by):
        if isinstance(moment, FieldOffset):
            yield from _read(moment.field, (when,), book)
    yield from _of_filter(expect.touch, (), book)
    if expect.cancel is not None:
        yield from _of_filter(expect.cancel, (), book)


def _of_filter(root: Filter, before: tuple[Filter, ...], book: Rulebook) -> Iterator[Reading]:
    minded = {
        name
        for one in walk_filter(root)
        if isinstance(one, Exists | IsNoneOf)
        for name in _columns(one.field, book)
    }
    for test, beside in _tests_in(root, before):
        names = {column for field in _fields(test) for column in _columns(field, book)}
        for name in sorted(names - minded):
            kept = tuple(one for one in beside if name not in _all_columns(one, book))
            yield Reading(field=name, beside=kept)


def _tests_in(filter_: Filter, beside: tuple[Filter, ...]) -> Iterator[tuple[FieldTest, tuple[Filter, ...]]]:
    """Yield each test of a field with the filters that stand beside it on the way to it."""
    match filter_:
        case AllOf(filters=filters):
            for position, one in enumerate(filters):
                others = filters[:position] + filters[position + 1 :]
                yield from _tests_in(one, (*beside, *others))
        case AnyOf(filters=filters):
            for one in filters:
                yield from _tests_in(one, beside)
        case Not(filter=inner):
            yield from _tests_in(inner, beside)
        case FieldTest():
            yield filter_, beside
        case Found():
            return


def _fields(test: FieldTest) -> tuple[str, ...]:
    return (test.field, test.other) if isinstance(test, ComparesField | SameAs) else (test.field,)


def _all_columns(filter_: Filter, book: Rulebook) -> set[str]:
    tests = (one for one in walk_filter(filter_) if isinstance(one, FieldTest))
    return {column for test in tests for field in _fields(test) for column in _columns(field, book)}


def _columns(field: str, book: Rulebook) -> tuple[str, ...]:
    """Return the fields behind a name: itself, or those that the signal of that name reads."""
    signal = book.signals.get(field)
    if signal is None:
        return (field,)
    return (signal.field, *signal.mentions) if isinstance(signal, MentionCount) else (signal.field,)


def _read(field: str, beside: tuple[Filter, ...], book: Rulebook) -> Iterator[Reading]:
    yield from (Reading(field=column, beside=beside) for column in _columns(field, book))


def is_about_kinds_alone(filter_: Filter) -> bool:
    """Say whether a filter asks for nothing but kinds and directions of touches."""
    return all(
        isinstance(one, AllOf | AnyOf | Not)
        or (isinstance(one, FieldTest) and one.field in ("kind", "direction"))
        for one in walk_filter(filter_)
    )
