"""What a manager can choose of the past: periods, teams and segments, with how many touches each has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from touchrules.model.wording import capitalized, counted
from touchrules.studio.groupings import Groupings, title_of
from touchrules.studio.scope import Period, Scope, preset_periods
from touchrules.studio.state import StudioState

Section = dict[str, Any]
"""A section of choices, as the drawn widget takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All that can be chosen in one stream. `periods`: by their names."""

    periods: tuple[tuple[str, Period], ...]
    team: list[Section]
    segment: list[Section]


def make_offer(studio: StudioState) -> Offer:
    """Return what can be chosen in the touches of a studio."""
    return Offer(
        periods=preset_periods(*studio.scopes.days),
        team=offer_teams(studio.groupings),
        segment=offer_segments(studio.groupings),
    )


def offer_teams(groupings: Groupings) -> list[Section]:
    """Return the ready teams, if a field names some, and all reps."""
    sections = [
        {
            "title": capitalized(title_of(name)),
            "options": [{"label": team, "members": list(reps)} for team, reps in teams.items()],
        }
        for name, teams in groupings.teams.items()
    ]
    return [*sections, {"title": "Reps", "options": _options(groupings, "rep_id")}]


def offer_segments(groupings: Groupings) -> list[Section]:
    """Return the values of each field that has few."""
    return [
        {
            "title": capitalized(title_of(name)),
            "options": [
                {**one, "value": json.dumps([name, one["value"]])} for one in _options(groupings, name)
            ],
        }
        for name in groupings.segments
    ]


def _options(groupings: Groupings, name: str) -> list[dict[str, Any]]:
    grouping = groupings.find(name)
    counts = grouping.count()
    return [
        {"value": grouping.labels[place], "label": grouping.labels[place], "count": int(counts[place])}
        for place in np.flatnonzero(counts[:-1]).tolist()
    ]


def ticked_segment(scope: Scope) -> list[str]:
    """Return the choices that are ticked for the segment of a scope."""
    return [json.dumps([name, value]) for name, values in scope.segment for value in values]


def segment_of(ticked: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the segment of what is ticked: a touch needs one of the values in each field.

    >>> segment_of(['["kind", "call"]', '["level", "vp"]', '["kind", "sms"]'])
    (('kind', ('call', 'sms')), ('level', ('vp',)))
    """
    fields: dict[str, list[str]] = {}
    for text in ticked:
        name, value = json.loads(text)
        fields.setdefault(name, []).append(value)
    return tuple((name, tuple(values)) for name, values in fields.items())


def tell_team(scope: Scope, groupings: Groupings) -> str:
    """Return the team of a scope in few words: its name, if a field names it."""
    if not scope.reps:
        return "all reps"
    chosen = frozenset(scope.reps)
    ready = [team for teams in groupings.teams.values() for team, reps in teams.items() if chosen == {*reps}]
    if ready:
        return ready[0]
    return scope.reps[0] if len(scope.reps) == 1 else counted(len(scope.reps), "rep")
