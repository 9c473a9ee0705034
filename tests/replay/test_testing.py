"""Running the tests that stand beside rulebooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from touchrules.engines.durable.supervisor import Worker, WorkerDied
from touchrules.engines.durable.worker import Message, Record, Reply
from touchrules.engines.outcome import Outcome
from touchrules.errors import EngineError
from touchrules.replay.run import EngineName
from touchrules.replay.testing import ENGINES, Trial, run_tests

RULEBOOK = """\
rulebook: manners
language: 1
fields: {size: {type: number}}
parameters: {cap: {type: integer, default: 1}, hold: {type: duration, default: 7d}}
facts: {told: {for: $hold}}
rules:
  - {id: every-call, title: A call, severity: low, when: {kind: call}}
  - {id: hidden, title: Hidden, severity: low, report: false, when: {kind: call}}
  - {id: disabled, title: Disabled, severity: low, enabled: false, when: {kind: call}}
  - id: often
    title: Often
    severity: low
    when: {kind: call}
    unless: told
    where: [{count: {kind: call}, per: rep, more_than: $cap}]
    asserts: told
  - id: promise
    title: Promise
    severity: low
    when: {promised_at: {exists: true}}
    expect: {touch: {kind: call}, by: promised_at}
  - {id: big, title: Big, severity: low, when: {size: {more_than: 5}}}
  - {id: weighty, title: Weighty, severity: low, when: {weight: {more_than: 5}}}
