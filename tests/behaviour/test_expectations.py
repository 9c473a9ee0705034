"""Expectations, by the sentences of section 6."""

import pytest

from tests.behaviour.cases import at, found, replay, rule, rulebook, touch


def outcomes(touches, expect, as_of=None, **keys):
    chased = rule(when={"kind": "call"}, expect=expect)
    _, rows, _ = replay([rulebook(chased, **keys)], touches, as_of=as_of)
    return [(row["touch_id"], row["status"], row["settled_by"]) for row in rows]


def deadline(trigger, by, **keys):
    chased = rule(expect={"touch": {}, "by": by})
    _, rows, _ = replay([rulebook(chased, **keys)], [trigger])
    return [row["by"] for row in rows]


EMAIL = {"touch": {"kind": "email"}, "by": "1h"}


def test_a_touch_exactly_at_the_deadline_meets_it():
    touches = [touch("a", "10:00"), touch("b", "11:00", kind="email")]
    assert outcomes(touches, EMAIL) == [("a", "met", "b")]


def test_an_expectation_is_open_until_as_of_reaches_its_deadline():
    touches = [touch("a", "10:00")]
    assert outcomes(touches, EMAIL, as_of=at("10:59")) == [("a", "open", None)]
    assert outcomes(touches, EMAIL, as_of=at("11:00")) == [("a", "broken", None)]


def test_a_later_touch_of_the_triggers_instant_may_meet():
    touches = [touch("a", "10:00", kind="email"), touch("b", "10:00"), touch("c", "10:00", kind="email")]
    assert outcomes(touches, EMAIL) == [("b", "met", "c")]


def test_the_earliest_deciding_touch_counts():
    expect = EMAIL | {"cancel": {"direction": "inbound"}}
    touches = [touch("a", "10:00"), touch("b", "10:10", kind="sms", direction="inbound")]
    assert outcomes([*touches, touch("c", "10:20", kind="email")], expect) == [("a", "cancelled", "b")]


def test_a_touch_that_meets_and_cancels_meets():
    expect = EMAIL | {"cancel": {}}
    touches = [touch("a", "10:00"), touch("b", "10:10", kind="email")]
    assert outcomes(touches, expect) == [("a", "met", "b")]


def test_a_touch_before_after_does_not_meet_but_cancels():
    expect = {"touch": {"kind": "email"}, "after": "30m", "by": "1h"}
    touches = [touch("a", "10:00"), touch("b", "10:10", kind="email"), touch("c", "10:30", kind="email")]
    assert outcomes(touches, expect) == [("a", "met", "c")]
    assert outcomes(touches, expect | {"cancel": {"kind": "email"}}) == [("a", "cancelled", "b")]


def test_match_needs_both_fields():
    expect = {"touch": {}, "by": "1h", "per": "account", "match": {"contact_id": "referred_to"}}
    first = touch("a", "10:00", account_id="a1", referred_to="c9")
    later = touch("c", "10:20", account_id="a1", kind="email", contact_id="c9")
    other = touch("b", "10:10", account_id="a1", kind="email", contact_id="c8")
    assert outcomes([first, other, later], expect) == [("a", "met", "c")]


def test_a_trigger_without_the_key_expects_what_nothing_can_meet():
    touches = [touch("a", "10:00"), touch("b", "10:10", kind="email")]
    assert outcomes(touches, EMAIL | {"per": "rep"}, as_of=at("12:00")) == [("a", "broken", None)]


def test_a_missing_field_or_a_deadline_before_the_trigger_expects_nothing():
    expect = {"touch": {}, "by": "promised_at"}
    touches = [touch("a", "10:00"), touch("b", "11:00", promised_at=at("10:59"))]
    assert outcomes(touches, expect) == []


def test_a_promise_may_be_kept_a_little_early():
    expect = {"touch": {"kind": "email"}, "after": "promised_at - 1h", "by": "promised_at+1h"}
    touches = [touch("a", "10:00", promised_at=at("12:00")), touch("b", "11:00", kind="email")]
    assert outcomes(touches, expect) == [("a", "met", "b")]


def test_a_broken_expectation_is_a_finding_dated_at_its_deadline():
    chased = rule(expect=EMAIL, say="{kind} {value}", where=[{"count": {}, "at_least": 1}])
    findings, _, _ = replay([rulebook(chased)], [touch("a", "10:00"), touch("b", "11:01")])
    assert [(row["at"], row["touch_id"], row["message"], row["value"]) for row in findings] == [
        (at("11:00"), "a", "call 1", 1.0)
    ]


def test_a_broken_expectation_asserts_after_every_touch_of_its_instant():
    rules = [
        rule(id="r0", when={"touch_id": "a"}, expect=EMAIL, asserts="late"),
        rule(given="late"),
    ]
    touches = [touch("a", "10:00"), touch("b", "11:00"), touch("c", "11:01")]
    assert found(touches, *rules, facts={"late": {"until": {"touch_id": "b"}}}) == ["c"]


def test_meeting_asserts_at_the_meeting_touch_for_its_own_key():
    expect = EMAIL | {"per": "account"}
    chased = rule(when={"kind": "call"}, expect=expect, met_asserts="kept")
    touches = [
        touch("a", "10:00", account_id="a1"),
        touch("b", "10:10", account_id="a1", kind="email", contact_id="c2"),
    ]
    _, _, rows = replay([rulebook(chased, facts={"kept": {}})], touches)
    assert [(row["key"], row["since"], row["touch_id"]) for row in rows] == [("c2", at("10:10"), "b")]


def test_two_expectations_broken_at_one_instant_assert_in_the_order_of_their_triggers():
    chased = rule(
        when={"kind": "call"}, expect={"touch": {}, "by": "promised_at", "per": "rep"}, asserts="late"
    )
    touches = [touch(name, when, promised_at=at("12:00")) for name, when in (("z", "10:00"), ("a", "11:00"))]
    _, _, rows = replay([rulebook(chased, facts={"late": {}})], touches, as_of=at("12:00"))
    assert [row["touch_id"] for row in rows] == ["z"]


def test_touches_after_as_of_are_left_out():
    touches = [touch("a", "10:00"), touch("b", "10:30", kind="email")]
    assert outcomes(touches, EMAIL, as_of=at("10:29")) == [("a", "open", None)]


@pytest.mark.parametrize(
    ("by", "start", "expected"),
    [
        ("1bd", "2025-03-03 10:00", "2025-03-05 00:00"),
        ("1bd", "2025-03-07 10:00", "2025-03-11 00:00"),
        ("3bd", "2025-03-08 10:00", "2025-03-14 00:00"),
        ("4bh", "2025-03-03 10:00", "2025-03-03 14:00"),
        ("7bh", "2025-03-03 10:00", "2025-03-03 17:00"),
        ("0.5bh", "2025-03-03 16:45", "2025-03-04 09:15"),
        ("1bh", "2025-03-07 17:00", "2025-03-10 10:00"),
        ("16bh", "2025-03-01 12:00", "2025-03-04 17:00"),
    ],
)
def test_business_days_and_hours_end_here(by, start, expected):
    holidays = ["2025-03-12"]
    assert deadline(touch("a", start), by, holidays=holidays) == [at(expected)]


def test_business_hours_are_on_the_clocks_of_the_triggers_zone():
    trigger = touch("a", "2025-03-03 08:00", timezone="America/New_York")
    hours = ["08:30", "12:00"]
    assert deadline(trigger, "1bh", business_hours=hours) == [at("2025-03-03 14:30")]
