"""A control for each type of parameter, and lists of phrases, driven from Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.studio.conftest import BOOK, touches
from touchrules.language.load import parse_rulebook
from touchrules.model.durations import DAY, HOUR
from touchrules.model.parameters import Parameter
from touchrules.studio import Studio
from touchrules.studio.drawing import Control, PhraseList
from touchrules.studio.later import AtOnce
from touchrules.studio.views.controls import make_control


def parameter(written: str) -> Parameter:
    return parse_rulebook(f"rulebook: x\nlanguage: 1\nparameters: {{p: {written}}}\n").parameters["p"]


def control(written: str, told: list[Any] | None = None) -> Control:
    heard: list[Any] = [] if told is None else told
    one = parameter(written)
    return make_control(one, one, heard.append)


@pytest.mark.parametrize(
    ("written", "kind", "stops", "label"),
    [
        ("{type: integer, default: 3, min: 1, max: 9, unit: calls}", "slider", 9, "3 calls"),
        ("{type: integer, default: 3, min: 1, max: 1000000}", "slider", 102, "3"),
        ("{type: integer, default: 3}", "text", 0, ""),
        ("{type: integer, default: 3, min: 1}", "text", 0, ""),
        ("{type: integer, default: 3, min: 3, max: 3}", "text", 0, ""),
        ("{type: number, default: 0.5, min: 0, max: 1}", "slider", 101, "0.5"),
        ("{type: number, default: 0.55, min: 0, max: 1, step: 0.1}", "slider", 12, "0.55"),
        ("{type: number, default: 0.5}", "text", 0, ""),
        ("{type: duration, default: 7d, min: 1d, max: 30d, step: 1d}", "slider", 30, "7 days"),
        ("{type: duration, default: 7d}", "text", 0, ""),
        ('{type: time_of_day, default: "08:10"}', "slider", 98, "08:10"),
        ('{type: time_of_day, default: "08:00", min: "06:00", max: "10:00", step: 1h}', "slider", 5, "08:00"),
        ("{type: choice, default: 1, options: [1, true, one]}", "choice", 3, "1"),
        ("{type: boolean, default: false}", "truth", 0, ""),
    ],
)
def test_each_type_has_its_control(written: str, kind: str, stops: int, label: str) -> None:
    made = control(written)
    assert (made.kind, len(made.stops)) == (kind, stops)
    assert label in [""] + [text for value, text in made.stops if value == made.value]


@pytest.mark.parametrize(
    ("written", "typed", "value"),
    [
        ("{type: integer, default: 3}", "12", 12),
        ("{type: integer, default: 3, min: 1, max: 1000000}", "777", 777),
        ("{type: number, default: 0.5}", "2", 2.0),
        ("{type: duration, default: 7d}", "36h", 36 * HOUR),
        ("{type: duration, default: 7d, min: 1d, max: 30d}", "25h", DAY + HOUR),
        ('{type: time_of_day, default: "08:00"}', "09:05", 9 * HOUR + HOUR // 12),
    ],
)
def test_a_value_is_typed(written: str, typed: str, value: object) -> None:
    told: list[Any] = []
    made = control(written, told)
    assert "error" not in made.answer({"typed": typed})
    assert (told, made.written) == ([value], typed)


@pytest.mark.parametrize(
    ("written", "typed", "message"),
    [
        ("{type: integer, default: 3}", "many", "whole number"),
        ("{type: integer, default: 3, min: 1, max: 9}", "10", "Allowed: 1 to 9"),
        ("{type: integer, default: 3, min: 1}", "0", "at least 1"),
        ("{type: number, default: 3}", "", "number"),
        ("{type: duration, default: 7d}", "soon", "7d"),
        ('{type: time_of_day, default: "08:00"}', "25:00", "08:00"),
    ],
)
def test_a_bad_value_is_answered_by_what_is_allowed(written: str, typed: str, message: str) -> None:
    told: list[Any] = []
    made = control(written, told)
    assert message in made.answer({"typed": typed})["error"]
    assert told == []


def test_help_tells_the_meaning_and_the_range() -> None:
    made = control("{type: integer, default: 3, min: 1, about: How many, label: Calls}")
    assert (made.label, made.about) == ("Calls", "How many Allowed: at least 1.")


@pytest.fixture
def app(file: Path, tmp_path: Path) -> Studio:
    file.write_text(
        BOOK.replace(
            "idle: {phrases: $openers}", "idle: {phrases: $openers}\n  hello: {phrases: [hello, good day]}"
        )
    )
    table = touches().table.drop_columns(["local_hour", "weekday", "local_date"])
    pq.write_table(table, tmp_path / "touches.parquet")
    return Studio(str(file), str(tmp_path / "touches.parquet"), later=AtOnce())


def test_a_control_goes_back_to_the_saved_value(app: Studio) -> None:
    made = app._tune.rule._controls.children[0]
    made.value = 3
    assert (made.saved, made.saved_label) == (2, "2 calls")
    made.value = made.saved
    assert not app.state.is_changed


def phrases(app: Studio) -> PhraseList:
    app.desk.choose("idle-opener")
    return app._tune.rule._controls.children[0]  # type: ignore[no-any-return]


def test_a_list_tells_how_many_touches_say_each_phrase(app: Studio) -> None:
    assert phrases(app).counts == {"just checking in": 1}


def test_a_phrase_is_added_and_taken_out_and_both_can_be_undone(app: Studio) -> None:
    made = phrases(app)
    assert "error" not in made.answer({"add": " hello "})
    assert made.counts == {"just checking in": 1, "hello": 9}
    assert app.state.tuning.outcome().found("idle-opener") == 10
    assert app._tune.rule._controls.children[0] is made
    made.answer({"remove": "just checking in"})
    assert app.state.tuning.outcome().found("idle-opener") == 9
    app.desk.undo()
    app.desk.undo()
    assert app._tune.rule._controls.children[0].phrases == ["just checking in"]


def test_a_phrase_that_is_there_or_empty_is_not_added(app: Studio) -> None:
    made = phrases(app)
    assert "already" in made.answer({"add": "Just Checking In"})["error"]
    assert "Type a phrase" in made.answer({"add": " "})["error"]
    assert not app.state.is_changed


def test_a_list_goes_back_to_the_saved_one(app: Studio) -> None:
    made = phrases(app)
    made.answer({"add": "hello"})
    made.answer({"back": True})
    assert not app.state.is_changed


def test_what_is_being_typed_is_looked_for(app: Studio) -> None:
    made = phrases(app)
    made.typed = "hello"
    assert (made.found["touches"], made.found["snippets"]) == (9, [["", "Hello", ""]])
    made.typed = "nobody says this"
    assert (made.found["touches"], made.found["snippets"]) == (0, [])


def test_phrases_that_are_written_in_a_signal_are_a_list_too(app: Studio) -> None:
    file = app.state.state.sources[0].file
    text = app.state.text_of(app.state.state.sources[0])
    app.desk.rewrite(file, text.replace("{idle: {at_least: 1}}", "{hello: {at_least: 1}}"))
    made = phrases(app)
    assert (made.label, made.counts) == ("hello", {"hello": 9, "good day": 0})
    made.answer({"remove": "hello"})
    assert "hello: {phrases: [good day]}" in app.state.text_of(app.state.state.sources[0])
    assert app._tune.rule._controls.children[0] is made
