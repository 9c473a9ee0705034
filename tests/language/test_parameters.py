"""Parameters are read, judged, set from outside and put where `$name` stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.language.snippets import HEAD, rule, rulebook
from touchrules.errors import ArgumentError, Place, RulebookError
from touchrules.language.load import parse_rulebook
from touchrules.language.parameters import shortest_duration
from touchrules.language.settings import read_setting
from touchrules.model.durations import DAY, HOUR, MINUTE
from touchrules.model.filters import EVERY_TOUCH, Compares, IsOneOf, Text
from touchrules.model.lookbacks import Count, Threshold, Window, Within
from touchrules.model.parameters import Parameter, ParameterType, ParameterValue
from touchrules.model.rules import BusinessDays, FieldOffset
from touchrules.model.signals import PhraseCount

ALL = """\
parameters:
  cap: {type: integer, default: 3, min: 1, max: 20, step: 1, label: Calls, unit: calls, about: How many}
  ratio: {type: number, default: 0.5, min: 0, max: 1}
  window: {type: duration, default: 7d, min: 1d, max: 60d}
  opens: {type: time_of_day, default: 08:30, min: 06:00, max: 12:00, step: 30m}
  level: {type: choice, default: low, options: [low, high, 3, true]}
  active: {type: boolean, default: true}
  openers: {type: phrases, default: ["just checking in", touching base]}
