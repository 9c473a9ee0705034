"""How long it takes to make up a year: `python -m tests.benchmarks.bench_demo [TOUCHES...]`."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from touchrules.streams.demo.files import write_touches


def main() -> None:
    """Time 50,000 and a million touches, or as many as are asked for."""
    for touches in map(int, sys.argv[1:] or ("50000", "1000000")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "touches.csv.gz"
            began, worked = time.perf_counter(), time.process_time()
            write_touches(path, touches, 1)
            seconds, busy = time.perf_counter() - began, time.process_time() - worked
            size = path.stat().st_size / 1e6
        print(f"{touches:,} touches: {seconds:.1f} s ({busy:.1f} s of one core), {size:.1f} MB")


if __name__ == "__main__":
    main()
