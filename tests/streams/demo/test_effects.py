"""The effects of the demo: outcomes follow what was done, and the confounder is there."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator

import pytest

from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.generate import generate
from touchrules.streams.demo.story import COLUMNS

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    lines = generate(60_000, 5).lines
    return [row for row in csv.DictReader(lines, COLUMNS) if row["lead_grade"] == "B"]


def after(rows: list[Row], kind: str, outcome: str) -> Iterator[Row]:
    """The calls that are the next touch of a contact after one of that kind and outcome."""
    for before, row in itertools.pairwise(rows):
        same = before["contact_id"] == row["contact_id"]
        if same and (before["kind"], before["outcome"]) == (kind, outcome) and row["kind"] == "call":
            yield row


def answered(calls: list[Row]) -> float:
    return sum(call["outcome"] != "no_answer" for call in calls) / len(calls)


def test_a_call_at_the_promised_time_is_answered_as_often_as_stated(rows: list[Row]) -> None:
    calls = list(after(rows, "gatekeeper", "in_meeting"))
    assert answered(calls) == pytest.approx(EFFECTS.promised_call_is_answered, abs=0.06)


def test_a_call_on_the_next_day_is_answered_as_often_as_stated(rows: list[Row]) -> None:
    calls = list(after(rows, "gatekeeper", "away"))
    assert answered(calls) == pytest.approx(EFFECTS.call_at_any_other_time_is_answered, abs=0.06)


def test_an_appointment_of_the_assistant_is_mostly_answered(rows: list[Row]) -> None:
    calls = list(after(rows, "gatekeeper", "assistant"))
    assert answered(calls) == pytest.approx(EFFECTS.assistants_appointment_is_answered, abs=0.12)


def test_the_best_team_has_the_best_leads() -> None:
    grades: dict[str, list[bool]] = {}
    for row in csv.DictReader(generate(20_000, 6).lines, COLUMNS):
        grades.setdefault(row["team"], []).append(row["lead_grade"] == "A")
    shares = {team: sum(of) / len(of) for team, of in grades.items()}
    assert shares["north"] > 0.45
    assert max(share for team, share in shares.items() if team != "north") < 0.35


def test_careful_teams_break_fewer_rules() -> None:
    ledger = generate(60_000, 7)
    broken = {touch for ids in ledger.planted.values() for touch in ids}
    teams: dict[str, list[bool]] = {}
    for row in csv.DictReader(ledger.lines, COLUMNS):
        teams.setdefault(row["team"], []).append(row["touch_id"] in broken)
    shares = {team: sum(of) / len(of) for team, of in teams.items()}
    assert shares["north"] < shares["east"] < shares["west"]
