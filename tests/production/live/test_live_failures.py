"""What was answered is kept, and nothing else is, whatever fails."""

from __future__ import annotations

import os
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engines.streams import manners
from tests.production.live.manners import Open, rules, touch
from touchrules.errors import ArgumentError, EngineError
from touchrules.production import LiveEngine
from touchrules.production.live import judge
from touchrules.production.live.store import LOG


def test_a_worker_that_dies_is_started_anew_and_nothing_is_lost(opened: Open) -> None:
    notices: list[str] = []
    engine = opened(notify=notices.append)
    for number in (1, 2):
        engine.record(touch(number, f"10:0{number}", "call"))
    os.kill(engine._judge.worker.pid, signal.SIGKILL)
    [answer] = engine.record(touch(3, "10:03", "call"))
    os.kill(engine._judge.worker.pid, signal.SIGKILL)
    planned = engine.check(touch(4, "10:04", "call"))
    assert [one.value for one in (*answer.findings, *planned.findings)] == [3.0, 4.0]
    assert len(notices) == 2


def test_a_touch_at_which_the_worker_dies_twice_is_refused_and_the_others_are_not(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crashing(judge.Worker):
        def send(self, message: judge.Message) -> None:
            if isinstance(message, judge.Follow) and any(step[3] == "t2" for step in message.steps):
                os.kill(self.pid, signal.SIGSEGV)
            super().send(message)

    monkeypatch.setattr(judge, "Worker", Crashing)
    engine = opened()
    touches = [engine.reader.read_mapping(touch(number, f"10:0{number}", "call")) for number in (1, 2, 3, 4)]
    answers = engine.record_all(touches)
    assert [(one.touch_id, one.refused is not None) for one in answers] == [
        ("t1", False),
        ("t2", True),
        ("t3", False),
        ("t4", False),
    ]
    assert [one.value for one in answers[3].findings] == [3.0]
    assert engine.recorded == 3


def test_a_touch_at_which_the_worker_fails_leaves_no_trace(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(judge.Worker):
        def send(self, message: judge.Message) -> None:
            steps = message.steps if isinstance(message, judge.Follow | judge.Rehearse) else ()
            for step in steps:
                if not isinstance(step, int) and step[3] == "t2":
                    step[1] = "no time"
            super().send(message)

    monkeypatch.setattr(judge, "Worker", Failing)
    engine = opened()
    touches = [engine.reader.read_mapping(touch(number, f"10:0{number}", "call")) for number in (1, 2, 3)]
    assert [one.refused is not None for one in engine.record_all(touches)] == [False, True, False]
    with pytest.raises(EngineError, match="The durable engine failed"):
        engine.check(touch(2, "10:05", "call"))
    assert [one.value for one in engine.check(touch(4, "10:05", "call")).findings] == [3.0]


def test_what_could_not_be_written_down_was_not_decided(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened()
    engine.record(touch(1, "10:01", "call"))
    with monkeypatch.context() as full:
        full.setattr(engine._store, "append", lambda _: (_ for _ in ()).throw(OSError("the disk is full")))
        with pytest.raises(OSError, match="the disk is full"):
            engine.record(touch(2, "10:02", "call"))
    assert engine.recorded == 1
    for number in (2, 3):
        [answer] = engine.record(touch(number, f"10:0{number}", "call"))
    assert [one.value for one in answer.findings] == [3.0]


def test_a_snapshot_that_is_damaged_is_passed_over(opened: Open, tmp_path: Path) -> None:
    for number in (1, 2):
        opened().record(touch(number, f"10:0{number}", "call"))
    opened()
    snapshots = sorted((tmp_path / "state").glob("snapshot-*.state"))
    assert len(snapshots) == 2
    for path in snapshots:
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    [answer] = opened().record(touch(3, "10:03", "call"))
    assert [one.value for one in answer.findings] == [3.0]


def test_what_had_to_be_caught_up_with_is_saved_for_the_next_time(opened: Open, tmp_path: Path) -> None:
    engine = opened()
    touches = [touch(number, "10:00", "email", touch_id=f"t{number:05}") for number in range(1_200)]
    engine.record_all([engine.reader.read_mapping(one) for one in touches])
    opened()
    for path in (tmp_path / "state").glob("snapshot-*"):
        path.unlink()
    assert opened().check(touch(9, "10:01", "call")).findings[0].value == 1201.0
    assert [path.stem for path in (tmp_path / "state").glob("snapshot-*")] == ["snapshot-1200"]


def test_a_snapshot_that_names_other_code_makes_nothing(opened: Open, tmp_path: Path) -> None:
    import hashlib
    import json
    import pickle

    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.system, (f"touch {tmp_path / 'made'}",)

    opened().record(touch(1, "10:01", "call"))
    opened()
    [path] = (tmp_path / "state").glob("snapshot-*.state")
    head = json.loads(path.read_bytes().partition(b"\n")[0])
    evil = pickle.dumps(Evil())
    head["sha256"] = hashlib.sha256(evil).hexdigest()
    path.write_bytes(json.dumps(head).encode() + b"\n" + evil)
    [answer] = opened().record(touch(2, "10:02"))
    assert rules(answer) == ["stranger"]
    assert not (tmp_path / "made").exists()


def test_the_log_is_append_only(opened: Open, tmp_path: Path) -> None:
    opened().record(touch(1, "10:00"))
    log = sqlite3.connect(tmp_path / "state" / LOG)
    for change in ("DELETE FROM steps", "UPDATE steps SET answer = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            log.execute(change)
    log.close()


def test_one_process_writes_at_a_time_and_a_folder_is_of_one_bundle(opened: Open, tmp_path: Path) -> None:
    opened()
    how: dict[str, Any] = {"state": tmp_path / "state"}
    with pytest.raises(ArgumentError, match="in use by another process"):
        LiveEngine([manners()], bundle="b", **how)
    opened(state=None)
    with pytest.raises(ArgumentError, match="another bundle"):
        LiveEngine([manners()], bundle="other", **how)


def test_without_a_folder_nothing_stays(opened: Open, tmp_path: Path) -> None:
    engine = opened(state=None)
    folder = engine._store.folder
    engine.record(touch(1, "10:00"))
    opened()
    assert not folder.exists()


def test_no_worker_is_left_when_the_engine_cannot_go_on(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(judge.Worker):
        def send(self, message: judge.Message) -> None:
            os.kill(self.pid, signal.SIGKILL)
            super().send(message)

    monkeypatch.setattr(judge, "Worker", Dying)
    with pytest.raises(EngineError, match="ended as it started"):
        opened().record(touch(1, "10:00"))


def test_a_check_that_was_interrupted_does_not_answer_for_the_next_touch(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(judge.Worker):
        def receive(self) -> judge.Reply:
            if engine.recorded == 1 and not interrupted:
                interrupted.append(True)
                raise KeyboardInterrupt
            return super().receive()

    interrupted: list[bool] = []
    monkeypatch.setattr(judge, "Worker", Interrupted)
    engine = opened()
    interrupted.append(True)
    engine.record(touch(1, "10:00", "call"))
    interrupted.clear()
    with pytest.raises(KeyboardInterrupt):
        engine.check(touch(0, "10:05", "call"))
    [answer] = engine.record(touch(2, "10:05"))
    assert rules(answer) == ["stranger"]


def test_touches_that_waited_are_decided_though_they_could_not_be_written_down_at_first(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(lateness=timedelta(minutes=10))
    engine.record(touch(1, "10:00", "call"))
    with monkeypatch.context() as full:
        full.setattr(engine._store, "append", lambda _: (_ for _ in ()).throw(OSError("the disk is full")))
        with pytest.raises(OSError, match="the disk is full"):
            engine.record(touch(2, "10:11", "call"))
    told = [*engine.record(touch(2, "10:11", "call")), *engine.finish()]
    assert [(one.touch_id, one.again) for one in told] == [("t1", False), ("t2", False), (None, False)]


def test_a_log_that_cannot_be_written_is_told_with_the_reason(opened: Open) -> None:
    engine = opened()
    engine.record(touch(1, "10:01", "call"))
    pages = engine._store._log.execute("PRAGMA page_count").fetchone()[0]
    engine._store._log.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(EngineError, match=r"log\.sqlite cannot be read or written: database or disk is full"):
        engine.record(touch(2, "10:02", "call", text="x" * 100_000))
    assert engine.recorded == 1
    [answer] = engine.record(touch(3, "10:02"))
    assert rules(answer) == ["stranger"]


def test_a_snapshot_that_cannot_be_written_is_told_and_stops_nothing(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchrules.production.live.engine._SNAPSHOT_EVERY", 1)
    notices: list[str] = []
    engine = opened(notify=notices.append)
    (tmp_path / "state" / ".snapshot-1.part").mkdir()
    told = [engine.record(touch(number, f"10:0{number}", "call")) for number in (1, 2, 3)]
    assert [one.value for one in told[2][0].findings] == [3.0]
    assert [notice.partition(",")[0] for notice in notices] == ["No snapshot was written"]


def test_a_log_that_is_none_is_told(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / LOG).write_bytes(b"no log" * 1000)
    with pytest.raises(EngineError, match="file is not a database"):
        opened()


def test_a_snapshot_of_steps_that_the_log_does_not_hold_is_not_taken_up(opened: Open, tmp_path: Path) -> None:
    for number in (1, 2):
        opened().record(touch(number, f"10:0{number}", "call"))
    opened().close()
    (tmp_path / "state" / ".snapshot-9.part").write_bytes(b"half")
    for path in (tmp_path / "state").glob(f"{LOG}*"):
        path.unlink()
    engine = opened()
    assert not [path for path in (tmp_path / "state").iterdir() if "snapshot" in path.name]
    [answer] = engine.record(touch(3, "10:03", "call"))
    assert rules(answer) == []


def test_threads_may_use_an_engine_in_turn(opened: Open) -> None:
    engine = opened()
    with ThreadPoolExecutor(1) as pool:
        [answer] = pool.submit(engine.record, touch(1, "10:00")).result()
    assert rules(answer) == ["stranger"]


def test_to_close_twice_is_to_close_once(opened: Open) -> None:
    engine = opened()
    engine.record(touch(1, "10:00"))
    engine.close()
    engine.close()
    assert opened().recorded == 1


def test_a_lateness_below_nothing_is_refused(opened: Open) -> None:
    with pytest.raises(ArgumentError, match="less than nothing"):
        opened(lateness=timedelta(minutes=-5))
