"""The command `health`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import RULEBOOK, run, write

FAXES = "  - {id: no-faxes, title: Send no fax, severity: low, when: {kind: fax}}\n"
EXCUSE = "excuses: [{rule: no-faxes, mark: never-fires, reason: Nobody has a fax machine any more.}]\n"


def test_marks_without_a_reason_fail_and_are_told(rulebook: Path, touches: Path) -> None:
    write(rulebook, RULEBOOK + FAXES)
    result = run("health", rulebook, "--touches", touches, "--parameters", "none")
    assert result.exit_code == 5
    assert "3 rules on 4 touches: 1 mark of ill health." in result.stdout
    assert "Parameters were not turned." in result.stdout
    assert "Never fires\n  no-faxes: It looked at 0 touches and found none." in result.stdout
    assert "1 mark has no stated reason." in result.stderr


def test_a_stated_reason_is_shown_and_nothing_fails(rulebook: Path, touches: Path) -> None:
    write(rulebook, RULEBOOK + FAXES)
    write(rulebook.parent / "health.yaml", EXCUSE)
    result = run("health", rulebook.parent, "--touches", touches, "--parameters", "none")
    assert result.exit_code == 0, result.output
    assert "3 rules on 4 touches: all healthy." in result.stdout
    assert "All right: Nobody has a fax machine any more." in result.stdout


def test_a_reason_that_nothing_needs_is_told(rulebook: Path, touches: Path) -> None:
    write(rulebook.parent / "health.yaml", EXCUSE.replace("no-faxes", "call-back"))
    shown = run("health", rulebook, "--touches", touches, "--parameters", "none").stdout
    assert "Reasons in health.yaml that nothing needs any more\n  call-back, never-fires\n" in shown


def test_parameters_are_turned_and_machines_are_told_in_json(rulebook: Path, touches: Path) -> None:
    declared = "  odd: {type: integer, default: 2, min: 1, max: 9}\nsignals:"
    write(rulebook, RULEBOOK.replace("signals:", declared))
    result = run("health", rulebook, "--touches", touches, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["parameters_turned"], told["failures"]) == (5, 2, 1)
    assert told["marks"] == [
        {
            "rulebook": "manners",
            "subject": "manners.odd",
            "mark": "changes-nothing",
            "of": None,
            "says": "Nothing in its rulebook reads it.",
            "reason": None,
        }
    ]


def test_a_parameter_is_judged_as_it_is_set(rulebook: Path, touches: Path) -> None:
    result = run("health", rulebook, "--touches", touches, "--set", "manners.cap=9", "--parameters", "none")
    assert "too-many-calls: It looked at 3 touches and found none." in result.stdout
