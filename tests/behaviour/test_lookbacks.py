"""Looking back, by the sentences of section 4."""

import pytest

from tests.behaviour.cases import found, looked_back, rule, touch

FOUR = [touch("a", "10:00"), touch("b", "11:00"), touch("c", "11:00"), touch("d", "12:00")]


def test_the_trigger_counts_in_a_count():
    assert looked_back(FOUR, count={}, exactly=1) == ["a"]


def test_of_two_touches_of_one_instant_the_greater_id_is_unseen_by_the_other():
    assert looked_back(FOUR, count={}, exactly=2) == ["b"]


def test_a_touch_exactly_as_old_as_the_window_is_outside_within():
    assert looked_back(FOUR, count={}, exactly=1, within="1h") == ["a", "b", "d"]


def test_a_touch_exactly_as_old_as_the_near_edge_is_inside_between():
    assert looked_back(FOUR, count={}, exactly=2, between=["1h", "2h"]) == ["d"]


def test_between_leaves_the_trigger_out():
    assert looked_back(FOUR, count={}, exactly=0, between=["1h", "2h"]) == ["a"]


def test_since_last_starts_after_the_last_accepted_touch_before_the_trigger():
    touches = [touch("a", "10:00"), touch("b", "11:00", kind="email"), touch("c", "12:00", kind="email")]
    assert looked_back(touches, count={}, exactly=1, since_last={"kind": "email"}) == ["a", "c"]


def test_newest_keeps_the_latest_that_the_counted_filter_accepts():
    touches = [
        touch("a", "10:00", kind="email", step=1.0),
        touch("b", "11:00", step=2.0),
        touch("c", "12:00"),
    ]
    assert looked_back(touches, sum="step", of={"step": {"exists": True}}, newest=1, exactly=2) == ["b", "c"]


def test_without_the_key_a_count_is_nought():
    assert looked_back([touch("a", "10:00")], count={}, per="account", exactly=0) == ["a"]


@pytest.mark.parametrize(
    "test",
    [
        {"seen": {}},
        {"last": {}},
        {"gap": {}, "at_least": 0},
        {"share": {}, "of": {}, "at_least": 0},
        {"average": "step", "of": {}, "at_least": 0},
    ],
)
def test_without_the_key_these_are_false(test):
    touches = [touch("a", "10:00", step=1.0), touch("b", "11:00", step=1.0)]
    assert looked_back(touches, per="account", **test) == []


def test_without_the_key_never_is_true():
    assert looked_back(FOUR[:2], never={}, per="account") == ["a", "b"]


def test_a_key_may_be_several_fields_and_a_signal():
    touches = [touch("a", "10:00", text="x"), touch("b", "11:00", text="y"), touch("c", "12:00", text="x y")]
    test = {"count": {}, "per": ["kind", "size"], "exactly": 2}
    assert found(touches, rule(where=[test]), signals={"size": {"words": True}}) == ["b"]


def test_a_day_starts_at_midnight_in_the_zone_of_the_trigger():
    touches = [
        touch("a", "2025-03-03 22:30", timezone="Europe/Berlin"),
        touch("b", "2025-03-03 23:30", timezone="Europe/Berlin"),
        touch("c", "2025-03-03 23:40"),
    ]
    assert looked_back(touches, count={}, in_same="day", exactly=1) == ["a", "b"]


def test_a_week_starts_on_monday():
    touches = [touch("a", "2025-03-09 23:59"), touch("b", "2025-03-10 00:00"), touch("c", "2025-03-16 12:00")]
    assert looked_back(touches, count={}, in_same="week", exactly=1) == ["a", "b"]


def test_a_quarter_starts_in_april():
    touches = [touch("a", "2025-03-31 23:59"), touch("b", "2025-04-01 00:00"), touch("c", "2025-06-30 12:00")]
    assert looked_back(touches, count={}, in_same="quarter", exactly=2) == ["c"]


def test_a_sum_of_tenths_is_exact():
    touches = [touch(name, "10:00", step=0.1) for name in "abc"]
    assert looked_back(touches, sum="step", of={}, exactly=0.3) == ["c"]


def test_a_value_is_rounded_half_to_even_before_it_is_summed():
    touches = [touch("a", "10:00", step=0.0000005), touch("b", "11:00", step=2.0**-7 * 3.0)]
    assert looked_back(touches, sum="step", of={}, exactly=0.023438) == ["b"]


def test_an_average_is_over_the_touches_where_the_field_is_present():
    touches = [touch("a", "10:00", step=1.0), touch("b", "11:00"), touch("c", "12:00", step=2.0)]
    assert looked_back(touches, average="step", of={}, exactly=1.5) == ["c"]


def test_distinct_counts_present_values_only():
    touches = [touch("a", "10:00", topic="x"), touch("b", "11:00"), touch("c", "12:00", topic="y")]
    assert looked_back(touches, distinct="topic", of={}, exactly=1) == ["a", "b"]


def test_a_share_of_too_few_is_false():
    touches = [touch("a", "10:00"), touch("b", "11:00"), touch("c", "12:00", kind="email")]
    assert looked_back(touches, share={"kind": "call"}, of={}, out_of=2, at_least=0.6) == ["b", "c"]


def test_seen_and_never_do_not_look_at_the_trigger():
    assert looked_back(FOUR[:2], seen={}) == ["b"]
    assert looked_back(FOUR[:2], never={}) == ["a"]


def test_a_gap_counts_seconds_to_the_last_earlier_touch():
    assert looked_back(FOUR, gap={}, at_least=3600) == ["b", "d"]


def test_last_takes_one_touch_then_asks_what_it_has():
    touches = [touch("a", "10:00", topic="x"), touch("b", "11:00", topic="y"), touch("c", "12:00", topic="x")]
    assert looked_back(touches, last={}, has={"topic": "x"}) == ["b"]
    assert looked_back(touches, last={}, has={"topic": "same"}) == []
    assert looked_back(touches, last={"topic": "x"}, has={"topic": "same"}) == ["c"]


def test_other_needs_both_values():
    touches = [touch("a", "10:00"), touch("b", "11:00", topic="x"), touch("c", "12:00", topic="y")]
    assert looked_back(touches, last={}, has={"topic": "other"}) == ["c"]


def test_a_listed_other_is_the_text():
    touches = [touch("a", "10:00", topic="other"), touch("b", "11:00", topic="other")]
    assert looked_back(touches, last={}, has={"topic": ["other"]}) == ["b"]


def test_similar_texts_are_measured_after_default_processing():
    touches = [touch("a", "10:00", subject="Quick QUESTION!"), touch("b", "11:00", subject="quick question")]
    assert looked_back(touches, last={}, has={"subject": {"similar": 1}}) == ["b"]
    assert looked_back(touches, last={}, has={"not": {"subject": {"not_similar": 1}}}) == ["b"]


def test_any_and_not_join_tests():
    parts = [{"count": {}, "exactly": 1}, {"not": {"count": {}, "less_than": 4}}]
    assert looked_back(FOUR, any=parts) == ["a", "d"]
