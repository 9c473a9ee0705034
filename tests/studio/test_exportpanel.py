"""The panel that asks before an export and tells what came of it, driven from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.conftest import WhenTold, write_touches
from tests.studio.exported import TESTS, write_tests
from touchrules.production.bundle.keyring import FOLDER, Keyring
from touchrules.production.bundle.keys import Trust
from touchrules.production.bundle.opening import open_bundle
from touchrules.studio import Studio
from touchrules.studio.later import AtOnce
from touchrules.studio.signing import UNSIGNED
from touchrules.studio.views.exporting import ExportPanel

CHANGED = "Calls to one contact: 2 calls → 3 calls"
NAME = "manners-1.0.0.touchrules"


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that exports go to, and a folder of keys that is nobody's."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def asked(file: Path, tmp_path: Path) -> Studio:
    """A studio in which a value was set, and then the export asked for."""
    write_tests(file)
    app = Studio(str(file), str(write_touches(tmp_path)), later=AtOnce())
    app._tune.rule._controls.children[0].value = 3
    app.desk.ask_to_export()
    return app


def panel(app: Studio) -> ExportPanel:
    return app._exporting


def told(app: Studio) -> str:
    return str(panel(app)._head.value) + str(panel(app)._told.value)


def problem(app: Studio, field: str) -> str:
    return panel(app)._form._fields[field].told


def choose_unsigned(app: Studio) -> None:
    panel(app)._form._key.value = UNSIGNED


def test_what_would_be_exported_is_told_before_and_nothing_is_written(asked: Studio, workspace: Path) -> None:
    words = panel(asked)._form._told.value
    assert "3 rules in force, of 1 rulebook" in words
    assert words.count(CHANGED) == 1
    assert "This is not saved" in words
    assert "in 10 touches of 4 contacts, from 2025-03-01 to 2025-03-20 (touches.parquet, all of it)" in words
    assert panel(asked)._form._name.value == NAME
    assert not list(workspace.glob("*.touchrules"))


def test_a_key_is_made_only_by_its_button_and_then_signs(asked: Studio, workspace: Path) -> None:
    form = panel(asked)._form
    panel(asked).export()
    assert "Choose what it is signed with" in problem(asked, "key")
    assert not (workspace / "keys").exists()
    form._make_key.click()
    assert (workspace / "keys" / "own.private.pem").exists()
    assert str(workspace / "keys" / "own.private.pem") in form._key_told.value
    form.note.value = "As agreed"
    form._by.value = "Ann, of sales"
    panel(asked).export()
    assert f"{NAME} is written and verified: all 8 checks passed" in told(asked)
    bundle = open_bundle(workspace / NAME, Trust(keys=Keyring().trusted()))
    assert [one.told for one in bundle.manifest.parameters] == [CHANGED]
    assert bundle.manifest.note == "As agreed"
    lines = dict(panel(asked)._copied.lines)
    assert lines["Your public key, to hand on"] == Keyring().trusted()[0].text()
    assert lines["They trust it, once"].endswith(" --name Ann-of-sales")
    assert lines["They verify the file"] == f"touchrules verify {NAME}"


def test_the_report_names_every_check_and_its_result(asked: Studio) -> None:
    choose_unsigned(asked)
    panel(asked).export()
    assert told(asked).count("passed</td>") == 8
    assert "3 tests of 3 rules passed with both engines." in told(asked)
    assert dict(panel(asked)._copied.lines)["They run it"] == f"touchrules run {NAME} --allow-unsigned"


def test_a_file_that_is_there_is_replaced_only_where_that_is_ticked(asked: Studio, workspace: Path) -> None:
    (workspace / NAME).write_bytes(theirs := b"PK\x03\x04theirs")
    form = panel(asked)._form
    choose_unsigned(asked)
    panel(asked).export()
    assert "There is such a file already" in problem(asked, "name")
    assert (workspace / NAME).read_bytes() == theirs
    form._replaces.value = True
    panel(asked).export()
    assert "is written and verified" in told(asked)


def test_a_consent_to_replace_is_for_the_name_that_was_shown(asked: Studio, workspace: Path) -> None:
    form = panel(asked)._form
    (workspace / "other.touchrules").write_text("theirs")
    (workspace / NAME).write_text("theirs")
    form._name.value = NAME
    form._replaces.value = True
    form._name.value = "other"
    choose_unsigned(asked)
    panel(asked).export()
    assert "There is such a file already" in problem(asked, "name")
    assert (workspace / "other.touchrules").read_text() == "theirs"


def test_rules_without_a_test_pass_only_where_that_is_ticked(asked: Studio, file: Path) -> None:
    write_tests(file, TESTS)
    asked.desk.changed()
    form = panel(asked)._form
    choose_unsigned(asked)
    panel(asked).export()
    assert "1 rule in force without a test" in form._untested_told.value
    assert "Say that these rules may pass" in problem(asked, "untested")
    form._untested.value = True
    panel(asked).export()
    assert "Exported without a test, as its maker allowed: answer." in told(asked)


def test_what_cannot_be_exported_is_told_and_the_form_comes_back(asked: Studio, file: Path) -> None:
    write_tests(file, TESTS.replace("finds: [3]", "finds: [2]"))
    asked.desk.switch("answer", on=False)
    choose_unsigned(asked)
    panel(asked).export()
    assert "Nothing was exported:" in told(asked)
    assert "the third of a week" in told(asked)
    assert panel(asked)._form.layout.display == ""


def test_a_change_meanwhile_is_looked_at_before_anything_can_be_exported(
    file: Path, tmp_path: Path, workspace: Path
) -> None:
    write_tests(file)
    later = WhenTold()
    app = Studio(str(file), str(write_touches(tmp_path)), later=later)
    later.go_on()
    app.desk.ask_to_export()
    later.go_on()
    choose_unsigned(app)
    app.desk.switch("answer", on=False)
    panel(app).export()
    assert not panel(app).is_busy
    later.go_on()
    assert "switched off" in panel(app)._form._told.value
    panel(app).export()
    later.go_on()
    bundle = open_bundle(workspace / NAME, Trust(allowed=frozenset({"unsigned"})))
    assert [one.rule for one in bundle.manifest.switched] == ["answer"]


def test_an_export_is_stopped_by_its_button_and_can_be_begun_again(
    file: Path, tmp_path: Path, workspace: Path
) -> None:
    write_tests(file)
    later = WhenTold()
    app = Studio(str(file), str(write_touches(tmp_path)), later=later)
    later.go_on()
    app.desk.ask_to_export()
    later.go_on()
    choose_unsigned(app)
    panel(app).export()
    assert panel(app)._cancel.description == "Stop"
    panel(app)._cancel.click()
    later.go_on()
    assert "Stopped. Nothing was written." in told(app)
    assert not (workspace / NAME).exists()
    later.go_on()  # what stands by now is looked at first
    panel(app).export()
    later.go_on()
    assert "is written and verified" in told(app)


def test_a_panel_that_was_closed_stays_closed_whatever_is_changed(asked: Studio) -> None:
    panel(asked)._cancel.click()
    asked.desk.switch("answer", on=False)
    assert not panel(asked).is_shown


def test_asking_to_save_gives_the_export_up_and_the_other_way_round(asked: Studio) -> None:
    asked.desk.ask_to_save()
    assert (asked._saving.is_shown, panel(asked).is_shown) == (True, False)
    asked.desk.ask_to_export()
    assert (asked._saving.is_shown, panel(asked).is_shown) == (False, True)
    panel(asked)._cancel.click()
    assert not panel(asked).is_shown
