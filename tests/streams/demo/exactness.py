"""Holds the truth about a made-up year against what a replay of the shipped rulebooks finds there."""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.model.rules import Rulebook
from touchrules.replay.run import replay
from touchrules.streams.demo.files import SHIPPED_SEED, SHIPPED_TOUCHES, write_touches
from touchrules.streams.reader import read_touches

RULEBOOKS = Path(__file__).parents[3] / "rulebooks"
OTHER_SEEDS = range(1, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """For each rule the touches that were planted and those that were found."""

    planted: dict[str, set[str]]
    found: dict[str, set[str]]

    def differences(self) -> list[str]:
        """One line for each rule of which they are not the same."""
        return [
            f"{rule}: missed {sorted(self.planted[rule] - self.found[rule])[:5]},"
            f" found beside {sorted(self.found[rule] - self.planted[rule])[:5]}"
            for rule in sorted(self.planted.keys() | self.found.keys())
            if self.planted[rule] != self.found[rule]
        ]


def compare(touches: int, seed: int) -> Comparison:
    """Make a year, replay all shipped rulebooks over it, and set the findings beside the truth."""
    rulebooks = load_rulebooks([RULEBOOKS])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "touches.csv.gz"
        ledger = write_touches(path, touches, seed)
        stream = read_touches(path, declared=declared_types(rulebooks)).stream
    found: dict[str, set[str]] = defaultdict(set)
    for finding in replay(rulebooks, stream).findings.select(["rule", "touch_id"]).to_pylist():
        found[finding["rule"]].add(finding["touch_id"])
    planted: dict[str, set[str]] = defaultdict(set)
    for rule, ids in ledger.planted.items():
        planted[rule] = set(ids)
    return Comparison(planted=planted, found=found)


def reported_rules(rulebooks: tuple[Rulebook, ...]) -> set[str]:
    """The rules that can report a finding."""
    return {rule.id for book in rulebooks for rule in book.rules if rule.report}


def main() -> None:
    """Compare at the size that is shipped: `python -m tests.streams.demo.exactness [SEED...]`."""
    for seed in [int(given) for given in sys.argv[1:]] or [SHIPPED_SEED, *OTHER_SEEDS]:
        result = compare(SHIPPED_TOUCHES, seed)
        differences = result.differences()
        exact = len(result.planted) - len(differences)
        print(
            f"seed {seed}: {exact} of {len(result.planted)} rules exact", *differences, sep="\n  ", flush=True
        )


if __name__ == "__main__":
    main()
