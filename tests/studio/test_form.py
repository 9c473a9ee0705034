"""The form of a rule, driven from Python: what is filled in stands after one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.studio.conftest import BOOK, WhenTold, write_touches
from touchrules.studio import Studio
from touchrules.studio.later import AtOnce
from touchrules.studio.views.editor import RuleEditor
from touchrules.studio.views.rule import RulePanel

OWN = BOOK.replace(
    "rules:\n",
    """\
sources: {book: {title: The book, author: A. Nobody}}
facts:
  known: {about: We have met, from: {kind: meeting}}
rules:
  - id: odd
    title: Odd   # a comment
    severity: low
    when: {kind: call, duration_s: {more_than: 600}}
    where:
      - any: [{seen: {kind: sms}}, {fact: known}]  # either
      - {count: {kind: call}, within: $window, more_than: $cap, newest: 20}
""",
)


@pytest.fixture
def app(file: Path, tmp_path: Path) -> Studio:
    file.write_text(OWN)
    return Studio(str(file), str(write_touches(tmp_path)), later=AtOnce())


def panel(app: Studio) -> RulePanel:
    return app._tune.rule  # type: ignore[no-any-return]


def editor(app: Studio) -> RuleEditor:
    return panel(app).editor  # type: ignore[no-any-return]


def fill(app: Studio, **texts: str) -> None:
    for key, text in texts.items():
        editor(app).fields.texts[key].value = text


def written(app: Studio, rule: str) -> str:
    """The text of a rule, as it would be saved."""
    text: str = app.state.text_of(app.state.state.sources[0])
    start = text.index(f"- id: {rule}\n")
    return text[start : text.find("  - id:", start) if "  - id:" in text[start:] else len(text)]


def blank(app: Studio, row: int, name: str) -> Any:
    return editor(app).fields.conditions.rows[row].blanks[name]


def add(app: Studio, head: str) -> None:
    editor(app).fields.conditions.more.value = head


def test_a_rule_is_added_by_filling_the_form(app: Studio) -> None:
    panel(app).add()
    fill(app, id="many", title="Not so many", why="They tire.", say="{rep_id} called {value} times")
    fields = editor(app).fields
    fields.source.pick("book")
    fields.severity.pick("high")
    fields.trigger.says.value = ["idle"]
    fields.trigger.outcomes.value = ["connected", "replied"]
    fields.trigger.direction.pick("")
    fields.facts["unless"].value = ["known"]
    add(app, "count")
    blank(app, 0, "compare amount").value = "$cap"
    blank(app, 0, "per key").pick("rep")
    blank(app, 0, "count touches").pick({"kind": "call", "direction": "outbound"})
    editor(app).apply()
    assert (
        written(app, "many")
        == """\
- id: many
    title: Not so many
    why: They tire.
    source: book
    severity: high
    when: {kind: call, idle: {at_least: 1}, outcome: [connected, replied]}
    unless: [known]
    where: [{count: {kind: call, direction: outbound}, within: 7d, more_than: $cap, per: rep}]
    say: "{rep_id} called {value} times"
