"""Runs each measurement in a process of its own, and prints what came out as Markdown tables.

The process that starts the others stays small: Linux counts the memory of the starting process to the
one that it starts.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

ROOT: Final = Path(__file__).parents[2]
_PACKAGES: Final = ("numpy", "numba", "pyarrow", "pandas", "duckdb")
T = TypeVar("T")


class Took(NamedTuple):
    """Seconds by the clock, and seconds of all processors, those of ended child processes too."""

    wall: float
    cpu: float


def timed(work: Callable[[], T], runs: int = 1) -> tuple[T, Took]:
    """Return what came of some work, and the best wall and CPU time of several runs."""
    best = Took(float("inf"), float("inf"))
    for _ in range(runs):
        result = None
        wall, cpu = time.perf_counter(), _cpu()
        result = work()
        took = Took(time.perf_counter() - wall, _cpu() - cpu)
        best = Took(min(best.wall, took.wall), min(best.cpu, took.cpu))
    return result, best


def _cpu() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def peak_megabytes() -> float:
    """Return the most memory that this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(told: object) -> None:
    """Hand something over to the process that waits for it."""
    print(json.dumps(told))


@contextlib.contextmanager
def a_folder(keep: Path | None) -> Iterator[Path]:
    """Give a folder, one that is kept or one that is deleted in the end."""
    if keep is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    else:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep


def run_alone(module: str, *arguments: object) -> Any:
    """Run a module of the benchmarks, and return what it tells; None if it ends by a failure."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{' '.join(command[2:])} ended with exit code {done.returncode}.", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}


def print_conditions(best: str) -> None:
    """Print where and how the figures were taken."""
    packages = ", ".join(f"{package} {_version_of(package)}" for package in _PACKAGES)
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {packages};")
    print(f"load average at the start {load}. Figures are the best {best}, unless they say otherwise,")
    print(
        "in processes of their own; CPU seconds are those of all threads and worker processes. Where others"
    )
    print("use the machine too, CPU seconds tell more than wall seconds.\n")


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; all columns but the first hold numbers."""
    print(f"| {' | '.join(columns)} |")
    print(f"| --- |{' ---: |' * (len(columns) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def _version_of(package: str) -> str:
    """The version of a package, if it is there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
