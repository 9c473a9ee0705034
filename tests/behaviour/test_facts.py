"""Facts, by the sentences of section 5 and the table of facts in section 12."""

from tests.behaviour.cases import at, found, replay, rule, rulebook, touch

MEETINGS = {"known": {"from": {"kind": "meeting"}}}


def periods(touches, facts, *rules, **options):
    _, _, rows = replay([rulebook(*rules, facts=facts)], touches, **options)
    return [(row["since"], row["until"], row["touch_id"]) for row in rows]


def test_a_touch_does_not_see_the_fact_that_it_asserts():
    touches = [touch("a", "10:00", kind="meeting"), touch("b", "11:00", kind="meeting")]
    assert found(touches, rule(given="known"), facts=MEETINGS) == ["b"]


def test_a_later_touch_of_the_same_instant_sees_the_fact():
    touches = [touch("a", "10:00"), touch("b", "10:00", kind="meeting"), touch("c", "10:00")]
    assert found(touches, rule(given=["known"]), facts=MEETINGS) == ["c"]


def test_a_fact_is_over_exactly_when_its_time_has_passed():
    facts = {"known": {"from": {"kind": "meeting"}, "for": "1h"}}
    touches = [touch("a", "10:00", kind="meeting"), touch("b", "10:59"), touch("c", "11:00")]
    assert found(touches, rule(given="known"), facts=facts) == ["b"]


def test_the_last_assertion_carries_a_fact_on():
    facts = {"known": {"from": {"kind": "meeting"}, "for": "1h"}}
    touches = [touch(name, when, kind="meeting") for name, when in (("a", "10:00"), ("b", "10:30"))]
    assert periods(touches, facts, as_of=at("13:00")) == [(at("10:00"), at("11:30"), "a")]


def test_an_assertion_exactly_at_the_expiry_opens_a_new_row():
    facts = {"known": {"from": {"kind": "meeting"}, "for": "1h"}}
    touches = [touch(name, when, kind="meeting") for name, when in (("a", "10:00"), ("b", "11:00"))]
    assert periods(touches, facts) == [
        (at("10:00"), at("11:00"), "a"),
        (at("11:00"), None, "b"),
    ]


def test_a_retracting_touch_still_sees_the_fact():
    facts = {"known": {"from": {"kind": "meeting"}, "until": {"kind": "opt_out"}}}
    touches = [touch("a", "10:00", kind="meeting"), touch("b", "11:00", kind="opt_out"), touch("c", "12:00")]
    assert found(touches, rule(given="known"), facts=facts) == ["b"]
    assert periods(touches, facts) == [(at("10:00"), at("11:00"), "a")]


def test_a_touch_that_asserts_and_retracts_asserts():
    facts = {"known": {"from": {}, "until": {"kind": "meeting"}}}
    touches = [touch("a", "10:00"), touch("b", "11:00", kind="meeting"), touch("c", "12:00")]
    assert found(touches, rule(given="known"), facts=facts) == ["b", "c"]
    assert periods(touches, facts) == [(at("10:00"), None, "a")]


def test_a_touch_without_the_key_does_not_see():
    facts = {"known": {"from": {}, "per": "account"}}
    touches = [
        touch("a", "10:00", account_id="a1"),
        touch("b", "11:00"),
        touch("c", "12:00", account_id="a1"),
    ]
    assert found(touches, rule(given="known"), facts=facts) == ["c"]
    assert found(touches, rule(unless="known"), facts=facts) == ["a", "b"]


def test_a_cool_down_is_written_with_a_fact():
    facts = {"told": {"for": "2h"}}
    touches = [touch(name, when) for name, when in (("a", "10:00"), ("b", "11:00"), ("c", "12:00"))]
    assert found(touches, rule(asserts="told", unless="told"), facts=facts) == ["a", "c"]


def test_a_fact_may_be_asked_in_where():
    touches = [touch("a", "10:00", kind="meeting"), touch("b", "11:00")]
    assert found(touches, rule(where=[{"not": {"fact": "known"}}]), facts=MEETINGS) == ["a"]


def test_a_loop_through_facts_is_settled_in_time():
    facts = {"f": {}, "g": {}}
    rules = [
        rule(id="r1", asserts="f", unless="g"),
        rule(id="r2", given="f", asserts="g"),
    ]
    touches = [touch(name, "10:00") for name in "abcd"]
    assert found(touches, *rules, facts=facts) == ["a", "b"]


def test_facts_are_shared_by_rulebooks_loaded_together():
    first = rulebook(rule(id="r0", when={"kind": "meeting"}, asserts="known"), rulebook="first")
    second = rulebook(rule(given="known"), rulebook="second", facts={"known": {}})
    touches = [touch("a", "10:00", kind="meeting"), touch("b", "11:00")]
    findings, _, _ = replay([first, second], touches)
    assert [(row["rule"], row["touch_id"]) for row in findings] == [("r0", "a"), ("r1", "b")]


def test_the_signals_of_a_shared_fact_are_those_of_the_first_rulebook():
    facts = {"asked": {"from": {"count": {"at_least": 1}}}}
    books = [
        rulebook(rulebook="one", facts=facts, signals={"count": {"questions": True}}),
        rulebook(rulebook="two", facts=facts, signals={"count": {"words": True}}),
    ]
    _, _, rows = replay(books, [touch("a", "10:00", text="words"), touch("b", "11:00", text="?")])
    assert [row["touch_id"] for row in rows] == ["b"]
