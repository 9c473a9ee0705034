"""The first command on a new machine: `python -m tests.benchmarks.bench_first_use [RUNS]`.

`touchrules replay` over the shipped year, in a new process that finds nothing compiled, and once more in
another that finds what the first compiled. Rulebooks and touches are those of this checkout.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from tests.benchmarks.alone import ROOT, Took, print_conditions, print_table, timed


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return 1 if the command failed."""
    runs = int(arguments[0]) if arguments else 2
    print_conditions(f"of {runs} runs")
    told: dict[str, list[Took]] = {"first use, nothing compiled": [], "second use": []}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            for number, took in enumerate(told.values()):
                took.append(_replay(f"{folder}/compiled", f"{folder}/out{number}"))
    rows = [
        [use, f"{min(one.wall for one in took):.2f}", f"{min(one.cpu for one in took):.2f}"]
        for use, took in told.items()
    ]
    print("`touchrules replay rulebooks` over the shipped year of 50,000 touches:\n")
    print_table(["process", "wall s", "CPU s"], rows)
    return 0


def _replay(compiled: str, out: str) -> Took:
    """Replay in a new process that finds compiled code in a folder, if any is there."""
    command = [sys.executable, "-m", "touchrules", "replay", "rulebooks", "--out", out]
    environment = {**os.environ, "NUMBA_CACHE_DIR": compiled}
    return timed(lambda: subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True))[
        1
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
