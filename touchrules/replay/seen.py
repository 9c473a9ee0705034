"""What rules made of one touch: facts that stood, numbers beside thresholds, findings and silence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from touchrules.engines.plan import PlannedRule, tracked
from touchrules.engines.verdicts import Answer, is_true
from touchrules.language.describe_lookbacks import say_test
from touchrules.language.describe_measures import say_answer, say_measure, say_wanted
from touchrules.language.vocabulary import Vocabulary
from touchrules.language.walk import walk_tests
from touchrules.model.lookbacks import LookBackTest, Test
from touchrules.replay.resting import Rest

SHOWN = (
    *("touch_id", "at", "kind", "direction", "outcome", "rep_id", "account_id"),
    *("subject", "text", "promised_at", "stage"),
)
"""The fields of a touch that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """One look back in words: what was measured, what it was, what the rule looks for, whether it is so.

    `answer`: what it came to (None: nothing to measure). `rest`: the touches that it rests on, where they
    were asked for.
    """

    text: str
    measured: str
    was: str
    wanted: str
    passed: bool
    answer: Answer
    rest: Rest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTest:
    """One test of `where`: in words, whether it was true, and the look backs in it."""

    text: str
    passed: bool
    looked: tuple[LookedBack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How an expectation ended, or that it is open. `touch`: the row of the touch that met or cancelled it.

    Times in microseconds; `touch_id`: of that touch.
    """

    after: int
    by: int
    status: str
    settled_at: int | None
    touch: int | None
    touch_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSeen:
    """A rule that looked at a touch. `facts`: each fact it asks for, whether it must stand, whether it did.

    `ending`: of its expectation, if it opened one. `message`, `advice`: of the finding, if there is one.
    """

    rule: str
    title: str
    severity: str
    found: bool
    facts: tuple[tuple[str, bool, bool], ...]
    tests: tuple[CheckedTest, ...]
    ending: Ending | None = None
    message: str | None = None
    advice: str | None = None

    def rests(self) -> Iterator[Rest]:
        """Yield what its look backs rest on."""
        for test in self.tests:
            yield from (one.rest for one in test.looked if one.rest is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchSeen:
    """One touch: its fields, its time zone, the facts that stood before it, the rules that looked."""

    fields: Mapping[str, Any]
    zone: str
    facts: tuple[str, ...]
    rules: tuple[RuleSeen, ...]


def facts_asked(planned: PlannedRule, standing: Collection[str]) -> tuple[tuple[str, bool, bool], ...]:
    """Return each fact that a rule asks for, whether it must stand, and whether it does."""
    asked = [(fact, True) for fact in planned.rule.given] + [(fact, False) for fact in planned.rule.unless]
    return tuple((fact, wanted, fact in standing) for fact, wanted in asked)


def check_tests(
    planned: PlannedRule,
    answers: Mapping[LookBackTest, Answer],
    standing: Collection[str],
    words: Vocabulary,
    rest: Callable[[LookBackTest], Rest] | None = None,
) -> tuple[CheckedTest, ...]:
    """Return the tests of a rule's `where` at a touch.

    `answers`: what its look backs came to there, as `tracked` names them. `standing`: the facts that stand.
    """

    def answer(test: LookBackTest) -> Answer:
        return answers[tracked(test)]

    def look(written: LookBackTest, bound: LookBackTest) -> LookedBack:
        told = answer(bound)
        return LookedBack(
            text=say_test(written, words),
            measured=say_measure(written, words),
            was=say_answer(written, told),
            wanted=say_wanted(written),
            passed=is_true(bound, answer, standing.__contains__),
            answer=told,
            rest=None if rest is None else rest(tracked(bound)),
        )

    def check(written: Test, bound: Test) -> CheckedTest:
        pairs = zip(walk_tests((written,)), walk_tests((bound,)), strict=True)
        looked = [
            look(one, other)
            for one, other in pairs
            if isinstance(one, LookBackTest) and isinstance(other, LookBackTest)
        ]
        return CheckedTest(
            text=say_test(written, words),
            passed=is_true(bound, answer, standing.__contains__),
            looked=tuple(looked),
        )

    return tuple(check(*pair) for pair in zip(planned.rule.where, planned.where, strict=True))
