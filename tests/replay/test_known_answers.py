"""Replays of real streams give the answers that were worked out by other means."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from touchrules.language.load import parse_rulebook
from touchrules.replay.run import EngineName, Replay, replay
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
needs_data = pytest.mark.skipif(not SHARED.exists(), reason="the real streams are not on this machine")

LOANS = """
rulebook: loans
language: 1
rules:
  - id: fifth-call-in-a-week
    title: A fifth call within 7 days
    severity: low
    when: {kind: call}
    where: [{count: {kind: call}, within: 7d, at_least: 5}]
  - id: second-rep-in-an-hour
    title: A call after another rep's call within the hour
    severity: low
    when: {kind: call, rep_id: {exists: true}}
    where: [{distinct: rep_id, of: {kind: call}, within: 1h, at_least: 2}]
  - id: first-offer-unanswered
    title: No reply to the first offer within 14 days
    severity: low
    when: {kind: offer, direction: outbound}
    where: [{never: {kind: offer, direction: outbound}}]
    expect: {touch: {direction: inbound}, by: 14d}
"""

PHONES = """
rulebook: phones
language: 1
rules:
  - id: not-called-back
    title: A missed call is called back within the hour
    severity: low
    when: {kind: call, outcome: no_answer}
    expect: {touch: {kind: call}, match: {rep_id: contact_id, contact_id: rep_id}, per: [kind], by: 1h}
  - id: not-tried-again
    title: A missed call is tried again within the hour
    severity: low
    when: {kind: call, outcome: no_answer}
    expect: {touch: {kind: call}, match: {rep_id: rep_id, contact_id: contact_id}, per: [kind], by: 1h}
"""


@pytest.fixture(params=get_args(EngineName))
def engine(request: pytest.FixtureRequest) -> EngineName:
    """Each engine must give the known answers."""
    name: EngineName = request.param
    return name


@cache
def read_stream(file: str, mapping: str) -> Stream:
    """A real stream."""
    reading = read_touches(SHARED / file, mapping=ROOT / "tests/data" / mapping)
    assert not reading.rejects
    return reading.stream


@cache
def loans(engine: EngineName) -> Replay:
    """The loan desk."""
    stream = read_stream("bpi12_loan_calls.csv.gz", "bpi12.map.yaml")
    return replay([parse_rulebook(LOANS)], stream, engine=engine)


@cache
def phones(engine: EngineName) -> Replay:
    """The phone log."""
    return replay(
        [parse_rulebook(PHONES)], read_stream("cns_calls_sms.csv.gz", "cns.map.yaml"), engine=engine
    )


def states(result: Replay, rule: str) -> Counter[str]:
    """How many expectations of a rule ended in which way."""
    rows = zip(
        result.expectations["rule"].to_pylist(), result.expectations["status"].to_pylist(), strict=True
    )
    return Counter(status for one, status in rows if one == rule)


@needs_data
def test_3666_contacts_of_the_loan_desk_have_a_fifth_call_within_a_week(engine: EngineName) -> None:
    rule = next(one for one in loans(engine).summary.rules if one.rule == "fifth-call-in-a-week")
    assert rule.contacts == 3_666


@needs_data
def test_4914_calls_of_the_loan_desk_follow_another_reps_call_within_the_hour(engine: EngineName) -> None:
    rule = next(one for one in loans(engine).summary.rules if one.rule == "second-rep-in-an-hour")
    assert rule.found == 4_914


@needs_data
def test_of_the_first_offers_2479_are_answered_2498_are_not_and_38_are_open(engine: EngineName) -> None:
    assert states(loans(engine), "first-offer-unanswered") == {"met": 2_479, "broken": 2_498, "open": 38}


@needs_data
def test_of_366_missed_calls_151_are_called_back(engine: EngineName) -> None:
    ended = states(phones(engine), "not-called-back")
    assert (sum(ended.values()), ended["met"]) == (366, 151)


@needs_data
def test_of_366_missed_calls_153_are_tried_again(engine: EngineName) -> None:
    ended = states(phones(engine), "not-tried-again")
    assert (sum(ended.values()), ended["met"]) == (366, 153)
