"""The command `replay`."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from tests.cli.command import ROOT, TOUCHES, names, run, run_process, write
from touchrules.replay import run as replaying

FILES = ["expectations.parquet", "facts.parquet", "findings.parquet", "summary.json"]


def test_a_replay_writes_its_four_files_and_nothing_else(
    rulebook: Path, touches: Path, tmp_path: Path
) -> None:
    result = run("replay", rulebook, "--touches", touches, "--out", tmp_path / "deep" / "out")
    assert result.exit_code == 0, result.output
    assert names(tmp_path / "deep" / "out") == FILES


def test_a_replay_finds_what_the_rulebook_says(rulebook: Path, touches: Path, tmp_path: Path) -> None:
    run("replay", rulebook, "--touches", touches, "--out", tmp_path)
    found = pq.read_table(tmp_path / "findings.parquet").select(["rule", "touch_id", "message"]).to_pylist()
    assert found == [
        {"rule": "too-many-calls", "touch_id": "t3", "message": "bob called c1 3 times"},
        {"rule": "call-back", "touch_id": "t3", "message": "Call back when promised"},
    ]


def test_the_summary_tells_a_manager_rules_reps_expectations_and_files(
    rulebook: Path, touches: Path, tmp_path: Path
) -> None:
    shown = run("replay", rulebook, "--touches", touches, "--out", tmp_path / "out").stdout
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "4 touches of 2 contacts, 0 accounts, 2 reps" in lines
    assert "high too-many-calls Call no more than twice 3 1 33.3% 1 1" in lines
    assert "bob 2 2 100.0" in lines
    assert "call-back 1 1 1 0 50.0%" in lines
    assert any(line.startswith("Written to") and "summary.json" in line for line in lines)


def test_json_on_standard_output_is_the_summary_that_is_written(
    rulebook: Path, touches: Path, tmp_path: Path
) -> None:
    result = run("replay", "--json", "--out", tmp_path, "--touches", touches, rulebook)
    assert result.stdout == (tmp_path / "summary.json").read_text()
    assert json.loads(result.stdout)["findings"] == 2


def test_options_may_stand_before_between_and_behind(rulebook: Path, touches: Path, tmp_path: Path) -> None:
    result = run("replay", "--out", tmp_path, rulebook, "--touches", touches, "--set", "manners.cap=3")
    assert result.exit_code == 0
    assert pq.read_table(tmp_path / "findings.parquet").num_rows == 1


def test_as_of_is_read_in_the_time_zone_and_leaves_later_touches_out(
    rulebook: Path, touches: Path, tmp_path: Path
) -> None:
    zone = ("--timezone", "Europe/Berlin", "--as-of", "2025-03-03 09:30")
    result = run("replay", rulebook, "--touches", touches, "--out", tmp_path, "--json", *zone)
    told = json.loads(result.stdout)
    assert (told["touches"], told["as_of"]) == (2, "2025-03-03T08:30:00Z")


def test_several_files_are_one_stream(rulebook: Path, tmp_path: Path) -> None:
    header, *rows = TOUCHES.splitlines(keepends=True)
    one = write(tmp_path / "one.csv", header + "".join(rows[2:]))
    two = write(tmp_path / "two.csv", header + "".join(rows[:2]))
    result = run("replay", rulebook, "--touches", one, "--touches", two, "--out", tmp_path / "out", "--json")
    assert json.loads(result.stdout)["touches"] == 4


def test_bad_rows_are_set_aside_with_reasons_and_counted(rulebook: Path, tmp_path: Path) -> None:
    touches = write(tmp_path / "touches.csv", TOUCHES + "t5,tomorrow,c1,call,ann,,\nt6,2025-03-05,,call,,,\n")
    out = tmp_path / "out"
    result = run("replay", rulebook, "--touches", touches, "--out", out, "--bad-rows", "skip")
    assert result.exit_code == 0
    assert "2 rows set aside, with reasons, in rejects.csv." in result.stdout
    assert len((out / "rejects.csv").read_text().splitlines()) == 3
    assert json.loads((out / "summary.json").read_text())["set_aside"] == 2


@pytest.mark.parametrize("year", ["1900", "9999"])
def test_times_in_1900_and_9999_are_times(year: str, rulebook: Path, tmp_path: Path) -> None:
    touches = write(tmp_path / "touches.csv", TOUCHES.replace("2025", year).replace("-03-04", "-12-31"))
    result = run("replay", rulebook, "--touches", touches, "--out", tmp_path / "out", "--json")
    told = json.loads(result.stdout)
    assert (told["first"], told["last"]) == (f"{year}-03-03T09:00:00Z", f"{year}-12-31T09:00:00Z")


def test_a_file_with_only_a_header_gives_empty_tables(rulebook: Path, tmp_path: Path) -> None:
    touches = write(tmp_path / "touches.csv", TOUCHES.splitlines()[0] + "\n")
    result = run("replay", rulebook, "--touches", touches, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "There are no touches to look at." in result.stdout
    assert pq.read_table(tmp_path / "out" / "findings.parquet").num_rows == 0


def test_what_cells_hold_cannot_command_the_terminal(rulebook: Path, tmp_path: Path) -> None:
    touches = write(tmp_path / "touches.csv", TOUCHES.replace("bob", "\x1b[31m[red]b"))
    shown = run("replay", rulebook, "--touches", touches, "--out", tmp_path / "out").stdout
    assert "?[31m[red]b" in shown
    assert "\x1b" not in shown


def test_shuffled_touches_give_identical_files(tmp_path: Path) -> None:
    random = Random(7)
    header, rows = "touch_id,at,contact_id,account_id,rep_id,kind,direction,outcome,text\n", []
    for number in range(400):
        contact = random.randrange(20)
        kind = random.choice(["call", "voicemail", "email"])
        outcome = random.choice(["connected", "no_answer", ""])
        at = f"2025-03-{random.randrange(1, 29):02} 1{random.randrange(8)}:00"
        rows.append(f"t{number},{at},c{contact},a{contact % 7},r{contact % 3},{kind},outbound,{outcome},Hi\n")
    written = []
    for name in ("one", "two"):
        touches = write(tmp_path / f"{name}.csv", header + "".join(rows))
        out = tmp_path / name
        result = run("replay", ROOT / "rulebooks", "--touches", touches, "--out", out)
        assert result.exit_code == 0, result.output
        written.append({file: (out / file).read_bytes() for file in FILES})
        random.shuffle(rows)
    assert written[0] == written[1]
    assert pq.read_table(tmp_path / "one" / "findings.parquet").num_rows > 50


def _fail(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_ctrl_c_while_files_are_written_leaves_the_old_ones(
    rulebook: Path, touches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = write(tmp_path / "out" / "findings.parquet", "old")
    monkeypatch.setattr("touchrules.replay.writing.write_text", _fail)
    result = run("replay", rulebook, "--touches", touches, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "Stopped by Ctrl-C. Nothing was written.\n"
    assert names(tmp_path / "out") == ["findings.parquet"]
    assert old.read_text() == "old"


def test_ctrl_c_during_a_replay_ends_with_130_and_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    """Waits for the progress bar of the replay itself on a terminal, then presses Ctrl-C."""
    row = "{0},2025-03-03 10:00:{1:09.6f},c{2},call,outbound,no_answer\n".format
    rows = "".join(row(number, number / 10_000, number % 50) for number in range(60_000))
    write(tmp_path / "touches.csv", "touch_id,at,contact_id,kind,direction,outcome\n" + rows)
    old = write(tmp_path / "out" / "summary.json", "old")
    command = [sys.executable, "-m", "touchrules", "replay", str(ROOT / "rulebooks")]
    command += ["--touches", str(tmp_path / "touches.csv"), "--out", str(old.parent)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_hear_ctrl_c,  # noqa: PLW1509 - no thread of this process holds a lock that it needs
    ) as process:
        os.close(theirs)
        shown = b""
        while b"Replaying touches" not in shown:
            shown += os.read(ours, 4096)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the worker gets it too
        shown += _rest(ours)
        printed = process.communicate()[0]
    assert (process.returncode, printed) == (130, b"")
    assert b"Stopped by Ctrl-C. Nothing was written." in shown
    assert names(old.parent) == ["summary.json"]
    assert old.read_text() == "old"


def _hear_ctrl_c() -> None:
    """Undo what shells do to jobs in the background, such as a whole test run: they hear no Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _rest(terminal: int) -> bytes:
    read = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other side hung up
            part = b""
        if not part:
            os.close(terminal)
            return read
        read += part


