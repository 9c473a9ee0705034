"""Random signals."""

from typing import Any

from tests.differential.bench import Bench, give
from tests.differential.draw import several, weighted
from tests.differential.vocabulary import NESTED, PATTERNS, PHRASES

COUNTS = ("asks", "hits")
READ = ("text", "subject", "objective", "company_name", "contact_name")


def build_signals(bench: Bench) -> None:
    """Give the rulebook its signals, and its filters their names."""
    for name in COUNTS:
        if bench.draw.chance(70):
            bench.signals[name] = build_count(bench)
            bench.fields["number"] += [name] * 3
    if bench.draw.chance(40):
        bench.signals["prefix"] = {"phone_prefix": bench.draw.choice(["from_number", "to_number"])}
        bench.fields["text"] += ["prefix"] * 4


def build_count(bench: Bench) -> dict[str, Any]:
    """A signal that counts."""
    draw = bench.draw
    kind = weighted(draw, {"phrases": 40, "pattern": 20, "mentions": 30, "questions": 10, "words": 10})
    signal: dict[str, Any] = {kind: True}
    if kind == "phrases":
        signal = {"phrases": build_phrases(bench)}
    if kind == "pattern":
        signal = {"pattern": give(bench, "choice", draw.choice(PATTERNS), PATTERNS[0])}
    if kind == "mentions":
        signal = {"mentions": several(draw, ["contact_name", "company_name", "title"], 1, 3)}
    further: dict[str, Any] = {"field": draw.choice(READ)} if draw.chance(35) else {}
    if draw.chance(50):
        further["first"] = give(bench, "integer", draw.choice([1, 2, 5, 10, 13, 14, 20, 24]), 3)
    return signal | further


def build_phrases(bench: Bench) -> Any:
    """A list of phrases, or a parameter that is one."""
    some = several(bench.draw, bench.draw.choice([PHRASES, NESTED]), 1, 7)
    given = give(bench, "phrases", some, ["just"])
    return [given, "acme"] if isinstance(given, str) and bench.draw.chance(40) else given
