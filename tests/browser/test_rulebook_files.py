"""Rulebook files in JupyterLab: they open in the studio, and the studio hears what becomes of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OWN
from tests.browser.lab import CARD, SLIDER, STUDIO, Lab
from tests.browser.labserver import wait_until
from tests.browser.test_story import number, press

pytestmark = pytest.mark.xdist_group("browser")


def test_a_double_click_opens_a_rulebook_in_the_studio(lab: Lab) -> None:
    lab.file("own rules").dblclick()
    lab.file("Über uns.rulebook.yaml").dblclick()
    lab.studio()
    lab.picture("rulebook")
    expect(lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="Über uns")).to_be_visible()
    expect(lab.page.locator(STUDIO)).to_have_count(1)


def test_open_with_offers_the_studio_and_the_editor(lab: Lab) -> None:
    lab.file("voicemail.rulebook.yaml").click(button="right")
    lab.page.locator(".lm-Menu-itemLabel", has_text="Open With").hover()
    offered = lab.page.locator(".lm-Menu-itemLabel")
    expect(offered.filter(has_text="Rulebook Studio")).to_be_visible()
    expect(offered.get_by_text("Editor", exact=True)).to_be_visible()
    lab.picture("open-with")
    offered.filter(has_text="Rulebook Studio").click()
    lab.studio()


def test_a_reload_opens_the_rulebook_again_on_the_same_kernel(lab: Lab) -> None:
    lab.file("voicemail.rulebook.yaml").dblclick()
    lab.studio()
    kernels = lab.server.kernels()
    lab.reload()
    lab.studio()
    assert lab.server.kernels() == kernels


def test_two_tabs_of_one_rulebook_have_two_kernels(lab: Lab) -> None:
    lab.file("voicemail.rulebook.yaml").dblclick()
    lab.studio()
    lab.command("docmanager:clone")
    expect(lab.page.locator(STUDIO)).to_have_count(2)
    assert len(lab.server.kernels()) == 2


def test_a_renamed_rulebook_keeps_its_studio_and_its_session(lab: Lab, files: Path) -> None:
    (files / "old.rulebook.yaml").write_text(OWN.replace("own", "moved"))
    lab.command("docmanager:open", "{path: 'old.rulebook.yaml'}")
    lab.studio()
    kernels = lab.server.kernels()
    rename(lab, "old.rulebook.yaml", "new.rulebook.yaml")
    expect(lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="new.rulebook")).to_be_visible()
    wait_until(lambda: "new" in lab.server.get("sessions")[0]["path"])
    lab.command("application:toggle-left-area")  # JupyterLab saves a layout when it changes
    lab.wait_for_layout("touchrules-rulebook:new.rulebook.yaml")
    lab.reload()
    lab.studio()
    assert lab.server.kernels() == kernels


def test_a_rulebook_that_is_moved_and_then_renamed_keeps_its_studio(lab: Lab, files: Path) -> None:
    (files / "roaming.rulebook.yaml").write_text(OWN.replace("own", "roaming"))
    lab.command("docmanager:open", "{path: 'roaming.rulebook.yaml'}")
    studio = lab.studio()
    expect(number(studio)).to_have_text(re.compile(r"\d"))
    rename(lab, "roaming.rulebook.yaml", "own rules/roaming.rulebook.yaml")
    rename(lab, "own rules/roaming.rulebook.yaml", "own rules/settled.rulebook.yaml")
    settled = files / "own rules" / "settled.rulebook.yaml"
    try:
        studio.locator(SLIDER).first.press("ArrowRight")
        press(studio, "Save")
        studio.get_by_role("button", name="Save to files").click()
        expect(studio.get_by_text("Saved settled.rulebook.yaml.")).to_be_visible()
        assert "default: 4" in settled.read_text()
        lab.press_toolbar("restart")
        lab.accept()
        expect(studio).to_have_count(0)
        expect(number(lab.studio())).to_have_text(re.compile(r"\d"))
        expect(studio.get_by_role("option").filter(has_text="No more calls than that").first).to_be_visible()
        lab.picture("moved-and-restarted")
    finally:
        settled.unlink()


def rename(lab: Lab, old: str, new: str) -> None:
    """Rename a file, or move it, and wait until its tab has heard of it."""
    lab.page.evaluate(
        "([old, name]) => window.jupyterapp.serviceManager.contents.rename(old, name).then(() => undefined)",
        [old, new],
    )
    lab.page.wait_for_function(
        "(path) => window.jupyterapp.shell.currentWidget.context?.path === path", arg=new
    )


def test_settings_are_offered_in_the_settings_editor(lab: Lab) -> None:
    lab.command("settingeditor:open", f"{{query: '{CARD}'}}")
    expect(lab.page.get_by_text("End the kernel with the tab")).to_be_visible()
    lab.picture("settings")
