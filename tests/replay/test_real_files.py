"""Every real file that is at hand replays with the shipped rulebooks, and no row is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.replay.run import replay
from touchrules.streams.reader import read_touches

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
# The file, its mapping, its touches, and the rows that the mapping leaves out.
FILES = [
    ("bpi12_loan_calls.csv.gz", "bpi12", 190_824, 0),
    ("cns_calls_sms.csv.gz", "cns", 27_933, 0),
    ("fara_lobby_contacts.csv.gz", "fara", 14_440, 0),
    ("spamassassin_mail.csv.gz", "spamassassin", 3_250, 0),
    ("robocall_transcripts.csv.gz", "robocalls", 685, 0),
    ("persuasion_for_good.csv.gz", "persuasion", 12_816, 0),
    ("vendor/salesforce", "salesforce", 20, 0),
    ("vendor/hubspot", "hubspot", 105, 0),
    ("vendor/outreach_expected_records.jsonl", "outreach", 3, 10),
    ("vendor/salesloft_expected_records.jsonl", "salesloft", 4, 5),
]


@pytest.mark.skipif(not SHARED.exists(), reason="the real streams are not on this machine")
@pytest.mark.parametrize(("file", "mapping", "touches", "left_out"), FILES)
def test_a_real_file_replays_whole(file: str, mapping: str, touches: int, left_out: int) -> None:
    rulebooks = load_rulebooks([ROOT / "rulebooks"])
    reading = read_touches(
        SHARED / file, mapping=ROOT / f"tests/data/{mapping}.map.yaml", declared=declared_types(rulebooks)
    )

    result = replay(rulebooks, reading.stream)

    assert (result.summary.touches, reading.unselected, len(reading.rejects)) == (touches, left_out, 0)
