"""The columnar engine beside DuckDB, pandas and the durable engine, on five rules.

    python -m tests.benchmarks.bench_columnar [--touches N ...] [--engines NAME ...] [--rounds R] [--keep F]

Makes its touches itself. All engines are given them in memory, in stream order and in their own form; they
must find the same touches. The engines take turns, round after round, so that a machine that slows down
slows them all; in each round the quick ones run several times. The durable engine is given few touches, and
its time is told as if many more took as long each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.alone import a_folder, print_conditions, print_table, run_alone

NAMES: Final = {
    "columnar": "columnar",
    "columnar-prepared": "columnar, touches prepared (4)",
    "duckdb": "DuckDB, SQL as one writes it",
    "duckdb-tuned": "DuckDB, tuned by hand (1)",
    "pandas": "pandas, as an analyst writes it",
    "pandas-tuned": "pandas, tuned by hand (2)",
    "durable": "durable (3)",
    "columnar-file": "columnar, all three tables with messages",
    "duckdb-file": "DuckDB, rule and touch_id",
}
NOTES: Final = """\
(1) Touches numbered in their order, contacts as integers, words as ENUM, each query rewritten until it was
fastest. (2) Contacts and words as categories, the rolling window replaced by a shift. (3) Measured on
{part:,} touches; seconds as if each of the others took as long. (4) By `touchrules prepare`: columns stand in
the order of contacts already.
"""
PART: Final = 20_000
RUNS: Final = 3
SLOW: Final = ("pandas", "durable")  # run once a round
COLUMNS: Final = (
    "engine",
    "touches",
    "wall s",
    "CPU s",
    "touches/s",
    "peak MB",
    "wall, columnar = 1",
    "CPU, columnar = 1",
)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return 1 if engines found different touches."""
    asked = _parse(arguments)
    print_conditions(f"of {asked.rounds} rounds of up to {RUNS} runs")
    with a_folder(asked.keep) as folder:
        agreed = [_measure(folder, touches, asked.engines, asked.rounds) for touches in asked.touches]
    return 0 if all(agreed) else 1


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bench_columnar")
    parser.add_argument("--touches", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--engines", nargs="+", choices=NAMES, default=[*NAMES])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="a folder for the touches, which are found there again")
    return parser.parse_args(arguments)


def _measure(folder: Path, touches: int, engines: Sequence[str], rounds: int) -> bool:
    """Print the tables of so many touches; say whether all engines found the same."""
    told: dict[str, Any] = dict.fromkeys(engines)
    for _ in range(rounds):
        for engine in engines:
            told[engine] = _better(told[engine], _run(folder, engine, touches))
    part = min(PART, touches)
    rows = {engine: _row(engine, one, touches, told.get("columnar")) for engine, one in told.items()}
    print("Five rules, touches in memory:\n")
    print_table(COLUMNS, [row for engine, row in rows.items() if not engine.endswith("-file")])
    print(NOTES.format(part=part))
    files = {engine: one for engine, one in told.items() if engine.endswith("-file")}
    if files:
        print("Five rules, from a Parquet file to a written one:\n")
        base = files.get("columnar-file")
        print_table(COLUMNS, [_row(engine, one, touches, base) for engine, one in files.items()])
    found = [one["found"] for engine, one in told.items() if one and engine != "durable"]
    if told.get("durable"):
        few = [told["durable"]["found"], (_run(folder, "columnar", part) or {}).get("found")]
        return _agree(touches, found) and _agree(part, few)
    return _agree(touches, found)


def _run(folder: Path, engine: str, touches: int) -> Any:
    if engine == "durable":
        touches = min(PART, touches)
    path = folder / f"touches{touches}.parquet"
    if not path.exists():
        run_alone("touches", touches, path)
    return run_alone("rivals", engine, path, 1 if engine in SLOW else RUNS)


def _better(one: Any, other: Any) -> Any:
    """Return what two rounds told as one, with the best times."""
    if one is None or other is None:
        return other or one
    took = [min(pair) for pair in zip(one["took"], other["took"], strict=True)]
    return {**other, "took": took, "peak": max(one["peak"], other["peak"])}


def _row(engine: str, told: Any, touches: int, base: Any) -> list[str]:
    if told is None:
        return [NAMES[engine], f"{touches:,}", "failed", *[""] * (len(COLUMNS) - 3)]
    scale = touches / min(PART, touches) if engine == "durable" else 1
    wall, cpu = (seconds * scale for seconds in told["took"])
    speeds = [f"{wall:,.2f}", f"{cpu:,.2f}", f"{touches / wall:,.0f}", f"{told['peak']:,.0f}"]
    ratios = ["", ""]
    if base:
        ratios = [f"{mine / its:,.1f}" for mine, its in zip((wall, cpu), base["took"], strict=True)]
    return [NAMES[engine], f"{touches:,}", *speeds, *ratios]


def _agree(touches: int, found: Sequence[Any]) -> bool:
    same = all(one == found[0] for one in found)
    if same and found:
        counts = sum(int(told.split()[0]) for told in found[0].values())
        print(f"{touches:,} touches: {len(found)} times the same {counts:,} findings.\n")
    elif not same:
        print(f"{touches:,} touches: the findings differ: {found}", file=sys.stderr)
    return same


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
