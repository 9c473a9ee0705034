"""Findings of an outcome, asked for by rule and picked by place."""

from __future__ import annotations

import numpy as np

from touchrules.engines.outcome import Outcome, RuleFindings, narrow, pick

FOUND = RuleFindings(rows=np.array([4, 2, 7]), at=np.array([40, 20, 70]), values=np.array([0.4, 0.2, 0.7]))


def test_the_touches_of_a_rule_are_told_and_none_of_one_without_findings() -> None:
    outcome = Outcome(findings={"a": FOUND})
    assert (outcome.rows("a").tolist(), outcome.rows("b").tolist()) == ([4, 2, 7], [])


def test_picked_findings_keep_their_times_and_values() -> None:
    one = pick(FOUND, np.array([2, 0]))
    assert one.values is not None
    assert (one.rows.tolist(), one.at.tolist(), one.values.tolist()) == ([7, 4], [70, 40], [0.7, 0.4])


def test_narrowed_findings_are_those_of_the_chosen_touches() -> None:
    chosen = np.isin(np.arange(8), [2, 7])
    assert narrow(Outcome(findings={"a": FOUND}), chosen).findings["a"].rows.tolist() == [2, 7]
