"""The command `run` as a client meets it: lines in, answers out, on a real process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines.streams import RULEBOOK, busy_stream
from tests.production.live.kills import send_with_kills
from tests.production.live.sending import (
    ROOT,
    demo_lines,
    export,
    lines_of,
    rows_of_answers,
    rows_of_replay,
)

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rulebooks") / "manners.rulebook.yaml"
    path.write_text(RULEBOOK)
    return path


@pytest.fixture(scope="module")
def bundle(rulebook: Path) -> Path:
    return export([rulebook], rulebook.parent)


@pytest.fixture
def start(bundle: Path) -> Iterator[Start]:
    """Starts `touchrules run` on the bundle of the manners."""
    started: list[subprocess.Popen[str]] = []
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)

    def one(*more: object, file: Path = bundle) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "touchrules", "run", file, "--allow-unsigned", *map(str, more)]
        started.append(subprocess.Popen(command, cwd=ROOT, text=True, **pipes))
        return started[-1]

    yield one
    for process in started:
        process.kill()
        process.communicate()


def ask(process: subprocess.Popen[str], **line: object) -> Any:
    """Say one line, and wait for its answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(line) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def touch(number: int, **others: object) -> dict[str, object]:
    known = {"touch_id": f"t{number}", "at": f"2025-03-10 10:0{number}", "contact_id": "c1"}
    return {**known, "kind": "call", "direction": "outbound", **others}


