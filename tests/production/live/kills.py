"""Drives `touchrules run` with touches, and kills it again and again at random moments.

`python -m tests.production.live.kills --touches 50000 --kills 200` does it with all shipped rulebooks.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from tests.production.live.sending import ROOT, demo_lines, export, rows_of_answers, rows_of_replay

_MOMENT: Final = 0.1  # seconds
Answers = list[dict[str, Any]]


@dataclass(kw_only=True)
class Sender:
    """Sends what was not answered yet, as a client that wants nothing lost does; keeps every answer."""

    command: Sequence[str | Path]
    unanswered: dict[str, str]
    chance: random.Random
    answers: Answers = field(default_factory=list)
    killed: int = 0

    def sit(self, answers: int | None) -> None:
        """Run until all is answered, or until a moment after so many answers: then it is killed."""
        with subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as run:
            assert run.stdin is not None
            assert run.stdout is not None
            lines = list(self.unanswered.values())
            writing = threading.Thread(target=write_all, args=(run.stdin, lines))
            killer = threading.Timer(self.chance.uniform(0, _MOMENT), os.kill, (run.pid, signal.SIGKILL))
            writing.start()
            for heard, line in enumerate(run.stdout):
                if heard == answers:
                    killer.start()
                self.hear(line)
            killer.cancel()
            writing.join()
            self.killed += run.wait() == -signal.SIGKILL

    def hear(self, line: bytes) -> None:
        """Take an answer in that is whole. No touch is answered twice, since none is sent again."""
        if not line.endswith(b"\n"):
            return
        answer = json.loads(line)
        self.answers.append(answer)
        if answer.get("touch_id") is not None:
            assert "refused" not in answer, answer
            del self.unanswered[answer["touch_id"]]


def write_all(pipe: IO[bytes], lines: Sequence[str]) -> None:
    """Write lines until there is nobody to read them."""
    try:
        with pipe:
            for line in lines:
                pipe.write(line.encode())
    except BrokenPipeError:
        pass


def send_with_kills(
    bundle: Path, lines: dict[str, str], state: Path, kills: int, after: int, seed: int = 1
) -> Sender:
    """Send lines, by the ids of their touches, until all are answered; kill so often before that.

    `after`: at most so many answers come between two kills.
    """
    command = [sys.executable, "-m", "touchrules", "run", bundle, "--allow-unsigned"]
    command += ["--state", state]
    sender = Sender(command=command, unanswered=dict(lines), chance=random.Random(seed))
    while sender.unanswered and sender.killed < kills:
        sender.sit(sender.chance.randrange(after))
    last = json.loads(list(lines.values())[-1])["at"]
    sender.command = [*command, "--as-of", last]
    sender.sit(None)
    return sender


def main() -> None:
    """Send the demo's touches to all shipped rulebooks, and hold what was told against a replay."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--touches", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bundle = export([ROOT / "rulebooks"], folder)
        lines, stream = demo_lines(asked.touches)
        started = time.perf_counter()
        sender = send_with_kills(
            bundle, lines, folder / "state", asked.kills, after=asked.touches // asked.kills
        )
        seconds = time.perf_counter() - started
        given, wanted = rows_of_answers(sender.answers), rows_of_replay([ROOT / "rulebooks"], stream)
    again = sum(answer.get("again", False) for answer in sender.answers)
    print(f"{len(lines):,} touches in {seconds:,.0f} s, killed {sender.killed} times, {again} answered again")
    for name, rows in wanted.items():
        print(f"{name}: {len(rows):,} by replay, {len(given[name]):,} told, equal: {rows == given[name]}")


if __name__ == "__main__":
    main()
