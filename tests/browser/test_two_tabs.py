"""Two studios on one rulebook do not fight, and what goes wrong is told in the tab."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OWN
from tests.browser.lab import SLIDER, STUDIO, Lab
from tests.browser.test_story import number, press, ready
from tests.browser.test_studio_tab import UNSAVED

pytestmark = pytest.mark.xdist_group("browser")


def save(studio: Locator) -> None:
    """Save what is set, and agree to it."""
    press(studio, "Save")
    studio.get_by_role("button", name="Save to files").click()


def test_of_two_studios_on_one_rulebook_the_later_one_does_not_write_over_the_first(
    lab: Lab, files: Path
) -> None:
    folder = files / "two"
    folder.mkdir()
    file = folder / "shared.rulebook.yaml"
    file.write_text(OWN.replace("rulebook: own", "rulebook: shared").replace("own-calls", "shared-calls"))
    lab.command("docmanager:open", "{path: 'two/shared.rulebook.yaml'}")
    expect(number(lab.studio())).to_have_text(re.compile(r"\d"))
    lab.command("docmanager:clone")
    studios = lab.page.locator(STUDIO)
    expect(studios).to_have_count(2)
    for studio in (studios.first, studios.last):
        expect(number(studio)).to_have_text(re.compile(r"\d"))
        studio.locator(SLIDER).first.focus()
        lab.page.keyboard.press("ArrowRight")
        expect(studio.get_by_role("heading", name=UNSAVED)).to_be_visible()
    lab.page.keyboard.press("ArrowRight")
    save(studios.first)
    expect(studios.first.get_by_text("Saved shared.rulebook.yaml.")).to_be_visible()
    saved = file.read_text()
    assert "default: 4" in saved
    save(studios.last)
    told = studios.last.get_by_role("alert").filter(has_text="changed on disk")
    expect(told.first).to_be_visible()
    lab.picture("two-tabs")
    assert file.read_text() == saved
    expect(studios.last.get_by_role("heading", name=UNSAVED)).to_be_visible()


def test_a_table_is_saved_over_no_other_file(lab: Lab, files: Path) -> None:
    studio = ready(lab)
    (files / "findings.csv").write_text("somebody else's")
    studio.get_by_role("tab", name="Findings").click()
    studio.get_by_role("button", name="Save as CSV").click()
    told = studio.get_by_role("status").filter(has_text="findings-2.csv")
    expect(told.first).to_be_visible()
    lab.picture("saved-beside")
    assert (files / "findings.csv").read_text() == "somebody else's"
    for name in ("findings.csv", "findings-2.csv"):
        (files / name).unlink()


def test_an_action_that_fails_is_told_above_the_studio(lab: Lab, files: Path) -> None:
    folder = files / "gone"
    folder.mkdir()
    file = folder / "gone.rulebook.yaml"
    file.write_text(OWN.replace("rulebook: own", "rulebook: gone").replace("own-calls", "gone-calls"))
    lab.command("docmanager:open", "{path: 'gone/gone.rulebook.yaml'}")
    studio = lab.studio()
    expect(number(studio)).to_have_text(re.compile(r"\d"))
    studio.locator(SLIDER).first.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(studio.get_by_role("heading", name=UNSAVED)).to_be_visible()
    file.unlink()
    file.mkdir()  # a folder cannot be read as a file
    save(studio)
    told = lab.page.locator(".jp-touchrules-Studio-status")
    expect(told).to_contain_text("An action failed: IsADirectoryError")
    lab.picture("action-failed")
