"""What one random rulebook has on the table while it is written."""

from dataclasses import dataclass, field
from typing import Any

from tests.differential.draw import Draw

UNITS = (900, 1800, 3600, 7200, 21600, 43200, 86400)
"""Seconds between the grid points on which touches and window edges fall."""


@dataclass(slots=True, kw_only=True)
class Grid:
    """The instants of an example: `start` in microseconds, `unit` in seconds, and its zone."""

    start: int
    unit: int
    timezone: str


@dataclass(slots=True, kw_only=True)
class Bench:
    """A rulebook in the making.

    `fields` holds the names that its filters may use, by type. `findable` are the rules that a
    filter may name at this moment, `facts` the facts that a rule may ask for.
    """

    draw: Draw
    name: str
    grid: Grid
    fields: dict[str, list[str]]
    facts: list[str] = field(default_factory=list)
    findable: list[str] = field(default_factory=list)
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    signals: dict[str, Any] = field(default_factory=dict)


def give(bench: Bench, kind: str, value: Any, other: Any) -> Any:
    """The value itself or, now and then, a parameter that stands for it."""
    if not bench.draw.chance(12):
        return value
    name = f"{bench.name}_p{len(bench.parameters)}"
    is_set = bench.draw.chance(40)
    parameter = {"type": kind, "default": other if is_set else value}
    if is_set:
        bench.settings[f"{bench.name}.{name}"] = value
    bench.parameters[name] = parameter | limits(bench, kind, value, other)
    return bench.draw.choice([f"${name}", f"${{{name}}}"])


def limits(bench: Bench, kind: str, value: Any, other: Any) -> dict[str, Any]:
    """What a parameter says of its range."""
    if kind == "choice":
        return {"options": [value] if value == other else [value, other], "label": "Which"}
    if kind in ("integer", "number") and bench.draw.chance(40):
        return {"min": min(value, other), "max": max(value, other), "step": 1, "unit": "x"}
    if kind == "duration" and bench.draw.chance(40):
        return {"min": "0s", "max": "20000d", "step": "1d"}
    return {}


def write_seconds(bench: Bench, seconds: int) -> str:
    """A duration in one of its spellings."""
    if seconds % 604800 == 0 and bench.draw.chance(30):
        return f"{seconds // 604800}w"
    if bench.draw.chance(20):
        return f"{seconds}s"
    parts, left = "", seconds
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        parts += f"{left // length}{unit}" if left >= length else ""
        left %= length
    return parts or "0m"


def duration(bench: Bench, low: int = 1, high: int = 6) -> str:
    """A duration of so many grid steps, perhaps as a parameter."""
    return str(give(bench, "duration", plain_duration(bench, low, high), "1d"))


def plain_duration(bench: Bench, low: int, high: int) -> str:
    """A duration of so many grid steps."""
    return write_seconds(bench, bench.grid.unit * bench.draw.integer(low, high))
