"""One contact's touches over time: what stood, what was expected, and what was found."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import numpy as np

from touchrules.engines.outcome import STATUSES, Outcome
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.messages import write_local_time
from touchrules.streams.localtime import local_clock
from touchrules.studio.case import Case
from touchrules.studio.state import StudioState

_MILLISECOND: Final = 1_000
_SUGGESTED: Final = 20

Drawn = dict[str, Any]
"""Plain values as the timeline takes them: times in milliseconds on the contact's clocks."""


def suggest_contacts(columns: Columns, text: str) -> tuple[str, ...]:
    """Return some contacts whose id begins with a text, and after them some that have it elsewhere.

    Case is ignored.
    """
    wanted = text.strip().casefold()
    names = sorted(name for name in columns.coded("contact_id")[1].to_pylist() if name)
    starting = [name for name in names if name.casefold().startswith(wanted)]
    holding = [name for name in names if wanted in name.casefold()[1:]]
    return tuple(dict.fromkeys([*starting[:_SUGGESTED], *holding[:_SUGGESTED]]))[:_SUGGESTED]


def zone_of(case: Case, row: int | None = None) -> str:
    """Return the time zone of a contact at one of their touches, by default the last; else the stream's."""
    columns = case.whys.columns
    rows = case.own[-1:] if row is None else np.array([row])
    zones = columns.texts("timezone", rows).to_pylist()
    return (zones[0] if zones else None) or columns.stream.timezone


def who_is(case: Case) -> str:
    """Return who a contact is, as the latest of their touches that tell it say."""
    told = []
    for name in ("contact_name", "title", "company_name", "account_id"):
        known = [one for one in case.whys.columns.texts(name, case.own).to_pylist() if one]
        told += known[-1:]
    return ", ".join(told)


def draw_contact(studio: StudioState, case: Case) -> tuple[list[Drawn], list[Drawn]]:
    """Return the lanes of a contact's touches by kind, and the spans of facts and expectations."""
    columns, rows = case.whys.columns, case.own
    found: dict[int, list[str]] = {}
    for one in case.findings:
        found.setdefault(one.row, []).append(studio.find(one.rule, case.state)[0].title)
    names = ("touch_id", "kind", "direction", "outcome", "rep_id", "timezone")
    cells = {name: columns.texts(name, rows).to_pylist() for name in names}
    clock = partial(_clock, zone_of(case))
    lanes: dict[str, list[Drawn]] = {}
    for place, row in enumerate(rows.tolist()):
        touch = {name: cells[name][place] or "" for name in names}
        zone = touch["timezone"] or columns.stream.timezone
        told = [touch[name] for name in ("kind", "direction", "outcome", "rep_id") if touch[name]]
        lanes.setdefault(touch["kind"], []).append(
            {
                "id": touch["touch_id"],
                "at": clock(int(columns.at[row])),
                "when": f"{write_local_time(int(columns.at[row]), zone)} {zone}",
                "label": ", ".join(told),
                "found": found.get(row, []),
            }
        )
    outcome = case.whys.decision.outcome
    last = int(columns.at[-1]) if len(columns.at) else 0
    spans = [*_facts(case, outcome, rows, last), *_expectations(studio, case, outcome, last)]
    for span in spans:
        span |= {"since": clock(span["since"]), "until": clock(span["until"])}
    return [{"name": name, "touches": touches} for name, touches in lanes.items()], spans


def _clock(zone: str, at: int) -> int:
    """Return what the clocks of a zone show at an instant; far outside all calendars those of UTC."""
    try:
        return local_clock(at, zone) // _MILLISECOND
    except (OverflowError, ValueError):
        return at // _MILLISECOND


def _facts(case: Case, outcome: Outcome, rows: Rows, last: int) -> list[Drawn]:
    """Return when the facts about a contact stood."""
    facts = case.whys.decision.plan.facts
    spans = []
    for name, periods in outcome.periods.items():
        if facts[name].key != "contact_id":
            continue
        for place in np.flatnonzero(np.isin(periods.rows, rows)).tolist():
            until = last if periods.stands[place] else int(periods.until[place])
            spans.append(_span(name.replace("_", " "), int(periods.since[place]), until, "fact"))
    return spans


def _expectations(studio: StudioState, case: Case, outcome: Outcome, last: int) -> list[Drawn]:
    names = case.whys.columns.stream.table.column("touch_id")
    spans = []
    for rule, expected in outcome.expectations.items():
        title = studio.find(rule, case.state)[0].title
        for place in np.flatnonzero(np.isin(expected.rows, case.own)).tolist():
            status = STATUSES[expected.status[place]]
            until = last if status == "open" else int(expected.settled_at[place])
            span = _span(title, int(expected.after[place]), until, status)
            spans.append({**span, "touch": str(names[int(expected.rows[place])]), "rule": rule})
    return spans


def _span(label: str, since: int, until: int, kind: str) -> Drawn:
    return {"label": label, "since": since, "until": max(since, until), "kind": kind}
