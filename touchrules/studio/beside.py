"""Work that another process does meanwhile, and that nobody waits for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_RUNNING: Final[list[subprocess.Popen[bytes]]] = []


def run_beside(arguments: Sequence[str], folder: Path | None = None) -> None:
    """Run Python quietly, beside this process, in a folder."""
    _RUNNING[:] = [one for one in _RUNNING if one.poll() is None]
    _RUNNING.append(
        subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-P", *arguments],  # no file of the folder is code
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=folder,
        )
    )


def wait_for_all() -> None:
    """Wait until all that is to be kept is kept."""
    for process in _RUNNING:
        process.wait()
