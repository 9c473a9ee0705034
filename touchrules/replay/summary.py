"""What a replay found, in the numbers that a manager reads first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.engines.outcome import STATUSES, Outcome
from touchrules.model.rules import SEVERITIES, Rule, Rulebook, Severity
from touchrules.replay.columns import Codes, Columns, Rows
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
    stream, at = columns.stream, columns.at
    contacts, reps = _People(columns, "contact_id"), _People(columns, "rep_id")
    rules = [
        _summarise_rule(rule, book, outcome, contacts, reps) for book in rulebooks for rule in book.rules
    ]
    return Summary(
        touches=len(stream),
        contacts=contacts.count,
        accounts=_People(columns, "account_id").count,
        reps=reps.count,
        first=int(at[0]) if len(at) else None,
        last=int(at[-1]) if len(at) else None,
        as_of=as_of,
        timezone=stream.timezone,
        engine=engine,
        findings=sum(rule.found for rule in rules if rule.reports),
        rules=tuple(sorted(rules, key=_by_severity)),
        worst_reps=_worst_reps(rulebooks, outcome, reps),
        notices=notices,
    )


class _People:
    """Whom touches concern, by one field: each is a number, or -1 where the field is missing."""

    def __init__(self, columns: Columns, field: str) -> None:
        self.codes, self.names = columns.coded(field)

    @property
    def count(self) -> int:
        """How many there are."""
        return int(np.count_nonzero(self.touches(self.codes)))

    def touches(self, codes: Codes) -> npt.NDArray[np.int64]:
        """Return how often each one is among codes."""
        return np.bincount(codes + 1, minlength=len(self.names) + 1)[1:]

    def count_at(self, rows: Rows) -> int:
        """Return how many there are at some rows."""
        codes = np.sort(self.codes[rows])
        codes = codes[codes >= 0]
        return int(np.count_nonzero(np.diff(codes))) + bool(len(codes))


def _summarise_rule(
    rule: Rule, book: Rulebook, outcome: Outcome, contacts: _People, reps: _People
) -> RuleSummary:
    told = _found(rule, outcome) if rule.report else np.zeros(0, np.int64)
    expected = outcome.expectations.get(rule.id)
    status = np.zeros(0, np.int8) if expected is None else expected.status
    states = np.bincount(status, minlength=len(STATUSES)).tolist()
    return RuleSummary(
        rulebook=book.name,
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        enabled=rule.enabled,
        reports=rule.report,
        looked_at=outcome.looked.get(rule.id, 0),
        found=outcome.found(rule.id),
        contacts=contacts.count_at(told),
        reps=reps.count_at(told),
        met=states[STATUSES.index("met")],
        cancelled=states[STATUSES.index("cancelled")],
        broken=states[STATUSES.index("broken")],
        open=states[STATUSES.index("open")],
    )


def _found(rule: Rule, outcome: Outcome) -> Rows:
    """Return the rows of the touches that a rule found."""
    findings = outcome.findings.get(rule.id)
    return np.zeros(0, np.int64) if findings is None else findings.rows


def _by_severity(rule: RuleSummary) -> tuple[int, int, str]:
    return (-SEVERITIES.index(rule.severity), -rule.found, rule.rule)


def _worst_reps(rulebooks: Sequence[Rulebook], outcome: Outcome, reps: _People) -> tuple[RepSummary, ...]:
    reported = [_found(rule, outcome) for book in rulebooks for rule in book.rules if rule.report]
    rows = np.concatenate([np.zeros(0, np.int64), *reported])
    found = reps.touches(reps.codes[rows])
    some = np.flatnonzero(found)
    names = reps.names.take(pa.array(some)).to_pylist()
    counts = zip(names, some.tolist(), found[some].tolist(), strict=True)
    worst = sorted(counts, key=lambda one: (-one[2], one[0]))[:5]
    return tuple(
        RepSummary(rep=rep, found=count, touches=int(np.count_nonzero(reps.codes == code)))
        for rep, code, count in worst
    )
