"""Random rulebooks that are loaded together."""

from typing import Any

from tests.differential.bench import Bench, Grid
from tests.differential.draw import Draw, several, weighted
from tests.differential.facts import NAMES, build_fact, can_share, share_fact
from tests.differential.filters import build_light
from tests.differential.rules import build_rule
from tests.differential.signals import build_signals
from tests.differential.vocabulary import (
    BOOLEAN_FIELDS,
    DECLARED,
    NUMBER_FIELDS,
    TEXT_FIELDS,
    TIMESTAMP_FIELDS,
    UNDECLARED,
)

Rulebook = dict[str, Any]


def build_rulebooks(draw: Draw, grid: Grid, columns: list[str]) -> tuple[list[Rulebook], dict[str, Any]]:
    """One or two rulebooks that are valid together, and settings of their parameters."""
    names = ["second", "first"][: weighted(draw, {1: 60, 2: 40})]
    benches = [build_bench(draw, name, grid, columns) for name in names]
    plan = plan_rules(draw, len(benches))
    facts = several(draw, NAMES, 0, 3)
    books = [begin_rulebook(bench) for bench in benches]
    share_fields(draw, benches, books, columns)
    for bench in benches:
        bench.facts = facts
        build_signals(bench)
    earlier: list[str] = []
    findable = [rule_id for _, rule_id, expects in plan if not expects]
    for index, (bench, book) in enumerate(zip(benches, books, strict=True)):
        bench.findable = list(earlier)
        if draw.chance(20):
            book["applies_to"] = build_light(bench)
        rules = []
        for _, rule_id, expects in [entry for entry in plan if entry[0] == index]:
            rules.append(build_rule(bench, rule_id, expects, findable))
            if not expects:
                earlier.append(rule_id)
                bench.findable = list(earlier)
        book["rules"] = several(draw, rules, len(rules), len(rules))
    for bench in benches:
        bench.findable = findable
    place_facts(draw, benches, books)
    return [finish_rulebook(*pair) for pair in zip(benches, books, strict=True)], {
        name: value for bench in benches for name, value in bench.settings.items()
    }


def build_bench(draw: Draw, name: str, grid: Grid, columns: list[str]) -> Bench:
    """An empty rulebook, and the fields that it may use: those of the stream come more often."""
    fields = {
        "text": [*TEXT_FIELDS, "text", "text", "text", "topic"],
        "number": [*NUMBER_FIELDS, "local_hour", "local_hour"],
        "boolean": list(BOOLEAN_FIELDS),
        "timestamp": list(TIMESTAMP_FIELDS),
    }
    for column, kind in UNDECLARED.items():
        fields[kind] += [column] * 3 * (column in columns)
    for names in fields.values():
        names.extend([column for column in columns if column in names and column not in UNDECLARED] * 2)
    return Bench(draw=draw, name=name, grid=grid, fields=fields)


def plan_rules(draw: Draw, books: int) -> list[tuple[int, str, bool]]:
    """For each rule in the order of stages: its rulebook, its id, whether it expects something."""
    number = draw.integer(draw.choice([books, 3]), 6)
    letters = several(draw, "abcdefgh", number, number)
    places = sorted([*range(books), *(draw.integer(0, books - 1) for _ in range(number - books))])
    return [(place, f"rule-{letter}", draw.chance(38)) for place, letter in zip(places, letters, strict=True)]


def share_fields(draw: Draw, benches: list[Bench], books: list[Rulebook], columns: list[str]) -> None:
    """Declare further fields in one of the rulebooks or in several; all may use them."""
    for name, kind in DECLARED.items():
        if draw.chance(85 if name in columns else 20):
            for bench in benches:
                bench.fields[kind] += [name] * (4 if name in columns else 1)
            for book in several(draw, books, 1, 2):
                book.setdefault("fields", {})[name] = {"type": kind, "about": name}


def begin_rulebook(bench: Bench) -> Rulebook:
    """The head of a rulebook."""
    draw = bench.draw
    book: Rulebook = {"rulebook": bench.name, "language": 1}
    if draw.chance(40):
        book["holidays"] = several(
            draw, ["2025-03-03", "2025-03-31", "2025-03-10", "2024-04-26", "2024-11-01"], 1, 3
        )
    if draw.chance(40):
        book["business_hours"] = draw.choice([["08:00", "12:30"], ["09:00", "17:00"], ["00:00", "08:00"]])
    return book


def place_facts(draw: Draw, benches: list[Bench], books: list[Rulebook]) -> None:
    """Declare the facts in one rulebook, or in both alike."""
    last = len(books) - 1
    asserted = {
        rule.get(key) for book in books for rule in book["rules"] for key in ("asserts", "met_asserts")
    }
    for name in benches[0].facts:
        home = draw.integer(0, last)
        fact = build_fact(benches[home], name in asserted)
        books[home].setdefault("facts", {})[name] = fact
        other = last - home
        if other != home and draw.chance(60) and can_share(fact, benches[home], benches[other]):
            shared = share_fact(fact, benches[home], benches[other])
            books[other].setdefault("facts", {})[name] = shared


def finish_rulebook(bench: Bench, book: Rulebook) -> Rulebook:
    """The rulebook with the parameters and signals that were used."""
    if bench.parameters:
        book["parameters"] = bench.parameters
    if bench.signals:
        book["signals"] = bench.signals
    return book
