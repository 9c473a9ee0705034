"""What is saved in a folder that git keeps, how earlier versions come back, and files with mistakes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab
from tests.browser.labserver import ROOT
from tests.browser.test_access import findings
from tests.browser.test_story import choose, number, press, turn

pytestmark = pytest.mark.xdist_group("browser")

RULE = "Stop after the last voicemail"
SMALL = {"width": 1280, "height": 800}
THEMES = ("JupyterLab Light", "JupyterLab Dark")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def kept(files: Path) -> Iterator[Path]:
    """A rulebook in a folder that git keeps, with one commit."""
    folder = files / "kept in git"
    folder.mkdir()
    for name in ("voicemail", "relationship"):  # one builds on the facts of the other
        shutil.copy(ROOT / "rulebooks" / f"{name}.rulebook.yaml", folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Ann Manager")
    git(folder, "config", "user.email", "ann@example.com")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Rules of the house")
    yield folder / "voicemail.rulebook.yaml"
    shutil.rmtree(folder)


def open_file(lab: Lab, path: str) -> Locator:
    """Open the studio on a file at a small screen."""
    lab.page.set_viewport_size({"width": SMALL["width"], "height": SMALL["height"]})
    lab.command("docmanager:open", f"{{path: '{path}', factory: 'Rulebook Studio'}}")
    return lab.studio()


def ready(lab: Lab, path: str) -> Locator:
    studio = open_file(lab, path)
    expect(number(studio)).to_have_text(re.compile(r"\d"))
    return studio


def pictures(lab: Lab, name: str, part: str) -> None:
    """Keep a screenshot in both themes; in that part axe-core finds nothing serious."""
    for theme in (*reversed(THEMES), THEMES[0]):
        lab.choose_theme(theme)
        lab.picture(f"{name}-{'light' if theme == THEMES[0] else 'dark'}")
        assert "\n".join(findings(lab, f".jp-touchrules-{part}")) == ""


def test_a_change_is_saved_with_a_note_found_in_the_history_and_taken_back(lab: Lab, kept: Path) -> None:
    written = kept.read_text()
    studio = ready(lab, "kept in git/voicemail.rulebook.yaml")
    choose(studio, RULE)
    expect(number(studio)).to_have_text("24")
    turn(lab, studio, 1, "ArrowRight")
    expect(number(studio)).to_have_text("0")

    lab.page.keyboard.press("Control+s")
    saving = studio.locator(".jp-touchrules-saving")
    expect(saving.get_by_text("3 voicemails → 4 voicemails")).to_be_visible()
    expect(saving.get_by_text("Finds 324 more and 44 fewer (of 86)")).to_be_visible()
    expect(saving.get_by_label("Commit to git with this note")).to_be_checked()
    expect(saving.get_by_role("textbox", name="Why (a note)")).to_be_focused()
    lab.page.keyboard.type("Four are borne, says the team")
    pictures(lab, "saving", "saving")
    lab.page.keyboard.press("Escape")
    expect(saving).to_be_hidden()
    assert kept.read_text() == written

    press(studio, "Save")
    saving.get_by_role("button", name="Save to files").click()
    expect(studio.get_by_text(re.compile(r"Committed as [0-9a-f]{4,}"))).to_be_visible()
    assert "version: 1.0.1\n" in kept.read_text()
    assert git(kept.parent, "log", "-1", "--format=%s") == "Four are borne, says the team\n"
    assert git(kept.parent, "status", "--porcelain", "--untracked-files=no") == ""

    studio.get_by_role("tab", name="History").click()
    versions = studio.locator(".jp-touchrules-history select[size], .jp-touchrules-history select").nth(1)
    expect(versions.locator("option")).to_have_count(2)
    versions.select_option(index=1)
    history = studio.locator(".jp-touchrules-history")
    expect(history.get_by_text("3 voicemails → 4 voicemails")).to_be_visible()
    expect(history.get_by_text("Over these touches: finds 324 more and 44 fewer (of 86)")).to_be_visible()
    expect(history.locator(".jp-touchrules-sidebyside tr.changed")).to_have_count(2)
    pictures(lab, "history", "history")
    history.locator(".jp-touchrules-sidebyside tr.changed").nth(1).scroll_into_view_if_needed()
    pictures(lab, "history-texts", "history")

    history.get_by_role("button", name="Go back to this version").click()
    studio.get_by_role("tab", name="Compare").click()
    expect(
        studio.locator(".jp-touchrules-compare").get_by_text("4 voicemails → 3 voicemails")
    ).to_be_visible()
    pictures(lab, "gone-back", "compare")
    press(studio, "Undo")
    expect(studio.locator(".jp-touchrules-compare").get_by_text("Nothing is changed")).to_be_visible()
    assert "default: 4" in kept.read_text()


def test_each_of_several_changes_is_told_and_taken_back_by_its_button(lab: Lab, kept: Path) -> None:
    studio = ready(lab, "kept in git/voicemail.rulebook.yaml")
    choose(studio, RULE)
    expect(number(studio)).to_have_text("24")
    turn(lab, studio, 1, "ArrowRight")
    expect(number(studio)).to_have_text("0")
    turn(lab, studio, 0, "ArrowLeft")
    studio.get_by_role("tab", name="Compare").click()
    changes = studio.locator(".jp-touchrules-compare .jp-touchrules-change")
    expect(changes).to_have_count(2)
    expect(studio.locator(".jp-touchrules-compare").get_by_text("All together:")).to_be_visible()
    expect(changes.locator(".effect")).to_have_count(2)
    pictures(lab, "changes", "compare")
    changes.first.get_by_role("button", name="Take back").click()
    expect(changes).to_have_count(1)
    press(studio, "Undo")
    expect(changes).to_have_count(2)


def test_a_rulebook_with_a_mistake_is_mended_where_it_is_told(lab: Lab, kept: Path) -> None:
    broken = kept.parent / "broken.rulebook.yaml"
    broken.write_text(
        "rulebook: broken\nlanguage: 1\nrules:\n"
        "- {id: b, title: Write no text messages, severity: dire, when: {kind: sms}}\n"
    )
    studio = open_file(lab, "kept in git/voicemail.rulebook.yaml")
    expect(studio.get_by_text("The rulebooks cannot be opened: 1 problem")).to_be_visible()
    expect(studio.locator("article pre")).to_contain_text("severity: dire")
    pictures(lab, "problems", "problems")
    studio.get_by_role("button", name="Open the other 2 without it").click()
    expect(
        studio.get_by_text("Left out, since something is wrong there: broken.rulebook.yaml")
    ).to_be_visible()
    pictures(lab, "left-out", "left-out")
    studio.get_by_role("button", name="Look at them").click()
    area = studio.get_by_role("textbox", name="Text of the file")
    expect(area).to_have_value(re.compile("severity: dire"))
    area.fill(area.input_value().replace("dire", "low"))
    studio.get_by_role("button", name="Check & save").click()
    expect(studio.get_by_role("option").filter(has_text="Write no text messages")).to_be_visible()
    assert "severity: low" in broken.read_text()
