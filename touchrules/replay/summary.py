"""What a replay found, in the numbers that a manager reads first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from touchrules.model.rules import SEVERITIES, Rule, Rulebook, Severity
from touchrules.streams.instants import write_instant
from touchrules.streams.stream import Stream


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
    stream: Stream,
    *,
    findings: pa.Table,
    expectations: pa.Table,
    looked: Mapping[str, int],
    found: Mapping[str, int],
    as_of: int | None,
    engine: str,
    notices: tuple[str, ...] = (),
) -> Summary:
    """Return the summary of a replay. `looked` and `found`: touches by rule, reported or not."""
    at = stream.column("at")
    who = _people(findings)
    states = Counter(zip(expectations["rule"].to_pylist(), expectations["status"].to_pylist(), strict=True))
    rules = [
        _summarise_rule(rule, book, looked.get(rule.id, 0), found.get(rule.id, 0), who, states)
        for book in rulebooks
        for rule in book.rules
    ]
    return Summary(
        touches=len(stream),
        contacts=_distinct(stream, "contact_id"),
        accounts=_distinct(stream, "account_id"),
        reps=_distinct(stream, "rep_id"),
        first=at[0] if at else None,
        last=at[-1] if at else None,
        as_of=as_of,
        timezone=stream.timezone,
        engine=engine,
        findings=len(findings),
        rules=tuple(sorted(rules, key=_by_severity)),
        worst_reps=_worst_reps(findings, stream),
        notices=notices,
    )


def _people(findings: pa.Table) -> dict[str, tuple[set[str], set[str]]]:
    """Return the contacts and the reps of each rule's findings."""
    who: dict[str, tuple[set[str], set[str]]] = {}
    columns = [findings[name].to_pylist() for name in ("rule", "contact_id", "rep_id")]
    for rule, contact, rep in zip(*columns, strict=True):
        contacts, reps = who.setdefault(rule, (set(), set()))
        contacts.add(contact)
        if rep is not None:
            reps.add(rep)
    return who


def _summarise_rule(
    rule: Rule,
    book: Rulebook,
    looked: int,
    found: int,
    who: Mapping[str, tuple[set[str], set[str]]],
    states: Mapping[tuple[str, str], int],
) -> RuleSummary:
    contacts, reps = who.get(rule.id, (set(), set()))
    return RuleSummary(
        rulebook=book.name,
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        enabled=rule.enabled,
        reports=rule.report,
        looked_at=looked,
        found=found,
        contacts=len(contacts),
        reps=len(reps),
        met=states.get((rule.id, "met"), 0),
        cancelled=states.get((rule.id, "cancelled"), 0),
        broken=states.get((rule.id, "broken"), 0),
        open=states.get((rule.id, "open"), 0),
    )


def _by_severity(rule: RuleSummary) -> tuple[int, int, str]:
    return (-SEVERITIES.index(rule.severity), -rule.found, rule.rule)


def _distinct(stream: Stream, field: str) -> int:
    return len(set(stream.column(field)) - {None})


def _worst_reps(findings: pa.Table, stream: Stream) -> tuple[RepSummary, ...]:
    touches = Counter(stream.column("rep_id"))
    found = Counter(rep for rep in findings["rep_id"].to_pylist() if rep is not None)
    worst = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:5]
    return tuple(RepSummary(rep=rep, found=count, touches=touches[rep]) for rep, count in worst)
