"""Writes the demo that is shipped: `python -m touchrules.streams.demo.shipped` at the root of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SHIPPED: Final = Path(__file__).parents[2] / "shipped" / "demo.csv.zst"


def write_shipped() -> None:
    """Make the shipped file anew."""
    import zstandard  # noqa: PLC0415 - only who makes the file needs these

    from touchrules.streams.demo.files import SHIPPED_SEED, SHIPPED_TOUCHES, write_csv  # noqa: PLC0415

    with SHIPPED.open("wb") as packed, zstandard.ZstdCompressor(level=19).stream_writer(packed) as file:
        write_csv(lambda text: file.write(text.encode()), SHIPPED_TOUCHES, SHIPPED_SEED)


if __name__ == "__main__":
    write_shipped()
