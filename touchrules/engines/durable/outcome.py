"""What the durable engine decided, as arrays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np

from touchrules.engines.durable.clock import Settled
from touchrules.engines.durable.engine import Found, Results
from touchrules.engines.durable.facts import Period
from touchrules.engines.outcome import STATUSES, FactPeriods, Outcome, RuleExpectations, RuleFindings
from touchrules.engines.plan import Plan, PlannedRule
from touchrules.model.lookbacks import LookBackTest

_One = TypeVar("_One", Found, Settled, Period)


def outcome_of(results: Results, plan: Plan) -> Outcome:
    """Return results, whose touches are named by their rows, as arrays for each rule and fact of a plan."""
    findings = _by_first(results.findings)
    settled = _by_first(results.settled)
    periods = _by_first(results.periods)
    return Outcome(
        findings={one.rule.id: _findings(one, findings.get(one.rule.id, [])) for one in plan.rules},
        expectations={
            one.rule.id: _expectations(settled.get(one.rule.id, []))
            for one in plan.rules
            if one.expect is not None
        },
        periods={fact: _periods(periods.get(fact, [])) for fact in plan.facts},
        looked=dict(results.looked),
    )


def _by_first(ones: Iterable[_One]) -> dict[str, list[_One]]:
    """Return what belongs to each rule or fact, which is named first."""
    by: dict[str, list[_One]] = {}
    for one in ones:
        by.setdefault(one[0], []).append(one)
    return by


def _findings(planned: PlannedRule, ones: list[Found]) -> RuleFindings:
    has_number = bool(planned.where) and isinstance(planned.where[0], LookBackTest)
    return RuleFindings(
        rows=np.array([one.touch for one in ones], np.int64),
        at=np.array([one.at for one in ones], np.int64),
        values=np.array([one.value for one in ones], np.float64) if has_number else None,
    )


def _expectations(ones: list[Settled]) -> RuleExpectations:
    return RuleExpectations(
        rows=np.array([one.trigger for one in ones], np.int64),
        after=np.array([one.after for one in ones], np.int64),
        by=np.array([one.by for one in ones], np.int64),
        status=np.array([STATUSES.index(one.status) for one in ones], np.int8),
        settled_at=np.array([0 if one.settled_at is None else one.settled_at for one in ones], np.int64),
        settled_by=np.array([-1 if one.settled_by is None else one.settled_by for one in ones], np.int64),
    )


def _periods(ones: list[Period]) -> FactPeriods:
    return FactPeriods(
        rows=np.array([one.touch for one in ones], np.int64),
        since=np.array([one.since for one in ones], np.int64),
        until=np.array([0 if one.until is None else one.until for one in ones], np.int64),
        stands=np.array([one.until is None for one in ones], np.bool_),
    )
