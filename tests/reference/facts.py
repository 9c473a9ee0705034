"""Facts: what is remembered about a contact, an account or a rep, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.reference.touches import Book, Touch
from tests.reference.values import duration_microseconds

Position = tuple[int, int, int]
"""An instant; 0 for a touch and 1 for a broken expectation, which comes after every touch; stream order."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fact:
    """The definition of a fact, and the rulebook whose signals it names."""

    name: str
    book: Book
    content: Mapping[str, Any]

    @property
    def per(self) -> str:
        """contact, account or rep."""
        return str(self.content.get("per", "contact"))

    @property
    def lasts(self) -> int | None:
        """Microseconds after the last assertion; None for ever."""
        return duration_microseconds(self.content["for"]) if "for" in self.content else None


@dataclass(slots=True, kw_only=True, eq=False)
class Memory:
    """Where each fact was asserted (and by which touch) and retracted, by fact and key."""

    asserted: dict[tuple[str, str], dict[Position, str]] = field(default_factory=dict)
    retracted: dict[tuple[str, str], list[Position]] = field(default_factory=dict)


def touch_position(touch: Touch) -> Position:
    """Where a touch stands in time."""
    return (touch.at, 0, touch.index)


def fact_key(fact: Fact, touch: Touch) -> str | None:
    """The contact, account or rep of the touch; None if it is missing."""
    return touch.fields.get(f"{fact.per}_id")


def assert_fact(memory: Memory, fact: Fact, touch: Touch, position: Position) -> None:
    """Remember that the fact was asserted there, for the touch's key."""
    key = fact_key(fact, touch)
    if key is not None:
        memory.asserted.setdefault((fact.name, key), {})[position] = touch.touch_id


def retract_fact(memory: Memory, fact: Fact, touch: Touch) -> None:
    """Remember that the touch retracts the fact for its key."""
    key = fact_key(fact, touch)
    if key is not None:
        memory.retracted.setdefault((fact.name, key), []).append(touch_position(touch))


def fact_holds(memory: Memory, fact: Fact, touch: Touch) -> bool:
    """Whether the fact was known before this touch."""
    key = fact_key(fact, touch)
    if key is None:
        return False
    here = touch_position(touch)
    earlier = [place for place in memory.asserted.get((fact.name, key), {}) if place < here]
    if not earlier:
        return False
    last = max(earlier)
    if fact.lasts is not None and touch.at >= last[0] + fact.lasts:
        return False
    return not any(last < place < here for place in memory.retracted.get((fact.name, key), []))


def periods(memory: Memory, facts: Mapping[str, Fact], as_of: int) -> list[dict[str, Any]]:
    """The rows of the table of facts."""
    rows = []
    for (name, key), asserted in memory.asserted.items():
        retracted = memory.retracted.get((name, key), [])
        rows.extend(key_periods(facts[name], key, asserted, retracted, as_of))
    return sorted(rows, key=lambda row: (row["fact"], row["key"], row["since"], row["touch_id"]))


def key_periods(
    fact: Fact, key: str, asserted: Mapping[Position, str], retracted: list[Position], as_of: int
) -> list[dict[str, Any]]:
    """The unbroken periods of one fact for one key."""
    rows: list[dict[str, Any]] = []
    stands, last = False, 0
    for place in sorted({*asserted, *retracted}):
        if stands and has_run_out(fact, last, place[0]):
            rows[-1]["until"], stands = last + (fact.lasts or 0), False
        if place in asserted:
            if not stands:
                rows.append(new_period(fact, key, place[0], asserted[place]))
            stands, last = True, place[0]
        elif stands:
            rows[-1]["until"], stands = place[0], False
    if stands and has_run_out(fact, last, as_of):
        rows[-1]["until"] = last + (fact.lasts or 0)
    return rows


def has_run_out(fact: Fact, last: int, now: int) -> bool:
    """Whether a fact last asserted then is over by now."""
    return fact.lasts is not None and now >= last + fact.lasts


def new_period(fact: Fact, key: str, since: int, touch_id: str) -> dict[str, Any]:
    """A row of the table of facts, still standing."""
    return {
        "fact": fact.name,
        "per": fact.per,
        "key": key,
        "since": since,
        "until": None,
        "touch_id": touch_id,
    }
