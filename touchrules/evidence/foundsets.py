"""Which touches each rule found, and rules that find no others than another rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from touchrules.engines.outcome import Outcome
from touchrules.evidence.marks import Mark
from touchrules.model.filters import AllOf, Filter, Found
from touchrules.model.rules import Rulebook

LEAST_TO_COMPARE: Final = 10
"""Rules that found fewer touches than this are not compared: so few lie within a large set by chance."""


def compare_found(rulebooks: Sequence[Rulebook], outcome: Outcome) -> Iterator[Mark]:
    """Yield a mark for each reporting rule that finds just the same touches as another, or only some of them.

    Two that find the same are told once. A rule whose `when` asks for the findings of the other is within
    it on purpose. Of several that hold a rule's findings the smallest is named.
    """
    rules = [(rule, book) for book in rulebooks for rule in book.rules if rule.enabled and rule.report]
    found = {rule.id: frozenset(outcome.rows(rule.id).tolist()) for rule, _home in rules}
    large = [(rule, book) for rule, book in rules if len(found[rule.id]) >= LEAST_TO_COMPARE]
    built_on = _find_foundations(rulebooks)
    for position, (rule, book) in enumerate(large):
        own = found[rule.id]
        for other, _home in large[position + 1 :]:
            if found[other.id] == own:
                says = f"It finds the same {len(own):,} touches as {other.id}."
                yield Mark(rulebook=book.name, subject=rule.id, mark="same-as", of=other.id, says=says)
        wider = [one for one, _home in large if own < found[one.id] and one.id not in built_on(rule.id)]
        if wider:
            other = min(wider, key=lambda one: (len(found[one.id]), one.id))
            many = len(found[other.id])
            says = f"All {len(own):,} touches that it finds are among the {many:,} of {other.id}."
            yield Mark(rulebook=book.name, subject=rule.id, mark="within", of=other.id, says=says)


def _find_foundations(rulebooks: Sequence[Rulebook]) -> Callable[[str], frozenset[str]]:
    """Return what tells the rules of which one must have found a touch before a rule looks at it."""
    asked = {
        rule.id: frozenset((*_asked(book.applies_to), *_asked(rule.when)))
        for book in rulebooks
        for rule in book.rules
    }

    def built_on(rule: str) -> frozenset[str]:
        return asked[rule].union(*(built_on(other) for other in asked[rule]))

    return built_on


def _asked(filter_: Filter) -> Iterator[str]:
    match filter_:
        case Found(rules=rules):
            yield from rules
        case AllOf(filters=filters):
            for one in filters:
                yield from _asked(one)
        case _:
            return
