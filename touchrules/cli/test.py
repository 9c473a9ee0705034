"""The command `test`: whether rules find what their own tests say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from touchrules.cli.options import AsJson, Rulebooks, TestEngine
from touchrules.errors import FailedTests, Problem

if TYPE_CHECKING:
    from touchrules.replay.testing import Trial, Verdict


def run_tests(*, rulebooks: Rulebooks, engine: TestEngine = None, as_json: AsJson = False) -> None:
    """Run the tests that stand beside rulebooks, with every engine.

    They are in NAME.tests.yaml beside NAME.rulebook.yaml.
    """
    from touchrules.cli.inputs import check_engine
    from touchrules.cli.screen import notify, progress_bars
    from touchrules.language.proof import with_excerpts
    from touchrules.replay import testing

    engines = testing.ENGINES if engine is None else (check_engine(engine),)
    with progress_bars() as tell:
        trial = testing.run_tests(rulebooks, engines=engines, progress=tell)
    for rulebook, rule in trial.untested:
        notify(f"Warning: rule {rule} of {rulebook} has no test.")
    typer.echo(_as_json(trial) if as_json else _say(trial))
    if trial.failures:
        raise FailedTests(with_excerpts(_problem(verdict) for verdict in trial.failures))


def _say(trial: Trial) -> str:
    rules = len({(verdict.test.rulebook, verdict.test.rule) for verdict in trial.verdicts})
    of = f"{len(trial.verdicts):,} tests of {rules:,} rules"
    if not trial.failures:
        return f"All {of} passed."
    return f"{len(trial.failures):,} of {of} failed."


def _problem(verdict: Verdict) -> Problem:
    test = verdict.test
    message = _say_found(verdict)
    if verdict.reason:
        message = "The test cannot be run.\n" + "\n".join(f"  {line}" for line in verdict.reason.splitlines())
    return Problem(message=message, place=test.place, context=f"rule {test.rule}, test {test.name}")


def _say_found(verdict: Verdict) -> str:
    """Say what should be found and was found, and by which engine unless they all found the same."""
    wanted = f"The rule should find {_positions(verdict.expected)}"
    if len(set(verdict.by_engine.values())) == 1:
        return f"{wanted}, but it found {_positions(verdict.found)}."
    told = " and ".join(
        f"{_positions(found)} with the {engine} engine" for engine, found in verdict.by_engine.items()
    )
    return f"{wanted}, but it found {told}."


def _positions(found: tuple[int, ...]) -> str:
    """Return positions in words.

    >>> _positions(()), _positions((2,)), _positions((1, 3))
    ('no touch', 'touch 2', 'touches 1, 3')
    """
    if not found:
        return "no touch"
    return f"touch{'es' if len(found) > 1 else ''} {', '.join(map(str, found))}"


def _as_json(trial: Trial) -> str:
    told = {
        "passed": len(trial.verdicts) - len(trial.failures),
        "failed": len(trial.failures),
        "tests": [_row(verdict) for verdict in trial.verdicts],
        "untested": [{"rulebook": rulebook, "rule": rule} for rulebook, rule in trial.untested],
    }
    return json.dumps(told, indent=2)


def _row(verdict: Verdict) -> dict[str, object]:
    test, place = verdict.test, verdict.test.place
    return {
        "rulebook": test.rulebook,
        "rule": test.rule,
        "name": test.name,
        "file": place and place.file,
        "line": place and place.line,
        "passed": verdict.passed,
        "expected": verdict.expected,
        "found": verdict.found,
        "found_by_engine": dict(verdict.by_engine),
        "reason": verdict.reason,
    }
