"""A replay in parts: `python -m tests.benchmarks.parted RULES FILE MEMORY_GB`.

RULES is `five` or `shipped`. Tells what it took from the Parquet file to the written tables.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.alone import peak_megabytes, tell, timed
from tests.benchmarks.demotouches import RULEBOOKS
from tests.benchmarks.five import RULEBOOK
from touchrules.language.load import load_rulebooks, parse_rulebook
from touchrules.replay.partitioned import replay_files


def main(rules: str, file: Path, memory: float) -> None:
    """Replay once, and tell."""
    books = load_rulebooks([RULEBOOKS]) if rules == "shipped" else [parse_rulebook(RULEBOOK)]
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        done, took = timed(
            lambda: replay_files(books, [file], Path(folder) / "out", memory=int(memory * 1_000_000_000))
        )
    tell({"found": done.summary.findings, "took": took, "peak": peak_megabytes()})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