"""
CALLS = "{at: 2025-03-03 10:00, kind: call}, {at: 2025-03-03 11:00, kind: call}"


def _try(folder: Path, rule: str, *tests: str, engines: Sequence[EngineName] = ENGINES) -> Trial:
    (folder / "manners.rulebook.yaml").write_text(RULEBOOK)
    cases = "".join(f"    - {test}\n" for test in tests)
    (folder / "manners.tests.yaml").write_text(f"rulebook: manners\ntests:\n  {rule}:\n{cases}")
    return run_tests([folder], engines=engines)


def _found(folder: Path, rule: str, test: str) -> tuple[int, ...]:
    (verdict,) = _try(folder, rule, test).verdicts
    assert verdict.reason == ""
    return verdict.found


def test_a_test_passes_only_if_the_rule_finds_these_touches_and_no_others(tmp_path: Path) -> None:
    trial = _try(
        tmp_path,
        "every-call",
        f"{{touches: [{CALLS}], finds: [1, 2]}}",
        f"{{touches: [{CALLS}], finds: [2]}}",
        "{touches: [{at: 2025-03-03, kind: email}], finds: []}",
    )
    assert [verdict.passed for verdict in trial.verdicts] == [True, False, True]
    assert [verdict.found for verdict in trial.failures] == [(1, 2)]


def test_a_test_passes_only_if_every_engine_finds_these_touches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchrules.replay.testing.run_columnar", lambda *_: Outcome())
    test = f"{{touches: [{CALLS}], finds: [1, 2]}}"
    (verdict,) = _try(tmp_path, "every-call", test).verdicts
    assert (verdict.passed, verdict.wrong, verdict.found) == (False, ("columnar",), ())
    assert verdict.by_engine == {"columnar": (), "durable": (1, 2)}


def test_one_engine_alone_runs_all_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _kill_workers(monkeypatch, times=9)
    tests = [f"{{touches: [{CALLS}], finds: [2]}}", "{touches: [], finds: []}"]
    verdicts = _try(tmp_path, "often", *tests, engines=("columnar",)).verdicts
    assert [verdict.by_engine for verdict in verdicts] == [{"columnar": (2,)}, {"columnar": ()}]


def test_rules_without_tests_are_named(tmp_path: Path) -> None:
    trial = _try(tmp_path, "every-call", f"{{touches: [{CALLS}], finds: [1, 2]}}")
    assert ("manners", "often") in trial.untested
    assert ("manners", "every-call") not in trial.untested


def test_a_rule_that_reports_nothing_finds_all_the_same(tmp_path: Path) -> None:
    assert _found(tmp_path, "hidden", f"{{touches: [{CALLS}], finds: []}}") == (1, 2)


def test_a_disabled_rule_finds_nothing(tmp_path: Path) -> None:
    assert _found(tmp_path, "disabled", f"{{touches: [{CALLS}], finds: []}}") == ()


def test_with_sets_parameters_for_one_test_only(tmp_path: Path) -> None:
    trial = _try(
        tmp_path,
        "often",
        f"{{touches: [{CALLS}], finds: [2]}}",
        f"{{touches: [{CALLS}], finds: [], with: {{cap: 2}}}}",
        f"{{touches: [{CALLS}], finds: [2]}}",
    )
    assert trial.failures == ()


def test_nothing_is_remembered_from_one_test_to_the_next(tmp_path: Path) -> None:
    trial = _try(tmp_path, "often", *[f"{{touches: [{CALLS}], finds: [2]}}"] * 3)
    assert [verdict.found for verdict in trial.verdicts] == [(2,)] * 3


def test_positions_are_those_of_the_test_not_of_time(tmp_path: Path) -> None:
    touches = "{at: 2025-03-03 12:00, kind: call}, {at: 2025-03-03 11:00, kind: call}"
    assert _found(tmp_path, "often", f"{{touches: [{touches}], finds: []}}") == (1,)


def test_an_expectation_is_found_at_its_trigger_once_it_is_broken(tmp_path: Path) -> None:
    touches = "[{at: 2025-03-03 10:00, kind: email, promised_at: 2025-03-04}]"
    assert _found(tmp_path, "promise", f"{{touches: {touches}, finds: []}}") == ()
    assert _found(tmp_path, "promise", f"{{touches: {touches}, finds: [], as_of: 2025-03-04}}") == (1,)


def test_touches_after_as_of_are_left_out(tmp_path: Path) -> None:
    test = f"{{touches: [{CALLS}], finds: [], as_of: 2025-03-03 10:30}}"
    assert _found(tmp_path, "every-call", test) == (1,)


def test_as_of_before_every_touch_leaves_nothing(tmp_path: Path) -> None:
    assert _found(tmp_path, "every-call", f"{{touches: [{CALLS}], finds: [], as_of: 2025-01-01}}") == ()


def test_no_touches_find_nothing(tmp_path: Path) -> None:
    assert _found(tmp_path, "every-call", "{touches: [], finds: []}") == ()


def test_a_declared_field_that_only_some_tests_have_is_missing_in_the_others(tmp_path: Path) -> None:
    trial = _try(
        tmp_path,
        "big",
        "{touches: [{at: 2025-03-03, kind: call, size: 6}], finds: [1]}",
        f"{{touches: [{CALLS}], finds: []}}",
    )
    assert trial.failures == ()


def test_a_field_that_nobody_has_is_missing_and_one_of_the_wrong_type_is_told(tmp_path: Path) -> None:
    trial = _try(
        tmp_path,
        "weighty",
        f"{{touches: [{CALLS}], finds: []}}",
        "{touches: [{at: 2025-03-03, kind: call, weight: 6}], finds: [1]}",
        "{touches: [{at: 2025-03-03, kind: call, weight: heavy}], finds: []}",
    )
    assert [verdict.passed for verdict in trial.verdicts] == [True, True, False]
    assert "`more_than` needs numbers" in trial.failures[0].reason


def test_touches_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (verdict,) = _try(
        tmp_path, "every-call", "{touches: [{at: 2025-03-03, kind: call, timezone: Mars}], finds: []}"
    ).verdicts
    assert not verdict.passed
    assert "Mars" in verdict.reason


def test_a_worker_that_dies_once_loses_no_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _kill_workers(monkeypatch, times=1)
    assert _try(tmp_path, "often", *[f"{{touches: [{CALLS}], finds: [2]}}"] * 2).failures == ()


def test_a_worker_that_dies_twice_in_one_test_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kill_workers(monkeypatch, times=2)
    with pytest.raises(EngineError, match="crashed twice in test number 1 of often"):
        _try(tmp_path, "often", f"{{touches: [{CALLS}], finds: [2]}}")


def _kill_workers(monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    original, killed = Worker.ask, []

    def ask(worker: Worker, message: Message) -> Reply:
        if isinstance(message, Record) and len(killed) < times:
            killed.append(worker.close())
            raise WorkerDied
        return original(worker, message)

    monkeypatch.setattr(Worker, "ask", ask)
