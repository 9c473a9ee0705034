"""Real exports are read whole through the mapping files in tests/data."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchrules.streams.profile import profile
from touchrules.streams.reader import Reading, read_touches

ROOT = Path(__file__).parents[2]
MAPPINGS = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"{SHARED} is missing: the real exports are not here"
)


def reading(export: str, mapping: str) -> Reading:
    return read_touches(SHARED / export, mapping=MAPPINGS / f"{mapping}.map.yaml")


@pytest.mark.parametrize(
    ("export", "mapping", "touches", "others"),
    [
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
    ],
)
def test_every_row_of_an_export_becomes_a_touch_or_is_counted(
    export: str, mapping: str, touches: int, others: int
) -> None:
    found = reading(export, mapping)
    assert (len(found.stream), found.unselected, found.rejects) == (touches, others, ())


def test_the_loan_desk_is_as_its_readme_tells() -> None:
    stream = reading("bpi12_loan_calls.csv.gz", "bpi12").stream
    told = profile(stream)
    assert (told.contacts, told.reps, told.contact_ties) == (13_087, 68, 25_365)
    calls = [rep for kind, rep in stream.rows(["kind", "rep_id"]) if kind == "call"]
    assert round(calls.count(None) / len(calls), 3) == 0.126


def test_the_phone_log_is_as_its_readme_tells() -> None:
    stream = reading("cns_calls_sms.csv.gz", "cns").stream
    told = profile(stream)
    assert (dict(told.kinds)["call"], dict(told.outcomes)["no_answer"]) == (3_600, 366)


def test_robocalls_repeat_their_scripts() -> None:
    assert profile(reading("robocall_transcripts.csv.gz", "robocalls").stream).contacts == 354


def test_bounced_mails_of_salesloft_are_bounced() -> None:
    stream = reading("vendor/salesloft_expected_records.jsonl", "salesloft").stream
    assert dict(profile(stream).outcomes) == {"bounced": 3}
