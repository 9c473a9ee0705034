"""What an engine decides about a whole stream, as arrays: the same from every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
"""Rows of the stream, from 0 in stream order."""
Instants = npt.NDArray[np.int64]
"""Microseconds since 1970 UTC."""

STATUSES: Final = ("met", "cancelled", "broken", "open")
"""How an expectation ended, or that it is open; `RuleExpectations.status` counts in this order."""
_NOTHING: Final = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleFindings:
    """The touches that one rule found, in any order; arrays of one length, a place in each for a finding.

    `rows`: the touch, no row twice; for a broken expectation the one that opened it. `at`: the touch's own
    `at`, or the deadline of a broken expectation. `values`: the number behind the first test of `where`,
    seconds for a gap, NaN where there is none; None: that test of the rule has no number.
    """

    rows: Rows
    at: Instants
    values: npt.NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleExpectations:
    """All expectations of one rule, in any order; arrays of one length, a place in each for an expectation.

    `rows`: the touch that opened it, no row twice. `after`, `by`: when it can be met. `status`: a position
    in `STATUSES`. `settled_at`: when it ended, without meaning where it is open. `settled_by`: the row of
    the touch that met or cancelled it, -1 where there is none.
    """

    rows: Rows
    after: Instants
    by: Instants
    status: npt.NDArray[np.int8]
    settled_at: Instants
    settled_by: Rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FactPeriods:
    """The unbroken periods in which one fact stood, in any order; arrays of one length.

    `rows`: the touch that asserted it first; its contact_id, account_id or rep_id names whom the fact is
    about. `since`: from when. `stands`: whether it stands at the end. `until`: until when, without meaning
    where it stands.
    """

    rows: Rows
    since: Instants
    until: Instants
    stands: npt.NDArray[np.bool_]


class LazyFindings(Mapping[str, RuleFindings]):
    """The findings of rules, put together when they are first asked for: few ask for those of all rules."""

    def __init__(self, readers: Mapping[str, Callable[[], RuleFindings]]) -> None:
        self._readers = dict(readers)
        self._made: dict[str, RuleFindings] = {}

    def __getitem__(self, rule: str) -> RuleFindings:
        made = self._made.get(rule)
        if made is None:
            made = self._made[rule] = self._readers[rule]()
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """All that an engine decides.

    `findings`: by rule id, reported or not; of a rule with `expect` the broken expectations.
    `expectations`: by the id of a rule with `expect`. `periods`: by the name of a fact. `looked`: by rule
    id, how many touches its `when`, `applies_to` and `effective` accept. What has nothing may be left out.
    `counts`: by rule id, how many touches it found, of rules whose findings are made only when asked for.
    """

    findings: Mapping[str, RuleFindings] = field(default_factory=dict)
    expectations: Mapping[str, RuleExpectations] = field(default_factory=dict)
    periods: Mapping[str, FactPeriods] = field(default_factory=dict)
    looked: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    def found(self, rule: str) -> int:
        """Return how many touches a rule found."""
        if rule in self.counts:
            return self.counts[rule]
        findings = self.findings.get(rule)
        return 0 if findings is None else len(findings.rows)

    def rows(self, rule: str) -> Rows:
        """Return the touches that a rule found; for a rule with `expect` the triggers of the broken ones."""
        findings = self.findings.get(rule)
        return _NOTHING if findings is None else findings.rows


def pick(findings: RuleFindings, places: npt.NDArray[np.integer]) -> RuleFindings:
    """Return some of the findings of a rule, by their places."""
    values = None if findings.values is None else findings.values[places]
    return replace(findings, rows=findings.rows[places], at=findings.at[places], values=values)


def renumber(outcome: Outcome, number: Callable[[Rows], Rows]) -> Outcome:
    """Return an outcome with other rows; `number` returns the new ones of some rows."""

    def renumbered(rule: str) -> RuleFindings:
        one = outcome.findings[rule]
        return replace(one, rows=number(one.rows))

    return Outcome(
        findings=LazyFindings({rule: partial(renumbered, rule) for rule in outcome.findings}),
        expectations={
            name: replace(one, rows=number(one.rows), settled_by=_number_some(one.settled_by, number))
            for name, one in outcome.expectations.items()
        },
        periods={name: replace(one, rows=number(one.rows)) for name, one in outcome.periods.items()},
        looked=outcome.looked,
        counts={rule: outcome.found(rule) for rule in outcome.findings},
    )


def narrow(outcome: Outcome, chosen: npt.NDArray[np.bool_]) -> Outcome:
    """Return the findings of some touches only, and nothing else. `chosen`: for each touch of the stream."""

    def narrowed(rule: str) -> RuleFindings:
        one = outcome.findings[rule]
        return pick(one, np.flatnonzero(chosen[one.rows]))

    return Outcome(findings=LazyFindings({rule: partial(narrowed, rule) for rule in outcome.findings}))


def _number_some(rows: Rows, number: Callable[[Rows], Rows]) -> Rows:
    """Return the new rows where there is one."""
    there = rows >= 0
    numbered = rows.copy()
    numbered[there] = number(rows[there])
    return numbered
