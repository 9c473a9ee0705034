"""A random example: rulebooks, a stream, and how they are replayed."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.differential.draw import Draw, HypothesisDraw, RandomDraw
from tests.differential.rulebooks import build_rulebooks
from tests.differential.streams import build_as_of, build_columns, build_grid, build_touches

AWKWARD = re.compile("[\x7f-\x9f\u00a0\u2028\u2029\ufeff\u0300-\u036f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Everything that a replay takes; instants are whole microseconds since 1970 UTC."""

    rulebooks: list[dict[str, Any]]
    touches: list[dict[str, Any]]
    timezone: str
    as_of: int | None
    settings: dict[str, Any]


def build_example(draw: Draw) -> Example:
    """A random example."""
    grid = build_grid(draw)
    columns = build_columns(draw)
    rulebooks, settings = build_rulebooks(draw, grid, columns)
    touches = build_touches(draw, grid, columns)
    return Example(
        rulebooks=rulebooks,
        touches=touches,
        timezone=grid.timezone,
        as_of=build_as_of(draw, grid, touches),
        settings=settings,
    )


def seeded_example(seed: int, number: int) -> Example:
    """The same example whenever seed and number are the same."""
    return build_example(RandomDraw(random.Random(f"{seed}/{number}")))


@st.composite
def examples(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Example:
    """Examples that hypothesis can shrink."""
    return build_example(HypothesisDraw(draw))


def write_rulebook(rulebook: dict[str, Any]) -> str:
    """The rulebook as JSON, which is YAML too."""
    text = json.dumps(rulebook, ensure_ascii=False)
    return AWKWARD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
