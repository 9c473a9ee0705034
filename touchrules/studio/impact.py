"""What one rule finds now, what it found as saved, and whom the difference concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from touchrules.model.durations import DAY
from touchrules.replay.columns import Rows
from touchrules.replay.examples import Example, find_examples
from touchrules.replay.messages import Reported
from touchrules.replay.people import People
from touchrules.replay.tuning import RuleChange, State
from touchrules.streams.localtime import text_of_day
from touchrules.studio.scope import Scope
from touchrules.studio.state import StudioState

_MONDAY: Final = 3  # 1970-01-01 was a Thursday
_NONE: Final = np.zeros(0, np.int64)
_KEPT: Final = 6

Weeks = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number as it is now, and as saved."""

    now: int
    saved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a rule finds now beside what it found as saved, within the scope.

    `weeks`: how many findings in each week; `mondays`: the days on which these begin. `examples`: of what is
    found newly, no longer, and both times, some of each.
    """

    looked: Count
    found: Count
    contacts: Count
    people: Count
    newly: int
    no_longer: int
    both: int
    weeks: tuple[Weeks, Weeks]
    mondays: tuple[str, ...]
    examples: dict[str, tuple[Example, ...]]


class Impacts:
    """Measures rules of a studio; what it needs of the stream is made once."""

    def __init__(self, studio: StudioState) -> None:
        self._studio = studio
        self.columns = studio.columns
        weeks = (self.columns.at // DAY + _MONDAY) // 7
        self._first = int(weeks[0]) if len(weeks) else 0
        self._weeks = weeks - self._first
        self._looked: dict[tuple[State, Scope], Mapping[str, int]] = {}

    @property
    def weeks(self) -> tuple[str, ...]:
        """The Mondays on which the weeks of the scope begin."""
        first, stop = self._span()
        return tuple(text_of_day((self._first + week) * 7 - _MONDAY) for week in range(first, stop))

    def by_week(self, rows: Rows) -> Weeks:
        """Return how many of some touches of the scope were in each of its weeks."""
        first, stop = self._span()
        return np.bincount(self._weeks[rows], minlength=stop)[first:]

    def _span(self) -> tuple[int, int]:
        """Return the first week of the scope, and the one after its last."""
        chosen = self._studio.chosen
        weeks = self._weeks if chosen is None else self._weeks[chosen]
        return (int(weeks[0]), int(weeks[-1]) + 1) if len(weeks) else (0, 0)

    def within(self, rows: Rows) -> Rows:
        """Return those of some touches that are within the scope."""
        chosen = self._studio.chosen
        return rows if chosen is None else rows[chosen[rows]]

    def found(self, rule: str, state: State) -> Rows:
        """Return the touches of the scope that a rule finds in a state, ascending."""
        findings = self._studio.tuning.outcome(state).findings
        return np.sort(self.within(findings[rule].rows)) if rule in findings else _NONE

    def looked(self, state: State) -> Mapping[str, int]:
        """Return by rule at how many touches of the scope it looks."""
        tuning, scope, chosen = self._studio.tuning, self._studio.scope, self._studio.chosen
        if chosen is None:
            return tuning.outcome(state).looked
        if (state, scope) not in self._looked:
            self._looked[state, scope] = tuning.count_looked(chosen, state)
        while len(self._looked) > _KEPT:
            del self._looked[next(iter(self._looked))]
        return self._looked[state, scope]

    def differ(self, rule: str) -> RuleChange:
        """Return what a rule finds in the scope now, and did not as saved, and so on."""
        now, saved = (self.found(rule, state) for state in (self._studio.state, self._studio.saved))
        return RuleChange(
            newly=np.setdiff1d(now, saved, assume_unique=True),
            no_longer=np.setdiff1d(saved, now, assume_unique=True),
            both=np.intersect1d(now, saved, assume_unique=True),
        )

    def measure(self, rule: str) -> Impact:
        """Return what a rule finds now and found as saved."""
        states = (self._studio.state, self._studio.saved)
        found = [self.found(rule, state) for state in states]
        now, saved = (self.looked(state).get(rule, 0) for state in states)
        differing = self.differ(rule)
        return Impact(
            looked=Count(now=now, saved=saved),
            found=Count(now=len(found[0]), saved=len(found[1])),
            contacts=self._count("contact_id", found),
            people=self._count("rep_id", found),
            newly=len(differing.newly),
            no_longer=len(differing.no_longer),
            both=len(differing.both),
            weeks=(self.by_week(found[0]), self.by_week(found[1])),
            mondays=self.weeks,
            examples=self.examples(rule, differing),
        )

    def examples(self, rule: str, differing: RuleChange) -> dict[str, tuple[Example, ...]]:
        """Return the latest of what is found newly, no longer, and both times, in words."""
        now, saved = self._studio.state, self._studio.saved
        return {
            "newly": self._some(rule, differing.newly, now),
            "no longer": self._some(rule, differing.no_longer, saved),
            "both": self._some(rule, differing.both, now),
        }

    def _some(self, rule: str, rows: Rows, state: State) -> tuple[Example, ...]:
        if not len(rows):
            return ()
        one, book = self._studio.find(rule, state)
        findings = self._studio.tuning.outcome(state).findings[rule]
        return find_examples(rows, Reported(rule=one, rulebook=book, findings=findings), self.columns)

    def _count(self, field: str, found: Sequence[Rows]) -> Count:
        people = People(self.columns, field)
        return Count(now=people.count_at(found[0]), saved=people.count_at(found[1]))
