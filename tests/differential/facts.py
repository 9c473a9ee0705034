"""Random facts."""

import copy
from typing import Any

from tests.differential.bench import Bench, duration
from tests.differential.draw import weighted
from tests.differential.filters import build_light
from tests.differential.signals import COUNTS

NAMES = ("met", "told", "warned")


def build_fact(bench: Bench, is_asserted: bool) -> dict[str, Any]:
    """A fact; with `from` at least if no rule asserts it."""
    draw = bench.draw
    fact: dict[str, Any] = {"about": "What $we know"}
    if not is_asserted or draw.chance(40):
        fact["from"] = build_source(bench)
    if draw.chance(45):
        fact["until"] = build_light(bench)
    if draw.chance(60):
        fact["for"] = duration(bench)
    per = weighted(draw, {"": 50, "contact": 10, "account": 20, "rep": 20})
    return fact | ({"per": per} if per else {})


def build_source(bench: Bench) -> dict[str, Any]:
    """What asserts a fact: now and then a signal, which may differ between rulebooks."""
    counts = [name for name in bench.signals if name in COUNTS]
    if counts and bench.draw.chance(30):
        return {bench.draw.choice(counts): {"at_least": bench.draw.integer(1, 2)}}
    return build_light(bench)


def can_share(fact: dict[str, Any], first: Bench, second: Bench) -> bool:
    """Whether the second rulebook has every signal that the fact may name."""
    return not {name for name in first.signals if f"'{name}'" in repr(fact)} - set(second.signals)


def share_fact(fact: dict[str, Any], first: Bench, second: Bench) -> dict[str, Any]:
    """The same definition for a second rulebook, with the parameters that it names."""
    for name, parameter in first.parameters.items():
        if f"${name}'" in repr(fact) or f"${{{name}}}'" in repr(fact):
            value = first.settings.get(f"{first.name}.{name}", parameter["default"])
            second.parameters[name] = copy.deepcopy(parameter) | {"default": value}
    return copy.deepcopy(fact)
