"""Touches are decided as they come, and answered with what was found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.production.live.manners import Open, refused, rules, touch
from touchrules.production import Answer, BadTouch


def test_a_touch_is_answered_with_what_was_found_and_what_to_do(opened: Open) -> None:
    [answer] = opened().record(touch(1, "10:00"))
    assert [(one.rule, one.at, one.message, one.severity) for one in answer.findings] == [
        ("stranger", 1_741_600_800_000_000, "A stranger", "high")
    ]


def test_history_is_taken_up_where_it_was_left(opened: Open) -> None:
    for number in (1, 2):
        opened().record(touch(number, f"10:0{number}", "call"))
    [answer] = opened().record(touch(3, "10:03", "call"))
    assert [(one.rule, one.value, one.message) for one in answer.findings] == [("too-many", 3.0, "3 touches")]


def test_facts_begin_end_and_run_out_by_the_time_of_the_touches(opened: Open) -> None:
    engine = opened()
    [first] = engine.record(touch(1, "10:00", "call", outcome="connected"))
    [second] = engine.record(touch(2, "11:00", "call", outcome="do_not_contact"))
    [third] = engine.record(touch(3, "12:00", "call", outcome="connected"))
    [later] = engine.record(touch(4, "12:00", "email", contact_id="c9") | {"at": "2025-03-30 12:00"})
    told = [(one.change, one.fact, one.key) for one in (*first.facts, *second.facts, *third.facts)]
    assert told == [("began", "known", "c1"), ("ended", "known", "c1"), ("began", "known", "c1")]
    assert [(one.change, one.until, one.touch_id) for one in later.facts] == [
        ("ended", 1_743_336_000_000_000, "t3")
    ]


def test_expectations_are_opened_met_and_broken_when_the_clock_passes_them(opened: Open) -> None:
    engine = opened()
    [first] = engine.record(touch(1, "10:00", "email", outcome="callback_agreed"))
    [other] = engine.record(touch(2, "10:00", "email", outcome="callback_agreed", contact_id="c2"))
    [met] = engine.record(touch(3, "11:00", "call"))
    [nothing] = engine.advance("2025-03-12 10:00")
    [broken] = engine.advance("2025-03-12 10:01")
    assert [one.status for one in (*first.expectations, *other.expectations)] == ["open", "open"]
    assert [(one.status, one.touch_id, one.settled_by) for one in met.expectations] == [("met", "t1", "t3")]
    assert nothing.told == Answer(touch_id=None).told
    assert [(one.status, one.touch_id) for one in broken.expectations] == [("broken", "t2")]
    assert [(one.rule, one.touch_id, one.contact_id) for one in broken.findings] == [("promise", "t2", "c2")]
    assert [(one.change, one.fact, one.key) for one in broken.facts] == [("began", "let_down", "a1")]


def test_what_is_due_is_told_and_changes_nothing(opened: Open) -> None:
    engine = opened()
    engine.record(touch(1, "10:00", "email", outcome="callback_agreed"))
    early, late = engine.due("2025-03-11 09:00"), engine.due(datetime(2025, 3, 12, 10, tzinfo=UTC))
    assert [one.status for one in (*early.expectations, *late.expectations)] == ["open", "broken"]
    assert [one.rule for one in late.findings] == ["promise"]
    [met] = engine.record(touch(2, "11:00", "call"))
    assert [one.status for one in met.expectations] == ["met"]


def test_a_planned_touch_is_judged_and_not_recorded(opened: Open) -> None:
    engine = opened()
    for number in (1, 2):
        engine.record(touch(number, f"10:0{number}", "call"))
    planned = {name: value for name, value in touch(0, "10:05").items() if name != "touch_id"}
    told = [engine.check(planned), engine.check(planned)]
    assert [rules(one) for one in told] == [["stranger", "too-many"]] * 2
    assert [one.number for one in told] == [None, None]
    assert engine.recorded == 2
    [answer] = engine.record(touch(3, "10:05", "call"))
    assert [one.value for one in answer.findings] == [3.0]


def test_a_plan_sees_what_breaks_before_it_but_is_not_blamed_for_it(opened: Open) -> None:
    engine = opened()
    engine.record(touch(1, "10:00", "email", outcome="callback_agreed"))
    plan = touch(2, "10:00") | {"at": "2025-03-20 10:00"}
    assert rules(engine.check(plan)) == ["both", "stranger"]


def test_a_touch_sent_again_is_answered_again_and_counted_once(opened: Open) -> None:
    for number in (1, 2):
        opened().record(touch(number, f"10:0{number}", "call"))
    engine = opened()
    [known], [again] = engine.record(touch(3, "10:03", "call")), engine.record(touch(3, "10:03", "call"))
    assert (known.again, again.again, again.told, again.number) == (False, True, known.told, known.number)
    assert engine.recorded == 3
    with refused("was used for another touch"):
        engine.record(touch(3, "10:03", "email"))


def test_twice_in_one_go_is_once(opened: Open) -> None:
    engine = opened()
    read = engine.reader.read_mapping(touch(1, "10:00"))
    assert [one.again for one in engine.record_all([read, read])] == [False, True]


def test_a_touch_that_comes_too_late_is_refused_with_the_reason(opened: Open) -> None:
    engine = opened()
    engine.record(touch(2, "10:00"))
    with refused("2025-03-10T09:59:00Z comes after one of 2025-03-10T10:00:00Z was decided"):
        engine.record(touch(1, "09:59"))
    with refused("comes after"):
        engine.record(touch(1, "10:00"))  # of one instant, the lesser touch_id comes first
    with refused("comes after"):
        engine.check(touch(1, "09:59"))
    assert engine.recorded == 1


def test_with_lateness_touches_wait_for_earlier_ones(opened: Open) -> None:
    engine = opened(lateness=timedelta(minutes=10))
    assert engine.record(touch(3, "10:05", "call")) == ()
    assert engine.record(touch(1, "10:00", "call")) == ()
    assert engine.record(touch(2, "10:00", "call")) == ()
    assert engine.record(touch(2, "10:00", "call")) == ()
    assert engine.waiting == 3
    planned = engine.check(touch(9, "10:06", "call"))
    assert [one.value for one in planned.findings] == [4.0]
    told = engine.record(touch(4, "10:11", "call"))
    assert [one.touch_id for one in told] == ["t1", "t2"]
    rest = engine.finish()
    assert [one.touch_id for one in rest] == ["t3", "t4", None]
    assert [rules(one) for one in rest] == [["too-many"], ["too-many"], []]


def test_what_waited_is_sent_again_after_a_stop(opened: Open) -> None:
    opened(lateness=timedelta(hours=1)).record(touch(1, "10:00"))
    engine = opened(lateness=timedelta(hours=1))
    assert (engine.recorded, engine.waiting) == (0, 0)
    engine.record(touch(1, "10:00"))
    assert [one.again for one in engine.finish()] == [False, False]


def test_a_bad_touch_tells_all_that_is_wrong_with_it(opened: Open) -> None:
    with pytest.raises(BadTouch) as told:
        opened().record({"touch_id": "t1", "at": "soon", "kind": "call", "duration_s": "long"})
    [problem] = told.value.problems
    assert problem.message == (
        'This touch cannot be taken: at "soon" cannot be read as a time; duration_s "long" is no number;'
        " contact_id is missing."
    )


def test_deadlines_beyond_the_last_year_are_told_as_its_end(opened: Open) -> None:
    engine = opened()
    agreed = touch(1, "10:00", "email", outcome="callback_agreed", at="9999-12-31 23:59:59.999999")
    [answer], [end] = engine.record(agreed), engine.finish()
    [expectation] = answer.as_json()["expectations"]
    assert (expectation["by"], expectation["status"]) == ("9999-12-31T23:59:59.999999Z", "open")
    assert end.as_json()["clock"] == "9999-12-31T23:59:59.999999Z"
    with refused("9999-12-31T23:59:59.999999Z was decided"):
        engine.record(touch(2, "10:00"))


def test_the_clock_may_be_set_to_the_first_year(opened: Open) -> None:
    [answer] = opened(lateness=timedelta(hours=1)).advance("0001-01-01")
    assert answer.as_json()["clock"] == "0001-01-01T00:00:00Z"


def test_a_fact_that_stands_at_the_end_has_not_ended_a_microsecond_later(opened: Open) -> None:
    engine = opened()
    engine.record(touch(1, "10:00", "call", outcome="connected"))
    [early], [late] = engine.finish("2025-03-30 09:59:59.999999"), engine.finish("2025-03-30 10:00")
    assert [len(early.facts), len(late.facts)] == [0, 1]


def test_to_finish_twice_is_to_finish_once(opened: Open) -> None:
    engine = opened()
    engine.record(touch(1, "10:00"))
    first = engine.finish()
    assert [one.clock for one in engine.finish()] == [one.clock for one in first]
    assert engine.recorded == 2


def test_a_clock_that_is_sent_again_is_answered_again(opened: Open) -> None:
    engine = opened()
    engine.record(touch(1, "10:00", "email", outcome="callback_agreed"))
    [first], [again] = engine.advance("2025-03-13"), opened().advance("2025-03-13")
    assert rules(first) == ["promise"]
    assert (again.told, again.again, again.number) == (first.told, True, first.number)
    [closed], [closed_again] = opened().finish("2025-03-14"), opened().finish("2025-03-14")
    assert (closed.again, closed_again.again) == (False, True)


def test_what_waiting_touches_break_is_due(opened: Open) -> None:
    engine = opened(lateness=timedelta(days=30))
    engine.record(touch(1, "10:00", "email", outcome="callback_agreed"))
    engine.record(touch(2, "10:00", "email", contact_id="c2") | {"at": "2025-03-19"})
    due = engine.due("2025-03-20")
    assert [(one.rule, one.touch_id) for one in due.findings] == [("promise", "t1")]
    assert [(one.status, one.touch_id) for one in due.expectations] == [("broken", "t1")]


def test_a_touch_that_was_recorded_cannot_be_planned(opened: Open) -> None:
    engine = opened()
    engine.record(touch(1, "10:00", "email", outcome="callback_agreed"))
    with refused("cannot be planned any more"):
        engine.check(touch(1, "11:00", "call"))
