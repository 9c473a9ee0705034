"""What a change of rulebooks changes in the findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from touchrules.engines.outcome import Outcome, RuleFindings
from touchrules.errors import TouchrulesError
from touchrules.language.differences import (
    Difference,
    FrameChanged,
    LayoutChanged,
    PartChanged,
    RuleRenamed,
    SeverityChanged,
    TextChanged,
)
from touchrules.language.grafting import graft
from touchrules.model.durations import DAY
from touchrules.model.wording import counted
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.tuning import State
from touchrules.studio.impact import Count
from touchrules.studio.state import StudioState, edition_of, setting_of

_LATELY: Final = 30 * DAY
_NONE: Final = np.zeros(0, np.int64)
_FINDS_THE_SAME: Final = frozenset({"rulebook", "title", "about", "version", "claims"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What rules that report find in another state.

    `found`: of the rules whose findings differ. `lately`: how many of those that come or go are of the last
    30 days of the stream. `contacts`, `reps`: whom they concern.
    """

    found: Count
    newly: int
    no_longer: int
    lately: int
    contacts: int
    reps: int


NO_EFFECT: Final = Effect(found=Count(now=0, saved=0), newly=0, no_longer=0, lately=0, contacts=0, reps=0)


def finds_the_same(one: Difference) -> bool:
    """Say whether a difference cannot change what is found."""
    match one:
        case SeverityChanged() | TextChanged() | RuleRenamed() | LayoutChanged():
            return True
        case PartChanged():
            return one.block == "sources"
        case FrameChanged():
            return one.key in _FINDS_THE_SAME
        case _:
            return False


def measure_alone(studio: StudioState, states: tuple[State, State], one: Difference) -> Effect | None:
    """Return what one of the differences of two states does alone; None: it cannot stand alone."""
    if finds_the_same(one):
        return NO_EFFECT
    before, after = states
    grafted = graft(edition_of(before), edition_of(after), one)
    settings = {name: setting_of(each, each.value) for name, each in grafted.parameters.items()}
    try:
        alone = studio.tuning.imagine(grafted.sources, {**before.settings, **settings}, before.switched)
    except TouchrulesError:
        return None
    return measure(studio, before, alone)


def measure(studio: StudioState, before: State, after: State) -> Effect:
    """Return what rules that report find in one state and not in another, of the touches of the scope."""
    columns, chosen = studio.columns, studio.chosen
    one, other = studio.tuning.outcome(before), studio.tuning.outcome(after)
    newly, no_longer, was, now = [_NONE], [_NONE], 0, 0
    for pair in _pairs((before, one), (after, other)):
        old, new = (rows if chosen is None else rows[chosen[rows]] for rows in pair)
        come, gone = np.setdiff1d(new, old), np.setdiff1d(old, new)
        if len(come) or len(gone):
            newly.append(come)
            no_longer.append(gone)
            was, now = was + len(old), now + len(new)
    come, gone = np.concatenate(newly), np.concatenate(no_longer)
    rows = np.concatenate([come, gone])
    since = int(columns.at[-1]) - _LATELY if len(columns.at) else 0
    return Effect(
        found=Count(now=now, saved=was),
        newly=len(come),
        no_longer=len(gone),
        lately=int(np.count_nonzero(columns.at[rows] > since)),
        contacts=_count(columns, "contact_id", rows),
        reps=_count(columns, "rep_id", rows),
    )


def _pairs(before: tuple[State, Outcome], after: tuple[State, Outcome]) -> Iterator[tuple[Rows, Rows]]:
    """Yield what each rule reports in both states; rules whose findings are the same object are left out."""
    old, new = dict(_reported(*before)), dict(_reported(*after))
    for rule in {**old, **new}:
        one, other = old.get(rule), new.get(rule)
        if one is not other:
            yield _rows(one), _rows(other)


def _reported(state: State, outcome: Outcome) -> Iterator[tuple[str, RuleFindings]]:
    for book in state.rulebooks:
        for rule in book.rules:
            if rule.report and rule.id in outcome.findings:
                yield rule.id, outcome.findings[rule.id]


def _rows(findings: RuleFindings | None) -> Rows:
    return _NONE if findings is None else findings.rows


def _count(columns: Columns, field: str, rows: Rows) -> int:
    codes, _ = columns.coded(field)
    return int(np.count_nonzero(np.unique(codes[rows]) >= 0))


def say_effect(effect: Effect | None) -> str:
    """Return what is found more or less, and whom that concerns, in words.

    >>> say_effect(Effect(found=Count(now=4106, saved=5310), newly=0, no_longer=1204, lately=80, contacts=312,
    ...                   reps=14))
    'finds 1,204 fewer (of 5,310), 80 of them in the last 30 days; concerns 312 contacts, 14 reps'
    """
    if effect is None:
        return "cannot be measured alone, since other changes stand on it"
    if not effect.newly and not effect.no_longer:
        return "no finding changes"
    parts = []
    if effect.newly:
        parts.append(f"{effect.newly:,} more")
    if effect.no_longer:
        parts.append(f"{effect.no_longer:,} fewer")
    lately = f"{effect.lately:,} of them" if effect.lately else "none of them"
    concerns = f"{counted(effect.contacts, 'contact')}, {counted(effect.reps, 'rep')}"
    found = f"finds {' and '.join(parts)} (of {effect.found.saved:,})"
    return f"{found}, {lately} in the last 30 days; concerns {concerns}"