"""
    )
    assert app.state.rule == "many"
    assert app.desk.state.undo() == "rule many added"


def test_an_added_rule_shows_its_findings_and_its_controls(app: Studio) -> None:
    panel(app).add()
    fill(app, id="calls", title="No calls")
    add(app, "count")
    blank(app, 0, "compare amount").value = "$cap"
    editor(app).apply()
    assert "No calls" in panel(app)._head.value
    assert 'class="number">4<' in app._tune.impact.cards.value
    assert [one.label for one in panel(app)._controls.children] == ["Calls to one contact"]


def test_problems_are_told_beside_their_fields_while_somebody_writes(app: Studio) -> None:
    panel(app).add()
    fill(app, title="A", id="Not an id")
    assert "cannot be the id" in editor(app).fields._fields["id"].told
    fill(app, id="good")
    assert editor(app).fields._fields["id"].told == ""
    add(app, "count")
    add(app, "gap")
    blank(app, 1, "compare amount").value = "soon"
    rows = editor(app).fields.conditions.rows
    assert [bool(row.told) for row in rows] == [False, True]
    editor(app).apply()
    assert not app.state.is_changed
    blank(app, 1, "compare amount").value = "2d"
    assert rows[1].told == ""


def test_a_rule_without_a_title_is_not_added(app: Studio) -> None:
    panel(app).add()
    editor(app).apply()
    assert "has a title" in editor(app).fields._fields["title"].told
    assert not app.state.is_changed


def test_what_the_form_cannot_say_is_told_in_english_and_stays(app: Studio) -> None:
    app.desk.choose("odd")
    panel(app).edit()
    rows = editor(app).fields.conditions.rows
    assert "either there was an earlier text message" in rows[0].children[0].children[0].value
    assert "Also, as the YAML says" in rows[1].children[1].value
    fill(app, title="Odd calls", say="so")
    blank(app, 1, "compare amount").value = "5"
    editor(app).apply()
    wanted = OWN.replace("title: Odd   #", "title: Odd calls   #").replace(
        "more_than: $cap, newest", "more_than: 5, newest"
    )
    wanted = wanted.replace("newest: 20}\n", "newest: 20}\n    say: so\n")
    assert app.state.text_of(app.state.state.sources[0]) == wanted


def test_an_expectation_is_added_and_taken_out(app: Studio) -> None:
    app.desk.choose("too-many-calls")
    panel(app).edit()
    editor(app).fields.conditions._remove(0)
    add(app, "touch")
    blank(app, 0, "by amount").value = "3bd"
    blank(app, 0, "cancel restart").pick({"direction": "inbound"})
    editor(app).apply()
    wanted = "expect: {touch: {direction: outbound}, by: 3bd, cancel: {direction: inbound}}"
    assert wanted in written(app, "too-many-calls")
    assert "where" not in written(app, "too-many-calls")


@pytest.mark.parametrize(
    ("kind", "length", "wanted"),
    [
        ("", "", "{count: {kind: call}, more_than: $cap}"),
        ("between", "2d, 9d", "between: [2d, 9d]"),
        ("in_same", "month", "in_same: month"),
    ],
)
def test_a_period_is_chosen(app: Studio, kind: str, length: str, wanted: str) -> None:
    panel(app).edit()
    span, text = blank(app, 0, "window window").children
    span.pick(kind)
    if length:
        text.value = length
    editor(app).apply()
    assert wanted in written(app, "too-many-calls")


def test_placeholders_are_put_into_a_message(app: Studio) -> None:
    panel(app).edit()
    fields = editor(app).fields
    insert = fields._fields["advise"].children[1]
    fill(app, advise="Wait for")
    insert.pick("{contact_name}")
    insert.pick("{param.window}")
    assert fields.texts["advise"].value == "Wait for {contact_name} {param.window}"


def test_an_emptied_field_goes_out_of_the_rule(app: Studio) -> None:
    panel(app).edit()
    fill(app, say="")
    editor(app).apply()
    assert "say" not in written(app, "too-many-calls")


def test_what_is_written_stays_when_something_else_changes(app: Studio) -> None:
    panel(app).edit()
    fill(app, title="Mine")
    text = app.state.text_of(app.state.state.sources[0])
    app.desk.rewrite(app.state.state.sources[0].file, text.replace("severity: high", "severity: info"))
    assert editor(app).fields.texts["title"].value == "Mine"
    assert editor(app).fields.severity.picked == "info"
    assert "changed elsewhere" in editor(app)._note.value
    editor(app).apply()
    assert "title: Mine" in written(app, "too-many-calls")
    assert "severity: info" in written(app, "too-many-calls")


def test_what_is_written_is_there_again_when_its_rule_is_chosen_again(app: Studio) -> None:
    panel(app).edit()
    fill(app, title="Mine")
    app.desk.choose("answer")
    assert editor(app).fields.texts["title"].value == "Answer what they ask"
    app.desk.choose("too-many-calls")
    assert editor(app).fields.texts["title"].value == "Mine"
    editor(app).cancel()
    panel(app).edit()
    assert editor(app).fields.texts["title"].value == "Call no more than twice a week"


def test_a_rule_is_copied_under_the_id_that_is_asked_for(app: Studio) -> None:
    panel(app).actions.ask_copy()
    assert panel(app).actions.copy_id.value == "too-many-calls-copy"
    panel(app).actions.copy_id.value = "answer"
    panel(app).actions.copy()
    assert "already" in panel(app).actions.told
    panel(app).actions.copy_id.value = "other"
    panel(app).actions.copy()
    assert app.state.rule == "other"


def test_a_rule_is_retired_in_three_ways(app: Studio) -> None:
    actions = panel(app).actions
    actions.ask_retire()
    actions.until.value = "never"
    actions.end()
    assert "no date" in actions.told
    actions.until.value = "2025-03-04"
    actions.end()
    assert "effective: {until: 2025-03-04}" in written(app, "too-many-calls")
    actions.ask_retire()
    actions.switch_off()
    assert not app.state.find("too-many-calls")[0].enabled
    actions.ask_retire()
    actions.remove()
    assert "too-many-calls" not in app.state.text_of(app.state.state.sources[0])
    app.desk.undo()
    assert app.state.find("too-many-calls")


def test_undoing_the_rule_that_was_added_shows_the_one_before(app: Studio) -> None:
    panel(app).add()
    fill(app, title="New")
    editor(app).apply()
    app.desk.undo()
    assert app.state.rule == "too-many-calls"
    assert "Call no more than twice" in panel(app)._head.value


def test_a_rule_that_is_written_on_while_it_is_checked_does_not_stand_yet(file: Path, tmp_path: Path) -> None:
    later = WhenTold()
    app = Studio(str(file), str(write_touches(tmp_path)), later=later)
    later.go_on()
    panel(app).edit()
    fill(app, title="Call l")
    editor(app).apply()
    fill(app, title="Call less")
    later.go_on()
    assert not app.state.is_changed
    editor(app).apply()
    later.go_on()
    assert app.state.find("too-many-calls")[0].title == "Call less"
