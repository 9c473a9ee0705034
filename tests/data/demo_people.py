"""The reps of the demo stream, with their habits, and the people whom they call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tests.data import demo_words as words

Row = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How often a rep does what; shares of 1."""

    rep: str
    presses_zero: float
    asks_when: float
    tries_again: float
    messages_strangers: float
    names_referrer: float
    promises: float
    keeps_promises: float
    recalls_promise: float
    asks_how: float
    goes_on: float
    pitches: float
    asks_for_long: float
    moves_silent_deals: float


def pick(random: Random, choices: Sequence[T]) -> T:
    """One of the choices, all equally likely; built on random(), which no Python version changes."""
    return choices[int(random.random() * len(choices))]


def between(random: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(random.random() * (high - low + 1))


def habits_of_reps() -> list[Habits]:
    """The eight reps, from the most careful to the one who lives on voicemail."""
    names = list(Habits.__dataclass_fields__)[1:]
    shares = (
        (0.95, 0.95, 0.90, 0.02, 0.97, 0.95, 0.92, 0.95, 0.90, 0.02, 0.05, 0.05, 0.00),
        (0.85, 0.80, 0.80, 0.10, 0.85, 0.80, 0.75, 0.80, 0.70, 0.05, 0.15, 0.20, 0.05),
        (0.75, 0.70, 0.50, 0.20, 0.80, 0.75, 0.80, 0.60, 0.70, 0.10, 0.10, 0.10, 0.10),
        (0.60, 0.60, 0.60, 0.25, 0.60, 0.60, 0.55, 0.55, 0.50, 0.15, 0.30, 0.40, 0.15),
        (0.55, 0.40, 0.40, 0.30, 0.75, 0.70, 0.40, 0.60, 0.40, 0.15, 0.20, 0.30, 0.10),
        (0.80, 0.75, 0.70, 0.10, 0.70, 0.40, 0.70, 0.40, 0.60, 0.10, 0.45, 0.15, 0.30),
        (0.45, 0.50, 0.35, 0.35, 0.50, 0.50, 0.45, 0.40, 0.40, 0.25, 0.40, 0.50, 0.25),
        (0.20, 0.35, 0.20, 0.70, 0.45, 0.35, 0.35, 0.35, 0.25, 0.35, 0.55, 0.60, 0.50),
    )
    return [
        Habits(rep=rep, **dict(zip(names, row, strict=True)))
        for rep, row in zip(words.REPS, shares, strict=True)
    ]


def contacts(random: Random) -> list[Row]:
    """250 contacts in 60 companies, all in the time zone of their company."""
    fronts = [(front, back) for back in words.COMPANY_BACKS for front in words.COMPANY_FRONTS]
    accounts = [(" ".join(fronts[(17 * n) % len(fronts)]), pick(random, words.ZONES)) for n in range(60)]
    people = []
    for number in range(250):
        account = number % 60
        title, level = pick(random, words.TITLES)
        person = f"{pick(random, words.FIRST_NAMES)} {pick(random, words.LAST_NAMES)}"
        people.append(
            {
                "contact_id": f"c{number + 1:03}",
                "account_id": f"a{account + 1:02}",
                "timezone": accounts[account][1],
                "contact_name": person,
                "company_name": accounts[account][0],
                "title": title,
                "level": level,
                "icp": "true" if random.random() < 0.8 else "false",
            }
        )
    return people
