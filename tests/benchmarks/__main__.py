"""All benchmarks of the columnar engine: `python -m tests.benchmarks [--touches N ...] [--parts N ...]`.

Those of other parts are run by themselves: bench_demo, bench_durable, bench_signals.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.benchmarks import bench_columnar, bench_first_use, bench_parts, bench_tuning


def main() -> int:
    """Run one after the other; return 1 if one of them failed."""
    parser = argparse.ArgumentParser("benchmarks")
    parser.add_argument("--touches", type=int, nargs="+", default=[1_000_000])
    parser.add_argument(
        "--parts", type=int, nargs="+", metavar="N", help="touches that are replayed in parts"
    )
    parser.add_argument("--every", type=int, default=1, metavar="K", help="turn every K-th parameter only")
    parser.add_argument("--keep", type=Path, help="a folder for the touches, which are found there again")
    asked = parser.parse_args()
    keep = ["--keep", str(asked.keep)] if asked.keep else []
    sizes = ["--touches", *map(str, asked.touches), *keep]
    parts = ["--touches", *map(str, asked.parts or asked.touches), *keep]
    failed = 0
    for title, run, arguments in (
        ("Five rules", bench_columnar.main, sizes),
        ("All shipped rulebooks", bench_tuning.main, [*sizes, "--every", str(asked.every)]),
        ("Larger than memory", bench_parts.main, parts),
        ("First use", bench_first_use.main, []),
    ):
        print(f"### {title}\n")
        failed |= run(arguments)
    return failed


if __name__ == "__main__":
    sys.exit(main())
