"""The command line, run as a user runs it but in this process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from touchrules.cli.main import app

ROOT = Path(__file__).parents[2]
RULEBOOK = """\
rulebook: manners
language: 1
parameters:
  cap: {type: integer, default: 2, min: 1, max: 9}
signals:
  price_talk: {phrases: [price]}
rules:
  - id: too-many-calls
    title: Call no more than twice
    severity: high
    when: {kind: call}
    where: [{count: {kind: call}, more_than: $cap}]
    say: "{rep_id} called {contact_id} {value} times"
  - id: call-back
    title: Call back when promised
    severity: medium
    when: {promised_at: {exists: true}}
    expect: {touch: {kind: call}, by: promised_at}
"""
TOUCHES = """\
touch_id,at,contact_id,kind,rep_id,promised_at,duration_s
t1,2025-03-03 09:00,c1,call,ann,2025-03-03 10:00,60
t2,2025-03-03 09:30,c1,call,ann,,-5
t3,2025-03-03 11:00,c1,call,bob,2025-03-03 12:00,
t4,2025-03-04 09:00,c2,email,bob,2025-03-09,
"""


def run(*arguments: str | Path) -> Result:
    """Run a command; the result tells exit_code, stdout and stderr."""
    return CliRunner().invoke(app, [str(one) for one in arguments], prog_name="touchrules")


def run_process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `python` with arguments in a process of its own, where touchrules can be imported."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def names(folder: Path) -> list[str]:
    """Return the names of what a folder holds, in order."""
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
