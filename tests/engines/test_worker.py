"""A crash of durable_rules never reaches the caller, and nothing is lost by it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.streams import busy_stream, manners
from touchrules.engines.columns import ID
from touchrules.engines.durable import supervisor as supervision
from touchrules.engines.durable.engine import Engine, Results
from touchrules.engines.durable.supervisor import Message, Supervisor, Worker
from touchrules.engines.durable.worker import Record
from touchrules.engines.plan import make_plan
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.errors import EngineError
from touchrules.replay.run import replay
from touchrules.streams.stream import Stream

STREAM = busy_stream(2_000)
AS_OF = STREAM.column("at")[-1]


def supervise(stream: Stream, notices: list[str]) -> Supervisor:
    """A supervisor of the manners on a stream."""
    plan = make_plan([manners()], stream.types)
    columns = prepare_columns(plan, Engine(plan).columns, stream)
    return Supervisor(
        plan, lambda start, stop: touches_of(stream, columns, start, stop), len(stream), notify=notices.append
    )


def gather(parts: Iterator[tuple[int, Results]]) -> tuple[list[object], list[object], list[object]]:
    """All that came out, in one."""
    findings: list[object] = []
    settled: list[object] = []
    periods: list[object] = []
    for _, results in parts:
        findings += results.findings
        settled += results.settled
        periods += results.periods
    return findings, settled, periods


def undisturbed() -> tuple[list[object], list[object], list[object]]:
    """What comes out when nothing happens."""
    return gather(supervise(STREAM, []).run(AS_OF))


def test_a_killed_worker_changes_no_finding_and_is_told() -> None:
    notices: list[str] = []
    supervisor = supervise(STREAM, notices)

    def disturbed() -> Iterator[tuple[int, Results]]:
        for number, (done, results) in enumerate(supervisor.run(AS_OF)):
            if number in (0, 2):
                os.kill(supervisor.worker.pid, signal.SIGKILL)
            yield done, results

    given = gather(disturbed())

    assert given == undisturbed()
    assert len(given[0]) > 500
    assert len(notices) == 2
    assert "nothing is lost" in notices[0]


def test_a_crash_of_the_c_library_is_a_crash_of_the_worker_only(monkeypatch: pytest.MonkeyPatch) -> None:
    crashed: list[int] = []

    class CrashingOnce(Worker):
        def send(self, message: Message) -> None:
            if not crashed and isinstance(message, Record) and message.touches[0][ID] >= 1_000:
                crashed.append(self.pid)
                os.kill(self.pid, signal.SIGSEGV)
            super().send(message)

    monkeypatch.setattr(supervision, "Worker", CrashingOnce)
    notices: list[str] = []

    given = gather(supervise(STREAM, notices).run(AS_OF))

    assert given == undisturbed()
    assert "exit status -11" in notices[0]


def test_a_touch_that_crashes_twice_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class CrashingAt700(Worker):
        def send(self, message: Message) -> None:
            if isinstance(message, Record) and message.decided is None:
                rows = [touch[ID] for touch in message.touches]
                if 700 in rows:
                    os.kill(self.pid, signal.SIGKILL)
            super().send(message)

    monkeypatch.setattr(supervision, "Worker", CrashingAt700)

    with pytest.raises(EngineError, match=r"crashed twice on one touch \(row 700"):
        gather(supervise(STREAM, []).run(AS_OF))


def test_a_replay_tells_of_a_restarted_worker_in_its_summary() -> None:
    killed: list[int] = []

    def kill_once(what: str, done: int, rows: int) -> None:
        if what == "Replaying touches" and not killed:
            killed.extend(_children())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    result = replay([manners()], STREAM, engine="durable", progress=kill_once)

    assert result.findings.equals(replay([manners()], STREAM, engine="durable").findings)
    assert "A new one goes on" in result.summary.notices[0]


def _children() -> list[int]:
    """The processes that this one has started and that run the worker."""
    return [
        pid
        for pid in map(int, filter(str.isdigit, (one.name for one in Path("/proc").iterdir())))
        if _is_worker(pid)
    ]


def _is_worker(pid: int) -> bool:
    try:
        parent = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False
    return parent == os.getpid() and "touchrules.engines.durable" in command
