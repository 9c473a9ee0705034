"""What the durable engine decided is the same as arrays."""

from __future__ import annotations

import numpy as np

from touchrules.engines.durable.clock import Settled
from touchrules.engines.durable.engine import Found, Results
from touchrules.engines.durable.facts import Period
from touchrules.engines.durable.outcome import outcome_of
from touchrules.engines.plan import make_plan
from touchrules.language.load import parse_rulebook

BOOK = parse_rulebook("""
rulebook: book
language: 1
facts: {called: {from: {kind: call}}, mailed: {from: {kind: email}}}
rules:
  - {id: counted, title: One, severity: low, when: {}, where: [{count: {}, within: 7d, at_least: 1}]}
  - {id: answered, title: Two, severity: low, when: {}, expect: {touch: {}, by: 1d}}
""")
PLAN = make_plan([BOOK], {"kind": "text"})


def test_findings_have_numbers_where_the_first_test_gives_one() -> None:
    found = [Found("counted", 3, 30, 2.0), Found("answered", 1, 15, None), Found("counted", 5, 50, None)]
    outcome = outcome_of(Results(findings=found), PLAN)
    counted, answered = outcome.findings["counted"], outcome.findings["answered"]
    assert (counted.rows.tolist(), counted.at.tolist()) == ([3, 5], [30, 50])
    np.testing.assert_array_equal(counted.values, [2.0, np.nan])
    assert (answered.rows.tolist(), answered.at.tolist(), answered.values) == ([1], [15], None)


def test_expectations_have_a_status_and_who_settled_them() -> None:
    settled = [
        Settled("answered", 1, 10, 11, 12, "met", 11, 2),
        Settled("answered", 3, 20, 21, 22, "broken", 22, None),
        Settled("answered", 4, 30, 31, 32, "open", None, None),
    ]
    one = outcome_of(Results(settled=settled), PLAN).expectations["answered"]
    assert one.rows.tolist() == [1, 3, 4]
    assert (one.after.tolist(), one.by.tolist()) == ([11, 21, 31], [12, 22, 32])
    assert (one.status.tolist(), one.settled_by.tolist()) == ([0, 2, 3], [2, -1, -1])
    assert one.settled_at[:2].tolist() == [11, 22]


def test_periods_have_ended_or_stand() -> None:
    periods = [Period("called", "c1", 10, 20, 1), Period("called", "c2", 30, None, 4)]
    one = outcome_of(Results(periods=periods), PLAN).periods["called"]
    assert (one.rows.tolist(), one.since.tolist(), one.stands.tolist()) == ([1, 4], [10, 30], [False, True])
    assert one.until[0] == 20


def test_what_has_nothing_is_there_without_rows() -> None:
    results = Results()
    results.looked["counted"] = 4
    outcome = outcome_of(results, PLAN)
    assert (set(outcome.findings), set(outcome.expectations)) == ({"counted", "answered"}, {"answered"})
    assert [len(one.rows) for one in outcome.periods.values()] == [0, 0]
    assert (dict(outcome.looked), outcome.findings["answered"].rows.dtype) == ({"counted": 4}, np.int64)