"""


def test_every_key_of_a_parameter_is_read() -> None:
    assert rulebook(ALL).parameters["cap"] == Parameter(
        name="cap",
        type="integer",
        default=3,
        value=3,
        min=1,
        max=20,
        step=1,
        label="Calls",
        unit="calls",
        about="How many",
        place=Place(file="golden.rulebook.yaml", line=4, column=3, length=3),
    )


VALUES: list[tuple[str, ParameterType, ParameterValue]] = [
    ("ratio", "number", 0.5),
    ("window", "duration", 7 * DAY),
    ("opens", "time_of_day", 8 * HOUR + 30 * MINUTE),
    ("level", "choice", "low"),
    ("active", "boolean", True),
    ("openers", "phrases", ("just checking in", "touching base")),
]


@pytest.mark.parametrize(("name", "kind", "value"), VALUES)
def test_a_value_is_held_in_the_units_of_its_type(
    name: str, kind: ParameterType, value: ParameterValue
) -> None:
    parameter = rulebook(ALL).parameters[name]
    assert (parameter.type, parameter.default, parameter.value) == (kind, value, value)


def test_a_whole_float_is_an_integer() -> None:
    parameter = rulebook("parameters: {cap: {type: integer, default: 3.0}}\n").parameters["cap"]
    assert (parameter.value, type(parameter.value)) == (3, int)


SETTINGS: list[tuple[str, Any, ParameterValue]] = [
    ("cap", 20, 20),
    ("cap", 4.0, 4),
    ("ratio", 1, 1.0),
    ("window", "2w", 14 * DAY),
    ("opens", "12:00", 12 * HOUR),
    ("level", "high", "high"),
    ("level", 3.0, 3),
    ("level", True, True),
    ("active", False, False),
    ("openers", ["hello"], ("hello",)),
    ("openers", (), ()),
]


@pytest.mark.parametrize(("name", "given", "value"), SETTINGS)
def test_a_setting_changes_the_value_and_not_the_default(
    name: str, given: Any, value: ParameterValue
) -> None:
    plain = rulebook(ALL).parameters[name]
    parameter = parse_rulebook(HEAD + ALL, settings={f"golden.{name}": given}).parameters[name]
    assert (parameter.value, type(parameter.value)) == (value, type(value))
    assert parameter.default == plain.default


REFUSED: list[tuple[str, Any, str]] = [
    ("golden.cap", 21, "outside the allowed range"),
    ("golden.cap", 0, "Allowed: 1 to 20"),
    ("golden.cap", 2.5, "no integer value"),
    ("golden.cap", "3", "no integer value"),
    ("golden.cap", True, "no integer value"),
    ("golden.cap", None, "no integer value"),
    ("golden.cap", 10**400, "no integer value"),
    ("golden.ratio", float("nan"), "no number value"),
    ("golden.window", 7, "no duration value"),
    ("golden.window", "61d", "Allowed: 1d to 60d"),
    ("golden.opens", "8:30", "no time_of_day value"),
    ("golden.level", "middle", "Options: low, high, 3, true"),
    ("golden.level", 1, "none of the options"),
    ("golden.active", "yes", "no boolean value"),
    ("golden.openers", "hello", "no phrases value"),
    ("golden.openers", [1], "no phrases value"),
    ("golden.cpa", 3, 'Did you mean "cap"'),
    ("goldne.cap", 3, 'Did you mean "golden"'),
    ("cap", 3, "Rulebooks: golden"),
]


@pytest.mark.parametrize(("key", "value", "told"), REFUSED)
def test_a_wrong_setting_is_an_argument_error(key: str, value: Any, told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        parse_rulebook(HEAD + ALL, settings={key: value})


def test_all_wrong_settings_are_told_at_once() -> None:
    with pytest.raises(ArgumentError) as error:
        parse_rulebook(HEAD + ALL, settings={"golden.cap": 0, "golden.nope": 1, "other.cap": 1})
    assert len(error.value.problems) == 3


def test_a_rulebook_name_may_hold_points() -> None:
    text = "rulebook: team.calls\nlanguage: 1\nparameters: {cap: {type: integer, default: 3}}\n"
    assert parse_rulebook(text, settings={"team.calls.cap": 4}).parameters["cap"].value == 4


READ: list[tuple[str, str, Any]] = [
    ("a.b=3", "a.b", 3),
    ("a.b=0.5", "a.b", 0.5),
    ("a.b=7d", "a.b", "7d"),
    ("a.b=08:00", "a.b", "08:00"),
    ("a.b=no", "a.b", "no"),
    ("a.b=true", "a.b", True),
    ('a.b="3"', "a.b", "3"),
    ("a.b=[one, two three]", "a.b", ["one", "two three"]),
    ("a.b=[]", "a.b", []),
    ("a.b.c=x=y", "a.b.c", "x=y"),
]


@pytest.mark.parametrize(("text", "key", "value"), READ)
def test_a_setting_is_read_by_the_core_schema(text: str, key: str, value: Any) -> None:
    assert read_setting(text) == (key, value)


@pytest.mark.parametrize(
    "text", ["", "cap", "cap=3", "a.b=", "a.b=~", "a.b={c: d}", "a.b=@x", "a.b=[1", "a.b=!!str x"]
)
def test_what_sets_nothing_is_an_argument_error(text: str) -> None:
    with pytest.raises(ArgumentError):
        read_setting(text)


def test_parameters_stand_for_whole_values_wherever_they_stand() -> None:
    found = rule("where: [{count: {kind: [$level, email]}, within: $window, at_least: '${cap}'}]", ALL)
    assert found.where == (
        Count(
            of=IsOneOf(field="kind", values=(Text("low"), Text("email"))),
            window=Window(span=Within(duration=7 * DAY)),
            compare=(Threshold(how="at_least", value=3.0),),
        ),
    )


def test_a_time_of_day_is_filled_in_as_hours() -> None:
    assert rule("when: {local_hour: {less_than: $opens}}", ALL).when == Compares(
        field="local_hour", how="less_than", to=8.5
    )


def test_a_time_of_day_may_be_an_end_of_the_business_hours() -> None:
    assert rulebook(ALL + 'business_hours: [$opens, "17:00"]\n').business_hours == (8.5 * HOUR, 17 * HOUR)


def test_a_boolean_may_switch_a_rule() -> None:
    text = HEAD + ALL + "rules: [{id: a, title: A, severity: low, when: {}, enabled: $active}]\n"
    assert parse_rulebook(text).rules[0].enabled
    assert not parse_rulebook(text, settings={"golden.active": False}).rules[0].enabled


def test_phrases_are_spliced_into_a_list_and_are_a_list_alone() -> None:
    signals = rulebook(
        ALL + "signals: {one: {phrases: [hello, $openers]}, two: {phrases: $openers}}\n"
    ).signals
    assert signals["one"] == PhraseCount(phrases=("hello", "just checking in", "touching base"))
    assert signals["two"] == PhraseCount(phrases=("just checking in", "touching base"))


def test_parameters_stand_inside_deadlines() -> None:
    expect = rule("expect: {touch: {}, after: promised_at - $window, by: '${cap}bd'}", ALL).expect
    assert expect is not None
    assert expect.after == FieldOffset(field="promised_at", offset=-7 * DAY)
    assert expect.by == BusinessDays(days=3)


def test_a_duration_may_be_the_whole_deadline() -> None:
    expect = rule("expect: {touch: {}, by: $window}", ALL).expect
    assert expect is not None
    assert expect.by == FieldOffset(offset=7 * DAY)


def test_a_choice_may_name_the_field_of_a_deadline() -> None:
    before = "parameters: {which: {type: choice, default: promised_at, options: [promised_at, at]}}\n"
    expect = rule("expect: {touch: {}, by: $which + 1d}", before).expect
    assert expect is not None
    assert expect.by == FieldOffset(field="promised_at", offset=DAY)


def test_a_dollar_in_titles_texts_and_templates_is_a_dollar() -> None:
    text = "title: $title, why: $why, say: $say, advise: '${advise}'"
    found = rulebook(f"title: $a\nabout: $b\nrules: [{{id: a, severity: low, when: {{}}, {text}}}]\n")
    (one,) = found.rules
    assert (found.title, found.about) == ("$a", "$b")
    assert (one.title, one.why, one.say, one.advise) == ("$title", "$why", "$say", "${advise}")


def test_a_title_in_a_filter_is_a_field_whose_value_is_filled_in() -> None:
    assert rule("when: {title: $level}", ALL).when == IsOneOf(field="title", values=(Text("low"),))


@pytest.mark.parametrize("text", ["$5", "$", "a $level", "$level s", "$$level", "${level", "$level-1"])
def test_a_text_that_is_no_whole_name_stays(text: str) -> None:
    assert rule(f"when: {{reason: '{text}'}}", ALL).when == IsOneOf(field="reason", values=(Text(text),))


def test_what_is_filled_in_keeps_the_place_of_its_name() -> None:
    with pytest.raises(RulebookError) as error:
        rule("where: [{count: {}, at_least: 1, within: $cap}]", ALL)
    (problem,) = error.value.problems
    assert problem.excerpt[problem.place.column - 1 :].startswith("$cap") if problem.place else False


def test_unused_parameters_are_fine_and_every_touch_is_every_touch() -> None:
    assert rule("", ALL).when == EVERY_TOUCH


@pytest.mark.parametrize(
    ("duration", "text"),
    [(0, "0s"), (90 * MINUTE, "90m"), (14 * DAY, "2w"), (36 * HOUR, "36h"), (1_000_000, "1s")],
)
def test_a_duration_is_told_in_its_largest_whole_unit(duration: int, text: str) -> None:
    assert shortest_duration(duration) == text
