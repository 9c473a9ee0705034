"""What a replay found, in the numbers that a manager reads first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from touchrules.engines.outcome import STATUSES, Outcome
from touchrules.model.rules import SEVERITIES, Rule, Rulebook, Severity
from touchrules.replay.columns import LONG_TEXT, Columns, Rows
from touchrules.replay.people import Counts, People
from touchrules.streams.instants import write_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSummary:
    """One rule: touches that it looked at, findings, and whom they concern. Counts of touches and people."""

    rulebook: str
    rule: str
    title: str
    severity: Severity
    enabled: bool
    reports: bool
    looked_at: int
    found: int
    contacts: int
    reps: int
    met: int
    cancelled: int
    broken: int
    open: int

    @property
    def share(self) -> float | None:
        """Found over looked at, from 0 to 1; None where nothing was looked at."""
        return self.found / self.looked_at if self.looked_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepSummary:
    """One rep: findings that concern touches of theirs, and all their touches."""

    rep: str
    found: int
    touches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A whole replay. Times in microseconds since 1970 UTC, None on an empty stream."""

    touches: int
    contacts: int
    accounts: int
    reps: int
    first: int | None
    last: int | None
    as_of: int | None
    timezone: str
    engine: str
    findings: int
    rules: tuple[RuleSummary, ...]
    worst_reps: tuple[RepSummary, ...]
    notices: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the summary for machines: times as text, each rule with its share."""
        plain = asdict(self)
        for name in ("first", "last", "as_of"):
            plain[name] = None if plain[name] is None else write_instant(plain[name])
        for rule, written in zip(self.rules, plain["rules"], strict=True):
            written["share"] = rule.share
        return plain


@dataclass(slots=True, kw_only=True)
class RuleTally:
    """What one rule found: whom its findings concern, and how its expectations ended, as in `STATUSES`."""

    contacts: int
    reps: frozenset[str]
    states: Counts

    def __add__(self, other: RuleTally) -> RuleTally:
        return RuleTally(
            contacts=self.contacts + other.contacts,
            reps=self.reps | other.reps,
            states=self.states + other.states,
        )


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of all touches of some contacts. `first`, `last`: microseconds.

    `touches_of`, `found_of`: by rep, how many touches, and how many findings that are reported.
    """

    touches: int
    contacts: int
    accounts: pa.Array
    first: int | None
    last: int | None
    touches_of: Counter[str]
    found_of: Counter[str]
    rules: dict[str, RuleTally]

    def __add__(self, other: Tally) -> Tally:
        """Return the counts of the touches of both, which have no contact in common."""
        return Tally(
            touches=self.touches + other.touches,
            contacts=self.contacts + other.contacts,
            accounts=pa.concat_arrays([self.accounts, other.accounts]).unique(),
            first=min((one for one in (self.first, other.first) if one is not None), default=None),
            last=max((one for one in (self.last, other.last) if one is not None), default=None),
            touches_of=self.touches_of + other.touches_of,
            found_of=self.found_of + other.found_of,
            rules={rule: one + other.rules[rule] for rule, one in self.rules.items()},
        )


def tally(rulebooks: Sequence[Rulebook], outcome: Outcome, columns: Columns) -> Tally:
    """Return the counts of an outcome."""
    at = columns.at
    contacts, reps = People(columns, "contact_id"), People(columns, "rep_id")
    accounts = People(columns, "account_id")
    rules = {rule.id: rule for book in rulebooks for rule in book.rules}
    told = {name: _found(rule, outcome) for name, rule in rules.items() if rule.report}
    rows = np.concatenate([np.zeros(0, np.int64), *told.values()])
    return Tally(
        touches=len(columns.stream),
        contacts=contacts.count,
        accounts=accounts.names_of(accounts.codes).cast(LONG_TEXT),
        first=int(at[0]) if len(at) else None,
        last=int(at[-1]) if len(at) else None,
        touches_of=reps.counter(reps.codes),
        found_of=reps.counter(reps.codes[rows]),
        rules={
            name: RuleTally(
                contacts=contacts.count_at(told.get(name, rows[:0])),
                reps=frozenset(reps.names_of(reps.codes[told.get(name, rows[:0])]).to_pylist()),
                states=_states(name, outcome),
            )
            for name in rules
        },
    )


def summarise(
    rulebooks: Sequence[Rulebook],
    outcome: Outcome,
    columns: Columns,
    *,
    as_of: int | None,
    engine: str,
    notices: tuple[str, ...] = (),
) -> Summary:
    """Return the summary of a replay."""
    found = {name: outcome.found(name) for name in outcome.findings}
    return make_summary(
        rulebooks,
        tally(rulebooks, outcome, columns),
        looked=outcome.looked,
        found=found,
        as_of=as_of,
        timezone=columns.stream.timezone,
        engine=engine,
        notices=notices,
    )


def make_summary(
    rulebooks: Sequence[Rulebook],
    counted: Tally,
    *,
    looked: Mapping[str, int],
    found: Mapping[str, int],
    as_of: int | None,
    timezone: str,
    engine: str,
    notices: tuple[str, ...] = (),
) -> Summary:
    """Return the summary of what was counted. `looked`, `found`: touches by rule."""
    rules = [
        _summarise_rule(rule, book, counted.rules[rule.id], looked.get(rule.id, 0), found.get(rule.id, 0))
        for book in rulebooks
        for rule in book.rules
    ]
    return Summary(
        touches=counted.touches,
        contacts=counted.contacts,
        accounts=len(counted.accounts),
        reps=len(counted.touches_of),
        first=counted.first,
        last=counted.last,
        as_of=as_of,
        timezone=timezone,
        engine=engine,
        findings=sum(rule.found for rule in rules if rule.reports),
        rules=tuple(sorted(rules, key=_by_severity)),
        worst_reps=_worst_reps(counted),
        notices=notices,
    )


def _summarise_rule(rule: Rule, book: Rulebook, counted: RuleTally, looked: int, found: int) -> RuleSummary:
    states = dict(zip(STATUSES, counted.states.tolist(), strict=True))
    return RuleSummary(
        rulebook=book.name,
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        enabled=rule.enabled,
        reports=rule.report,
        looked_at=looked,
        found=found,
        contacts=counted.contacts,
        reps=len(counted.reps),
        **states,
    )


def _states(rule: str, outcome: Outcome) -> Counts:
    expected = outcome.expectations.get(rule)
    status = np.zeros(0, np.int8) if expected is None else expected.status
    return np.bincount(status, minlength=len(STATUSES))


def _found(rule: Rule, outcome: Outcome) -> Rows:
    """Return the rows of the touches that a rule found."""
    findings = outcome.findings.get(rule.id)
    return np.zeros(0, np.int64) if findings is None else findings.rows


def _by_severity(rule: RuleSummary) -> tuple[int, int, str]:
    return (-SEVERITIES.index(rule.severity), -rule.found, rule.rule)


def _worst_reps(counted: Tally) -> tuple[RepSummary, ...]:
    worst = sorted(counted.found_of.items(), key=lambda one: (-one[1], one[0]))[:5]
    return tuple(RepSummary(rep=rep, found=found, touches=counted.touches_of[rep]) for rep, found in worst)
