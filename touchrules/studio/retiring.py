"""Who still names a rule that somebody wants to take out: other rules, facts, and tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from touchrules.errors import ArgumentError, Problem
from touchrules.language import nodes
from touchrules.language.load import ENDING
from touchrules.language.source import read_source
from touchrules.language.walk import filters_of_rulebook, walk_filter
from touchrules.model.filters import Found
from touchrules.model.rules import Rule
from touchrules.model.wording import counted
from touchrules.studio.state import StudioState

_TESTS: Final = ".tests.yaml"


def refuse_removal(studio: StudioState, rule: str) -> None:
    """Raise ArgumentError where a rule cannot be taken out, with everything that names it."""
    namers = [*names_of(studio, rule), *tests_of(studio, rule)]
    if namers:
        message = f'The rule "{rule}" cannot be taken out: {"; ".join(namers)}.'
        remedy = "Change those first, or switch the rule off: then it finds nothing, and they still stand."
        raise ArgumentError(Problem(message=message, remedy=remedy))


def names_of(studio: StudioState, rule: str) -> Iterator[str]:
    """Yield who names a rule, in words: `rule "b" builds on it`."""
    for book in studio.state.rulebooks:
        seen: set[str] = set()
        for owner, accepted in filters_of_rulebook(book):
            what, _, name = owner.partition(" ")
            named = any(isinstance(one, Found) and rule in one.rules for one in walk_filter(accepted))
            if not named or name == rule or owner in seen:
                continue
            seen.add(owner)
            whole = f'the rulebook "{book.name}" applies only to what it finds'
            yield f'the {what} "{name}" builds on it' if name else whole
    yield from (f'no other rule asserts the fact "{fact}"' for fact in _left_alone(studio, rule))


def _left_alone(studio: StudioState, rule: str) -> Iterator[str]:
    """Yield the facts that nothing would assert without a rule."""
    found, _ = studio.find(rule)
    books = studio.state.rulebooks
    others = {fact for book in books for one in book.rules if one.id != rule for fact in _asserted(one)}
    given = {fact.name for book in books for fact in book.facts.values() if fact.asserted_by is not None}
    yield from (fact for fact in _asserted(found) if fact not in others | given)


def _asserted(rule: Rule) -> tuple[str, ...]:
    return tuple(fact for fact in (rule.asserts, rule.met_asserts) if fact is not None)


def tests_of(studio: StudioState, rule: str) -> Iterator[str]:
    """Yield which file beside a rulebook tests a rule, in words: `a.tests.yaml holds 2 tests of it`."""
    _, book = studio.find(rule)
    path = studio.place_of(studio.source_of(book).file)
    beside = path.with_name(path.name.removesuffix(ENDING) + _TESTS)
    count = _count_tests(beside, rule) if beside != path and beside.exists() else 0
    if count:
        yield f"{beside.name} holds {counted(count, 'test')} of it"


def _count_tests(path: Path, rule: str) -> int:
    root = read_source(path.read_bytes(), str(path)).root
    tests = root.get("tests") if isinstance(root, nodes.Mapping) else None
    own = tests.get(rule) if isinstance(tests, nodes.Mapping) else None
    return len(own.items) if isinstance(own, nodes.Sequence) else int(own is not None)
