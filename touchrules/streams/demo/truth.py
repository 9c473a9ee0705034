"""Tells what is true of a made-up year: what makes a difference, and which touches break which rule."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from touchrules.streams.demo.company import TEAMS
from touchrules.streams.demo.dates import YEAR
from touchrules.streams.demo.effects import CONFOUNDER, EFFECTS
from touchrules.streams.demo.story import Ledger

NOT_PLANTED: Final = {
    "rep-mails-too-many": "a breach takes 251 e-mails of a rep in a day: only from 20,000 touches on",
    "eighth-call-in-seven-days": "a rule for debt collectors, switched off by its parameter",
    "called-within-a-week-of-a-conversation": "a rule for debt collectors, switched off by its parameter",
}
"""The shipped rules that the demo does not break on purpose, and why. It does not break them at all."""


def make_truth(ledger: Ledger, seed: int) -> str:
    """The truth about a year as JSON: effects, confounder, teams, reps and planted breaches.

    `planted`: for each rule the ids of all touches on which a replay of the shipped rulebooks reports it.
    """
    truth = {
        "seed": seed,
        "touches": ledger.written,
        "year": YEAR,
        "effects": asdict(EFFECTS),
        "confounder": CONFOUNDER,
        "teams": {
            team.name: {"share_of_grade_a": team.grades[0], "share_of_grade_a_or_b": team.grades[1]}
            for team in TEAMS
        },
        "reps": {
            rep.id: {"team": rep.team.name, "errs_in_january": rep.first, "errs_in_december": rep.last}
            for rep in ledger.reps
        },
        "not_planted": {rule: why for rule, why in NOT_PLANTED.items() if rule not in ledger.planted},
        "planted": {rule: sorted(ledger.planted[rule]) for rule in sorted(ledger.planted)},
    }
    return json.dumps(truth, indent=1) + "\n"
