"""Makes up touches for the benchmarks, many at once: `python -m tests.benchmarks.touches N FILE`.

A year of days between 08:00 and 18:00 UTC, one after the other. Some contacts are touched far more often
than others, 8 times in the mean; one touch in fifty follows another of the same contact at the same instant;
identifiers do not rise with time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

DAYS: Final = 365
TOUCHES_A_CONTACT: Final = 8
CONTACTS_AN_ACCOUNT: Final = 3
ROW_GROUP: Final = 1_000_000
SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
QUARTER: Final = 900 * SECOND
START: Final = 1_735_718_400 * SECOND  # 2025-01-01 08:00 UTC
STAMP: Final = pa.timestamp("us", tz="UTC")

# Kind, its share of all touches, the share of inbound ones.
KINDS: Final = (
    ("call", 0.46, 0.03),
    ("email", 0.24, 0.1),
    ("voicemail", 0.13, 0.02),
    ("gatekeeper", 0.08, 0.0),
    ("sms", 0.03, 0.1),
    ("meeting", 0.03, 0.1),
    ("form", 0.02, 1.0),
    ("opt_out", 0.01, 1.0),
)
# Outcome, and the share of each kind's touches that have it; others have none.
OUTCOMES: Final = (
    ("no_answer", {"call": 0.62, "meeting": 0.1}),
    ("connected", {"call": 0.12, "meeting": 0.9}),
    ("not_interested", {"call": 0.08}),
    ("callback_agreed", {"call": 0.05}),
    ("in_meeting", {"call": 0.04, "gatekeeper": 0.3}),
    ("away", {"call": 0.03, "gatekeeper": 0.2}),
    ("wrong_person", {"call": 0.02, "email": 0.01}),
    ("meeting_booked", {"call": 0.02}),
    ("replied", {"email": 0.04, "sms": 0.05}),
    ("bounced", {"email": 0.02}),
    ("assistant", {"gatekeeper": 0.5}),
    ("do_not_contact", {"opt_out": 1.0}),
)
CALLBACK: Final = 3
SENTENCE: Final = (
    "the new dock plan and a quote for your team before the quarter ends as you asked last week when we spoke"
    " about sensors pallets costs drivers routes returns audits and the second site near the port"
)

Numbers = npt.NDArray[Any]


def make_touches(touches: int, seed: int = 1) -> pa.Table:
    """Return touches in the order of their time."""
    return pa.concat_tables(make_days(touches, seed))


def write_parquet(path: Path, touches: int, seed: int = 1) -> None:
    """Write touches, never holding many of them."""
    waiting: list[pa.Table] = []
    writer = None
    for day in make_days(touches, seed):
        writer = writer or pq.ParquetWriter(path, day.schema, compression="zstd")
        waiting.append(day)
        if sum(map(len, waiting)) >= ROW_GROUP:
            writer.write_table(pa.concat_tables(waiting).combine_chunks())
            waiting.clear()
    if writer is not None:
        if waiting:
            writer.write_table(pa.concat_tables(waiting).combine_chunks())
        writer.close()


def make_days(touches: int, seed: int = 1) -> Iterator[pa.Table]:
    """Yield the touches day by day; a seed gives the same ones again."""
    ends = np.linspace(0, touches, DAYS + 1).astype(np.int64)
    texts = pa.array(_texts(np.random.default_rng([seed, DAYS])))
    for day in range(DAYS):
        if ends[day + 1] > ends[day]:
            numbers = np.arange(ends[day], ends[day + 1])
            yield _make_day(np.random.default_rng([seed, day]), day, numbers, touches, texts)


def _make_day(
    rng: np.random.Generator, day: int, numbers: Numbers, touches: int, texts: pa.Array
) -> pa.Table:
    count = len(numbers)
    at = START + day * DAY + np.sort(rng.integers(0, 36_000, count)) * SECOND
    contacts = max(1, touches // TOUCHES_A_CONTACT)
    people = (contacts * rng.random(count) ** 2).astype(np.int64) * 7_919 % contacts
    twins = np.flatnonzero(rng.random(count - 1) < 0.02) + 1
    at[twins], people[twins] = at[twins - 1], people[twins - 1]
    accounts = people // CONTACTS_AN_ACCOUNT
    kinds = _draw(rng, count, [share for _, share, _ in KINDS])
    inbound = rng.random(count) < np.array([share for *_, share in KINDS])[kinds]
    outcomes = _draw_outcomes(rng, kinds)
    promised = (outcomes == CALLBACK) | (rng.random(count) < 0.01)
    promises = (at + rng.integers(1, 20 * 96, count) * QUARTER) // QUARTER * QUARTER
    silent = rng.random(count) < 0.6
    return pa.table(
        {
            "touch_id": _named("t", rng.permutation(numbers), 9),
            "at": pa.array(at).cast(STAMP),
            "contact_id": _named("c", people, 8),
            "account_id": _named("a", accounts, 8),
            "rep_id": _named("r", accounts % max(5, touches // 4_000), 5),
            "kind": _words([kind for kind, *_ in KINDS], kinds),
            "direction": _words(["outbound", "inbound"], inbound.astype(np.int64)),
            "outcome": _words([outcome for outcome, _ in OUTCOMES], outcomes),
            "duration_s": pa.array(rng.integers(5, 1_800, count).astype(np.float64), mask=kinds != 0),
            "promised_at": pa.array(promises, mask=~promised).cast(STAMP),
            "text": texts.take(pa.array(rng.integers(0, len(texts), count), mask=silent)),
        }
    )


def _draw(rng: np.random.Generator, count: int, shares: Sequence[float]) -> Numbers:
    """Return which of several, by their shares; their number where the shares end before."""
    return np.searchsorted(np.cumsum(shares), rng.random(count), side="right")


def _draw_outcomes(rng: np.random.Generator, kinds: Numbers) -> Numbers:
    """Return an outcome for each touch, the number of outcomes where it has none."""
    drawn = np.empty(len(kinds), np.int64)
    for number, (kind, *_) in enumerate(KINDS):
        of = np.flatnonzero(kinds == number)
        drawn[of] = _draw(rng, len(of), [shares.get(kind, 0.0) for _, shares in OUTCOMES])
    return drawn


def _words(words: Sequence[str], numbers: Numbers) -> pa.Array:
    """Return words by their numbers, null where there is none of that number."""
    return pa.array(words).take(pa.array(numbers, mask=numbers >= len(words)))


def _named(letter: str, numbers: Numbers, digits: int) -> pa.Array:
    """Return identifiers such as `c00000017`."""
    padded = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), digits, "0")
    return pc.binary_join_element_wise(letter, padded, "")


def _texts(rng: np.random.Generator) -> list[str]:
    words = SENTENCE.split()
    return [" ".join(rng.choice(words, rng.integers(5, 60))) for _ in range(2_000)]


if __name__ == "__main__":
    write_parquet(Path(sys.argv[2]), int(sys.argv[1]))
