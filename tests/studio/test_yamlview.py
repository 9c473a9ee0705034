"""The YAML view, driven from Python: checked while typing, never overwritten, and one with the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, write_touches
from touchrules.studio import Studio
from touchrules.studio.later import AtOnce
from touchrules.studio.merging import merge_texts


@pytest.fixture
def app(file: Path, tmp_path: Path) -> Studio:
    studio = Studio(str(file), str(write_touches(tmp_path)), later=AtOnce())
    studio._tabs.selected_index = 3
    return studio


def retype(app: Studio, old: str, new: str) -> None:
    """Type something else into the text."""
    assert old in app._yaml.area.text
    app._yaml.area.text = app._yaml.area.text.replace(old, new)


def test_the_part_of_the_chosen_rule_is_shown_and_gone_to(app: Studio) -> None:
    first, last = app._yaml.area.part
    assert BOOK.splitlines()[first - 1].strip() == "- id: too-many-calls"
    assert BOOK.splitlines()[last - 1].strip().startswith("say:")
    app.desk.choose("answer")
    assert app._yaml.area.jump[0] == BOOK[: BOOK.index("  - id: answer")].count("\n") + 1


def test_mistakes_are_marked_while_somebody_types(app: Studio) -> None:
    retype(app, "severity: low", "severity: dire")
    assert [line for line, *_ in app._yaml.area.problems] == [
        BOOK[: BOOK.index("idle-opener")].count("\n") + 1
    ]
    retype(app, "severity: dire", "severity: info")
    assert app._yaml.area.problems == []
    assert not app.state.is_changed


def test_after_apply_the_form_shows_the_new_text(app: Studio) -> None:
    retype(app, "Call no more than twice a week", "Call once")
    app._yaml.apply()
    app._tabs.selected_index = 0
    assert "Call once" in app._tune.rule._head.value
    app._tune.rule.edit()
    assert app._tune.rule.editor.fields.texts["title"].value == "Call once"


def test_what_is_set_is_in_the_text_and_a_value_typed_there_counts(app: Studio) -> None:
    app.desk.turn("manners", app.state.parameters("too-many-calls")[0], 3)
    assert "default: 3," in app._yaml.area.text
    retype(app, "default: 3,", "default: 4,")
    app._yaml.apply()
    assert app.state.find("too-many-calls")[1].parameters["cap"].value == 4


def test_half_typed_text_stays_when_something_else_changes(app: Studio) -> None:
    retype(app, "title: Say why you call", "title: Say wh")
    app.desk.turn("manners", app.state.parameters("too-many-calls")[0], 3)
    assert "title: Say wh," in app._yaml.area.text
    assert "default: 3," in app._yaml.area.text
    assert "taken into your text" in app._yaml.note.value
    app._yaml.apply()
    assert app.state.find("idle-opener")[0].title == "Say wh"
    assert app.state.find("idle-opener")[1].parameters["cap"].value == 3


def test_text_of_lines_that_changed_elsewhere_is_kept_and_asked_about(app: Studio) -> None:
    retype(app, "default: 2,", "default: 5,")
    app.desk.turn("manners", app.state.parameters("too-many-calls")[0], 3)
    assert "default: 5," in app._yaml.area.text
    assert "changed elsewhere" in app._yaml.note.value
    assert app._yaml._apply.disabled
    app._yaml.keep()
    app._yaml.apply()
    assert app.state.find("too-many-calls")[1].parameters["cap"].value == 5


def test_what_was_typed_can_be_forgotten(app: Studio) -> None:
    retype(app, "default: 2,", "default: 5,")
    app._yaml.drop()
    assert app._yaml.area.text == BOOK


def test_half_typed_text_is_there_again_after_another_rule_was_looked_at(app: Studio) -> None:
    retype(app, "title: Say why you call", "title: Say wh")
    app.desk.choose("answer")
    app._tabs.selected_index = 0
    app._tabs.selected_index = 3
    assert "title: Say wh," in app._yaml.area.text


def test_ends_of_lines_are_kept_through_an_edit_and_a_save(file: Path, app: Studio) -> None:
    file.write_bytes(BOOK.replace("\n", "\r\n").encode())
    app.desk.reload()
    retype(app, "severity: low", "severity: info")
    assert "\r" not in app._yaml.area.text
    app._yaml.apply()
    app.desk.turn("manners", app.state.parameters("too-many-calls")[0], 3)
    app.desk.save()
    wanted = BOOK.replace("severity: low", "severity: info").replace("default: 2,", "default: 3,")
    assert file.read_bytes().decode() == wanted.replace("1.0.0", "1.0.1").replace("\n", "\r\n")
    assert app._yaml.area.text == wanted.replace("1.0.0", "1.0.1")


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("a\nB\nc\n", "a\nb\nc\nd\n", "a\nB\nc\nd\n"),
        ("a\nb\nc\n", "x\nb\nc\n", "x\nb\nc\n"),
        ("A\nb\nc\n", "A\nb\nc\n", "A\nb\nc\n"),
        ("A\nb\nc\n", "x\nb\nc\n", None),
        ("b\nc\n", "a!\nb\nc\n", None),
        ("a\nb\nnew\nc\n", "a\nb\nother\nc\n", None),
    ],
)
def test_two_changes_come_together_unless_they_share_a_line(mine: str, theirs: str, both: str | None) -> None:
    assert merge_texts("a\nb\nc\n", mine, theirs) == both
