"""The tests that a bundle carries: those of the sources, kept at the values that they were written for."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from touchrules.errors import FailedTests, Problem
from touchrules.language.load import RulebookTexts
from touchrules.language.proof import with_excerpts
from touchrules.language.testfiles import TESTS_ENDING, RulebookTest, parse_tests
from touchrules.language.testwriter import write_tests
from touchrules.model.rules import Rulebook
from touchrules.production.bundle.manifest import LeftOutTest, TestedRule, UntestedRule
from touchrules.production.bundle.tuned import Editions, Tuned, default_of, list_changed, stem_of
from touchrules.replay.run import Progress
from touchrules.replay.testing import Verdict, judge_tests

_WHY: Final = (
    "It passes for the sources, and not beside what was set or switched, which it cannot set for itself."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The tests of a bundle, those that were left out, and the rules in force that have none."""

    tests: tuple[RulebookTest, ...]
    left_out: tuple[LeftOutTest, ...]
    untested: tuple[UntestedRule, ...]

    def texts(self) -> dict[str, str]:
        """Return the tests by the members that hold them; a rulebook without tests has none."""
        books = dict.fromkeys(test.rulebook for test in self.tests)
        return {
            tests_member_of(book): write_tests(book, [test for test in self.tests if test.rulebook == book])
            for book in books
        }

    def counts(self) -> tuple[TestedRule, ...]:
        """Return how many tests each rule has that has any."""
        rules = [(test.rulebook, test.rule) for test in self.tests]
        return tuple(
            TestedRule(rulebook=book, rule=rule, tests=rules.count((book, rule)))
            for book, rule in dict.fromkeys(rules)
        )


def tests_member_of(rulebook: str) -> str:
    """Return the member that holds the tests of a rulebook."""
    return f"rulebooks/{stem_of(rulebook)}{TESTS_ENDING}"


def carry_tests(tuned: Tuned, editions: Editions, progress: Progress | None = None) -> Carried:
    """Run the tests with both engines, and return those that a bundle carries.

    A parameter that is changed and that a test of its rulebook does not set is set in it to the default
    that the test was written for. Tests of rules that are switched off are left out, and so are those that
    pass for the sources but cannot beside what was changed in another rulebook or was switched off. Raises
    RulebookError, and FailedTests for tests that fail for the sources too.
    """
    off = {rule for rule, on in tuned.switched.items() if not on}
    written = [
        test
        for file, text in tuned.tests.items()
        for test in parse_tests(text, file, editions.before.rulebooks)
        if test.rule not in off
    ]
    defaults = _defaults(editions)
    adapted = [
        dataclasses.replace(test, settings={**defaults.get(test.rulebook, {}), **test.settings})
        for test in written
    ]
    verdicts = judge_tests(adapted, RulebookTexts(editions.after.sources).make, progress=progress)
    failed = [old for old, verdict in zip(written, verdicts, strict=True) if not verdict.passed]
    _refuse_failures(judge_tests(failed, RulebookTexts(editions.before.sources).make))
    tests = tuple(verdict.test for verdict in verdicts if verdict.passed)
    return Carried(
        tests=tests,
        left_out=tuple(
            LeftOutTest(rulebook=test.rulebook, rule=test.rule, test=test.name, why=_WHY) for test in failed
        ),
        untested=find_untested(editions.rulebooks, tests),
    )


def _defaults(editions: Editions) -> dict[str, dict[str, Any]]:
    """Return by rulebook the defaults in the sources of what was changed, as settings."""
    defaults: dict[str, dict[str, Any]] = {}
    for one in list_changed(editions):
        value = default_of(editions.before, one.rulebook, one.parameter)
        defaults.setdefault(one.rulebook, {})[f"{one.rulebook}.{one.parameter}"] = value
    return defaults


def _refuse_failures(verdicts: Sequence[Verdict]) -> None:
    failed = [one for one in verdicts if not one.passed]
    if failed:
        problems = [
            Problem(
                message=one.reason or f"It should find {list(one.expected)}, but it found {list(one.found)}.",
                remedy="Mend the rule or its test, and export again; `touchrules test` tells more.",
                place=one.test.place,
                context=f"rule {one.test.rule}, test {one.test.name}",
            )
            for one in failed
        ]
        raise FailedTests(with_excerpts(problems))


def find_untested(rulebooks: Sequence[Rulebook], tests: Sequence[RulebookTest]) -> tuple[UntestedRule, ...]:
    """Return the rules in force that no test is of."""
    tested = {(test.rulebook, test.rule) for test in tests}
    return tuple(
        UntestedRule(rulebook=book.name, rule=rule.id)
        for book in rulebooks
        for rule in book.rules
        if rule.enabled and (book.name, rule.id) not in tested
    )
