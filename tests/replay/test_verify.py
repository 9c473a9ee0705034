"""Verifying a replay: some contacts' touches decided anew by the durable engine, and compared."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest

from tests.differential.engine import touch_table
from tests.differential.examples import seeded_example, write_rulebook
from tests.differential.inprocess import Inline
from tests.replay.findings import DAY, START, stream_of
from touchrules.engines.outcome import Outcome
from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks, parse_rulebooks
from touchrules.replay import run, verify
from touchrules.replay.run import Decision, replay
from touchrules.replay.verify import Sample, Verification, verify_replay
from touchrules.streams.demo.files import write_touches
from touchrules.streams.reader import read_touches

ROOT = Path(__file__).parents[2]
RULES = """\
rulebook: manners
language: 1
facts: {promised: {per: contact}}
rules:
  - {id: often, title: O, severity: low, when: {kind: call}, where: [{count: {kind: call}, more_than: 1}]}
  - {id: busy, title: B, severity: low, when: {kind: call},
     where: [{count: {kind: call}, per: rep, more_than: 3}]}
  - {id: promise, title: P, severity: low, when: {kind: call}, asserts: promised,
     expect: {touch: {kind: email}, by: 1d}}
"""


@pytest.fixture
def decision() -> Decision:
    """Of twelve touches of four contacts; t9 and t11 are of c1 and c3, and each rep has two contacts."""
    touches: list[dict[str, Any]] = [
        {"touch_id": f"t{n:02}", "at": START + n * DAY // 4, "contact_id": f"c{n % 4}"}
        | {"account_id": "a", "rep_id": f"r{n % 4 // 2}", "kind": "email" if n in {4, 6} else "call"}
        for n in range(12)
    ]
    return replay(parse_rulebooks({"manners.rulebook.yaml": RULES}), stream_of(touches)).decision


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "Supervisor", Inline)


def changed(decision: Decision, sort: str, name: str, **arrays: Any) -> Decision:
    """The decision with some arrays of one rule or fact replaced."""
    held = dict(getattr(decision.outcome, sort))
    held[name] = dataclasses.replace(held[name], **arrays)
    outcome: Outcome = dataclasses.replace(decision.outcome, **{sort: held})
    return dataclasses.replace(decision, outcome=outcome)


def told(verified: Verification) -> list[tuple[str, str, str, str, str]]:
    return [dataclasses.astuple(one) for one in verified.differences]


def test_a_right_replay_has_no_difference_and_tells_what_was_compared(decision: Decision) -> None:
    verified = verify_replay(decision, Sample(9))
    assert (verified.differences, verified.unverified) == ((), ())
    assert sorted(verified.contacts) == ["c0", "c1", "c2", "c3"]
    assert (verified.touches, verified.replayed, verified.rules, verified.facts) == (12, 12, 3, 1)
    outcome = decision.outcome
    assert verified.compared.findings == sum(len(one.rows) for one in outcome.findings.values()) > 0
    assert verified.compared.expectations == len(outcome.expectations["promise"].rows) > 0
    assert verified.compared.periods == len(outcome.periods["promised"].rows) > 0


def test_the_same_seed_draws_the_same_contacts(decision: Decision) -> None:
    drawn = [verify_replay(decision, Sample(2, seed)).contacts for seed in (1, 1, 2, 3, 4)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) > 1


def test_a_finding_that_only_one_engine_has_is_told(decision: Decision) -> None:
    found = decision.outcome.findings["often"]
    kept = np.arange(len(found.rows)) > 0
    lost = f"t{found.rows[0]:02}"
    assert found.values is not None
    planted = changed(
        decision, "findings", "often", rows=found.rows[kept], at=found.at[kept], values=found.values[kept]
    )
    ((sort, name, touch, columnar, durable),) = told(verify_replay(planted, Sample(4)))
    assert (sort, name, touch, columnar) == ("finding", "often", lost, "nothing")
    assert durable.startswith("found at 2025-03-")
    assert durable.endswith(", value 2.0")


def test_a_number_that_differs_is_told_with_both(decision: Decision) -> None:
    found = decision.outcome.findings["busy"]
    assert found.values is not None
    planted = changed(decision, "findings", "busy", values=found.values + 1)
    differences = told(verify_replay(planted, Sample(4)))
    assert len(differences) == len(found.rows)
    assert all("value 5.0" in one[3] or "value 6.0" in one[3] for one in differences)


def test_an_expectation_and_a_period_that_differ_are_told(decision: Decision) -> None:
    held = decision.outcome.expectations["promise"]
    planted = changed(decision, "expectations", "promise", status=np.full_like(held.status, 3))
    one = told(verify_replay(planted, Sample(4)))[0]
    assert (one[0], one[3].split(": ")[1][:5], one[4].split(": ")[1][:4]) == ("expectation", "open ", "met ")
    stood = decision.outcome.periods["promised"]
    planted = changed(decision, "periods", "promised", stands=~stood.stands)
    assert {one[:2] for one in told(verify_replay(planted, Sample(4)))} == {("fact", "promised")}


def test_differences_at_touches_of_others_are_not_seen(decision: Decision) -> None:
    verified = verify_replay(decision, Sample(1))
    found = decision.outcome.findings["busy"]
    own = np.array([f"c{row % 4}" in verified.contacts for row in found.rows])
    assert found.values is not None
    others = changed(decision, "findings", "busy", values=found.values + ~own)
    assert verify_replay(others, Sample(1)).differences == ()


def test_a_rule_that_looks_too_far_is_verified_for_fewer_contacts_or_none(decision: Decision) -> None:
    verified = verify_replay(decision, Sample(4, most=6))
    assert {(one.name, one.contacts) for one in verified.unverified} == {
        ("often", 2),
        ("busy", 1),
        ("promise", 2),
        ("promised", 2),
    }
    (busy,) = [one for one in verify_replay(decision, Sample(1, most=5)).unverified if one.contacts == 0]
    assert (busy.name, busy.is_fact, busy.keys) == ("busy", False, (("rep_id",),))
    assert verify_replay(decision, Sample(1, most=5)).replayed == 3


def test_an_empty_stream_has_nothing_to_verify(decision: Decision) -> None:
    empty = dataclasses.replace(decision, stream=decision.stream.until(0), as_of=None, outcome=Outcome())
    verified = verify_replay(empty, Sample(5))
    assert (verified.contacts, verified.replayed, verified.differences) == ((), 0, ())


@pytest.mark.parametrize("number", range(60))
def test_what_a_rule_needs_is_enough_on_random_rulebooks(number: int) -> None:
    """Each rule and fact by itself, on no more touches than it needs."""
    example = seeded_example(11, number)
    texts = {f"{book['rulebook']}.rulebook.yaml": write_rulebook(book) for book in example.rulebooks}
    books = parse_rulebooks(texts, example.settings)
    table = touch_table(example.touches)
    stream = read_touches(table, timezone=example.timezone, declared=declared_types(books)).stream
    came = replay(books, stream, as_of=example.as_of)
    with mock.patch.object(verify, "_FEW", 0), mock.patch.object(verify, "_ALIKE", 0):
        assert verify_replay(came.decision, Sample(1, seed=number)).differences == ()


def test_the_shipped_rulebooks_verify_on_a_small_year(tmp_path: Path) -> None:
    books = load_rulebooks([ROOT / "rulebooks"])
    write_touches(tmp_path / "touches.csv.gz", 1_000, 3)
    stream = read_touches(tmp_path / "touches.csv.gz", declared=declared_types(books)).stream
    steps: list[tuple[str, int, int]] = []
    verified = verify_replay(
        replay(books, stream).decision, Sample(20), progress=lambda *step: steps.append(step)
    )
    assert (verified.differences, verified.unverified) == ((), ())
    assert verified.compared.findings > 50
    assert {what for what, _, _ in steps} == {"Choosing what to verify", "Verifying touches"}
    assert steps[-1][1] == steps[-1][2]
