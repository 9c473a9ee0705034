"""Messages, by the sentences of section 3 and the small print."""

import pytest

from tests.behaviour.cases import at, replay, rule, rulebook, touch
from tests.reference.messages import write_duration, write_number

PARAMETERS = {
    "cap": {"type": "integer", "default": 3},
    "window": {"type": "duration", "default": "2w"},
    "opening": {"type": "time_of_day", "default": "08:00"},
    "openers": {"type": "phrases", "default": ["a", "b"]},
    "loud": {"type": "boolean", "default": True},
}


def message(template, fields=None, **keys):
    trigger = touch("a", "10:00", **(fields or {}))
    findings, _, _ = replay([rulebook(rule(say=template, **keys), parameters=PARAMETERS)], [trigger])
    return findings[0]["message"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3.0, "3"),
        (0.5, "0.5"),
        (2 / 3, "0.67"),
        (-0.001, "0"),
        (-0.0, "0"),
        (1e20, "1" + "0" * 20),
        (0.999, "1"),
    ],
)
def test_numbers_print_shortly(number, text):
    assert write_number(number) == text


@pytest.mark.parametrize(("seconds", "text"), [(0.9, "0s"), (93784.0, "1d2h3m4s"), (3600.0, "1h")])
def test_durations_print_in_whole_seconds(seconds, text):
    assert write_duration(seconds) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{kind} {topic} {nothing}", "call ? ?"),
        ("{{kind}} {} {1}", "{call} {} {1}"),
        ("{param.cap} {param.window} {param.opening}", "3 14d 08:00"),
        ("{param.openers} {param.loud} {param.none}", "a, b true ?"),
        ("{value}", "?"),
        ("$cap", "$cap"),
    ],
)
def test_a_template_never_fails(template, text):
    assert message(template) == text


def test_times_print_in_the_touchs_zone():
    fields = {"timezone": "Europe/Berlin", "promised_at": at("23:30"), "icp": False}
    assert message("{promised_at} {local_hour} {icp}", fields) == "2025-03-04 00:30 11 false"


def test_a_gap_prints_as_a_duration():
    findings, _, _ = replay(
        [rulebook(rule(say="{value}", where=[{"gap": {}, "at_least": 0}]))],
        [touch("a", "10:00"), touch("b", "11:30")],
    )
    assert [(row["message"], row["value"]) for row in findings] == [("1h30m", 5400.0)]


def test_a_title_that_stands_in_for_a_message_is_no_template():
    findings, _, _ = replay([rulebook(rule(title="{kind}"))], [touch("a", "10:00")])
    assert (findings[0]["message"], findings[0]["advice"]) == ("{kind}", None)


def test_a_finding_is_named_by_rulebook_rule_and_touch():
    findings, _, _ = replay([rulebook(rule())], [touch("a", "10:00")])
    assert findings[0]["finding_id"] == "b1ad8359aa839eb7"
