"""How long a manager waits from choosing a finding to its why, on the year of a made-up company.

    python -m tests.benchmarks.bench_contact [--findings 20] [--seed 1]

For findings drawn at random: until the contact is drawn; until the finding's why stands there with its
numbers, by the durable engine or, for rules that look at the whole desk, by the columnar one; until all rules
that looked at the touch say why they stayed silent; until both engines are compared.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from pathlib import Path
from statistics import median

from touchrules.studio.case import Case, Cases
from touchrules.studio.contact import draw_contact
from touchrules.studio.opening import RULEBOOKS, Asked, open_or_tell
from touchrules.studio.state import StudioState

ROOT = Path(__file__).parents[2]
STEPS = ("drawn", "why", "silent rules", "compared")


def drawn(studio: StudioState, findings: int, seed: int) -> list[tuple[str, str, str]]:
    """Some findings: contact, touch, rule."""
    table = studio.tuning.findings().select(["contact_id", "touch_id", "rule"]).to_pylist()
    return [tuple(row.values()) for row in random.Random(seed).sample(table, findings)]  # type: ignore[misc]


def why_is_known(case: Case, row: int, rule: str) -> bool:
    """Whether the why of a finding can be shown."""
    return any(one.seen.rule == rule for one in case.rules(row))


def measure(cases: Cases, studio: StudioState, contact: str, touch: str, rule: str) -> dict[str, float]:
    """Seconds from choosing a finding."""
    began = time.perf_counter()
    seconds: dict[str, float] = {}
    case = cases.open(studio, contact)
    draw_contact(studio, case)
    seconds["drawn"] = time.perf_counter() - began
    row = case.row_of(touch)
    while (step := case.next_step(row, rule)) is not None:
        step(None)
        if "why" not in seconds and why_is_known(case, row, rule):
            seconds["why"] = time.perf_counter() - began
        if "silent rules" not in seconds and case.is_told(row):
            seconds["silent rules"] = time.perf_counter() - began
    seconds["compared"] = time.perf_counter() - began
    return seconds


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault(RULEBOOKS, str(ROOT / "rulebooks"))
    studio, cases = open_or_tell(Asked()), Cases()
    assert isinstance(studio, StudioState)
    rows = drawn(studio, asked.findings, asked.seed)
    cases.open(studio, rows[0][0])  # what is made once for a state
    told = []
    for contact, touch, rule in rows:
        told.append(measure(cases, studio, contact, touch, rule))
        print(f"{rule:45}", *(f"{step} {told[-1][step]:6.2f} s" for step in STEPS), sep="  ", flush=True)
    for step in STEPS:
        seconds = [one[step] for one in told]
        print(f"{step:15} median {median(seconds):6.2f} s  worst {max(seconds):6.2f} s")


if __name__ == "__main__":
    main()
