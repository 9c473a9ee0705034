"""The numbers of a summary are those that counting one by one gives."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.replay.findings import random_stream, with_dictionaries
from tests.replay.test_tables import BOOK, RULES, random_outcome, rows_of
from touchrules.engines.outcome import STATUSES, Outcome
from touchrules.replay.columns import Columns
from touchrules.replay.summary import Summary, summarise
from touchrules.replay.tables import make_expectations, make_findings
from touchrules.streams.stream import Stream


def summary_of(outcome: Outcome, stream: Stream) -> Summary:
    return summarise([BOOK], outcome, Columns(stream), as_of=None, engine="durable")


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_counts_are_those_of_the_tables(seed: int, coded: bool) -> None:
    plain = random_stream(seed)
    outcome = random_outcome(seed, plain)
    summary = summary_of(outcome, with_dictionaries(plain) if coded else plain)
    findings = rows_of(make_findings(outcome, RULES, Columns(plain)))
    states = Counter(
        (row["rule"], row["status"]) for row in rows_of(make_expectations(outcome, RULES, Columns(plain)))
    )
    for rule in summary.rules:
        own = [row for row in findings if row["rule"] == rule.rule]
        assert rule.contacts == len({row["contact_id"] for row in own})
        assert rule.reps == len({row["rep_id"] for row in own} - {None})
        assert rule.found == (len(own) if rule.reports else len(outcome.findings[rule.rule].rows))
        told = (rule.met, rule.cancelled, rule.broken, rule.open)
        assert told == tuple(states[rule.rule, status] for status in STATUSES)
    assert summary.findings == len(findings)


@pytest.mark.parametrize("seed", range(12))
def test_the_worst_reps_have_most_findings_and_then_the_first_names(seed: int) -> None:
    stream = random_stream(seed)
    outcome = random_outcome(seed, stream)
    found = Counter(row["rep_id"] for row in rows_of(make_findings(outcome, RULES, Columns(stream))))
    del found[None]
    touches = Counter(stream.column("rep_id"))
    worst = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:5]
    told = [(one.rep, one.found, one.touches) for one in summary_of(outcome, stream).worst_reps]
    assert told == [(rep, count, touches[rep]) for rep, count in worst]


@pytest.mark.parametrize("seed", range(4))
def test_the_stream_is_told_by_whom_it_concerns_and_when(seed: int) -> None:
    stream = random_stream(seed)
    part = Stream(table=with_dictionaries(stream).table.slice(0, 7), timezone=stream.timezone)
    summary = summary_of(Outcome(looked={"never": 3}), part)
    people = [len(set(part.column(name)) - {None}) for name in ("contact_id", "account_id", "rep_id")]
    assert [summary.contacts, summary.accounts, summary.reps] == people
    assert (summary.touches, summary.first, summary.last) == (7, part.column("at")[0], part.column("at")[-1])
    assert [rule.looked_at for rule in summary.rules if rule.rule == "never"] == [3]
    assert (summary.findings, summary.worst_reps) == (0, ())


def test_an_empty_stream_has_no_times() -> None:
    stream = random_stream(1)
    summary = summary_of(Outcome(), Stream(table=stream.table.slice(0, 0)))
    assert (summary.touches, summary.contacts, summary.first, summary.last) == (0, 0, None, None)
