"""The panel that asks before a save, driven from Python."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.studio.conftest import BOOK, WhenTold, write_touches
from touchrules.studio import Studio
from touchrules.studio.effects import Effect, measure_alone
from touchrules.studio.later import AtOnce
from touchrules.studio.scope import EVERYTHING, Period, Scope
from touchrules.studio.views import changelist


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_touches(tmp_path)


@pytest.fixture
def app(file: Path, data: Path) -> Studio:
    return Studio(str(file), str(data), later=AtOnce())


@pytest.fixture
def repository(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rulebook's folder as a repository with one commit."""
    settings = file.parent / "gitconfig"
    settings.write_text("[user]\n\tname = Ann\n\temail = ann@example.com\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(file.parent, "init", "--quiet")
    git(file.parent, "add", file.name)
    git(file.parent, "commit", "--quiet", "--message", "First rules")
    return file.parent


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def turn(app: Studio, value: int) -> None:
    app._tune.rule._controls.children[0].value = value


def words(app: Studio) -> str:
    """All that the list of changes says."""
    rows = app._saving._changes.children
    texts = [row.children[0].children for row in rows if hasattr(row, "children")]
    return " ".join([rows[0].value, *(part.value for pair in texts for part in pair)])


def status(app: Studio) -> str:
    return str(app._header._status.value)


def test_a_wish_to_save_shows_each_change_with_its_effect_and_writes_nothing(app: Studio, file: Path) -> None:
    turn(app, 3)
    app.desk.ask_to_save()
    assert app._saving.is_shown
    assert "2 calls → 3 calls" in words(app)
    assert "Finds 2 fewer (of 4)" in words(app)
    assert file.read_text() == BOOK


def test_several_changes_are_told_together_too(app: Studio) -> None:
    turn(app, 3)
    app.desk.switch("answer", on=False)
    app.desk.ask_to_save()
    assert "All together: finds 3 fewer (of 5)" in words(app)


def test_a_save_without_a_repository_writes_the_note_as_a_comment(app: Studio, file: Path) -> None:
    turn(app, 3)
    app.desk.ask_to_save()
    assert "no git repository" in app._saving._where.value
    app._saving._note.value = "Complaints in May"
    app._saving._versions.children[0].value = "1.1.0"
    app._saving.save()
    assert "# Complaints in May\nversion: 1.1.0\n" in file.read_text()
    assert not app._saving.is_shown
    assert "Saved manners.rulebook.yaml." in status(app)


def test_a_save_in_a_repository_is_committed_with_the_note_and_no_comment(
    app: Studio, file: Path, repository: Path
) -> None:
    turn(app, 3)
    app.desk.ask_to_save()
    app._saving._note.value = "Complaints in May"
    app._saving.save()
    wanted = "Complaints in May\n\n- Calls to one contact: 2 calls → 3 calls\n\n"
    assert git(repository, "log", "-1", "--format=%B") == wanted
    assert "Complaints" not in file.read_text()
    assert "Committed as " in status(app)


def test_a_commit_that_is_refused_can_be_tried_again(app: Studio, file: Path, repository: Path) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Not on a Friday' >&2\nexit 1\n")
    hook.chmod(0o755)
    turn(app, 3)
    app.desk.ask_to_save()
    app._saving.save()
    assert "Not on a Friday" in app._saving._told.value
    assert "default: 3," in file.read_text()
    hook.unlink()
    app._saving._buttons["again"].click()
    assert not app._saving.is_shown
    assert git(repository, "status", "--porcelain", "--", file.name) == ""


def test_a_save_after_a_commit_that_was_refused_gets_a_version_of_its_own(
    app: Studio, file: Path, repository: Path
) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    turn(app, 3)
    app.desk.ask_to_save()
    app._saving.save()
    hook.unlink()
    turn(app, 4)
    app.desk.ask_to_save()
    assert app._saving._versions.children[0].value == "1.0.2"
    app._saving.save()
    assert "version: 1.0.2\n" in file.read_text()
    assert git(repository, "status", "--porcelain", "--", file.name) == ""


def test_save_that_is_pressed_before_the_versions_are_known_does_nothing(file: Path, data: Path) -> None:
    later = WhenTold()
    app = Studio(str(file), str(data), later=later)
    later.go_on()
    turn(app, 3)
    app.desk.ask_to_save()
    app._saving.save()
    assert "save" not in later.asked
    later.go_on()
    assert file.read_text() == BOOK
    app._saving.save()
    later.go_on()
    assert "version: 1.0.1\n" in file.read_text()


def test_effects_are_measured_anew_where_another_scope_is_looked_at(app: Studio) -> None:
    turn(app, 3)
    app.desk.ask_to_save()
    assert "Finds 2 fewer (of 4)" in words(app)
    app.desk.narrow(Scope(period=Period(until="2025-03-03")))
    assert "Finds 2 fewer (of 2)" in words(app)
    app.desk.narrow(EVERYTHING)
    assert "Finds 2 fewer (of 4)" in words(app)


def test_an_effect_that_was_measured_too_late_is_not_told_of_another_scope(
    file: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = WhenTold()
    app = Studio(str(file), str(data), later=later)
    later.go_on()
    turn(app, 3)
    app.desk.ask_to_save()
    later.go_on("changes")
    work, tell = later.asked.pop("effects")
    tell(work())
    late, _ = later.asked["effects"]

    def measure_and_narrow(*of: Any) -> Effect | None:
        effect = measure_alone(*of)
        app.desk.narrow(Scope(period=Period(until="2025-03-03")))
        return effect

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(changelist, "measure_alone", measure_and_narrow)
        late()
    later.go_on()
    assert "Finds 2 fewer (of 2)" in words(app)


def test_a_commit_holds_up_no_replay(file: Path, data: Path, repository: Path) -> None:
    later = WhenTold()
    app = Studio(str(file), str(data), later=later)
    later.go_on()
    turn(app, 3)
    app.desk.ask_to_save()
    later.go_on()
    app._saving.save()
    later.go_on("save")
    assert "commit" not in later.asked
    assert [list(one.asked) for one in later.others if one.asked] == [["commit"]]
    later.go_on()
    assert "Committed as " in status(app)


def test_an_old_list_of_changes_takes_nothing_back(file: Path, data: Path) -> None:
    later = WhenTold()
    app = Studio(str(file), str(data), later=later)
    later.go_on()
    turn(app, 3)
    app.desk.ask_to_save()
    later.go_on()
    take_back = app._saving._changes.children[2].children[1]
    turn(app, 4)
    take_back.click()
    assert app.state.find("too-many-calls")[1].parameters["cap"].value == 4
    later.go_on()
    app._saving._changes.children[2].children[1].click()
    assert not app.state.is_changed


def test_what_is_given_up_is_not_written(app: Studio, file: Path) -> None:
    turn(app, 3)
    app.desk.ask_to_save()
    app._saving._buttons["cancel"].click()
    assert not app._saving.is_shown
    assert file.read_text() == BOOK
    assert app.state.is_changed


def test_a_save_over_what_others_wrote_is_refused_and_stays_open(app: Studio, file: Path) -> None:
    turn(app, 3)
    app.desk.ask_to_save()
    file.write_text(BOOK + "# somebody else\n")
    app._saving.save()
    assert "changed on disk" in status(app)
    assert app._saving.is_shown


def test_a_change_is_taken_back_by_its_own_button(app: Studio) -> None:
    turn(app, 3)
    app.desk.switch("answer", on=False)
    app.desk.ask_to_save()
    app._saving._changes.children[2].children[1].click()
    assert "2 calls → 3 calls" not in words(app)
    assert "is switched off" in words(app)
    app._saving._changes.children[2].children[1].click()
    assert not app._saving.is_shown
    assert not app.state.is_changed


def test_nothing_to_save_is_said(app: Studio) -> None:
    app.desk.ask_to_save()
    assert "There is nothing to save" in status(app)
    assert not app._saving.is_shown


def test_an_old_version_is_shown_beside_what_stands_and_gone_back_to(
    app: Studio, file: Path, repository: Path
) -> None:
    turn(app, 3)
    app.desk.ask_to_save()
    app._saving.save()
    app._show("History")
    history = app._versions
    assert [label.split("   ")[0] for label, _ in history._list.options] == ["1.0.1", "1.0.0"]
    history._list.value = history._list.options[1][1]
    assert "2 calls → 3 calls" in history._compared.value
    assert "finds 2 fewer (of 4)" in history._compared.value
    history._beside.value = history._list.options[0][1]
    assert "From version 1.0.0 to version 1.0.1" in history._compared.value
    history.go_back()
    assert "default: 3," in file.read_text()
    assert app.state.find("too-many-calls")[1].parameters["cap"].value == 2
    app.desk.undo()
    assert not app.state.is_changed


def test_without_a_repository_the_history_says_what_would_begin_one(app: Studio) -> None:
    app._show("History")
    assert "`git init` there begins to" in app._versions._why.value
    assert app._versions._chosen.layout.display == "none"
