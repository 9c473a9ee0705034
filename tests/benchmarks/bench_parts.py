"""Replays in parts, of ever more touches within the same memory.

    python -m tests.benchmarks.bench_parts [--touches N ...] [--rules five|shipped] [--memory GB] [--keep F]

From a Parquet file to written tables, once each. The five rules go over made-up touches, the shipped ones
over those of the made-up company.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.alone import a_folder, print_conditions, print_table, run_alone

COLUMNS: Final = ("touches", "findings", "wall s", "CPU s", "touches/s", "wall s a million", "peak MB")
MAKERS: Final = {"five": ("touches", "touches"), "shipped": ("demotouches", "demo")}


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return 1 if something failed."""
    parser = argparse.ArgumentParser("bench_parts")
    parser.add_argument("--touches", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--rules", choices=MAKERS, default="five")
    parser.add_argument("--memory", type=float, default=4.0, help="in GB")
    parser.add_argument("--keep", type=Path, help="a folder for the touches, which are found there again")
    asked = parser.parse_args(arguments)
    print_conditions("of 1 run")
    module, name = MAKERS[asked.rules]
    rows: list[list[str]] = []
    with a_folder(asked.keep) as folder:
        for touches in asked.touches:
            path = folder / f"{name}{touches}.parquet"
            if not path.exists():
                run_alone(module, touches, path)
            told = run_alone("parted", asked.rules, path, asked.memory)
            if told is None:
                return 1
            wall, cpu = told["took"]
            figures = [wall, cpu, touches / wall, wall / touches * 1_000_000, told["peak"]]
            cells = [f"{one:,.1f}" if one < 100 else f"{one:,.0f}" for one in figures]
            rows.append([f"{touches:,}", f"{told['found']:,}", *cells])
    print(f"In parts within {asked.memory:g} GB, {asked.rules} rules, from Parquet to written tables:\n")
    print_table(COLUMNS, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
