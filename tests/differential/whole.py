"""Holds the engines beside each other on whole files, with all shipped rulebooks.

`python -m tests.differential.whole [NAME...]`: names of REAL below, or `demo:TOUCHES:SEED`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.replay.run import Replay, replay
from touchrules.streams.demo.files import write_touches
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
REAL = {
    "bpi12": "bpi12_loan_calls.csv.gz",
    "cns": "cns_calls_sms.csv.gz",
    "fara": "fara_lobby_contacts.csv.gz",
    "spamassassin": "spamassassin_mail.csv.gz",
    "robocalls": "robocall_transcripts.csv.gz",
    "persuasion": "persuasion_for_good.csv.gz",
    "salesforce": "vendor/salesforce",
    "hubspot": "vendor/hubspot",
    "outreach": "vendor/outreach_expected_records.jsonl",
    "salesloft": "vendor/salesloft_expected_records.jsonl",
}
RULEBOOKS = load_rulebooks([ROOT / "rulebooks"])


def read_stream(name: str) -> Stream:
    """A real file by its name, or the touches of a made-up company."""
    declared = declared_types(RULEBOOKS)
    if name in REAL:
        mapping = ROOT / "tests" / "data" / f"{name}.map.yaml"
        return read_touches(SHARED / REAL[name], mapping=mapping, declared=declared).stream
    _, touches, seed = name.split(":")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "touches.csv.gz"
        write_touches(path, int(touches), int(seed))
        return read_touches(path, declared=declared).stream


def differences(one: Replay, other: Replay) -> list[str]:
    """The tables that are not the same to the row and the column."""
    told = []
    for table in ("findings", "expectations", "facts"):
        mine, theirs = getattr(one, table), getattr(other, table)
        if not mine.equals(theirs):
            told.append(f"{table}: {len(mine)} rows beside {len(theirs)}")
    mine, theirs = one.summary.as_json(), other.summary.as_json()
    told += [
        f"summary: {key}" for key in mine if key not in {"engine", "notices"} and mine[key] != theirs[key]
    ]
    return told


def main() -> int:
    """Compare file after file; 1 if any differs."""
    failed = False
    for name in sys.argv[1:] or [*REAL, "demo:200000:1"]:
        stream = read_stream(name)
        started = time.monotonic()
        columnar = replay(RULEBOOKS, stream, engine="columnar")
        middle = time.monotonic()
        durable = replay(RULEBOOKS, stream, engine="durable")
        found = differences(columnar, durable)
        failed |= bool(found)
        print(
            f"{name}: {len(stream):,} touches, {len(durable.findings):,} findings,"
            f" {len(durable.expectations):,} expectations, {len(durable.facts):,} facts;"
            f" columnar {middle - started:.1f} s, durable {time.monotonic() - middle:.1f} s;"
            f" {'; '.join(found) or 'the same'}",
            flush=True,
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
