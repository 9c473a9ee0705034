"""All shipped rulebooks at once, and every parameter of theirs turned by a step.

    python -m tests.benchmarks.bench_tuning [--touches N ...] [--runs R] [--work W ...] [--every K] [--keep F]

The touches are those of the made-up company, in as many copies as are needed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from tests.benchmarks.alone import a_folder, print_conditions, print_table, run_alone

WORKS: Final = ("decide", "whole", "tune")
ALL: Final = "all"
_SLOWEST: Final = 5

Turned = Sequence[Mapping[str, Any]]


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return 1 if something failed."""
    parser = argparse.ArgumentParser("bench_tuning")
    parser.add_argument("--touches", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--work", nargs="+", choices=WORKS, default=WORKS)
    parser.add_argument("--keep", type=Path, help="a folder for the touches, which are found there again")
    parser.add_argument("--every", type=int, default=1, metavar="K", help="turn every K-th parameter only")
    asked = parser.parse_args(arguments)
    print_conditions(f"of {asked.runs} runs")
    failed = False
    with a_folder(asked.keep) as folder:
        for touches in asked.touches:
            path = folder / f"demo{touches}.parquet"
            if not path.exists():
                run_alone("demotouches", touches, path)
            for work in asked.work:
                told = run_alone("shipped", work, path, asked.every if work == "tune" else asked.runs)
                failed = failed or told is None
                if told is not None:
                    {"decide": _print_decided, "whole": _print_whole, "tune": _print_tuned}[work](told)
    return int(failed)


def _print_decided(told: Mapping[str, Any]) -> None:
    print(f"All {told['rules']} shipped rules in memory, {told['touches']:,} touches, signals ready;")
    print(f"{told['findings']:,} findings, peak memory {told['peak']:,.0f} MB. Signals before: ", end="")
    print(f"{_seconds(told['signals'])}.\n")
    _print_parts(told["parts"])
    print("Sorts of work (seconds of the threads that did it, which wait for each other and for others):\n")
    print_table(["sort of work", "s"], [[sort, f"{seconds:.3f}"] for sort, seconds in told["sorts"]])
    dearest = [[_clip(label), sort, f"{seconds:.3f}"] for seconds, sort, label in told["dearest"]]
    print_table(["piece of work", "sort", "s"], dearest)


def _print_whole(told: Mapping[str, Any]) -> None:
    print(f"All shipped rulebooks from Parquet to written tables, {told['touches']:,} touches, one run;")
    print(f"{told['findings']:,} findings, peak memory {told['peak']:,.0f} MB.\n")
    _print_parts(told["parts"])
    sorts = sorted(told["sorts"].items(), key=lambda one: -one[1])
    print_table(["of the replay", "s"], [[sort, f"{seconds:.2f}"] for sort, seconds in sorts])


def _print_parts(parts: Mapping[str, Sequence[float]]) -> None:
    total = [sum(took[number] for took in parts.values()) for number in range(2)]
    rows = [[part, *_took(took)] for part, took in {**parts, ALL: total}.items()]
    print_table(["part", "wall s", "CPU s"], rows)


def _print_tuned(told: Mapping[str, Any]) -> None:
    turned = told["turned"]
    print(f"One parameter changed by a step, {told['touches']:,} touches held in a session, one run each;")
    print(f"the first decision took {_seconds(told['first'])}, peak memory {told['peak']:,.0f} MB.\n")
    sorts = dict.fromkeys(one["sort"] for one in turned)
    groups = {sort: [one for one in turned if one["sort"] == sort] for sort in sorts} | {ALL: turned}
    columns = ["parameter", "how many", "median s", "p90 s", "slowest s", "median CPU s", "rulebooks read, s"]
    print_table([*columns, "and back, s"], [[sort, *_spread(some)] for sort, some in groups.items()])
    spent: Counter[str] = Counter()
    for one in turned:
        spent.update(one["sorts"])
    every = sum(spent.values())
    rows = [[sort, f"{seconds:.2f}", f"{seconds / every:.0%}"] for sort, seconds in spent.most_common()]
    print_table(["work in all of them", "s", "share"], rows)
    slowest = sorted(turned, key=lambda one: -one["deciding"][0])[:_SLOWEST]
    rows = [[one["name"], *_took(one["deciding"]), _main_work(one["sorts"])] for one in slowest]
    print_table(["slowest", "wall s", "CPU s", "most of it"], rows)


def _spread(turned: Turned) -> list[str]:
    walls = [one["deciding"][0] for one in turned]
    p90 = quantiles(walls, n=10)[-1] if len(walls) > 1 else walls[0]
    figures = [median(walls), min(p90, max(walls)), max(walls)]
    figures += [median(one["deciding"][1] for one in turned)]
    figures += [median(one[what][0] for one in turned) for what in ("making", "back")]
    return [f"{len(turned)}", *(f"{seconds:.3f}" for seconds in figures)]


def _main_work(sorts: Mapping[str, float]) -> str:
    return ", ".join(f"{sort} {seconds:.2f}" for sort, seconds in Counter(sorts).most_common(3))


def _took(took: Sequence[float]) -> list[str]:
    return [f"{seconds:.2f}" for seconds in took]


def _seconds(took: Sequence[float]) -> str:
    return f"{took[0]:.2f} s ({took[1]:.2f} s CPU)"


def _clip(label: str) -> str:
    return (label if len(label) <= 80 else f"{label[:77]}...").replace("|", "/")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
