"""What a stream holds, and which rules can say nothing on it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from touchrules.streams.instants import read_instant
from touchrules.streams.profile import Profile, as_json, profile
from touchrules.streams.reader import Reading

Read = Callable[..., Reading]
TOUCHES = """touch_id,at,contact_id,rep_id,kind,direction,outcome,timezone,x,empty
a,2025-03-10,c1,r1,call,outbound,connected,Europe/Berlin,1,
b,2025-03-10,c1,r2,call,outbound,,,2,
c,2025-03-10,c2,,email,inbound,replied,,,
d,2025-03-12T10:00,c2,r1,call,outbound,,,,
"""


@pytest.fixture
def told(read: Read) -> Profile:
    fields_read = {"a-rule": {"kind", "icp", "empty"}, "b-rule": {"kind", "x", "weekday"}, "c-rule": {"z"}}
    return profile(read(TOUCHES).stream, fields_read)


def test_it_tells_rows_and_period(told: Profile) -> None:
    days = (read_instant("2025-03-10", "UTC"), read_instant("2025-03-12T10:00", "UTC"))
    assert (told.rows, told.first, told.last) == (4, *days)


def test_it_counts_contacts_accounts_and_reps(told: Profile) -> None:
    assert (told.contacts, told.accounts, told.reps) == (2, 0, 2)


def test_it_counts_the_words_of_the_stream_the_most_frequent_first(told: Profile) -> None:
    assert told.kinds == (("call", 3), ("email", 1))
    assert told.outcomes == (("connected", 1), ("replied", 1))
    assert told.directions == (("outbound", 3), ("inbound", 1))


def test_touches_without_a_zone_count_for_the_zone_of_the_stream(told: Profile) -> None:
    assert told.zones == (("UTC", 3), ("Europe/Berlin", 1))


def test_it_tells_the_share_that_is_missing(told: Profile) -> None:
    shares = dict(told.missing)
    expected = [0.0, 0.25, 1.0, 0.5, 1.0]
    assert [shares[name] for name in ("at", "rep_id", "account_id", "x", "empty")] == expected


def test_ties_are_touches_that_share_their_instant(told: Profile) -> None:
    assert (told.ties, told.contact_ties) == (3, 2)


def test_further_fields_have_their_types(told: Profile) -> None:
    assert told.further == (("empty", None), ("x", "number"))


def test_rules_that_read_fields_which_nobody_has_are_silent(told: Profile) -> None:
    silent = [(each.rule, each.absent) for each in told.silent_rules]
    assert silent == [("a-rule", ("empty", "icp")), ("c-rule", ("z",))]


def test_as_json_it_is_plain(told: Profile) -> None:
    plain = json.loads(json.dumps(as_json(told)))
    assert (plain["first"], plain["kinds"]) == ("2025-03-10T00:00:00Z", {"call": 3, "email": 1})
    assert plain["silent_rules"] == {"a-rule": ["empty", "icp"], "c-rule": ["z"]}


def test_an_empty_stream_has_a_profile(read: Read) -> None:
    told = profile(read("touch_id,at,contact_id,kind\n").stream)
    assert (told.rows, told.first, told.ties, told.kinds, told.missing) == (0, None, 0, (), ())
