"""Rules, facts and signals around durable_rules as plain values, for a host in another language."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final, assert_never

from touchrules.engines.binding import found_in
from touchrules.engines.plan import PlannedFact, PlannedRule, lookbacks_in, tracked
from touchrules.language.walk import filters_of_test, walk_tests
from touchrules.model.lookbacks import FactHolds, LookBackTest
from touchrules.model.rules import BusinessDays, BusinessTime, Expectation, FieldOffset, Moment, Rulebook
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)
from touchrules.production.bundle.plain_filters import write_filter

_SIGNAL_KINDS: Final[Mapping[type[Signal], str]] = {
    PhraseCount: "phrases",
    PatternCount: "pattern",
    MentionCount: "mentions",
    QuestionCount: "questions",
    WordCount: "words",
    PhonePrefix: "phone_prefix",
}


def write_rule(
    planned: PlannedRule, ruleset: int | None, numbers: Mapping[LookBackTest, int]
) -> dict[str, Any]:
    """Return what a host must know of a rule beside its conditions.

    `ruleset`: the position of its ruleset; None if the rule can never find anything. `answers`, `facts`
    and `found`: the look backs, facts and rules that it depends on. `value`: the look back whose answer
    is the finding's value.
    """
    rule = planned.rule
    first = planned.where[0] if planned.where else None
    return {
        "id": rule.id,
        "rulebook": planned.rulebook.name,
        "severity": rule.severity,
        "title": rule.title,
        "say": rule.say,
        "advise": rule.advise,
        "stage": planned.stage,
        "ruleset": ruleset,
        "report": rule.report,
        "answers": [numbers[test] for test in lookbacks_in(planned.where)],
        "facts": _facts_of(planned),
        "found": sorted(
            found_in(planned.when, *(one for test in planned.where for one in filters_of_test(test)))
        ),
        "value": numbers[tracked(first)] if isinstance(first, LookBackTest) else None,
        "asserts": rule.asserts,
        "met_asserts": rule.met_asserts,
        "expect": None if planned.expect is None else _write_expectation(planned.expect, planned.rulebook),
    }


def _facts_of(planned: PlannedRule) -> list[str]:
    tested = [test.fact for test in walk_tests(planned.where) if isinstance(test, FactHolds)]
    return list(dict.fromkeys((*planned.rule.given, *planned.rule.unless, *tested)))


def _write_expectation(expect: Expectation, rulebook: Rulebook) -> dict[str, Any]:
    return {
        "touch": write_filter(expect.touch),
        "cancel": None if expect.cancel is None else write_filter(expect.cancel),
        "match": [{"later": later, "trigger": trigger} for later, trigger in expect.match],
        "per": list(expect.per),
        "after": _write_moment(expect.after),
        "by": _write_moment(expect.by),
        "holidays": sorted(day.isoformat() for day in rulebook.holidays),
        "business_hours": list(rulebook.business_hours),
    }


def _write_moment(moment: Moment) -> dict[str, Any]:
    match moment:
        case FieldOffset(field=field, offset=offset):
            return {"field": field, "plus": offset}
        case BusinessDays(days=days):
            return {"business_days": days}
        case BusinessTime(duration=duration):
            return {"business_time": duration}
        case _:
            assert_never(moment)


def write_fact(planned: PlannedFact) -> dict[str, Any]:
    """Return what makes a fact stand and end; `lasts` in microseconds."""
    return {
        "key": planned.key,
        "from": None if planned.asserted_by is None else write_filter(planned.asserted_by),
        "until": None if planned.until is None else write_filter(planned.until),
        "lasts": planned.fact.lasts,
    }


def write_signal(signal: Signal) -> dict[str, Any]:
    """Return what a signal reads: `kind`, by the word of the language, and its keys there."""
    told = {one.name: getattr(signal, one.name) for one in dataclasses.fields(signal) if one.compare}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
    return {"kind": _SIGNAL_KINDS[type(signal)], **plain}
