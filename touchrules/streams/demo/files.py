"""Writes a made-up year into files, and knows the one that is shipped."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Final

from touchrules.streams.demo.generate import Progress, generate
from touchrules.streams.demo.story import COLUMNS, Ledger

TOUCHES: Final = "touches.csv.gz"
TRUTH: Final = "truth.json"
SHIPPED_SEED: Final = 2025
SHIPPED_TOUCHES: Final = 50_000
_HEADER: Final = ",".join(COLUMNS) + "\n"


def write_touches(path: Path, touches: int, seed: int, progress: Progress | None = None) -> Ledger:
    """Write a year of touches as a compressed CSV file; the same seed gives the same bytes."""
    # gzip.open() and gzip.compress() write other headers in other versions of Python.
    with (
        path.open("wb") as packed,
        gzip.GzipFile(filename="", mode="wb", compresslevel=5, fileobj=packed, mtime=0) as file,
    ):
        return write_csv(lambda text: file.write(text.encode()), touches, seed, progress)


def write_csv(
    write: Callable[[str], object], touches: int, seed: int, progress: Progress | None = None
) -> Ledger:
    """Hand over a year of touches as CSV, in pieces."""
    write(_HEADER)
    return generate(touches, seed, write, progress)
