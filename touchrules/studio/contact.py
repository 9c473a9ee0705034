"""One contact's touches over time: what stood, what was expected, and what was found."""

from __future__ import annotations

from typing import Any

import numpy as np

from touchrules.engines.outcome import STATUSES, Outcome
from touchrules.model.touches import KEYS
from touchrules.replay.columns import Columns, Rows
from touchrules.studio.state import StudioState

_MILLISECOND = 1_000

Drawn = dict[str, Any]
"""Plain values as the timeline takes them: times in milliseconds since 1970 UTC."""


def rows_of_contact(columns: Columns, contact: str) -> Rows:
    """Return the touches of a contact, in order."""
    codes, names = columns.coded("contact_id")
    code = names.index(contact).as_py()
    return np.flatnonzero(codes == code) if code >= 0 else np.zeros(0, np.int64)


def draw_contact(studio: StudioState, columns: Columns, contact: str) -> tuple[list[Drawn], list[Drawn]]:
    """Return the lanes of a contact's touches by kind, and the spans of facts and expectations."""
    rows = rows_of_contact(columns, contact)
    outcome = studio.tuning.outcome()
    found = _found_at(studio, outcome, rows)
    names = ("touch_id", "kind", "direction", "outcome", "rep_id")
    cells = {name: columns.texts(name, rows).to_pylist() for name in names}
    lanes: dict[str, list[Drawn]] = {}
    for place, row in enumerate(rows.tolist()):
        touch = {name: cells[name][place] or "" for name in names}
        told = [touch[name] for name in ("direction", "outcome", "rep_id") if touch[name]]
        lanes.setdefault(touch["kind"], []).append(
            {
                "id": touch["touch_id"],
                "at": int(columns.at[row]) // _MILLISECOND,
                "label": ", ".join(told),
                "found": found.get(row, []),
                "lit": bool(found.get(row)),
            }
        )
    last = int(columns.at[-1]) if len(columns.at) else 0
    spans = [*_facts(studio, outcome, rows, last), *_expectations(studio, outcome, rows, last)]
    return [{"name": name, "touches": touches} for name, touches in lanes.items()], spans


def _found_at(studio: StudioState, outcome: Outcome, rows: Rows) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for book in studio.state.rulebooks:
        for rule in book.rules:
            if rule.report and rule.id in outcome.findings:
                there = np.intersect1d(outcome.findings[rule.id].rows, rows)
                for row in there.tolist():
                    found.setdefault(row, []).append(rule.id)
    return found


def _facts(studio: StudioState, outcome: Outcome, rows: Rows, last: int) -> list[Drawn]:
    """Return when the facts about a contact stood."""
    facts = {name: fact for book in studio.state.rulebooks for name, fact in book.facts.items()}
    spans = []
    for name, periods in outcome.periods.items():
        if KEYS[facts[name].per] != "contact_id":
            continue
        for place in np.flatnonzero(np.isin(periods.rows, rows)).tolist():
            until = last if periods.stands[place] else int(periods.until[place])
            spans.append(_span(name.replace("_", " "), int(periods.since[place]), until, "fact"))
    return spans


def _expectations(studio: StudioState, outcome: Outcome, rows: Rows, last: int) -> list[Drawn]:
    spans = []
    for rule, expected in outcome.expectations.items():
        title = studio.find(rule)[0].title
        for place in np.flatnonzero(np.isin(expected.rows, rows)).tolist():
            status = STATUSES[expected.status[place]]
            until = last if status == "open" else int(expected.settled_at[place])
            spans.append(_span(title, int(expected.after[place]), until, status))
    return spans


def _span(label: str, since: int, until: int, kind: str) -> Drawn:
    return {
        "label": label,
        "since": since // _MILLISECOND,
        "until": max(since, until) // _MILLISECOND,
        "kind": kind,
    }
