"""Tuning: steps, undoing, comparing, and what is worked out again."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from touchrules.engines.columnar.session import Session
from touchrules.engines.plan import Plan, make_plan
from touchrules.errors import ArgumentError, RulebookError
from touchrules.language.fits import declared_types
from touchrules.language.load import RulebookTexts, load_rulebooks, read_sources
from touchrules.language.source import read_source
from touchrules.replay.run import replay
from touchrules.replay.tuning import Tuning
from touchrules.streams.demo.files import write_touches
from touchrules.streams.reader import read_touches
from touchrules.streams.records import read_records
from touchrules.streams.stream import Stream

ROOT = Path(__file__).parents[2]
BOOK = """
rulebook: manners
language: 1
parameters:
  cap: {type: integer, default: 3, min: 1, max: 9}
  window: {type: duration, default: 7d, min: 1d, max: 30d}
  openers: {type: phrases, default: ["just checking in"]}
signals: {idle: {phrases: $openers}}
rules:
  - {id: idle, title: Idle, severity: low, when: {idle: {at_least: 1}}}
  - id: too-many
    title: Too many
    severity: high
    when: {kind: call}
    where: [{count: {kind: call}, within: $window, at_least: $cap}]
    say: "call {value}"
"""


def calls() -> Stream:
    """Five calls to one contact, one a day."""
    texts = ["Just checking in", "Touching base"]
    return read_records(
        [
            {
                "touch_id": f"t{day}",
                "at": f"2025-03-0{day} 10:00",
                "contact_id": "c1",
                "kind": "call",
                "text": texts[1 - day % 2],
            }
            for day in range(1, 6)
        ]
    )


@pytest.fixture
def tuning() -> Tuning:
    return Tuning([read_source(BOOK, "manners.rulebook.yaml")], calls())


def found(tuning: Tuning, rule: str) -> list[int]:
    return sorted(tuning.outcome().findings[rule].rows.tolist())


def test_a_step_changes_what_is_found_and_can_be_taken_back_and_again(tuning: Tuning) -> None:
    assert found(tuning, "too-many") == [2, 3, 4]
    tuning.set("manners.cap", 5)
    assert found(tuning, "too-many") == [4]
    assert tuning.undoable == "manners.cap = 5"
    tuning.undo()
    assert (found(tuning, "too-many"), tuning.undoable) == ([2, 3, 4], None)
    assert tuning.redoable == "manners.cap = 5"
    tuning.redo()
    assert (found(tuning, "too-many"), tuning.redoable) == ([4], None)


def test_a_new_step_after_undoing_forgets_what_was_undone(tuning: Tuning) -> None:
    tuning.set("manners.cap", 5)
    tuning.undo()
    tuning.set("manners.window", "2d")
    assert tuning.redoable is None
    assert found(tuning, "too-many") == []


def test_phrases_rules_and_rulebooks_can_be_changed(tuning: Tuning) -> None:
    tuning.set("manners.openers", ["touching base"])
    assert found(tuning, "idle") == [1, 3]
    tuning.set("manners.openers", None)
    assert found(tuning, "idle") == [0, 2, 4]
    tuning.switch("idle", on=False)
    assert "idle" not in tuning.outcome().findings
    tuning.edit("manners.rulebook.yaml", BOOK.replace("at_least: $cap", "at_most: $cap"))
    assert found(tuning, "too-many") == [0, 1, 2]
    tuning.edit(
        "more.rulebook.yaml",
        "{rulebook: more, language: 1, rules: [{id: all, title: A, severity: low, when: {}}]}",
    )
    assert found(tuning, "all") == [0, 1, 2, 3, 4]
    for _ in range(5):
        tuning.undo()
    assert found(tuning, "idle") == [0, 2, 4]


def test_a_step_that_cannot_be_taken_changes_nothing(tuning: Tuning) -> None:
    before = tuning.state
    with pytest.raises(ArgumentError):
        tuning.set("manners.cap", 99)
    with pytest.raises(ArgumentError):
        tuning.switch("nothing", on=False)
    with pytest.raises(RulebookError):
        tuning.edit("manners.rulebook.yaml", BOOK.replace("count:", "cuont:"))
    assert tuning.state is before
    assert found(tuning, "too-many") == [2, 3, 4]


def test_any_two_states_can_be_compared(tuning: Tuning) -> None:
    first = tuning.state
    tuning.set("manners.cap", 4)
    tuning.set("manners.openers", ["touching base"])
    change = tuning.compare(first, tuning.state)
    assert [list(rows) for rows in (change["too-many"].newly, change["too-many"].no_longer)] == [[], [2]]
    assert list(change["too-many"].both) == [3, 4]
    assert [list(rows) for rows in (change["idle"].newly, change["idle"].no_longer)] == [[1, 3], [0, 2, 4]]


def test_findings_are_those_of_a_replay(tuning: Tuning) -> None:
    tuning.set("manners.cap", 4)
    assert tuning.findings().equals(replay(tuning.state.rulebooks, calls()).findings)
    assert tuning.findings()["message"].to_pylist()[-1] == "call 5"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Stream:
    path = tmp_path_factory.mktemp("demo") / "touches.csv.gz"
    write_touches(path, 1_500, 3)
    return read_touches(path, declared=declared_types(load_rulebooks([ROOT / "rulebooks"]))).stream


SETTINGS = [
    {"voicemail.max_voicemails": 2},
    {"relationship.known_lasts": "30d"},
    {"contact_policy.cool_down": "10d"},
    {"worth_taking.checking_phrases": ["checking in"]},
    {},
]


@pytest.mark.parametrize("memory", [1 << 30, 100_000])
def test_a_session_finds_after_each_change_what_a_fresh_replay_finds(demo: Stream, memory: int) -> None:
    session, texts = Session(demo, memory=memory), RulebookTexts(read_sources([ROOT / "rulebooks"]))
    for settings in SETTINGS:
        plan = make_plan(texts.make(settings), demo.types, demo.timezone)
        fresh = Session(demo).decide(plan)
        again = session.decide(plan)
        assert again.looked == fresh.looked
        assert again.findings.keys() == fresh.findings.keys()
        for rule, one in again.findings.items():
            assert one.rows.tolist() == fresh.findings[rule].rows.tolist(), rule
            assert one.at.tolist() == fresh.findings[rule].at.tolist(), rule


def test_a_change_works_out_only_what_depends_on_it(demo: Stream) -> None:
    tuning = Tuning(read_sources([ROOT / "rulebooks"]), demo)
    tuning.outcome()
    evaluator = tuning.session._evaluator
    before = set(evaluator.values)
    tuning.set("voicemail.max_voicemails", 2)
    tuning.outcome()
    new = [number for number in evaluator.values if number not in before]
    assert 0 < len(new) < len(before) / 20


@pytest.fixture(scope="module")
def plan(demo: Stream) -> Plan:
    return make_plan(load_rulebooks([ROOT / "rulebooks"]), demo.types, demo.timezone)


def test_cancelling_leaves_a_session_that_works(demo: Stream, plan: Plan) -> None:
    session = Session(demo)

    def stop(what: str, done: int, total: int) -> None:
        if what == "Replaying touches" and done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        session.decide(plan, stop)
    assert session.decide(plan).looked == Session(demo).decide(plan).looked


def test_threads_take_turns(demo: Stream, plan: Plan) -> None:
    session = Session(demo)
    told: list[object] = []
    threads = [threading.Thread(target=lambda: told.append(session.decide(plan).looked)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told[0] == told[1] == told[2]


def test_an_empty_stream_can_be_tuned() -> None:
    tuning = Tuning([read_source(BOOK, "manners.rulebook.yaml")], read_records([]))
    tuning.set("manners.cap", 2)
    assert not tuning.outcome().findings
    assert tuning.findings().num_rows == 0


def test_findings_of_chosen_touches_are_those_of_the_whole_table() -> None:
    tuning = Tuning([read_source(BOOK, "manners.rulebook.yaml")], calls())
    chosen = np.array([True, False, True, True, False])
    whole = tuning.findings()
    wanted = [name in {"t1", "t3", "t4"} for name in whole.column("touch_id").to_pylist()]
    assert tuning.findings(chosen=chosen).equals(whole.filter(pa.array(wanted)))


def test_what_rules_look_at_is_counted_within_chosen_touches_and_told_for_each() -> None:
    tuning = Tuning([read_source(BOOK, "manners.rulebook.yaml")], calls())
    chosen = np.array([True, False, False, True, False])
    assert tuning.count_looked(chosen) == {"idle": 1, "too-many": 2}
    assert tuning.looked_at("idle").tolist() == [True, False, True, False, True]
    assert not tuning.looked_at("nobody").any()


def test_what_one_rule_looks_at_is_worked_out_without_what_others_look_at() -> None:
    tuning = Tuning([read_source(BOOK, "manners.rulebook.yaml")], calls())
    one, every = (Session(calls()) for _ in range(2))
    plan = tuning.decision().plan
    assert one.looked_at(plan, "idle").tolist() == [True, False, True, False, True]
    every.count_looked(plan, np.ones(5, np.bool_))
    assert one._evaluator.values.keys() < every._evaluator.values.keys()


def test_an_empty_stream_has_nothing_to_look_at() -> None:
    tuning = Tuning([read_source(BOOK, "manners.rulebook.yaml")], calls().until(0))
    assert tuning.looked_at("idle").tolist() == []
    assert tuning.count_looked(np.zeros(0, np.bool_)) == {}


def test_a_state_stands_again_even_if_its_step_was_dropped() -> None:
    tuning = Tuning([read_source(BOOK, "manners.rulebook.yaml")], calls())
    first = tuning.state
    dropped = tuning.set("manners.cap", 4)
    tuning.undo()
    other = tuning.set("manners.cap", 5)
    assert tuning.since(first) == (other,)
    assert tuning.stand(dropped) is tuning.state
    assert tuning.undo() is other
