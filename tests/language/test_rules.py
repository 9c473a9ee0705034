"""Rules and expectations are read into the model, each key into its field."""

from __future__ import annotations

import pytest

from tests.language.snippets import FACT, rule
from touchrules.errors import RulebookError
from touchrules.model.durations import DAY, HOUR, MINUTE
from touchrules.model.filters import EVERY_TOUCH, IsOneOf, Text
from touchrules.model.rules import (
    BusinessDays,
    BusinessTime,
    Effective,
    Expectation,
    FieldOffset,
    Moment,
    Rule,
)

INBOUND = IsOneOf(field="direction", values=(Text("inbound"),))


def test_a_rule_with_the_required_keys_has_the_defaults_of_the_language() -> None:
    assert rule("") == Rule(id="first", title="First", severity="low", when=EVERY_TOUCH)


def test_every_key_of_a_rule_is_read() -> None:
    lines = (
        'why: Because, source: us, given: known, unless: [known], say: "{rep_id} {", advise: Stop, '
        "asserts: known, report: false, enabled: false, "
        "effective: {from: 2025-01-01, until: 2026-01-01T00:00Z}, tags: [calls, manners]"
    )
    assert rule(lines, f"sources: {{us: {{}}}}\n{FACT}") == Rule(
        id="first",
        title="First",
        severity="low",
        when=EVERY_TOUCH,
        why="Because",
        source="us",
        given=("known",),
        unless=("known",),
        say="{rep_id} {",
        advise="Stop",
        asserts="known",
        report=False,
        enabled=False,
        effective=Effective(since="2025-01-01", until="2026-01-01T00:00Z"),
        tags=("calls", "manners"),
    )


def test_an_expectation_has_the_defaults_of_the_language() -> None:
    assert rule("expect: {touch: {}, by: 2d}").expect == Expectation(
        touch=EVERY_TOUCH, by=FieldOffset(field="at", offset=2 * DAY)
    )


def test_every_key_of_an_expectation_is_read() -> None:
    found = rule(
        "met_asserts: known, expect: {touch: {direction: inbound}, "
        "match: {contact_id: referred_to, kind: kind}, per: account, "
        "after: promised_at - 15m, by: 5bd, cancel: {}}"
    )
    assert found.met_asserts == "known"
    assert found.expect == Expectation(
        touch=INBOUND,
        match=(("contact_id", "referred_to"), ("kind", "kind")),
        per=("account_id",),
        after=FieldOffset(field="promised_at", offset=-15 * MINUTE),
        by=BusinessDays(days=5),
        cancel=EVERY_TOUCH,
    )


MOMENTS: list[tuple[str, Moment]] = [
    ("2d", FieldOffset(offset=2 * DAY)),
    ("0s", FieldOffset()),
    ("1d12h", FieldOffset(offset=36 * HOUR)),
    ("1bd", BusinessDays(days=1)),
    ("12bd", BusinessDays(days=12)),
    ("4bh", BusinessTime(duration=4 * HOUR)),
    ("0.5bh", BusinessTime(duration=30 * MINUTE)),
    (".25bh", BusinessTime(duration=15 * MINUTE)),
    ("0.1bh", BusinessTime(duration=6 * MINUTE)),
    ("0bh", BusinessTime(duration=0)),
    ("promised_at", FieldOffset(field="promised_at")),
    ("promised_at + 2h", FieldOffset(field="promised_at", offset=2 * HOUR)),
    ("promised_at+2h", FieldOffset(field="promised_at", offset=2 * HOUR)),
    ("promised_at   -   1d1h", FieldOffset(field="promised_at", offset=-25 * HOUR)),
    ("at + 1w", FieldOffset(field="at", offset=7 * DAY)),
    ("next call on", FieldOffset(field="next call on")),
    ("next-call", FieldOffset(field="next-call")),
    ("next-call-2h", FieldOffset(field="next-call", offset=-2 * HOUR)),
]


@pytest.mark.parametrize(("text", "moment"), MOMENTS, ids=[text for text, _moment in MOMENTS])
def test_a_deadline_is_read_as_its_moment(text: str, moment: Moment) -> None:
    expect = rule(f"expect: {{touch: {{}}, by: '{text}', after: '{text}'}}").expect
    assert expect is not None
    assert (expect.by, expect.after) == (moment, moment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5 days",
        "5days",
        "-2d",
        "+2d",
        "2 d",
        "5",
        "0bd",
        "1.5bd",
        "-1bd",
        "promised_at +",
        "promised_at + 3x",
        "promised_at + 1bd",
        "promised_at - 2bh",
        "promised_at + + 2h",
        "1d + promised_at",
        "99999999999bh",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(RulebookError):
        rule(f"expect: {{touch: {{}}, by: '{text}'}}")


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-10",
        "2025-03-10 09:00",
        "2025-03-10T09:00",
        "2025-03-10T09:00:30",
        "2025-03-10T09:00:30.123456789",
        "2025-03-10T09:00Z",
        "2025-03-10 09:00+01",
        "2025-03-10 09:00-05:30",
        "2025-03-10 09:00+0530",
    ],
)
def test_a_time_is_kept_as_it_is_written(text: str) -> None:
    assert rule(f"effective: {{from: '{text}'}}").effective == Effective(since=text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-3-1",
        "2025-02-30",
        "2025-03-10T25:00",
        "2025-03-10T09",
        "09:00",
        "2025-03-10t09:00",
        "2025-03-10 09:00 Z",
        "0000-01-01",
        "2025-03-10T09:00:61",
        "2025-03-10Z",
        "2025-03-10 09:00+25:00",
        "20250310",
        " 2025-03-10",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(RulebookError):
        rule(f"effective: {{from: '{text}'}}")
