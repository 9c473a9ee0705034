"""What one rule finds now, what it found as saved, and whom the difference concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.engines.outcome import Outcome, RuleFindings
from touchrules.model.durations import DAY
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.messages import Reported, write_local_time, write_messages
from touchrules.replay.tuning import State
from touchrules.streams.localtime import text_of_day
from touchrules.studio.state import StudioState

_EXAMPLES: Final = 10
_REPS: Final = 8
_MONDAY: Final = 3  # 1970-01-01 was a Thursday
_NONE: Final = np.zeros(0, np.int64)

Weeks = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A touch that a rule found: when (in the contact's zone), whom it concerns, and what is told."""

    row: int
    at: str
    contact: str
    rep: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number as it is now, and as saved."""

    now: int
    saved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a rule finds now beside what it found as saved.

    `weeks`: how many findings in each week. `reps`: by rep, those with the most. `examples`: of what is found
    newly, no longer, and both times, some of each.
    """

    looked: Count
    found: Count
    contacts: Count
    people: Count
    newly: int
    no_longer: int
    both: int
    weeks: tuple[Weeks, Weeks]
    reps: tuple[tuple[str, Count], ...]
    examples: dict[str, tuple[Example, ...]]


class Impacts:
    """Measures rules of a studio; what it needs of the stream is made once."""

    def __init__(self, studio: StudioState) -> None:
        self._studio = studio
        self.columns = Columns(studio.stream)
        weeks = (self.columns.at // DAY + _MONDAY) // 7
        self._first = int(weeks[0]) if len(weeks) else 0
        self._weeks = weeks - self._first
        self.weeks = [text_of_day((self._first + week) * 7 - _MONDAY) for week in range(self._count_weeks())]

    def _count_weeks(self) -> int:
        return int(self._weeks[-1]) + 1 if len(self._weeks) else 0

    def by_week(self, rows: Rows) -> Weeks:
        """Return how many of some touches were in each week."""
        return np.bincount(self._weeks[rows], minlength=len(self.weeks))

    def measure(self, rule: str) -> Impact:
        """Return what a rule finds now and found as saved."""
        tuning, saved = self._studio.tuning, self._studio.saved
        states = (self._studio.state, saved)
        outcomes = [tuning.outcome(state) for state in states]
        found = [_rows(outcome, rule) for outcome in outcomes]
        groups = {
            "newly": np.setdiff1d(found[0], found[1], assume_unique=True),
            "no longer": np.setdiff1d(found[1], found[0], assume_unique=True),
            "both": np.intersect1d(found[0], found[1], assume_unique=True),
        }
        sides = {name: int(name == "no longer") for name in groups}
        told = {
            name: self._examples(rule, rows, states[sides[name]], outcomes[sides[name]])
            for name, rows in groups.items()
        }
        return Impact(
            looked=Count(now=outcomes[0].looked.get(rule, 0), saved=outcomes[1].looked.get(rule, 0)),
            found=Count(now=len(found[0]), saved=len(found[1])),
            contacts=self._count("contact_id", found),
            people=self._count("rep_id", found),
            newly=len(groups["newly"]),
            no_longer=len(groups["no longer"]),
            both=len(groups["both"]),
            weeks=(self.by_week(found[0]), self.by_week(found[1])),
            reps=self._reps(found),
            examples=told,
        )

    def _count(self, field: str, found: Sequence[Rows]) -> Count:
        codes, _ = self.columns.coded(field)
        now, saved = (int(np.count_nonzero(np.unique(codes[rows]) >= 0)) for rows in found)
        return Count(now=now, saved=saved)

    def _reps(self, found: Sequence[Rows]) -> tuple[tuple[str, Count], ...]:
        codes, names = self.columns.coded("rep_id")
        now, saved = (np.bincount(codes[rows] + 1, minlength=len(names) + 1)[1:] for rows in found)
        most = np.argsort(-np.maximum(now, saved), kind="stable")[:_REPS]
        return tuple(
            (names[code].as_py(), Count(now=int(now[code]), saved=int(saved[code])))
            for code in most.tolist()
            if now[code] or saved[code]
        )

    def _examples(self, rule: str, rows: Rows, state: State, outcome: Outcome) -> tuple[Example, ...]:
        """Return the latest of some findings in words."""
        chosen = rows[-_EXAMPLES:][::-1]
        if not len(chosen):
            return ()
        found = outcome.findings[rule]
        order = np.argsort(found.rows)
        places = order[np.searchsorted(found.rows[order], chosen)]
        one, book = self._studio.find(rule, state)
        reported = Reported(rule=one, rulebook=book, findings=_some(found, places))
        told = next(iter(write_messages([reported], self.columns)))
        messages = [told.say] * len(chosen) if isinstance(told.say, str) else told.say.to_pylist()
        contacts, reps = (self.columns.texts(name, chosen).to_pylist() for name in ("contact_id", "rep_id"))
        times = [self.time_of(row) for row in chosen.tolist()]
        return tuple(
            Example(row=row, at=at, contact=contact or "", rep=rep or "", message=message)
            for row, at, contact, rep, message in zip(
                chosen.tolist(), times, contacts, reps, messages, strict=True
            )
        )

    def time_of(self, row: int) -> str:
        """Return when a touch was, on the clocks of its contact."""
        zone = self.columns.texts("timezone", np.array([row])).to_pylist()[0] if self._has_zones else None
        return write_local_time(int(self.columns.at[row]), zone or self._studio.stream.timezone)

    @property
    def _has_zones(self) -> bool:
        table = self._studio.stream.table
        return "timezone" in table.column_names and not pa.types.is_null(table.column("timezone").type)


def _rows(outcome: Outcome, rule: str) -> Rows:
    return np.sort(outcome.findings[rule].rows) if rule in outcome.findings else _NONE


def _some(found: RuleFindings, places: npt.NDArray[np.integer]) -> RuleFindings:
    values = None if found.values is None else found.values[places]
    return replace(found, rows=found.rows[places], at=found.at[places], values=values)