def test_a_failure_of_touchrules_itself_ends_with_1_and_asks_for_a_report(
    rulebook: Path, touches: Path, tmp_path: Path
) -> None:
    code = (
        "import sys; from touchrules.replay import run\n"
        "run.replay = lambda *_, **__: 1 / 0\n"
        "from touchrules.cli.main import main; sys.argv[0] = 'touchrules'; main()"
    )
    arguments = ["replay", rulebook, "--touches", touches, "--out", tmp_path / "out"]
    plain, debug = (run_process("-c", code, *more, *arguments) for more in ([], ["--debug"]))
    assert (plain.returncode, debug.returncode) == (1, 1)
    assert plain.stderr.startswith("touchrules itself failed: ZeroDivisionError: division by zero\n")
    assert "Traceback" in debug.stderr
    assert not (tmp_path / "out").exists()


def test_a_dead_worker_is_told_on_standard_error(
    rulebook: Path, touches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = replaying.run_durable

    def run_durable(*arguments: object, notify: object, **more: object) -> object:
        notify("A new one goes on.")  # type: ignore[operator]
        return original(*arguments, notify=notify, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(replaying, "run_durable", run_durable)
    how = ("--touches", touches, "--engine", "durable", "--json")
    result = run("replay", rulebook, "--out", tmp_path / "out", *how)
    assert result.stderr == "A new one goes on.\n"
    assert json.loads(result.stdout)["notices"] == ["A new one goes on."]
