"""Rules in force, rules out of force and rules that name each other, by sections 3 and 7."""

from tests.behaviour.cases import at, found, replay, rule, rulebook, touch

TWO = [touch("a", "10:00", kind="email"), touch("b", "11:00")]


def test_a_rule_may_build_on_another_at_the_same_touch_and_in_a_look_back():
    first = rule(id="r0", when={"kind": "email"})
    assert found(TWO, rule(when={"found": "r0"}), first) == ["a"]
    assert found(TWO, rule(where=[{"seen": {"found": ["r0"]}}]), first) == ["b"]


def test_a_rule_kept_out_of_the_findings_is_found_all_the_same():
    quiet = rule(id="r0", when={"kind": "email"}, report=False)
    assert found(TWO, rule(when={"found": "r0"}), quiet) == ["a"]
    assert found(TWO, quiet, name="r0") == []


def test_a_disabled_rule_is_never_found():
    assert found(TWO, rule(when={"not": {"found": "r0"}}), rule(id="r0", enabled=False)) == ["a", "b"]


def test_effective_includes_its_start_and_leaves_its_end_out():
    effective = {"from": "2025-03-03 10:00", "until": "2025-03-03T11:00Z"}
    assert found(TWO, rule(effective=effective)) == ["a"]


def test_effective_without_a_zone_is_read_in_the_zone_of_the_stream():
    effective = {"from": "2025-03-03 11:30"}
    findings, _, _ = replay([rulebook(rule(effective=effective))], TWO, timezone="Europe/Berlin")
    assert [row["touch_id"] for row in findings] == ["b"]


def test_applies_to_is_added_to_every_rule_but_not_to_facts():
    facts = {"known": {"from": {}}}
    assert found(TWO, rule(given="known"), facts=facts, applies_to={"kind": "call"}) == ["b"]


def test_findings_come_by_instant_touch_and_rule():
    rules = [rule(id="r2"), rule(id="r1")]
    touches = [touch("b", "10:00"), touch("a", "10:00"), touch("0", "11:00")]
    findings, _, _ = replay([rulebook(*rules)], touches)
    assert [(row["at"], row["touch_id"], row["rule"]) for row in findings][:3] == [
        (at("10:00"), "a", "r1"),
        (at("10:00"), "a", "r2"),
        (at("10:00"), "b", "r1"),
    ]


def test_an_empty_stream_gives_three_empty_tables():
    assert replay([rulebook(rule())], []) == ([], [], [])
