"""Rules about silence say nothing where nobody writes answers down."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from touchrules.language.load import load_rulebooks
from touchrules.model.rules import Rulebook
from touchrules.replay.run import replay
from touchrules.streams.records import read_records

ROOT: Final = Path(__file__).parents[2]
NAMES: Final = ("relationship", "worth_taking", "contact_policy")
BOOKS: Final = [ROOT / "rulebooks" / f"{name}.rulebook.yaml" for name in NAMES]
SETTINGS: Final = {"relationship.messages_to_judge": 20, "contact_policy.unanswered_cap": 5}
ABOUT_SILENCE: Final = {
    "stalled-contact",
    "stall-not-ended",
    "plague-of-touches",
    "too-many-touches-in-all",
    "second-rep-on-the-same-person",
}

Touch = dict[str, str]


@cache
def rulebooks() -> tuple[Rulebook, ...]:
    """The shipped rulebooks, with few touches to judge by."""
    return load_rulebooks(BOOKS, SETTINGS)


def found(touches: list[Touch]) -> set[str]:
    """The rules about silence that find something at the contact who is chased."""
    records = [{"touch_id": f"t{n:03}", "direction": "outbound", **touch} for n, touch in enumerate(touches)]
    findings = replay(rulebooks(), read_records(records)).findings
    pairs = zip(findings["contact_id"].to_pylist(), findings["rule"].to_pylist(), strict=True)
    return {rule for contact, rule in pairs if contact == "chased"} & ABOUT_SILENCE


def others() -> list[Touch]:
    """Twenty e-mails to other people."""
    return [
        {"at": f"2025-03-{day:02}", "kind": "email", "contact_id": f"c{day}", "rep_id": "ann"}
        for day in range(1, 21)
    ]


def chase(days: int) -> list[Touch]:
    """Eight e-mails of two reps to one person, so many days apart, and some word long after."""
    dates = [f"2025-{4 + (days * n) // 30:02}-{1 + (days * n) % 30:02}" for n in range(8)]
    reps = ("ann", "ann", "ann", "bob")
    chased = [
        {"at": at, "kind": "email", "contact_id": "chased", "rep_id": reps[n % 4]}
        for n, at in enumerate(dates)
    ]
    return [*chased, {"at": "2025-12-01", "kind": "note", "contact_id": "other", "direction": "internal"}]


REPLY: Final = {"at": "2025-03-25", "kind": "email", "contact_id": "c1", "direction": "inbound"}
SLOW: Final = ABOUT_SILENCE - {"plague-of-touches"}
FAST: Final = {"plague-of-touches", "too-many-touches-in-all", "second-rep-on-the-same-person"}


@pytest.mark.parametrize(("days", "rules"), [(7, SLOW), (1, FAST)])
def test_silence_counts_where_somebody_has_replied(days: int, rules: set[str]) -> None:
    assert found([*others(), REPLY, *chase(days)]) == rules


@pytest.mark.parametrize(("days", "rules"), [(7, SLOW), (1, FAST)])
def test_silence_counts_while_there_is_too_little_to_judge_by(days: int, rules: set[str]) -> None:
    assert found(chase(days)) == rules


@pytest.mark.parametrize("days", [7, 1])
def test_silence_says_nothing_where_no_answer_is_ever_written_down(days: int) -> None:
    assert found([*others(), *chase(days)]) == set()
