"""Each line of a filter becomes the condition that language.md gives it."""

from __future__ import annotations

import pytest

from tests.language.snippets import look_back, rulebook, when
from touchrules.model.filters import (
    EVERY_TOUCH,
    AllOf,
    AnyOf,
    Compares,
    ComparesField,
    Comparison,
    Contains,
    Exists,
    Filter,
    Found,
    IsNoneOf,
    IsOneOf,
    Matches,
    Not,
    Number,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    Text,
    Truth,
    UnlikeTrigger,
)
from touchrules.model.lookbacks import Last

CALL = IsOneOf(field="kind", values=(Text("call"),))
LINES: list[tuple[str, Filter]] = [
    ("{}", EVERY_TOUCH),
    ("{kind: call}", CALL),
    ("{outcome: no}", IsOneOf(field="outcome", values=(Text("no"),))),
    ('{outcome: ""}', IsOneOf(field="outcome", values=(Text(""),))),
    ("{step: 3}", IsOneOf(field="step", values=(Number(3.0),))),
    ('{step: "3"}', IsOneOf(field="step", values=(Text("3"),))),
    ("{icp: true}", IsOneOf(field="icp", values=(Truth(True),))),
    ("{kind: []}", IsOneOf(field="kind", values=())),
    ("{kind: [call, 2, false]}", IsOneOf(field="kind", values=(Text("call"), Number(2.0), Truth(False)))),
    ("{kind: {not: call}}", IsNoneOf(field="kind", values=(Text("call"),))),
    ("{kind: {not: [call, email]}}", IsNoneOf(field="kind", values=(Text("call"), Text("email")))),
    ("{kind: {not: same}}", IsNoneOf(field="kind", values=(Text("same"),))),
    ("{kind: {not: []}}", IsNoneOf(field="kind", values=())),
    ("{kind: [same, other]}", IsOneOf(field="kind", values=(Text("same"), Text("other")))),
    ("{duration_s: {more_than: 30}}", Compares(field="duration_s", how="more_than", to=30.0)),
    ("{duration_s: {at_most: 1m30s}}", Compares(field="duration_s", how="at_most", to=90.0)),
    ('{duration_s: {less_than: "2h"}}', Compares(field="duration_s", how="less_than", to=7200.0)),
    (
        "{step: {at_least: {field: local_hour}}}",
        ComparesField(field="step", how="at_least", other="local_hour"),
    ),
    (
        "{step: {more_than: 1, at_most: 3}}",
        AllOf(
            filters=(
                Compares(field="step", how="more_than", to=1.0),
                Compares(field="step", how="at_most", to=3.0),
            )
        ),
    ),
    ("{reason: {exists: true}}", Exists(field="reason")),
    ("{reason: {exists: false}}", Not(filter=Exists(field="reason"))),
    ('{text: {contains: "white paper"}}', Contains(field="text", text="white paper")),
    (r"{text: {matches: '\bdemo\b'}}", Matches(field="text", pattern=r"\bdemo\b")),
    ("{contact_name: {same_as: referred_by}}", SameAs(field="contact_name", other="referred_by")),
    ("{any: []}", AnyOf(filters=())),
    ("{any: [{kind: call}, {}]}", AnyOf(filters=(CALL, EVERY_TOUCH))),
    ("{not: {kind: call}}", Not(filter=CALL)),
    ("{not: {}}", Not(filter=EVERY_TOUCH)),
    ("{further column: 1}", IsOneOf(field="further column", values=(Number(1.0),))),
    (
        "{kind: call, not: {icp: true}}",
        AllOf(filters=(CALL, Not(filter=IsOneOf(field="icp", values=(Truth(True),))))),
    ),
]


@pytest.mark.parametrize(("text", "expected"), LINES, ids=[text for text, _filter in LINES])
def test_a_line_is_read_as_its_condition(text: str, expected: Filter) -> None:
    assert when(text) == expected


@pytest.mark.parametrize("how", ["more_than", "at_least", "less_than", "at_most"])
def test_every_comparison_takes_a_number_and_a_field(how: Comparison) -> None:
    assert when(f"{{step: {{{how}: 2}}}}") == Compares(field="step", how=how, to=2.0)
    assert when(f"{{step: {{{how}: {{field: duration_s}}}}}}") == ComparesField(
        field="step", how=how, other="duration_s"
    )


HAS: list[tuple[str, Filter]] = [
    ("{}", EVERY_TOUCH),
    ("{rep_id: same}", SameAsTrigger(field="rep_id")),
    ('{rep_id: "other"}', OtherThanTrigger(field="rep_id")),
    ("{rep_id: [other]}", IsOneOf(field="rep_id", values=(Text("other"),))),
    ("{rep_id: {not: same}}", IsNoneOf(field="rep_id", values=(Text("same"),))),
    ("{promised_at: same}", SameAsTrigger(field="promised_at")),
    ("{text: {similar: 0.9}}", SimilarToTrigger(field="text", at_least=0.9)),
    ("{text: {not_similar: 1}}", UnlikeTrigger(field="text", less_than=1.0)),
    ("{not: {any: [{topic: other}]}}", Not(filter=AnyOf(filters=(OtherThanTrigger(field="topic"),)))),
]


@pytest.mark.parametrize(("text", "expected"), HAS, ids=[text for text, _filter in HAS])
def test_inside_has_the_trigger_can_be_named(text: str, expected: Filter) -> None:
    assert look_back(f"{{last: {{}}, has: {text}}}") == Last(of=EVERY_TOUCH, has=expected)


def test_a_parameter_whose_value_is_same_is_the_word_inside_has() -> None:
    parameter = "parameters: {rep: {type: choice, default: same, options: [same, other]}}\n"
    assert look_back("{last: {}, has: {rep_id: $rep}}", parameter) == Last(
        of=EVERY_TOUCH, has=SameAsTrigger(field="rep_id")
    )


def test_found_names_one_rule_or_several() -> None:
    before = (
        "rules:\n- {id: a, title: A, severity: low, when: {}}\n- {id: b, title: B, severity: low, when: %s}\n"
    )
    assert rulebook(before % "{found: a}").rules[1].when == Found(rules=("a",))
    assert rulebook(before % "{found: [a, a]}").rules[1].when == Found(rules=("a", "a"))


def test_a_condition_knows_the_place_of_its_field() -> None:
    condition = when("{kind: call}")
    assert isinstance(condition, IsOneOf)
    assert condition.place is not None
    assert (condition.place.line, condition.place.length) == (4, 4)
