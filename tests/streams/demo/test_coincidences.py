"""What once came together by chance with a seed of the demo does so no more."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta

from rapidfuzz import fuzz, utils

from touchrules.streams.demo.dates import workday_of
from touchrules.streams.demo.episodes.law import ALABAMA_CLOSED
from touchrules.streams.demo.generate import generate
from touchrules.streams.demo.story import COLUMNS

Row = dict[str, str]


def rows_of(touches: int, seed: int, rule: str) -> tuple[list[Row], list[Row]]:
    """All touches of a year, and those planted for a rule."""
    year = generate(touches, seed)
    rows = list(csv.DictReader(year.lines, COLUMNS))
    planted = set(year.planted[rule])
    return rows, [row for row in rows if row["touch_id"] in planted]


def test_a_recital_says_you_less_often_than_it_names_them() -> None:
    _, recitals = rows_of(50_000, 21, "talked-at-them")
    assert len(recitals) >= 5
    assert [row["text"] for row in recitals if len(re.findall(r"\b[Yy]ou", row["text"])) > 2] == []


def test_of_the_mass_of_one_day_few_e_mails_are_copies() -> None:
    rows, last = rows_of(50_000, 26, "rep-mails-too-many")
    sent: dict[str, str] = {}
    copies = 0
    for row in rows:
        if row["rep_id"] == last[0]["rep_id"]:
            before = sent.get(row["subject"], "")
            copies += fuzz.ratio(row["text"], before, processor=utils.default_process) >= 90
            sent[row["subject"]] = row["text"]
    assert copies == 3


def test_a_late_call_to_alabama_is_not_on_a_holiday_too() -> None:
    _, late = rows_of(50_000, 30, "called-late-in-a-strict-state")
    # Eight in the evening in New York is past midnight in UTC.
    days = [
        (datetime.fromisoformat(row["at"]) - timedelta(hours=5)).date().isoformat()
        for row in late
        if row["contact_state"] == "AL"
    ]
    assert days
    assert ALABAMA_CLOSED.isdisjoint(map(workday_of, days))
