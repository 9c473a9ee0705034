"""The studio's widgets, driven from Python: what a control does to the numbers, the table and the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, WhenTold, write_touches
from touchrules.errors import Cancelled
from touchrules.studio import Studio


def found(app: Studio) -> str:
    """What the first card says."""
    return app._tune.impact.cards.value.split('class="number">')[1].split("<")[0]


def test_it_opens_on_the_rule_with_a_slider_that_finds_the_most(app: Studio) -> None:
    assert app.state.rule == "too-many-calls"
    assert found(app) == "4"


def test_a_turned_control_changes_the_numbers_the_list_and_the_curve(app: Studio) -> None:
    app._tune.rule._controls.children[0].value = 3
    assert found(app) == "2"
    row = next(one for one in app._rules.list.items if one["id"] == "too-many-calls")
    assert (row["found"], row["saved_found"]) == (2, 4)
    assert (app._tune.impact.curve.current, app._tune.impact.curve.saved) == (3, 2)


def test_a_point_that_is_picked_on_the_curve_sets_the_parameter(app: Studio) -> None:
    app._tune.impact.curve.picked = 4
    assert found(app) == "1"
    assert app._tune.rule._controls.children[0].value == 4


def test_the_curve_goes_along_a_parameter_that_was_renamed_in_the_yaml(app: Studio) -> None:
    app._tune.rule._controls.children[0].value = 3
    book = (
        BOOK.replace("  cap: {", "  limit: {").replace("$cap", "$limit").replace("to one contact", "a week")
    )
    app.desk.rewrite(app.state.state.sources[0].file, book)
    curve = app._tune.impact.curve
    assert (curve.title, curve.current, curve.saved) == ("Calls a week", 2, None)
    curve.picked = 4
    assert app.state.find("too-many-calls")[1].parameters["limit"].value == 4


def test_the_curve_goes_along_a_parameter_that_was_added_in_the_yaml(app: Studio) -> None:
    app.desk.choose("answer")
    assert app._tune.impact.curve.layout.display == "none"
    book = BOOK.replace("by: 2d", "by: $answer_within")
    added = "answer_within: {type: duration, default: 2d, min: 1d, max: 9d, step: 1d}"
    app.desk.rewrite(app.state.state.sources[0].file, book.replace("signals:", f"  {added}\nsignals:"))
    curve = app._tune.impact.curve
    assert (curve.layout.display, curve.title, curve.saved) == ("", "answer within", None)
    assert len(curve.points) == 9


def test_where_the_rule_of_the_curve_is_gone_nothing_can_be_picked_on_it(app: Studio) -> None:
    app._tune.rule._controls.children[0].value = 3
    book = BOOK[: BOOK.index("  - id: too-many")] + BOOK[BOOK.index("  - {id: idle") :]
    app.desk.rewrite(app.state.state.sources[0].file, book)
    state, curve = app.state.state, app._tune.impact.curve
    assert (app.state.rule, curve.layout.display) == ("idle-opener", "none")
    curve.picked = 5
    assert app.state.state is state


def test_undo_takes_the_control_back_too(app: Studio) -> None:
    app._tune.rule._controls.children[0].value = 3
    app.desk.undo()
    assert found(app) == "4"
    assert app._tune.rule._controls.children[0].value == 2


def test_a_rule_that_is_switched_off_finds_nothing(app: Studio) -> None:
    app.desk.switch("too-many-calls", on=False)
    assert found(app) == "0"


def test_a_finding_opens_the_timeline_of_its_contact(app: Studio) -> None:
    app._tabs.selected_index = 1
    app._findings.table.answer({"choose": 0})
    assert app._tabs.selected_index == 2
    assert [lane["name"] for lane in app._contact._line.lanes] == ["call"]


def test_a_mistake_in_the_yaml_is_shown_and_changes_nothing(app: Studio) -> None:
    app._tabs.selected_index = 3
    app._yaml.area.text = app._yaml.area.text.replace("severity: high", "severity: dire")
    app._yaml.apply()
    assert [(line, "dire" in text) for line, *_, text in app._yaml.area.problems] == [(14, True)]
    assert not app.state.is_changed


def test_the_form_and_the_yaml_show_the_same_rule(app: Studio) -> None:
    app._tune.rule._controls.children[0].value = 3
    app._tabs.selected_index = 3
    assert "default: 3," in app._yaml.area.text


def test_a_save_that_cannot_be_is_told(app: Studio, file: Path) -> None:
    app._tune.rule._controls.children[0].value = 3
    file.write_text(file.read_text() + "# somebody else\n")
    app.desk.save()
    assert "changed on disk" in app._header._status.value
    assert app.state.is_changed


def test_a_control_can_be_turned_back_after_a_save(app: Studio, file: Path) -> None:
    control = app._tune.rule._controls.children[0]
    control.value = 3
    app.desk.save()
    control.value = 2
    assert found(app) == "4"
    app.desk.save()
    assert "default: 2," in file.read_text()


def test_an_opening_that_was_stopped_can_begin_again(app: Studio) -> None:
    app.desk._opened = None
    app._header.cancel()
    with pytest.raises(Cancelled):
        app.desk.open_asked(app.desk._asked)
    app.desk.fail(Cancelled([]))
    assert "Reload begins again" in app._header._status.value
    app.desk.reload()
    assert found(app) == "4"


def test_a_rule_that_is_asked_for_is_shown_wherever_somebody_looks(app: Studio) -> None:
    app._show("Data")
    app.desk.show_rule("idle-opener")
    assert app._tabs.selected_index == 0
    assert app.state.rule == "idle-opener"


def test_a_reload_says_what_it_does_and_can_be_stopped(app: Studio) -> None:
    said: list[str] = []
    app._header._status.observe(lambda change: said.append(change["new"]), "value")
    app.desk.reload()
    assert "Reading the rulebooks again" in said[0]
    assert "3 rules over 10 touches." in said[-1]
    app._header.cancel()
    with pytest.raises(Cancelled):
        app.desk.reload()


def test_a_switch_goes_back_where_its_rule_is_there_no_longer(file: Path, tmp_path: Path) -> None:
    later = WhenTold()
    app = Studio(str(file), str(write_touches(tmp_path)), later=later)
    later.go_on()
    rules = app._rules.list
    app.desk.rewrite(app.state.state.sources[0].file, BOOK[: BOOK.index("  - id: answer")])
    assert rules.answer({"asked": "q", "toggle": "answer", "on": False}) == {
        "asked": "q",
        "toggle": "answer",
        "on": True,
    }
    assert next(one for one in rules.items if one["id"] == "answer")["enabled"]
    assert "There is no rule" in app._header._status.value
    later.go_on()
    assert [one["id"] for one in rules.items] == ["too-many-calls", "idle-opener"]