def answers(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_line_is_answered_before_the_next_is_said(start: Start) -> None:
    run = start()
    told = [ask(run, **touch(number)) for number in (1, 2, 3)]
    assert [one["touch_id"] for one in told] == ["t1", "t2", "t3"]
    assert [[found["rule"] for found in one["findings"]] for one in told] == [[], [], ["too-many"]]


def test_plans_deadlines_and_the_clock_are_asked_in_between(start: Start) -> None:
    run = start()
    ask(run, **touch(1, outcome="callback_agreed"))
    planned = ask(run, check={**touch(2, kind="voicemail"), "touch_id": None})
    due = ask(run, due="2025-03-12 10:01")
    clock = ask(run, clock="2025-03-13")
    assert (planned["planned"], planned["findings"][0]["rule"]) == (True, "stranger")
    assert [one["status"] for one in due["expectations"]] == ["broken"]
    assert [one["rule"] for one in clock["findings"]] == ["promise"]
    assert clock["clock"] == "2025-03-13T00:00:00Z"


def test_lines_that_cannot_be_taken_are_told_and_the_others_go_on(start: Start) -> None:
    lines = [
        "nonsense",
        json.dumps(touch(2)),
        "",
        json.dumps(touch(1)),
        '{"touch_id": "t3"}',
        '{"clock": "x"}',
    ]
    out, errors = (run := start()).communicate("\n".join(lines))
    told = answers(out)
    assert ["refused" in one for one in told] == [True, False, True, True, True, False]
    assert told[0]["line"] == 1
    assert "is no JSON" in told[0]["refused"]
    assert "comes after" in told[2]["refused"]
    assert told[2]["line"] == 4
    assert (told[3]["line"], told[3]["touch_id"]) == (5, "t3")
    assert told[4]["refused"] == '"x" is no time.'
    assert run.returncode == 4
    assert "1 touch recorded, 0 findings." in errors
    assert "Of 6 lines, 4 could not be taken." in errors


def test_a_line_that_is_no_utf8_is_refused(bundle: Path) -> None:
    command = [sys.executable, "-m", "touchrules", "run", bundle, "--allow-unsigned"]
    run = subprocess.run(command, input=b'{"touch_id": "\xff"}\n', capture_output=True, cwd=ROOT, check=False)
    assert "is no UTF-8" in run.stdout.decode()


def test_with_check_nothing_is_recorded(start: Start, tmp_path: Path) -> None:
    start("--state", tmp_path / "state").communicate(json.dumps(touch(1)) + "\n" + json.dumps(touch(2)))
    lines = "\n".join(json.dumps(touch(number)) for number in (3, 4))
    told = answers(start("--state", tmp_path / "state", "--check").communicate(lines)[0])
    assert [one["planned"] for one in told] == [True, True]
    assert [one["findings"][0]["value"] for one in told] == [3.0, 3.0]
    [again] = answers(start("--state", tmp_path / "state").communicate(json.dumps(touch(3)))[0])
    assert "again" not in again


def test_live_equals_replay_whatever_the_order_within_the_lateness(
    start: Start, rulebook: Path, tmp_path: Path
) -> None:
    import random

    stream = busy_stream(1_500)
    lines = list(lines_of(stream).values())
    chance = random.Random(3)
    late = [line for _, line in sorted((n + chance.uniform(0, 20), line) for n, line in enumerate(lines))]
    assert late != lines
    out, errors = start("--lateness", "11h", "--state", tmp_path / "s").communicate("".join(late))
    told = answers(out)
    waiting = int(errors.split("findings, ")[1].split()[0])
    assert waiting == len(lines) - len(told)
    unanswered = [line for line in late if json.loads(line)["touch_id"] not in {x["touch_id"] for x in told}]
    rest = start("--state", tmp_path / "s", "--lateness", "11h", "--as-of", last(stream))
    told += answers(rest.communicate("".join(unanswered))[0])
    assert rows_of_answers(told) == rows_of_replay([rulebook], stream)


def last(stream: Any) -> str:
    from touchrules.streams.instants import write_instant

    return write_instant(stream.column("at")[-1])


def test_live_equals_replay_with_all_shipped_rulebooks(start: Start, tmp_path: Path) -> None:
    lines, stream = demo_lines(1_200)
    file = export([ROOT / "rulebooks"], tmp_path)
    told = answers(start(file=file).communicate("".join(lines.values()))[0])
    given, wanted = rows_of_answers(told), rows_of_replay([ROOT / "rulebooks"], stream)
    assert len(wanted["findings"]) > 100
    assert given == wanted


def test_killed_again_and_again_it_loses_nothing_and_tells_nothing_twice(
    bundle: Path, rulebook: Path, tmp_path: Path
) -> None:
    stream = busy_stream(6_000)
    sender = send_with_kills(bundle, lines_of(stream), tmp_path / "state", kills=6, after=600)
    assert sender.killed == 6
    assert rows_of_answers(sender.answers) == rows_of_replay([rulebook], stream)


def test_a_file_is_followed_as_it_grows_and_from_where_it_was_left(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "touches.jsonl"
    path.write_text(json.dumps(touch(1)) + "\n" + json.dumps(touch(2))[:20])
    run = start("--touches", path, "--follow", "--state", tmp_path / "state")
    assert run.stdout is not None
    assert json.loads(run.stdout.readline())["touch_id"] == "t1"
    with path.open("a") as file:
        file.write(json.dumps(touch(2))[20:] + "\n")
    assert json.loads(run.stdout.readline())["touch_id"] == "t2"
    run.send_signal(signal.SIGTERM)
    assert run.communicate()[0] == ""
    assert run.returncode == 0
    with path.open("a") as file:
        file.write(json.dumps(touch(3)) + "\n")
    run = start("--touches", path, "--follow", "--state", tmp_path / "state")
    assert run.stdout is not None
    assert json.loads(run.stdout.readline())["touch_id"] == "t3"
    path.rename(tmp_path / "old.jsonl")
    path.write_text(json.dumps(touch(4)) + "\n")
    assert json.loads(run.stdout.readline())["touch_id"] == "t4"


def test_ctrl_c_ends_it_in_order(start: Start, tmp_path: Path) -> None:
    run = start("--state", tmp_path / "state")
    ask(run, **touch(1))
    os.kill(run.pid, signal.SIGINT)
    _, errors = run.communicate()
    assert run.returncode == 0
    assert "1 touch recorded" in errors
    assert [path.suffix for path in (tmp_path / "state").glob("snapshot-*")] == [".state"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--follow",), "--follow needs a file to follow."),
        (("--lateness", "soon"), '"soon" is no lateness.'),
        (("--as-of", "never"), '"never" is no time.'),
        (("--as-of", "2025-03-10", "--check"), "--as-of goes neither with --check"),
    ],
)
def test_wrong_options_are_told(start: Start, more: tuple[str, ...], words: str) -> None:
    run = start(*more)
    out, errors = run.communicate(json.dumps(touch(1)))
    assert words in errors
    assert out == ""
    assert run.returncode == 2


def test_a_reader_that_goes_away_ends_it_and_what_was_answered_stays(start: Start, tmp_path: Path) -> None:
    run = start("--state", tmp_path / "state")
    ask(run, **touch(1))
    assert run.stdout is not None
    run.stdout.close()
    run.stdout = None
    _, errors = run.communicate(json.dumps(touch(2)))
    assert "Whoever read the answers is gone." in errors
    assert run.returncode == 4
    [again] = answers(start("--state", tmp_path / "state").communicate(json.dumps(touch(1)))[0])
    assert again["again"]


def test_a_file_that_is_not_there_yet_is_waited_for(start: Start, tmp_path: Path) -> None:
    run = start("--touches", tmp_path / "touches.jsonl", "--follow")
    (tmp_path / "touches.jsonl").write_text(json.dumps(touch(1)) + "\n")
    assert run.stdout is not None
    assert json.loads(run.stdout.readline())["touch_id"] == "t1"


def test_an_unsigned_bundle_is_refused_unless_it_is_allowed(bundle: Path) -> None:
    command = [sys.executable, "-m", "touchrules", "run", bundle]
    run = subprocess.run(command, input="", capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 7
    assert "unsigned" in run.stderr


def test_answers_are_utf8_whatever_the_terminal_takes(bundle: Path) -> None:
    command = [sys.executable, "-m", "touchrules", "run", bundle, "--allow-unsigned"]
    line = json.dumps({**touch(1), "touch_id": "caf\u00e9"}).encode()
    how: dict[str, Any] = {"cwd": ROOT, "env": {**os.environ, "PYTHONIOENCODING": "ascii"}}
    run = subprocess.run(command, input=line, capture_output=True, check=True, **how)
    assert json.loads(run.stdout.splitlines()[0])["touch_id"] == "caf\u00e9"


def test_a_closed_input_is_told(bundle: Path) -> None:
    command = f"{sys.executable} -m touchrules run {bundle} --allow-unsigned <&-"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (run.returncode, "Standard input is closed." in run.stderr) == (2, True)


def test_plans_never_let_the_clock_go_on(start: Start, tmp_path: Path) -> None:
    clock = json.dumps({"clock": "2030-01-01"})
    [told] = answers(start("--check", "--state", tmp_path / "state").communicate(clock)[0])
    [recorded] = answers(start("--state", tmp_path / "state").communicate(json.dumps(touch(1)))[0])
    assert "Plans do not" in told["refused"]
    assert recorded["number"] == 1


def test_a_file_that_was_planned_is_read_from_its_start(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "touches.jsonl"
    path.write_text(json.dumps(touch(1)) + "\n")
    for more in (["--check"], []):
        run = start("--touches", path, "--follow", "--state", tmp_path / "state", *more)
        assert run.stdout is not None
        assert json.loads(run.stdout.readline())["touch_id"] == "t1"
        run.send_signal(signal.SIGTERM)
        run.communicate()


def test_a_file_that_was_replaced_while_nobody_read_is_read_from_its_start(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "touches.jsonl"
    for name, number in (("old", 1), ("new", 2)):
        other = tmp_path / name
        other.write_text(json.dumps(touch(number)) + "\n" + json.dumps(touch(number + 2)) + "\n" * number)
        if path.exists():
            path.rename(tmp_path / "gone")
        other.rename(path)
        run = start("--touches", path, "--follow", "--state", tmp_path / "state")
        assert run.stdout is not None
        assert json.loads(run.stdout.readline())["touch_id"] == f"t{number}"
        run.send_signal(signal.SIGTERM)
        run.communicate()
