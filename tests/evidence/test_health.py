"""The marks of ill health, each on a few touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from touchrules.evidence.excuses import Excuse
from touchrules.evidence.health import Checkup, Health, check_health
from touchrules.evidence.turning import Turning
from touchrules.language.load import RulebookTexts
from touchrules.language.source import read_source
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream


def stream_of(count: int, **columns: Sequence[Any]) -> Stream:
    """Calls an hour apart, ten a contact; further columns are repeated from the front."""
    rows = {
        "touch_id": [f"t{n:04}" for n in range(count)],
        "at": [pd.Timestamp("2025-03-03") + pd.Timedelta(hours=n) for n in range(count)],
        "contact_id": [f"c{n // 10}" for n in range(count)],
        "kind": ["call"] * count,
        **{name: [values[n % len(values)] for n in range(count)] for name, values in columns.items()},
    }
    return read_touches(pd.DataFrame(rows)).stream


def judge(rules: str, stream: Stream, before: str = "", **options: Any) -> Health:
    """Judge rules, each written as the inside of a flow mapping on a line of its own."""
    listed = "".join(f"- {{title: A rule, severity: low, {rule}}}\n" for rule in rules.strip().splitlines())
    text = f"rulebook: golden\nlanguage: 1\n{before}rules:\n{listed}"
    texts = RulebookTexts([read_source(text, "golden.rulebook.yaml")])
    settings: Mapping[str, Any] = options.pop("settings", {})
    turning = Turning(texts=texts, settings=settings, rulebooks=texts.make(settings))
    return check_health(Checkup(turning=turning, stream=stream, **options))


def marks(health: Health) -> list[tuple[str, str, str]]:
    return [(one.mark.subject, one.mark.mark, one.mark.of) for one in health.marks]


def test_a_rule_that_finds_nothing_never_fires() -> None:
    health = judge(
        "id: faxes, when: {kind: fax}\nid: long, when: {duration_s: {more_than: 60}}",
        stream_of(30, duration_s=[10, 99]),
    )
    assert marks(health) == [("faxes", "never-fires", "")]


def test_a_rule_that_is_switched_off_is_not_judged() -> None:
    health = judge("id: faxes, when: {kind: fax}, enabled: false", stream_of(30))
    assert (health.marks, health.disabled, health.rules) == ((), ("faxes",), 0)


@pytest.mark.parametrize(
    ("rule", "flagged"),
    [
        ("when: {kind: call}", True),
        ("when: {duration_s: {more_than: 0}}", False),
        ("when: {kind: call}, where: [{count: {kind: call}, at_least: 1}]", True),
        ("when: {kind: call}, where: [{count: {kind: call}, at_least: 2}]", False),
        ("when: {kind: call}, expect: {touch: {kind: fax}, by: 1h}", False),
    ],
)
def test_a_rule_that_finds_all_it_looks_at_always_fires(rule: str, flagged: bool) -> None:
    health = judge(f"id: first, {rule}", stream_of(30, duration_s=[10, 99]))
    assert marks(health) == ([("first", "always-fires", "")] if flagged else [])


def test_a_rule_that_looked_at_few_touches_is_not_said_to_find_everything() -> None:
    assert marks(judge("id: first, when: {kind: call}", stream_of(19))) == []


@pytest.mark.parametrize(
    ("when", "missing"),
    [
        ("text: {contains: hi}", ["text"]),
        ("text: {contains: hi, exists: true}", []),
        ("text: {not: hi}", []),
        ("words: {more_than: 0}", ["text"]),
        ("any: [{kind: call, text: {contains: hi}}, {kind: call, subject: {contains: hi}}]", ["text"]),
        ("text: {contains: hi}, duration_s: {more_than: 50}", []),
        ("text: {contains: hi}, not: {duration_s: {more_than: 50}}", ["text"]),
    ],
)
def test_a_rule_cannot_know_what_is_missing_on_most_touches_where_it_reads_it(
    when: str, missing: list[str]
) -> None:
    """The text is there on every third touch, and those alone are long."""
    stream = stream_of(90, text=["hi", None, None], subject=["hi"], duration_s=[99, 10, 10])
    health = judge(f"id: first, when: {{{when}}}", stream, "signals: {words: {words: true}}\n")
    assert [of for _subject, mark, of in marks(health) if mark == "cannot-know"] == missing


@pytest.mark.parametrize(
    "rule",
    [
        "where: [{count: {}, per: account, more_than: 3}]",
        "where: [{distinct: account_id, of: {}, more_than: 3}]",
        "where: [{last: {}, has: {account_id: other}}]",
        "where: [{never: {account_id: a1}}]",
        "expect: {touch: {}, by: 1h, match: {account_id: account_id}}",
        "expect: {touch: {account_id: a1}, by: 1h}",
    ],
)
def test_what_a_rule_reads_of_other_touches_must_be_there_too(rule: str) -> None:
    health = judge(f"id: first, when: {{}}, {rule}", stream_of(30, account_id=["a1", None, None]))
    assert ("first", "cannot-know", "account_id") in marks(health)


def test_findings_of_other_rules_stand_beside_a_test() -> None:
    rules = """id: long, when: {duration_s: {more_than: 50}}
        id: first, when: {found: long, text: {contains: hi}}"""
    stream = stream_of(90, text=["hi", None, None], duration_s=[99, 10, 10])
    assert "cannot-know" not in [mark for _subject, mark, _of in marks(judge(rules, stream))]


def test_two_rules_that_find_the_same_are_told_once() -> None:
    rules = "id: one, when: {duration_s: {more_than: 50}}\nid: two, when: {duration_s: 99}"
    assert marks(judge(rules, stream_of(30, duration_s=[10, 99]))) == [("one", "same-as", "two")]


def test_a_rule_within_another_names_the_smallest_that_holds_it() -> None:
    rules = """id: all, when: {duration_s: {at_least: 10}}
        id: some, when: {duration_s: {at_least: 50}}
        id: few, when: {duration_s: {at_least: 99}}"""
    health = judge(rules, stream_of(30, duration_s=[10, 50, 99]))
    assert marks(health) == [("few", "within", "some"), ("some", "within", "all")]


@pytest.mark.parametrize(
    "rules",
    [
        "id: some, when: {duration_s: 99}\nid: first, when: {found: some, rep_id: r1}",
        "id: some, when: {duration_s: 99}, report: false\nid: first, when: {duration_s: 99, rep_id: r1}",
    ],
)
def test_a_rule_built_on_another_or_within_a_definition_is_no_copy(rules: str) -> None:
    assert marks(judge(rules, stream_of(60, duration_s=[10, 99, 99], rep_id=["r1", "r2"]))) == []


CAP = "parameters: {{cap: {{type: integer, default: 3, min: {0}, max: {1}}}}}\n"
TOO_MANY = "id: first, when: {kind: call}, where: [{count: {kind: call}, more_than: $cap}]"


@pytest.mark.parametrize(
    ("low", "high", "flagged"), [(3, 9, False), (1, 3, False), (3, 3, False), (0, 5, False)]
)
def test_a_parameter_that_changes_something_at_one_end_is_no_idle_one(
    low: int, high: int, flagged: bool
) -> None:
    health = judge(TOO_MANY, stream_of(30), CAP.format(low, high))
    assert bool(marks(health)) is flagged


@pytest.mark.parametrize(
    ("parameter", "rule"),
    [
        (
            "p: {type: integer, default: 20, min: 10, max: 99}",
            "where: [{count: {}, at_most: $p}], when: {outcome: a}",
        ),
        ("p: {type: boolean, default: true}", "when: {outcome: a, icp: {not: $p}}"),
        ("p: {type: choice, default: b, options: [b, c]}", "when: {outcome: [a, $p]}"),
        ("p: {type: phrases, default: [b, c]}", "when: {outcome: [a, $p]}"),
        (
            "p: {type: duration, default: 1d, min: 12h, max: 9d}",
            "when: {outcome: a}, where: [{seen: {}, within: $p}]",
        ),
        ("p: {type: number, default: 1, min: 0, max: 2}", "when: {outcome: a}"),
    ],
)
def test_a_parameter_that_changes_nothing_over_its_range_is_told(parameter: str, rule: str) -> None:
    stream = stream_of(30, outcome=["x", "a"])
    health = judge(f"id: first, {rule}", stream, f"parameters: {{{parameter}}}\n")
    assert ("golden.p", "changes-nothing", "") in marks(health)


def test_a_parameter_counts_that_changes_a_rule_only_through_a_fact() -> None:
    before = "parameters: {p: {type: duration, default: 2h, min: 1h, max: 9h}}\n"
    before += "facts: {told: {for: $p, from: {outcome: a}}}\n"
    stream = stream_of(30, outcome=["a", "x", "x", "x"])
    health = judge("id: first, when: {kind: call}, given: told", stream, before)
    assert marks(health) == []


def test_parameters_of_one_rule_are_turned_one_after_the_other() -> None:
    """Ten calls of a contact, an hour apart, fit into every window; how many are too many does matter."""
    before = "parameters: {cap: {type: integer, default: 3, min: 1, max: 9}"
    before += ", window: {type: duration, default: 1d, min: 10h, max: 9d}}\n"
    rule = "id: first, when: {kind: call}, where: [{count: {}, within: $window, more_than: $cap}]"
    assert [one for one in marks(judge(rule, stream_of(30), before)) if one[1] == "changes-nothing"] == [
        ("golden.window", "changes-nothing", "")
    ]


def test_a_parameter_counts_that_changes_a_single_touch_of_many() -> None:
    """Only the last touch has another outcome."""
    stream = stream_of(40, outcome=["x"] * 39 + ["a"])
    before = "parameters: {word: {type: choice, default: b, options: [a, b]}}\n"
    health = judge("id: first, when: {outcome: $word}", stream, before)
    assert marks(health) == [("first", "never-fires", "")]


def test_a_parameter_counts_that_changes_only_how_expectations_end() -> None:
    """None is broken: what is expected comes after an hour, or else it is cancelled after two."""
    before = "parameters: {word: {type: choice, default: a, options: [a, z]}}\n"
    rule = "id: first, when: {outcome: x}, expect: {touch: {outcome: $word}, cancel: {outcome: c}, by: 3h}"
    assert marks(
        judge(rule, stream_of(30, outcome=["x", "a", "c", "x", "a", "c", "d", "d", "d", "d"]), before)
    ) == [("first", "never-fires", "")]


def test_a_parameter_that_switches_a_rule_off_counts() -> None:
    before = "parameters: {on: {type: boolean, default: true}}\n"
    assert (
        marks(judge("id: first, when: {outcome: a}, enabled: $on", stream_of(40, outcome=["x", "a"]), before))
        == []
    )


@pytest.mark.parametrize("stage", ["Reading texts", "Replaying touches", "Turning parameters"])
def test_what_progress_raises_ends_the_work(stage: str) -> None:
    """What raises is asked in each stage."""

    class Stopped(Exception):
        pass

    def progress(what: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        if what == stage:
            raise Stopped

    before = CAP.format(3, 9) + "signals: {words: {words: true}}\n"
    rules = f"{TOO_MANY}\nid: long, when: {{words: {{more_than: 2}}}}"
    with pytest.raises(Stopped):
        judge(rules, stream_of(30, text=["a b c", "a"]), before, progress=progress)


def test_parameters_are_left_alone_on_demand() -> None:
    health = judge(TOO_MANY, stream_of(30), CAP.format(3, 3) + "", turn_parameters=False)
    assert health.parameters is None


def test_values_that_make_no_rulebook_are_not_tried() -> None:
    before = "parameters: {near: {type: duration, default: 1h, min: 1h, max: 9d}}\n"
    rule = "id: first, when: {kind: call}, where: [{count: {}, between: [$near, 2d], more_than: 3}]"
    health = judge(rule, stream_of(30), before)
    assert (marks(health), health.parameters) == ([], 0)


def test_an_excuse_takes_its_mark_out_of_the_failures_and_others_are_told() -> None:
    place = read_source("a: 1", "health.yaml").root.place  # type: ignore[union-attr]
    excuses = [
        Excuse(subject=subject, mark="never-fires", of="", reason="No faxes yet", place=place)
        for subject in ("faxes", "letters")
    ]
    health = judge("id: faxes, when: {kind: fax}", stream_of(30), excuses=excuses)
    assert (health.failures, health.unneeded) == ((), (excuses[1],))
    assert health.marks[0].excuse == excuses[0]


def test_either_of_two_rules_that_find_the_same_may_be_excused() -> None:
    place = read_source("a: 1", "health.yaml").root.place  # type: ignore[union-attr]
    excuse = Excuse(subject="two", mark="same-as", of="one", reason="Two views", place=place)
    rules = "id: one, when: {duration_s: {more_than: 50}}\nid: two, when: {duration_s: 99}"
    assert judge(rules, stream_of(30, duration_s=[10, 99]), excuses=[excuse]).failures == ()


def test_an_empty_stream_leaves_every_rule_without_findings() -> None:
    stream = stream_of(1)
    empty = Stream(table=stream.table.slice(0, 0))
    assert marks(judge("id: first, when: {kind: call}", empty)) == [("first", "never-fires", "")]
