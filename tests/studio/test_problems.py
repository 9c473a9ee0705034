"""The page of problems, driven from Python: what is wrong with the files, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, write_touches
from touchrules.studio import Studio
from touchrules.studio.later import AtOnce


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_touches(tmp_path)


def turn(app: Studio, value: int) -> None:
    app._tune.rule._controls.children[0].value = value


BROKEN = "rulebook: broken\nlanguage: 1\nrules:\n- {id: b, title: B, severity: dire, when: {kind: sms}}\n"


@pytest.fixture
def broken(file: Path) -> Path:
    """A second rulebook, with a mistake."""
    path = file.parent / "broken.rulebook.yaml"
    path.write_text(BROKEN)
    return path


def test_a_broken_rulebook_is_told_with_its_line_and_can_be_left_out(app: Studio, broken: Path) -> None:
    app.desk.reload()
    told = app._problems._problems.value
    assert "Line 4" in told
    assert "^^^^" in told
    assert app._body.layout.display == "none"
    app._problems._others.click()
    assert app._body.layout.display == ""
    assert [Path(one).name for one in app.state.left_out] == ["broken.rulebook.yaml"]
    assert "broken.rulebook.yaml" in app._header._left_out.value


def test_a_broken_rulebook_is_mended_in_place(app: Studio, broken: Path) -> None:
    app.desk.reload()
    problems = app._problems
    problems._text.value = BROKEN.replace("dire", "grim")
    problems.mend()
    assert "grim" in problems._told.value
    assert broken.read_text() == BROKEN
    problems._text.value = BROKEN.replace("dire", "low")
    problems.mend()
    assert broken.read_text() == BROKEN.replace("dire", "low")
    assert [book.name for book in app.state.state.rulebooks] == ["broken", "manners"]
    assert app._problems.layout.display == "none"


def test_a_file_that_somebody_else_mended_meanwhile_is_not_overwritten(app: Studio, broken: Path) -> None:
    app.desk.reload()
    broken.write_text(BROKEN.replace("dire", "high"))
    app._problems._text.value = BROKEN.replace("dire", "low")
    app._problems.mend()
    assert "changed on disk" in app._problems._told.value
    assert "severity: high" in broken.read_text()


def test_rulebooks_that_build_on_a_broken_one_are_left_out_with_it(
    app: Studio, broken: Path, file: Path
) -> None:
    broken.write_text(BROKEN + "facts: {told: {from: {kind: sms}}}\n")
    third = file.parent / "third.rulebook.yaml"
    third.write_text(
        "rulebook: third\nlanguage: 1\n"
        "rules: [{id: t, title: T, severity: low, when: {kind: call}, given: told}]\n"
    )
    app.desk.reload()
    assert [Path(one).name for one in app.desk.trouble.left_out] == [
        "broken.rulebook.yaml",
        "third.rulebook.yaml",
    ]


def test_what_stands_can_be_gone_on_with(app: Studio, broken: Path) -> None:
    turn(app, 3)
    app.desk.reload()
    app._problems._back.click()
    assert app._body.layout.display == ""
    assert app.state.is_changed


def test_a_studio_that_never_opened_opens_once_the_mistake_is_mended(
    file: Path, broken: Path, data: Path
) -> None:
    app = Studio(str(file), str(data), later=AtOnce())
    assert app.state is None
    assert app._problems.layout.display == ""
    broken.write_text(BROKEN.replace("dire", "low"))
    app._problems._again.click()
    assert app.state is not None


def test_a_folder_without_rulebooks_is_told(tmp_path: Path, data: Path) -> None:
    (tmp_path / "empty").mkdir()
    app = Studio(str(tmp_path / "empty" / "any.rulebook.yaml"), str(data), later=AtOnce())
    assert "There is no rulebook in" in app._problems._problems.value
    assert app._problems._mending.layout.display == "none"


def test_rulebooks_in_which_nothing_reports_are_told_and_can_be_mended(file: Path, data: Path) -> None:
    file.write_text("rulebook: quiet\nlanguage: 1\n")
    app = Studio(str(file), str(data), later=AtOnce())
    assert "No rule of these rulebooks reports" in app._problems._problems.value
    app._problems._text.value = BOOK
    app._problems.mend()
    assert app.state.rule == "too-many-calls"


def test_touches_that_cannot_be_read_are_told_and_others_can_be_chosen(file: Path, data: Path) -> None:
    bad = file.parent / "bad.csv"
    bad.write_text("touch_id,at,contact_id,kind\n1,yesterday,c1,call\n")
    app = Studio(str(file), str(bad), later=AtOnce())
    assert "yesterday" in app._problems._problems.value
    assert app._problems._data.layout.display == ""
    app._problems._touches.value = str(data)
    app._problems._data.children[1].click()
    assert len(app.state.stream) == 10


def test_a_rulebook_that_does_not_fit_the_touches_can_be_left_out(file: Path, data: Path) -> None:
    other = file.parent / "other.rulebook.yaml"
    other.write_text(
        "rulebook: other\nlanguage: 1\nrules: [{id: o, title: O, severity: low, when: {rep_city: Oslo}}]\n"
    )
    app = Studio(str(file), str(data), later=AtOnce())
    assert "rep_city" in app._problems._problems.value
    app._problems._others.click()
    assert [book.name for book in app.state.state.rulebooks] == ["manners"]
