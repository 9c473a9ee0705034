"""Why one contact's touches were found or left alone: facts, numbers and thresholds, touch by touch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from touchrules.engines.durable.clock import Settled
from touchrules.engines.durable.engine import Look, Observation
from touchrules.engines.durable.outcome import outcome_of
from touchrules.engines.plan import Plan, PlannedRule, lookbacks_in, make_plan, tracked
from touchrules.engines.verdicts import Answer, is_true
from touchrules.errors import ArgumentError, Problem
from touchrules.language.describe_lookbacks import say_test
from touchrules.language.vocabulary import Vocabulary, vocabulary_of
from touchrules.language.walk import walk_tests
from touchrules.model.lookbacks import (
    Gap,
    Last,
    LookBackTest,
    Never,
    Seen,
    Test,
)
from touchrules.model.rules import Rulebook
from touchrules.replay.columns import Columns
from touchrules.replay.neighbourhood import find_neighbourhood
from touchrules.replay.run import Progress, check_fit, run_durable
from touchrules.replay.tables import make_findings
from touchrules.streams.stream import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTest:
    """One test of `where`: in words, whether it was true, and the numbers that it looked at.

    `numbers`: each look back in words, what it came to (None: nothing to measure), whether that is a
    length of time in seconds.
    """

    text: str
    passed: bool
    numbers: tuple[tuple[str, Answer, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSeen:
    """A rule that looked at a touch. `facts`: each fact it asks for, whether it must stand, whether it did.

    `ended`: how its expectation ended, if it opened one. `message`: of the finding, if there is one.
    """

    rule: str
    title: str
    severity: str
    found: bool
    facts: tuple[tuple[str, bool, bool], ...]
    tests: tuple[CheckedTest, ...]
    ended: Settled | None = None
    settled_by: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchSeen:
    """One touch of the contact: its fields, the facts that stood before it, the rules that looked."""

    fields: Mapping[str, Any]
    zone: str
    facts: tuple[str, ...]
    rules: tuple[RuleSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All touches of one contact. `replayed`: how many touches of the stream had to be looked at."""

    contact: str
    touches: tuple[TouchSeen, ...]
    replayed: int
    as_of: int


_SHOWN = (
    *("touch_id", "at", "kind", "direction", "outcome", "rep_id", "account_id"),
    *("subject", "text", "promised_at", "stage"),
)


def explain(
    rulebooks: Sequence[Rulebook],
    stream: Stream,
    contact: str,
    *,
    as_of: int | None = None,
    progress: Progress | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Explanation:
    """Return why each touch of a contact was found by rules or left alone, by the durable engine.

    Raises ArgumentError where the stream has no such contact, and what `replay` raises.
    """
    check_fit(rulebooks, stream)
    if as_of is not None:
        stream = stream.until(as_of)
    if contact not in set(stream.column("contact_id")):
        raise _unknown(contact, stream)
    as_of = stream.column("at")[-1] if as_of is None else as_of
    plan = make_plan(rulebooks, stream.types, stream.timezone)
    rows = find_neighbourhood(plan, stream, contact)
    part = Stream(table=stream.table.take(pa.array(rows)), timezone=stream.timezone)
    own = [row for row, one in enumerate(part.column("contact_id")) if one == contact]
    results = run_durable(plan, part, as_of, observed=frozenset(own), progress=progress, notify=notify)
    rules = {rule.id: (rule, book) for book in rulebooks for rule in book.rules}
    findings = make_findings(outcome_of(results, plan), rules, Columns(part)).to_pylist()
    telling = _Telling(
        plan=plan,
        rulebooks=rulebooks,
        stream=part,
        messages={(row["rule"], row["touch_id"]): row["message"] for row in findings},
        ended={(one.rule, one.trigger): one for one in results.settled},
    )
    seen = tuple(telling.touch(one) for one in results.observations)
    return Explanation(contact=contact, touches=seen, replayed=len(part), as_of=as_of)


def _unknown(contact: str, stream: Stream) -> ArgumentError:
    some = sorted(set(stream.column("contact_id")))[:5]
    return ArgumentError(
        Problem(
            message=f'No touch concerns the contact "{contact}".',
            remedy=f"Contacts are named as in the field contact_id, for example {', '.join(some)}.",
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """All that is needed to tell of a touch."""

    plan: Plan
    rulebooks: Sequence[Rulebook]
    stream: Stream
    messages: Mapping[tuple[str, str], str]
    ended: Mapping[tuple[str, int], Settled]

    def touch(self, observation: Observation) -> TouchSeen:
        """Return one touch as it was seen."""
        row = self.stream.table.slice(observation.touch, 1)
        one = Stream(table=row, timezone=self.stream.timezone)
        fields = {name: one.column(name)[0] for name in _SHOWN}
        return TouchSeen(
            fields=fields,
            zone=one.zones()[0],
            facts=observation.facts,
            rules=tuple(self._rule(look, observation, fields["touch_id"]) for look in observation.looks),
        )

    def _rule(self, look: Look, observation: Observation, touch_id: str) -> RuleSeen:
        planned = next(one for one in self.plan.rules if one.rule.id == look.rule)
        rule = planned.rule
        asked = [(fact, True) for fact in rule.given] + [(fact, False) for fact in rule.unless]
        ended = self.ended.get((rule.id, observation.touch))
        by = None if ended is None else ended.settled_by
        return RuleSeen(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            found=look.found,
            facts=tuple((fact, wanted, fact in observation.facts) for fact, wanted in asked),
            tests=_tests(planned, look, observation.facts, vocabulary_of(planned.rulebook, self.rulebooks)),
            ended=ended,
            settled_by=None if by is None else self.stream.column("touch_id")[by],
            message=self.messages.get((rule.id, touch_id)),
        )


def _tests(
    planned: PlannedRule, look: Look, facts: Sequence[str], words: Vocabulary
) -> tuple[CheckedTest, ...]:
    answers = dict(zip(lookbacks_in(planned.where), look.answers, strict=True))
    return tuple(
        CheckedTest(
            text=say_test(written, words),
            passed=is_true(bound, lambda one: answers[tracked(one)], facts.__contains__),
            numbers=_numbers(written, bound, answers, words),
        )
        for written, bound in zip(planned.rule.where, planned.where, strict=True)
    )


def _numbers(
    written: Test, bound: Test, answers: Mapping[LookBackTest, Answer], words: Vocabulary
) -> tuple[tuple[str, Answer, bool], ...]:
    pairs = zip(walk_tests((written,)), walk_tests((bound,)), strict=True)
    return tuple(
        (say_test(one, words), answers[tracked(other)], isinstance(one, Gap))
        for one, other in pairs
        if isinstance(other, LookBackTest) and not isinstance(other, Seen | Never | Last)
    )
