"""Which rules depend on which other parts of the rulebooks: rules, facts and signals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from touchrules.language.fits import fields_read
from touchrules.language.walk import (
    filters_of_fact,
    filters_of_rule,
    walk_filter,
    walk_tests,
)
from touchrules.model.filters import Filter, Found
from touchrules.model.lookbacks import FactHolds
from touchrules.model.rules import Fact, Rule, Rulebook

Part = tuple[str, str]
"""`("rule", id)`, `("fact", name)` or `("signal", "rulebook/name")`."""
Reads = Mapping[Part, frozenset[Part]]
"""What each part reads."""


def find_reads(rulebooks: Sequence[Rulebook]) -> Reads:
    """Return what each rule, fact and signal of the rulebooks reads."""
    reads: dict[Part, frozenset[Part]] = {}
    for book in rulebooks:
        for name in book.signals:
            reads["signal", f"{book.name}/{name}"] = frozenset()
        for rule in book.rules:
            reads["rule", rule.id] = frozenset(_read_by_rule(rule, book))
    for book in reversed(rulebooks):  # signals of a shared fact are those of the rulebook loaded first
        for fact in book.facts.values():
            asserting = {("rule", rule.id) for one in rulebooks for rule in one.rules if _asserts(rule, fact)}
            reads["fact", fact.name] = frozenset({*_read_by_fact(fact, book), *asserting})
    return reads


def _asserts(rule: Rule, fact: Fact) -> bool:
    return fact.name in (rule.asserts, rule.met_asserts)


def _read_by_rule(rule: Rule, book: Rulebook) -> set[Part]:
    asked = {test.fact for test in walk_tests(rule.where) if isinstance(test, FactHolds)}
    facts = {("fact", name) for name in {*rule.given, *rule.unless, *asked}}
    part = _alone(book, rules=(rule,))
    return {*facts, *_found_in((book.applies_to, *filters_of_rule(rule))), *_signals_of(part, book)}


def _read_by_fact(fact: Fact, book: Rulebook) -> set[Part]:
    return {*_found_in(filters_of_fact(fact)), *_signals_of(_alone(book, facts={fact.name: fact}), book)}


def _alone(book: Rulebook, rules: tuple[Rule, ...] = (), facts: Mapping[str, Fact] | None = None) -> Rulebook:
    applies = book.applies_to if rules else Rulebook(name="", language=1).applies_to
    return Rulebook(
        name=book.name, language=book.language, rules=rules, facts=facts or {}, applies_to=applies
    )


def _found_in(filters: Iterable[Filter]) -> set[Part]:
    inner = (one for filter_ in filters for one in walk_filter(filter_))
    return {("rule", name) for one in inner if isinstance(one, Found) for name in one.rules}


def _signals_of(part: Rulebook, book: Rulebook) -> set[Part]:
    return {("signal", f"{book.name}/{use.name}") for use in fields_read(part) if use.name in book.signals}


def all_read_by(parts: Iterable[Part], reads: Reads) -> frozenset[Part]:
    """Return the parts and all that they read, directly or through others."""
    reached: set[Part] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if part not in reached:
            reached.add(part)
            waiting.extend(reads.get(part, ()))
    return frozenset(reached)


def turn_round(reads: Reads) -> Reads:
    """Return for each part which parts read it: `all_read_by` then gives all that depend on some parts."""
    readers: dict[Part, set[Part]] = {}
    for reader, read in reads.items():
        for part in read:
            readers.setdefault(part, set()).add(reader)
    return {part: frozenset(them) for part, them in readers.items()}


def changed_parts(before: Sequence[Rulebook], after: Sequence[Rulebook]) -> frozenset[Part]:
    """Return the rules, facts and signals that are not the same in two readings of the same rulebooks."""
    changed: set[Part] = set()
    for old, new in zip(before, after, strict=True):
        whole = (old.applies_to, old.holidays, old.business_hours) != (
            new.applies_to,
            new.holidays,
            new.business_hours,
        )
        rules = zip(old.rules, new.rules, strict=True)
        changed |= {("rule", one.id) for one, other in rules if whole or one != other}
        changed |= {("fact", name) for name, fact in old.facts.items() if fact != new.facts[name]}
        changed |= {
            ("signal", f"{old.name}/{name}")
            for name, signal in old.signals.items()
            if signal != new.signals[name]
        }
    return frozenset(changed)
